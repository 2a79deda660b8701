internal import EvidenceModel

/// Thresholds are reviewed soon after a trigger.
struct ReviewFollowsTrigger: Check {
  static let definition = CheckDefinition(
    id: "RG-DRF-02", title: "Thresholds are reviewed soon after a trigger",
    question:
      "Did the owner of every rule that an incident or a major change touched review it in time, and write down the result?",
    method:
      "Triggers are the entries of the register of review triggers and the incidents. Each one whose days ran out in the period is counted; one that is not due yet is named and not counted. For every rule it touches that was in force then and when the days ran out, a review is looked for: one that names the trigger, or where none does, any from the trigger on. It must have been made by the rule's owner at that instant, or a member of the owning team, within the days, and state a result; anything else is an exception of that trigger.",
    population: "triggers whose review fell due in the period",
    cannotShow: "The depth of the review; triggers that nobody recorded.")

  private struct Touched {
    var trigger: ReviewTrigger
    var due: Instant
    /// Nil where it cannot be told which rules were in force.
    var rules: [String]?
  }

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    let (triggers, notDue) = dueTriggers(facts)
    var missing: [String] = []
    if facts.records.registers.triggers == nil { missing.append(MissingRecord.triggers.words) }
    guard !triggers.isEmpty else {
      return conclude(
        population: 0, exceptions: 0, missing: missing, notes: notes(notDue, facts),
        whenEmpty: "No review fell due in the period.")
    }
    var absent: [String] = []
    if facts.records.registers.reviews == nil { absent.append(MissingRecord.reviews.words) }
    if !facts.hasInput(.ownership) { absent.append(MissingRecord.ownership.words) }
    guard absent.isEmpty else {
      return conclude(
        population: triggers.count, exceptions: 0, cannotTell: triggers.count, missing: missing + absent,
        notes: notes(notDue, facts), whenEmpty: "")
    }
    var reviews = RuleReviews(facts.records.registers.reviews ?? [], facts)
    var findings: [Finding] = []
    for touched in triggers {
      guard let rules = touched.rules else {
        findings.append(finding(touched, .cannotTell, "names no rule that was in force then", [Self.rulesTouched]))
        continue
      }
      let problems = rules.compactMap { rule in
        problem(touched, reviews.reviews(of: rule)).map { "\(rule): \($0)" }
      }
      guard !problems.isEmpty else { continue }
      findings.append(
        finding(
          touched, .fail,
          "touched \(counted(rules.count, "rule")), of which \(problems.count) had no review by its owner with a result by \(touched.due)",
          count: problems.count, of: rules.count, details: problems))
    }
    let untold = findings.count { $0.result == .cannotTell }
    return conclude(
      population: triggers.count, exceptions: findings.count - untold, cannotTell: untold,
      missing: missing + (untold > 0 ? [Self.rulesTouched] : []), findings: findings, notes: notes(notDue, facts),
      whenEmpty: "")
  }

  private static let rulesTouched = "the rules that each trigger touches"

  /// Triggers whose days ran out in the window, and those of the window whose days had not.
  private func dueTriggers(_ facts: AssessmentFacts) -> (due: [Touched], notDue: [ReviewTrigger]) {
    guard let window = facts.window else { return ([], []) }
    let days = facts.days("review-days", of: id, default: 14)
    var triggers = facts.records.registers.triggers ?? []
    var known: ByName<Bool> = [:]
    for trigger in triggers { known[trigger.id] = true }
    for incident in facts.records.registers.incidents ?? [] where known[incident.id] == nil {
      guard let at = incident.noticedAt ?? incident.startedAt else { continue }
      triggers.append(
        ReviewTrigger(id: incident.id, kind: .incident, at: at, rules: incident.rules, place: incident.place))
    }
    var due: [Touched] = []
    var notDue: [ReviewTrigger] = []
    for trigger in triggers {
      let end = trigger.at.adding(days: trigger.daysAllowed.map { Double(max(0, $0)) } ?? days)
      if window.from <= end && end < window.to {
        due.append(Touched(trigger: trigger, due: end, rules: rules(of: trigger, until: end, facts)))
      } else if end >= window.to && trigger.at < window.to {
        notDue.append(trigger)
      }
    }
    return (due, notDue)
  }

  private func rules(of trigger: ReviewTrigger, until due: Instant, _ facts: AssessmentFacts) -> [String]? {
    guard let then = facts.rules(at: trigger.at), let later = facts.rules(at: due) else { return nil }
    let touched = then.map(\.id).filter { rule in trigger.rules.contains { $0.matches(rule) } }
    guard !touched.isEmpty else { return nil }
    var remains: ByName<Bool> = [:]
    for rule in later { remains[rule.id] = true }
    return touched.filter { remains[$0] != nil }
  }

  /// Why the reviews of a rule do not answer a trigger; nil: one does.
  private func problem(_ touched: Touched, _ reviews: RuleReviews.OfRule) -> String? {
    guard let entry = reviews.answer(to: touched.trigger, by: touched.due) else { return "no review on record" }
    let review = entry.review
    if review.reviewedAt > touched.due { return "reviewed only at \(review.reviewedAt)" }
    if entry.isSound { return nil }
    if entry.isByOwner { return "reviewed at \(review.reviewedAt) without a result" }
    let owner = entry.owner.map { "whose owner was \($0)" } ?? "which nobody owned"
    return "reviewed at \(review.reviewedAt) by \(review.reviewer), \(owner)"
  }

  private func finding(
    _ touched: Touched, _ result: CheckResult, _ words: String, _ missing: [String] = [], count: Int = 1,
    of all: Int = 1,
    details: [String] = []
  ) -> Finding {
    let trigger = touched.trigger
    return Finding(
      check: id, result: result, subjectKind: .trigger, subject: trigger.id,
      summary: "Trigger \(trigger.id) (\(trigger.kind.rawValue)) of \(trigger.at) \(words).", count: count,
      population: all, populationText: "rules that the trigger touches",
      details: ["Register: \(trigger.place)"] + details, missingRecords: missing)
  }

  private func notes(_ notDue: [ReviewTrigger], _ facts: AssessmentFacts) -> [String] {
    var notes: [String] = []
    if !notDue.isEmpty {
      let names = listed(notDue.map(\.id).sortedBytewise(), limit: 5)
      notes.append("Not due by the period's end, and not counted: \(names).")
    }
    if facts.records.registers.incidents == nil, facts.records.registers.triggers != nil {
      notes.append("Without the register of incidents, only incidents that stand among the triggers are counted.")
    }
    return notes
  }
}
