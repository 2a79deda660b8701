internal import EvidenceModel
internal import Replay

/// Sensitive data goes only to allowed models and jurisdictions. SEMANTICS §4, `jurisdiction_ok`.
struct SensitiveDataStaysPut: Check {
  static let definition = CheckDefinition(
    id: "RG-DAT-01", title: "Sensitive data goes only to allowed models and jurisdictions",
    question:
      "Did every served request that is sensitive, by its class or because its rule limits the places, use a place that its rule allows, as the deployment stood at that instant?",
    method:
      "Successes are replayed whose data class the configuration lists as sensitive, or whose rule limits the places. One in a place that the rule does not allow is an exception; one of a sensitive class that an unregistered deployment served under a rule which allows any place cannot be told.",
    population: "served decisions that are sensitive by class or by rule",
    cannotShow: "Whether the class on the record was right; where the provider kept a copy.")

  static let classes: [DecisionClass] = [.jurisdictionViolation]

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    var population = 0
    var exceptions = 0
    var unplaced = 0
    var byRule: ByName<(population: Int, failed: Int, unplaced: Int)> = [:]
    for row in facts.tally {
      let isLimited = facts.rule(row.rule, in: row.version).map { $0.allowedJurisdictions != ["*"] } ?? false
      let served = isLimited ? row.sums.served : row.sums.sensitiveServed
      guard served > 0 else { continue }
      let failed = row.decisionClass == .jurisdictionViolation ? served : 0
      // Where the rule limits places, an unplaced deployment is a violation already.
      let open = isLimited ? 0 : row.sums.sensitiveUnplaced
      population += served
      exceptions += failed
      unplaced += open
      let before = byRule[row.rule] ?? (0, 0, 0)
      byRule[row.rule] = (before.population + served, before.failed + failed, before.unplaced + open)
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
              "\(counts.failed) of \(counts.population) served decisions went to a place that the rule does not allow.",
            count: counts.failed, population: counts.population,
            decisions: DecisionFilter(rule: rule, classes: Self.classes)))
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
      whenEmpty:
        "No decision that is sensitive by class or by rule was served; sensitive classes are listed in the configuration."
    )
  }
}
