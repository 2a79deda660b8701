internal import EvidenceModel

/// Approval comes before effect.
struct ApprovedBeforeEffect: Check {
  static let definition = CheckDefinition(
    id: "RG-CHG-02", title: "Approval comes before effect",
    question: "Was every change approved before it took effect?",
    method:
      "The approval time of each version that took effect in the period is compared with its effective time. Approval at or after effect is an exception; a version without an approval time cannot be told. Emergency changes and their later reviews have no register among the inputs.",
    population: "rule changes effective in the period",
    cannotShow: "Differences between the clocks of the systems that wrote the two times.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    assessVersions(facts, missing: "the time of each approval") { version in
      guard let approved = version.approvedAt else { return .cannotTell("has no time of approval on record") }
      if approved < version.effectiveFrom { return .holds }
      return .fails("took effect at \(version.effectiveFrom) and was approved at \(approved)")
    }
  }
}
