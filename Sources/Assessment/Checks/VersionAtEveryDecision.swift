internal import EvidenceModel
internal import Replay

/// Every decision resolves to exactly one policy version in force. SEMANTICS §3, version in force.
struct VersionAtEveryDecision: Check {
  static let definition = CheckDefinition(
    id: "RG-POL-01", title: "Every decision resolves to exactly one policy version in force",
    question: "Was one and only one policy version in force at the instant of every decision?",
    method:
      "Each decision is given the version with the latest effective instant at or before its own; of equal instants the later recorded one. A decision before the first version has none and is an exception.",
    population: "decisions",
    cannotShow: "Whether the version was a good policy.")

  static let classes: [DecisionClass] = [.noPolicy]

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    concludeOverDecisions(
      facts, classes: Self.classes, population: { $0.sums.n }, dependsOnTheRule: false,
      words: "were taken before any policy version was in force",
      whenEmpty: "No decision was judged.")
  }
}
