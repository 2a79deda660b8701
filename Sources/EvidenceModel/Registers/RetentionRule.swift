/// How long something is kept, and from when that counts.
package struct RetentionRule: Sendable, Hashable {
  /// What rules are about.
  package enum Kind: String, Sendable, CaseIterable { case packs, logs, stores }

  package enum Beginning: String, Sendable, CaseIterable {
    /// The end of the period that the records are of.
    case periodEnd = "period-end"
    /// The end of the calendar year in which that period ended, in UTC.
    case yearEnd = "year-end"
  }

  private enum Unit: String, CaseIterable { case years, months, days }

  private let number: Int
  private let unit: Unit
  package let beginning: Beginning

  /// Reads `7 years`, `18 months` or `400 days`; nil for anything else, and for times past a thousand years.
  package init?(_ text: String, beginning: Beginning = .periodEnd) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: true)
    guard parts.count == 2, parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(parts[0]),
      let unit = Unit.allCases.first(where: { $0.rawValue == parts[1] || $0.rawValue.dropLast() == parts[1] }),
      number > 0, number <= (unit == .years ? 1000 : unit == .months ? 12_000 : 365_000)
    else { return nil }
    (self.number, self.unit, self.beginning) = (number, unit, beginning)
  }

  package var words: String {
    let unit = number == 1 ? String(unit.rawValue.dropLast()) : unit.rawValue
    return
      "\(number) \(unit) from the end of the \(beginning == .periodEnd ? "period" : "year in which the period ends")"
  }

  /// The first instant at which it no longer asks that something is kept.
  ///
  /// - Parameter end: of the period that the records are of, the first instant after it.
  package func end(ofRecordsTo end: Instant) -> Instant {
    var start = end
    if beginning == .yearEnd {
      let year = CivilDay.parts(Instant(microseconds: end.microseconds - 1).day).year
      start = CivilDay.number(year: year + 1, month: 1, day: 1).map { Instant(day: $0) } ?? end
    }
    let ofDay = start.microseconds - Instant(day: start.day).microseconds
    return Instant(microseconds: Instant(day: lastDay(from: start.day)).microseconds + ofDay)
  }

  /// A month without such a day ends earlier: three months after 30 November is the last of February.
  private func lastDay(from day: Int) -> Int {
    guard unit != .days else { return day + number }
    let parts = CivilDay.parts(day)
    let months = parts.year * 12 + parts.month - 1 + number * (unit == .years ? 12 : 1)
    let (year, month) = (months / 12, months % 12 + 1)
    return CivilDay.number(year: year, month: month, day: min(parts.day, CivilDay.length(year: year, month: month)))
      ?? day
  }
}
