internal import Dispatch
internal import EvidenceModel
internal import Foundation
internal import Intake

/// Scans logs with some threads. Each either reads the next chunk of a log or judges a chunk that was read, whichever
/// is wanted more, so that a decompressor never waits for the judgement of what it gave, and one large log keeps all
/// threads busy as well as many small ones.
package final class ScanCrew: @unchecked Sendable {
  // All mutable state is guarded by `monitor`; a chunk, a tally and a reader are used by the one thread that took them.

  /// Bytes of a part, after decompression.
  package static let partSize = 1 << 30

  private enum Work {
    case read(OpenLog, LogChunk)
    case judge(OpenLog, ReadChunk)
  }

  private struct ReadChunk {
    var chunk: LogChunk
    var number: Int
    var part: OpenPart
  }

  private let plan: ReplayPlan
  private let sink: any ScanSink
  private let threads: Int
  private let partSize: Int
  private let report: (@Sendable (ScanProgress) -> Void)?
  private let monitor = NSCondition()
  private var waiting: [OpenLog]
  private var active: [OpenLog] = []
  private var ready: [(log: OpenLog, chunk: ReadChunk)] = []
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
    waiting = tasks.enumerated().map { OpenLog(number: $0.offset, task: $0.element) }.reversed()
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
        case .read(let log, let chunk): try read(log, chunk, judge)
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

  private func nextRead() -> (OpenLog, LogChunk)? {
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
  private func isFarBehind(_ log: OpenLog) -> Bool { log.parts.count > 2 || log.findings.count > 3 * threads }

  // MARK: Reading

  private func read(_ log: OpenLog, _ chunk: LogChunk, _ judge: ChunkJudge) throws {
    var hasRead = false
    var damage: SourceError?
    do throws(SourceError) {
      hasRead = try log.reader().next(into: chunk)
      if !hasRead { try log.confirm() }
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
    if !hasRead { try deliver(log, judge) }
  }

  // MARK: Judging

  private func judge(_ log: OpenLog, _ read: ReadChunk, _ judge: ChunkJudge) throws {
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
    try deliver(log, judge)
    report?(now)
  }

  private func hand(_ requests: RequestDigests, of part: OpenPart) throws {
    try requests.drain { try sink.receive(requestDigests: $0, bucket: $1, from: part.id) }
  }

  /// Gives the sink what is complete of a log, in order. One thread at a time does so for a log.
  private func deliver(_ log: OpenLog, _ judge: ChunkJudge) throws {
    monitor.lock()
    defer { monitor.unlock() }
    guard !log.isDelivering else { return }
    log.isDelivering = true
    defer { log.isDelivering = false }
    while failure == nil, let part = log.parts.first {
      if log.nextDelivery == part.end {
        try outsideLock { try finish(part, of: log, judge) }
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

  private func finish(_ part: OpenPart, of log: OpenLog, _ judge: ChunkJudge) throws {
    let tally = part.tallies.popLast() ?? Tally(plan)
    for other in part.tallies { tally.add(other) }
    part.tallies = []
    try hand(tally.requests, of: part)
    var partial = tally.partial
    partial.boundaries = judge.boundaries(of: tally, format: log.task.format.format)
    func countLines(_ row: inout SampleRow) {
      row.decision.position.line += part.lineBases[row.chunk - part.firstNumber]
    }
    for index in partial.sample.indices { countLines(&partial.sample[index]) }
    for index in partial.attributeSample.indices { countLines(&partial.attributeSample[index]) }
    for index in partial.boundaries.indices { countLines(&partial.boundaries[index].row) }
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
