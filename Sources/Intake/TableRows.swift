/// Rows of a delimited table (RFC 4180; `,`, `;` or tab): one at a time, each with its place.
struct TableRows<Bytes: RandomAccessCollection> where Bytes.Element == UInt8, Bytes.Index == Int {
  /// One row's fields, quotation marks taken off.
  struct Row {
    /// The fields' bytes, one after another.
    fileprivate(set) var texts: [UInt8] = []
    fileprivate var ends: [Int] = []
    /// Line feeds before it.
    var line: Int
    /// Where it stands in the bytes, its line feed left out.
    var range: Range<Int>
    /// Whether a quotation mark was open at the end of the bytes.
    var isUnclosed = false

    var count: Int { ends.count }

    /// Where a field stands in `texts`.
    func place(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

    var fields: [String] { ends.indices.map { String(decoding: texts[place($0)], as: UTF8.self) } }

    /// Nothing but an end of a line.
    var isBlank: Bool { ends.count == 1 && texts.isEmpty }
  }

  /// Fields of a row that are kept; a row with more has one more than that.
  static var mostColumns: Int { 10_000 }

  let separator: UInt8
  private let bytes: Bytes
  private var index: Int
  private var line = 0

  /// - Parameter separator: as found in the table's first row, where the bytes do not begin with that row.
  init(_ bytes: Bytes, separator: UInt8? = nil) {
    self.bytes = bytes
    index = bytes.startIndex
    self.separator = separator ?? Self.separator(of: bytes)
  }

  /// The separator that stands most often in the first row, quoted text left out.
  private static func separator(of bytes: Bytes) -> UInt8 {
    let known: [UInt8] = [0x2C, 0x3B, 0x09]
    var counts = [0, 0, 0]
    var isQuoted = false
    for byte in bytes {
      if byte == 0x22 { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 0x0A { break }
      if let found = known.firstIndex(of: byte) { counts[found] += 1 }
    }
    let most = counts.indices.max { counts[$0] < counts[$1] || (counts[$0] == counts[$1] && $0 > $1) }
    return known[most ?? 0]
  }

  /// The next row; nil at the end.
  mutating func next() -> Row? {
    guard index < bytes.endIndex else { return nil }
    var row = Row(line: line, range: index..<index)
    var isQuoted = false
    // Where the texts stood when a quotation ended: a carriage return inside of it is the field's, not the line's.
    var quotationEnd: Int?
    func fieldIsEmpty() -> Bool { row.texts.count == row.ends.last ?? 0 }
    func endField() { if row.ends.count <= Self.mostColumns { row.ends.append(row.texts.count) } }
    func finish(at end: Int) {
      if row.texts.last == 0x0D, !fieldIsEmpty(), quotationEnd != row.texts.count { row.texts.removeLast() }
      endField()
      row.range = row.range.lowerBound..<end
    }
    while index < bytes.endIndex {
      let byte = bytes[index]
      index += 1
      if byte == 0x0A { line += 1 }
      if isQuoted {
        if byte != 0x22 {
          row.texts.append(byte)
        } else if index < bytes.endIndex, bytes[index] == 0x22 {
          row.texts.append(0x22)
          index += 1
        } else {
          isQuoted = false
          quotationEnd = row.texts.count
        }
      } else if byte == 0x22, fieldIsEmpty() {
        isQuoted = true
      } else if byte == separator {
        endField()
      } else if byte == 0x0A {
        finish(at: index - 1)
        return row
      } else {
        row.texts.append(byte)
      }
    }
    row.isUnclosed = isQuoted
    finish(at: bytes.endIndex)
    return row
  }

  /// The column names of a table; nil where the first row is none, because it is no row of two or more different names.
  ///
  /// - Parameter bytes: the table's beginning, with or without a byte order mark.
  static func header(of bytes: Bytes) -> [String]? where Bytes == [UInt8] {
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    guard let end = bytes.firstIndex(of: 0x0A) ?? (bytes.isEmpty ? nil : bytes.count) else { return nil }
    var rows = TableRows(Array(bytes[(hasMark ? 3 : 0)..<end]))
    guard let row = rows.next(), !row.isUnclosed, row.count > 1, row.count <= mostColumns else { return nil }
    let names = row.fields.map(\.trimmed)
    guard !names.contains(where: { $0.isEmpty || $0.hasControlCharacter }) else { return nil }
    return Set(names.map { Array($0.utf8) }).count == names.count ? names : nil
  }
}
