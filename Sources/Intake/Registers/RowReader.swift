internal import EvidenceModel

/// Reads the cells of one row, collecting what is wrong with them.
struct RowReader {
  let table: CSVTable
  let row: CSVTable.Row
  private(set) var problems: [Diagnostic] = []
  /// Cells whose time has no zone and was taken as UTC.
  private(set) var zoneAssumed = 0

  /// Of whole numbers, so that reckoning with one cannot overflow.
  private static let greatest = 999_999_999_999_999

  init(_ table: CSVTable, _ row: CSVTable.Row) {
    self.table = table
    self.row = row
  }

  private mutating func note(_ id: String, _ summary: String, _ nextStep: String) {
    problems.append(
      Diagnostic(
        id: id, file: table.name, line: row.line, byteOffset: row.byteOffset,
        summary: summary + "; the row was left out", nextStep: nextStep))
  }

  /// An id or a name: not empty, no control characters.
  mutating func name(_ column: String) -> String {
    let text = row[column]
    if text.isEmpty { note("register-cell-empty", "\(column) is empty", "Fill in \(column).") }
    if text.hasControlCharacter {
      note("register-control-character", "\(column) holds a control character", "Remove it.")
    }
    return text
  }

  mutating func instant(_ column: String) -> Instant {
    guard let instant = optionalInstant(column) else {
      if row[column].isEmpty { note("register-cell-empty", "\(column) is empty", "Fill in \(column).") }
      return Instant(microseconds: 0)
    }
    return instant
  }

  mutating func optionalInstant(_ column: String) -> Instant? { time(column)?.instant }

  /// The end of a time, of which a civil day is the last one that still belongs to it.
  mutating func optionalInclusiveEnd(_ column: String) -> Instant? {
    time(column).map { time in
      Instant(microseconds: time.instant.microseconds + (time.isDay ? Instant.microsecondsPerDay : 0))
    }
  }

  private mutating func time(_ column: String) -> CellTime? {
    let text = row[column].trimmed
    guard !text.isEmpty else { return nil }
    do throws(CellTime.Failure) {
      let time = try CellTime(text, order: table.slashOrder(of: column))
      if time.zoneAssumed { zoneAssumed += 1 }
      return time
    } catch {
      switch error {
      case .noTime:
        note(
          "register-bad-instant", "\(column) is no date or time that can be read",
          "Write 2026-07-01 or 2026-07-01T09:00:00Z.")
      case .orderUnknown:
        note(
          "register-date-order-unknown", "\(column) may mean two days, and no cell of the column tells which",
          "Write 2026-07-01, or state the order in the column's name: \(column) (MM/DD/YYYY) or \(column) (DD/MM/YYYY)."
        )
      }
      return nil
    }
  }

  mutating func integer(_ column: String, default fallback: Int) -> Int {
    let text = row[column].trimmed
    guard !text.isEmpty else { return fallback }
    guard let number = Int(text), (-Self.greatest...Self.greatest).contains(number) else {
      note("register-bad-number", "\(column) is no whole number of at most 15 digits", "Write digits only.")
      return fallback
    }
    return number
  }

  /// A number from 0 to 1, with a point, or a comma where `;` separates the cells.
  mutating func share(_ column: String) -> Double {
    let text = row[column].trimmed
    let number = table.hasSemicolons ? String(text.map { $0 == "," ? "." : $0 }) : text
    if let share = Double(number), (0...1).contains(share) { return share }
    note("register-bad-share", "\(column) is no number from 0 to 1", "Write a share such as 0.1.")
    return 0
  }

  mutating func optionalInteger(_ column: String) -> Int? {
    row[column].trimmed.isEmpty ? nil : integer(column, default: 0)
  }

  /// `yes` or `no`, `true` or `false`, `1` or `0`, whatever the case; nil where the cell is empty.
  mutating func optionalFlag(_ column: String) -> Bool? {
    switch row[column].trimmed.lowercased() {
    case "": return nil
    case "yes", "true", "1": return true
    case "no", "false", "0": return false
    default:
      note("register-bad-flag", "\(column) is neither yes nor no", "Write yes or no.")
      return nil
    }
  }

  /// One of the words of a closed list.
  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ column: String, default fallback: Choice
  ) -> Choice {
    if let choice = Choice(rawValue: row[column].trimmed) { return choice }
    let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    note("register-bad-word", "\(column) is none of \(words)", "Write one of them.")
    return fallback
  }

  mutating func digest(_ column: String) -> Digest {
    if let digest = optionalDigest(column) { return digest }
    if row[column].trimmed.isEmpty { note("register-cell-empty", "\(column) is empty", "Fill in \(column).") }
    return Digest(words: (0, 0, 0, 0))
  }

  mutating func optionalDigest(_ column: String) -> Digest? {
    let text = row[column].trimmed.lowercased()
    if text.isEmpty { return nil }
    if let digest = Digest(hexadecimal: text) { return digest }
    note("register-bad-digest", "\(column) is no SHA-256 of 64 hexadecimal digits", "Write what sha256sum prints.")
    return nil
  }

  /// A period by its name; empty is all time. What is counted from today names none, since it would move.
  mutating func period(_ column: String) -> Period {
    let text = row[column].trimmed
    if text.isEmpty { return .all }
    if !text.hasPrefix("previous-"), let period = try? Period(parsing: text, now: Instant(microseconds: 0)) {
      return period
    }
    note(
      "register-bad-period", "\(column) is no period",
      "Write 2026-Q3, 2026-07, 2026, FROM/TO or all.")
    return .all
  }

  /// Words separated by `|`.
  func list(_ column: String) -> [String] {
    row[column].split(separator: "|").map { $0.trimmed }.filter { !$0.isEmpty }
  }

  /// Names or patterns separated by `|`.
  func patterns(_ column: String, default fallback: String? = nil) -> [NamePattern] {
    let names = list(column)
    return (names.isEmpty ? fallback.map { [$0] } ?? [] : names).map { NamePattern($0) }
  }

  var place: RegisterPlace { RegisterPlace(source: table.name, line: row.line) }
}

extension CSVTable {
  /// One warning for all times of a register that have no zone; none where there are none.
  func zoneWarning(_ count: Int) -> [Diagnostic] {
    guard count > 0 else { return [] }
    return [
      Diagnostic(
        id: "register-zone-assumed", severity: .warning, file: name,
        summary:
          "\(count) \(count == 1 ? "time has" : "times have") no zone and \(count == 1 ? "was" : "were") taken as UTC",
        nextStep: "Export times with their zone, such as 2026-07-01T09:00:00+02:00.")
    ]
  }
}
