import EvidenceModel
import TestSupport
import Testing

@testable import EvidencePack

@Suite struct OwnerOverlapTests {
  private func day(_ day: Int) -> Instant { Instant(day: 20_000 + day) }

  private func record(_ owner: String, _ from: Int, _ to: Int?) -> OwnershipRecord {
    OwnershipRecord(
      rulePattern: "a", owner: owner, from: day(from), to: to.map(day), sequence: 0, source: "o.csv", line: 1)
  }

  /// Owners, first and last day of each.
  private func overlaps(
    _ records: [OwnershipRecord], during inForce: [(Int, Int)] = [(0, 100)], named: Int = 9
  ) -> [String] {
    OwnerOverlaps.find(
      records, during: inForce.map { (day($0.0), day($0.1)) }, people: People([]), named: named
    ).map { "\($0.owners.joined(separator: "+")) \($0.from.day - 20_000)-\($0.to.day - 20_000)" }
  }

  @Test func oneOwnerAfterTheOtherIsNoOverlap() {
    #expect(overlaps([record("dana", 0, 10), record("noor", 10, nil)]).isEmpty)
    #expect(overlaps([record("dana", 0, 10), record("dana", 5, nil)]).isEmpty)
  }

  @Test func severalAtOnceAreNamed() {
    #expect(
      overlaps([record("noor", 5, 30), record("dana", 0, 20), record("lee", 10, nil)])
        == ["dana+noor 5-10", "dana+lee+noor 10-20", "lee+noor 20-30"])
  }

  @Test func theSameOwnersInARowAreOneStretch() {
    #expect(
      overlaps([record("dana", 0, 20), record("noor", 5, 8), record("noor", 8, 15)]) == ["dana+noor 5-15"])
  }

  @Test func onlyTimeInWhichTheRuleWasInForceCounts() {
    #expect(
      overlaps([record("dana", 0, nil), record("noor", 5, nil)], during: [(0, 10), (20, 30)])
        == ["dana+noor 5-10", "dana+noor 20-30"])
    #expect(overlaps([record("dana", 0, 5), record("noor", 0, 5)], during: [(5, 10)]).isEmpty)
  }

  @Test func aRecordThatEndsBeforeItBeginsCoversNothing() {
    #expect(overlaps([record("dana", 0, nil), record("noor", 9, 3), record("lee", 4, 4)]).isEmpty)
  }

  @Test func pastTheNumberOfNamesTimesAreLeft() {
    #expect(
      overlaps([record("dana", 0, nil), record("noor", 1, 2), record("lee", 3, 4)], named: 1)
        == ["dana+noor 1-2", " 3-4"])
  }

  @Test(.timeLimit(.minutes(1))) func aRegisterOfManyThousandLinesIsReadInOnePass() {
    let records = (0..<20_000).map { record("owner-\($0)", $0, $0 + 5000) }
    #expect(overlaps(records, during: [(0, 30_000)]).count > 20_000)
  }
}
