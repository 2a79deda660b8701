package import EvidenceModel
package import Intake
package import Replay
internal import Synchronization

/// Keeps what a scan hands out.
package final class CollectingSink: ScanSink {
  package struct Collected: Sendable {
    package var exceptions: [JudgedDecision] = []
    package var rejects: [Reject] = []
    package var requestDigests: [UInt64] = []
    package var parts: [PartOutcome] = []
    package var logs: [Int: LogOutcome] = [:]
  }
  private let state = Mutex(Collected())

  package init() {}

  package var collected: Collected { state.withLock { $0 } }

  package func receive(_ findings: ChunkFindings, from part: ScannedPart) {
    state.withLock {
      $0.exceptions += findings.exceptions
      $0.rejects += findings.rejects
    }
  }
  package func receive(requestDigests digests: [UInt64], bucket: Int, from part: ScannedPart) {
    state.withLock { $0.requestDigests += digests }
  }
  package func finish(_ part: ScannedPart, _ outcome: PartOutcome) { state.withLock { $0.parts.append(outcome) } }
  package func finish(task: Int, _ outcome: LogOutcome) { state.withLock { $0.logs[task] = outcome } }
}

/// What a scan of a small log came to.
package struct Scanned {
  package var partial: Partial
  package var parts: [PartOutcome]
  package var outcome: LogOutcome
  package var exceptions: [JudgedDecision]
  package var rejects: [Reject]
  package var requestDigests: [UInt64]

  package var counts: LineCounts { partial.counts }

  /// The tally as SEMANTICS §8 writes it, sorted by bytes.
  package var tally: [String] {
    partial.tally.map { row in
      let sums = row.sums
      return [
        row.day.map { CivilDay.text($0) } ?? "-", row.rule, row.version, row.owner, row.ownerStatus.name,
        row.decisionClass.name, String(sums.n), String(sums.tokensIn), String(sums.tokensOut), String(sums.costMicros),
      ].joined(separator: ",")
    }.sortedBytewise()
  }

  /// The classes of the tally with their counts.
  package var classes: [String: Int] {
    Dictionary(partial.tally.map { ($0.decisionClass.name, $0.sums.n) }, uniquingKeysWith: +)
  }
}

/// No record of a known format stands in the log.
package struct FormatUnknown: Error {
  package init() {}
}

/// Writes a log of these lines, LF between and after them, and scans it.
package func scan(
  lines: [String], records: Records, settings: ReplaySettings = .test(), stated: RoutingLogFormat? = .native
) throws -> Scanned {
  try scan(text: lines.map { $0 + "\n" }.joined(), records: records, settings: settings, stated: stated)
}

package func scan(
  _ lines: [DecisionLine], records: Records, settings: ReplaySettings = .test()
) throws -> Scanned {
  try scan(lines: lines.map(\.json), records: records, settings: settings)
}

/// Writes a log of exactly this text and scans it, in the shape that its beginning shows.
package func scan(
  text: String, records: Records, settings: ReplaySettings = .test(), stated: RoutingLogFormat? = .native
) throws -> Scanned {
  try scan(bytes: Array(text.utf8), records: records, settings: settings, stated: stated)
}

package func scan(
  bytes: [UInt8], records: Records, settings: ReplaySettings = .test(), stated: RoutingLogFormat? = .native,
  threads: Int = 1, partSize: Int = ScanCrew.partSize
) throws -> Scanned {
  try withTemporaryFolder { folder in
    let path = try folder.write(bytes, to: "log")
    guard let format = try RoutingLogFormat.detect(path: path, stated: stated) else { throw FormatUnknown() }
    return try scan(
      [ScanTask(path: path, format: format)], plan: ReplayPlan(records, settings: settings), threads: threads,
      partSize: partSize)
  }
}

/// Scans logs; the outcome is the first one's.
package func scan(
  _ tasks: [ScanTask], plan: ReplayPlan, threads: Int = 1, partSize: Int = ScanCrew.partSize
) throws -> Scanned {
  let sink = CollectingSink()
  try ScanCrew.scan(tasks, plan: plan, threads: threads, partSize: partSize, sink: sink)
  let collected = sink.collected
  var sum = PartialSum(plan.settings)
  for part in collected.parts { sum.add(part.partial) }
  return Scanned(
    partial: sum.partial, parts: collected.parts, outcome: collected.logs[0] ?? LogOutcome(),
    exceptions: collected.exceptions, rejects: collected.rejects, requestDigests: collected.requestDigests)
}
