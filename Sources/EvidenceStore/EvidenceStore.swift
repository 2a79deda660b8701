package import EvidenceModel
internal import GRDB
internal import Glibc
internal import Intake
internal import Replay

/// What goes wrong with a store.
package enum StoreError: Error, Sendable {
  case cannotOpen(path: String, reason: String)
  case notAStore(path: String)
  case newerSchema(path: String, version: Int)
  /// Another run is using the store; `holder` is what it says of itself.
  case held(path: String, holder: String)
  /// A program that is no run holds SQLite's lock on it.
  case busy(path: String)
  /// It is a store, but not as it was written.
  case damaged(path: String, reason: String)
  case failed(reason: String)
}

/// The SQLite file that keeps what scans came to, so that no byte is scanned twice. Only this room knows SQL.
///
/// Tables and columns are described in `docs/store.md`.
package final class EvidenceStore: Sendable {
  /// "TNRE": tells SQLite's `file` magic whose database this is.
  private static let applicationID: Int32 = 0x544E_5245
  package static let schemaVersion = 2
  /// How long another program may hold SQLite's lock.
  package static let secondsOfPatience = 5

  let queue: DatabaseQueue
  package let path: String
  private let lock: StoreLock?

  /// Opens or makes a store; `nil` keeps it in memory. Whoever has a store open is its only user.
  package convenience init(path: String?) throws(StoreError) {
    try self.init(path: path, lock: try path.map { path throws(StoreError) in try StoreLock(of: path) })
  }

  init(path: String?, lock: StoreLock?) throws(StoreError) {
    self.path = path ?? ":memory:"
    self.lock = lock
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(Double(Self.secondsOfPatience))
    // A scan is one transaction a part, written by many calls.
    configuration.allowsUnsafeTransactions = true
    configuration.prepareDatabase { database in
      // 24 MB of pages: with fewer, a scan's index pages go to the disk and back all the time.
      try database.execute(
        sql: """
          PRAGMA synchronous = NORMAL; PRAGMA temp_store = FILE; PRAGMA secure_delete = OFF;
          PRAGMA cache_size = -24000; PRAGMA cell_size_check = ON
          """)
    }
    do {
      if let path {
        // Names of people and request ids are in it: a new one is for its owner alone, and so what SQLite lays beside it.
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        if descriptor >= 0 { close(descriptor) }
        queue = try DatabaseQueue(path: path, configuration: configuration)
      } else {
        queue = try DatabaseQueue(configuration: configuration)
      }
    } catch {
      throw Self.openingFailure(error, path: self.path)
    }
    do {
      let version = try queue.read { try Self.schema(of: $0, path: self.path) }
      // Only now is it known to be ours, or nobody's: what is refused is left as it was.
      if path != nil { try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") } }
      if version > 0 { try queue.read { try Self.checkStructure($0, path: self.path) } }
      try queue.write { database in
        try migrate(database)
        try Self.checkContents(database, path: self.path)
        try database.execute(sql: "DELETE FROM partial WHERE source_sha256 IS NULL")
      }
    } catch {
      throw Self.openingFailure(error, path: self.path)
    }
  }

  private static func words(_ error: any Error) -> String {
    (error as? DatabaseError)?.message ?? "\(error)"
  }

  static func openingFailure(_ error: any Error, path: String) -> StoreError {
    if let error = error as? StoreError { return error }
    switch (error as? DatabaseError)?.resultCode {
    case .SQLITE_BUSY: return .busy(path: path)
    // On a store of ours every statement can be prepared and every constraint holds.
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_CONSTRAINT:
      return isOurs(path) ? .damaged(path: path, reason: words(error)) : .cannotOpen(path: path, reason: words(error))
    default: return .cannotOpen(path: path, reason: words(error))
    }
  }

  /// Whether a file says in its header that it is a store, whatever else has become of it.
  private static func isOurs(_ path: String) -> Bool {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var number = UInt32(0)
    return pread(descriptor, &number, 4, 68) == 4 && UInt32(bigEndian: number) == UInt32(applicationID)
  }

  /// The schema's version, unless the file is somebody else's or of a later program.
  static func schema(of database: Database, path: String) throws -> Int {
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    let application = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
    if application != applicationID, tables > 0 { throw StoreError.notAStore(path: path) }
    if version > schemaVersion { throw StoreError.newerSchema(path: path, version: version) }
    if tables > 0, version < 1 { throw StoreError.damaged(path: path, reason: "its schema has no number") }
    return version
  }

  static func checkStructure(_ database: Database, path: String) throws {
    let answer = try String.fetchOne(database, sql: "PRAGMA integrity_check(1)")
    guard answer == "ok" else { throw StoreError.damaged(path: path, reason: answer ?? "it cannot be checked") }
  }

  private func migrate(_ database: Database) throws {
    let version = try Self.schema(of: database, path: path)
    guard version < Self.schemaVersion else { return }
    try StoreSchema.migrate(database, from: version)
    try database.execute(
      sql: "PRAGMA application_id = \(Self.applicationID); PRAGMA user_version = \(Self.schemaVersion)")
    // A store of the first schema kept no digests; what it holds today is what it is held to from now on.
    let schema = try StoreSchema.current.get()
    for id in try Int64.fetchAll(database, sql: "SELECT id FROM partial WHERE source_sha256 IS NOT NULL") {
      try schema.seal(partial: id, in: database)
    }
    for table in StoreSchema.lastingTables { try schema.seal(table: table, in: database) }
  }

  /// Whether everything that a pack may rest on is what was written.
  static func checkContents(_ database: Database, path: String) throws {
    let schema = try StoreSchema.current.get()
    guard try schema.isThat(of: database) else {
      throw StoreError.damaged(path: path, reason: "its tables are not those of a store")
    }
    let partials = try Row.fetchAll(database, sql: "SELECT id, name FROM partial WHERE source_sha256 IS NOT NULL")
    for partial in partials where try !schema.holds(partial: partial["id"], in: database) {
      throw StoreError.damaged(
        path: path, reason: "what it keeps of \(partial["name"] as String) is not what was written")
    }
    for table in StoreSchema.lastingTables where try !schema.holds(table: table, in: database) {
      throw StoreError.damaged(path: path, reason: "its table \(table) is not what was written")
    }
  }

  /// Runs a query or a change, turning SQLite's trouble into ours.
  func perform<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do {
      return try queue.write(body)
    } catch {
      throw failure(error)
    }
  }

  /// SQLite's trouble in our words.
  func failure(_ error: any Error) -> StoreError {
    if let error = error as? StoreError { return error }
    return switch (error as? DatabaseError)?.resultCode {
    case .SQLITE_BUSY: .busy(path: path)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged(path: path, reason: Self.words(error))
    default: .failed(reason: Self.words(error))
    }
  }

  /// U+0000 cannot stand in an SQLite text that functions read whole; it is shown as its picture.
  static func text(_ value: String) -> String {
    value.utf8.contains(0) ? String(value.unicodeScalars.map { $0.value == 0 ? "\u{2400}" : Character($0) }) : value
  }
}

/// One routing log of a run: its name there, and what its partials came to.
package struct ScannedSource: Sendable, Hashable {
  package var ordinal: Int
  package var name: String
  /// False where the log is gone, and what it came to was kept.
  package var isPresent: Bool
  package var format: String
  package var compression: String
  package var storedBytes: Int
  package var digest: Digest
  package var damage: String?
  package var lines, blank, malformed, outOfPeriod, judged: Int
  /// Records of the log that are no line: part of a decision elsewhere, or of another kind.
  package var folded, other: Int
  package var zoneAssumed: Int
  package var first, last: Instant?
  package var exceptions: Int
}
