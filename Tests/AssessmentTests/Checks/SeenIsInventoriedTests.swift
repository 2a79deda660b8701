import Assessment
import EvidenceModel
import Replay
import TestSupport
import Testing

@Suite struct SeenIsInventoriedTests {
  private func ask(
    _ rows: [SeenRow], models: [Model]? = [Model(name: "small", tier: 1, owner: "dana")],
    deployments: [Deployment] = [], agents: [InventoryEntry]? = nil, tools: [InventoryEntry]? = nil
  ) throws -> CheckOutcome {
    var records = policy([.allow("r")])
    records.inventory = Inventory(
      models: models ?? [], deployments: deployments, hasModels: models != nil, hasDeployments: !deployments.isEmpty,
      agents: agents, tools: tools)
    return try AssessmentTests.ask("RG-OWN-03", facts(records) { $0.seen = rows })
  }

  private func place(_ owner: String?, from: String = "2020-01-01") -> Deployment {
    var place = deployment("eu-1", in: "EU", from: from)
    place.owner = owner
    return place
  }

  @Test func passesWhenEverythingSeenIsOnARegisterWithItsOwner() throws {
    expect(
      try ask(
        [seen(.model, "small"), seen(.deployment, "eu-1"), seen(.agent, "agent-a"), seen(.tool, "pay")],
        deployments: [place("dana")], agents: [InventoryEntry(name: "agent-a", owner: "dana")],
        tools: [InventoryEntry(name: "pay", owner: "dana")]), .pass, of: 4)
  }

  @Test func failsForAModelThatTheInventoryLacks() throws {
    let outcome = try ask([seen(.model, "mystery", n: 4, unlisted: 4)])
    expect(outcome, .fail, of: 1, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(finding.subjectKind == .model)
    #expect(finding.subject == "mystery")
    #expect(
      finding.summary == "Model mystery is named by 4 of 4 decisions while it is not on the model inventory.")
  }

  @Test func failsForADeploymentThatWasRegisteredOnlyLater() throws {
    let line = DecisionLine.with {
      $0.agent = nil
      $0.deployment = "eu-1"
    }
    var records = policy([.allow("r")], models: ["small": 1])
    records.inventory = Inventory(
      models: [Model(name: "small", tier: 1, owner: "dana")], deployments: [place("dana", from: "2026-07-20")],
      hasModels: true, hasDeployments: true)
    let outcome = try AssessmentTests.ask("RG-OWN-03", [line], records)
    expect(outcome, .fail, of: 2, exceptions: 1)
    #expect(outcome.findings.map(\.subject) == ["eu-1"])
  }

  @Test func failsForAnEntryWithoutAnOwner() throws {
    let models = [Model(name: "small", tier: 1), Model(name: "large", tier: 2, owner: "dana")]
    let outcome = try ask([seen(.model, "small")], models: models)
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(outcome.findings.map(\.summary) == ["Model small has no owner on the model inventory."])
  }

  @Test func anInventoryThatNamesNoOwnerAtAllCannotTell() throws {
    let outcome = try ask([seen(.model, "small")], models: [Model(name: "small", tier: 1)])
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["the owners of all entries in the model inventory"])
  }

  @Test func failsForAgentsAndToolsThatTheirInventoriesLack() throws {
    let outcome = try ask(
      [seen(.agent, "agent-b", unlisted: 10), seen(.tool, "pay", unlisted: 1)],
      agents: [InventoryEntry(name: "agent-a", owner: "dana")], tools: [InventoryEntry(name: "pay", owner: "dana")])
    expect(outcome, .fail, of: 2, exceptions: 2)
    #expect(outcome.findings.map(\.subjectKind) == [.agent, .tool])
  }

  @Test func cannotTellAboutAgentsAndToolsWithoutInventories() throws {
    let outcome = try ask([seen(.model, "small"), seen(.agent, "agent-a"), seen(.tool, "pay")])
    expect(outcome, .cannotTell, of: 3, cannotTell: 2)
    #expect(
      outcome.missingRecords == [
        "an inventory of agents with owners", "an inventory of tools with owners",
      ])
  }

  @Test func cannotTellWithoutInventories() throws {
    let outcome = try ask([seen(.model, "small"), seen(.deployment, "eu-1")], models: nil)
    expect(outcome, .cannotTell, of: 2, cannotTell: 2)
    #expect(outcome.missingRecords == ["a model inventory", "a deployment register"])
  }

  @Test func anEmptyInventoryListsNothing() throws {
    expect(try ask([seen(.agent, "agent-a", unlisted: 10)], agents: []), .fail, of: 1, exceptions: 1)
  }

  @Test func doesNotApplyWithoutDecisions() throws {
    expect(try ask([]), .notApplicable, of: 0)
  }
}
