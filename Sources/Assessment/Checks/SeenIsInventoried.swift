internal import EvidenceModel
internal import Replay

/// Everything seen in the logs is inventoried and owned.
struct SeenIsInventoried: Check {
  static let definition = CheckDefinition(
    id: "RG-OWN-03", title: "Everything seen in the logs is inventoried and owned",
    question:
      "Did every model, deployment, agent and tool that appears in a decision stand in an inventory at that instant, with an owner?",
    method:
      "Models that answered are looked up in the model inventory, deployments in the deployment register, agents and tools in their inventories, each as of its decisions. One that its inventory lacks, and one whose entry names no owner, is an exception. An inventory in which no entry names an owner cannot tell who owns what it lists.",
    population: "models, deployments, agents and tools seen",
    cannotShow:
      "Anything that never passed through this gateway; whether the owner in an inventory knew of it. What was retired is the question of RG-NHI-03."
  )

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    let inventory = facts.records.inventory
    let deployments = inventory.deployments
    let registers: [Register] = [
      Register(
        kind: .model, subject: .model, name: "the model inventory",
        whenMissing: inventory.hasModels ? nil : "a model inventory",
        hasOwners: inventory.models.contains { $0.value.owner != nil },
        owner: { inventory.models[$0.name].map(\.owner) }),
      Register(
        kind: .deployment, subject: .deployment, name: "the deployment register",
        whenMissing: inventory.hasDeployments ? nil : "a deployment register",
        hasOwners: deployments.contains { $0.value.values.contains { $0.owner != nil } },
        owner: { deployments[$0.name]?.value(at: $0.last.microseconds).map(\.owner) }),
      Register(
        kind: .agent, subject: .agent, name: "the inventory of agents",
        whenMissing: inventory.agents == nil ? MissingRecord.agents.words : nil,
        hasOwners: inventory.agents?.contains { $0.value.owner != nil } ?? false,
        owner: { inventory.agents?[$0.name].map(\.owner) }),
      Register(
        kind: .tool, subject: .tool, name: "the inventory of tools",
        whenMissing: inventory.tools == nil ? MissingRecord.tools.words : nil,
        hasOwners: inventory.tools?.contains { $0.value.owner != nil } ?? false,
        owner: { inventory.tools?[$0.name].map(\.owner) }),
    ]
    var population = 0
    var verdicts: [SubjectVerdict] = []
    var missing: [String] = []
    for register in registers {
      let rows = facts.seen.filter { $0.kind == register.kind }
      if let record = register.whenMissing {
        population += rows.count
        if !rows.isEmpty { missing.append(record) }
      } else {
        let judged = rows.filter { register.hasOwners || $0.unlisted > 0 }
        verdicts += judged.map { verdict(on: $0, register) }
        if judged.count < rows.count {
          population += rows.count - judged.count
          missing.append("the owners of all entries in \(register.name)")
        }
      }
    }
    var outcome = concludeOverSubjects(verdicts, missing: missing, whenEmpty: "No decision was judged.")
    // Nothing is said one by one of what has no register, or one without owners.
    outcome.population += population
    outcome.cannotTell += population
    if outcome.result == .fail {
      outcome.why = "\(outcome.exceptions) of \(outcome.population) \(Self.definition.population) are exceptions."
    }
    return outcome
  }

  private struct Register {
    var kind: SeenRow.Kind
    var subject: SubjectKind
    var name: String
    /// The record that would tell, where the register was not given.
    var whenMissing: String?
    var hasOwners: Bool
    /// Nil where the register has no entry by that name; nil within where the entry names no owner.
    var owner: (SeenRow) -> String??
  }

  private func verdict(on row: SeenRow, _ register: Register) -> SubjectVerdict {
    var verdict = SubjectVerdict(register.subject, row.name, decisions: row.n)
    verdict.details = ["First seen \(row.first), last seen \(row.last)."]
    let owner = register.owner(row)
    if row.unlisted > 0 {
      verdict.faults.append(
        "is named by \(row.unlisted) of \(counted(row.n, "decision")) while it is not on \(register.name)")
    }
    if let owner, owner == nil {
      verdict.faults.append("has no owner on \(register.name)")
    } else if owner == nil, row.unlisted == 0 {
      verdict.doubt("who owns it", missing: "the owners of all entries in \(register.name)")
    }
    return verdict
  }
}
