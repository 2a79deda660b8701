internal import EvidenceModel
internal import Replay

/// Replaying the policy gives the recorded decision. SEMANTICS §5.
struct ReplayAgrees: Check {
  static let definition = CheckDefinition(
    id: "RG-POL-03", title: "Replaying the policy gives the recorded decision",
    question:
      "Does the version in force, evaluated again on the recorded inputs, give the rule and the outcome that the log records?",
    method:
      "Every decision that has a version is evaluated again. A claimed rule that is neither the applicable one nor a permit of that version, a success where the rule blocks, and a refusal where it does not are exceptions.",
    population: "decisions with a version in force",
    cannotShow: "Inputs that the log does not carry; prompts are not replayed.")

  static let classes: [DecisionClass] = [.ruleMismatch, .blockedButServed, .overBlocked]

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    concludeOverDecisions(
      facts, classes: Self.classes,
      population: { $0.version == "-" ? 0 : $0.sums.n }, words: "differ from what the policy gives",
      whenEmpty: "No decision had a version in force.")
  }
}
