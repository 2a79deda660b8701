import EvidenceModel
import TestSupport
import Testing

@Suite struct FallbackIsWrittenDownTests {
  private let afterError = DecisionLine.with {
    $0.served = "peer"
    $0.trigger = "error"
  }

  private func ask(_ rules: [Rule], _ lines: [DecisionLine], deployments: [Deployment] = []) throws -> CheckOutcome {
    try AssessmentTests.ask(
      "RG-ESC-05", lines, policy(rules, models: ["small": 1, "peer": 1], deployments: deployments))
  }

  @Test func passesForAFallbackThatThePolicyLists() throws {
    expect(
      try ask([.allow("r"), .permit("p", to: ["peer"], triggers: ["error"])], [afterError]), .pass, of: 1)
  }

  @Test func passesWhenARetryStayedOnTheModel() throws {
    expect(try ask([.allow("r")], [.with { $0.trigger = "rate-limit" }]), .pass, of: 1)
  }

  @Test func failsForAFallbackThatThePolicyDoesNotList() throws {
    let outcome = try ask([.allow("r")], [afterError, DecisionLine()])
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(
      outcome.findings.first?.summary
        == "1 of 1 decisions after a failure or a retry were answered in a way that the policy does not list.")
  }

  @Test func failsForAnotherReasonThanThePermitted() throws {
    expect(
      try ask([.allow("r"), .permit("p", to: ["peer"], triggers: ["budget"])], [afterError]), .fail, of: 1,
      exceptions: 1)
  }

  @Test func failsForAFallbackToAPlaceThatTheRuleForbids() throws {
    let line = DecisionLine.with {
      $0.trigger = "error"
      $0.deployment = "us-1"
    }
    expect(
      try ask([.allow("r", places: ["EU"])], [line], deployments: [deployment("us-1", in: "US")]), .fail, of: 1,
      exceptions: 1)
  }

  @Test func cannotTellWhenTheFieldThatDecidesIsEmpty() throws {
    let line = DecisionLine.with {
      $0.agent = nil
      $0.trigger = "error"
    }
    expect(try ask(behindRuleForAgent(.allow("r")), [line]), .cannotTell, of: 1, cannotTell: 1)
  }

  @Test func aModelFirstTriedCountsWhereNoEscalationIsOrdered() throws {
    let line = DecisionLine.with {
      $0.served = "peer"
      $0.escalatedFrom = "small"
    }
    expect(try ask([.allow("r")], [line]), .fail, of: 1, exceptions: 1)
  }

  @Test func aModelFirstTriedIsTheOrdinaryCaseUnderAnEscalateRule() throws {
    let line = DecisionLine.with {
      $0.served = "peer"
      $0.escalatedFrom = "small"
      $0.ruleID = "up"
    }
    expect(try ask([.escalate("up", to: "peer")], [line]), .notApplicable, of: 0)
  }

  @Test func aChoiceOfTheRouterIsNoFailure() throws {
    expect(try ask([.allow("r")], [.with { $0.trigger = "classifier" }]), .notApplicable, of: 0)
  }

  @Test func doesNotApplyWithoutAFailureOnRecord() throws {
    expect(try ask([.allow("r")], [DecisionLine()]), .notApplicable, of: 0)
  }
}
