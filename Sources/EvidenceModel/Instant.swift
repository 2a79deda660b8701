/// A point in time: UTC microseconds since 1970-01-01T00:00:00Z. Digits beyond microseconds are cut off (SEMANTICS, head).
package struct Instant: Hashable, Comparable, Sendable {
  package var microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  package static func < (left: Instant, right: Instant) -> Bool {
    left.microseconds < right.microseconds
  }

  package static let microsecondsPerSecond: Int64 = 1_000_000
  package static let microsecondsPerHour: Int64 = 3_600_000_000
  package static let microsecondsPerDay: Int64 = 86_400_000_000

  /// Midnight UTC of a civil day, given as days since 1970-01-01.
  package init(day: Int) { microseconds = Int64(day) * Self.microsecondsPerDay }

  /// Days since 1970-01-01 of the UTC day that holds this instant.
  package var day: Int { Int(floorDivide(microseconds, Self.microsecondsPerDay)) }

  /// Hours since 1970-01-01T00:00:00Z.
  package var hour: Int { Int(floorDivide(microseconds, Self.microsecondsPerHour)) }
}

func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
  let quotient = value / divisor
  return value % divisor < 0 ? quotient - 1 : quotient
}

// MARK: - RFC 3339

extension Instant {
  /// Reads an RFC 3339 date-time: 0 to 9 fraction digits, `Z` or a numeric offset. Nil when it is none.
  package init?(rfc3339 text: some StringProtocol) {
    var copy = String(text)
    let parsed = copy.withUTF8 { Instant.parse(UnsafeRawBufferPointer($0)) }
    guard let parsed else { return nil }
    self = parsed
  }

  /// Reads an RFC 3339 date-time from bytes.
  package static func parse(_ bytes: UnsafeRawBufferPointer) -> Instant? {
    parse(bytes, separators: [0x54, 0x74], zoneRequired: true)?.instant
  }

  /// Reads a date-time whose separator may be a blank and whose zone may be missing; a missing zone is taken as UTC and reported.
  package static func parseLenient(_ bytes: UnsafeRawBufferPointer) -> (
    instant: Instant, zoneAssumed: Bool
  )? {
    parse(bytes, separators: [0x54, 0x74, 0x20], zoneRequired: false)
  }

  private static func parse(
    _ b: UnsafeRawBufferPointer, separators: [UInt8], zoneRequired: Bool
  ) -> (instant: Instant, zoneAssumed: Bool)? {
    guard b.count >= 19, b.count <= 40 else { return nil }
    func digits(_ start: Int, _ count: Int) -> Int? {
      var value = 0
      for index in start..<start + count {
        let digit = Int(b[index]) - 0x30
        guard digit >= 0, digit <= 9 else { return nil }
        value = value * 10 + digit
      }
      return value
    }
    guard b[4] == 0x2D, b[7] == 0x2D, b[13] == 0x3A, b[16] == 0x3A, separators.contains(b[10]),
      let year = digits(0, 4), let month = digits(5, 2), let dayOfMonth = digits(8, 2),
      let hour = digits(11, 2), let minute = digits(14, 2), let second = digits(17, 2),
      hour < 24, minute < 60, second <= 60,
      let day = CivilDay.number(year: year, month: month, day: dayOfMonth)
    else { return nil }

    var cursor = 19
    var fraction: Int64 = 0
    if cursor < b.count, b[cursor] == 0x2E {
      cursor += 1
      let start = cursor
      var scale: Int64 = 100_000
      while cursor < b.count, b[cursor] >= 0x30, b[cursor] <= 0x39 {
        fraction += Int64(b[cursor] - 0x30) * scale
        scale /= 10
        cursor += 1
      }
      guard (1...9).contains(cursor - start) else { return nil }
    }

    var offsetMinutes = 0
    var zoneAssumed = false
    if cursor == b.count {
      guard !zoneRequired else { return nil }
      zoneAssumed = true
    } else if b[cursor] == 0x5A || b[cursor] == 0x7A {
      guard cursor + 1 == b.count else { return nil }
    } else {
      guard b[cursor] == 0x2B || b[cursor] == 0x2D, cursor + 6 == b.count, b[cursor + 3] == 0x3A,
        let hours = digits(cursor + 1, 2), let minutes = digits(cursor + 4, 2), hours < 24,
        minutes < 60
      else { return nil }
      offsetMinutes = (hours * 60 + minutes) * (b[cursor] == 0x2D ? -1 : 1)
    }

    let seconds = Int64(day) * 86_400 + Int64(hour * 3600 + (minute - offsetMinutes) * 60 + second)
    // A leap second exists only as the last second of a UTC day; it then names the midnight after it.
    if second == 60, floorDivide(seconds, 86_400) * 86_400 != seconds { return nil }
    return (Instant(microseconds: seconds * microsecondsPerSecond + fraction), zoneAssumed)
  }
}

extension Instant: CustomStringConvertible {
  /// `2026-07-01T00:00:00Z`, with six fraction digits where they are not all zero.
  package var description: String {
    let parts = clock
    let fraction = parts.fraction == 0 ? "" : "." + padded(parts.fraction, 6)
    return
      "\(CivilDay.text(day))T\(padded(parts.hour, 2)):\(padded(parts.minute, 2)):\(padded(parts.second, 2))\(fraction)Z"
  }

  /// Hour, minute, second and microsecond of the UTC day.
  package var clock: (hour: Int, minute: Int, second: Int, fraction: Int) {
    let ofDay = Int(microseconds - Int64(day) * Self.microsecondsPerDay)
    let seconds = ofDay / 1_000_000
    return (seconds / 3600, seconds / 60 % 60, seconds % 60, ofDay % 1_000_000)
  }
}

/// `value` in decimal, filled with zeros to `width` digits.
package func padded(_ value: Int, _ width: Int) -> String {
  let digits = String(value.magnitude)
  return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count))
    + digits
}

/// Civil days of the proleptic Gregorian calendar, counted from 1970-01-01.
package enum CivilDay {
  /// Nil when there is no such day.
  package static func number(year: Int, month: Int, day: Int) -> Int? {
    guard (1...12).contains(month), day >= 1, day <= length(year: year, month: month) else {
      return nil
    }
    let shifted = month <= 2 ? year - 1 : year
    let era = Int(floorDivide(Int64(shifted), 400))
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  package static func parts(_ number: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = Int(floorDivide(Int64(shifted), 146_097))
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthIndex + 2) / 5 + 1
    )
  }

  package static func length(year: Int, month: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// `2026-07-01`.
  package static func text(_ number: Int) -> String {
    let parts = parts(number)
    return "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2))"
  }

  /// Reads `2026-07-01`; nil when it is no such date.
  package static func parse(_ text: some StringProtocol) -> Int? {
    let fields = text.split(separator: "-", omittingEmptySubsequences: false)
    guard fields.count == 3, fields[0].count == 4, fields[1].count == 2, fields[2].count == 2,
      fields.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let year = Int(fields[0]), let month = Int(fields[1]), let day = Int(fields[2])
    else { return nil }
    return number(year: year, month: month, day: day)
  }

  /// The Monday of the ISO week that holds the day.
  package static func monday(of number: Int) -> Int {
    let weekday = (number + 3) % 7  // 1970-01-01 was a Thursday; Monday is 0.
    return number - (weekday < 0 ? weekday + 7 : weekday)
  }
}

extension Instant {
  /// Reads what a register holds: an RFC 3339 date-time, or a civil date, which means 00:00:00 UTC of that day.
  package init?(dateOrInstant text: some StringProtocol) {
    if let day = CivilDay.parse(text) {
      self.init(day: day)
    } else {
      self.init(rfc3339: text)
    }
  }
}
