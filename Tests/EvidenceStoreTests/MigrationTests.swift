import EvidenceModel
import EvidenceStore
import Foundation
import GRDB
import Replay
import TestSupport
import Testing

@Suite struct MigrationTests {
  @Test func aFreshStoreSaysWhoseItIs() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("s.sqlite")
      _ = try EvidenceStore(path: path)
      #expect(try value("PRAGMA application_id", in: path) == 0x544E_5245)
      #expect(try value("PRAGMA user_version", in: path) == EvidenceStore.schemaVersion)
      #expect(try value("PRAGMA journal_mode", in: path) == "wal")
    }
  }

  @Test func everyTableIsStrict() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("s.sqlite")
      _ = try EvidenceStore(path: path)
      let loose = try DatabaseQueue(path: path).read {
        try String.fetchAll(
          $0, sql: "SELECT name FROM pragma_table_list WHERE NOT strict AND type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
      }
      #expect(loose == [])
      #expect(try #require(try value("SELECT count(*) FROM pragma_table_list WHERE strict", in: path) as Int?) >= 18)
    }
  }

  @Test func aReopenedStoreKeepsWhatItHolds() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("s.sqlite")
      func scanned() throws -> [Int64] { try EvidenceStore(path: path).scan([DecisionLine()], plan()) }
      let partials = try scanned()
      let kept = try EvidenceStore(path: path).keptParts(named: "log", storedBytes: 0, format: native)
      #expect(kept.map(\.partial) == partials)
    }
  }

  @Test func anEmptyFileBecomesAStore() throws {
    try withTemporaryFolder { folder in
      let path = try folder.write("", to: "s.sqlite")
      _ = try EvidenceStore(path: path)
      #expect(try value("PRAGMA application_id", in: path) == 0x544E_5245)
    }
  }

  @Test func aFileThatIsNoDatabaseIsRefused() throws {
    try withTemporaryFolder { folder in
      let bytes = Array("Dear diary, this is no database at all.\n".utf8)
      let path = try folder.write(bytes, to: "diary.txt")
      #expect(throws: StoreError.self) { try EvidenceStore(path: path) }
      #expect(try folder.bytes(of: "diary.txt") == bytes)
    }
  }

  private func foreign(_ folder: TemporaryFolder) throws -> String {
    let path = folder.path("other.sqlite")
    try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE recipe (name TEXT)") }
    return path
  }

  @Test func anotherProgramsDatabaseIsRefused() throws {
    try withTemporaryFolder { folder in
      let path = try foreign(folder)
      let error = try #require(throws: StoreError.self) { try EvidenceStore(path: path) }
      guard case .notAStore(path) = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test func anotherProgramsDatabaseIsLeftAlone() throws {
    try withTemporaryFolder { folder in
      let path = try foreign(folder)
      let before = try folder.bytes(of: "other.sqlite")
      #expect(throws: StoreError.self) { try EvidenceStore(path: path) }
      let after = try folder.bytes(of: "other.sqlite")
      #expect(after == before)
    }
  }

  @Test func aNewerSchemaIsRefused() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("s.sqlite")
      _ = try EvidenceStore(path: path)
      let newer = EvidenceStore.schemaVersion + 1
      try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = \(newer)") }
      let error = try #require(throws: StoreError.self) { try EvidenceStore(path: path) }
      guard case .newerSchema(path, newer) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(try value("PRAGMA user_version", in: path) == newer)
    }
  }

  @Test func aFolderThatIsNotThereIsSaid() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("nowhere/s.sqlite")
      let error = try #require(throws: StoreError.self) { try EvidenceStore(path: path) }
      guard case .cannotOpen(path, _) = error else {
        Issue.record("\(error)")
        return
      }
    }
  }
}
