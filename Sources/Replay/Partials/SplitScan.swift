internal import EvidenceModel
package import Intake
internal import Synchronization

/// One split of a log, as a scan of its own: its result goes into a partial file.
package struct LogSplit: Sendable {
  package var name: String
  package var path: String
  package var format: DetectedFormat
  /// Records that begin in this range of bytes; nil as its end is the log's end.
  package var start: Int
  package var end: Int?
  /// What the log is known to be; nil where only the log itself says that.
  package var planned: PlannedLog?

  package init(
    name: String, path: String, format: DetectedFormat, start: Int, end: Int?, planned: PlannedLog? = nil
  ) {
    self.name = name
    self.path = path
    self.format = format
    self.start = start
    self.end = end
    self.planned = planned
  }

  /// Scans the split into a partial file. A log by the name `-` is read from standard input, which then begins with the byte
  /// before the split, or with the log's first one.
  ///
  /// - Throws: `PartialError`, the `SourceError` of a log that could not be read at all, or the `Diagnostic` of one that is
  ///   not what was planned.
  package func scan(
    into path: String, plan: ReplayPlan, threads: Int, report: (@Sendable (ScanProgress) -> Void)? = nil
  ) throws -> PartialRange {
    var task = ScanTask(path: self.path, format: format)
    if start > 0 {
      task.offset = start - 1
      task.skipsFirstRecord = true
    }
    task.end = end
    task.identity = FileIdentity(path: self.path)
    let sink = try SplitSink(self, path: path, plan: plan)
    try ScanCrew.scan([task], plan: plan, threads: threads, sink: sink, report: report)
    return try sink.finish()
  }
}

/// Writes one split into a partial file as it is scanned.
private final class SplitSink: ScanSink {
  private struct State {
    var writer: PartialWriter
    var requests: [UInt64] = []
    var summary: PartialSummary
    var sums: PartialSum
    var parts: [PartOutcome] = []
    var outcome = LogOutcome()
  }

  private let split: LogSplit
  private let state: Mutex<State>

  init(_ split: LogSplit, path: String, plan: ReplayPlan) throws(PartialError) {
    self.split = split
    let writer = try PartialWriter(path: path)
    try writer.write(PartialHeader(plan).line)
    let state = State(
      writer: writer, summary: PartialSummary(sums: Partial()), sums: PartialSum(plan.settings))
    self.state = Mutex(state)
  }

  func receive(_ findings: ChunkFindings, from part: ScannedPart) throws {
    try state.withLock { state in
      var rejects = findings.rejects[...]
      func write(_ reject: Reject) throws(PartialError) {
        try state.writer.write([
          .text("reject"), .text(split.name), .number(reject.position.byteOffset), .number(reject.position.line),
          .number(reject.position.bytes), .text(reject.lineDigest.description), .text(reject.reason.rawValue),
        ])
      }
      for exception in findings.exceptions {
        while let reject = rejects.first, reject.position.byteOffset < exception.position.byteOffset {
          try write(reject)
          rejects.removeFirst()
        }
        try state.writer.write(
          [.text("exception"), .text(split.name), .number(exception.position.byteOffset)] + exception.partialValues)
      }
      for reject in rejects { try write(reject) }
    }
  }

  func receive(requestDigests: [UInt64], bucket: Int, from part: ScannedPart) {
    state.withLock { $0.requests += requestDigests }
  }

  func finish(_ part: ScannedPart, _ outcome: PartOutcome) {
    state.withLock { state in
      var outcome = outcome
      outcome.partial.name(source: split.name)
      state.sums.add(outcome.partial)
      outcome.partial = Partial()
      state.parts.append(outcome)
    }
  }

  func finish(task: Int, _ outcome: LogOutcome) { state.withLock { $0.outcome = outcome } }

  func finish() throws -> PartialRange {
    try state.withLock { state in
      if let damage = state.outcome.damage, damage.isChange { throw damage }
      guard let first = state.parts.first, let last = state.parts.last else {
        throw state.outcome.damage ?? .cannotRead(path: split.path, reason: "it holds nothing")
      }
      state.requests.sort()
      var lines = RequestLines()
      for digest in state.requests { try lines.add(digest, to: state.writer) }
      try lines.flush(to: state.writer)
      let sums = state.sums.partial
      try split.check(last, state.outcome)
      let range = PartialRange(
        log: split.name, format: split.format.format.identity, shape: split.format.shapeName,
        compression: state.outcome.compression.rawValue, range: first.range.lowerBound..<last.range.upperBound,
        storedBytes: state.outcome.compression == .none
          ? last.range.upperBound - first.range.lowerBound : state.outcome.storedBytes,
        sha256: state.outcome.digest.description, counts: sums.counts,
        damage: state.outcome.damage.map { $0.diagnostic(name: "").summary })
      state.summary.ranges = [range]
      state.summary.hours[split.name] = sums.hours
      state.summary.fields[split.name] = sums.counts.fields
      state.summary.sums = sums
      try state.summary.write(to: state.writer)
      try state.writer.finish()
      return range
    }
  }
}

extension LogSplit {
  /// A stream may break off, and a log may have become another since the splits were planned: what was read must reach as
  /// far as the plan says.
  fileprivate func check(_ last: PartOutcome, _ outcome: LogOutcome) throws(Diagnostic) {
    guard let planned else { return }
    func different(_ summary: String) -> Diagnostic {
      Diagnostic(
        id: "split-not-as-planned", file: name, byteOffset: last.range.upperBound, summary: summary,
        nextStep: "Give the bytes that were planned, or plan the splits again with tenure splits.")
    }
    guard outcome.compression == planned.compression else {
      throw different(
        "its compression is \(outcome.compression.rawValue), and \(planned.compression.rawValue) was planned")
    }
    if planned.compression != .none {
      guard outcome.storedBytes == planned.bytes else {
        throw different("it has \(outcome.storedBytes) bytes as stored, and \(planned.bytes) were planned")
      }
      return
    }
    let reached = last.range.upperBound
    guard reached <= planned.bytes else {
      throw different("it goes on behind the \(planned.bytes) bytes that were planned")
    }
    guard reached == planned.bytes || reached >= end ?? planned.bytes && !last.isUnterminated else {
      throw different("it ends in the middle of the split: it has \(planned.bytes) bytes in the plan")
    }
  }
}
