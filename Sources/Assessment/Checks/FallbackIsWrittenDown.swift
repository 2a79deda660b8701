package import EvidenceModel
internal import Replay

/// Fallback is written down and never lowers assurance. SEMANTICS §4, `permitted`.
package struct FallbackIsWrittenDown: Check {
  package static let definition = CheckDefinition(
    id: "RG-ESC-05", title: "Fallback is written down and never lowers assurance",
    question:
      "When the first choice failed, did a model answer that the policy lists for that case, in a place the rule allows?",
    method:
      "Decisions are replayed that name a failure as their trigger, or a model first tried where the rule orders no escalation. One that was served by a model which neither the rule nor a permit names, in a place the rule does not allow, or although the rule blocks, is an exception.",
    population: "decisions after a failure or a retry",
    cannotShow: "Silent fallback inside a provider.")

  /// Where a failure or a retry is on record.
  package static let classesInPart: [DecisionClass] = [
    .implicitEscalation, .silentSubstitution, .wrongTarget, .driftNotEscalated, .jurisdictionViolation,
    .blockedButServed,
  ]

  package func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    /// Under a rule that orders an escalation a first model is the ordinary case; under any other it was left for a reason.
    func moved(_ row: TallyRow) -> Int {
      row.sums.afterFailure + (facts.rule(row.rule, in: row.version)?.action == .escalate ? 0 : row.sums.moved)
    }
    return concludeOverDecisions(
      facts, classes: Self.classesInPart, population: moved, exceptions: moved,
      words: "were answered in a way that the policy does not list",
      whenEmpty: "No decision records a failure or a retry.")
  }
}
