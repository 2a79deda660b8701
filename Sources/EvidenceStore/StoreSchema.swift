internal import Assets
internal import EvidenceModel
internal import GRDB
internal import GRDBSQLite

/// What a store looks like that only the migrations made: the measure for a store on a disk.
struct StoreSchema: Sendable {
  static let current = Result { try StoreSchema() }

  /// Tables with rows of a partial.
  let partialTables: [String]
  /// Tables whose rows outlive the run that wrote them, and that no input gives again.
  static let lastingTables = ["altered_log", "coverage", "known_log"]
  /// The text of every table and index, in the order of their names.
  private let texts: [String]
  /// How to order the rows of a table so that they come in one way only.
  private let orders: [String: String]

  /// Indexes that come and go with a run's questions.
  static let passingIndexes = ["exception_by_owner", "exception_by_rule"]

  private init() throws {
    let (tables, texts, orders) = try DatabaseQueue().write { database in
      try Self.migrate(database, from: 0)
      let tables = try String.fetchAll(
        database,
        sql: """
          SELECT s.name FROM sqlite_schema AS s JOIN pragma_table_info(s.name) AS c
          WHERE s.type = 'table' AND c.name = 'partial_id' AND s.name <> 'source' ORDER BY s.name
          """)
      var orders: [String: String] = [:]
      for table in tables + ["partial"] + Self.lastingTables {
        orders[table] = try database.primaryKey(table).columns.joined(separator: ", ")
      }
      return (tables, try Self.texts(of: database), orders)
    }
    (partialTables, self.texts, self.orders) = (tables, texts, orders)
  }

  /// Brings a database from a schema's number to the present one.
  static func migrate(_ database: Database, from version: Int) throws {
    let migrations = AssetLibrary.embedded.paths(under: "Sources/EvidenceStore/Migrations/")
    for migration in migrations.dropFirst(version) {
      guard let sql = AssetLibrary.embedded.bytes(migration) else { continue }
      try database.execute(sql: String(decoding: sql, as: UTF8.self))
    }
  }

  private static func texts(of database: Database) throws -> [String] {
    try Row.fetchAll(
      database, sql: "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
    ).filter { !passingIndexes.contains($0["name"]) }.map { "\($0["name"] as String) \($0["sql"] as String? ?? "")" }
  }

  /// Whether the tables of a database are these.
  func isThat(of database: Database) throws -> Bool { try Self.texts(of: database) == texts }

  // MARK: Digests

  /// Writes the digests of a partial, whose rows have changed.
  func seal(partial id: Int64, in database: Database) throws {
    try database.execute(
      sql: "UPDATE partial SET rows_sha256 = ? WHERE id = ?",
      arguments: [try rowsDigest(ofPartial: id, in: database).description, id])
    try sealRow(ofPartial: id, in: database)
  }

  /// Writes the digest of a partial's own row.
  func sealRow(ofPartial id: Int64, in database: Database) throws {
    try database.execute(
      sql: "UPDATE partial SET row_sha256 = ? WHERE id = ?",
      arguments: [try rowDigest(ofPartial: id, in: database).description, id])
  }

  /// Writes the digest of a lasting table, whose rows have changed.
  func seal(table: String, in database: Database) throws {
    try database.execute(
      sql: "INSERT OR REPLACE INTO table_digest VALUES (?, ?)",
      arguments: [table, try digest(ofTable: table, in: database).description])
  }

  /// Whether a partial is what was written.
  func holds(partial id: Int64, in database: Database) throws -> Bool {
    guard
      let row = try Row.fetchOne(
        database, sql: "SELECT rows_sha256, row_sha256 FROM partial WHERE id = ?", arguments: [id])
    else { return false }
    return try row["row_sha256"] as String? == rowDigest(ofPartial: id, in: database).description
      && row["rows_sha256"] as String? == rowsDigest(ofPartial: id, in: database).description
  }

  /// Whether the rows of a lasting table are those that were written.
  func holds(table: String, in database: Database) throws -> Bool {
    let written = try String.fetchOne(
      database, sql: "SELECT sha256 FROM main.table_digest WHERE name = ?", arguments: [table])
    return try written == digest(ofTable: table, in: database).description
  }

  private func digest(ofTable table: String, in database: Database) throws -> Digest {
    var hasher = Hasher256()
    try Self.add("SELECT * FROM main.\(table) ORDER BY \(orders[table] ?? "1")", to: &hasher, database)
    return hasher.finish()
  }

  private func rowDigest(ofPartial id: Int64, in database: Database) throws -> Digest {
    var hasher = Hasher256()
    try Self.add("SELECT * FROM main.partial WHERE id = ?", id, to: &hasher, database)
    return hasher.finish()
  }

  private func rowsDigest(ofPartial id: Int64, in database: Database) throws -> Digest {
    var hasher = Hasher256()
    for table in partialTables {
      hasher.update(table)
      try Self.add(
        "SELECT * FROM main.\(table) WHERE partial_id = ? ORDER BY \(orders[table] ?? "1")", id, to: &hasher, database)
    }
    return hasher.finish()
  }

  /// Numbers of rows, which are others in another store, and the digest that is being taken.
  private static let leftOut = ["id", "partial_id", "row_sha256"]

  /// Each value with its type and length, so that no two tables of rows give the same bytes.
  private static func add(
    _ sql: String, _ argument: Int64? = nil, to hasher: inout Hasher256, _ database: Database
  ) throws {
    let handle = try database.cachedStatement(sql: sql).sqliteStatement
    sqlite3_reset(handle)
    defer { sqlite3_reset(handle) }
    if let argument { sqlite3_bind_int64(handle, 1, argument) }
    let columns = (0..<sqlite3_column_count(handle)).filter { column in
      !leftOut.contains(sqlite3_column_name(handle, column).map { String(cString: $0) } ?? "")
    }
    var row: [UInt8] = []
    while true {
      let status = sqlite3_step(handle)
      if status == SQLITE_DONE { return }
      guard status == SQLITE_ROW else {
        throw DatabaseError(
          resultCode: ResultCode(rawValue: status), message: String(cString: sqlite3_errmsg(database.sqliteConnection)))
      }
      row.removeAll(keepingCapacity: true)
      for column in columns {
        let type = sqlite3_column_type(handle, column)
        row.append(UInt8(truncatingIfNeeded: type))
        let blob = type == SQLITE_INTEGER ? nil : sqlite3_column_blob(handle, column)
        let number =
          type == SQLITE_INTEGER ? sqlite3_column_int64(handle, column) : Int64(sqlite3_column_bytes(handle, column))
        withUnsafeBytes(of: number.littleEndian) { row.append(contentsOf: $0) }
        if let blob { row.append(contentsOf: UnsafeRawBufferPointer(start: blob, count: Int(number))) }
      }
      row.withUnsafeBytes { hasher.update($0) }
    }
  }
}

extension Hasher256 {
  fileprivate mutating func update(_ text: String) { Array(text.utf8).withUnsafeBytes { update($0) } }
}
