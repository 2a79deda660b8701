import EvidenceModel
import TestSupport
import Testing

@Suite struct OwnerIsPresentPersonTests {
  private let ada = Person(owner: "ada", team: "t", leftAt: nil)

  private func ask(_ owner: String?, people: [Person]?) throws -> CheckOutcome {
    let owners = owner.map { [owns($0, "r", from: "2026-01-01")] } ?? []
    return try AssessmentTests.ask(
      "RG-OWN-02", [.with { $0.ts = "2026-07-05T00:00:00Z" }, .with { $0.ts = "2026-07-15T00:00:00Z" }],
      records([version("v1", from: "2026-01-01", [.allow("r")])], owners: owners, people: people))
  }

  @Test func passesForAPersonOnTheRegister() throws {
    expect(try ask("ada", people: [ada]), .pass, of: 1)
  }

  @Test func passesForAPersonWhoLeftAfterThePeriod() throws {
    expect(try ask("ada", people: [Person(owner: "ada", team: "t", leftAt: at("2026-08-01"))]), .pass, of: 1)
  }

  @Test func failsForALeaverFromThatInstantOn() throws {
    let outcome = try ask("ada", people: [Person(owner: "ada", team: "t", leftAt: at("2026-07-10"))])
    expect(outcome, .fail, of: 1, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(finding.summary == "ada left, and was still the owner on record: 1 rule, 1 of 2 decisions.")
    #expect(
      finding.stretches == [
        Stretch(kind: .departed, from: at("2026-07-10"), to: at("2026-08-01"), owners: ["ada"])
      ])
    #expect(finding.decisions == DecisionFilter(owner: "ada", ownerStatus: .departed))
  }

  @Test func saysEveryReasonOfAnOwnerWithSeveralRules() throws {
    var several = owns("ada bob", "r", from: "2026-01-01")
    several.ownerKind = .several
    var team = owns("ada bob", "s", from: "2026-01-01", seq: 2)
    team.ownerKind = .team
    let outcome = try AssessmentTests.ask(
      "RG-OWN-02", [DecisionLine()],
      records(
        [version("v1", from: "2026-01-01", [.allow("r"), .allow("s", priority: 20)])], owners: [several, team],
        people: [ada]))
    expect(outcome, .fail, of: 2, exceptions: 2)
    #expect(
      outcome.findings.first?.summary.hasPrefix(
        "ada bob is a team, and no member of it is named; elsewhere is more than one party in one entry: 2 rules")
        == true)
  }

  @Test func failsForAnOwnerWhoIsNoPersonOnTheRegister() throws {
    let outcome = try ask("team-x", people: [ada])
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(
      outcome.findings.first?.summary == "team-x is no person on the people register: 1 rule, 2 of 2 decisions.")
  }

  @Test func failsForSeveralOwnersInOneEntry() throws {
    var entry = owns("@ada @bob", "r", from: "2026-01-01")
    entry.ownerKind = .several
    for people in [nil, [ada]] {
      let outcome = try AssessmentTests.ask(
        "RG-OWN-02", [.with { $0.ts = "2026-07-05T00:00:00Z" }],
        records([version("v1", from: "2026-01-01", [.allow("r")])], owners: [entry], people: people))
      expect(outcome, .fail, of: 1, exceptions: 1)
      #expect(
        outcome.findings.first?.summary == "@ada @bob is more than one party in one entry: 1 rule, 1 of 1 decisions.")
    }
  }

  @Test func aNameWithBlanksIsOneParty() throws {
    expect(
      try ask("Ada Okafor", people: [Person(owner: "Ada Okafor", team: "t", leftAt: nil)]), .pass, of: 1)
    let outcome = try ask("Ada Okafor", people: [ada])
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(
      outcome.findings.first?.summary
        == "Ada Okafor is no person on the people register: 1 rule, 2 of 2 decisions.")
  }

  private func askTeam(memberUntil end: String, teamLeftAt left: String? = nil) throws -> CheckOutcome {
    var team = owns("risk-team", "r", from: "2026-01-01")
    team.ownerKind = .team
    let member = owns("ada", "r", from: "2026-01-01", to: end, seq: 2, role: "responsible")
    let people = [
      Person(owner: "ada", team: "risk-team", leftAt: nil),
      Person(owner: "risk-team", team: "", kind: .team, leftAt: left.map { at($0) }),
    ]
    return try AssessmentTests.ask(
      "RG-OWN-02", [.with { $0.ts = "2026-07-05T00:00:00Z" }, .with { $0.ts = "2026-07-15T00:00:00Z" }],
      records([version("v1", from: "2026-01-01", [.allow("r")])], owners: [team, member], people: people))
  }

  @Test func failsForATeamWhoseMemberWasNamedForSomeOfTheTimeOnly() throws {
    let outcome = try askTeam(memberUntil: "2026-07-10")
    expect(outcome, .fail, of: 1, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(
      finding.summary
        == "risk-team is a team, and for some of the time no member of it was named: 1 rule, at most 2 of 2 decisions.")
    #expect(
      finding.details == [
        "Rules: r",
        "Nobody was named from 2026-07-10T00:00:00Z to 2026-08-01T00:00:00Z. Decisions of these times are not counted apart.",
      ])
  }

  @Test func failsForATeamThatEndedThoughAMemberIsNamed() throws {
    expect(try askTeam(memberUntil: "2027-01-01"), .pass, of: 1)
    let outcome = try askTeam(memberUntil: "2027-01-01", teamLeftAt: "2026-07-10")
    expect(outcome, .fail, of: 1, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(
      finding.summary
        == "risk-team is a team that ended, and was still the owner on record: 1 rule, 1 of 2 decisions.")
    #expect(finding.decisions == DecisionFilter(owner: "risk-team", ownerStatus: .departed))
  }

  @Test func countsPairsAndFindsEachOwnerOnce() throws {
    let outcome = try AssessmentTests.ask(
      "RG-OWN-02", [],
      records(
        [version("v1", from: "2026-01-01", [.allow("a"), .allow("b", priority: 20)])],
        owners: [owns("ghost", "*", from: "2026-01-01")], people: [ada]))
    expect(outcome, .fail, of: 2, exceptions: 2)
    #expect(outcome.findings.map(\.details) == [["Rules: a, b"]])
  }

  @Test func cannotTellWithoutAPeopleRegister() throws {
    let outcome = try ask("ada", people: nil)
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["a people register with leaving dates"])
  }

  @Test func doesNotApplyWhenNobodyIsOnRecord() throws {
    let empty = records([version("v1", from: "2026-01-01", [.allow("r")])], people: [ada]).reading(.ownership)
    let outcome = try AssessmentTests.ask("RG-OWN-02", [], empty)
    expect(outcome, .notApplicable, of: 0)
    #expect(outcome.why == "No rule in force had an owner on record.")
  }

  @Test func cannotTellWithoutAnOwnershipRegister() throws {
    let outcome = try ask(nil, people: [ada])
    expect(outcome, .cannotTell, of: 0)
    #expect(outcome.missingRecords == ["an ownership register"])
  }

  @Test(arguments: [
    (PartyKind.mailbox, "is a mailbox"), (.service, "is a service account"),
    (.team, "is a team, and no member of it is named"),
  ])
  func failsForAnOwnerWhomTheRegisterStatesToBeNoPerson(kind: PartyKind, words: String) throws {
    let outcome = try ask("x", people: [Person(owner: "x", team: "", kind: kind, leftAt: nil)])
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(outcome.findings.first?.summary == "x \(words): 1 rule, 2 of 2 decisions.")
    expect(try ask("x", people: [Person(owner: "x", team: "", kind: .person, leftAt: nil)]), .pass, of: 1)
  }

  @Test func failsForATeamThatTheOwnershipSourceStatesEvenWithoutAPeopleRegister() throws {
    var team = owns("risk-team", "r", from: "2026-01-01")
    team.ownerKind = .team
    let versions = [version("v1", from: "2026-01-01", [.allow("r"), .allow("s", priority: 20)])]
    let outcome = try AssessmentTests.ask(
      "RG-OWN-02", [], records(versions, owners: [team, owns("ada", "s", from: "2026-01-01", seq: 2)]))
    expect(outcome, .fail, of: 2, exceptions: 1, cannotTell: 1)
    #expect(outcome.findings.map(\.subject) == ["risk-team"])
  }

  @Test func aTeamWithAMemberWhoIsNamedForTheRulePasses() throws {
    var team = owns("risk-team", "r", from: "2026-01-01")
    team.ownerKind = .team
    let member = owns("ada", "r", from: "2026-01-01", seq: 2, role: "responsible")
    let people = [Person(owner: "ada", team: "risk-team", leftAt: nil)]
    expect(
      try AssessmentTests.ask(
        "RG-OWN-02", [],
        records([version("v1", from: "2026-01-01", [.allow("r")])], owners: [team, member], people: people)), .pass,
      of: 1)
  }
}
