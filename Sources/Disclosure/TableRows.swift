internal import EvidenceModel
internal import Foundation

/// Reads rows of exact CSV (RFC 4180) from chunks.
struct TableRows {
  private var field: [UInt8] = []
  private var fields: [String] = []
  private var isQuoted = false
  private var isAfterQuote = false

  mutating func take(_ chunk: Data, _ body: ([String]) throws -> Void) rethrows {
    for byte in chunk {
      switch (byte, isQuoted) {
      case (0x22, true): (isQuoted, isAfterQuote) = (false, true)
      case (_, true): field.append(byte)
      case (0x22, false):
        if isAfterQuote { field.append(byte) }
        (isQuoted, isAfterQuote) = (true, false)
      case (0x2C, false), (0x0A, false):
        isAfterQuote = false
        fields.append(String(decoding: field, as: UTF8.self))
        field.removeAll(keepingCapacity: true)
        guard byte == 0x0A else { continue }
        try body(fields)
        fields.removeAll(keepingCapacity: true)
      default:
        isAfterQuote = false
        field.append(byte)
      }
    }
  }
}

extension Redactor {
  /// Calls `body` with each row of a table and its columns; `isHeader` for a row that names them.
  private func forEachRow(
    _ entry: InternalPack.Entry, of pack: InternalPack, _ form: DisclosureTable.TableForm,
    _ body: (_ row: [(name: String, value: String)], _ isHeader: Bool) throws -> Void
  ) throws {
    var columns = form.columns
    var rows = TableRows()
    try pack.forEachChunk(entry) { chunk in
      try rows.take(chunk) { fields in
        guard let known = columns else {
          columns = fields
          return try body(fields.map { ($0, $0) }, true)
        }
        guard known.count == fields.count else { throw InternalPack.problem(entry.path, "a row is not of its form") }
        try body(Array(zip(known, fields)), false)
      }
    }
  }

  mutating func learnTable(_ entry: InternalPack.Entry, of pack: InternalPack, _ form: DisclosureTable.TableForm) throws
  {
    var learnt = self
    try forEachRow(entry, of: pack, form) { row, isHeader in
      guard !isHeader else { return }
      for (name, value) in row { learnt.learn(entry.path, name, value, row) }
    }
    self = learnt
  }

  /// Hands out the bytes of the table at the level, some rows at a time.
  ///
  /// - Returns: how many rows there are, the header aside.
  mutating func redactTable(
    _ entry: InternalPack.Entry, of pack: InternalPack, _ form: DisclosureTable.TableForm,
    _ write: ([UInt8]) throws -> Void
  ) throws -> Int {
    var writer = self
    writer.beginTable(entry.path)
    var pending: [UInt8] = []
    var sorted: [[UInt8]] = []
    var count = 0
    try forEachRow(entry, of: pack, form) { row, isHeader in
      let line = CanonicalCSV.line(
        isHeader ? row.map(\.value) : row.map { writer.redacted(entry.path, $0.name, $0.value, row) })
      if !isHeader { count += 1 }
      guard !form.isSorted else { return sorted.append(line) }
      pending += line
      if pending.count > 1 << 20 {
        try write(pending)
        pending = []
      }
    }
    for line in sorted.sorted(by: { $0.lexicographicallyPrecedes($1) }) { pending += line }
    try write(pending)
    self = writer
    return count
  }
}
