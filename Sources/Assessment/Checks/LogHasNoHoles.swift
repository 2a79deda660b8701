internal import EvidenceModel
internal import EvidenceStore

/// The log has no holes.
struct LogHasNoHoles: Check {
  static let definition = CheckDefinition(
    id: "RG-LOG-01", title: "The log has no holes",
    question: "Are the records contiguous, and do their totals agree with an independent count?",
    method:
      "Hours in a row without one record, as many as the configuration tolerates or more, are exceptions. Sequence numbers and an independent count would settle the rest; these logs carry neither.",
    population: "hours of the period",
    cannotShow: "Records that were dropped one by one.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    let hours =
      facts.window.map { window in
        Instant(microseconds: window.to.microseconds - 1).hour - window.from.hour + 1
      } ?? 0
    let holes = facts.holes
    let findings = holes.map { hole in
      Finding(
        check: id, result: .fail, subjectKind: .period, subject: "\(hole.from)/\(hole.to)",
        summary: "No record for \(hole.hours) hours, from \(hole.from) to \(hole.to).", count: hole.hours,
        population: hours,
        stretches: [Stretch(kind: .gap, from: hole.from, to: hole.to, owners: [])])
    }
    let missingHours = holes.reduce(0) { $0 + $1.hours }
    return conclude(
      population: hours, exceptions: missingHours, cannotTell: hours - missingHours,
      missing: ["sequence numbers in the log, or an independent count such as the provider's bill"], findings: findings,
      whenEmpty: "No decision was judged.")
  }
}
