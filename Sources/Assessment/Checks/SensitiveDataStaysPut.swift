internal import EvidenceModel
internal import Replay

/// Sensitive data goes only to allowed models and jurisdictions. SEMANTICS §4, `jurisdiction_ok`.
struct SensitiveDataStaysPut: Check {
  static let definition = CheckDefinition(
    id: "RG-DAT-01", title: "Sensitive data goes only to allowed models and jurisdictions",
    question:
      "Did every served request that is sensitive, by its class or because its rule limits the places, use a place that its rule allows, as the deployment stood at that instant?",
    method:
      "Successes are replayed whose data class the configuration lists as sensitive, or whose rule limits the places. One in a place that the rule does not allow is an exception; one of a sensitive class that an unregistered deployment served under a rule which allows any place cannot be told. What no rule covers is the subject of RG-BLK-02.",
    population: "served decisions that are sensitive by class or by rule",
    cannotShow: "Whether the class on the record was right; where the provider kept a copy.")

  static let classes: [DecisionClass] = [.jurisdictionViolation]

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    func isLimited(_ row: TallyRow) -> Bool {
      facts.rule(row.rule, in: row.version).map { $0.allowedJurisdictions != ["*"] } ?? false
    }
    func served(_ row: TallyRow) -> Int {
      if row.rule == "-" && !facts.isUnreadable(row.version) { return 0 }
      return isLimited(row) ? row.sums.served : row.sums.sensitiveServed
    }
    let whenEmpty =
      "No decision that is sensitive by class or by rule was served under a rule; sensitive classes are listed in the configuration."
    let decisions = concludeOverDecisions(
      facts, classes: Self.classes, population: served, exceptions: served,
      words: "went to a place that the rule does not allow", whenEmpty: whenEmpty)
    var byRule: ByName<(population: Int, unplaced: Int)> = [:]
    for row in facts.tally where !facts.isUnreadable(row.version) {
      let all = served(row)
      // Where the rule limits places, an unplaced deployment is a violation already.
      let open = isLimited(row) ? 0 : min(row.sums.sensitiveUnplaced, all - min(all, row.sums.indeterminate))
      let before = byRule[row.rule] ?? (0, 0)
      byRule[row.rule] = (before.population + all, before.unplaced + open)
    }
    let findings = byRule.keys.sortedBytewise().compactMap { rule -> Finding? in
      guard let counts = byRule[rule], counts.unplaced > 0 else { return nil }
      return Finding(
        check: id, result: .cannotTell, subjectKind: .rule, subject: rule,
        summary:
          "\(counts.unplaced) of \(counts.population) served decisions of a sensitive class went to a deployment that no register places.",
        count: counts.unplaced, population: counts.population,
        missingRecords: ["the deployment's row in the deployment register"])
    }
    let unplaced = byRule.values.reduce(0) { $0 + $1.unplaced }
    return conclude(
      population: decisions.population, exceptions: decisions.exceptions, cannotTell: decisions.cannotTell + unplaced,
      missing: decisions.missingRecords + (unplaced > 0 ? ["the jurisdiction of every deployment"] : []),
      findings: decisions.findings + findings, whenEmpty: whenEmpty)
  }
}
