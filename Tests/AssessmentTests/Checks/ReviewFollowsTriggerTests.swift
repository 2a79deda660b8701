import EvidenceModel
import TestSupport
import Testing

@Suite struct ReviewFollowsTriggerTests {
  private static let versions = [
    version("v1", from: "2026-01-01", [.allow("a", agent: "x"), .allow("b", priority: 20)])
  ]

  private func trigger(
    _ at: String = "2026-07-02", rules: [String] = ["a"], days: Int? = nil, id: String = "T-1"
  ) -> ReviewTrigger {
    ReviewTrigger(
      id: id, kind: .promptChange, at: TestSupport.at(at), rules: rules.map { NamePattern($0) }, daysAllowed: days,
      place: place())
  }

  private func ask(
    _ triggers: [ReviewTrigger]?, _ reviews: [Review]?, incidents: [Incident]? = nil,
    versions: [PolicyVersion] = versions, owners: [OwnershipRecord] = [owns("dana", "*", from: "2026-01-01")],
    people: [Person]? = nil, days: String = "14"
  ) throws -> CheckOutcome {
    let records = records(versions, owners: owners, people: people).reading(.ownership).keeping {
      $0.triggers = triggers
      $0.reviews = reviews
      $0.incidents = incidents
    }
    return try AssessmentTests.ask("RG-DRF-02", facts([], records, parameters: ["RG-DRF-02": ["review-days": days]]))
  }

  @Test func passesWhenTheOwnerReviewedInTime() throws {
    expect(try ask([trigger()], [reviewed("a", "2026-07-10", by: "dana")]), .pass, of: 1)
    expect(try ask([trigger()], [reviewed("*", "2026-07-10", by: "dana", trigger: "T-1")]), .pass, of: 1)
    // Exactly the last instant counts, and so does the first.
    expect(try ask([trigger()], [reviewed("a", "2026-07-16", by: "dana")]), .pass, of: 1)
    expect(try ask([trigger()], [reviewed("a", "2026-07-02", by: "dana")]), .pass, of: 1)
  }

  @Test func failsForALateReview() throws {
    let outcome = try ask([trigger()], [reviewed("a", "2026-07-16T00:00:00.000001Z", by: "dana")])
    expect(outcome, .fail, of: 1, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(finding.subjectKind == .trigger && finding.subject == "T-1")
    #expect(
      finding.summary
        == "Trigger T-1 (prompt-change) of 2026-07-02T00:00:00Z touched 1 rule, of which 1 had no review by its owner with a result by 2026-07-16T00:00:00Z."
    )
    #expect(
      finding.details == ["Register: register.csv:2", "a: reviewed only at 2026-07-16T00:00:00.000001Z"])
  }

  @Test func failsWithoutAReview() throws {
    expect(try ask([trigger()], []), .fail, of: 1, exceptions: 1)
    expect(try ask([trigger()], [reviewed("a", "2026-07-01", by: "dana")]), .fail, of: 1, exceptions: 1)
    expect(try ask([trigger()], [reviewed("b", "2026-07-10", by: "dana")]), .fail, of: 1, exceptions: 1)
  }

  @Test func failsForAReviewBySomebodyElse() throws {
    let outcome = try ask([trigger()], [reviewed("a", "2026-07-10", by: "sam")])
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(outcome.findings.first?.details.last == "a: reviewed at 2026-07-10T00:00:00Z by sam, whose owner was dana")
    let unowned = try ask([trigger()], [reviewed("a", "2026-07-10", by: "sam")], owners: [])
    #expect(unowned.findings.first?.details.last == "a: reviewed at 2026-07-10T00:00:00Z by sam, which nobody owned")
  }

  @Test func failsForAReviewWithoutAResult() throws {
    expect(try ask([trigger()], [reviewed("a", "2026-07-10", by: "dana", result: " ")]), .fail, of: 1, exceptions: 1)
  }

  @Test func theOwnerIsWhoOwnedTheRuleAtTheReview() throws {
    let owners = [
      owns("dana", "a", from: "2026-01-01", to: "2026-07-05"), owns("sam", "a", from: "2026-07-05", seq: 2),
    ]
    expect(try ask([trigger()], [reviewed("a", "2026-07-05", by: "sam")], owners: owners), .pass, of: 1)
    expect(try ask([trigger()], [reviewed("a", "2026-07-05", by: "dana")], owners: owners), .fail, of: 1, exceptions: 1)
  }

  @Test func aMemberOfTheOwningTeamMayReview() throws {
    let owners = [owns("risk-team", "*", from: "2026-01-01")]
    let people = [Person(owner: "dana", team: "risk-team", leftAt: at("2026-07-10"))]
    func review(_ day: String) throws -> CheckOutcome {
      try ask([trigger()], [reviewed("a", day, by: "dana")], owners: owners, people: people)
    }
    expect(try review("2026-07-09"), .pass, of: 1)
    expect(try review("2026-07-10"), .fail, of: 1, exceptions: 1)
  }

  @Test func aReviewThatNamesTheTriggerGoesBeforeOthers() throws {
    expect(
      try ask(
        [trigger()],
        [reviewed("a", "2026-07-03", by: "dana"), reviewed("a", "2026-07-20", by: "dana", trigger: "T-1")]), .fail,
      of: 1,
      exceptions: 1)
  }

  @Test func aLaterReviewByTheOwnerMakesUpForOneBySomebodyElse() throws {
    let sam = reviewed("a", "2026-07-03", by: "sam")
    expect(try ask([trigger()], [sam, reviewed("a", "2026-07-16", by: "dana")]), .pass, of: 1)
    expect(
      try ask([trigger()], [sam, reviewed("a", "2026-07-17", by: "dana")]), .fail, of: 1, exceptions: 1)
  }

  @Test func everyTouchedRuleNeedsAReview() throws {
    let outcome = try ask([trigger(rules: ["a", "b"])], [reviewed("a", "2026-07-10", by: "dana")])
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(outcome.findings.first?.count == 1)
    #expect(outcome.findings.first?.population == 2)
  }

  @Test func aRuleThatWasTakenOutInTimeNeedsNone() throws {
    let versions = Self.versions + [version("v2", from: "2026-07-10", [.allow("b", priority: 20)])]
    expect(try ask([trigger()], [], versions: versions), .pass, of: 1)
  }

  @Test func aTriggerIsCountedWhenItsDaysRunOut() throws {
    let notDue = try ask([trigger("2026-07-18")], [])
    expect(notDue, .notApplicable, of: 0)
    #expect(
      notDue.why
        == "No review fell due in the period. Not due by the period's end, and not counted: T-1. Without the register of incidents, only incidents that stand among the triggers are counted."
    )
    expect(try ask([trigger("2026-07-17T23:59:59.999999Z")], []), .fail, of: 1, exceptions: 1)
    // Of June, due in July.
    expect(try ask([trigger("2026-06-17")], []), .fail, of: 1, exceptions: 1)
    expect(try ask([trigger("2026-06-16T23:59:59.999999Z")], []), .notApplicable, of: 0)
    expect(try ask([trigger("2026-08-02")], []), .notApplicable, of: 0)
  }

  @Test func aTriggerMayStateItsOwnDays() throws {
    let review = [reviewed("a", "2026-07-05", by: "dana")]
    expect(try ask([trigger(days: 3)], review), .pass, of: 1)
    expect(try ask([trigger(days: 2)], review), .fail, of: 1, exceptions: 1)
    expect(try ask([trigger(days: -7)], review), .fail, of: 1, exceptions: 1)
    expect(try ask([trigger(days: .max)], review), .notApplicable, of: 0)
  }

  @Test func incidentsAreTriggersToo() throws {
    let incident = Incident(id: "INC-1", noticedAt: at("2026-07-02"), rules: [NamePattern("a")], place: place())
    let outcome = try ask([], [], incidents: [incident])
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(outcome.findings.first?.subject == "INC-1")
    // An incident that stands among the triggers counts once; one without a time is for RG-INC-01.
    expect(try ask([trigger(id: "INC-1")], [], incidents: [incident]), .fail, of: 1, exceptions: 1)
    expect(try ask([], [], incidents: [Incident(id: "INC-2", place: place())]), .notApplicable, of: 0)
  }

  @Test func cannotTellWhichRulesATriggerTouches() throws {
    for rules in [[], ["no-such-rule"]] {
      let outcome = try ask([trigger(rules: rules)], [])
      expect(outcome, .cannotTell, of: 1, cannotTell: 1)
      #expect(outcome.missingRecords == ["the rules that each trigger touches"])
    }
  }

  @Test func cannotTellWithoutTheRegisters() throws {
    let noTriggers = try ask(nil, [])
    expect(noTriggers, .cannotTell, of: 0)
    #expect(noTriggers.missingRecords == ["the register of review triggers"])
    let noReviews = try ask([trigger()], nil)
    expect(noReviews, .cannotTell, of: 1, cannotTell: 1)
    #expect(noReviews.missingRecords == ["the register of reviews"])
    let records = records(Self.versions).keeping {
      $0.triggers = [trigger()]
      $0.reviews = []
    }
    #expect(try AssessmentTests.ask("RG-DRF-02", [], records).missingRecords == ["an ownership register"])
  }

  @Test func doesNotApplyWithoutATrigger() throws {
    expect(try ask([], []), .notApplicable, of: 0)
    expect(try ask([], nil), .notApplicable, of: 0)
  }
}
