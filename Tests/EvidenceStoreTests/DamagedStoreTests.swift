import EvidenceModel
import EvidenceStore
import Foundation
import GRDB
import Replay
import TestSupport
import Testing

/// Stores whose bytes are no longer those that were written.
@Suite struct DamagedStoreTests {
  /// Exceptions, rejects, duplicates and several days, so that most tables have rows.
  private static let first =
    text(
      (0..<300).map { number in
        .with {
          $0.requestID = "a-\(number % 290)"
          $0.ts = "2026-07-\(String(format: "%02d", number % 28 + 1))T08:00:00Z"
          $0.served = number % 9 == 0 ? "other" : "small"
        }
      }) + Array("no decision\n".utf8)
  private static let second = text((0..<40).map { number in .with { $0.requestID = "b-\(number)" } })

  /// A finished store of two logs, closed.
  private func store(in folder: TemporaryFolder) throws -> String {
    let path = folder.path("s.sqlite")
    let store = try EvidenceStore(path: path)
    _ = try evidence(of: store)
    try store.keepAlteration(of: "first", before: KnownLog(storedBytes: 1, digest: Digest(of: "x")), storedBytes: 2)
    try store.keep([ControlRecord(framework: "f", control: "c", state: .evidenced)], of: july)
    return path
  }

  /// What a store says of the two logs, after scanning what it no longer has.
  private func evidence(of store: EvidenceStore) throws -> RunEvidence.CanonicalDigests {
    func partials(_ name: String, _ bytes: [UInt8]) throws -> [Int64] {
      let kept = try store.keptParts(named: name, storedBytes: bytes.count, format: native).map(\.partial)
      return try kept.isEmpty ? store.scan(bytes, plan(), named: name) : kept
    }
    return try store.begin([
      "first": try partials("first", Self.first), "second": try partials("second", Self.second),
    ]).canonicalDigests(sampleSize: 5)
  }

  private func isLike(_ left: RunEvidence.CanonicalDigests, _ right: RunEvidence.CanonicalDigests) -> Bool {
    left.tally == right.tally && left.exceptions == right.exceptions && left.sample == right.sample
  }

  private func change(_ path: String, _ sql: String) throws {
    try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: sql) }
  }

  private func flip(_ path: String, at offset: Int) throws {
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    defer { try? file.close() }
    try file.seek(toOffset: UInt64(offset))
    let byte = try #require(try file.read(upToCount: 1)?.first)
    try file.seek(toOffset: UInt64(offset))
    try file.write(contentsOf: Data([byte ^ 0x10]))
  }

  // MARK: Bytes

  @Test func aFlippedByteInAnyPageNeverGivesOtherEvidence() throws {
    let expected = try evidence(of: EvidenceStore(path: nil))
    try withTemporaryFolder { folder in
      let whole = try store(in: folder)
      let bytes = try folder.bytes(of: "s.sqlite")
      var (found, refused) = (0, 0)
      var random = SplitMix(state: 8)
      for page in 0..<(bytes.count / 4096) {
        // Of every page its header, where a flip is worst, and another byte.
        for offset in [Int(random.next() % 8), Int(random.next() % 4096)] {
          let path = try folder.write(bytes, to: "flipped-\(page)-\(offset).sqlite")
          try flip(path, at: page * 4096 + offset)
          do {
            let (store, repair) = try EvidenceStore.open(path)
            #expect(isLike(try evidence(of: store), expected), "page \(page), byte \(offset)")
            if let repair {
              found += 1
              #expect(try Data(contentsOf: URL(fileURLWithPath: repair.aside)).count == bytes.count)
            }
          } catch let error as StoreError {
            // Only what says whose file it is cannot be told from another program's file.
            #expect(page == 0, "page \(page), byte \(offset): \(error)")
            refused += 1
          }
        }
      }
      #expect(found > bytes.count / 4096 / 2)
      #expect(refused < 3)
      _ = whole
    }
  }

  @Test func aStoreThatWasCutShortIsMadeAnew() throws {
    let expected = try evidence(of: EvidenceStore(path: nil))
    try withTemporaryFolder { folder in
      let bytes = try { () throws -> [UInt8] in
        _ = try store(in: folder)
        return try folder.bytes(of: "s.sqlite")
      }()
      for size in [72, 100, 4096, 5000, bytes.count / 2, bytes.count - 1] {
        let path = try folder.write(Array(bytes[..<size]), to: "cut-\(size).sqlite")
        let (store, repair) = try EvidenceStore.open(path)
        #expect(repair != nil, "\(size)")
        #expect(isLike(try evidence(of: store), expected))
      }
    }
  }

  // MARK: Values that SQLite takes as they are

  @Test(arguments: [
    "UPDATE tally SET n = n + 1", "UPDATE exception SET canonical = x'00'", "UPDATE exception SET request_id = 'r'",
    "DELETE FROM exception WHERE byte_offset = (SELECT max(byte_offset) FROM exception)",
    "UPDATE reject SET reason = 'too-long'", "UPDATE sample SET owner = 'dana'", "UPDATE hour SET judged = judged + 1",
    "UPDATE seen SET unlisted = 1", "UPDATE traffic SET jurisdiction = 'eu'", "UPDATE link SET n = n + 1",
    "UPDATE request_digest SET digests = substr(digests, 9)", "UPDATE field_count SET empty = empty + 1",
    "UPDATE partial SET exceptions = exceptions - 1", "UPDATE partial SET source_bytes = 1",
    "UPDATE partial SET damage = 'x'", "UPDATE partial SET rows_sha256 = NULL", "UPDATE partial SET row_sha256 = NULL",
    "UPDATE known_log SET sha256 = upper(sha256)", "UPDATE altered_log SET after_bytes = 9", "DELETE FROM altered_log",
    "UPDATE coverage SET state = 'partial'", "DELETE FROM table_digest WHERE name = 'coverage'",
    "ALTER TABLE tally RENAME COLUMN n TO m", "DROP INDEX partial_by_name", "PRAGMA user_version = 0",
    "PRAGMA user_version = 1",
  ])
  func aChangedValueIsFound(sql: String) throws {
    let expected = try evidence(of: EvidenceStore(path: nil))
    try withTemporaryFolder { folder in
      let path = try store(in: folder)
      try change(path, sql)
      let error = try #require(throws: StoreError.self) { try EvidenceStore(path: path) }
      guard case .damaged(path, _) = error else {
        Issue.record("\(error)")
        return
      }
      let (store, repair) = try EvidenceStore.open(path)
      #expect(repair?.aside == path + ".damaged")
      #expect(isLike(try evidence(of: store), expected))
    }
  }

  @Test func everyTableOfAPartialIsUnderItsDigest() throws {
    try withTemporaryFolder { folder in
      let path = try store(in: folder)
      let tables = try DatabaseQueue(path: path).read { database in
        try String.fetchAll(
          database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%partial_id%'")
      }.filter { $0 != "source" }
      #expect(tables.count >= 16)
      let bytes = try folder.bytes(of: "s.sqlite")
      for table in tables {
        let path = try folder.write(bytes, to: table + ".sqlite")
        try change(path, "DELETE FROM \(table)")
        let changes = try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") }
        #expect(changes == 0)
        // Tables without rows here have nothing to lose.
        let had: Int? = try value("SELECT count(*) FROM \(table)", in: folder.path("s.sqlite"))
        if had == 0 { continue }
        #expect(throws: StoreError.self, "\(table)") { try EvidenceStore(path: path) }
      }
    }
  }

  // MARK: What is taken over

  @Test func whatIsWholeIsTakenOver() throws {
    try withTemporaryFolder { folder in
      let path = try store(in: folder)
      try change(path, "UPDATE tally SET n = n + 1 WHERE partial_id = (SELECT id FROM partial WHERE name = 'first')")
      let (store, repair) = try EvidenceStore.open(path)
      #expect(repair?.kept == 1 && repair?.lost == 1 && repair?.lostTables == [])
      #expect(repair?.reason == "what it keeps of first is not what was written")
      #expect(try store.keptParts(named: "second", storedBytes: 0, format: native).count == 1)
      #expect(try store.keptParts(named: "first", storedBytes: 0, format: native).isEmpty)
      #expect(try store.knownLogs(named: "first").count == 1)
      #expect(try store.alterations().map(\.name) == ["first"])
      #expect(try store.coverage(endingBy: nil, limit: 8).count == 1)
    }
  }

  @Test func historyThatIsNotWholeIsNotTakenOver() throws {
    try withTemporaryFolder { folder in
      let path = try store(in: folder)
      try change(path, "UPDATE known_log SET bytes = 7")
      let (store, repair) = try EvidenceStore.open(path)
      #expect(repair?.kept == 2 && repair?.lost == 0)
      #expect(repair?.lostTables == ["known_log"])
      #expect(try store.knownLogs(named: "first").isEmpty)
      #expect(try store.alterations().count == 1)
    }
  }

  @Test func theNewStoreIsSound() throws {
    try withTemporaryFolder { folder in
      let path = try store(in: folder)
      try change(path, "UPDATE coverage SET state = 'partial'")
      _ = try EvidenceStore.open(path)
      #expect(try EvidenceStore.open(path).repair == nil)
      #expect(try value("PRAGMA integrity_check", in: path) == "ok")
    }
  }

  @Test func aSecondDamagedStoreDoesNotReplaceTheFirst() throws {
    try withTemporaryFolder { folder in
      let path = try store(in: folder)
      var asides: [String?] = []
      for _ in 0..<3 {
        try change(path, "DELETE FROM table_digest")
        asides.append(try EvidenceStore.open(path).repair?.aside)
      }
      #expect(asides == [path + ".damaged", path + ".damaged-2", path + ".damaged-3"])
    }
  }

  // MARK: What lies beside it

  @Test func commitsThatAreInTheWriteAheadLogOnlyAreNotLostWithTheDamage() throws {
    try withTemporaryFolder { folder in
      let path = try store(in: folder)
      // As a killed run leaves it: what it committed stands in the log of SQLite.
      let copy = folder.path("killed.sqlite")
      try DatabaseQueue(path: path).writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA wal_autocheckpoint = 0; UPDATE coverage SET state = 'partial'")
        for suffix in ["", "-wal"] { try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix) }
      }
      let error = try #require(throws: StoreError.self) { try EvidenceStore(path: copy) }
      guard case .damaged = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test func aWriteAheadLogOfAnotherStoreIsPassedOver() throws {
    let expected = try evidence(of: EvidenceStore(path: nil))
    try withTemporaryFolder { folder in
      let path = try store(in: folder)
      try folder.write([UInt8](repeating: 7, count: 40_000), to: "s.sqlite-wal")
      try folder.write([UInt8](repeating: 7, count: 32_768), to: "s.sqlite-shm")
      #expect(isLike(try evidence(of: EvidenceStore.open(path).store), expected))
    }
  }

  @Test func aStoreOfTheFirstSchemaIsTakenOnAndHeldToWhatItHolds() throws {
    try withTemporaryFolder { folder in
      let path = try store(in: folder)
      try change(
        path,
        """
        ALTER TABLE partial DROP COLUMN row_sha256; ALTER TABLE partial DROP COLUMN rows_sha256;
        DROP TABLE table_digest; PRAGMA user_version = 1
        """)
      #expect(try EvidenceStore.open(path).repair == nil)
      #expect(try value("PRAGMA user_version", in: path) == 2)
      #expect(try value("SELECT count(*) FROM partial WHERE row_sha256 IS NULL", in: path) == 0)
      try change(path, "UPDATE tally SET n = n + 1")
      #expect(throws: StoreError.self) { try EvidenceStore(path: path) }
    }
  }

  @Test func aLockOfAnotherProgramIsWaitedForAndThenSaid() throws {
    try withTemporaryFolder { folder in
      let path = try store(in: folder)
      let error = try DatabaseQueue(path: path).writeWithoutTransaction { database in
        try database.execute(sql: "BEGIN EXCLUSIVE")
        defer { try? database.execute(sql: "ROLLBACK") }
        return try #require(throws: StoreError.self) { try EvidenceStore(path: path) }
      }
      guard case .busy(path) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(try EvidenceStore.open(path).repair == nil)
    }
  }
}

/// The same numbers in every test run.
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
