import EvidenceModel
import Foundation
import Intake
import Replay
import Synchronization
import TestSupport
import Testing

/// Keeps what a scan hands out, log by log.
private final class Recording: ScanSink {
  struct Log {
    var parts: [PartOutcome] = []
    var partNumbers: [Int] = []
    var exceptions: [JudgedDecision] = []
    var rejects: [Reject] = []
    var digests: [UInt64] = []
    var outcome: LogOutcome?
  }
  private let logs = Mutex<[Int: Log]>([:])

  subscript(task: Int) -> Log { logs.withLock { $0[task] ?? Log() } }
  var tasks: [Int] { logs.withLock { $0.keys.sorted() } }

  func receive(_ findings: ChunkFindings, from part: ScannedPart) {
    logs.withLock {
      $0[part.task, default: Log()].exceptions += findings.exceptions
      $0[part.task, default: Log()].rejects += findings.rejects
    }
  }
  func receive(requestDigests digests: [UInt64], bucket: Int, from part: ScannedPart) {
    #expect(digests.allSatisfy { Int($0 >> 56) == bucket })
    logs.withLock { $0[part.task, default: Log()].digests += digests }
  }
  func finish(_ part: ScannedPart, _ outcome: PartOutcome) {
    logs.withLock {
      $0[part.task, default: Log()].parts.append(outcome)
      $0[part.task, default: Log()].partNumbers.append(part.index)
    }
  }
  func finish(task: Int, _ outcome: LogOutcome) { logs.withLock { $0[task, default: Log()].outcome = outcome } }
}

/// All that scans came to, in a form that can be compared.
private struct Figures: Equatable {
  var counts = LineCounts()
  var fields: [FieldCounts.Counts] = []
  var tally: [TallyRow] = []
  var hours: [Int: [Int]] = [:]
  var seen: [SeenRow] = []
  var traffic: [TrafficRow] = []
  var routed: [RoutedRow] = []
  var tenures: [TenureRow] = []
  var redecided: [String: Int] = [:]
  var sample: [String] = []
  var attributeSample: [String] = []
  var boundaries: [String] = []
  var exceptions: [String] = []
  var rejects: [String] = []
  var digests: [UInt64] = []

  init(_ logs: [Recording.Log], _ plan: ReplayPlan) {
    var sum = PartialSum(plan.settings)
    for (number, log) in logs.enumerated() {
      for part in log.parts {
        var partial = part.partial
        for index in partial.sample.indices { partial.sample[index].source = "log \(number)" }
        for index in partial.attributeSample.indices { partial.attributeSample[index].source = "log \(number)" }
        for index in partial.boundaries.indices { partial.boundaries[index].row.source = "log \(number)" }
        sum.add(partial)
      }
      exceptions += log.exceptions.map { "\(number) \(Self.place($0)) \($0.lineDigest)" }
      rejects += log.rejects.map {
        "\(number) \($0.position.line) \($0.position.byteOffset) \($0.position.bytes) \($0.reason) \($0.lineDigest)"
      }
      digests += log.digests
    }
    digests.sort()
    let partial = sum.partial
    counts = partial.counts
    fields = RoutingField.allCases.map { partial.counts.fields[$0] }
    tally = partial.tally
    hours = partial.hours.mapValues { [$0.judged, $0.exceptions] }
    seen = partial.seen
    traffic = partial.traffic
    routed = partial.routed
    tenures = partial.tenures
    redecided = Dictionary(partial.redecidedVersions.map { ($0.key, $0.value) }, uniquingKeysWith: +)
    sample = partial.sample.map(Self.words)
    attributeSample = partial.attributeSample.map(Self.words)
    boundaries = partial.boundaries.map { "\($0.since) \(Self.words($0.row))" }
  }

  private static func words(_ row: SampleRow) -> String { "\(row.source) \(row.digest) \(place(row.decision))" }

  private static func place(_ decision: JudgedDecision) -> String {
    "\(decision.position.line) \(decision.position.byteOffset) \(decision.position.bytes) \(decision.requestID) "
      + "\(decision.rule) \(decision.decisionClass)"
  }
}

/// A log of some thousand records, a kilobyte each, whose exceptions and rejects are known by their place.
private struct KnownLog {
  var bytes: [UInt8] = []
  /// `line offset request-id`
  var exceptions: [String] = []
  var rejects: [String] = []

  /// As lines.
  init(records count: Int, isTerminated: Bool = true) {
    for number in 0..<count {
      let line = number + 1
      if number % 503 == 11 {
        rejects.append("\(line) \(bytes.count) notJSON")
        bytes += Array("{\"request_id\":\n".utf8)
        continue
      }
      if number % 701 == 5 {
        bytes += Array(" \r\n".utf8)
        continue
      }
      if Self.isDrifted(number) { exceptions.append("\(line) \(bytes.count) \(Self.id(number))") }
      bytes += Self.record(number)
      bytes.append(0x0A)
    }
    if !isTerminated { bytes.removeLast() }
  }

  /// As objects inside an array, over several lines.
  init(documents count: Int) {
    bytes = Array("[\n".utf8)
    var line = 2
    for number in 0..<count {
      if number > 0 {
        bytes += Array(",\n".utf8)
        line += 1
      }
      if Self.isDrifted(number) { exceptions.append("\(line) \(bytes.count) \(Self.id(number))") }
      bytes += Array("{\n".utf8)
      bytes += Self.record(number).dropFirst()
      line += 1
    }
    bytes += Array("\n]\n".utf8)
  }

  private static func id(_ number: Int) -> String { "r-\(number - (number % 97 == 3 ? 1 : 0))" }
  private static func hasFailed(_ number: Int) -> Bool { number % 13 == 1 }
  private static func isDrifted(_ number: Int) -> Bool {
    !hasFailed(number) && (number % 211 == 7 || number % 350 == 349)
  }
  private static let padding = Array(String(repeating: "x", count: 800).utf8)

  private static func record(_ number: Int) -> [UInt8] {
    let text =
      #"{"ts":"2026-0\#(7 + number % 3)-1\#(number % 10)T0\#(number / 3 % 10):00:00Z","request_id":"\#(id(number))","#
      + #""agent":"agent-\#(number % 5)","requested_model":"small","served_model":"#
      + (isDrifted(number) ? #""other""# : #""small""#)
      + (number % 2 == 0 ? #","data_class":"secret","deployment":"east""# : "")
      + #","tools":["t-\#(number % 3)"],"outcome":"\#(hasFailed(number) ? "error" : "success")","tokens_in":\#(number),"#
      + #""cost_usd":0.00\#(number % 10),"note":""#
    return Array(text.utf8) + padding + Array("\"}".utf8)
  }
}

private let world = records(
  [version("v1", from: "2026-01-01", [.allow("r")]), version("v2", from: "2026-08-15", [.allow("r"), .block("s")])],
  owners: [owns("gateway-team", "r", from: "2026-01-01"), owns("dana", "r", from: "2026-08-01", seq: 2)],
  deployments: [deployment("east", in: "us")])
private let plan = ReplayPlan(world, settings: .test())
private let lines = DetectedFormat(format: .native, isLines: true)
private let documents = DetectedFormat(format: .native, isLines: false)

/// Several megabytes, so that it has several chunks.
private let known = KnownLog(records: 5000)

/// Scans the files; a nil one is not there.
private func scan(
  _ files: [[UInt8]?], as format: DetectedFormat = lines, plan: ReplayPlan = plan, threads: Int = 1,
  partSize: Int = ScanCrew.partSize
) throws -> [Recording.Log] {
  try withTemporaryFolder { folder in
    let tasks = try files.enumerated().map { number, bytes in
      if let bytes { try folder.write(bytes, to: "log-\(number)") }
      return ScanTask(path: folder.path("log-\(number)"), format: format)
    }
    let recording = Recording()
    try ScanCrew.scan(tasks, plan: plan, threads: threads, partSize: partSize, sink: recording)
    #expect(recording.tasks == Array(files.indices))
    return files.indices.map { recording[$0] }
  }
}

private func figures(
  _ bytes: [UInt8], as format: DetectedFormat = lines, threads: Int, partSize: Int = ScanCrew.partSize
) throws -> Figures {
  Figures(try scan([bytes], as: format, threads: threads, partSize: partSize), plan)
}

/// A zstd stream of uncompressed blocks (RFC 8878), with a window of 128 KiB.
private func zstd(_ bytes: [UInt8]) -> [UInt8] {
  var stream: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38]
  let size = 128 << 10
  for start in stride(from: 0, to: bytes.count, by: size) {
    let block = bytes[start..<min(start + size, bytes.count)]
    let header = UInt32(block.count) << 3 | (block.endIndex == bytes.count ? 1 : 0)
    stream += [UInt8(header & 255), UInt8(header >> 8 & 255), UInt8(header >> 16 & 255)]
    stream += block
  }
  return stream
}

private let threadCounts = [1, 2, 3, 4]
/// Every chunk a part; some chunks a part; one part.
private let partSizes = [1 << 10, 5 << 19, ScanCrew.partSize]

@Suite struct ScanCrewTests {
  private static let reference = Result { try figures(known.bytes, threads: 1) }

  @Test func findsExceptionsAndRejectsAtTheirPlace() throws {
    let log = try scan([known.bytes])[0]
    #expect(
      log.exceptions.map { "\($0.position.line) \($0.position.byteOffset) \($0.requestID)" } == known.exceptions)
    #expect(
      log.rejects.map { "\($0.position.line) \($0.position.byteOffset) \($0.reason)" } == known.rejects)
    #expect(known.exceptions.count > 30 && known.rejects.count == 10)
    let counts = try Self.reference.get().counts
    #expect(counts.lines == 5000)
    #expect(counts.judged == log.digests.count)
    #expect(counts.lines == counts.judged + counts.malformed + counts.blank)
  }

  @Test(arguments: threadCounts, partSizes)
  func aLogComesToTheSameWithAnyThreadsAndParts(threads: Int, partSize: Int) throws {
    #expect(try figures(known.bytes, threads: threads, partSize: partSize) == Self.reference.get())
  }

  @Test(arguments: threadCounts)
  func findingsComeInTheOrderOfTheirPlace(threads: Int) throws {
    let log = try scan([known.bytes], threads: threads, partSize: 2 << 20)[0]
    #expect(
      log.exceptions.map { "\($0.position.line) \($0.position.byteOffset) \($0.requestID)" } == known.exceptions)
    #expect(
      log.rejects.map { "\($0.position.line) \($0.position.byteOffset) \($0.reason)" } == known.rejects)
  }

  @Test(arguments: threadCounts, ["gzip", "zstd"])
  func aCompressedLogComesToTheSame(threads: Int, compression: String) throws {
    let stored = compression == "gzip" ? try gzip(known.bytes) : zstd(known.bytes)
    for partSize in [1 << 10, ScanCrew.partSize] {
      let log = try scan([stored], threads: threads, partSize: partSize)[0]
      #expect(Figures([log], plan) == (try Self.reference.get()))
      #expect(log.outcome?.compression.rawValue == compression)
      #expect(log.outcome?.storedBytes == stored.count)
      #expect(log.outcome?.digest == Digest(of: stored))
      #expect(log.parts.last?.range.upperBound == known.bytes.count)
    }
  }

  @Test(arguments: threadCounts)
  func documentsAreFoundAtTheirPlace(threads: Int) throws {
    let known = KnownLog(documents: 3000)
    let reference = try figures(known.bytes, as: documents, threads: 1)
    #expect(reference.counts.judged == 3000)
    for partSize in [1 << 10, 3 << 19] {
      let log = try scan([known.bytes], as: documents, threads: threads, partSize: partSize)[0]
      #expect(
        log.exceptions.map { "\($0.position.line) \($0.position.byteOffset) \($0.requestID)" } == known.exceptions)
      #expect(Figures([log], plan) == reference)
    }
  }

  @Test(arguments: threadCounts)
  func severalLogsComeToTheSameAtOnce(threads: Int) throws {
    let short = Array(DecisionLine().json.utf8)
    let files = [known.bytes, try gzip(known.bytes), [], short, zstd(short + [0x0A]), known.bytes]
    let logs = try scan(files, threads: threads, partSize: 1 << 20)
    let alone = try files.map { try scan([$0])[0] }
    #expect(Figures(logs, plan) == Figures(alone, plan))
    for (log, bytes) in zip(logs, files) {
      #expect(log.outcome?.damage == nil)
      #expect(log.outcome?.digest == Digest(of: bytes))
    }
  }

  @Test func moreThreadsThanWorkDoNoHarm() throws {
    #expect(try figures(Array((DecisionLine().json + "\n").utf8), threads: 64).counts.judged == 1)
    #expect(try figures(known.bytes, threads: 32) == Self.reference.get())
  }

  @Test func noLogsAreScannedToNothing() throws {
    #expect(try scan([], threads: 2).isEmpty)
  }

  // MARK: Parts

  @Test(arguments: [1, 3], partSizes)
  func partsFollowOneAnother(threads: Int, partSize: Int) throws {
    let parts = try scan([known.bytes], threads: threads, partSize: partSize)[0].parts
    var end = 0
    for part in parts {
      #expect(part.range.lowerBound == end)
      end = part.range.upperBound
      #expect(part.storedBytes == end)
      #expect(part.digest == Digest(of: Array(known.bytes[..<end])))
      #expect(known.bytes[end - 1] == 0x0A)
      #expect(!part.isUnterminated)
      #expect(part.range.count <= max(partSize, ChunkReader.chunkSize))
    }
    #expect(end == known.bytes.count)
    #expect(parts.count == (partSize == ScanCrew.partSize ? 1 : partSize > ChunkReader.chunkSize ? 3 : 5))
  }

  @Test(arguments: threadCounts)
  func partsAreNumberedInOrder(threads: Int) throws {
    for log in try scan([known.bytes, known.bytes], threads: threads, partSize: 1) {
      #expect(log.partNumbers == Array(0..<log.parts.count))
    }
  }

  @Test(arguments: threadCounts)
  func anUnterminatedLastLineIsAPartOfItsOwn(threads: Int) throws {
    let bytes = KnownLog(records: 2000, isTerminated: false).bytes
    let log = try scan([bytes], threads: threads)[0]
    let start = try #require(bytes.lastIndex(of: 0x0A)) + 1
    #expect(log.parts.map(\.isUnterminated) == [false, true])
    #expect(log.parts.map(\.range) == [0..<start, start..<bytes.count])
    #expect(log.parts.last?.partial.counts.lines == 1)
    #expect(log.parts.last?.digest == Digest(of: bytes))
    #expect(Figures([log], plan).counts == (try figures(bytes + [0x0A], threads: 1)).counts)
  }

  @Test func anUnterminatedLineAloneIsTheOnlyPart() throws {
    let bytes = Array(DecisionLine().json.utf8)
    let parts = try scan([bytes])[0].parts
    #expect(parts.map(\.isUnterminated) == [true])
    #expect(parts.map(\.range) == [0..<bytes.count])
  }

  @Test(arguments: threadCounts)
  func anEmptyLogHasOneEmptyPart(threads: Int) throws {
    let log = try scan([[]], threads: threads)[0]
    #expect(log.parts.map(\.range) == [0..<0])
    #expect(log.parts.map(\.digest) == [Digest(of: "")])
    #expect(log.parts.map(\.partial.counts.lines) == [0])
    #expect(log.outcome?.damage == nil)
    #expect(log.outcome?.storedBytes == 0)
  }

  @Test func anEmptyCompressedLogHasOneEmptyPart() throws {
    let stored = try gzip("")
    let log = try scan([stored])[0]
    #expect(log.parts.map(\.range) == [0..<0])
    #expect(log.parts.map(\.storedBytes) == [stored.count])
    #expect(log.outcome?.damage == nil)
    #expect(log.outcome?.digest == Digest(of: stored))
  }

  @Test(arguments: threadCounts)
  func aLogThatCannotBeOpenedEndsAsItsOwnOutcome(threads: Int) throws {
    let logs = try scan([known.bytes, nil, known.bytes, nil], threads: threads)
    for index in [1, 3] {
      guard case .cannotOpen = logs[index].outcome?.damage else {
        Issue.record("log \(index) was opened")
        continue
      }
      #expect(logs[index].parts.isEmpty)
    }
    for index in [0, 2] {
      #expect(logs[index].outcome?.damage == nil)
      #expect(Figures([logs[index]], plan) == (try Self.reference.get()))
    }
  }

  @Test(arguments: [1, 4])
  func recordsBeforeDamageAreCounted(threads: Int) throws {
    let stored = try gzip(known.bytes)
    let logs = try scan([Array(stored.dropLast(stored.count / 3)), known.bytes], threads: threads)
    #expect(logs[0].outcome?.damage != nil)
    #expect(logs[0].parts.count >= 1)
    let lines = logs[0].parts.reduce(0) { $0 + $1.partial.counts.lines }
    #expect(lines > 0 && lines < 5000)
    #expect(Figures([logs[1]], plan) == (try Self.reference.get()))
  }

  // MARK: Going on

  @Test(arguments: threadCounts)
  func goingOnFromAPartComesToTheSame(threads: Int) throws {
    let bytes = KnownLog(records: 4000, isTerminated: false).bytes
    try withTemporaryFolder { folder in
      let path = try folder.write(bytes, to: "log")
      let whole = Recording()
      try ScanCrew.scan([ScanTask(path: path, format: lines)], plan: plan, threads: 1, partSize: 1 << 20, sink: whole)
      let first = Array(whole[0].parts.prefix(2))
      var task = ScanTask(path: path, format: lines)
      task.offset = first[1].range.upperBound
      task.line = first.reduce(0) { $0 + $1.partial.counts.lines }
      bytes[..<task.offset].withUnsafeBytes { task.digest.update($0) }
      let rest = Recording()
      try ScanCrew.scan([task], plan: plan, threads: threads, sink: rest)
      #expect(rest[0].parts.last?.digest == Digest(of: bytes))
      #expect(rest[0].outcome?.digest == Digest(of: bytes))
      #expect(rest[0].parts.first?.range.lowerBound == task.offset)
      let before = task.offset
      var joined = rest[0]
      joined.parts = first + joined.parts
      joined.exceptions = whole[0].exceptions.filter { $0.position.byteOffset < before } + joined.exceptions
      joined.rejects = whole[0].rejects.filter { $0.position.byteOffset < before } + joined.rejects
      joined.digests = whole[0].digests
      #expect(Figures([joined], plan) == Figures([whole[0]], plan))
    }
  }

  // MARK: Overlong records

  @Test func aLogOfOnlyAnOverlongRecordIsOneReject() throws {
    let long = [UInt8](repeating: 0x78, count: ChunkReader.longestRecord + 5)
    let log = try scan([long], threads: 2)[0]
    #expect(log.rejects.map(\.position) == [SourcePosition(line: 1, byteOffset: 0, bytes: long.count)])
    #expect(log.rejects.map(\.lineDigest) == [Digest(of: long)])
    #expect(log.parts.map(\.range) == [0..<long.count])
    #expect(log.parts.map(\.isUnterminated) == [true])
    #expect(log.parts.map(\.digest) == [Digest(of: long)])
    #expect(log.parts.map(\.partial.counts.malformed) == [1])
  }

  @Test func linesAreCountedOnPastAnOverlongRecord() throws {
    let drifted = DecisionLine.with { $0.served = "other" }.json + "\n"
    let long = [UInt8](repeating: 0x78, count: ChunkReader.longestRecord + 5)
    let bytes = Array(drifted.utf8) + long + Array(("\n" + drifted + drifted).utf8)
    let log = try scan([bytes], threads: 3)[0]
    let after = drifted.utf8.count + long.count + 1
    #expect(log.exceptions.map(\.position.line) == [1, 3, 4])
    #expect(log.exceptions.map(\.position.byteOffset) == [0, after, after + drifted.utf8.count])
    #expect(log.rejects.map(\.position.line) == [2])
    #expect(log.parts.last?.digest == Digest(of: bytes))
    #expect(Figures([log], plan).counts.lines == 4)
  }

  // MARK: Hostile logs

  @Test(arguments: [1, 3])
  func aLogOfEverNewNamesAndDaysIsCutAndCountedExactly(threads: Int) throws {
    let count = 60_000
    var bytes: [UInt8] = []
    for number in 0..<count {
      let year = 1990 + number % 70
      let month = 10 + number % 3
      let day = 10 + number / 7 % 19
      bytes += Array(
        #"{"ts":"\#(year)-\#(month)-\#(day)T00:00:00Z","request_id":"\#(number)","agent":"a\#(number)","#.utf8)
      bytes += Array(
        #""requested_model":"m\#(number)","served_model":"m\#(number)","tools":["t\#(number)"],"outcome":"success"}"#
          .utf8)
      bytes.append(0x0A)
    }
    let log = try scan([bytes], threads: threads)[0]
    // With several threads each has names of its own, so where the log is cut is a matter of chance.
    if threads == 1 { #expect(log.parts.count > 1) }
    var seen: [SeenRow.Kind: Int] = [:]
    for row in log.parts.flatMap(\.partial.seen) {
      if row.n != 1 { Issue.record("\(row.name) was seen \(row.n) times") }
      seen[row.kind, default: 0] += 1
    }
    #expect(seen == [.agent: count, .model: count, .tool: count])
    let partials = log.parts.map(\.partial)
    #expect(partials.reduce(0) { $0 + $1.counts.judged } == count)
    #expect(partials.flatMap(\.tally).reduce(0) { $0 + $1.sums.n } == count)
    #expect(partials.flatMap(\.traffic).reduce(0) { $0 + $1.n } == count)
    #expect(partials.flatMap(\.hours.values).reduce(0) { $0 + $1.judged } == count)
    #expect(Set(partials.flatMap(\.tally).map(\.day)).count == Set(partials.flatMap { $0.hours.keys }).count)
    #expect(Set(log.digests).count == count)
    #expect(log.parts.last?.range.upperBound == bytes.count)
  }

  @Test(arguments: [1, 2])
  func recordsOfAThousandToolsAreCountedToolByTool(threads: Int) throws {
    let tools = (0..<1000).map { "tool-\($0)" }
    let line = DecisionLine.with {
      $0.tools = tools
      $0.served = "other"
    }.json
    let log = try scan([Array(String(repeating: line + "\n", count: 200).utf8)], threads: threads)[0]
    let seen = Figures([log], plan).seen.filter { $0.kind == .tool }
    #expect(seen.count == 1000)
    #expect(seen.allSatisfy { $0.n == 200 })
    #expect(log.exceptions.count == 200)
    #expect(log.exceptions.allSatisfy { $0.tools == tools })
  }

  // MARK: Sinks and progress

  @Test(arguments: threadCounts)
  func whatTheSinkThrowsEndsTheScan(threads: Int) throws {
    struct Full: Error {}
    final class FullSink: ScanSink {
      func receive(_ findings: ChunkFindings, from part: ScannedPart) throws { throw Full() }
      func receive(requestDigests: [UInt64], bucket: Int, from part: ScannedPart) throws {}
      func finish(_ part: ScannedPart, _ outcome: PartOutcome) throws {}
      func finish(task: Int, _ outcome: LogOutcome) throws {}
    }
    try withTemporaryFolder { folder in
      let task = ScanTask(path: try folder.write(known.bytes, to: "log"), format: lines)
      #expect(throws: Full.self) {
        try ScanCrew.scan([task, task], plan: plan, threads: threads, sink: FullSink())
      }
    }
  }

  @Test(arguments: threadCounts)
  func progressEndsWithAllRecordsAndBytes(threads: Int) throws {
    let greatest = Mutex((stored: 0, records: 0))
    try withTemporaryFolder { folder in
      let task = ScanTask(path: try folder.write(known.bytes, to: "log"), format: lines)
      try ScanCrew.scan([task, task], plan: plan, threads: threads, sink: Recording()) { progress in
        greatest.withLock { $0 = (max($0.stored, progress.stored), max($0.records, progress.records)) }
      }
    }
    #expect(greatest.withLock { $0.stored } == 2 * known.bytes.count)
    #expect(greatest.withLock { $0.records } == 10_000)
  }
}
