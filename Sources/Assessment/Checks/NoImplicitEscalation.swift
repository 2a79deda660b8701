internal import EvidenceModel
internal import Replay

/// No implicit escalation. SEMANTICS §5, numbers 8 and 9.
struct NoImplicitEscalation: Check {
  static let definition = CheckDefinition(
    id: "RG-ESC-01", title: "No implicit escalation",
    question:
      "Did requests reach a stronger or other model only where a rule in force ordered or permitted it, and the record names that rule?",
    method:
      "Successful decisions are replayed. An escalation or a substitution under an allow rule that no permit covers, and an ordered escalation whose record names no rule, are exceptions. What no rule covers is the subject of RG-BLK-02.",
    population: "successful decisions with an applicable rule",
    cannotShow: "Escalation inside a provider's own router.")

  static let classes: [DecisionClass] = [.implicitEscalation, .unattributedEscalation, .silentSubstitution]

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    concludeOverDecisions(
      facts, classes: Self.classes,
      population: { $0.rule == "-" ? 0 : $0.sums.served },
      words: "reached another model without a rule on record", whenEmpty: "No decision was served.")
  }
}
