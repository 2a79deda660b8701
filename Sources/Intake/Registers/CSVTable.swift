package import EvidenceModel

/// A register seen as a table: rows by column name, each with its place. From CSV (RFC 4180; `,`, `;` or tab; UTF-8 or
/// UTF-16) or from the records of an export in JSON.
package struct CSVTable: Sendable {
  package struct Row: Sendable {
    package var line: Int
    package var byteOffset: Int
    fileprivate var fields: [String]
    fileprivate var columns: [String: Int]

    fileprivate init(line: Int, byteOffset: Int, fields: [String], columns: [String: Int]) {
      self.line = line
      self.byteOffset = byteOffset
      self.fields = fields.map(SecretRedaction.shown)
      self.columns = columns
    }

    /// The field of a column; empty where the column or the field is missing.
    package subscript(_ column: String) -> String {
      guard let index = columns[column] else { return "" }
      return self[index]
    }

    /// The field at a place; empty where the row ends before it.
    subscript(_ index: Int) -> String { index < fields.count ? fields[index] : "" }
  }

  package let name: String
  /// Of columns of one name, the last.
  package private(set) var columns: [String: Int] = [:]
  package private(set) var rows: [Row] = []
  package private(set) var diagnostics: [Diagnostic] = []
  /// Names of all columns, in their order; several may have one name, as in exports of Jira.
  private(set) var columnNames: [String] = []
  /// Whether fields are separated by `;`, as where the comma stands before a fraction.
  private(set) var hasSemicolons = false
  /// By column, where its dates have slashes and their order is known.
  private var slashOrders: [Int: SlashOrder] = [:]

  /// Reads a register whose first row names its columns. Case, blanks and hyphens in names do not matter.
  ///
  /// - Parameter required: columns without which nothing can be read.
  package init(_ file: WholeFile, required: [String]) throws(Diagnostic) {
    try self.init(file, requiredAmong: required.map { [$0] })
  }

  /// - Parameter requiredAmong: for each column without which nothing can be read, the names that it may have.
  init(_ file: WholeFile, requiredAmong required: [[String]]) throws(Diagnostic) {
    name = file.name
    // The text is checked before anything is split.
    let text = try TableText(file)
    var parser = TableRows(text.bytes)
    guard let header = parser.next() else {
      throw Diagnostic(
        id: "register-empty", file: name, line: 1, byteOffset: 0, summary: "the register is empty",
        nextStep: required.isEmpty
          ? "It needs a first row that names its columns."
          : "It needs a first row with the columns \(required.map { $0[0] }.joined(separator: ", ")).")
    }
    hasSemicolons = parser.separator == UInt8(ascii: ";")
    let titles = header.fields
    columnNames = titles.map(Self.columnName)
    for (index, column) in columnNames.enumerated() { columns[column] = index }
    try requireColumns(required, byteOffset: text.start)
    var offsets = text.offsets
    while let row = parser.next() {
      if row.isBlank { continue }
      let (line, byteOffset) = (row.line + 1, offsets.advance(to: row.range.lowerBound))
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
    findSlashOrders(titles)
  }

  /// Sees records of an export as rows.
  ///
  /// - Parameter records: each with the line at which it begins, its offset, and its fields in the order of the columns.
  init(name: String, columns titles: [String], records: [(line: Int, byteOffset: Int, fields: [String])]) {
    self.name = name
    columnNames = titles
    for (index, column) in titles.enumerated() { columns[column] = index }
    rows = records.map { Row(line: $0.line, byteOffset: $0.byteOffset, fields: $0.fields, columns: columns) }
    findSlashOrders(titles)
  }

  /// The names of the columns, without reading on; none where the file holds no text.
  static func columns(of file: WholeFile) -> Set<String> {
    guard let text = try? TableText(file) else { return [] }
    var parser = TableRows(text.bytes)
    return Set((parser.next()?.fields ?? []).map(columnName))
  }

  func requireColumns(_ required: [[String]], byteOffset: Int = 0) throws(Diagnostic) {
    let missing = required.filter { column($0) == nil }.map { $0[0] }
    guard !missing.isEmpty else { return }
    throw Diagnostic(
      id: "register-columns-missing", file: name, line: 1, byteOffset: byteOffset,
      summary: "the first row lacks \(missing.joined(separator: ", "))",
      nextStep: "Add the missing columns, or check that this is the right file.")
  }

  /// The first of several names of a column that the table has.
  func column(_ names: [String]) -> String? { names.first { columns[$0] != nil } }

  /// How a column writes dates with slashes; nil where that is not known.
  func slashOrder(of column: String) -> SlashOrder? { columns[column].flatMap { slashOrders[$0] } }

  private mutating func findSlashOrders(_ titles: [String]) {
    var evidence = [SlashOrder.Evidence](repeating: .init(), count: titles.count)
    for row in rows { for index in row.fields.indices { evidence[index].add(row.fields[index]) } }
    for (index, title) in titles.enumerated() {
      slashOrders[index] = SlashOrder(statedIn: title) ?? evidence[index].order
    }
  }

  private static func columnName(_ title: String) -> String {
    var title = title.trimmed
    if SlashOrder(statedIn: title) != nil { title = String(title.dropLast("(mm/dd/yyyy)".count)).trimmed }
    return String(title.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
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
