import EvidenceModel
import TestSupport
import Testing

@Suite struct RefusalHasARuleTests {
  private let refused = DecisionLine.with { $0.outcome = "blocked" }

  @Test func passesForARefusalThatARuleOrders() throws {
    expect(try ask("RG-BLK-03", [refused], policy([.block("b")])), .pass, of: 1)
  }

  @Test func failsForARefusalUnderAnAllow() throws {
    let outcome = try ask("RG-BLK-03", [refused, DecisionLine()], policy([.allow("r")]))
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(
      outcome.findings.first?.summary
        == "1 of 1 blocked decisions with an applicable rule were refused although the rule does not block.")
  }

  @Test func cannotTellWhenTheFieldThatDecidesIsEmpty() throws {
    let line = DecisionLine.with {
      $0.agent = nil
      $0.outcome = "blocked"
    }
    expect(
      try ask("RG-BLK-03", [line], policy(behindRuleForAgent(.allow("r")))), .cannotTell, of: 1, cannotTell: 1)
  }

  @Test func leavesRefusalsWithoutARuleToAnotherCheck() throws {
    let outcome = try ask("RG-BLK-03", [refused], policy([.allow("mails", tool: "mail")]))
    expect(outcome, .notApplicable, of: 0)
    #expect(outcome.why == "No decision with a rule was refused.")
  }
}
