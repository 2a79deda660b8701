internal import EvidenceModel

extension Instant {
  /// So many days later, or earlier where the number is negative. Stays within some ten thousand years, so that no number
  /// from a register or a configuration can overflow.
  func adding(days: Double) -> Instant {
    let bounded = min(max(days, -4_000_000), 4_000_000)
    return Instant(
      microseconds: microseconds + Int64((bounded * Double(Instant.microsecondsPerDay)).rounded()))
  }
}

extension AssessmentFacts {
  /// A number of days that a check compares with; `fallback` where none is stated or it is no length of time.
  func days(_ name: String, of check: String, default fallback: Double) -> Double {
    guard let number = parameters.number(name, of: check), number.isFinite, number >= 0 else { return fallback }
    return number
  }
}

/// "1 day", "14 days", "0.5 days".
func dayWords(_ days: Double) -> String {
  let isWhole = days == days.rounded() && days < 1e9
  return "\(isWhole ? String(Int(days)) : rounded(min(days, 1e9))) \(days == 1 ? "day" : "days")"
}

/// A count and its noun: "1 rule", "3 rules".
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// The first few of many names, and how many more there are.
func listed(_ names: [String], limit: Int = 10) -> String {
  names.prefix(limit).joined(separator: ", ") + (names.count > limit ? " and \(names.count - limit) more" : "")
}
