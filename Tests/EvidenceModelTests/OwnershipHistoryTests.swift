import EvidenceModel
import TestSupport
import Testing

@Suite struct OwnershipHistoryTests {
  private func history(_ records: [OwnershipRecord], people: [Person] = []) -> OwnershipHistory {
    OwnershipHistory(records: records, people: People(people), hasPeopleRegister: !people.isEmpty)
  }

  private func owner(_ records: [OwnershipRecord], of rule: String = "r", at instant: Instant) -> String? {
    history(records).steps(of: rule).value(at: instant.microseconds)?.tenure?.record.owner
  }

  @Test func picksTheLaterStartOfTwoOwners() {
    let records = [owns("late", "r", from: "2026-07-10", seq: 1), owns("early", "r", from: "2026-07-01", seq: 2)]
    #expect(owner(records, at: at("2026-07-09")) == "early")
    #expect(owner(records, at: at("2026-07-10")) == "late")
  }

  @Test func picksTheGreaterSequenceOfEqualStarts() {
    let records = [owns("second", "r", from: "2026-07-01", seq: 2), owns("first", "r", from: "2026-07-01", seq: 1)]
    #expect(owner(records, at: at("2026-07-01")) == "second")
  }

  @Test func aStartBelongsToItsIntervalAndAnEndDoesNot() {
    let records = [owns("ada", "r", from: "2026-07-01", to: "2026-08-01")]
    #expect(owner(records, at: at("2026-07-01").advanced(microseconds: -1)) == nil)
    #expect(owner(records, at: at("2026-07-01")) == "ada")
    #expect(owner(records, at: at("2026-08-01").advanced(microseconds: -1)) == "ada")
    #expect(owner(records, at: at("2026-08-01")) == nil)
  }

  @Test func anOlderIntervalDecidesAgainAfterALaterOneEnds() {
    let records = [
      owns("ada", "r", from: "2026-07-01"), owns("bob", "r", from: "2026-07-10", to: "2026-07-20", seq: 2),
    ]
    #expect(owner(records, at: at("2026-07-15")) == "bob")
    #expect(owner(records, at: at("2026-07-20")) == "ada")
  }

  @Test func aGapHasNoOwner() {
    let records = [
      owns("ada", "r", from: "2026-07-01", to: "2026-07-10"), owns("bob", "r", from: "2026-07-12", seq: 2),
    ]
    #expect(owner(records, at: at("2026-07-11")) == nil)
    #expect(owner(records, at: at("2026-07-12")) == "bob")
  }

  @Test func anIntervalThatEndsBeforeItBeginsCoversNothing() {
    let records = [owns("ada", "r", from: "2026-07-10", to: "2026-07-01")]
    #expect(owner(records, at: at("2026-07-05")) == nil)
    #expect(owner(records, at: at("2026-07-10")) == nil)
  }

  @Test func onlyAccountableRecordsDecide() {
    let records = [
      owns("ada", "r", from: "2026-07-01"), owns("bob", "r", from: "2026-07-02", seq: 2, role: "consulted"),
    ]
    #expect(owner(records, at: at("2026-07-05")) == "ada")
  }

  @Test func recordsOfOtherRulesDoNotDecide() {
    #expect(owner([owns("ada", "other", from: "2026-07-01")], at: at("2026-07-05")) == nil)
  }

  @Test func anExactRecordHasNoPrecedenceOverALaterPattern() {
    let records = [owns("ada", "r", from: "2026-07-01"), owns("bob", "*", from: "2026-07-02", seq: 2)]
    #expect(owner(records, at: at("2026-07-03")) == "bob")
  }

  @Test func lookedUpAsRecordedThenALaterRecordDoesNotCount() {
    let ownership = history([
      owns("ada", "r", from: "2026-07-01"), owns("bob", "r", from: "2026-07-05", seq: 2, recorded: "2026-07-20"),
    ])
    let tenures = ownership.tenures(of: "r")
    let then = OwnershipHistory.deciding(among: tenures, at: at("2026-07-10"), knownAt: at("2026-07-10"))
    let now = OwnershipHistory.deciding(among: tenures, at: at("2026-07-10"))
    #expect(then?.record.owner == "ada")
    #expect(now?.record.owner == "bob")
  }

  @Test func aBackdatedRecordMarksTheStretchUntilItWasRecorded() {
    let steps = history([
      owns("ada", "r", from: "2026-07-01"), owns("bob", "r", from: "2026-07-05", seq: 2, recorded: "2026-07-20"),
    ]).steps(of: "r")
    func changed(_ instant: Instant) -> Bool? { steps.value(at: instant.microseconds)?.changedAfterwards }
    #expect(changed(at("2026-07-04")) == false)
    #expect(changed(at("2026-07-05")) == true)
    #expect(changed(at("2026-07-20").advanced(microseconds: -1)) == true)
    #expect(changed(at("2026-07-20")) == false)
  }

  @Test func aBackdatedRecordOfTheSameOwnerChangesNothing() {
    let steps = history([
      owns("ada", "r", from: "2026-07-01"), owns("ada", "r", from: "2026-07-05", seq: 2, recorded: "2026-07-20"),
    ]).steps(of: "r")
    #expect(steps.values.allSatisfy { !$0.changedAfterwards })
  }

  @Test func aRecordRecordedInAdvanceIsNotBackdated() {
    #expect(!owns("ada", "r", from: "2026-07-05", recorded: "2026-07-01").isBackdated)
    #expect(!owns("ada", "r", from: "2026-07-05", recorded: "2026-07-05").isBackdated)
    #expect(owns("ada", "r", from: "2026-07-05", recorded: "2026-07-06").isBackdated)
    #expect(!owns("ada", "r", from: "2026-07-05").isBackdated)
  }

  @Test func somebodyHasLeftFromTheInstantOn() {
    let ownership = history([], people: [Person(owner: "ada", team: "t", leftAt: at("2026-07-15"))])
    #expect(ownership.status(of: "ada", at: at("2026-07-15").advanced(microseconds: -1)) == .owned)
    #expect(ownership.status(of: "ada", at: at("2026-07-15")) == .departed)
    #expect(ownership.status(of: "bob", at: at("2026-07-15")) == .owned)
  }

  @Test(arguments: [
    ("*", "", true), ("*", "anything", true), ("a*", "a", true), ("a*", "ab", true), ("a*", "ba", false),
    ("*a", "ba", true), ("*a", "ab", false), ("a*b", "ab", true), ("a*b", "axxb", true), ("a*b", "axxbc", false),
    ("a*b*c", "abbc", true), ("a*b*c", "acb", false), ("**", "x", true), ("a", "ab", false), ("a", "a", true),
    ("a.c", "abc", false), ("*ab", "aab", true), ("*aab*", "aaaab", true), ("A*", "ab", false), ("é*", "être", false),
  ])
  func matchesPatterns(pattern: String, rule: String, covers: Bool) {
    #expect(owns("ada", pattern, from: "2026-07-01").covers(rule) == covers)
  }

  @Test func aPatternOfManyStarsEndsInReasonableTime() {
    let pattern = String(repeating: "*a", count: 40) + "b"
    #expect(!owns("ada", pattern, from: "2026-07-01").covers(String(repeating: "a", count: 400)))
  }

  @Test func aRecordCoversNoCanonicallyEquivalentRule() {
    let record = owns("ada", "r\u{E9}", from: "2026-07-01")
    #expect(record.covers("r\u{E9}"))
    #expect(!record.covers("re\u{301}"))
  }

  @Test func peopleOfCanonicallyEquivalentNamesStayApart() {
    let ownership = history(
      [],
      people: [
        Person(owner: "Ren\u{E9}", team: "t", leftAt: nil),
        Person(owner: "Rene\u{301}", team: "t", leftAt: at("2026-07-01")),
      ])
    #expect(ownership.status(of: "Ren\u{E9}", at: at("2026-07-02")) == .owned)
  }
}
