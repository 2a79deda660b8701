package import EvidenceModel
package import Intake
package import Replay

/// Keeps what a scan hands out.
package final class CollectingSink: ScanSink {
  package private(set) var exceptions: [JudgedDecision] = []
  package private(set) var rejects: [Reject] = []
  package private(set) var requestDigests: [UInt64] = []

  package init() {}

  package func receive(exception: JudgedDecision) { exceptions.append(exception) }
  package func receive(reject: Reject) { rejects.append(reject) }
  package func receive(requestDigests digests: [UInt64], bucket: Int) { requestDigests += digests }
}

/// What a scan of a small log came to.
package struct Scanned {
  package var outcome: LogScanner.Outcome
  package var exceptions: [JudgedDecision]
  package var rejects: [Reject]
  package var requestDigests: [UInt64]

  package var partial: Partial { outcome.partial }

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
  bytes: [UInt8], records: Records, settings: ReplaySettings = .test(), stated: RoutingLogFormat? = .native
) throws -> Scanned {
  try withTemporaryFolder { folder in
    let path = try folder.write(bytes, to: "log")
    guard let format = try RoutingLogFormat.detect(path: path, stated: stated) else { throw FormatUnknown() }
    let sink = CollectingSink()
    let plan = ReplayPlan(records, settings: settings)
    let outcome = try LogScanner.scan(try ByteSource(path: path), format: format, plan: plan, sink: sink)
    return Scanned(
      outcome: outcome, exceptions: sink.exceptions, rejects: sink.rejects, requestDigests: sink.requestDigests)
  }
}
