import EvidenceModel
import TestSupport
import Testing

@Suite struct NoImplicitEscalationTests {
  private let tiers = ["small": 1, "peer": 1, "large": 2]

  private func ask(_ rules: [Rule], _ lines: [DecisionLine]) throws -> CheckOutcome {
    try AssessmentTests.ask("RG-ESC-01", lines, policy(rules, models: tiers))
  }

  @Test func passesWhenTheModelAskedForAnswered() throws {
    expect(try ask([.allow("r")], [DecisionLine()]), .pass, of: 1)
  }

  @Test func passesForAnEscalationThatARuleOrdersAndTheRecordNames() throws {
    let line = DecisionLine.with {
      $0.served = "large"
      $0.ruleID = "up"
    }
    expect(try ask([.escalate("up")], [line]), .pass, of: 1)
  }

  @Test func passesForAFallbackThatAPermitCovers() throws {
    expect(
      try ask([.allow("r"), .permit("p", to: ["large"])], [.with { $0.served = "large" }]), .pass, of: 1)
  }

  @Test func failsForAStrongerModelUnderAnAllow() throws {
    let outcome = try ask([.allow("r")], [.with { $0.served = "large" }, DecisionLine()])
    expect(outcome, .fail, of: 2, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(finding.subject == "r")
    #expect(
      finding.summary
        == "1 of 2 successful decisions with an applicable rule reached another model without a rule on record.")
    #expect(
      finding.decisions?.classes == [.implicitEscalation, .unattributedEscalation, .silentSubstitution])
  }

  @Test func failsForAnotherModelOfTheSameTier() throws {
    expect(try ask([.allow("r")], [.with { $0.served = "peer" }]), .fail, of: 1, exceptions: 1)
  }

  @Test func failsForAnOrderedEscalationThatNamesNoRule() throws {
    expect(try ask([.escalate("up")], [.with { $0.served = "large" }]), .fail, of: 1, exceptions: 1)
  }

  @Test func cannotTellWhenTheFieldThatDecidesIsEmpty() throws {
    expect(try ask(behindRuleForAgent(.allow("r")), [.withoutAgent]), .cannotTell, of: 1, cannotTell: 1)
  }

  @Test func doesNotApplyWhenNothingWasServed() throws {
    let outcome = try ask([.block("b")], [.with { $0.outcome = "blocked" }])
    expect(outcome, .notApplicable, of: 0)
    #expect(outcome.why == "No decision was served.")
  }
}
