import Assessment
import EvidenceModel
import Replay
import TestSupport
import Testing

@Suite struct RetiredIsDeadTests {
  private func ask(
    retired: String? = "2026-07-10", seen rows: [SeenRow] = [seen(.model, "old")], credentials: [Credential]? = [],
    agents: [InventoryEntry]? = [], deployments: [Deployment] = []
  ) throws -> CheckOutcome {
    var records = policy([.allow("r")]).with { $0.credentials = credentials }
    records.inventory = Inventory(
      models: [Model(name: "old", tier: 1, retiredAt: retired.map { at($0) }), Model(name: "small", tier: 1)],
      aliases: ["older": "old"], deployments: deployments, hasModels: true, hasDeployments: true, agents: agents)
    return try AssessmentTests.ask("RG-NHI-03", facts(records) { $0.seen = rows })
  }

  private func credential(models: [String] = [], agents: [String] = [], revoked: String? = nil) -> Credential {
    Credential(
      name: "key-1", models: models.map { NamePattern($0) }, agents: agents.map { NamePattern($0) },
      revokedAt: revoked.map { at($0) }, place: place)
  }

  @Test func passesWithoutTrafficAfterRetirement() throws {
    expect(try ask(), .pass, of: 1)
    expect(try ask(seen: []), .pass, of: 1)
  }

  @Test func failsForTrafficAfterRetirement() throws {
    let outcome = try ask(seen: [seen(.model, "old", retired: 2)])
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(
      outcome.findings.first?.summary
        == "Model old has 2 decisions after it was retired, the last by 2026-07-20T00:00:00Z.")
  }

  @Test func onlyWhatWasRetiredByTheEndOfThePeriodIsAsked() throws {
    expect(try ask(retired: "2026-08-01"), .notApplicable, of: 0)
    expect(try ask(retired: "2026-07-31T23:59:59.999999Z"), .pass, of: 1)
    expect(try ask(retired: "2020-01-01"), .pass, of: 1)
    expect(try ask(retired: nil), .notApplicable, of: 0)
  }

  @Test func failsForALiveCredentialMadeForItAlone() throws {
    let outcome = try ask(credentials: [credential(models: ["older"])])
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(outcome.findings.first?.details.last == "Not revoked: key-1.")
    expect(try ask(credentials: [credential(models: ["old"], revoked: "2026-08-01")]), .fail, of: 1, exceptions: 1)
    expect(
      try ask(credentials: [credential(models: ["old"], revoked: "2026-07-31T23:59:59.999999Z")]), .pass, of: 1)
  }

  @Test func aCredentialThatOpensSomethingLivingMayLive() throws {
    for models in [["old", "small"], ["o*"], []] {
      expect(try ask(credentials: [credential(models: models)]), .pass, of: 1)
    }
  }

  @Test func retiredAgentsAndDeploymentsAreAskedToo() throws {
    var gone = deployment("eu-1", in: "EU")
    gone.retiredAt = at("2026-07-10")
    let agent = InventoryEntry(name: "agent-a", retiredAt: at("2026-07-10"))
    let outcome = try ask(
      retired: nil, seen: [seen(.deployment, "eu-1", retired: 1)], credentials: [credential(agents: ["agent-a"])],
      agents: [agent], deployments: [gone])
    expect(outcome, .fail, of: 2, exceptions: 2)
    #expect(outcome.findings.map(\.subject) == ["eu-1", "agent-a"])
  }

  @Test func aDeploymentThatWasRegisteredAnewLives() throws {
    var gone = deployment("eu-1", in: "EU")
    gone.retiredAt = at("2026-07-10")
    let anew = deployment("eu-1", in: "EU", from: "2026-07-15")
    expect(try ask(retired: nil, deployments: [gone, anew]), .notApplicable, of: 0)
  }

  @Test func cannotTellOfCredentialsWithoutTheirRegister() throws {
    let outcome = try ask(credentials: nil)
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["the register of credentials"])
    expect(try ask(seen: [seen(.model, "old", retired: 1)], credentials: nil), .fail, of: 1, exceptions: 1)
  }

  @Test func cannotTellOfAgentsThatNoInventoryLists() throws {
    let outcome = try ask(seen: [seen(.agent, "agent-a")], agents: nil)
    expect(outcome, .cannotTell, of: 1)
    #expect(outcome.missingRecords == ["an inventory of agents with owners"])
  }
}
