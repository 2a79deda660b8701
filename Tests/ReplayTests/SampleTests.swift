import EvidenceModel
import Replay
import TestSupport
import Testing

@Suite struct SampleTests {
  private let policy = records([version("v1", from: "2026-01-01", [.allow("r")])], models: ["small": 1, "large": 2])

  private func lines(_ ids: some Sequence<Int>) -> [DecisionLine] {
    ids.map { id in .with { $0.requestID = "r-\(id)" } }
  }

  private func sampled(_ scanned: Scanned) -> [String] {
    scanned.partial.sample.map { "\($0.decision.rule),\($0.decision.decisionClass.name),\($0.decision.requestID)" }
      .sortedBytewise()
  }

  /// The k ids with the smallest digests, straight from SEMANTICS §7.
  private func smallest(_ ids: [String], _ count: Int) -> [String] {
    Set(ids).sorted { Digest(of: "seed:\($0)").description < Digest(of: "seed:\($1)").description }
      .prefix(count).map { "r,compliant,\($0)" }.sortedBytewise()
  }

  @Test(arguments: [1, 5, 12])
  func takesTheSmallestDigestsOfAStratum(size: Int) throws {
    let scanned = try scan(lines(0..<100), records: policy, settings: .test(sampleSize: size))
    #expect(sampled(scanned) == smallest((0..<100).map { "r-\($0)" }, size))
  }

  @Test func doesNotDependOnTheOrderOfTheLines() throws {
    let forwards = try scan(lines(0..<80), records: policy)
    let backwards = try scan(lines((0..<80).reversed()), records: policy)
    #expect(sampled(forwards) == sampled(backwards))
  }

  @Test func keepsOneOfEqualRequests() throws {
    let scanned = try scan(lines([3, 3, 1, 3, 2, 1, 1, 3]), records: policy)
    #expect(sampled(scanned) == ["r,compliant,r-1", "r,compliant,r-2", "r,compliant,r-3"])
  }

  @Test func duplicatesDoNotCrowdOthersOut() throws {
    let ids = (0..<50).flatMap { Array(repeating: $0, count: 1 + $0 % 9) }
    #expect(sampled(try scan(lines(ids), records: policy)) == smallest((0..<50).map { "r-\($0)" }, 5))
  }

  @Test func samplesOfSplitsMergeToThatOfTheWhole() throws {
    let whole = try scan(lines(0..<90), records: policy)
    let parts = try [lines(50..<90), lines(0..<20), lines(15..<55)].map { try scan($0, records: policy) }
    for order in [parts, Array(parts.reversed())] {
      var kept: [Digest: String] = [:]
      for row in order.flatMap({ $0.partial.sample }) { kept[row.digest] = row.decision.requestID }
      let merged = kept.sorted { $0.key < $1.key }.prefix(5).map { "r,compliant,\($0.value)" }
      #expect(merged.sortedBytewise() == sampled(whole))
    }
  }

  @Test func everyStratumHasItsOwn() throws {
    let up = (0..<20).map { id in
      DecisionLine.with { line in
        line.requestID = "u-\(id)"
        line.served = "large"
      }
    }
    let scanned = try scan(lines(0..<20) + up, records: policy, settings: .test(sampleSize: 3))
    #expect(sampled(scanned).filter { $0.hasPrefix("r,compliant,") }.count == 3)
    #expect(sampled(scanned).filter { $0.hasPrefix("r,implicit_escalation,u-") }.count == 3)
  }

  @Test func recordsWithoutARuleAreNotSampled() throws {
    let bare = records([version("v1", from: "2026-01-01", [.allow("r", agent: "other")])])
    #expect(try scan(lines(0..<3), records: bare).partial.sample.isEmpty)
    #expect(try scan(lines(0..<3), records: records([])).partial.sample.isEmpty)
  }

  @Test func aSizeOfZeroSamplesNothing() throws {
    #expect(try scan(lines(0..<3), records: policy, settings: .test(sampleSize: 0)).partial.sample.isEmpty)
  }

  @Test func theDigestIsOfSeedAndRequest() throws {
    let row = try #require(try scan(lines([7]), records: policy).partial.sample.first)
    #expect(row.digest == Digest(of: "seed:r-7"))
  }
}
