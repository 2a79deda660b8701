internal import Foundation
internal import GRDB
internal import GRDBSQLite
internal import Glibc

/// What a store on a disk is like, looked at without changing a byte of it or of the files beside it.
package enum StoreHealth: Sendable {
  /// The first run makes it.
  case absent
  /// Everything in it is what was written.
  case sound(schema: Int, partials: Int, bytes: Int)
  /// Whole, and of an earlier schema; the next run brings it to the present one, and only then are there digests to hold it to.
  case older(schema: Int)
  /// A run has it open, or was killed while it wrote: what is newest stands in a journal beside it, and to read that is to
  /// change it.
  case unfinished(holder: String?)
  case unusable(StoreError)

  package static var libraryVersion: String { String(cString: sqlite3_libversion()) }

  package static func look(at path: String) -> StoreHealth {
    guard FileManager.default.fileExists(atPath: path) else { return .absent }
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    var status = stat()
    guard stat(target, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return .unusable(.cannotOpen(path: path, reason: "it is no regular file"))
    }
    let holder = StoreLock.holder(of: target)
    guard holder == nil, size(of: target + "-wal") == 0, size(of: target + "-journal") == 0 else {
      return .unfinished(holder: holder)
    }
    let before = changed(target)
    let found: StoreHealth
    do {
      found = try read(target, named: path)
    } catch {
      found = .unusable(EvidenceStore.openingFailure(error, path: path))
    }
    // Read without a lock: where a run began meanwhile, what was read says nothing.
    guard changed(target) == before, size(of: target + "-wal") == 0 else {
      return .unfinished(holder: StoreLock.holder(of: target))
    }
    return found
  }

  private static func changed(_ path: String) -> [Int] {
    var status = stat()
    guard stat(path, &status) == 0 else { return [] }
    return [Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec), Int(status.st_size), Int(status.st_ino)]
  }

  private static func read(_ target: String, named path: String) throws -> StoreHealth {
    var configuration = Configuration()
    configuration.readonly = true
    // Immutable: SQLite takes no lock and lays no file beside it. Where it was built without URIs it may do both.
    let isURI = sqlite3_compileoption_used("USE_URI") != 0
    let file = isURI ? URL(fileURLWithPath: target).absoluteString + "?immutable=1" : target
    return try DatabaseQueue(path: file, configuration: configuration).read { database in
      let version = try EvidenceStore.schema(of: database, path: path)
      guard version > 0 else { return .absent }
      try EvidenceStore.checkStructure(database, path: path)
      guard version == EvidenceStore.schemaVersion else { return .older(schema: version) }
      try EvidenceStore.checkContents(database, path: path)
      let partials = try Int.fetchOne(database, sql: "SELECT count(*) FROM partial") ?? 0
      return .sound(schema: version, partials: partials, bytes: size(of: target))
    }
  }

  private static func size(of path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }
}
