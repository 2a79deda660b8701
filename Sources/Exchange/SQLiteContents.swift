internal import GRDB
internal import GRDBSQLite

/// What two databases of `exchange/` say, whatever release of SQLite laid out their pages.
package enum SQLiteContents {
  /// Whether both have the same tables and views, and in each table the same rows in the same order. What cannot be read is not equal.
  ///
  /// - Parameters:
  ///   - stranger: bytes of unknown origin. Nothing in them is run: a schema of one's own is enough to be unequal.
  ///   - made: bytes that this program made.
  package static func areEqual(_ stranger: [UInt8], _ made: [UInt8]) -> Bool {
    guard let schema = try? contents(of: made, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name"),
      (try? contents(of: stranger, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name")) == schema
    else { return false }
    return SQLiteTables.definitions.allSatisfy { table in
      let query = "SELECT * FROM \(table.name) ORDER BY rowid"
      guard let rows = try? contents(of: made, query) else { return false }
      return (try? contents(of: stranger, query)) == rows
    }
  }

  private static func contents(of bytes: [UInt8], _ query: String) throws -> [Row] {
    let queue = try DatabaseQueue()
    return try queue.inDatabase { database in
      try bytes.withUnsafeBufferPointer { buffer in
        // Read-only, so that SQLite never writes into what it is lent.
        let image = UnsafeMutablePointer(mutating: buffer.baseAddress)
        let count = sqlite3_int64(buffer.count)
        let status = sqlite3_deserialize(
          database.sqliteConnection, "main", image, count, count, UInt32(SQLITE_DESERIALIZE_READONLY))
        guard status == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: status)) }
        try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
        let rows = try Row.fetchAll(database, sql: query)
        // Before the bytes go away.
        sqlite3_deserialize(database.sqliteConnection, "main", nil, 0, 0, UInt32(SQLITE_DESERIALIZE_READONLY))
        return rows
      }
    }
  }
}
