internal import EvidenceModel
internal import Replay

/// What no rule covers is refused. SEMANTICS §5, number 3.
struct UncoveredIsRefused: Check {
  static let definition = CheckDefinition(
    id: "RG-BLK-02", title: "What no rule covers is refused",
    question: "Was every request that matches no rule refused?",
    method:
      "Decisions that no rule of the version in force matches are looked at; one that was served is an exception.",
    population: "decisions that no rule covers",
    cannotShow: "What a catch-all allow rule lets through; its share stands on the rule's page.")

  static let classesInPart: [DecisionClass] = [.noRule]

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    concludeOverDecisions(
      facts, classes: Self.classesInPart, population: { $0.decisionClass == .noRule ? $0.sums.n : 0 },
      exceptions: { $0.sums.served },
      words: "were served without a rule", whenEmpty: "A rule covers every decision.")
  }
}
