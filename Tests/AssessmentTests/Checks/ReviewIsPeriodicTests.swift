import EvidenceModel
import TestSupport
import Testing

@Suite struct ReviewIsPeriodicTests {
  private static let old = [version("v1", from: "2026-01-01", [.allow("a")])]

  private func ask(
    _ reviews: [Review]?, _ versions: [PolicyVersion] = old,
    owners: [OwnershipRecord] = [owns("dana", "*", from: "2025-01-01")], days: String = "31"
  ) throws -> CheckOutcome {
    let records = records(versions, owners: owners).reading(.ownership).keeping { $0.reviews = reviews }
    return try AssessmentTests.ask(
      "RG-DRF-03", facts([], records, parameters: ["RG-DRF-03": ["review-interval-days": days]]))
  }

  @Test func passesForAReviewInsideTheInterval() throws {
    expect(try ask([reviewed("a", "2026-07-20", by: "dana")]), .pass, of: 1)
    // Exactly the interval before the period's end.
    expect(try ask([reviewed("*", "2026-07-01", by: "dana")]), .pass, of: 1)
  }

  @Test func failsForAnOlderReview() throws {
    let outcome = try ask([reviewed("a", "2026-06-30T23:59:59.999999Z", by: "dana")])
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(
      outcome.findings.first?.summary
        == "The rule, in force since 2026-01-01T00:00:00Z, was last reviewed by its owner at 2026-06-30T23:59:59.999999Z; 31 days were allowed, up to 2026-08-01T00:00:00Z."
    )
  }

  @Test func failsForARuleThatItsOwnerNeverReviewed() throws {
    expect(try ask([]), .fail, of: 1, exceptions: 1)
    let other = try ask([reviewed("a", "2026-07-20", by: "sam")])
    expect(other, .fail, of: 1, exceptions: 1)
    #expect(
      other.findings.first?.details
        == ["Reviewed at 2026-07-20T00:00:00Z by sam, while dana owned it (register.csv:2)."])
    let unowned = try ask([reviewed("a", "2026-07-20", by: "sam")], owners: [])
    #expect(unowned.findings.first?.details.first?.contains("while nobody owned it") == true)
  }

  @Test func aReviewAfterThePeriodComesTooLate() throws {
    expect(try ask([reviewed("a", "2026-08-01", by: "dana")]), .fail, of: 1, exceptions: 1)
  }

  @Test func aYoungRuleIsNotDue() throws {
    let young = [version("v1", from: "2026-07-01", [.allow("a")])]
    let outcome = try ask([], young)
    expect(outcome, .notApplicable, of: 0)
    #expect(
      outcome.why
        == "No review was due. In force for no longer than 31 days, so not due and not counted: a.")
    expect(
      try ask([], [version("v1", from: "2026-06-30T23:59:59.999999Z", [.allow("a")])]), .fail, of: 1, exceptions: 1)
  }

  @Test func aRuleThatCameBackIsYoungAgain() throws {
    let versions = [
      version("v1", from: "2026-01-01", [.allow("a")]), version("v2", from: "2026-07-10", [.block("b")]),
      version("v3", from: "2026-07-20", [.allow("a")]),
    ]
    expect(try ask([], versions), .notApplicable, of: 0)
  }

  @Test func aVersionThatCannotBeReadBreaksNothing() throws {
    let versions = [
      version("v1", from: "2026-01-01", [.allow("a")]), version("v2", from: "2026-07-10", readable: false, []),
      version("v3", from: "2026-07-20", [.allow("a")]),
    ]
    expect(try ask([], versions), .fail, of: 1, exceptions: 1)
  }

  @Test func aRuleThatEndedIsAskedAtItsEnd() throws {
    let versions = Self.old + [version("v2", from: "2026-07-10", [])]
    expect(try ask([reviewed("a", "2026-06-09", by: "dana")], versions), .pass, of: 1)
    expect(try ask([reviewed("a", "2026-06-08", by: "dana")], versions), .fail, of: 1, exceptions: 1)
  }

  @Test func cannotTellWithoutTheRegister() throws {
    let outcome = try ask(nil)
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["the register of reviews"])
    let records = records(Self.old).keeping { $0.reviews = [] }
    #expect(try AssessmentTests.ask("RG-DRF-03", [], records).missingRecords == ["an ownership register"])
  }

  @Test func doesNotApplyWithoutARule() throws {
    expect(try ask([], []), .notApplicable, of: 0)
  }
}
