import Assessment
import EvidenceModel
import Replay
import TestSupport
import Testing

@Suite struct CredentialsScopedTests {
  private func credential(
    agents: [String] = ["agent-a"], deployments: [String] = ["*"], models: [String] = ["*"], environment: String? = nil
  ) -> Credential {
    Credential(
      name: "key-1", environment: environment, deployments: deployments.map { NamePattern($0) },
      models: models.map { NamePattern($0) }, agents: agents.map { NamePattern($0) }, place: place)
  }

  private func site(_ name: String, _ environment: String?) -> Deployment {
    var site = deployment(name, in: "EU")
    site.environment = environment
    return site
  }

  private static let narrow = [
    link(.credential, "key-1", .agent, "agent-a"), link(.credential, "key-1", .deployment, "eu-1"),
    link(.credential, "key-1", .reachedModel, "small"),
  ]

  private func ask(_ register: [Credential]?, links: [LinkRow] = narrow, models: [String: Int]? = nil) throws
    -> CheckOutcome
  {
    let records = records(
      [version("v1", from: "2026-01-01", [.allow("r")])], models: models ?? ["small": 1, "peer": 1, "large": 2],
      aliases: ["tiny": "small"],
      deployments: [site("eu-1", "production"), site("eu-2", "test"), site("eu-3", nil)])
    var facts = try facts([DecisionLine()], records.with { $0.credentials = register })
    facts.seen = [seen(.credential, "key-1")]
    facts.links = links
    return try AssessmentTests.ask("RG-NHI-02", facts)
  }

  private func expectFault(_ words: String, _ register: [Credential], _ links: [LinkRow] = []) throws {
    let outcome = try ask(register, links: Self.narrow + links)
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(outcome.findings.first?.summary == "Credential key-1 \(words).")
  }

  @Test func passesForOneAgentInOneEnvironmentOnOneTier() throws {
    expect(try ask([credential()]), .pass, of: 1)
    expect(
      try ask([credential()], links: Self.narrow + [link(.credential, "key-1", .reachedModel, "peer")]), .pass, of: 1)
  }

  @Test func failsForTwoAgents() throws {
    try expectFault(
      "served 2 agents", [credential(agents: ["agent-*"])], [link(.credential, "key-1", .agent, "agent-b")])
  }

  @Test func failsForTwoEnvironments() throws {
    try expectFault(
      "served 2 environments", [credential()], [link(.credential, "key-1", .deployment, "eu-2")])
    try expectFault("served 2 environments", [credential(environment: "test")])
  }

  @Test func failsForTwoTiers() throws {
    try expectFault(
      "reached 2 tiers of models", [credential()], [link(.credential, "key-1", .reachedModel, "large")])
  }

  @Test func failsForReachWiderThanItsEntry() throws {
    try expectFault("reached 1 agent that its entry leaves out", [credential(agents: ["agent-b"])])
    try expectFault(
      "reached 1 deployment that its entry leaves out", [credential(deployments: ["us-*"])])
    try expectFault("reached 1 model that its entry leaves out", [credential(models: ["large"])])
    expect(try ask([credential(deployments: ["eu-*"], models: ["tiny"])]), .pass, of: 1)
  }

  @Test func cannotTellWhatAnEntryDoesNotState() throws {
    expect(try ask([credential(agents: [])]), .cannotTell, of: 1, cannotTell: 1)
    expect(try ask([credential(deployments: [])]), .cannotTell, of: 1, cannotTell: 1)
    expect(try ask([credential(models: [])]), .cannotTell, of: 1, cannotTell: 1)
    expect(try ask([]), .cannotTell, of: 1, cannotTell: 1)
  }

  @Test func sharingShowsWithoutTheRegisterToo() throws {
    let outcome = try ask(nil)
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["the register of credentials"])
    expect(
      try ask(nil, links: Self.narrow + [link(.credential, "key-1", .agent, "agent-b")]), .fail, of: 1, exceptions: 1)
  }

  @Test func cannotTellOfAnEnvironmentOrATierThatNobodyStates() throws {
    for other in [link(.credential, "key-1", .deployment, "eu-3"), link(.credential, "key-1", .reachedModel, "new")] {
      expect(try ask([credential()], links: Self.narrow + [other]), .cannotTell, of: 1, cannotTell: 1)
    }
    let outcome = try ask([credential()], models: [:])
    #expect(outcome.missingRecords == ["a model inventory"])
  }

  @Test func cannotTellOfACredentialWhoseDecisionsNameNothing() throws {
    let outcome = try ask([credential()], links: [])
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(
      outcome.missingRecords == [
        "the agent of every decision", "the deployment of every decision", "the model that answered each decision",
      ])
  }

  @Test func cannotTellWhereTheLogsNameNoCredential() throws {
    var facts = try facts([DecisionLine()], policy([.allow("r")]).with { $0.credentials = [credential()] })
    facts.seen = []
    let outcome = try AssessmentTests.ask("RG-NHI-02", facts)
    expect(outcome, .cannotTell, of: 0)
    #expect(outcome.missingRecords == ["the log field api_key_alias"])
  }
}
