internal import EvidenceModel
internal import Replay

/// Retired routes are dead.
struct RetiredIsDead: Check {
  static let definition = CheckDefinition(
    id: "RG-NHI-03", title: "Retired routes are dead",
    question:
      "Did no traffic reach a model, a deployment or an agent after it was retired, and were its credentials revoked?",
    method:
      "Each model, deployment and agent that its register states as retired by the end of the period is looked at. A decision that names it at or after that instant is an exception, and so is a credential that was not revoked by the end of the period and whose entry names no agent, no deployment or no model but retired ones. A name with * in an entry is taken to cover living ones too.",
    population: "retired models, deployments and agents",
    cannotShow: "Copies kept by a provider.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    let whenEmpty = "No model, deployment or agent on the registers was retired by the end of the period."
    guard let window = facts.window else { return conclude(population: 0, exceptions: 0, whenEmpty: whenEmpty) }
    let retired = retirements(facts.records.inventory, by: window.to)
    var seen: [SeenRow.Kind: ByName<SeenRow>] = [:]
    for row in facts.seen { seen[row.kind, default: [:]][row.name] = row }
    let live = liveCredentials(facts, retired, at: window.to)
    var verdicts: [SubjectVerdict] = []
    for (kind, rowKind) in Self.kinds {
      let names = retired[kind] ?? [:]
      for name in names.keys.sortedBytewise() {
        let row = seen[rowKind]?[name]
        var verdict = SubjectVerdict(kind, name, decisions: row?.n)
        if let at = names[name] { verdict.details.append("Retired \(at).") }
        if let row, row.retired > 0 {
          verdict.faults.append("has \(counted(row.retired, "decision")) after it was retired, the last by \(row.last)")
        }
        if let credentials = live[kind]?[name] {
          verdict.faults.append(
            "is still opened by \(counted(credentials.count, "credential")) made for what is retired"
          )
          verdict.details.append("Not revoked: \(listed(credentials.sortedBytewise())).")
        }
        verdicts.append(verdict)
      }
    }
    return concludeOverSubjects(
      verdicts, absent: facts.records.registers.credentials == nil ? .credentials : nil, missing: missing(facts),
      whenEmpty: whenEmpty)
  }

  private static let kinds: [(SubjectKind, SeenRow.Kind)] = [
    (.model, .model), (.deployment, .deployment), (.agent, .agent),
  ]

  /// Registers that nobody gave of what the logs name: whether it was retired is on none.
  private func missing(_ facts: AssessmentFacts) -> [String] {
    let inventory = facts.records.inventory
    let registers: [(SeenRow.Kind, Bool, String)] = [
      (.model, inventory.hasModels, "a model inventory"),
      (.deployment, inventory.hasDeployments, "a deployment register"),
      (.agent, inventory.agents != nil, MissingRecord.agents.words),
    ]
    return registers.filter { kind, isGiven, _ in !isGiven && facts.seen.contains { $0.kind == kind } }.map(\.2)
  }

  /// When each thing was retired, by kind and name. A deployment that was registered anew lives.
  private func retirements(_ inventory: Inventory, by end: Instant) -> [SubjectKind: ByName<Instant>] {
    var retired: [SubjectKind: ByName<Instant>] = [:]
    func note(_ kind: SubjectKind, _ name: String, _ at: Instant?) {
      if let at, at < end { retired[kind, default: [:]][name] = at }
    }
    for model in inventory.models.values { note(.model, model.name, model.retiredAt) }
    // An endpoint is another name of its deployment, and may be the one that the logs use.
    for (name, steps) in inventory.deployments {
      note(.deployment, name, steps.value(at: end.microseconds - 1)?.retiredAt)
    }
    for agent in inventory.agents?.values ?? [] { note(.agent, agent.name, agent.retiredAt) }
    return retired
  }

  /// Credentials that were not revoked and are made for nothing but what is retired, by what they open.
  private func liveCredentials(
    _ facts: AssessmentFacts, _ retired: [SubjectKind: ByName<Instant>], at end: Instant
  ) -> [SubjectKind: ByName<[String]>] {
    let aliases = facts.records.inventory.aliases
    var live: [SubjectKind: ByName<[String]>] = [:]
    for credential in facts.records.registers.credentials ?? []
    where credential.revokedAt.map({ end <= $0 }) ?? true {
      let scopes: [(SubjectKind, [String])] = [
        (.model, credential.models.map { aliases[$0.text] ?? $0.text }),
        (.deployment, credential.deployments.map(\.text)), (.agent, credential.agents.map(\.text)),
      ]
      for (kind, names) in scopes where names.allSatisfy({ retired[kind]?[$0] != nil }) {
        for name in names { live[kind, default: [:]][name, default: []].append(credential.name) }
      }
    }
    return live
  }
}
