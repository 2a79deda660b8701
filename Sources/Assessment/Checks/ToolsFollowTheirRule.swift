internal import EvidenceModel
internal import Replay

/// Tool-using and side-effecting requests follow their rule.
struct ToolsFollowTheirRule: Check {
  static let definition = CheckDefinition(
    id: "RG-ESC-03", title: "Tool-using and side-effecting requests follow their rule",
    question: "Was every request that carries a tool decided by a rule that addresses that tool?",
    method:
      "For decisions with tools the applicable rule's own condition is looked at. A rule for any tool, or none at all, did not address the tool, so the decision is an exception.",
    population: "decisions with tools",
    cannotShow: "What the tool did after the model chose it.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    var byRule: ByName<(population: Int, failed: Int)> = [:]
    var unreadable = 0
    for row in facts.tally where row.sums.withTools > 0 {
      // Rules that nobody can read are not the same as none.
      if facts.isUnreadable(row.version) {
        unreadable += row.sums.withTools
        continue
      }
      let addressed = facts.rule(row.rule, in: row.version).map { $0.tool != "*" } ?? false
      let before = byRule[row.rule] ?? (0, 0)
      byRule[row.rule] = (before.population + row.sums.withTools, before.failed + (addressed ? 0 : row.sums.withTools))
    }
    let findings = byRule.keys.sortedBytewise().compactMap { rule -> Finding? in
      guard let counts = byRule[rule], counts.failed > 0 else { return nil }
      return Finding(
        check: id, result: .fail, subjectKind: rule == "-" ? .period : .rule,
        subject: rule == "-" ? facts.period.name : rule,
        summary: rule == "-"
          ? "\(counts.failed) of \(counts.population) decisions with tools were decided by no rule."
          : "\(counts.failed) of \(counts.population) decisions with tools were decided by this rule, which addresses no tool.",
        count: counts.failed, population: counts.population)
    }
    return conclude(
      population: byRule.values.reduce(unreadable) { $0 + $1.population },
      exceptions: byRule.values.reduce(0) { $0 + $1.failed }, cannotTell: unreadable,
      missing: unreadable > 0 ? [Self.unreadableVersions] : [], findings: findings,
      whenEmpty: "No decision carried a tool.")
  }
}
