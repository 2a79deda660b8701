internal import Foundation
internal import GRDB
internal import Glibc

/// What became of a store that was damaged.
package struct StoreRepair: Sendable {
  /// Where it lies now.
  package var aside: String
  /// What showed the damage.
  package var reason: String
  /// Partials that were whole, by their digests, and those of which this was not so.
  package var kept, lost: Int
  /// Lasting tables whose rows could not be shown to be whole; the new store has nothing in their place.
  package var lostTables: [String]
}

extension EvidenceStore {
  /// Opens or makes a store. One that is damaged is set aside, and a new one takes over what of it is whole; what is not
  /// comes from the logs again.
  package static func open(_ path: String?) throws(StoreError) -> (store: EvidenceStore, repair: StoreRepair?) {
    guard let path else { return (try EvidenceStore(path: nil), nil) }
    let lock = try StoreLock(of: path)
    do throws(StoreError) {
      return (try EvidenceStore(path: path, lock: lock), nil)
    } catch .damaged(_, let reason) {
      let aside = try setAside(path)
      let store = try EvidenceStore(path: path, lock: lock)
      return (store, try store.takeOver(from: aside, reason: reason))
    }
  }

  /// Renames a store, so that nothing of it is lost for whoever wants to look.
  private static func setAside(_ path: String) throws(StoreError) -> String {
    // Through links, as SQLite does it for the files beside it.
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    var aside = target + ".damaged"
    var number = 2
    while access(aside, F_OK) == 0 {
      aside = "\(target).damaged-\(number)"
      number += 1
    }
    guard rename(target, aside) == 0 else {
      throw .cannotOpen(
        path: path, reason: "it is damaged and cannot be set aside: \(String(cString: strerror(errno)))")
    }
    // What was committed last may still be in the log of SQLite; its index is made anew.
    _ = rename(target + "-wal", aside + "-wal")
    _ = unlink(target + "-shm")
    return aside
  }

  private func takeOver(from aside: String, reason: String) throws(StoreError) -> StoreRepair {
    var repair = StoreRepair(aside: aside, reason: reason, kept: 0, lost: 0, lostTables: StoreSchema.lastingTables)
    do {
      try queue.writeWithoutTransaction { database in
        // What cannot even be attached has nothing to give.
        guard (try? database.execute(sql: "ATTACH DATABASE ? AS damaged", arguments: [aside])) != nil else { return }
        defer { try? database.execute(sql: "DETACH DATABASE damaged") }
        let schema = try StoreSchema.current.get()
        for id in Self.partials(ofDamaged: database) {
          if try Self.isCopied(database, { try schema.copy(partial: id, in: database) }) {
            repair.kept += 1
          } else {
            repair.lost += 1
          }
        }
        repair.lostTables = try StoreSchema.lastingTables.filter { table in
          try !Self.isCopied(database) { try schema.copy(table: table, in: database) }
        }
        for table in repair.lostTables { try schema.seal(table: table, in: database) }
      }
    } catch {
      throw failure(error)
    }
    return repair
  }

  /// As many as can be read.
  private static func partials(ofDamaged database: Database) -> [Int64] {
    var ids: [Int64] = []
    try? {
      let cursor = try Int64.fetchCursor(
        database, sql: "SELECT id FROM damaged.partial WHERE source_sha256 IS NOT NULL ORDER BY id")
      while let id = try cursor.next() { ids.append(id) }
    }()
    return ids
  }

  /// Copies something, and takes it back unless it is whole. What cannot be read is not whole; what cannot be written is
  /// an error.
  private static func isCopied(_ database: Database, _ copy: () throws -> Bool) throws -> Bool {
    var isWhole = false
    try database.inSavepoint {
      do {
        isWhole = try copy()
      } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL || error.resultCode == .SQLITE_IOERR {
        throw error
      } catch {
        isWhole = false
      }
      return isWhole ? .commit : .rollback
    }
    return isWhole
  }
}

extension StoreSchema {
  /// Copies a partial out of the attached store; false when it is not what was written.
  fileprivate func copy(partial id: Int64, in database: Database) throws -> Bool {
    try database.execute(sql: "INSERT INTO main.partial SELECT * FROM damaged.partial WHERE id = ?", arguments: [id])
    for table in partialTables {
      try database.execute(
        sql: "INSERT INTO main.\(table) SELECT * FROM damaged.\(table) WHERE partial_id = ?", arguments: [id])
    }
    return try holds(partial: id, in: database)
  }

  fileprivate func copy(table: String, in database: Database) throws -> Bool {
    try database.execute(sql: "INSERT INTO main.\(table) SELECT * FROM damaged.\(table)")
    try database.execute(
      sql: "INSERT OR REPLACE INTO main.table_digest SELECT * FROM damaged.table_digest WHERE name = ?",
      arguments: [table])
    return try holds(table: table, in: database)
  }
}
