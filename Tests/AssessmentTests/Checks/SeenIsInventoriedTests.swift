import EvidenceModel
import TestSupport
import Testing

@Suite struct SeenIsInventoriedTests {
  private func ask(
    _ line: DecisionLine, models: [String: Int] = ["small": 1], deployments: [Deployment] = []
  ) throws -> CheckOutcome {
    try AssessmentTests.ask(
      "RG-OWN-03", [line], policy([.allow("r")], models: models, deployments: deployments))
  }

  @Test func passesWhenEverythingSeenIsOnARegister() throws {
    let line = DecisionLine.with {
      $0.agent = nil
      $0.deployment = "eu-1"
    }
    expect(try ask(line, deployments: [deployment("eu-1", in: "EU")]), .pass, of: 2)
  }

  @Test func failsForAModelThatTheInventoryLacks() throws {
    let outcome = try ask(
      .with {
        $0.agent = nil
        $0.served = "mystery"
      })
    expect(outcome, .fail, of: 1, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(finding.subjectKind == .model)
    #expect(finding.subject == "mystery")
    #expect(finding.summary == "1 of 1 decisions name this model while it is not on the register.")
  }

  @Test func failsForADeploymentThatWasRegisteredOnlyLater() throws {
    let outcome = try ask(
      .with {
        $0.agent = nil
        $0.deployment = "eu-1"
      }, deployments: [deployment("eu-1", in: "EU", from: "2026-07-20")])
    expect(outcome, .fail, of: 2, exceptions: 1)
    #expect(outcome.findings.map(\.subject) == ["eu-1"])
  }

  @Test func cannotTellAboutAgentsAndTools() throws {
    let outcome = try ask(.with { $0.tools = ["pay"] })
    expect(outcome, .cannotTell, of: 3, cannotTell: 2)
    #expect(
      outcome.missingRecords == [
        "an inventory of agents with owners", "an inventory of tools with owners",
      ])
  }

  @Test func cannotTellWithoutInventories() throws {
    let outcome = try ask(
      .with {
        $0.agent = nil
        $0.deployment = "eu-1"
      }, models: [:])
    expect(outcome, .cannotTell, of: 2, cannotTell: 2)
    #expect(outcome.missingRecords == ["a model inventory", "a deployment register"])
  }

  @Test func doesNotApplyWithoutDecisions() throws {
    expect(
      try AssessmentTests.ask("RG-OWN-03", [], policy([.allow("r")], models: ["small": 1])), .notApplicable, of: 0)
  }
}
