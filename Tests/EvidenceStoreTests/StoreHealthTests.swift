import EvidenceStore
import Foundation
import GRDB
import TestSupport
import Testing

/// Stores as `tenure doctor` sees them.
@Suite struct StoreHealthTests {
  @Test func aStoreThatIsNotThereIsAbsentAndStaysSo() throws {
    try withTemporaryFolder { folder in
      guard case .absent = StoreHealth.look(at: folder.path("s.sqlite")) else { throw Unexpected() }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("")) == [])
    }
  }

  @Test func aWholeStoreSaysWhatItHolds() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("s.sqlite")
      _ = try EvidenceStore(path: path).scan([DecisionLine()], plan())
      guard case .sound(let schema, let partials, let bytes) = StoreHealth.look(at: path) else { throw Unexpected() }
      #expect(schema == EvidenceStore.schemaVersion && partials == 1 && bytes > 0)
    }
  }

  @Test func whoHasItOpenIsNamed() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("s.sqlite")
      let store = try EvidenceStore(path: path)
      guard case .unfinished(let holder?) = StoreHealth.look(at: path) else { throw Unexpected() }
      #expect(holder.hasPrefix("process \(ProcessInfo.processInfo.processIdentifier) of "))
      withExtendedLifetime(store) {}
    }
  }

  /// What a killed run leaves is settled by the next one, never by looking.
  @Test func aJournalThatLiesBesideItIsLeftAlone() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("s.sqlite")
      _ = try EvidenceStore(path: path)
      try folder.write("pages that nobody took over\n", to: "s.sqlite-wal")
      guard case .unfinished(holder: nil) = StoreHealth.look(at: path) else { throw Unexpected() }
      #expect(String(decoding: try folder.bytes(of: "s.sqlite-wal"), as: UTF8.self) == "pages that nobody took over\n")
    }
  }

  @Test func aStoreOfALaterProgramCannotBeUsed() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("s.sqlite")
      _ = try EvidenceStore(path: path)
      try DatabaseQueue(path: path).write { try $0.execute(sql: "PRAGMA user_version = 999") }
      guard case .unusable(.newerSchema(_, let version)) = StoreHealth.look(at: path) else { throw Unexpected() }
      #expect(version == 999)
    }
  }

  @Test func aDatabaseOfSomebodyElseCannotBeUsed() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("s.sqlite")
      try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE t (a)") }
      guard case .unusable(.notAStore) = StoreHealth.look(at: path) else { throw Unexpected() }
    }
  }

  private struct Unexpected: Error {}
}
