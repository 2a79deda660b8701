internal import CSimdJSON
package import EvidenceModel

/// Reads daily totals per model: OpenRouter's activity as JSON, or a CSV table. Described in `docs/formats/control-totals.md`.
/// A model may have several rows a day, one for each endpoint.
package func readControlTotals(_ file: WholeFile) throws(Diagnostic) -> Register<ControlTotal> {
  let text = file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? file.bytes[3...] : file.bytes[...]
  switch text.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
  case 0x7B, 0x5B: return try readActivity(file)
  case nil:
    throw Diagnostic(
      id: "register-empty", file: file.name, line: 1, byteOffset: 0, summary: "the file is empty",
      nextStep:
        "It needs a first row with the columns \(TotalColumn.needed.map { $0.names[0] }.joined(separator: ", ")).")
  default: return try readTotalsTable(file)
  }
}

/// The columns of a total, and the names under which exports write them.
private enum TotalColumn: CaseIterable {
  case date, model, requests, cost, tokensIn, tokensOut

  var names: [String] {
    switch self {
    case .date: ["date", "day"]
    case .model: ["model", "model_permaslug"]
    case .requests: ["requests", "request_count"]
    case .cost: ["cost_usd", "usage", "cost", "spend"]
    case .tokensIn: ["prompt_tokens", "tokens_in", "tokens_prompt", "input_tokens"]
    case .tokensOut: ["completion_tokens", "tokens_out", "tokens_completion", "output_tokens"]
    }
  }

  static let needed: [TotalColumn] = [.date, .model, .requests]
}

/// One row as text, whatever it came from.
private struct TotalRow {
  let file: String
  let line: Int
  let byteOffset: Int
  /// Empty where the row says nothing.
  let cell: (TotalColumn) -> String

  func read() throws(Diagnostic) -> ControlTotal {
    guard let day = Self.day(cell(.date)) else {
      throw bad("control-totals-bad-date", "the date is none", "Write 2026-07-01, the UTC day of the total.")
    }
    let model = cell(.model)
    guard !model.isEmpty, !model.hasControlCharacter else {
      throw bad("control-totals-no-model", "no model is named", "Name the model as the provider's export does.")
    }
    guard let requests = Self.count(cell(.requests)) else {
      throw bad("control-totals-bad-number", "requests is no whole number", "Write digits only.")
    }
    return ControlTotal(
      day: day, model: model, requests: requests, costMicros: try optional(.cost, Self.micros),
      tokensIn: try optional(.tokensIn, Self.count), tokensOut: try optional(.tokensOut, Self.count), line: line)
  }

  private func optional(_ column: TotalColumn, _ parse: (String) -> Int64?) throws(Diagnostic) -> Int64? {
    let text = cell(column)
    guard !text.isEmpty else { return nil }
    guard let number = parse(text) else {
      throw bad(
        "control-totals-bad-number", "\(column.names[0]) is no number that can be read",
        "Write digits, with a point before the fraction.")
    }
    return number
  }

  private func bad(_ id: String, _ summary: String, _ nextStep: String) -> Diagnostic {
    Diagnostic(
      id: id, file: file, line: line, byteOffset: byteOffset, summary: summary + "; the row was left out",
      nextStep: nextStep)
  }

  /// A civil date, or a date and a time of which the UTC day counts.
  static func day(_ text: String) -> Int? {
    if let day = CivilDay.parse(text) { return day }
    var copy = text
    return copy.withUTF8 { Instant.parseLenient(UnsafeRawBufferPointer($0))?.instant.day }
  }

  static func count(_ text: String) -> Int64? {
    guard let number = Int64(text), (0...1 << 40).contains(number) else { return nil }
    return number
  }

  /// Dollars as millionths, rounded to the nearest.
  static func micros(_ text: String) -> Int64? {
    guard let dollars = Double(text), dollars.isFinite, abs(dollars) <= 1e9 else { return nil }
    return Int64((dollars * 1e6).rounded(.toNearestOrAwayFromZero))
  }
}

extension Register<ControlTotal> {
  fileprivate mutating func add(_ row: TotalRow) {
    do throws(Diagnostic) { entries.append(try row.read()) } catch { diagnostics.append(error) }
  }
}

private func readTotalsTable(_ file: WholeFile) throws(Diagnostic) -> Register<ControlTotal> {
  let table = try CSVTable(file, requiredAmong: TotalColumn.needed.map(\.names))
  var columns: [TotalColumn: String] = [:]
  for column in TotalColumn.allCases { columns[column] = table.column(column.names) }
  var totals = Register<ControlTotal>()
  totals.diagnostics = table.diagnostics
  // Where fields are separated by `;` and the costs have commas, the comma stands before the fraction and points group
  // thousands. Without a comma in the column a point is taken as what it is elsewhere.
  let cost = columns[.cost]
  let hasCommas = table.hasSemicolons && table.rows.contains { row in cost.map { row[$0].contains(",") } ?? false }
  for row in table.rows {
    totals.add(
      TotalRow(file: file.name, line: row.line, byteOffset: row.byteOffset) { column in
        guard let name = columns[column] else { return "" }
        let text = row[name].trimmed
        switch column {
        case .date:
          let time = try? CellTime(text, order: table.slashOrder(of: name))
          return time.map { CivilDay.text($0.instant.day) } ?? text
        case .cost: return hasCommas ? withDecimalPoint(text) : text
        default: return text
        }
      })
  }
  return totals
}

/// `1.234,56` as `1234.56`; anything else as it is.
private func withDecimalPoint(_ text: String) -> String {
  let parts = text.split(separator: ",", omittingEmptySubsequences: false)
  let groups = parts[0].split(separator: ".", omittingEmptySubsequences: false)
  guard parts.count <= 2, groups.dropFirst().allSatisfy({ $0.utf8.count == 3 }) else { return text }
  return ([groups.joined()] + parts.dropFirst().map(String.init)).joined(separator: ".")
}

/// `{"data":[…]}` as the API answers, or the array alone.
private func readActivity(_ file: WholeFile) throws(Diagnostic) -> Register<ControlTotal> {
  let start = file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  let padded = file.bytes[start...] + [UInt8](repeating: 0, count: JSONParser.padding)
  let whole = JSONParser()
  let rows = JSONParser()
  var totals = Register<ControlTotal>()
  var failure: Diagnostic?
  padded.withUnsafeBytes { bytes in
    let text = UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count - JSONParser.padding)])
    guard let root = whole.parse(text).map({ JSONNode($0) }) else {
      failure = Diagnostic(
        id: "control-totals-not-json", file: file.name, line: 1, byteOffset: 0,
        summary: "the file begins like JSON and is not one valid JSON text",
        nextStep: "Fetch the activity again; check whether it was cut short.")
      return
    }
    guard let ranges = rows.ranges(of: root.isArray ? ["*"] : ["data", "*"], in: text) else {
      failure = Diagnostic(
        id: "control-totals-no-rows", file: file.name, line: 1, byteOffset: 0,
        summary: "there is no list of totals: neither an array nor one under data",
        nextStep: "Give what OpenRouter's activity endpoint answers, or a CSV table.")
      return
    }
    let elements = (root.isArray ? root : root["data"]).elements.count
    if elements > ranges.count {
      totals.diagnostics.append(
        Diagnostic(
          id: "control-totals-no-object", file: file.name,
          summary: "\(elements - ranges.count) elements of the list are no objects; they were left out",
          nextStep: "Fetch the activity again; each element is an object with date, model and requests."))
    }
    var line = 1
    var counted = 0
    for range in ranges {
      line += text[counted..<range.lowerBound].count { $0 == 0x0A }
      counted = range.lowerBound
      let row = rows.parse(UnsafeRawBufferPointer(rebasing: text[range])).map { JSONNode($0) }
      totals.add(
        TotalRow(file: file.name, line: line, byteOffset: start + range.lowerBound) { column in
          column.names.lazy.compactMap { row?[named: $0].cellText }.first ?? ""
        })
    }
  }
  if let failure { throw failure }
  return totals
}

extension JSONNode {
  /// A text or a number as a cell of a table would hold it; nil where there is none.
  fileprivate var cellText: String? {
    switch value.kind {
    case JSON_STRING: string
    case JSON_INTEGER: String(value.integer)
    case JSON_REAL: Int64(exactly: value.real).map(String.init) ?? String(value.real)
    case JSON_ABSENT, JSON_NULL: nil
    default: "?"
    }
  }
}
