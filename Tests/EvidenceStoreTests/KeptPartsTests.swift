import EvidenceModel
import EvidenceStore
import GRDB
import Intake
import Replay
import TestSupport
import Testing

/// Some megabytes of decisions, so that a log can have several parts.
private let large: [UInt8] = {
  let filler = String(repeating: "x", count: 600)
  var bytes: [UInt8] = []
  for number in 0..<5000 {
    let line = DecisionLine.with {
      $0.requestID = "r-\(number)"
      $0.served = number % 500 == 499 ? "other" : "small"
    }.json
    bytes += Array((line.dropLast() + ",\"note\":\"\(filler)\"}\n").utf8)
  }
  return bytes
}()

/// What a source of `large` must come to, however it is stored and cut.
private struct DecisionFigures: Equatable {
  var judged: Int
  var exceptions: Int
  var digest: Digest
  var storedBytes: Int
  var duplicates = 0

  init(judged: Int, exceptions: Int, bytes: [UInt8]) {
    self.judged = judged
    self.exceptions = exceptions
    digest = Digest(of: bytes)
    storedBytes = bytes.count
  }

  init(_ store: EvidenceStore, _ partials: [Int64]) throws {
    let evidence = try store.begin(["log": partials])
    let source = try #require(try evidence.sources().first)
    (judged, exceptions, digest, storedBytes) = (source.judged, source.exceptions, source.digest, source.storedBytes)
    duplicates = try evidence.duplicateRequestIDs()
  }
}

private func figures(of bytes: [UInt8]) -> DecisionFigures {
  DecisionFigures(judged: 5000, exceptions: 10, bytes: bytes)
}

@Suite struct KeptPartsTests {
  private func parts(_ store: EvidenceStore, named name: String = "log") throws -> [KeptPart] {
    try store.keptParts(named: name, storedBytes: -1, format: native)
  }

  // MARK: What is not finished

  @Test func whatAKilledScanLeftIsRemovedWhenAStoreIsOpened() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("store.sqlite")
      let finished = try EvidenceStore(path: path).scan([DecisionLine(), .with { $0.served = "other" }], plan())
      try DatabaseQueue(path: path).write { database in
        try database.execute(
          sql: """
            CREATE TEMP TABLE copy AS SELECT * FROM partial;
            UPDATE copy SET id = 77, source_sha256 = NULL;
            INSERT INTO partial SELECT * FROM copy;
            CREATE TEMP TABLE copied AS SELECT * FROM exception;
            UPDATE copied SET partial_id = 77;
            INSERT INTO exception SELECT * FROM copied;
            INSERT INTO request_digest (partial_id, bucket, digests) VALUES (77, 0, x'00');
            CREATE TEMP TABLE counted AS SELECT * FROM tally;
            UPDATE counted SET partial_id = 77;
            INSERT INTO tally SELECT * FROM counted;
            """)
      }
      #expect(try value("SELECT count(*) FROM partial", in: path) == 2)
      #expect(try value("SELECT count(*) FROM exception", in: path) == 2)
      let store = try EvidenceStore(path: path)
      #expect(try parts(store).map(\.partial) == finished)
      for table in ["exception", "request_digest", "tally"] {
        #expect(try value("SELECT count(*) FROM \(table) WHERE partial_id = 77", in: path) == 0)
      }
      #expect(try value("SELECT count(*) FROM exception", in: path) == 1)
    }
  }

  @Test func whatFailsLeavesFinishedPartsAndNoHalfRows() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("store.sqlite")
      do {
        let store = try EvidenceStore(path: path)
        try refuse("r-4499", in: path)
        #expect(throws: StoreError.self) { try store.scan(large, plan(), partSize: 1 << 20) }
        let parts = try parts(store)
        #expect(parts.count >= 2)
        #expect(parts.allSatisfy { !$0.isEnd && $0.digest == Digest(of: Array(large[..<$0.range.upperBound])) })
      }
      #expect(
        try value("SELECT count(*) FROM exception WHERE partial_id NOT IN (SELECT id FROM partial)", in: path) == 0)
      try DatabaseQueue(path: path).write { try $0.execute(sql: "DROP TRIGGER refuse") }
      let store = try EvidenceStore(path: path)
      #expect(try value("SELECT count(*) FROM partial WHERE source_sha256 IS NULL", in: path) == 0)
      let partials = try store.scan(large, plan(), partSize: 1 << 20)
      #expect(try DecisionFigures(store, partials) == figures(of: large))
    }
  }

  @Test func whatFailsInACompressedLogLeavesNothingOfIt() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("store.sqlite")
      let stored = try gzip(large)
      do {
        let store = try EvidenceStore(path: path)
        try refuse("r-4499", in: path)
        #expect(throws: StoreError.self) { try store.scan(stored, plan(), partSize: 1 << 20) }
        #expect(try parts(store).isEmpty)
      }
      try DatabaseQueue(path: path).write { try $0.execute(sql: "DROP TRIGGER refuse") }
      let store = try EvidenceStore(path: path)
      #expect(try value("SELECT count(*) FROM partial", in: path) == 0)
      #expect(try value("SELECT count(*) FROM exception", in: path) == 0)
      #expect(try DecisionFigures(store, try store.scan(stored, plan())) == figures(of: stored))
    }
  }

  @Test func aStoreCanBeUsedAgainAfterAFailure() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("store.sqlite")
      let store = try EvidenceStore(path: path)
      try refuse("r-4499", in: path)
      #expect(throws: StoreError.self) { try store.scan(large, plan(), partSize: 1 << 20) }
      let partials = try store.scan([DecisionLine()], plan())
      #expect(try store.begin(["small": partials]).sources().map(\.judged) == [1])
    }
  }

  /// Lets the store fail where this exception is written, as a full disk would.
  private func refuse(_ request: String, in path: String) throws {
    try DatabaseQueue(path: path).write { database in
      try database.execute(
        sql: """
          CREATE TRIGGER refuse BEFORE INSERT ON exception WHEN NEW.request_id = '\(request)'
          BEGIN SELECT RAISE(ABORT, 'no room'); END
          """)
    }
  }

  // MARK: Parts of a log

  @Test func partsOfALogOfLinesAreKnownByWhatPrecedesThem() throws {
    let store = try EvidenceStore(path: nil)
    let partials = try store.scan(large, plan(), partSize: 1 << 20)
    let parts = try parts(store)
    #expect(parts.map(\.partial) == partials)
    #expect(parts.count > 3)
    for (index, part) in parts.enumerated() {
      #expect(part.range.lowerBound == (index == 0 ? 0 : parts[index - 1].range.upperBound))
      #expect(part.storedBytes == part.range.upperBound)
      #expect(part.digest == Digest(of: Array(large[..<part.storedBytes])))
      #expect(part.isEnd == (index == parts.count - 1))
    }
    #expect(parts.reduce(0) { $0 + $1.lines } == 5000)
  }

  @Test func partsOfACompressedLogSettleTogetherWithTheDigestOfTheWholeFile() throws {
    let store = try EvidenceStore(path: nil)
    let stored = try gzip(large)
    let partials = try store.scan(stored, plan(), partSize: 1 << 20)
    let parts = try parts(store)
    #expect(parts.count > 1)
    #expect(parts.map(\.partial) == partials)
    #expect(parts.allSatisfy { $0.digest == Digest(of: stored) && $0.storedBytes == stored.count })
    #expect(parts.allSatisfy { $0.compression == .gzip })
    #expect(parts.map(\.isEnd) == Array(repeating: false, count: parts.count - 1) + [true])
    #expect(try DecisionFigures(store, partials) == figures(of: stored))
  }

  @Test func anUnterminatedLineIsAPartOfItsOwn() throws {
    let store = try EvidenceStore(path: nil)
    let first = Array((DecisionLine().json + "\n").utf8)
    let bytes = first + Array(DecisionLine.with { $0.requestID = "r-2" }.json.utf8)
    let partials = try store.scan(bytes, plan())
    let parts = try parts(store)
    #expect(parts.map(\.partial) == partials)
    #expect(parts.map(\.isUnterminated) == [false, true])
    #expect(parts.map(\.range) == [0..<first.count, first.count..<bytes.count])
    #expect(parts.map(\.digest) == [Digest(of: first), Digest(of: bytes)])
  }

  @Test func anEmptyLogHasAnEmptyPart() throws {
    let store = try EvidenceStore(path: nil)
    let partials = try store.scan([UInt8](), plan())
    let parts = try parts(store)
    #expect(parts.map(\.partial) == partials)
    #expect(parts.map(\.range) == [0..<0])
    #expect(parts.map(\.digest) == [Digest(of: "")])
    #expect(try store.begin(["log": partials]).sources().map(\.lines) == [0])
  }

  // MARK: Equal bytes

  @Test func equalBytesUnderTwoNamesShareTheirPartials() throws {
    let stored = try gzip(large)
    for bytes in [large, stored] {
      let store = try EvidenceStore(path: nil)
      let first = try store.scan(bytes, plan(), named: "a", partSize: 1 << 20)
      #expect(try store.scan(bytes, plan(), named: "b", partSize: 1 << 20) == first)
      #expect(try parts(store, named: "a").count == first.count)
      #expect(try parts(store, named: "b").isEmpty)
    }
  }

  @Test func equalBytesScannedAtOnceShareTheirPartials() throws {
    let stored = try gzip(large)
    for bytes in [large, stored] {
      let store = try EvidenceStore(path: nil)
      let scanned = try withTemporaryFolder { folder in
        let logs = try ["a", "b", "c"].map { name in
          LogToScan(name: name, task: ScanTask(path: try folder.write(bytes, to: name), format: native))
        }
        return try store.scan(logs, plan: plan(), threads: 3, partSize: 1 << 20)
      }
      #expect(scanned[0].partials == scanned[1].partials && scanned[1].partials == scanned[2].partials)
      let evidence = try store.begin(["a": scanned[0].partials, "b": scanned[1].partials])
      #expect(try evidence.sources().map(\.judged) == [5000, 5000])
      #expect(try evidence.duplicateRequestIDs() == 5000)
    }
  }

  @Test func aLogThatBeginsAsAnotherSharesItsFirstParts() throws {
    let store = try EvidenceStore(path: nil)
    let first = try store.scan(large, plan(), named: "a", partSize: 1 << 20)
    let grown = large + text([.with { $0.requestID = "later" }])
    let second = try store.scan(grown, plan(), named: "b", partSize: 1 << 20)
    #expect(Array(second.dropLast()) == Array(first.dropLast()))
    #expect(second.last != first.last)
    #expect(try store.begin(["b": second]).sources().map(\.judged) == [5001])
  }

  @Test(arguments: [false, true])
  func aLogThatIsCutElsewhereComesToTheSame(isCompressed: Bool) throws {
    // Where a log with very many names is cut depends on which thread met which of them.
    let bytes = isCompressed ? try gzip(large) : large
    let store = try EvidenceStore(path: nil)
    for partSize in [1 << 20, 5 << 19, ScanCrew.partSize, 7 << 18] {
      let partials = try store.scan(bytes, plan(), partSize: partSize)
      #expect(try DecisionFigures(store, partials) == figures(of: bytes), "in parts of \(partSize) bytes")
    }
  }

  @Test func documentsThatAreCutElsewhereComeToTheSame() throws {
    let store = try EvidenceStore(path: nil)
    let format = DetectedFormat(format: .native, isLines: false)
    try withTemporaryFolder { folder in
      let task = ScanTask(path: try folder.write(large, to: "log"), format: format)
      for partSize in [1 << 20, 5 << 19, ScanCrew.partSize] {
        let scanned = try store.scan(
          [LogToScan(name: "log", task: task)], plan: plan(), threads: 2, partSize: partSize)
        #expect(try DecisionFigures(store, scanned[0].partials) == figures(of: large), "in parts of \(partSize) bytes")
      }
    }
  }

  @Test func anotherPlanKeepsPartialsOfItsOwn() throws {
    let store = try EvidenceStore(path: nil)
    let first = try store.scan([DecisionLine()], plan())
    let second = try store.scan([DecisionLine()], plan(sampleSize: 6))
    #expect(first != second)
    #expect(try parts(store).map(\.partial) == first + second)
  }

  // MARK: What cannot be read

  @Test func aLogThatCannotBeOpenedIsUnreadableAndTheOthersAreKept() throws {
    let store = try EvidenceStore(path: nil)
    let scanned = try withTemporaryFolder { folder in
      try store.scan(
        [
          LogToScan(name: "gone", task: ScanTask(path: folder.path("gone"), format: native)),
          LogToScan(name: "a", task: ScanTask(path: try folder.write(text([DecisionLine()]), to: "a"), format: native)),
        ], plan: plan(), threads: 2)
    }
    #expect(scanned[0].partials.isEmpty)
    guard case .cannotOpen = scanned[0].unreadable else {
      Issue.record("a log that is not there was read")
      return
    }
    #expect(scanned[1].partials.count == 1)
    #expect(scanned[1].unreadable == nil)
  }

  @Test func aLogThatVanishedBeforeItCouldBeGoneOnWithIsUnreadable() throws {
    let store = try EvidenceStore(path: nil)
    let scanned = try withTemporaryFolder { folder in
      var task = ScanTask(path: folder.path("gone"), format: native)
      task.offset = 100
      return try store.scan([LogToScan(name: "gone", task: task)], plan: plan(), threads: 1)
    }
    #expect(scanned[0].partials.isEmpty)
    #expect(scanned[0].unreadable != nil)
  }

  @Test func aDamagedCompressedLogIsRememberedWithItsDamage() throws {
    let store = try EvidenceStore(path: nil)
    let stored = Array(try gzip(large).dropLast(9))
    let partials = try store.scan(stored, plan(), partSize: 1 << 20)
    #expect(try parts(store).map(\.partial) == partials)
    #expect(try store.begin(["log": partials]).sources().allSatisfy { $0.damage != nil })
    // The same bytes under another name are as damaged.
    let again = try store.scan(stored, plan(), named: "again", partSize: 1 << 20)
    #expect(again == partials)
    #expect(try store.begin(["again": again]).sources().allSatisfy { $0.damage != nil })
  }

  // MARK: What runs had

  @Test func aLogIsKnownByWhatRunsUsed() throws {
    let store = try EvidenceStore(path: nil)
    let bytes = text([DecisionLine()])
    let partials = try store.scan(bytes, plan(), named: "a")
    #expect(try store.knownLogs(named: "a").isEmpty)
    _ = try store.begin(["a": partials])
    #expect(try store.knownLogs(named: "a") == [KnownLog(storedBytes: bytes.count, digest: Digest(of: bytes))])
    #expect(try store.knownLogs(named: "b").isEmpty)
  }

  @Test func aLogOfSeveralPartsIsKnownAsAWhole() throws {
    let store = try EvidenceStore(path: nil)
    let bytes = large + Array(DecisionLine().json.utf8)
    let partials = try store.scan(bytes, plan(), partSize: 1 << 20)
    _ = try store.begin(["log": partials])
    #expect(try store.knownLogs(named: "log") == [KnownLog(storedBytes: bytes.count, digest: Digest(of: bytes))])
  }

  @Test func aLogIsKnownOnceForEachPeriod() throws {
    let store = try EvidenceStore(path: nil)
    let bytes = text([DecisionLine()])
    let grown = bytes + bytes
    _ = try store.begin(["a": try store.scan(bytes, plan(), named: "a")], period: "2026-07")
    _ = try store.begin(["a": try store.scan(grown, plan(), named: "a")], period: "2026-08")
    #expect(
      Set(try store.knownLogs(named: "a")) == [
        KnownLog(storedBytes: bytes.count, digest: Digest(of: bytes)),
        KnownLog(storedBytes: grown.count, digest: Digest(of: grown)),
      ])
  }

  @Test func whatIsKeptOfALogThatIsGoneIsNotKnown() throws {
    let store = try EvidenceStore(path: nil)
    let partials = try store.scan(text([DecisionLine()]), plan(), named: "a")
    _ = try store.begin(
      RunRecord(
        period: "2026-07", plan: plan().binding.digest,
        sources: [SourceRecord(name: "a", partials: partials, isPresent: false)], versions: [], changes: [],
        tenures: []))
    #expect(try store.knownLogs(named: "a").isEmpty)
  }

  @Test func aLogStaysKnownWhenALaterRunDoesNotFindIt() throws {
    let store = try EvidenceStore(path: nil)
    let long = try store.scan(large, plan(), named: "b", partSize: 1 << 20)
    let short = try store.scan(text([DecisionLine()]), plan(), named: "c")
    _ = try store.begin(["b": long, "c": short])
    let later = try store.begin(["c": short])
    #expect(try store.knownLogs(ofPeriod: "2026-07").map(\.name) == ["b", "c"])
    #expect(try store.knownLogs(ofPeriod: "2026-08").isEmpty)
    try later.dropUnusedPartials()
    #expect(try store.keptParts(named: "b").map(\.partial) == long)
    try store.forgetLog("b", ofPeriod: "2026-07")
    try later.dropUnusedPartials()
    #expect(try store.keptParts(named: "b").isEmpty)
  }

  @Test func requestsAreAmongThoseOfAnotherLogAsOftenAsTheyStandThere() throws {
    let store = try EvidenceStore(path: nil)
    func scan(_ ids: [String]) throws -> [Int64] {
      try store.scan(text(ids.map { id in .with { $0.requestID = id } }), plan(), named: ids.joined())
    }
    let some = try scan(["1", "2", "2"])
    #expect(try store.requests(of: some, areAmong: some))
    #expect(try store.requests(of: some, areAmong: try scan(["2", "3", "1", "2"])))
    #expect(try !store.requests(of: some, areAmong: try scan(["1", "2", "3"])))
    #expect(try !store.requests(of: [], areAmong: some))
  }

  @Test func anAlterationIsKeptOnceAndForGood() throws {
    let store = try EvidenceStore(path: nil)
    let before = KnownLog(storedBytes: 7, digest: Digest(of: "before"))
    let other = KnownLog(storedBytes: 7, digest: Digest(of: "other"))
    try store.keepAlteration(of: "b", before: before, storedBytes: 5)
    try store.keepAlteration(of: "b", before: before, storedBytes: 9)
    try store.keepAlteration(of: "b", before: other, storedBytes: 9)
    try store.keepAlteration(of: "a", before: before, storedBytes: 5)
    _ = try store.begin(["b": try store.scan([DecisionLine()], plan())]).keep([])
    let kept = try store.alterations()
    #expect(kept.map(\.name) == ["a", "b", "b"])
    #expect(kept.map(\.before) == [before, before, other])
    #expect(kept.map(\.storedBytes) == [5, 5, 9])
  }
}
