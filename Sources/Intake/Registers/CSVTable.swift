package import EvidenceModel

/// A CSV register (RFC 4180; `,`, `;` or tab): rows by column name, each with its place.
package struct CSVTable: Sendable {
  package struct Row: Sendable {
    package var line: Int
    package var byteOffset: Int
    fileprivate var fields: [String]
    fileprivate var columns: [String: Int]

    /// The field of a column; empty where the column or the field is missing.
    package subscript(_ column: String) -> String {
      guard let index = columns[column], index < fields.count else { return "" }
      return fields[index]
    }
  }

  package let name: String
  package private(set) var columns: [String: Int] = [:]
  package private(set) var rows: [Row] = []
  package private(set) var diagnostics: [Diagnostic] = []

  /// Reads a register whose first row names its columns. Case, blanks and hyphens in names do not matter.
  ///
  /// - Parameter required: columns without which nothing can be read.
  package init(_ file: WholeFile, required: [String]) throws(Diagnostic) {
    name = file.name
    // Its UTF-8 is checked before anything is split.
    let text = try file.text()
    let offset = file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var parser = TableRows(Array(text.utf8))
    guard let header = parser.next() else {
      throw Diagnostic(
        id: "register-empty", file: name, line: 1, byteOffset: 0, summary: "the register is empty",
        nextStep: "It needs a first row with the columns \(required.joined(separator: ", ")).")
    }
    for (index, title) in header.fields.enumerated() {
      columns[Self.columnName(title)] = index
    }
    let missing = required.filter { columns[$0] == nil }
    guard missing.isEmpty else {
      throw Diagnostic(
        id: "register-columns-missing", file: name, line: 1, byteOffset: offset,
        summary: "the first row lacks \(missing.joined(separator: ", "))",
        nextStep: "Add the missing columns, or check that this is the right file.")
    }
    while let row = parser.next() {
      if row.isBlank { continue }
      let (line, byteOffset) = (row.line + 1, offset + row.range.lowerBound)
      if row.isUnclosed {
        diagnostics.append(
          Diagnostic(
            id: "register-quote-unclosed", file: name, line: line, byteOffset: byteOffset,
            summary: "a quoted field that begins in this row never ends; the rest of the file was not read",
            nextStep: "Close the quotation mark."))
        break
      }
      if row.count > header.count {
        diagnostics.append(
          Diagnostic(
            id: "register-row-too-long", file: name, line: line, byteOffset: byteOffset,
            summary: "the row has \(row.count) fields for \(header.count) columns; it was left out",
            nextStep: "Quote fields that hold the separator."))
        continue
      }
      rows.append(Row(line: line, byteOffset: byteOffset, fields: row.fields, columns: columns))
    }
  }

  private static func columnName(_ title: String) -> String {
    String(title.trimmed.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
  }
}

extension StringProtocol {
  /// Without blanks and tabs at both ends.
  var trimmed: String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    var rest = self[...]
    while let first = rest.first, isBlank(first) { rest = rest.dropFirst() }
    while let last = rest.last, isBlank(last) { rest = rest.dropLast() }
    return String(rest)
  }

  /// Whether it holds a control character, which no id does.
  var hasControlCharacter: Bool {
    unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
  }
}

/// Reads the cells of one row, collecting what is wrong with them.
struct RowReader {
  let table: CSVTable
  let row: CSVTable.Row
  private(set) var problems: [Diagnostic] = []

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

  mutating func optionalInstant(_ column: String) -> Instant? {
    let text = row[column].trimmed
    guard !text.isEmpty else { return nil }
    guard let instant = Instant(dateOrInstant: text) else {
      note(
        "register-bad-instant", "\(column) is neither a date nor an RFC 3339 instant",
        "Write 2026-07-01 or 2026-07-01T09:00:00Z.")
      return nil
    }
    return instant
  }

  mutating func integer(_ column: String, default fallback: Int) -> Int {
    let text = row[column].trimmed
    guard !text.isEmpty else { return fallback }
    guard let number = Int(text) else {
      note("register-bad-number", "\(column) is no whole number", "Write digits only.")
      return fallback
    }
    return number
  }

  mutating func optionalInteger(_ column: String) -> Int? {
    row[column].trimmed.isEmpty ? nil : integer(column, default: 0)
  }

  /// A number from 0 to 1.
  mutating func share(_ column: String) -> Double {
    if let share = Double(row[column].trimmed), (0...1).contains(share) { return share }
    note("register-bad-share", "\(column) is no number from 0 to 1", "Write a share such as 0.1.")
    return 0
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
