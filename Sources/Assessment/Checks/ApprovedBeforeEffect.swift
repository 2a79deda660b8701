internal import EvidenceModel

/// Approval comes before effect.
struct ApprovedBeforeEffect: Check {
  static let definition = CheckDefinition(
    id: "RG-CHG-02", title: "Approval comes before effect",
    question: "Was every change approved before it took effect, or marked as an emergency and reviewed in time?",
    method:
      "The approval time of each version that took effect in the period is compared with its effective time. Approval at or after effect is an exception; a version without an approval time cannot be told. A version that the register of changes marks as an emergency is asked for a review instead, by somebody other than its author, no later than the stated number of days after it took effect; one whose days ran past the period's end without a review cannot be told.",
    population: "rule changes effective in the period",
    cannotShow: "Differences between the clocks of the systems that wrote the times; whether it was an emergency.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    let register = ChangeRecords(facts)
    let days = facts.days("emergency-review-days", of: id, default: 5)
    return assessVersions(facts) { index, version in
      let emergencies = register?.records(of: index).filter(\.isEmergency) ?? []
      if !emergencies.isEmpty { return emergency(version, emergencies, within: days, facts) }
      guard let approved = version.approvedAt else {
        return .cannotTell("has no time of approval on record", missing: "the time of each approval")
      }
      if approved < version.effectiveFrom { return .holds }
      return .fails("took effect at \(version.effectiveFrom) and was approved at \(approved)")
    }
  }

  private func emergency(
    _ version: PolicyVersion, _ records: [ChangeRecord], within days: Double, _ facts: AssessmentFacts
  ) -> VersionVerdict {
    let people = facts.records.ownership.people
    let due = version.effectiveFrom.adding(days: days)
    let reviews = records.compactMap { record in record.reviewedAt.map { (at: $0, by: record.reviewedBy) } }
      .sorted { $0.at < $1.at }
    let byOthers = reviews.filter { review in
      guard let reviewer = review.by else { return false }
      return version.author.map { !people.isSame(reviewer, $0) } ?? true
    }
    let what = "is an emergency change of \(version.effectiveFrom), and"
    if let first = byOthers.first {
      guard first.at <= due else {
        return .fails("\(what) was reviewed only at \(first.at), later than \(dayWords(days)) after")
      }
      return version.author?.isEmpty ?? true
        ? .cannotTell("\(what) names no author, who may be its reviewer", missing: Self.versionAuthors) : .holds
    }
    if let review = reviews.first {
      return .fails(
        "\(what) was reviewed \(review.by.map { "only by its author, \($0)" } ?? "at \(review.at) by nobody who is named")"
      )
    }
    if let window = facts.window, due >= window.to {
      return .cannotTell(
        "\(what) its review was due by \(due), after the period's end", missing: MissingRecord.changes.words)
    }
    return .fails("\(what) nobody reviewed it by \(due)")
  }
}
