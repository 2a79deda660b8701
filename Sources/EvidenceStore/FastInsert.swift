internal import GRDB
internal import GRDBSQLite

/// An INSERT whose values go straight to SQLite, column by column: a scan writes tens of thousands of rows, and boxing
/// each value costs more than storing it.
struct FastInsert {
  private struct Bytes {
    var column: Int32
    var range: Range<Int>
    var isText: Bool
  }

  private let statement: Statement
  private let handle: SQLiteStatement
  private var column: Int32 = 0
  /// The texts and blobs of the row at hand, one after another; SQLite reads them from here.
  private var buffer: [UInt8] = []
  private var bytes: [Bytes] = []

  init(_ database: Database, _ sql: String) throws {
    statement = try database.makeStatement(sql: sql)
    handle = statement.sqliteStatement
  }

  init(_ database: Database, into table: String, columns: Int) throws {
    try self.init(
      database, "INSERT INTO \(table) VALUES (\(Array(repeating: "?", count: columns).joined(separator: ", ")))")
  }

  /// Writes one row.
  @inline(__always)
  mutating func write<each Value: Bindable>(_ values: repeat each Value) throws {
    repeat (each values).bind(to: &self)
    try step()
  }

  fileprivate mutating func bind(_ value: Int) {
    column += 1
    sqlite3_bind_int64(handle, column, Int64(value))
  }

  /// U+0000 cannot stand in a text that SQLite's functions read whole; it is shown as its picture.
  fileprivate mutating func bind(_ value: String) {
    let start = buffer.count
    buffer.append(contentsOf: value.utf8)
    if buffer[start...].contains(0) {
      buffer.removeSubrange(start...)
      buffer.append(contentsOf: EvidenceStore.text(value).utf8)
    }
    column += 1
    bytes.append(Bytes(column: column, range: start..<buffer.count, isText: true))
  }

  fileprivate mutating func bind(_ value: UnsafeRawBufferPointer) {
    let start = buffer.count
    buffer.append(contentsOf: value)
    column += 1
    bytes.append(Bytes(column: column, range: start..<buffer.count, isText: false))
  }

  /// Writes the row that was bound, and is ready for the next one.
  private mutating func step() throws {
    // Room for what `baseAddress` of an empty array would not have.
    buffer.append(0)
    let status = buffer.withUnsafeBytes { memory in
      for value in bytes {
        let start = memory.baseAddress?.advanced(by: value.range.lowerBound)
        if value.isText {
          let characters = start?.assumingMemoryBound(to: CChar.self)
          sqlite3_bind_text(handle, value.column, characters, Int32(value.range.count), nil)
        } else {
          sqlite3_bind_blob64(handle, value.column, start, UInt64(value.range.count), nil)
        }
      }
      return sqlite3_step(handle)
    }
    let message = status == SQLITE_DONE ? nil : String(cString: sqlite3_errmsg(sqlite3_db_handle(handle)))
    sqlite3_reset(handle)
    column = 0
    buffer.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    if let message { throw DatabaseError(resultCode: ResultCode(rawValue: status), message: message) }
  }
}

/// What fills a column, or several.
protocol Bindable {
  func bind(to insert: inout FastInsert)
}

extension Int: Bindable {
  func bind(to insert: inout FastInsert) { insert.bind(self) }
}

extension Int64: Bindable {
  func bind(to insert: inout FastInsert) { insert.bind(Int(self)) }
}

extension Bool: Bindable {
  func bind(to insert: inout FastInsert) { insert.bind(self ? 1 : 0) }
}

extension String: Bindable {
  func bind(to insert: inout FastInsert) { insert.bind(self) }
}

extension UnsafeRawBufferPointer: Bindable {
  func bind(to insert: inout FastInsert) { insert.bind(self) }
}
