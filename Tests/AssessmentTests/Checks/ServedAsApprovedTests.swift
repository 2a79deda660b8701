import Assessment
import EvidenceModel
import Replay
import TestSupport
import Testing

@Suite struct ServedAsApprovedTests {
  private func ask(_ lines: [DecisionLine], _ records: Records? = nil) throws -> CheckOutcome {
    try AssessmentTests.ask("RG-DRF-04", lines, records ?? policy([.allow("r")], models: ["small": 1, "peer": 1]))
  }

  @Test func passesWhenTheModelAskedForAnswered() throws {
    expect(try ask([DecisionLine()]), .pass, of: 2)
  }

  @Test func failsForASilentSubstitution() throws {
    let outcome = try ask([DecisionLine(), .with { $0.served = "peer" }])
    expect(outcome, .fail, of: 4, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(finding.subject == "r")
    #expect(finding.summary.hasPrefix("1 of 2 "))
    #expect(finding.decisions == DecisionFilter(rule: "r", classes: [.silentSubstitution]))
  }

  @Test func failsForAModelThatTheInventoryLacks() throws {
    let line = DecisionLine.with {
      $0.requested = "mystery"
      $0.served = "mystery"
    }
    let outcome = try ask([line])
    expect(outcome, .fail, of: 2, exceptions: 1)
    #expect(outcome.findings.map(\.subjectKind) == [.model])
  }

  @Test func aModelThatOnlyFailedIsNotAsked() throws {
    let line = DecisionLine.with {
      $0.served = "mystery"
      $0.outcome = "error"
    }
    expect(try ask([line]), .notApplicable, of: 0)
  }

  @Test func cannotTellWithoutAnInventory() throws {
    let outcome = try ask([DecisionLine()], policy([.allow("r")]))
    expect(outcome, .cannotTell, of: 2, cannotTell: 1)
    #expect(outcome.missingRecords == ["a model inventory"])
  }

  @Test func cannotTellUnderARuleThatMayNotHaveDecided() throws {
    let rules = behindRuleForAgent(.allow("r"))
    expect(
      try ask([.withoutAgent], policy(rules, models: ["small": 1])), .cannotTell, of: 2, cannotTell: 1)
  }

  @Test func decisionsThatOtherChecksJudgeAreLeftToThem() throws {
    let records = records([version("v1", from: "2026-07-20", [.allow("r")])], models: ["small": 1])
    expect(try ask([DecisionLine()], records), .pass, of: 1)
  }
}
