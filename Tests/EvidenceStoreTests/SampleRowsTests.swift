import EvidenceModel
import EvidenceStore
import Replay
import TestSupport
import Testing

@Suite struct SampleRowsTests {
  private func line(_ id: String, _ ts: String) -> DecisionLine {
    .with { line in
      line.requestID = id
      line.ts = ts
    }
  }

  private func lines(_ ids: ClosedRange<Int>) -> [DecisionLine] {
    ids.map { line("r-\($0)", "2026-07-\($0 % 28 < 9 ? "0" : "")\($0 % 28 + 1)T00:00:00Z") }
  }

  @Test func theAttributeSampleOfSourcesIsThatOfAllTheirLines() throws {
    let store = try EvidenceStore(path: nil)
    let whole = try store.begin(["all": try store.scan(lines(1...200), plan())], period: "whole")
    let split = try store.begin(
      [
        "b": try store.scan(lines(101...200), plan()), "a": try store.scan(lines(1...100), plan()),
        "again": try store.scan(lines(90...120), plan()),
      ], period: "split")
    let expected = try whole.attributeSample(size: 59).map(\.decision.requestID)
    let smallest = (1...200).map { "r-\($0)" }.sorted { Digest(of: "seed:\($0)") < Digest(of: "seed:\($1)") }
    #expect(expected == Array(smallest.prefix(59)))
    #expect(try split.attributeSample(size: 59).map(\.decision.requestID) == expected)
    #expect(try split.attributeSample(size: 3).map(\.decision.requestID) == Array(expected.prefix(3)))
  }

  @Test func ofOneRequestInTwoSourcesTheFirstStands() throws {
    let store = try EvidenceStore(path: nil)
    let evidence = try store.begin([
      "b": try store.scan(lines(1...3), plan()), "c": try store.scan(lines(1...4), plan()),
    ])
    let sources = try evidence.attributeSample(size: 9).map { "\($0.decision.requestID) \($0.located.source.name)" }
    #expect(Set(sources) == ["r-1 b", "r-2 b", "r-3 b", "r-4 c"])
  }

  /// Worked out by hand: two versions, a change on the 10th, decisions on both sides in two sources.
  @Test func whatStandsNextToAnInstantIsFoundOverAllSources() throws {
    let changed = ReplayPlan(
      records([version("v1", from: "2026-01-01", [.allow("r")]), version("v2", from: "2026-07-10", [.allow("r")])]),
      settings: .test(period: july))
    let store = try EvidenceStore(path: nil)
    let evidence = try store.begin([
      "a": try store.scan(
        [line("a1", "2026-07-02T00:00:00Z"), line("a2", "2026-07-08T00:00:00Z"), line("a3", "2026-07-15T00:00:00Z")],
        changed),
      "b": try store.scan(
        [line("b1", "2026-07-09T00:00:00Z"), line("b2", "2026-07-12T00:00:00Z"), line("b3", "2026-07-30T00:00:00Z")],
        changed),
    ])
    func around(_ instants: String...) throws -> [String] {
      let found = try evidence.boundaries(at: ["r": instants.map { at($0) }, "other": [at("2026-07-10")]])
      #expect(found["other"] == nil)
      func name(_ place: KeptPlace?) throws -> String {
        guard let place else { return "-" }
        return try #require(try evidence.boundaryDecision(place)).decision.requestID
      }
      return try (found["r"] ?? []).map { "\(try name($0.before)) \(try name($0.after))" }
    }
    #expect(try around("2026-07-10") == ["b1 b2"])
    #expect(try around("2026-07-01", "2026-07-10", "2026-07-31") == ["- a1", "b1 b2", "b3 -"])
  }

  @Test func exactValuesAreKeptAsTheyStand() throws {
    let store = try EvidenceStore(path: nil)
    let odd = line("a,\"\u{0}\nb", "2026-07-02T00:00:00.5Z").json.replacing("\u{0}", with: "\\u0000")
      .replacing("\n", with: "\\n")
    let evidence = try store.begin(["log": try store.scan(Array((odd + "\n").utf8), plan())])
    let drawn = try #require(try evidence.attributeSample(size: 5).first)
    let text = String(decoding: drawn.canonical, as: UTF8.self)
    #expect(
      text.hasPrefix("\"a,\"\"\u{0}\nb\",2026-07-02T00:00:00.500000Z,compliant,r,v1,-,none,false,agent-a,public,"))
    #expect(text.hasSuffix("\(drawn.decision.lineDigest)\n"))
    #expect(JudgedDecision.detailColumns.count == 21)
  }
}
