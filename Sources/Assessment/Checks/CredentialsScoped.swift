internal import EvidenceModel
internal import Replay

/// Credentials are scoped and not shared.
struct CredentialsScoped: Check {
  static let definition = CheckDefinition(
    id: "RG-NHI-02", title: "Credentials are scoped and not shared",
    question:
      "Did each credential serve one agent, one environment and one tier of models, and reach only what it is meant for?",
    method:
      "The agents, deployments and models that the decisions of each credential name are gathered. More than one agent, more than one environment (as the deployment register and the credential's own entry state it) and more than one tier of the models it reached are exceptions, and so is an agent, a deployment or a model that its entry in the register of credentials leaves out. What an entry does not state cannot be told.",
    population: "credentials in use in the period",
    cannotShow: "Reach granted at the provider and not used here.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    var reach: ByName<Reach> = [:]
    for link in facts.links where link.side == .credential {
      switch link.otherSide {
      case .agent: reach[link.name, default: Reach()].agents.append(link)
      case .deployment: reach[link.name, default: Reach()].deployments.append(link)
      case .reachedModel: reach[link.name, default: Reach()].models.append(link)
      default: continue
      }
    }
    return concludeOverCredentials(facts) { row, entries in
      let reached = reach[row.name] ?? Reach()
      var verdict = SubjectVerdict(.credential, row.name, decisions: row.n)
      judgeAgents(reached, &verdict)
      judgeEnvironments(reached, entries, facts, &verdict)
      judgeTiers(reached, facts, &verdict)
      if facts.records.registers.credentials != nil { judgeScope(reached, entries, facts, &verdict) }
      return verdict
    }
  }

  private struct Reach {
    var agents: [LinkRow] = []
    var deployments: [LinkRow] = []
    var models: [LinkRow] = []
  }

  private func judgeAgents(_ reached: Reach, _ verdict: inout SubjectVerdict) {
    if reached.agents.count > 1 {
      verdict.faults.append("served \(reached.agents.count) agents")
      verdict.details.append("Agents: \(list(reached.agents)).")
    } else if reached.agents.isEmpty {
      verdict.doubt("which agents it served", missing: "the agent of every decision")
    }
  }

  private func judgeEnvironments(
    _ reached: Reach, _ entries: [Credential], _ facts: AssessmentFacts, _ verdict: inout SubjectVerdict
  ) {
    var environments: ByName<Bool> = [:]
    var unknown: [String] = []
    for environment in entries.compactMap(\.environment) { environments[environment] = true }
    for link in reached.deployments {
      let deployment = facts.records.inventory.deployments[link.other]?.value(at: link.last.microseconds)
      if let environment = deployment?.environment {
        environments[environment] = true
      } else {
        unknown.append(link.other)
      }
    }
    if environments.count > 1 {
      verdict.faults.append("served \(environments.count) environments")
      verdict.details.append("Environments: \(listed(environments.keys.sortedBytewise())).")
    } else if !unknown.isEmpty {
      verdict.doubt("in which environment \(listed(unknown)) stood", missing: "the environment of every deployment")
    } else if reached.deployments.isEmpty {
      verdict.doubt("which environments it served", missing: "the deployment of every decision")
    }
  }

  private func judgeTiers(_ reached: Reach, _ facts: AssessmentFacts, _ verdict: inout SubjectVerdict) {
    let inventory = facts.records.inventory
    var tiers: [Int: String] = [:]
    var unknown: [String] = []
    for link in reached.models {
      if let model = inventory.models[link.other] {
        if tiers[model.tier] == nil { tiers[model.tier] = model.name }
      } else {
        unknown.append(link.other)
      }
    }
    if tiers.count > 1 {
      verdict.faults.append("reached \(tiers.count) tiers of models")
      verdict.details.append(
        "Tiers: \(listed(tiers.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" })).")
    } else if !unknown.isEmpty {
      verdict.doubt(
        "of which tier \(listed(unknown)) is",
        missing: inventory.hasModels ? "the tier of every model in the model inventory" : "a model inventory")
    } else if reached.models.isEmpty {
      verdict.doubt("which tiers of models it reached", missing: "the model that answered each decision")
    }
  }

  /// Whether it reached only what its entries state.
  private func judgeScope(
    _ reached: Reach, _ entries: [Credential], _ facts: AssessmentFacts, _ verdict: inout SubjectVerdict
  ) {
    let aliases = facts.records.inventory.aliases
    let scopes: [(words: String, stated: [NamePattern], links: [LinkRow])] = [
      ("agent", entries.flatMap(\.agents), reached.agents),
      ("deployment", entries.flatMap(\.deployments), reached.deployments),
      // The decisions name models as the inventory does; an entry may use another name of the same model.
      (
        "model", entries.flatMap(\.models).map { NamePattern(aliases[$0.text] ?? $0.text) }, reached.models
      ),
    ]
    for scope in scopes where !scope.links.isEmpty {
      guard !scope.stated.isEmpty else {
        verdict.doubt(
          "for which \(scope.words)s it is meant",
          missing: "in the register of credentials, the agents, deployments and models that each is meant for")
        continue
      }
      // Names are looked up: a log may hold many, and only patterns have to be tried one by one.
      var names: ByName<Bool> = [:]
      for name in scope.stated { names[name.text] = true }
      let patterns = scope.stated.filter(\.isPattern)
      let wider = scope.links.filter { link in
        names[link.other] == nil && !patterns.contains { $0.matches(link.other) }
      }
      guard !wider.isEmpty else { continue }
      verdict.faults.append(
        "reached \(counted(wider.count, scope.words)) that its entry leaves out")
      verdict.details.append("Beyond its entry: \(scope.words) \(list(wider)).")
    }
  }

  private func list(_ links: [LinkRow]) -> String {
    listed(links.sorted { $0.other.precedesBytewise($1.other) }.map { "\($0.other) (\($0.n))" })
  }
}
