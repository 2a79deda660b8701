internal import EvidenceModel
internal import Replay

/// The model that answered is the model that was approved. SEMANTICS §5, `silent_substitution`.
struct ServedAsApproved: Check {
  static let definition = CheckDefinition(
    id: "RG-DRF-04", title: "The model that answered is the model that was approved",
    question:
      "Did every served request get the model that was asked for or ordered, and was each model that answered on the inventory and approved at that instant?",
    method:
      "Successful decisions are replayed; one that another model answered without a rule or a permit is an exception. Each model that answered is looked up in the model inventory as of its decisions; one that the inventory lacks, or did not yet approve, is an exception. Decisions without a policy version or a rule, under a rule that blocks, or in a place that their rule does not allow belong to other checks.",
    population: "successful decisions, and models that answered",
    cannotShow: "A provider that changes the weights behind one name.")

  static let classes: [DecisionClass] = [.silentSubstitution]

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    let elsewhere: Set<DecisionClass> = [.noPolicy, .noRule, .blockedButServed, .jurisdictionViolation]
    let decisions = concludeOverDecisions(
      facts, classes: Self.classes,
      population: { elsewhere.contains($0.decisionClass) ? 0 : $0.sums.served },
      words: "were answered by another model, without a rule", whenEmpty: "")
    let ofDecisions = decisions.findings.map { finding in
      var finding = finding
      finding.populationText = "successful decisions"
      finding.summary.replace(Self.definition.population, with: "successful decisions")
      return finding
    }
    var answered: ByName<Bool> = [:]
    for row in facts.traffic { answered[row.servedModel] = true }
    let models = facts.seen.filter { $0.kind == .model && answered[$0.name] != nil }
    let isGiven = facts.records.inventory.hasModels
    let unlisted = isGiven ? models.filter { $0.unlisted > 0 } : []
    let findings = unlisted.map { row in
      Finding(
        check: id, result: .fail, subjectKind: .model, subject: row.name,
        summary:
          "\(row.unlisted) of \(row.n) decisions name this model while it was not on the inventory, or not yet approved.",
        count: row.unlisted, population: row.n, populationText: "decisions that name it",
        details: ["First seen \(row.first), last seen \(row.last)."])
    }
    return conclude(
      population: decisions.population + models.count, exceptions: decisions.exceptions + unlisted.count,
      cannotTell: decisions.cannotTell + (isGiven ? 0 : models.count),
      missing: decisions.missingRecords + (isGiven || models.isEmpty ? [] : ["a model inventory"]),
      findings: ofDecisions + findings, whenEmpty: "No decision was served.")
  }
}
