internal import EvidenceModel
internal import Replay

/// Everything seen in the logs is inventoried and owned.
struct SeenIsInventoried: Check {
  static let definition = CheckDefinition(
    id: "RG-OWN-03", title: "Everything seen in the logs is inventoried and owned",
    question:
      "Did every model, deployment, agent and tool that appears in a decision stand in an inventory at that instant, with an owner?",
    method:
      "Models that answered are looked up in the model inventory, deployments in the deployment register as of each decision. Agents and tools have no inventory among the inputs, and neither inventory names owners, so those parts cannot be told.",
    population: "models, deployments, agents and tools seen",
    cannotShow: "Anything that never passed through this gateway.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    var findings: [Finding] = []
    var missing: [String] = []
    var exceptions = 0
    var cannotTell = 0
    let relevant = facts.seen.filter { [.model, .deployment, .agent, .tool].contains($0.kind) }

    func inventory(_ kind: SeenRow.Kind, _ subject: SubjectKind, isGiven: Bool, register: String) {
      let rows = relevant.filter { $0.kind == kind }
      guard isGiven else {
        if !rows.isEmpty {
          cannotTell += rows.count
          missing.append(register)
        }
        return
      }
      for row in rows where row.unlisted > 0 {
        exceptions += 1
        findings.append(
          Finding(
            check: id, result: .fail, subjectKind: subject, subject: row.name,
            summary:
              "\(row.unlisted) of \(row.n) decisions name this \(subject.rawValue) while it is not on the register.",
            count: row.unlisted, population: row.n, populationText: "decisions that name it",
            details: ["First seen \(row.first), last seen \(row.last)."]))
      }
    }
    inventory(.model, .model, isGiven: facts.records.inventory.hasModels, register: "a model inventory")
    inventory(
      .deployment, .deployment, isGiven: facts.records.inventory.hasDeployments, register: "a deployment register")
    inventory(.agent, .agent, isGiven: false, register: "an inventory of agents with owners")
    inventory(.tool, .tool, isGiven: false, register: "an inventory of tools with owners")
    return conclude(
      population: relevant.count, exceptions: exceptions, cannotTell: cannotTell, missing: missing, findings: findings,
      whenEmpty: "No decision was judged.")
  }
}
