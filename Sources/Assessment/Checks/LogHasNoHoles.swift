internal import EvidenceModel
internal import EvidenceStore

/// The log has no holes.
struct LogHasNoHoles: Check {
  static let definition = CheckDefinition(
    id: "RG-LOG-01", title: "The log has no holes",
    question: "Are the records contiguous, and do their totals agree with an independent count?",
    method:
      "Hours in a row without one record, as many as the configuration tolerates or more, are exceptions. Where an independent total was given, the hours of a day on which it differs from the log are exceptions; those of a day on which a total of all logs agrees hold. Any other hour cannot be told: sequence numbers or such a total would settle it.",
    population: "hours of the period",
    cannotShow:
      "Records that were dropped one by one, where no independent total covers their day. Such a total counts what was served or billed: of refusals and failures it says nothing."
  )

  private static let shownDays = 50

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    guard let window = facts.window else {
      return conclude(
        population: 0, exceptions: 0, missing: [Self.independentCount], whenEmpty: "No decision was judged.")
    }
    let (first, last) = (window.from.hour, Instant(microseconds: window.to.microseconds - 1).hour)
    let hours = last - first + 1
    let holes = facts.holes
    var findings = holes.map { hole in
      Finding(
        check: id, result: .fail, subjectKind: .period, subject: "\(hole.from)/\(hole.to)",
        summary: "No record for \(hole.hours) hours, from \(hole.from) to \(hole.to).", count: hole.hours,
        population: hours,
        stretches: [Stretch(kind: .gap, from: hole.from, to: hole.to, owners: [])])
    }
    var agreeing = Set<Int>()
    var differing = Set<Int>()
    for total in facts.controlTotals {
      let differences = total.differing
      let wrongDays = Set(differences.map(\.day))
      // A total of some logs can show that one is missing there, never that all are whole.
      differing.formUnion(wrongDays)
      if total.covers == nil { agreeing.formUnion(Set(total.days.map(\.day)).subtracting(wrongDays)) }
      guard !differences.isEmpty else { continue }
      findings.append(
        Finding(
          check: id, result: .fail, subjectKind: .input, subject: total.name,
          summary:
            "On \(wrongDays.count) of \(Set(total.days.map(\.day)).count) days the log does not hold as many served or billed requests as \(total.name) states.",
          count: wrongDays.count, population: Set(total.days.map(\.day)).count, populationText: "days of the total",
          details: differences.prefix(Self.shownDays).map {
            "\(CivilDay.text($0.day)), \($0.model): \($0.stated) stated, \($0.logged) logged."
          }))
    }
    /// Hours of the days, as far as they lie in the window and in no hole. A window may be thousands of years long, so
    /// that its hours are never gone through.
    func hoursOutsideHoles(_ days: Set<Int>) -> Int {
      var place = 0
      return days.sorted().reduce(0) { sum, day in
        let (from, to) = (max(first, day * 24), min(last + 1, day * 24 + 24))
        guard from < to else { return sum }
        while place < holes.count, holes[place].to.hour <= from { place += 1 }
        var inHoles = 0
        for hole in holes[place...] {
          guard hole.from.hour < to else { break }
          inHoles += min(to, hole.to.hour) - max(from, hole.from.hour)
        }
        return sum + to - from - inHoles
      }
    }
    let exceptions = holes.reduce(0) { $0 + $1.hours } + hoursOutsideHoles(differing)
    let settled = hoursOutsideHoles(agreeing.subtracting(differing))
    return conclude(
      population: hours, exceptions: exceptions, cannotTell: hours - exceptions - settled,
      missing: exceptions + settled < hours ? [Self.independentCount] : [], findings: findings,
      whenEmpty: "No decision was judged.")
  }

  private static let independentCount =
    "sequence numbers in the log, or an independent count such as the provider's bill"
}
