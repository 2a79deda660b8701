import EvidenceModel
import TestSupport
import Testing

@Suite struct BlockedIsNotServedTests {
  private let refused = DecisionLine.with { $0.outcome = "blocked" }

  @Test func passesWhenTheRequestWasRefused() throws {
    expect(try ask("RG-BLK-01", [refused], policy([.block("b")])), .pass, of: 1)
  }

  @Test func failsWhenItWasServed() throws {
    let outcome = try ask("RG-BLK-01", [DecisionLine(), refused], policy([.block("b")]))
    expect(outcome, .fail, of: 2, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(finding.summary == "1 of 2 decisions under a block rule were served although the rule blocks.")
    #expect(finding.decisions == DecisionFilter(rule: "b", classes: [.blockedButServed]))
  }

  @Test func cannotTellWhenTheFieldThatDecidesIsEmpty() throws {
    expect(
      try ask("RG-BLK-01", [.withoutAgent], policy(behindRuleForAgent(.block("b")))), .cannotTell, of: 1,
      cannotTell: 1)
  }

  @Test func doesNotApplyWithoutABlockRule() throws {
    expect(try ask("RG-BLK-01", [DecisionLine()], policy([.allow("r")])), .notApplicable, of: 0)
  }
}
