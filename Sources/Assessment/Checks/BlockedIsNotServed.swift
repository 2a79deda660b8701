internal import EvidenceModel
internal import Replay

/// A blocked request is never served. SEMANTICS §5, number 5.
struct BlockedIsNotServed: Check {
  static let definition = CheckDefinition(
    id: "RG-BLK-01", title: "A blocked request is never served",
    question: "Was no request served whose rule says block?",
    method: "Decisions whose applicable rule blocks are replayed; a successful one is an exception.",
    population: "decisions under a block rule",
    cannotShow: "Repeats of the same request in other words.")

  static let classes: [DecisionClass] = [.blockedButServed]

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    concludeOverDecisions(
      facts, classes: Self.classes,
      population: { facts.rule($0.rule, in: $0.version)?.action == .block ? $0.sums.n : 0 },
      words: "were served although the rule blocks", whenEmpty: "No decision fell under a block rule.")
  }
}
