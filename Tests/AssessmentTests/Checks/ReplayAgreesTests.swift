import EvidenceModel
import TestSupport
import Testing

@Suite struct ReplayAgreesTests {
  @Test func passesWhenTheClaimedRuleIsTheApplicableOne() throws {
    expect(try ask("RG-POL-03", [.with { $0.ruleID = "r" }], policy([.allow("r")])), .pass, of: 1)
  }

  @Test func failsForAnotherClaimedRule() throws {
    let outcome = try ask("RG-POL-03", [.with { $0.ruleID = "other" }, DecisionLine()], policy([.allow("r")]))
    expect(outcome, .fail, of: 2, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(finding.subject == "r")
    #expect(
      finding.summary == "1 of 2 decisions with a version in force differ from what the policy gives.")
  }

  @Test func failsForASuccessUnderABlock() throws {
    expect(try ask("RG-POL-03", [DecisionLine()], policy([.block("b")])), .fail, of: 1, exceptions: 1)
  }

  @Test func failsForARefusalUnderAnAllow() throws {
    expect(
      try ask("RG-POL-03", [.with { $0.outcome = "blocked" }], policy([.allow("r")])), .fail, of: 1, exceptions: 1)
  }

  @Test func cannotTellWhenTheFieldThatDecidesIsEmpty() throws {
    let outcome = try ask("RG-POL-03", [.withoutAgent], policy(behindRuleForAgent(.allow("r"))))
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    let finding = try #require(outcome.findings.first)
    #expect(finding.result == .cannotTell)
    #expect(finding.missingRecords == ["agent and data class of every decision"])
  }

  @Test func anIndeterminateExceptionIsNoExceptionForSure() throws {
    let line = DecisionLine.with {
      $0.agent = nil
      $0.ruleID = "other"
    }
    expect(
      try ask("RG-POL-03", [line], policy(behindRuleForAgent(.allow("r")))), .cannotTell, of: 1, cannotTell: 1)
  }

  @Test func failsOutweighWhatCannotBeTold() throws {
    let outcome = try ask(
      "RG-POL-03", [.withoutAgent, .with { $0.ruleID = "other" }], policy(behindRuleForAgent(.allow("r"))))
    expect(outcome, .fail, of: 2, exceptions: 1, cannotTell: 1)
    #expect(outcome.findings.map(\.result) == [.fail, .cannotTell])
  }

  @Test func cannotTellUnderAVersionThatCannotBeRead() throws {
    let unreadable = records([version("v1", from: "2026-01-01", readable: false, [])])
    expect(try ask("RG-POL-03", [DecisionLine()], unreadable), .cannotTell, of: 1, cannotTell: 1)
  }

  @Test func doesNotApplyWithoutAVersion() throws {
    let outcome = try ask("RG-POL-03", [DecisionLine()], records([]))
    expect(outcome, .notApplicable, of: 0)
    #expect(outcome.why == "No decision had a version in force.")
  }
}
