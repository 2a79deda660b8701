internal import EvidenceModel
internal import Foundation

/// The exact data against the totals.
extension PackVerifier {
  /// Tables that every pack has, with their columns.
  private static let tables: KeyValuePairs = [
    "data/tally.csv": 10, "data/exceptions.csv": 2, "data/exceptions-detail.csv": 27, "data/sample.csv": 3,
    "data/sample-attribute.csv": 24, "data/sample-boundary.csv": 29, "data/rejects.csv": 6,
  ]
  /// Tables that some packs have.
  private static let furtherTables: KeyValuePairs = ["data/commitments.csv": 3]
  private static let withHeader: Set<String> = [
    "data/exceptions-detail.csv", "data/sample-attribute.csv", "data/sample-boundary.csv", "data/rejects.csv",
    "data/commitments.csv",
  ]

  /// Adds the exact data up again and compares it with what the index states.
  mutating func checkData() {
    guard let stated else { return }
    for (path, _) in Self.tables where listed[path] == nil {
      fault("pack-data-missing", path, "the manifest does not list this table, which every pack has")
    }
    var tally: [String: Int] = [:]
    let hasTally = eachRow("data/tally.csv") { fields in
      guard let n = PackCount.read(fields[6]) else { return false }
      let known = DecisionClass(name: fields[5])?.name ?? ""
      tally[known] = PackCount.sum(tally[known] ?? 0, n)
      return true
    }
    if hasTally != nil {
      if tally != stated.classes {
        fault("pack-totals", "data/tally.csv", "its sums by class are not the ones that evidence/pack.xml states")
      }
      if tally.values.reduce(0, PackCount.sum) != PackCount.sum(stated.judged, stated.malformed) {
        fault("pack-totals", "data/tally.csv", "it does not add up to the decisions judged and the lines malformed")
      }
    }
    let expected = stated.classes.filter { DecisionClass(name: $0.key)?.isException ?? true }
    for (path, column) in [("data/exceptions.csv", 1), ("data/exceptions-detail.csv", 2)] {
      var classes: [String: Int] = [:]
      let rows = eachRow(path) { fields in
        classes[DecisionClass(name: fields[column])?.name ?? "", default: 0] += 1
        return true
      }
      if rows != nil, classes != expected {
        fault("pack-totals", path, "its rows by class are not the ones that evidence/pack.xml states")
      }
    }
    if expected.values.reduce(0, PackCount.sum) != stated.exceptions {
      fault("pack-totals", "evidence/pack.xml", "its exceptions are not the sum of its classes")
    }
    _ = eachRow("data/rejects.csv") { _ in true }
    for (path, n) in stated.rows.sorted(by: { $0.key.precedesBytewise($1.key) }) {
      if let rows = eachRow(path, { _ in true }), rows != n {
        fault("pack-totals", path, "it has \(rows) rows, which is not what evidence/pack.xml states")
      }
    }
  }

  /// Reads a data file row by row, its header aside. Rows with another number of fields or that `body` refuses, and a
  /// count that is not the manifest's, are faults.
  ///
  /// - Returns: how many rows there are; nil when the file is not there.
  mutating func eachRow(_ path: String, _ body: ([String]) -> Bool) -> Int? {
    guard let entry = listed[path], present[path] != nil, let handle = FileHandle(forReadingAtPath: root + "/" + path)
    else { return nil }
    defer { try? handle.close() }
    let columns = (Self.tables.first { $0.key == path } ?? Self.furtherTables.first { $0.key == path })?.value
    var reader = CSVRows()
    var (rows, bad) = (Self.withHeader.contains(path) ? -1 : 0, 0)
    while reader.openBytes <= CSVRows.longest, let chunk = try? handle.read(upToCount: 1 << 20), !chunk.isEmpty {
      reader.take(chunk) { fields in
        rows += 1
        guard rows > 0 else { return }
        if fields.count != columns || !body(fields) { bad += 1 }
      }
    }
    if bad > 0 || reader.isOpen {
      fault("pack-data-row", path, "\(bad) rows are not of its form, or the last row is cut off or endless")
    }
    if let stated = entry.rows, stated != max(0, rows) {
      fault("pack-data-rows", path, "it has \(max(0, rows)) rows, the manifest states \(stated)")
    }
    return max(0, rows)
  }
}

/// Counts that a pack states. It may state anything.
enum PackCount {
  /// More than any pack holds, and little enough to be added up.
  private static let largest = 1_000_000_000_000_000

  /// Nil for what is no count.
  static func read(_ text: String?) -> Int? {
    text.flatMap { Int($0) }.flatMap { (0...largest).contains($0) ? $0 : nil }
  }

  /// Stays at the largest number instead of going past it.
  static func sum(_ left: Int, _ right: Int) -> Int {
    let (sum, isOver) = left.addingReportingOverflow(right)
    return isOver ? .max : sum
  }
}

/// Reads CSV rows (RFC 4180) from chunks.
struct CSVRows {
  private var field: [UInt8] = []
  private var fields: [String] = []
  private var quoted = false
  private var afterQuote = false
  /// Whether a row was begun and not ended.
  var isOpen: Bool { quoted || !field.isEmpty || !fields.isEmpty }

  /// A row that does not end within this many bytes was not written by Tenure: its longest field is a record's.
  static let longest = 64 << 20

  /// What the open row takes of memory.
  var openBytes: Int { field.count + fields.reduce(0) { $0 + 16 + $1.utf8.count } }

  mutating func take(_ chunk: Data, _ body: ([String]) -> Void) {
    for byte in chunk {
      if quoted {
        if byte == 0x22 {
          quoted = false
          afterQuote = true
        } else {
          field.append(byte)
        }
        continue
      }
      if byte == 0x22 {
        if afterQuote { field.append(byte) }
        quoted = true
        afterQuote = false
        continue
      }
      afterQuote = false
      if byte == 0x2C || byte == 0x0A {
        fields.append(String(decoding: field, as: UTF8.self))
        field.removeAll(keepingCapacity: true)
        if byte == 0x0A {
          body(fields)
          fields.removeAll(keepingCapacity: true)
        }
      } else {
        field.append(byte)
      }
    }
  }
}
