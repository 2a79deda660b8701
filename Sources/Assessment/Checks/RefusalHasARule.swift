internal import EvidenceModel
internal import Replay

/// Nothing is refused without a rule that orders it. SEMANTICS §5, number 6.
struct RefusalHasARule: Check {
  static let definition = CheckDefinition(
    id: "RG-BLK-03", title: "Nothing is refused without a rule that orders it",
    question: "Does every refusal under a rule resolve to a rule that blocks?",
    method:
      "Blocked decisions that have an applicable rule are replayed; one whose rule does not block is an exception. Refusals that no rule covers are the subject of RG-BLK-02.",
    population: "blocked decisions with an applicable rule",
    cannotShow: "Refusals that a model writes itself.")

  static let classes: [DecisionClass] = [.overBlocked]

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    concludeOverDecisions(
      facts, classes: Self.classes, population: { $0.rule == "-" ? 0 : $0.sums.blocked },
      words: "were refused although the rule does not block", whenEmpty: "No decision with a rule was refused.")
  }
}
