/// A stretch of time that a pack is about, half-open: `[from, to)`. A missing bound is open.
package struct Period: Hashable, Sendable {
  /// The name as SEMANTICS writes it (`2026-Q3`, `2026-07`, `2026`, `FROM/TO`, `all`); also the sample's seed unless one is given.
  package var name: String
  package var from: Instant?
  package var to: Instant?

  package init(name: String, from: Instant?, to: Instant?) {
    self.name = name
    self.from = from
    self.to = to
  }

  package static let all = Period(name: "all", from: nil, to: nil)

  package func contains(_ instant: Instant) -> Bool {
    if let from, instant < from { return false }
    if let to, instant >= to { return false }
    return true
  }

  /// Whether `[start, end)` and the period share an instant; a missing end is open.
  package func overlaps(from start: Instant, to end: Instant?) -> Bool {
    if let to, start >= to { return false }
    if let from, let end, end <= from { return false }
    return true
  }
}

/// A period name that says nothing.
package struct UnknownPeriod: Error, Equatable {
  package var text: String
}

extension Period {
  /// Reads a period as SEMANTICS names it.
  ///
  /// - Parameter now: what `previous-quarter` and `previous-month` are counted from.
  package init(parsing text: String, now: Instant) throws(UnknownPeriod) {
    if text == "all" {
      self = .all
    } else if text == "previous-quarter" {
      let today = CivilDay.parts(now.day)
      let quarter = (today.month - 1) / 3
      self = try Period.quarter(
        year: quarter == 0 ? today.year - 1 : today.year, number: quarter == 0 ? 4 : quarter, text)
    } else if text == "previous-month" {
      let today = CivilDay.parts(now.day)
      let (year, month) = today.month == 1 ? (today.year - 1, 12) : (today.year, today.month - 1)
      self = try Period.months(
        name: "\(padded(year, 4))-\(padded(month, 2))", year: year, first: month, count: 1, text)
    } else if let slash = text.firstIndex(of: "/") {
      guard let from = Instant(dateOrInstant: text[..<slash]),
        let to = Instant(dateOrInstant: text[text.index(after: slash)...]), from < to
      else { throw UnknownPeriod(text: text) }
      self.init(name: text, from: from, to: to)
    } else {
      self = try Period.calendar(text)
    }
  }

  private static func calendar(_ text: String) throws(UnknownPeriod) -> Period {
    let fields = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let yearText = fields.first, yearText.count == 4,
      yearText.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let year = Int(yearText)
    else { throw UnknownPeriod(text: text) }
    if fields.count == 1 {
      return try months(name: text, year: year, first: 1, count: 12, text)
    }
    guard fields.count == 2, fields[1].count == 2 else { throw UnknownPeriod(text: text) }
    if fields[1].first == "Q", let number = Int(fields[1].dropFirst()) {
      return try quarter(year: year, number: number, text)
    }
    guard fields[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let month = Int(fields[1])
    else { throw UnknownPeriod(text: text) }
    return try months(name: text, year: year, first: month, count: 1, text)
  }

  private static func quarter(year: Int, number: Int, _ text: String) throws(UnknownPeriod) -> Period {
    guard (1...4).contains(number) else { throw UnknownPeriod(text: text) }
    return try months(
      name: "\(padded(year, 4))-Q\(number)", year: year, first: number * 3 - 2, count: 3, text)
  }

  private static func months(
    name: String, year: Int, first: Int, count: Int, _ text: String
  ) throws(UnknownPeriod) -> Period {
    let last = first + count
    guard let from = CivilDay.number(year: year, month: first, day: 1),
      let to = CivilDay.number(
        year: last > 12 ? year + 1 : year, month: last > 12 ? last - 12 : last, day: 1)
    else { throw UnknownPeriod(text: text) }
    return Period(name: name, from: Instant(day: from), to: Instant(day: to))
  }

  /// The folder's name: `2026q3`, `202607`, `2026`, `20260701-20261001`, `all`.
  package var folderName: String {
    guard name.contains("/"), let from, let to else { return String(name.lowercased().filter { $0 != "-" }) }
    func compact(_ instant: Instant) -> String {
      let isMidnight = instant.microseconds % Instant.microsecondsPerDay == 0
      let text = isMidnight ? CivilDay.text(instant.day) : instant.description
      return String(text.lowercased().filter { ("a"..."z").contains($0) || ("0"..."9").contains($0) })
    }
    return compact(from) + "-" + compact(to)
  }
}
