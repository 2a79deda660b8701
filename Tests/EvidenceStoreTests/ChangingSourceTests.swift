import EvidenceModel
import EvidenceStore
import Foundation
import Intake
import Replay
import TestSupport
import Testing

/// Logs that something writes to while they are read.
@Suite struct ChangingSourceTests {
  /// Some megabytes, so that most of a log is still unread when its first chunk was judged.
  private static let log: [UInt8] = {
    let note = String(repeating: "n", count: 1000)
    return Array(
      (0..<6000).map { number in
        String(DecisionLine.with { $0.requestID = "r-\(number)" }.json.dropLast()) + ",\"note\":\"\(note)\"}\n"
      }.joined().utf8)
  }()

  private static let plan = ReplayPlan(records([version("v1", from: "2026-01-01", [.allow("r")])]), settings: .test())

  /// Hands what a scan finds on, and does something as soon as the first of it comes.
  private final class Interrupting: ScanSink, @unchecked Sendable {
    // The scan has one thread.
    private let action: () throws -> Void
    private var isDone = false
    private(set) var outcome: LogOutcome?
    private(set) var judged = 0

    init(_ action: @escaping () throws -> Void) { self.action = action }

    func receive(_ findings: ChunkFindings, from part: ScannedPart) throws {
      if !isDone { try action() }
      isDone = true
    }
    func receive(requestDigests: [UInt64], bucket: Int, from part: ScannedPart) {}
    func finish(_ part: ScannedPart, _ outcome: PartOutcome) { judged += outcome.partial.counts.judged }
    func finish(task: Int, _ outcome: LogOutcome) { self.outcome = outcome }
  }

  private func scan(
    _ folder: TemporaryFolder, while action: @escaping (String) throws -> Void
  ) throws -> (outcome: LogOutcome, judged: Int) {
    let path = try folder.write(Self.log, to: "log")
    var task = ScanTask(path: path, format: DetectedFormat(format: .native, isLines: true))
    task.identity = FileIdentity(path: path)
    let sink = Interrupting { try action(path) }
    try ScanCrew.scan([task], plan: Self.plan, threads: 1, sink: sink)
    return (try #require(sink.outcome), sink.judged)
  }

  private func isChanged(_ outcome: LogOutcome) -> Bool { outcome.damage?.isChange ?? false }

  private func file(_ path: String) throws -> FileHandle { try FileHandle(forUpdating: URL(fileURLWithPath: path)) }

  @Test func nothingIsSaidOfALogThatStaysAsItIs() throws {
    try withTemporaryFolder { folder in
      let (outcome, judged) = try scan(folder) { _ in }
      #expect(outcome.damage == nil)
      #expect(judged == 6000)
    }
  }

  @Test func aLogThatGrowsIsNotChanged() throws {
    try withTemporaryFolder { folder in
      let (outcome, judged) = try scan(folder) { path in
        let file = try file(path)
        try file.seekToEnd()
        try file.write(contentsOf: Data((DecisionLine().json + "\n").utf8))
        try file.close()
      }
      #expect(outcome.damage == nil)
      #expect(judged == 6001)
    }
  }

  @Test func aLogOfWhichAByteIsOverwrittenIsChanged() throws {
    try withTemporaryFolder { folder in
      let (outcome, _) = try scan(folder) { path in
        let file = try file(path)
        try file.seek(toOffset: 20)
        try file.write(contentsOf: Data([0x31]))
        try file.close()
      }
      #expect(isChanged(outcome))
    }
  }

  @Test func aLogThatIsWrittenWithTheSameBytesIsNotChanged() throws {
    try withTemporaryFolder { folder in
      let (outcome, _) = try scan(folder) { path in
        let file = try file(path)
        try file.write(contentsOf: Data(Self.log.prefix(100)))
        try file.close()
      }
      #expect(outcome.damage == nil)
    }
  }

  /// What was cut off was not read, so the log is the shorter one.
  @Test func aLogThatIsCutBehindWhatWasReadIsTheShorterOne() throws {
    try withTemporaryFolder { folder in
      let (outcome, judged) = try scan(folder) { path in
        let file = try file(path)
        try file.truncate(atOffset: 5_000_000)
        try file.close()
      }
      #expect(outcome.damage == nil)
      #expect(outcome.storedBytes == 5_000_000)
      #expect(judged < 6000)
    }
  }

  @Test(arguments: [0, 100]) func aLogThatIsCutIsChanged(size: Int) throws {
    try withTemporaryFolder { folder in
      let (outcome, _) = try scan(folder) { path in
        let file = try file(path)
        try file.truncate(atOffset: UInt64(size))
        try file.close()
      }
      #expect(isChanged(outcome))
    }
  }

  @Test func aLogThatIsMovedAwayIsReadToItsEnd() throws {
    try withTemporaryFolder { folder in
      let (outcome, judged) = try scan(folder) { path in
        try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
        try Data("another\n".utf8).write(to: URL(fileURLWithPath: path))
      }
      #expect(outcome.damage == nil)
      #expect(judged == 6000)
    }
  }

  @Test func anotherFileThanTheOneThatWasLookedAtIsAChange() throws {
    try withTemporaryFolder { folder in
      let path = try folder.write(Self.log, to: "log")
      var task = ScanTask(path: path, format: DetectedFormat(format: .native, isLines: true))
      task.identity = FileIdentity(path: path)
      try folder.write(Self.log, to: "other")
      #expect(rename(folder.path("other"), path) == 0)
      let sink = Interrupting {}
      try ScanCrew.scan([task], plan: Self.plan, threads: 2, sink: sink)
      #expect(isChanged(try #require(sink.outcome)))
    }
  }

  @Test func aCompressedLogThatIsOverwrittenIsChanged() throws {
    try withTemporaryFolder { folder in
      let bytes = try gzip(Self.log)
      let path = try folder.write(bytes, to: "log.gz")
      var task = ScanTask(path: path, format: DetectedFormat(format: .native, isLines: true))
      task.identity = FileIdentity(path: path)
      let sink = Interrupting {
        let file = try self.file(path)
        try file.seek(toOffset: 4)
        try file.write(contentsOf: Data([9]))
        try file.close()
      }
      try ScanCrew.scan([task], plan: Self.plan, threads: 1, sink: sink)
      #expect(isChanged(try #require(sink.outcome)))
    }
  }

  @Test func ofALogThatChangedNothingIsKept() throws {
    try withTemporaryFolder { folder in
      let path = try folder.write(Self.log, to: "log")
      var task = ScanTask(path: path, format: DetectedFormat(format: .native, isLines: true))
      task.identity = FileIdentity(path: path)
      try folder.write(Self.log, to: "other")
      #expect(rename(folder.path("other"), path) == 0)
      let store = try EvidenceStore(path: nil)
      // Parts of a megabyte: some are settled before the change is noticed.
      let scanned = try store.scan(
        [LogToScan(name: "log", task: task)], plan: Self.plan, threads: 1, partSize: 1 << 20)
      #expect(scanned[0].unreadable?.isChange == true)
      #expect(scanned[0].partials.isEmpty)
    }
  }

  @Test func aSplitOfALogThatChangedIsNotWritten() throws {
    try withTemporaryFolder { folder in
      let path = try folder.write(Self.log, to: "log")
      let split = LogSplit(
        name: "log", path: path, format: DetectedFormat(format: .native, isLines: true), start: 1000, end: nil)
      let out = folder.path("a.partial")
      let once = Once {
        let file = try self.file(path)
        try file.seek(toOffset: 2000)
        try file.write(contentsOf: Data([0x31]))
        try file.close()
      }
      #expect(throws: SourceError.self) {
        try split.scan(into: out, plan: Self.plan, threads: 1) { _ in once.act() }
      }
      #expect(!FileManager.default.fileExists(atPath: out))
      // Unchanged since, it is.
      #expect(try split.scan(into: out, plan: Self.plan, threads: 1).damage == nil)
    }
  }

  private final class Once: @unchecked Sendable {
    // The scan has one thread.
    private var action: (() throws -> Void)?
    init(_ action: @escaping () throws -> Void) { self.action = action }

    func act() {
      do { try action?() } catch { Issue.record("\(error)") }
      action = nil
    }
  }
}
