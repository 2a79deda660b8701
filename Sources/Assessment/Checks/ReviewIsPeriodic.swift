internal import EvidenceModel

/// Periodic review happened on time.
struct ReviewIsPeriodic: Check {
  static let definition = CheckDefinition(
    id: "RG-DRF-03", title: "Periodic review happened on time",
    question: "Was every rule reviewed by its owner within the stated interval?",
    method:
      "Each rule in force is looked at at the period's end, or at the end of its own time in force if that came first. A rule that had then been in force without a break for longer than the interval needs a review that is not older than the interval, by whoever owned it at that instant or a member of the owning team. A rule that is younger than the interval is named as not due and not counted.",
    population: "rules in force for longer than the interval",
    cannotShow: "The depth of the review.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    let days = facts.days("review-interval-days", of: id, default: 90)
    let starts = unbrokenStarts(facts)
    var due: [(rule: String, since: Instant, end: Instant)] = []
    var notDue: [String] = []
    for (rule, stretches) in facts.rulesInForce {
      guard let end = stretches.last?.to, let since = starts[rule]?.last(where: { $0 < end }) else { continue }
      if since.adding(days: days) < end { due.append((rule, since, end)) } else { notDue.append(rule) }
    }
    let notes =
      notDue.isEmpty
      ? []
      : ["In force for no longer than \(dayWords(days)), so not due and not counted: \(listed(notDue, limit: 5))."]
    var missing: [String] = []
    if facts.records.registers.reviews == nil { missing.append(MissingRecord.reviews.words) }
    if !facts.hasInput(.ownership) { missing.append(MissingRecord.ownership.words) }
    guard let register = facts.records.registers.reviews, missing.isEmpty, !due.isEmpty else {
      return conclude(
        population: due.count, exceptions: 0, cannotTell: due.count, missing: due.isEmpty ? [] : missing, notes: notes,
        whenEmpty: facts.rulesInForce.isEmpty ? "No rule was in force in the period." : "No review was due.")
    }
    var reviews = RuleReviews(register, facts)
    var findings: [Finding] = []
    for (rule, since, end) in due {
      let before = reviews.reviews(of: rule).entries.filter { $0.review.reviewedAt < end }
      let last = before.last(where: \.isByOwner)?.review.reviewedAt
      if let last, last.adding(days: days) >= end { continue }
      let words = last.map { "was last reviewed by its owner at \($0)" } ?? "was never reviewed by its owner"
      let others = before.filter { !$0.isByOwner }.suffix(5).map {
        "Reviewed at \($0.review.reviewedAt) by \($0.review.reviewer), \($0.owner.map { "while \($0) owned it" } ?? "while nobody owned it") (\($0.review.place))."
      }
      findings.append(
        Finding(
          check: id, result: .fail, subjectKind: .rule, subject: rule,
          summary: "The rule, in force since \(since), \(words); \(dayWords(days)) were allowed, up to \(end).",
          count: 1,
          population: due.count, details: Array(others)))
    }
    return conclude(
      population: due.count, exceptions: findings.count, findings: findings, notes: notes, whenEmpty: "")
  }

  /// For each rule, every instant from which it was in force without a break. A version that cannot be read breaks nothing.
  private func unbrokenStarts(_ facts: AssessmentFacts) -> ByName<[Instant]> {
    let history = facts.records.history
    var starts: ByName<[Instant]> = [:]
    var before: ByName<Bool> = [:]
    for (start, index) in zip(history.inForce.starts, history.inForce.values) where history.versions[index].isReadable {
      var now: ByName<Bool> = [:]
      for rule in history.versions[index].rules {
        now[rule.id] = true
        if before[rule.id] == nil { starts[rule.id, default: []].append(Instant(microseconds: start)) }
      }
      before = now
    }
    return starts
  }
}
