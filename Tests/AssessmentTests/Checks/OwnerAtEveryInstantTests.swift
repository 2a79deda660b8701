import EvidenceModel
import TestSupport
import Testing

@Suite struct OwnerAtEveryInstantTests {
  private let versions = [version("v1", from: "2026-01-01", [.allow("r")])]

  private func ask(_ owners: [OwnershipRecord]) throws -> CheckOutcome {
    try AssessmentTests.ask(
      "RG-OWN-01", [.with { $0.ts = "2026-07-05T00:00:00Z" }, .with { $0.ts = "2026-07-15T00:00:00Z" }],
      records(versions, owners: owners).reading(.ownership))
  }

  @Test func passesWhenSomebodyOwnedTheRuleThroughout() throws {
    expect(try ask([owns("ada", "r", from: "2026-01-01")]), .pass, of: 1)
  }

  @Test func failsForTheTimeThatNobodyOwned() throws {
    let outcome = try ask([owns("ada", "r", from: "2026-01-01", to: "2026-07-10")])
    expect(outcome, .fail, of: 1, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(
      finding.summary
        == "Nobody owned the rule for 528 hours in 1 stretch; 1 of its 2 decisions fell into that time.")
    #expect(finding.subject == "r")
    #expect(
      finding.stretches == [Stretch(kind: .gap, from: at("2026-07-10"), to: at("2026-08-01"), owners: [])])
    #expect(finding.decisions == DecisionFilter(rule: "r", ownerStatus: OwnerStatus.none))
    #expect(
      finding.details == [
        "Of these decisions 0 are exceptions and listed one by one; 1 went as the rule says, or were not served, and are only counted."
      ])
  }

  @Test func failsForAGapOfOneMicrosecond() throws {
    let outcome = try ask([
      owns("ada", "r", from: "2026-01-01", to: "2026-07-10T00:00:00Z"),
      owns("bob", "r", from: "2026-07-10T00:00:00.000001Z", seq: 2),
    ])
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(
      outcome.findings.first?.summary
        == "Nobody owned the rule for less than one hour in 1 stretch; 0 of its 2 decisions fell into that time.")
  }

  @Test func countsOnlyDecisionsOfRulesWithTheSameBytes() throws {
    // One name to the eye, and two to every log: é as one scalar, and as e with an accent.
    let names = ["caf\u{E9}", "cafe\u{301}"]
    let rules: [Rule] = [.allow(names[0], agent: "one"), .allow(names[1], priority: 20)]
    let lines: [DecisionLine] = [
      .with { ($0.ts, $0.agent) = ("2026-07-15T00:00:00Z", "one") }, .with { $0.ts = "2026-07-16T00:00:00Z" },
      .with { $0.ts = "2026-07-17T00:00:00Z" },
    ]
    let history = records(
      [version("v1", from: "2026-01-01", rules)], owners: [owns("ada", names[1], from: "2026-01-01")])
    let outcome = try AssessmentTests.ask("RG-OWN-01", lines, history.reading(.ownership))
    expect(outcome, .fail, of: 2, exceptions: 1)
    #expect(outcome.findings.map(\.count) == [1])
    #expect(outcome.findings.map(\.population) == [1])
  }

  @Test func seesATeamWhoseMemberWasNamedForSomeOfTheTime() throws {
    var team = owns("risk-team", "r", from: "2026-01-01")
    team.ownerKind = .team
    let member = owns("ada", "r", from: "2026-01-01", to: "2026-07-10", seq: 2, role: "responsible")
    let people = [Person(owner: "ada", team: "risk-team", leftAt: nil)]
    let outcome = try AssessmentTests.ask(
      "RG-OWN-01", [], records(versions, owners: [team, member], people: people).reading(.ownership))
    #expect(
      outcome.why
        == "1 of 1 rules in force in the period hold. 1 rule was owned only by a team, with no member of it named, for some time: r."
    )
  }

  @Test func passesOverAHandOverWithoutAGap() throws {
    expect(
      try ask([
        owns("ada", "r", from: "2026-01-01", to: "2026-07-10"), owns("bob", "r", from: "2026-07-10", seq: 2),
      ]), .pass, of: 1)
  }

  @Test func failsWhenOnlyOtherRolesAreOnRecord() throws {
    expect(try ask([owns("ada", "r", from: "2026-01-01", role: "consulted")]), .fail, of: 1, exceptions: 1)
  }

  @Test func asksOnlyForTheTimeInWhichTheRuleWasInForce() throws {
    let history = [
      version("v1", from: "2026-01-01", [.allow("r")]),
      version("v2", from: "2026-07-20", [.allow("r"), .allow("late", priority: 20)]),
    ]
    let owners = [owns("ada", "r", from: "2026-01-01"), owns("bob", "late", from: "2026-07-20", seq: 2)]
    expect(
      try AssessmentTests.ask("RG-OWN-01", [], records(history, owners: owners).reading(.ownership)), .pass, of: 2)
  }

  @Test func cannotTellWithoutAnOwnershipRegister() throws {
    let outcome = try AssessmentTests.ask("RG-OWN-01", [DecisionLine()], records(versions))
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["an ownership register"])
    #expect(outcome.why == "The records do not settle it; missing: an ownership register.")
  }

  @Test func doesNotApplyWithoutARuleInForce() throws {
    let outcome = try AssessmentTests.ask("RG-OWN-01", [DecisionLine()], records([]).reading(.ownership))
    expect(outcome, .notApplicable, of: 0)
    #expect(outcome.why == "No rule was in force in the period.")
  }

  @Test func tellsAPatternAndATeamFromAnOwnerWhoIsNamed() throws {
    var pattern = owns("dana", "*", from: "2026-01-01")
    pattern.provenance = .inferred
    let inherited = try ask([pattern])
    expect(inherited, .pass, of: 1)
    #expect(
      inherited.why
        == "1 of 1 rules in force in the period hold. 1 rule was owned only through a pattern or a catch-all for some time: r."
    )
    var team = owns("risk-team", "r", from: "2026-01-01")
    team.ownerKind = .team
    let teamOnly = try ask([team])
    expect(teamOnly, .pass, of: 1)
    #expect(
      teamOnly.why
        == "1 of 1 rules in force in the period hold. 1 rule was owned only by a team, with no member of it named, for some time: r."
    )
    #expect(try ask([owns("ada", "r", from: "2026-01-01")]).why == "1 of 1 rules in force in the period hold.")
  }

  @Test func aRegisterThatCouldNotBeOpenedSaysNothing() throws {
    var records = policy([.allow("r")]).reading(.ownership)
    records.inputs[0].digest = nil
    let outcome = try AssessmentTests.ask("RG-OWN-01", [DecisionLine()], records)
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["an ownership register"])
  }

  @Test func cannotTellWhileAVersionCannotBeRead() throws {
    let versions = [
      version("v1", from: "2026-01-01", [.allow("r")]), version("v2", from: "2026-07-10", readable: false, []),
    ]
    let outcome = try AssessmentTests.ask(
      "RG-OWN-01", [], records(versions, owners: [owns("dana", "r", from: "2026-01-01")]).reading(.ownership))
    expect(outcome, .cannotTell, of: 1)
    #expect(outcome.missingRecords == ["the policy versions that cannot be read"])
  }
}
