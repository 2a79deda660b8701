internal import GRDB
internal import GRDBSQLite

/// An INSERT whose values go straight to SQLite, column by column: a scan writes tens of thousands of rows, and boxing
/// each value costs more than storing it.
struct FastInsert {
  private let statement: Statement
  private let handle: SQLiteStatement
  private var column: Int32 = 0

  init(_ database: Database, _ sql: String) throws {
    statement = try database.makeStatement(sql: sql)
    handle = statement.sqliteStatement
  }

  init(_ database: Database, into table: String, columns: Int) throws {
    try self.init(
      database, "INSERT INTO \(table) VALUES (\(Array(repeating: "?", count: columns).joined(separator: ", ")))")
  }

  /// SQLite copies what it is given.
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  mutating func bind(_ value: Int) {
    column += 1
    sqlite3_bind_int64(handle, column, Int64(value))
  }

  mutating func bind(_ value: Int64) { bind(Int(value)) }

  mutating func bind(_ value: Bool) { bind(value ? 1 : 0) }

  /// U+0000 cannot stand in a text that SQLite's functions read whole; it is shown as its picture.
  mutating func bind(_ value: String) {
    column += 1
    var text = value
    let isBound = text.withUTF8 { bytes in
      if bytes.contains(0) { return false }
      bytes.withMemoryRebound(to: CChar.self) { characters in
        guard let start = characters.baseAddress else {
          sqlite3_bind_text(handle, column, "", 0, Self.copied)
          return
        }
        sqlite3_bind_text(handle, column, start, Int32(characters.count), Self.copied)
      }
      return true
    }
    if !isBound {
      column -= 1
      bind(EvidenceStore.text(value))
    }
  }

  mutating func bind(_ bytes: UnsafeRawBufferPointer) {
    column += 1
    sqlite3_bind_blob64(handle, column, bytes.baseAddress, UInt64(bytes.count), Self.copied)
  }

  /// Writes the row that was bound, and is ready for the next one.
  mutating func write() throws {
    column = 0
    let status = sqlite3_step(handle)
    let message = status == SQLITE_DONE ? nil : String(cString: sqlite3_errmsg(sqlite3_db_handle(handle)))
    sqlite3_reset(handle)
    if let message { throw DatabaseError(resultCode: ResultCode(rawValue: status), message: message) }
  }
}
