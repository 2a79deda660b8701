import EvidenceModel
import TestSupport
import Testing

@Suite struct ToolsFollowTheirRuleTests {
  private let withTool = DecisionLine.with { $0.tools = ["pay"] }

  @Test func passesForARuleThatAddressesTheTool() throws {
    let rules: [Rule] = [.allow("pays", tool: "pay"), .allow("rest", priority: 20)]
    expect(try ask("RG-ESC-03", [withTool, DecisionLine()], policy(rules)), .pass, of: 1)
  }

  @Test func failsForARuleForAnyTool() throws {
    let outcome = try ask("RG-ESC-03", [withTool], policy([.allow("rest")]))
    expect(outcome, .fail, of: 1, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(finding.subject == "rest")
    #expect(
      finding.summary == "1 of 1 decisions with tools were decided by this rule, which addresses no tool.")
  }

  @Test func cannotTellForADecisionWithoutTheAgentThatDecides() throws {
    let line = DecisionLine.with {
      $0.agent = nil
      $0.tools = ["pay"]
    }
    let outcome = try ask("RG-ESC-03", [line], policy(behindRuleForAgent(.allow("rest"))))
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["agent and data class of every decision"])
  }

  @Test func failsWhereNoRuleDecided() throws {
    let outcome = try ask("RG-ESC-03", [withTool], policy([.allow("mails", tool: "mail")]))
    expect(outcome, .fail, of: 1, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(finding.subjectKind == .period)
    #expect(finding.summary == "1 of 1 decisions with tools were decided by no rule.")
  }

  @Test func cannotTellUnderAVersionThatCannotBeRead() throws {
    let unreadable = records([version("v1", from: "2026-01-01", readable: false, [])])
    expect(try ask("RG-ESC-03", [withTool], unreadable), .cannotTell, of: 1, cannotTell: 1)
  }

  @Test func doesNotApplyWithoutTools() throws {
    let outcome = try ask("RG-ESC-03", [DecisionLine()], policy([.allow("rest")]))
    expect(outcome, .notApplicable, of: 0)
    #expect(outcome.why == "No decision carried a tool.")
  }
}
