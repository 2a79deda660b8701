package import EvidenceModel
internal import Replay

/// Fallback is written down and never lowers assurance. SEMANTICS §4, `permitted`.
package struct FallbackIsWrittenDown: Check {
  package static let definition = CheckDefinition(
    id: "RG-ESC-05", title: "Fallback is written down and never lowers assurance",
    question:
      "When the first choice failed, did a model answer that the policy lists for that case, in a place the rule allows?",
    method:
      "Decisions that name a trigger or a model first tried are replayed. One that was served by a model which neither the rule nor a permit names, in a place the rule does not allow, or although the rule blocks, is an exception.",
    population: "decisions after a failure or a retry",
    cannotShow: "Silent fallback inside a provider.")

  /// Classes that are an exception here, where a failure or a retry is on record.
  package static let classes: [DecisionClass] = [
    .implicitEscalation, .silentSubstitution, .wrongTarget, .driftNotEscalated, .jurisdictionViolation,
    .blockedButServed,
  ]

  package func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    concludeOverDecisions(
      facts,
      classes: Self.classes,
      population: { $0.sums.afterFailure }, exceptions: { $0.sums.afterFailure },
      words: "were answered in a way that the policy does not list",
      whenEmpty: "No decision records a failure or a retry.")
  }
}
