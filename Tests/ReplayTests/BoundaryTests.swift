import EvidenceModel
import Intake
import Replay
import TestSupport
import Testing

/// Under each rule the earliest and the latest decision between two changes of version or owner.
@Suite struct BoundaryTests {
  private let policy = records(
    [
      version("v1", from: "2026-01-01", [.allow("r", agent: "agent-a"), .allow("s", agent: "agent-b")]),
      version("v2", from: "2026-07-10", [.allow("r", agent: "agent-a"), .allow("s", agent: "agent-b")]),
    ],
    owners: [
      owns("dana", "r", from: "2026-01-01", to: "2026-07-20", seq: 1), owns("lee", "r", from: "2026-07-20", seq: 2),
    ])

  private func line(_ id: String, _ ts: String, agent: String = "agent-a") -> DecisionLine {
    .with { line in
      line.requestID = id
      line.ts = ts
      line.agent = agent
    }
  }

  private func rows(_ scanned: Scanned) -> [String] {
    scanned.partial.boundaries.map { row in
      let decision = row.row.decision
      let line = decision.position.line
      return
        "\(decision.rule) \(decision.version) \(decision.owner) since \(row.since): \(decision.requestID) line \(line)"
    }
  }

  @Test func keepsTheFirstAndTheLastOfEachStretch() throws {
    let scanned = try scan(
      [
        line("a", "2026-07-01T00:00:00Z"), line("b", "2026-07-02T00:00:00Z"), line("c", "2026-07-09T23:59:59.999999Z"),
        line("d", "2026-07-10T00:00:00Z"), line("e", "2026-07-19T00:00:00Z"), line("f", "2026-07-20T00:00:00Z"),
        line("g", "2026-07-05T00:00:00Z", agent: "agent-b"), line("h", "2026-07-25T00:00:00Z", agent: "nobody"),
      ], records: policy)
    #expect(
      rows(scanned) == [
        "r v1 dana since 2026-01-01T00:00:00Z: a line 1", "r v1 dana since 2026-01-01T00:00:00Z: c line 3",
        "r v2 dana since 2026-07-10T00:00:00Z: d line 4", "r v2 dana since 2026-07-10T00:00:00Z: e line 5",
        "r v2 lee since 2026-07-20T00:00:00Z: f line 6", "s v1 - since 2026-01-01T00:00:00Z: g line 7",
      ])
  }

  @Test func whatIsKeptIsTheWholeDecision() throws {
    let lines = (0..<9).map { line("r-\($0)", "2026-07-0\(1 + $0)T00:00:00Z") }
    let scanned = try scan(lines, records: policy, settings: .test(sampleSize: 9))
    let row = try #require(scanned.partial.boundaries.last?.row)
    let same = try #require(scanned.partial.sample.first { $0.decision.requestID == "r-8" })
    #expect(row.digest == same.digest)
    #expect(row.decision.position == same.decision.position)
    #expect(row.decision.lineDigest == same.decision.lineDigest)
    #expect("\(row.decision)" == "\(same.decision)")
  }

  @Test func theOrderOfTheLinesDoesNotMatter() throws {
    let ids = ["a": 3, "b": 1, "c": 8, "d": 5]
    let sorted = ids.sorted { $0.key < $1.key }.map { line($0.key, "2026-07-0\($0.value)T00:00:00Z") }
    for lines in [sorted, sorted.reversed()] {
      let found = try scan(lines, records: policy).partial.boundaries.map(\.row.decision.requestID)
      #expect(found == ["b", "c"])
    }
  }

  @Test func atOneInstantTheFirstLineIsFirstAndTheLastIsLast() throws {
    let lines = ["x", "y", "z"].map { line($0, "2026-07-05T00:00:00Z") }
    #expect(try scan(lines, records: policy).partial.boundaries.map(\.row.decision.requestID) == ["x", "z"])
  }

  /// A stretch under an owner who comes back is another stretch.
  @Test func anOwnerWhoComesBackHasTwoStretches() throws {
    let twice = records(
      [version("v1", from: "2026-01-01", [.allow("r")])],
      owners: [
        owns("dana", "r", from: "2026-01-01", seq: 1), owns("lee", "r", from: "2026-07-10", to: "2026-07-20", seq: 2),
      ])
    let scanned = try scan(
      ["2026-07-05", "2026-07-08", "2026-07-15", "2026-07-22", "2026-07-23"].map { line($0, $0 + "T00:00:00Z") },
      records: twice)
    #expect(
      scanned.partial.boundaries.map { "\($0.row.decision.owner) \($0.row.decision.requestID)" } == [
        "dana 2026-07-05", "dana 2026-07-08", "lee 2026-07-15", "dana 2026-07-22", "dana 2026-07-23",
      ])
  }

  @Test func partsAndThreadsKeepTheSame() throws {
    let filler = String(repeating: "x", count: 400)
    let lines = (0..<6000).map { number in
      let hour = number * 7919 % 6000
      let ts = at("2026-07-01").advanced(microseconds: Int64(hour) * 7 * 60_000_000)
      let json = line("r-\(number)", ts.description, agent: ["agent-a", "agent-b"][number % 2]).json
      return json.dropLast() + ",\"note\":\"\(filler)\"}\n"
    }
    let bytes = Array(lines.joined().utf8)
    func kept(_ threads: Int, _ partSize: Int) throws -> [String] {
      rows(try scan(bytes: bytes, records: policy, threads: threads, partSize: partSize))
    }
    let whole = try kept(1, 1 << 30)
    #expect(whole.count == 10)
    #expect(try kept(2, 1 << 30) == whole)
    #expect(try kept(2, 1 << 20) == whole)
  }

  /// Where several records make one decision, none of them may be read again by itself.
  @Test func gatheredDecisionsAreKeptAsTheyWereGathered() throws {
    let text = (1...4).map { day in
      """
      {"msg":"routing_decision","event":"routing_decision","ts":"2026-07-0\(day)T00:00:00.000",\
      "request_id":"q-\(day)","original_model":"auto","selected_model":"small","decision":"r"}

      """
    }.joined()
    let open = records([version("v1", from: "2026-01-01", [.allow("r")])])
    let scanned = try scan(text: text, records: open, stated: .semanticRouter)
    try #require(scanned.counts.judged == 4)
    #expect(scanned.partial.boundaries.map(\.row.decision.requestID) == ["q-1", "q-4"])
  }
}
