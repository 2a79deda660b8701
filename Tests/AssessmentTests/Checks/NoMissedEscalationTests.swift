import EvidenceModel
import TestSupport
import Testing

@Suite struct NoMissedEscalationTests {
  private func ask(_ rules: [Rule], _ lines: [DecisionLine]) throws -> CheckOutcome {
    try AssessmentTests.ask("RG-ESC-02", lines, policy(rules, models: ["small": 1, "large": 2, "huge": 3]))
  }

  private let escalated = DecisionLine.with {
    $0.served = "large"
    $0.ruleID = "up"
  }

  @Test func passesWhenTheOrderedModelAnswered() throws {
    expect(try ask([.escalate("up")], [escalated]), .pass, of: 1)
  }

  @Test func failsWhenTheRequestStayed() throws {
    let outcome = try ask([.escalate("up")], [DecisionLine(), escalated])
    expect(outcome, .fail, of: 2, exceptions: 1)
    #expect(
      outcome.findings.first?.summary
        == "1 of 2 successful decisions under an escalate rule did not go where the rule orders.")
  }

  @Test func failsForAnotherTargetThanTheOrderedOne() throws {
    expect(try ask([.escalate("up")], [.with { $0.served = "huge" }]), .fail, of: 1, exceptions: 1)
  }

  @Test func passesForAnotherTargetThatAPermitNames() throws {
    expect(
      try ask([.escalate("up"), .permit("p", to: ["huge"])], [.with { $0.served = "huge" }]), .pass, of: 1)
  }

  @Test func cannotTellWhenTheFieldThatDecidesIsEmpty() throws {
    expect(try ask(behindRuleForAgent(.escalate("up")), [.withoutAgent]), .cannotTell, of: 1, cannotTell: 1)
  }

  @Test func doesNotApplyWithoutAnEscalateRule() throws {
    expect(try ask([.allow("r")], [DecisionLine()]), .notApplicable, of: 0)
  }
}
