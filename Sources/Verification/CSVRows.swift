/// One row of a table. A field becomes a text only when it is asked for.
struct CSVRow {
  fileprivate(set) var bytes: [UInt8] = []
  /// Where each field ends.
  fileprivate(set) var ends: [Int] = []

  var count: Int { ends.count }

  subscript(field: Int) -> String { String(decoding: bytes(field), as: UTF8.self) }

  func bytes(_ field: Int) -> ArraySlice<UInt8> { bytes[(field == 0 ? 0 : ends[field - 1])..<ends[field]] }
}

/// Reads CSV rows (RFC 4180) from pieces.
struct CSVRows {
  private var row = CSVRow()
  private var quoted = false
  private var afterQuote = false
  /// Whether a row was begun and not ended.
  var isOpen: Bool { quoted || !row.bytes.isEmpty || !row.ends.isEmpty }

  /// A row that does not end within this many bytes was not written by Tenure: its longest field is a record's.
  static let longest = 64 << 20
  private static let mostFields = 1000

  /// Whether the open row is longer than any row is.
  var isEndless: Bool { row.bytes.count > Self.longest || row.ends.count > Self.mostFields }

  mutating func take(_ piece: UnsafeRawBufferPointer, _ body: (CSVRow) -> Void) {
    for byte in piece {
      if quoted {
        if byte == 0x22 {
          quoted = false
          afterQuote = true
        } else {
          row.bytes.append(byte)
        }
        continue
      }
      if byte == 0x22 {
        if afterQuote { row.bytes.append(byte) }
        quoted = true
        afterQuote = false
        continue
      }
      afterQuote = false
      if byte == 0x2C || byte == 0x0A {
        row.ends.append(row.bytes.count)
        if byte == 0x0A {
          body(row)
          row.bytes.removeAll(keepingCapacity: true)
          row.ends.removeAll(keepingCapacity: true)
        } else if isEndless {
          return
        }
      } else {
        row.bytes.append(byte)
      }
    }
  }
}
