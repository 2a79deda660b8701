import Assessment
import Assets
import EvidenceModel
import TestSupport
import Testing

@Suite struct AcceptedExceptionTests {
  /// Two rules under which requests were served although the rule blocks: two of the one, one of the other.
  private func assess(_ accepted: [AcceptedException], lines: [DecisionLine]? = nil) throws -> CheckOutcome {
    let rules: [Rule] = [.block("a", agent: "x"), .block("b", priority: 20)]
    let served = [DecisionLine.with { $0.agent = "x" }, .with { $0.agent = "x" }, DecisionLine()]
    let assessment = Assessment(
      try facts(lines ?? served, policy(rules)), library: MappingLibrary(.embedded), frameworks: [], outOfScope: [],
      accepted: accepted)
    return try #require(assessment.outcome("RG-BLK-01"))
  }

  private func acceptance(
    _ subject: String, from: String = "2026-07-01", until: String = "2026-08-01", check: String = "RG-BLK-01"
  ) -> AcceptedException {
    AcceptedException(
      check: check, subject: subject, approver: "cyd", reason: "a pilot", from: at(from), until: at(until),
      place: RegisterPlace(source: "exceptions.csv", line: 2))
  }

  @Test func withoutAcceptanceTheCheckFails() throws {
    let outcome = try assess([])
    expect(outcome, .fail, of: 3, exceptions: 3)
    #expect(outcome.accepted == 0)
  }

  @Test func acceptingEveryFindingMakesAnException() throws {
    let outcome = try assess([acceptance("a"), acceptance("b")])
    expect(outcome, .exception, of: 3, exceptions: 3)
    #expect(outcome.accepted == 3)
    #expect(outcome.why == "All 3 exceptions were accepted.")
    #expect(outcome.findings.map(\.result) == [.exception, .exception])
    #expect(
      outcome.findings.map(\.details)
        == Array(repeating: ["Accepted by cyd until 2026-08-01T00:00:00Z: a pilot"], count: 2))
  }

  @Test func aStarAcceptsEverySubject() throws {
    expect(try assess([acceptance("*")]), .exception, of: 3, exceptions: 3)
  }

  @Test func acceptingPartLeavesTheCheckFailed() throws {
    let outcome = try assess([acceptance("a")])
    expect(outcome, .fail, of: 3, exceptions: 3)
    #expect(outcome.accepted == 2)
    #expect(outcome.findings.map(\.result) == [.exception, .fail])
  }

  @Test func acceptingOneSubjectIsOneHoweverManyDecisionsNameIt() throws {
    let lines = ["one", "one", "one", "two"].map { model in DecisionLine.with { $0.served = model } }
    let assessment = Assessment(
      try facts(lines, policy([.allow("r")], models: ["small": 1])), library: MappingLibrary(.embedded),
      frameworks: [], outOfScope: [], accepted: [acceptance("one", check: "RG-OWN-03")])
    let outcome = try #require(assessment.outcome("RG-OWN-03"))
    #expect(outcome.exceptions == 2)
    #expect(outcome.accepted == 1)
  }

  @Test func anAcceptanceThatEndsInsideThePeriodDoesNotCount() throws {
    let outcome = try assess([acceptance("*", until: "2026-07-31T23:59:59.999999Z")])
    expect(outcome, .fail, of: 3, exceptions: 3)
    #expect(outcome.accepted == 0)
  }

  @Test func anAcceptanceThatBeginsInsideThePeriodDoesNotCount() throws {
    expect(try assess([acceptance("*", from: "2026-07-01T00:00:00.000001Z")]), .fail, of: 3, exceptions: 3)
  }

  @Test func anAcceptanceOfAnotherCheckDoesNotCount() throws {
    expect(try assess([acceptance("*", check: "RG-BLK-02")]), .fail, of: 3, exceptions: 3)
  }

  @Test func whatCannotBeToldStaysSoAfterAcceptance() throws {
    let rules = behindRuleForAgent(.block("b"))
    let assessment = Assessment(
      try facts([DecisionLine(), .withoutAgent], policy(rules)), library: MappingLibrary(.embedded), frameworks: [],
      outOfScope: [], accepted: [acceptance("*")])
    let outcome = try #require(assessment.outcome("RG-BLK-01"))
    expect(outcome, .cannotTell, of: 2, exceptions: 1, cannotTell: 1)
    #expect(outcome.accepted == 1)
  }

  @Test func missingRecordsStayMissingAfterAcceptance() throws {
    var records = policy([.allow("r")]).reading(.people)
    records.inputs[0].digest = nil
    let assessment = Assessment(
      try facts([DecisionLine()], records), library: MappingLibrary(.embedded), frameworks: [], outOfScope: [],
      accepted: [acceptance("*", check: "RG-EVD-01")])
    let outcome = try #require(assessment.outcome("RG-EVD-01"))
    #expect(outcome.accepted == 1)
    #expect(outcome.result == .cannotTell)
  }
}
