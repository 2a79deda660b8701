internal import Assets
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
  case failed(reason: String)
}

/// The SQLite file that keeps what scans came to, so that no byte is scanned twice. Only this room knows SQL.
///
/// Tables and columns are described in `docs/store.md`.
package final class EvidenceStore: Sendable {
  /// "TNRE": tells SQLite's `file` magic whose database this is.
  private static let applicationID: Int32 = 0x544E_5245
  package static let schemaVersion = 1

  let queue: DatabaseQueue
  package let path: String
  private let lock: StoreLock?

  /// Opens or makes a store; `nil` keeps it in memory. Whoever has a store open is its only user.
  package init(path: String?) throws(StoreError) {
    self.path = path ?? ":memory:"
    lock = try path.map { path throws(StoreError) in try StoreLock(of: path) }
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    // A scan is one transaction a part, written by many calls.
    configuration.allowsUnsafeTransactions = true
    configuration.prepareDatabase { database in
      // 24 MB of pages: with fewer, a scan's index pages go to the disk and back all the time.
      try database.execute(
        sql: """
          PRAGMA synchronous = NORMAL; PRAGMA temp_store = FILE; PRAGMA secure_delete = OFF;
          PRAGMA cache_size = -24000
          """)
    }
    do {
      if let path {
        // Names of people and request ids are in it: a new one is for its owner alone, and so what SQLite lays beside it.
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        if descriptor >= 0 { close(descriptor) }
        queue = try DatabaseQueue(path: path, configuration: configuration)
      } else {
        queue = try DatabaseQueue(configuration: configuration)
      }
    } catch {
      throw .cannotOpen(path: self.path, reason: Self.words(error))
    }
    do {
      _ = try queue.read(refuseForeign)
      // Only now is it known to be ours, or nobody's: what is refused is left as it was.
      if path != nil { try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") } }
      try migrate()
      try queue.write { database in try database.execute(sql: "DELETE FROM partial WHERE source_sha256 IS NULL") }
    } catch let error as StoreError {
      throw error
    } catch {
      throw .cannotOpen(path: self.path, reason: Self.words(error))
    }
  }

  private static func words(_ error: any Error) -> String {
    (error as? DatabaseError)?.message ?? "\(error)"
  }

  /// The schema's version, unless the file is somebody else's or of a later program.
  private func refuseForeign(_ database: Database) throws -> Int {
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    let application = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
    if application != Self.applicationID, tables > 0 { throw StoreError.notAStore(path: path) }
    if version > Self.schemaVersion { throw StoreError.newerSchema(path: path, version: version) }
    return version
  }

  private func migrate() throws {
    try queue.write { database in
      let version = try refuseForeign(database)
      let migrations = AssetLibrary.embedded.paths(under: "Sources/EvidenceStore/Migrations/")
      for (index, migration) in migrations.enumerated() where index >= version {
        guard let sql = AssetLibrary.embedded.bytes(migration) else { continue }
        try database.execute(sql: String(decoding: sql, as: UTF8.self))
      }
      try database.execute(
        sql: "PRAGMA application_id = \(Self.applicationID); PRAGMA user_version = \(Self.schemaVersion)")
    }
  }

  /// Runs a query or a change, turning SQLite's trouble into ours.
  func perform<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do {
      return try queue.write(body)
    } catch {
      throw Self.failure(error)
    }
  }

  static func failure(_ error: any Error) -> StoreError {
    error as? StoreError ?? .failed(reason: words(error))
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
