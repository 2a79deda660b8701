internal import EvidenceModel
internal import Replay

/// No missed or misdirected escalation. SEMANTICS §5, number 8.
struct NoMissedEscalation: Check {
  static let definition = CheckDefinition(
    id: "RG-ESC-02", title: "No missed or misdirected escalation",
    question: "Did every request that a rule orders to escalate do so, to the model the rule names?",
    method:
      "Successful decisions whose applicable rule escalates are replayed. One that stayed on the front-line model, or went to a model that neither the rule nor a permit names, is an exception.",
    population: "successful decisions under an escalate rule",
    cannotShow: "Requests whose deciding facts were not logged.")

  static let classes: [DecisionClass] = [.driftNotEscalated, .wrongTarget]

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    concludeOverDecisions(
      facts, classes: Self.classes,
      population: { facts.rule($0.rule, in: $0.version)?.action == .escalate ? $0.sums.served : 0 },
      words: "did not go where the rule orders", whenEmpty: "No decision was served under an escalate rule.")
  }
}
