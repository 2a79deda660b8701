import EvidenceModel
import TestSupport
import Testing

@Suite struct HumanEscalationsAnsweredTests {
  private func entry(
    _ id: String = "e-1", asked: String = "2026-07-10T10:00:00Z", answered: String? = "2026-07-10T10:10:00Z",
    requester: String = "agent-a", reviewer: String? = "dana", rule: String? = "r"
  ) -> HumanEscalation {
    HumanEscalation(
      id: id, askedAt: at(asked), answeredAt: answered.map { at($0) }, requester: requester, reviewer: reviewer,
      rule: rule, place: place)
  }

  private func ask(
    _ queue: [HumanEscalation]?, owners: [OwnershipRecord]? = nil, people: [Person]? = nil,
    identities: [Identity] = [], most: String = "60"
  ) throws -> CheckOutcome {
    let owners = owners ?? [owns("dana", "r", from: "2026-01-01")]
    return try AssessmentTests.ask(
      "RG-ESC-04",
      facts(
        [],
        records(
          [version("v1", from: "2026-01-01", [.allow("r")])], owners: owners, people: people, identities: identities
        )
        .with { $0.escalations = queue },
        parameters: ["RG-ESC-04": ["answer-minutes": "30", "max-per-reviewer-per-day": most]]))
  }

  @Test func passesWhenTheOwnerAnsweredInTime() throws {
    expect(try ask([entry()]), .pass, of: 1)
  }

  @Test func exactlyTheLimitIsInTime() throws {
    expect(try ask([entry(answered: "2026-07-10T10:30:00Z")]), .pass, of: 1)
    let outcome = try ask([entry(answered: "2026-07-10T10:30:00.000001Z")])
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(outcome.findings.map(\.summary) == ["1 of 1 escalations were answered late."])
    #expect(
      outcome.findings.first?.details == [
        "e-1 under rule r: asked 2026-07-10T10:00:00Z by agent-a, answered 2026-07-10T10:30:00.000001Z by dana (register.csv:2)."
      ])
  }

  @Test func failsForWhatNobodyAnswered() throws {
    let outcome = try ask([entry(answered: nil, reviewer: nil)])
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(outcome.findings.map(\.subject) == ["not answered within the limit"])
  }

  @Test func whatIsNotYetDueCannotBeTold() throws {
    expect(
      try ask([entry(asked: "2026-07-31T23:30:00Z", answered: nil, reviewer: nil)]), .cannotTell, of: 1, cannotTell: 1)
    expect(
      try ask([entry(asked: "2026-07-31T23:29:59.999999Z", answered: nil, reviewer: nil)]), .fail, of: 1, exceptions: 1)
  }

  @Test func failsForAnAnswerBeforeTheQuestion() throws {
    let outcome = try ask([entry(answered: "2026-07-10T09:59:59Z")])
    #expect(outcome.findings.map(\.subject) == ["answered before they were asked, as the queue states it"])
  }

  @Test func failsForARequesterWhoAnsweredThemselves() throws {
    let outcome = try ask([entry(requester: "dana")])
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(outcome.findings.map(\.subject) == ["answered by the one who asked"])
  }

  @Test func failsForAReviewerWithoutARecordForThatRuleAtThatInstant() throws {
    for owners in [
      [owns("dana", "other", from: "2026-01-01")], [owns("dana", "r", from: "2026-07-10T10:10:00.000001Z")],
      [owns("dana", "r", from: "2026-01-01", to: "2026-07-10T10:10:00Z")],
    ] {
      let outcome = try ask([entry()], owners: owners)
      expect(outcome, .fail, of: 1, exceptions: 1)
      #expect(outcome.findings.map(\.subject) == ["answered by somebody without authority on record"])
    }
  }

  @Test func anyRoleAndAnyPatternGivesAuthority() throws {
    expect(try ask([entry()], owners: [owns("dana", "*", from: "2026-01-01", role: "reviewer")]), .pass, of: 1)
  }

  @Test func aMemberOfTheOwningTeamHasAuthority() throws {
    let owners = [owns("gateway-team", "r", from: "2026-01-01")]
    let dana = Person(owner: "dana", team: "gateway-team", leftAt: nil)
    expect(try ask([entry()], owners: owners, people: [dana]), .pass, of: 1)
  }

  @Test func oneWhoJoinedTheTeamLaterHasNone() throws {
    let owners = [owns("gateway-team", "r", from: "2026-01-01")]
    let dana = Person(owner: "dana", team: "gateway-team", joinedAt: at("2026-07-11"), leftAt: nil)
    expect(try ask([entry()], owners: owners, people: [dana]), .fail, of: 1, exceptions: 1)
  }

  @Test func twoSpellingsAreOnePerson() throws {
    let same = Identity(alias: "dana@gateway", person: "dana", place: place)
    expect(try ask([entry(reviewer: "dana@gateway")], identities: [same]), .pass, of: 1)
    let outcome = try ask([entry(requester: "dana@gateway")], identities: [same])
    #expect(outcome.findings.map(\.subject) == ["answered by the one who asked"])
    let queue = [entry("e-1"), entry("e-2", reviewer: "dana@gateway")]
    expect(try ask(queue, identities: [same], most: "1"), .fail, of: 2, exceptions: 1)
  }

  @Test func failsForAReviewerWhoHadLeft() throws {
    let dana = Person(owner: "dana", team: "", leftAt: at("2026-07-10T10:10:00Z"))
    expect(try ask([entry()], people: [dana]), .fail, of: 1, exceptions: 1)
  }

  @Test func authorityCannotBeToldWithoutARuleOrAReviewerOrOwnership() throws {
    for queue in [[entry(rule: nil)], [entry(rule: "no such rule")], [entry(reviewer: nil)]] {
      let outcome = try ask(queue)
      expect(outcome, .cannotTell, of: 1, cannotTell: 1)
      #expect(outcome.missingRecords.count == 1)
    }
    let outcome = try ask([entry()], owners: [])
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["an ownership register"])
  }

  @Test func eachAnswerBeyondTheDailyLoadIsAnException() throws {
    let queue = (0..<3).map { entry("e-\($0)", answered: "2026-07-10T10:1\($0):00Z") }
    expect(try ask(queue, most: "3"), .pass, of: 3)
    let outcome = try ask(queue.reversed(), most: "2")
    expect(outcome, .fail, of: 3, exceptions: 1)
    #expect(outcome.findings.first?.details.first?.hasPrefix("e-2 ") == true)
  }

  @Test func theLoadIsCountedByUTCDay() throws {
    let queue = [
      entry("e-1", asked: "2026-07-10T23:50:00Z", answered: "2026-07-10T23:59:59Z"),
      entry("e-2", asked: "2026-07-10T23:50:00Z", answered: "2026-07-11T00:00:00Z"),
    ]
    expect(try ask(queue, most: "1"), .pass, of: 2)
  }

  @Test func onlyWhatWasAskedInThePeriodCounts() throws {
    let queue = [entry(asked: "2026-06-30T23:59:59Z"), entry(asked: "2026-08-01")]
    expect(try ask(queue), .notApplicable, of: 0)
  }

  @Test func anEntryWithTwoFaultsIsOneException() throws {
    let outcome = try ask([entry(answered: "2026-07-11", requester: "dana")])
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(outcome.findings.count == 2)
  }

  @Test func cannotTellWithoutTheQueueAndDoesNotApplyToAnEmptyOne() throws {
    let outcome = try ask(nil)
    expect(outcome, .cannotTell, of: 0)
    #expect(outcome.missingRecords == ["the queue of human escalations"])
    expect(try ask([]), .notApplicable, of: 0)
  }
}
