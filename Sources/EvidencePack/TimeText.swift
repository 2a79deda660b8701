package import EvidenceModel
internal import Foundation

/// Instants for people: the same in every locale, in UTC or in the zone that the configuration names.
package struct TimeText: Sendable {
  private let zone: TimeZone?

  /// - Parameter identifier: such as `Europe/London`; nil is UTC.
  /// - Returns: nil when there is no such zone.
  package init?(zone identifier: String?) {
    guard let identifier, identifier != "UTC" else {
      zone = nil
      return
    }
    guard let zone = TimeZone(identifier: identifier) else { return nil }
    self.zone = zone
  }

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// `1 Jul 2026, 00:00:00 UTC`, or `1 Jul 2026, 01:00:00 UTC+01:00`.
  package func text(_ instant: Instant) -> String {
    let offset = offsetSeconds(instant)
    let local = Instant(microseconds: instant.microseconds + Int64(offset) * 1_000_000)
    let clock = local.clock
    let fraction = clock.fraction == 0 ? "" : "." + padded(clock.fraction, 6)
    let sign = offset < 0 ? "-" : "+"
    let zoneText =
      zone == nil ? "UTC" : "UTC\(sign)\(padded(abs(offset) / 3600, 2)):\(padded(abs(offset) / 60 % 60, 2))"
    return
      "\(day(local.day)), \(padded(clock.hour, 2)):\(padded(clock.minute, 2)):\(padded(clock.second, 2))\(fraction) \(zoneText)"
  }

  /// The civil day of an instant in the zone, as a number of days since 1970.
  func dayNumber(_ instant: Instant) -> Int {
    Instant(microseconds: instant.microseconds + Int64(offsetSeconds(instant)) * 1_000_000).day
  }

  /// `1 Jul 00:12 – 3 Jul 08:40`, `3 Jul 08:40 – 09:15`; with the year where `withYear` asks for it. Minutes are cut off, never
  /// rounded.
  func range(_ from: Instant, _ to: Instant, withYear: Bool) -> String {
    let (first, last) = (minute(from, withYear: withYear), minute(to, withYear: withYear))
    if first == last { return "\(first.day) \(first.clock)" }
    return "\(first.day) \(first.clock) – " + (first.day == last.day ? last.clock : "\(last.day) \(last.clock)")
  }

  private func minute(_ instant: Instant, withYear: Bool) -> (day: String, clock: String) {
    let local = Instant(microseconds: instant.microseconds + Int64(offsetSeconds(instant)) * 1_000_000)
    let day = day(local.day)
    return (
      withYear ? day : day.split(separator: " ").dropLast().joined(separator: " "),
      "\(padded(local.clock.hour, 2)):\(padded(local.clock.minute, 2))"
    )
  }

  private func offsetSeconds(_ instant: Instant) -> Int {
    zone?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.microseconds) / 1e6)) ?? 0
  }

  /// The civil day of an instant in this zone.
  func localDay(_ instant: Instant) -> Int {
    Instant(microseconds: instant.microseconds + Int64(offsetSeconds(instant)) * 1_000_000).day
  }

  /// `1 Jul 2026`.
  package func date(_ instant: Instant) -> String { day(localDay(instant)) }

  /// `1 Jul 2026`.
  func day(_ number: Int) -> String {
    let parts = CivilDay.parts(number)
    return "\(parts.day) \(Self.months[parts.month - 1]) \(parts.year)"
  }

  /// `Jul 2026`, of the month that a day lies in.
  func month(_ number: Int) -> String {
    let parts = CivilDay.parts(number)
    return "\(Self.months[parts.month - 1]) \(parts.year)"
  }

  /// `1 July to 30 September 2026` in short form; open bounds are said in words.
  func period(_ period: Period) -> String {
    guard let from = period.from, let to = period.to else { return "everything in the logs" }
    let wholeDays =
      from.microseconds % Instant.microsecondsPerDay == 0 && to.microseconds % Instant.microsecondsPerDay == 0
    return wholeDays ? "\(day(from.day)) to \(day(to.day - 1))" : "\(text(from)) to \(text(to))"
  }

  /// `3 days 12 hours`; anything under a second is "under a second".
  func length(from: Instant, to: Instant) -> String {
    let seconds = (to.microseconds - from.microseconds) / 1_000_000
    let parts = [
      (seconds / 86_400, "day"), (seconds / 3600 % 24, "hour"), (seconds / 60 % 60, "minute"), (seconds % 60, "second"),
    ]
    let words = parts.filter { $0.0 > 0 }.prefix(2).map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
    return words.isEmpty ? "under a second" : words.joined(separator: " ")
  }
}

/// Figures for people.
package enum FigureText {
  /// `12.3 %`; of nothing it is a dash.
  package static func share(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "–" }
    let tenths = (part * 1000 + whole / 2) / whole
    // What is not nothing never reads as nothing, what is not all never as all.
    if tenths == 0, part > 0 { return "under 0.1 %" }
    if tenths == 1000, part < whole { return "over 99.9 %" }
    return "\(tenths / 10).\(tenths % 10) %"
  }

  /// `1,234.567890 USD`, exact.
  static func dollars(_ micros: Int64) -> String {
    let magnitude = micros.magnitude
    return "\(micros < 0 ? "-" : "")\(grouped(magnitude / 1_000_000)).\(padded(Int(magnitude % 1_000_000), 6)) USD"
  }

  /// `1,234`.
  static func grouped(_ count: Int) -> String { (count < 0 ? "-" : "") + grouped(UInt64(count.magnitude)) }

  private static func grouped(_ value: UInt64) -> String {
    var digits = Array(String(value))
    var index = digits.count - 3
    while index > 0 {
      digits.insert(",", at: index)
      index -= 3
    }
    return String(digits)
  }

  /// A text short enough for a page; what is left out is said.
  package static func shortened(_ text: String, to limit: Int = 300) -> String {
    guard text.utf8.count > limit else { return text }
    let kept = text.unicodeScalars.prefix(limit)
    guard kept.count < text.unicodeScalars.count else { return text }
    return String(String.UnicodeScalarView(kept)) + "… (\(text.utf8.count) bytes in all)"
  }
}
