internal import EvidenceModel
internal import Replay

/// Every rule has an accountable owner at every instant. SEMANTICS §3, owner.
struct OwnerAtEveryInstant: Check {
  static let definition = CheckDefinition(
    id: "RG-OWN-01", title: "Every rule has an accountable owner at every instant",
    question: "Was every rule owned by somebody, at every instant at which it was in force in the period?",
    method:
      "The accountable ownership intervals of each rule are laid over the time in which a version with that rule was in force. Any stretch that none covers is an exception, and so is every decision taken inside it.",
    population: "rules in force in the period",
    cannotShow: "Whether the owner on record knew of the duty, or did anything.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    let rules = facts.rulesInForce
    guard facts.hasInput(.ownership) else {
      return conclude(
        population: rules.count, exceptions: 0, cannotTell: rules.count, missing: ["an ownership register"],
        whenEmpty: "No rule was in force in the period.")
    }
    var findings: [Finding] = []
    for (rule, stretches) in rules {
      let gaps = facts.ownership(of: rule, during: stretches).filter { $0.tenure == nil }
      guard !gaps.isEmpty else { continue }
      let decisions = facts.tally.filter { $0.rule == rule && $0.ownerStatus == .none }.reduce(0) { $0 + $1.sums.n }
      let listed = facts.tally.filter {
        $0.rule.isSameName(as: rule) && $0.ownerStatus == .none && $0.decisionClass.isException
      }.reduce(0) { $0 + $1.sums.n }
      let ofRule = facts.tally.filter { $0.rule == rule }.reduce(0) { $0 + $1.sums.n }
      let hours = gaps.reduce(0) { $0 + Int(($1.to.microseconds - $1.from.microseconds) / Instant.microsecondsPerHour) }
      findings.append(
        Finding(
          check: id, result: .fail, subjectKind: .rule, subject: rule,
          summary:
            "Nobody owned the rule for \(hours) hours in \(gaps.count) \(gaps.count == 1 ? "stretch" : "stretches"); \(decisions) of its \(ofRule) decisions fell into that time.",
          count: decisions, population: ofRule, populationText: "decisions under the rule",
          details: decisions > 0
            ? [
              "Of these decisions \(listed) are exceptions and listed one by one; \(decisions - listed) went as the rule says, or were not served, and are only counted."
            ] : [],
          stretches: gaps.map { Stretch(kind: .gap, from: $0.from, to: $0.to, owners: []) },
          decisions: DecisionFilter(rule: rule, ownerStatus: OwnerStatus.none)))
    }
    return conclude(
      population: rules.count, exceptions: findings.count, findings: findings,
      whenEmpty: "No rule was in force in the period.")
  }
}
