import EvidenceModel
import Replay
import TestSupport
import Testing

/// The sample of all judged decisions.
@Suite struct AttributeSampleTests {
  private let policy = records(
    [version("v1", from: "2026-01-01", [.allow("r", agent: "agent-a"), .block("b", agent: "agent-b")])],
    models: ["small": 1, "large": 2])

  /// Decisions of several rules and classes, and some without a rule.
  private func lines(_ ids: some Sequence<Int>) -> [DecisionLine] {
    ids.map { id in
      .with { line in
        line.requestID = "r-\(id)"
        line.agent = ["agent-a", "agent-b", "agent-c"][id % 3]
        line.served = id % 4 == 0 ? "large" : "small"
      }
    }
  }

  private func drawn(_ lines: [DecisionLine], _ size: Int = 59) throws -> [String] {
    try scan(lines, records: policy, settings: .test(attributeSampleSize: size)).partial.attributeSample
      .map(\.decision.requestID)
  }

  /// The ids with the smallest digests, in their order.
  private func smallest(_ ids: some Sequence<Int>, _ count: Int) -> [String] {
    Set(ids).map { "r-\($0)" }.sorted { Digest(of: "seed:\($0)") < Digest(of: "seed:\($1)") }.prefix(count).map(\.self)
  }

  @Test(arguments: [1, 7, 59, 500])
  func takesTheSmallestDigestsOfAllThatWasJudged(size: Int) throws {
    #expect(try drawn(lines(0..<400), size) == smallest(0..<400, size))
  }

  @Test func decisionsWithoutARuleAreDrawnToo() throws {
    let classes = try scan(lines(0..<90), records: policy).partial.attributeSample.map(\.decision.decisionClass)
    #expect(Set(classes).isSuperset(of: [.noRule, .blockedButServed, .compliant]))
  }

  @Test func doesNotDependOnTheOrderOfTheLines() throws {
    #expect(try drawn(lines((0..<300).reversed()), 20) == smallest(0..<300, 20))
  }

  @Test func aPopulationThatIsSmallerIsDrawnWhole() throws {
    #expect(try drawn(lines(0..<12)).count == 12)
    #expect(try drawn([]) == [])
  }

  @Test func aRequestIsDrawnOnceAndItsFirstLineStands() throws {
    let ids = (0..<40).flatMap { Array(repeating: $0, count: 1 + $0 % 9) }
    let rows = try scan(lines(ids), records: policy, settings: .test(attributeSampleSize: 15)).partial.attributeSample
    #expect(rows.map(\.decision.requestID) == smallest(0..<40, 15))
    for row in rows {
      let first = try #require(ids.firstIndex { "r-\($0)" == row.decision.requestID })
      #expect(row.decision.position.line == first + 1)
    }
  }

  @Test func partsAndThreadsDrawTheSame() throws {
    let bytes = Array(lines((0..<3000).map { $0 % 1700 }).map { $0.json + "\n" }.joined().utf8)
    func drawn(_ threads: Int, _ partSize: Int) throws -> [String] {
      try scan(
        bytes: bytes, records: policy, settings: .test(attributeSampleSize: 149), threads: threads, partSize: partSize
      ).partial.attributeSample.map { "\($0.decision.requestID) \($0.decision.position.line)" }
    }
    let whole = try drawn(1, 1 << 30)
    #expect(whole.count == 149)
    #expect(try drawn(2, 1 << 30) == whole)
    #expect(try drawn(2, 1 << 16) == whole)
  }
}
