internal import EvidenceModel
internal import Replay

/// Sensitive data goes only to allowed models and jurisdictions. SEMANTICS §4, `jurisdiction_ok`.
struct SensitiveDataStaysPut: Check {
  static let definition = CheckDefinition(
    id: "RG-DAT-01", title: "Sensitive data goes only to allowed models and jurisdictions",
    question:
      "Did every served request of a sensitive class use a place that its rule allows, as the deployment stood at that instant?",
    method:
      "Successes whose data class the configuration lists as sensitive are replayed. One in a place that the rule does not allow is an exception; one that an unregistered deployment served under a rule which allows any place cannot be told.",
    population: "served decisions of a sensitive class",
    cannotShow: "Whether the class on the record was right; where the provider kept a copy.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    var population = 0
    var exceptions = 0
    var unplaced = 0
    var byRule: [String: (population: Int, failed: Int, unplaced: Int)] = [:]
    for row in facts.tally where row.sums.sensitiveServed > 0 {
      let failed = row.decisionClass == .jurisdictionViolation ? row.sums.sensitiveServed : 0
      let open = failed > 0 ? 0 : row.sums.sensitiveUnplaced
      population += row.sums.sensitiveServed
      exceptions += failed
      unplaced += open
      let before = byRule[row.rule] ?? (0, 0, 0)
      byRule[row.rule] = (before.population + row.sums.sensitiveServed, before.failed + failed, before.unplaced + open)
    }
    var findings: [Finding] = []
    for rule in byRule.keys.sortedBytewise() {
      guard let counts = byRule[rule] else { continue }
      let kind: SubjectKind = rule == "-" ? .period : .rule
      let subject = rule == "-" ? facts.period.name : rule
      if counts.failed > 0 {
        findings.append(
          Finding(
            check: id, result: .fail, subjectKind: kind, subject: subject,
            summary:
              "\(counts.failed) of \(counts.population) served decisions of a sensitive class went to a place that the rule does not allow.",
            count: counts.failed, population: counts.population,
            decisions: DecisionFilter(rule: rule, classes: [.jurisdictionViolation])))
      }
      if counts.unplaced > 0 {
        findings.append(
          Finding(
            check: id, result: .cannotTell, subjectKind: kind, subject: subject,
            summary:
              "\(counts.unplaced) of \(counts.population) served decisions of a sensitive class went to a deployment that no register places.",
            count: counts.unplaced, population: counts.population,
            missingRecords: ["the deployment's row in the deployment register"]))
      }
    }
    return conclude(
      population: population, exceptions: exceptions, cannotTell: unplaced,
      missing: unplaced > 0 ? ["the jurisdiction of every deployment"] : [], findings: findings,
      whenEmpty: "No decision of a sensitive class was served; sensitive classes are listed in the configuration.")
  }
}
