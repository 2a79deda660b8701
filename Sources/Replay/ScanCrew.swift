internal import Dispatch
package import EvidenceModel
internal import Foundation
package import Intake

/// A log to scan, or what is left of one.
package struct ScanTask: Sendable {
  package var path: String
  package var format: DetectedFormat
  /// Where to begin, in stored bytes. Past the beginning, for logs of lines that are not compressed.
  package var offset = 0
  /// Of the bytes before `offset`.
  package var digest = Hasher256()
  /// Lines before `offset`.
  package var line = 0
  /// Records that begin here or later are not read; nil reads to the end.
  package var end: Int?
  /// `offset` stands one byte before a split, and the record there belongs to the split before.
  package var skipsFirstRecord = false

  package init(path: String, format: DetectedFormat) {
    self.path = path
    self.format = format
  }
}

/// A stretch of a log whose sums are kept together. A log has one part a gigabyte, so that little is lost when a scan
/// is killed, and one of its own for a last line without a line feed, since that line may go on one day.
package struct ScannedPart: Sendable {
  /// The number of its log among all tasks.
  package var task: Int
  /// From 0 in its log.
  package var index: Int
}

/// What scanning a part came to.
package struct PartOutcome: Sendable {
  package var partial: Partial
  /// Of the log's bytes after decompression.
  package var range: Range<Int>
  /// Bytes of the log as stored, from its beginning to the part's end, and their digest; of a compressed log, of all of it.
  package var storedBytes: Int
  package var digest: Digest
  package var compression: Compression
  /// The part is a line that has no end yet.
  package var isUnterminated: Bool
}

/// How reading a log ended.
package struct LogOutcome: Sendable {
  package var storedBytes = 0
  package var digest = Hasher256().finish()
  package var compression = Compression.none
  package var wasOpened = false
  /// Why the log could not be read to its end, or not at all.
  package var damage: SourceError?

  package init(damage: SourceError? = nil) { self.damage = damage }
}

/// Where a scan puts what may be as long as the log itself, so that its own memory stays flat.
///
/// Findings and parts of one log come in the order of their place; those of several logs may come at the same time.
package protocol ScanSink: AnyObject, Sendable {
  func receive(_ findings: ChunkFindings, from part: ScannedPart) throws
  /// A block of request digests, all in one bucket; equal ids give equal digests.
  func receive(requestDigests: [UInt64], bucket: Int, from part: ScannedPart) throws
  func finish(_ part: ScannedPart, _ outcome: PartOutcome) throws
  func finish(task: Int, _ outcome: LogOutcome) throws
}

/// How far a scan has come.
package struct ScanProgress: Sendable {
  /// Bytes read, as stored.
  package var stored = 0
  /// Lines or documents, whatever became of them.
  package var records = 0
}

/// Scans logs with some threads. Each either reads the next chunk of a log or judges a chunk that was read, whichever
/// is wanted more, so that a decompressor never waits for the judgement of what it gave, and one large log keeps all
/// threads busy as well as many small ones.
package final class ScanCrew: @unchecked Sendable {
  // All mutable state is guarded by `monitor`; a chunk, a tally and a reader are used by the one thread that took them.

  /// Bytes of a part, after decompression.
  package static let partSize = 1 << 30

  private enum Work {
    case read(LogScan, LogChunk)
    case judge(LogScan, ReadChunk)
  }

  private struct ReadChunk {
    var chunk: LogChunk
    var number: Int
    var part: PartScan
  }

  private let plan: ReplayPlan
  private let sink: any ScanSink
  private let threads: Int
  private let partSize: Int
  private let report: (@Sendable (ScanProgress) -> Void)?
  private let monitor = NSCondition()
  private var waiting: [LogScan]
  private var active: [LogScan] = []
  private var ready: [(log: LogScan, chunk: ReadChunk)] = []
  private var spare: [LogChunk] = []
  private var chunkCount = 0
  private var failure: (any Error)?
  private var progress = ScanProgress()

  private init(
    _ tasks: [ScanTask], plan: ReplayPlan, threads: Int, partSize: Int, sink: any ScanSink,
    report: (@Sendable (ScanProgress) -> Void)?
  ) {
    self.plan = plan
    self.sink = sink
    self.threads = threads
    self.partSize = partSize
    self.report = report
    waiting = tasks.enumerated().map { LogScan(number: $0.offset, task: $0.element) }.reversed()
  }

  /// Scans all logs.
  ///
  /// - Throws: what the sink throws. A log that cannot be read ends as its own outcome.
  package static func scan(
    _ tasks: [ScanTask], plan: ReplayPlan, threads: Int, partSize: Int = partSize, sink: any ScanSink,
    report: (@Sendable (ScanProgress) -> Void)? = nil
  ) throws {
    let crew = ScanCrew(
      tasks, plan: plan, threads: max(1, threads), partSize: partSize, sink: sink, report: report)
    DispatchQueue.concurrentPerform(iterations: crew.threads) { _ in crew.work() }
    if let failure = crew.failure { throw failure }
  }

  private func work() {
    let judge = ChunkJudge(plan)
    while let work = nextWork() {
      do {
        switch work {
        case .read(let log, let chunk): try read(log, chunk)
        case .judge(let log, let chunk): try self.judge(log, chunk, judge)
        }
      } catch {
        monitor.withLock {
          failure = failure ?? error
          monitor.broadcast()
        }
      }
    }
  }

  /// What to do next; nil when nothing is left to do.
  private func nextWork() -> Work? {
    monitor.withLock {
      while failure == nil {
        // As many chunks ready as there are threads: then nobody waits for a reader.
        if ready.count < threads, let (log, chunk) = nextRead() { return .read(log, chunk) }
        if !ready.isEmpty {
          let (log, chunk) = ready.removeFirst()
          return .judge(log, chunk)
        }
        if waiting.isEmpty, active.isEmpty { return nil }
        monitor.wait()
      }
      return nil
    }
  }

  private func nextRead() -> (LogScan, LogChunk)? {
    guard !spare.isEmpty || chunkCount < 3 * threads else { return nil }
    var log = active.first { !$0.isReading && !$0.hasEnded && !isFarBehind($0) }
    if log == nil, active.count < threads, let next = waiting.popLast() {
      active.append(next)
      log = next
    }
    guard let log else { return nil }
    log.isReading = true
    if let chunk = spare.popLast() { return (log, chunk) }
    chunkCount += 1
    return (log, LogChunk())
  }

  /// Whether what was found in a log waits to be handed on: more of it would only fill memory.
  private func isFarBehind(_ log: LogScan) -> Bool { log.parts.count > 2 || log.findings.count > 3 * threads }

  // MARK: Reading

  private func read(_ log: LogScan, _ chunk: LogChunk) throws {
    var hasRead = false
    var damage: SourceError?
    do throws(SourceError) {
      let reader = try log.reader()
      hasRead = try reader.next(into: chunk)
    } catch {
      damage = error
    }
    monitor.withLock {
      log.isReading = false
      if let stored = log.newlyStored { progress.stored += stored }
      if hasRead {
        let part = log.part(for: chunk, partSize: partSize)
        ready.append((log, ReadChunk(chunk: chunk, number: log.nextNumber, part: part)))
        log.nextNumber += 1
      } else {
        spare.append(chunk)
        log.damage = damage
        log.hasEnded = true
        log.closePart()
      }
      monitor.broadcast()
    }
    if !hasRead { try deliver(log) }
  }

  // MARK: Judging

  private func judge(_ log: LogScan, _ read: ReadChunk, _ judge: ChunkJudge) throws {
    let tally = monitor.withLock { read.part.tallies.popLast() } ?? Tally(plan)
    let findings = judge.judge(read.chunk, number: read.number, format: log.task.format.format, tally: tally)
    if tally.requests.isFull { try hand(tally.requests, of: read.part) }
    let now = monitor.withLock {
      read.part.tallies.append(tally)
      if tally.isCrowded { read.part.isCrowded = true }
      log.findings[read.number] = findings
      spare.append(read.chunk)
      progress.records += findings.records
      monitor.broadcast()
      return progress
    }
    try deliver(log)
    report?(now)
  }

  private func hand(_ requests: RequestDigests, of part: PartScan) throws {
    try requests.drain { try sink.receive(requestDigests: $0, bucket: $1, from: part.id) }
  }

  /// Gives the sink what is complete of a log, in order. One thread at a time does so for a log.
  private func deliver(_ log: LogScan) throws {
    monitor.lock()
    defer { monitor.unlock() }
    guard !log.isDelivering else { return }
    log.isDelivering = true
    defer { log.isDelivering = false }
    while failure == nil, let part = log.parts.first {
      if log.nextDelivery == part.end {
        try outsideLock { try finish(part, of: log) }
        log.parts.removeFirst()
        monitor.broadcast()
      } else if var findings = log.findings.removeValue(forKey: log.nextDelivery) {
        part.lineBases.append(log.line)
        findings.countLines(from: log.line)
        log.line += findings.lines
        log.nextDelivery += 1
        try outsideLock { try sink.receive(findings, from: part.id) }
        monitor.broadcast()
      } else {
        return
      }
    }
    guard failure == nil, log.hasEnded, log.parts.isEmpty, !log.isFinished else { return }
    log.isFinished = true
    try outsideLock { try sink.finish(task: log.number, log.outcome) }
    active.removeAll { $0 === log }
    monitor.broadcast()
  }

  private func outsideLock(_ body: () throws -> Void) rethrows {
    monitor.unlock()
    defer { monitor.lock() }
    try body()
  }

  private func finish(_ part: PartScan, of log: LogScan) throws {
    let tally = part.tallies.popLast() ?? Tally(plan)
    for other in part.tallies { tally.add(other) }
    part.tallies = []
    try hand(tally.requests, of: part)
    var partial = tally.partial
    for index in partial.sample.indices {
      partial.sample[index].decision.position.line += part.lineBases[partial.sample[index].chunk - part.firstNumber]
    }
    try sink.finish(
      part.id,
      PartOutcome(
        partial: partial, range: part.range, storedBytes: part.storedBytes, digest: part.prefix.finish(),
        compression: log.compression, isUnterminated: part.isUnterminated))
  }
}

extension NSCondition {
  fileprivate func withLock<Value>(_ body: () throws -> Value) rethrows -> Value {
    lock()
    defer { unlock() }
    return try body()
  }
}

/// A log that is being scanned.
private final class LogScan {
  let number: Int
  let task: ScanTask
  private var openReader: ChunkReader?
  var isReading = false
  var hasEnded = false
  var isFinished = false
  var damage: SourceError?
  /// Number of the next chunk to be read.
  var nextNumber = 0
  /// Parts that were not handed on yet, in order; the last one may still be open.
  var parts: [PartScan] = []
  private var partCount = 0
  private var seenStored: Int?
  /// By number of chunk.
  var findings: [Int: ChunkFindings] = [:]
  var nextDelivery = 0
  var isDelivering = false
  var line: Int

  init(number: Int, task: ScanTask) {
    self.number = number
    self.task = task
    line = task.line
  }

  func reader() throws(SourceError) -> ChunkReader {
    if let openReader { return openReader }
    let source = try ByteSource(path: task.path, offset: task.offset, digest: task.digest)
    let reader = ChunkReader(source, shape: task.format.shape, end: task.end)
    if task.skipsFirstRecord { try reader.skipRecord() }
    openReader = reader
    return reader
  }

  /// The part that a chunk, just read, belongs to.
  func part(for chunk: LogChunk, partSize: Int) -> PartScan {
    if let last = parts.last, last.end == nil,
      last.isCrowded || chunk.isUnterminated || last.range.count + chunk.count > partSize
    {
      last.end = nextNumber
    }
    let part: PartScan
    if let last = parts.last, last.end == nil {
      part = last
    } else {
      part = PartScan(
        id: ScannedPart(task: number, index: partCount), firstNumber: nextNumber, start: chunk.byteOffset)
      partCount += 1
      parts.append(part)
    }
    part.isUnterminated = chunk.isUnterminated
    if let openReader {
      part.range = part.range.lowerBound..<openReader.byteOffset
      part.storedBytes = openReader.source.storedBytes
      part.prefix = openReader.source.digestSoFar
      if openReader.source.compression == .none { part.storedBytes = openReader.byteOffset }
    }
    return part
  }

  /// Stored bytes read since this was asked before.
  var newlyStored: Int? {
    guard let stored = openReader?.source.storedBytes else { return nil }
    defer { seenStored = stored }
    return stored - (seenStored ?? task.offset)
  }

  var compression: Compression { openReader?.source.compression ?? .none }

  /// The log has ended, and so has its last part. A log without a record has one part all the same, unless it could not
  /// even be opened.
  func closePart() {
    if let last = parts.last, last.end == nil { last.end = nextNumber }
    if partCount == 0, let openReader {
      let part = PartScan(id: ScannedPart(task: number, index: 0), firstNumber: 0, start: openReader.byteOffset)
      part.end = 0
      part.prefix = openReader.source.digestSoFar
      part.storedBytes = compression == .none ? openReader.byteOffset : openReader.source.storedBytes
      partCount = 1
      parts.append(part)
    }
  }

  var outcome: LogOutcome {
    var outcome = LogOutcome(damage: damage)
    if let openReader {
      outcome.wasOpened = true
      outcome.compression = openReader.source.compression
      outcome.storedBytes = openReader.source.storedBytes
      outcome.digest = openReader.source.digest
    }
    return outcome
  }
}

/// A part that is being scanned.
private final class PartScan {
  let id: ScannedPart
  let firstNumber: Int
  /// Number of the chunk after its last one, once that is known.
  var end: Int?
  var isCrowded = false
  var isUnterminated = false
  /// Tallies that no thread is using.
  var tallies: [Tally] = []
  /// Lines before each of its chunks.
  var lineBases: [Int] = []
  var range: Range<Int>
  var storedBytes = 0
  var prefix = Hasher256()

  init(id: ScannedPart, firstNumber: Int, start: Int) {
    self.id = id
    self.firstNumber = firstNumber
    range = start..<start
  }
}
