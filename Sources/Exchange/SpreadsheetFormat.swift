internal import EvidenceModel
internal import XMLDocuments

/// Tables that a spreadsheet opens without running anything, and the same tables exactly.
struct SpreadsheetFormat: DescribedFormat {
  static let description = FormatDescription(
    name: "spreadsheet", title: "CSV: tables for spreadsheets, and the same tables exactly", standard: "CSV, RFC 4180",
    validated: "the csv module of Python, and a search for cells that would begin like a formula",
    files: [
      .init(
        path: "spreadsheet/*.csv", says: "UTF-8 with a byte order mark, CRLF, every field quoted, formulas defused"),
      .init(path: "exact/*.csv", says: "UTF-8, LF, fields quoted where needed, no value changed"),
    ],
    results: ["`fail`", "`exception`", "`cannot-tell`", "`pass`", "`not-applicable`"],
    fields: [
      .init(name: "checks.csv", holds: "every check with its result and counts"),
      .init(name: "findings.csv", holds: "every finding with its counts and its first place"),
      .init(name: "controls.csv", holds: "every control of every framework with its state and the checks mapped to it"),
      .init(name: "changes.csv", holds: "what each version did to each rule while the period lasted"),
      .init(
        name: "owners.csv",
        holds: "who was accountable for each rule, and from when until when; `to` is no longer part of it"),
      .init(
        name: "changed (spreadsheet only)",
        holds: "the last column: which columns of the row differ from the exact table, and how"),
    ],
    notes: [
      "A value that begins with `=`, `+`, `-`, `@`, their full-width forms, a tab or a line end gets an apostrophe in front, also where blanks or invisible characters stand before it. The same goes for what follows a separator, a quotation mark or a line end inside a value, since a spreadsheet that splits at other characters would begin a cell there.",
      "A value of more than 32,000 characters is cut in `spreadsheet/`, since a cell holds 32,767; `exact/` has it whole.",
      "Where the exchange document shows only the first of a list, so do the tables.",
    ],
    cannotExpress: [
      "Lists inside a row (missing records, checks of a control) stand in one cell, with `; ` between.",
      "Only the first place of a finding has columns.",
    ])

  func files(of exchange: XMLDocument) throws -> [ExchangeFile] {
    let tables = try ExchangeFacts(exchange).tables
    return tables.map { ExchangeFile(path: "exact/\($0.name).csv", bytes: Self.exact($0)) }
      + tables.map { ExchangeFile(path: "spreadsheet/\($0.name).csv", bytes: Self.defused($0)) }
  }

  private static func exact(_ table: ExchangeTable) -> [UInt8] {
    ([table.columns] + table.rows).flatMap(CanonicalCSV.line)
  }

  private static func defused(_ table: ExchangeTable) -> [UInt8] {
    var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
    append(table.columns + ["changed"], to: &bytes)
    for row in table.rows {
      var changes: [String] = []
      let cells = zip(table.columns, row).map { column, value in
        let cell = SpreadsheetCell(value)
        if cell.isDefused { changes.append("\(column): apostrophe") }
        if cell.isCut { changes.append("\(column): cut") }
        return cell.text
      }
      append(cells + [changes.joined(separator: "; ")], to: &bytes)
    }
    return bytes
  }

  private static func append(_ fields: [String], to bytes: inout [UInt8]) {
    for (index, field) in fields.enumerated() {
      bytes += Array((index > 0 ? ",\"" : "\"").utf8)
      for byte in field.utf8 {
        if byte == 0x22 { bytes.append(0x22) }
        bytes.append(byte)
      }
      bytes.append(0x22)
    }
    bytes += [0x0D, 0x0A]
  }
}

/// A value as a spreadsheet may hold it.
struct SpreadsheetCell {
  private(set) var text: String
  private(set) var isDefused = false
  private(set) var isCut = false

  /// A cell of the most used spreadsheet holds 32,767 UTF-16 units.
  private static let longest = 32_000

  init(_ value: String) {
    var scalars = String.UnicodeScalarView()
    var units = 0
    // Whether a cell could begin here, and whether that would be the cell itself.
    var mayBegin = true
    var isHead = true
    for scalar in value.unicodeScalars {
      guard units < Self.longest else {
        isCut = true
        break
      }
      let isSeparator = Self.separators.contains(scalar)
      let isLeadingBreak = scalars.isEmpty && isSeparator && scalar.properties.isWhitespace
      if mayBegin && Self.triggers.contains(scalar) || isLeadingBreak {
        scalars.insert("'", at: isHead ? scalars.startIndex : scalars.endIndex)
        units += 1
        isDefused = true
        isHead = false
      }
      // What is not seen does not keep a formula from beginning.
      let isUnseen = scalar.properties.isWhitespace || Self.isInvisible(scalar)
      isHead = isHead && isUnseen && !isSeparator
      mayBegin = isSeparator || mayBegin && isUnseen
      scalars.append(scalar)
      units += UTF16.width(scalar)
    }
    text = String(scalars)
  }

  private static let triggers: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "|", "%", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}", "\u{FE66}", "\u{FE62}", "\u{FE63}",
    "\u{FE6B}", "\u{2212}",
  ]

  private static let separators: Set<Unicode.Scalar> = [
    "\t", "\r", "\n", ",", ";", "\"", "\u{2028}", "\u{2029}", "\u{85}",
  ]

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .nonspacingMark, .enclosingMark: true
    default: false
    }
  }
}
