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
    var byRule: ByName<(population: Int, failed: Int, unclear: Int)> = [:]
    var unreadable = 0
    for row in facts.tally where row.sums.withTools > 0 {
      // Rules that nobody can read are not the same as none.
      if facts.isUnreadable(row.version) {
        unreadable += row.sums.withTools
        continue
      }
      let addressed = facts.rule(row.rule, in: row.version).map { $0.tool != "*" } ?? false
      // An empty agent or data class may hide the rule that should have decided.
      let unclear = min(row.sums.indeterminate, row.sums.withTools)
      let before = byRule[row.rule] ?? (0, 0, 0)
      byRule[row.rule] = (
        before.population + row.sums.withTools, before.failed + (addressed ? 0 : row.sums.withTools - unclear),
        before.unclear + unclear
      )
    }
    var findings: [Finding] = []
    for rule in byRule.keys.sortedBytewise() {
      guard let counts = byRule[rule] else { continue }
      let isRule = rule != "-"
      func report(_ result: CheckResult, _ count: Int, _ words: String, missing: [String] = []) {
        guard count > 0 else { return }
        findings.append(
          Finding(
            check: id, result: result, subjectKind: isRule ? .rule : .period,
            subject: isRule ? rule : facts.period.name,
            summary: "\(count) of \(counts.population) decisions with tools \(words).", count: count,
            population: counts.population, missingRecords: missing))
      }
      report(
        .fail, counts.failed,
        isRule ? "were decided by this rule, which addresses no tool" : "were decided by no rule")
      report(
        .cannotTell, counts.unclear, "lack the agent or the data class that decides which rule applies",
        missing: [Self.decidingFields])
    }
    let unclear = byRule.values.reduce(0) { $0 + $1.unclear }
    return conclude(
      population: byRule.values.reduce(unreadable) { $0 + $1.population },
      exceptions: byRule.values.reduce(0) { $0 + $1.failed }, cannotTell: unreadable + unclear,
      missing: (unreadable > 0 ? [Self.unreadableVersions] : []) + (unclear > 0 ? [Self.decidingFields] : []),
      findings: findings,
      whenEmpty: "No decision carried a tool.")
  }
}
