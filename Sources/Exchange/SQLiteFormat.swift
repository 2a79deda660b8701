internal import EvidenceModel
internal import GRDB
internal import GRDBSQLite
internal import XMLDocuments

/// The facts as a database, for those who ask in SQL.
struct SQLiteFormat: DescribedFormat {
  static let description = FormatDescription(
    name: "sqlite", title: "SQLite: tables and views", standard: "SQLite 3.37 or newer (strict tables)",
    validated: "`PRAGMA integrity_check` and a query of every view",
    files: [.init(path: "evidence.sqlite", says: "one table for each kind of fact, and views for common questions")],
    results: ["`fail`", "`exception`", "`cannot-tell`", "`pass`", "`not-applicable`"],
    fields: SQLiteTables.definitions.map {
      .init(
        name: "table `\($0.name)`", holds: "\($0.says): \($0.columns.map { "`\($0.name)`" }.joined(separator: ", "))")
    } + SQLiteTables.views.map { .init(name: "view `\($0.name)`", holds: $0.says) },
    notes: [
      "Instants are text in UTC, `2026-07-01T00:00:00.000000Z`, always with six digits of the fraction, so that they sort and compare; `datetime()` reads them.",
      "Intervals are half-open: `starts` belongs to it, `ends` does not; null is open.",
      "Who owned a rule at an instant: `SELECT owner FROM owner_of_rule WHERE rule = 'x' AND starts <= '2026-08-10T12:00:00.000000Z' AND '2026-08-10T12:00:00.000000Z' < ends`.",
      "Same inputs, same bytes: no time stands in it, pages have 4,096 bytes, and the version of the library in its head is fixed.",
    ],
    cannotExpress: [
      "Decisions are not in it: `data/` has them, and the table `data_files` has the digests.",
      "Lists are cut where the exchange document is: the tables `cuts` and `pack` say how many there are.",
    ])

  func files(of exchange: XMLDocument) throws -> [ExchangeFile] {
    let facts = try ExchangeFacts(exchange)
    let queue = try DatabaseQueue()
    try queue.inDatabase { database in
      try database.execute(sql: "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA auto_vacuum = NONE")
      try database.execute(sql: "PRAGMA application_id = \(Self.applicationID); PRAGMA user_version = 1")
      try database.inTransaction {
        for table in SQLiteTables.definitions { try Self.write(table, facts, to: database) }
        for view in SQLiteTables.views { try database.execute(sql: "CREATE VIEW \(view.name) AS \(view.query)") }
        return .commit
      }
      try database.execute(sql: "VACUUM")
    }
    return [ExchangeFile(path: "evidence.sqlite", bytes: try queue.read(Self.bytes))]
  }

  /// "TNRX": tells SQLite's `file` magic whose database this is.
  private static let applicationID: Int32 = 0x544E_5258

  private static func write(_ table: SQLiteTable, _ facts: ExchangeFacts, to database: Database) throws {
    let columns = table.columns.map { "\"\($0.name)\" \($0.type)" }
    try database.execute(sql: "CREATE TABLE \(table.name) (\(columns.joined(separator: ", "))) STRICT")
    let slots = Array(repeating: "?", count: table.columns.count).joined(separator: ", ")
    let statement = try database.makeStatement(sql: "INSERT INTO \(table.name) VALUES (\(slots))")
    for row in table.rows(facts) { try statement.execute(arguments: StatementArguments(row)) }
  }

  private static func bytes(of database: Database) throws -> [UInt8] {
    var count: sqlite3_int64 = 0
    guard let image = sqlite3_serialize(database.sqliteConnection, "main", &count, 0) else {
      throw DatabaseError(resultCode: .SQLITE_NOMEM)
    }
    defer { sqlite3_free(image) }
    var bytes = Array(UnsafeBufferPointer(start: image, count: Int(count)))
    // The version of the library that wrote last, at byte 96 of the head, is for information only (sqlite.org/fileformat.html §1.3).
    for (index, byte) in withUnsafeBytes(of: UInt32(3_037_000).bigEndian, Array.init).enumerated() {
      bytes[96 + index] = byte
    }
    return bytes
  }
}
