package import EvidenceModel
internal import Foundation
internal import GRDB
package import Intake
package import Replay

extension EvidenceStore {
  /// The partial of a source whose bytes, format and replay plan are these, if one was kept.
  package func keptPartial(digest: Digest, format: DetectedFormat, plan: Digest) throws(StoreError) -> Int64? {
    try perform { database in
      try Int64.fetchOne(
        database,
        sql: "SELECT id FROM partial WHERE source_sha256 = ? AND format = ? AND shape = ? AND plan_sha256 = ?",
        arguments: [digest.description, format.format.rawValue, format.shapeName, plan.description])
    }
  }

  /// Whether any kept source is this long under this plan: only then is it worth hashing a file before scanning it.
  package func mayHavePartial(storedBytes: Int, plan: Digest) throws(StoreError) -> Bool {
    try perform { database in
      try Bool.fetchOne(
        database, sql: "SELECT EXISTS (SELECT 1 FROM partial WHERE source_bytes = ? AND plan_sha256 = ?)",
        arguments: [storedBytes, plan.description]) ?? false
    }
  }

  /// Scans one source and keeps what it came to; all of it or nothing.
  package func scan(
    _ source: ByteSource, format: DetectedFormat, plan: ReplayPlan
  ) throws(StoreError) -> Int64 {
    try perform { database in
      // The digest is known only at the end, so the row is written with a placeholder first; nobody else can see it.
      try database.execute(
        sql: """
          INSERT INTO partial (source_sha256, source_bytes, format, shape, plan_sha256, compression,
            lines, blank, malformed, out_of_period, judged, zone_assumed)
          VALUES ('scanning', 0, ?, ?, ?, '', 0, 0, 0, 0, 0, 0)
          """, arguments: [format.format.rawValue, format.shapeName, plan.digest.description])
      let id = database.lastInsertedRowID
      let writer = try ScanWriter(database, partialID: id)
      let outcome = try LogScanner.scan(source, format: format, plan: plan, sink: writer)
      // The same bytes under another name: what is kept already is the same.
      if let kept = try Int64.fetchOne(
        database,
        sql: "SELECT id FROM partial WHERE source_sha256 = ? AND format = ? AND shape = ? AND plan_sha256 = ?",
        arguments: [outcome.digest.description, format.format.rawValue, format.shapeName, plan.digest.description])
      {
        try database.execute(sql: "DELETE FROM partial WHERE id = ?", arguments: [id])
        return kept
      }
      try writer.finish(outcome)
      return id
    }
  }
}

extension DetectedFormat {
  fileprivate var shapeName: String { isLines ? "lines" : "documents" }
}

/// Writes one scan into the store as it goes, inside the transaction of that scan.
private final class ScanWriter: ScanSink {
  private let database: Database
  private let partialID: Int64
  private let insertException: Statement
  private let insertReject: Statement
  private let insertDigests: Statement

  static let decisionColumns = """
    line, byte_offset, bytes, line_sha256, at, request_id, rule_id, version, owner, owner_status, class, indeterminate,
    agent, data_class, requested_model, served_model, provider, deployment, jurisdiction, claimed_rule, escalated_from,
    trigger, tools, outcome, tokens_in, tokens_out, cost_micros
    """
  private static let decisionMarks = Array(repeating: "?", count: 27).joined(separator: ", ")

  init(_ database: Database, partialID: Int64) throws {
    self.database = database
    self.partialID = partialID
    insertException = try database.makeStatement(
      sql: "INSERT INTO exception (partial_id, canonical, \(Self.decisionColumns)) VALUES (?, ?, \(Self.decisionMarks))"
    )
    insertReject = try database.makeStatement(
      sql:
        "INSERT OR IGNORE INTO reject (partial_id, line, byte_offset, bytes, line_sha256, reason) VALUES (?, ?, ?, ?, ?, ?)"
    )
    insertDigests = try database.makeStatement(
      sql: "INSERT INTO request_digest (partial_id, bucket, digests) VALUES (?, ?, ?)")
  }

  private func values(_ decision: JudgedDecision) -> [(any DatabaseValueConvertible)?] {
    let text = EvidenceStore.text
    return [
      decision.position.line, decision.position.byteOffset, decision.position.bytes, decision.lineDigest.description,
      decision.at.microseconds, text(decision.requestID), decision.rule, decision.version, decision.owner,
      decision.ownerStatus.name, decision.decisionClass.name, decision.indeterminate ? 1 : 0, text(decision.agent),
      text(decision.dataClass), text(decision.requestedModel), text(decision.servedModel), text(decision.provider),
      text(decision.deployment), text(decision.jurisdiction), text(decision.claimedRule), text(decision.escalatedFrom),
      text(decision.trigger), text(decision.tools.joined(separator: "\u{1F}")), decision.outcome.name,
      decision.tokensIn, decision.tokensOut, decision.costMicros,
    ]
  }

  func receive(exception: JudgedDecision) throws {
    let canonical = CanonicalCSV.line([exception.requestID, exception.decisionClass.name])
    try insertException.execute(arguments: StatementArguments([partialID, canonical.data] + values(exception)))
  }

  func receive(reject: Reject) throws {
    try insertReject.execute(arguments: [
      partialID, reject.position.line, reject.position.byteOffset, reject.position.bytes, reject.lineDigest.description,
      reject.reason.rawValue,
    ])
  }

  func receive(requestDigests: [UInt64], bucket: Int) throws {
    let bytes = requestDigests.withUnsafeBytes { Array($0) }
    try insertDigests.execute(arguments: [partialID, bucket, bytes.data])
  }

  func finish(_ outcome: LogScanner.Outcome) throws {
    let partial = outcome.partial
    try database.execute(
      sql: """
        UPDATE partial SET source_sha256 = ?, source_bytes = ?, compression = ?, damage = ?, lines = ?, blank = ?,
          malformed = ?, out_of_period = ?, judged = ?, zone_assumed = ?, first_at = ?, last_at = ? WHERE id = ?
        """,
      arguments: [
        outcome.digest.description, outcome.storedBytes, outcome.compression.rawValue,
        outcome.damage.map { $0.diagnostic(name: "").summary }, partial.lines, partial.blank, partial.malformed,
        partial.outOfPeriod, partial.judged, partial.zoneAssumed, partial.first?.microseconds,
        partial.last?.microseconds,
        partialID,
      ])
    let text = EvidenceStore.text
    let tally = try database.makeStatement(
      sql: "INSERT INTO tally VALUES (\(Array(repeating: "?", count: 20).joined(separator: ", ")))")
    for row in partial.tally {
      let sums = row.sums
      try tally.execute(
        arguments: StatementArguments(
          [
            partialID, row.day.map { CivilDay.text($0) } ?? "-", row.rule, row.version, row.owner, row.ownerStatus.name,
            row.decisionClass.name, sums.n, sums.tokensIn, sums.tokensOut, sums.costMicros, sums.indeterminate,
            sums.served,
            sums.blocked, sums.withTools, sums.afterFailure, sums.moved, sums.sensitiveServed, sums.sensitiveUnplaced,
            sums.unclassified,
          ] as [(any DatabaseValueConvertible)?]))
    }
    for (hour, counts) in partial.hours.sorted(by: { $0.key < $1.key }) {
      try insert("hour", [hour, counts.judged, counts.exceptions])
    }
    for row in partial.seen {
      try insert(
        "seen",
        [row.kind.rawValue, text(row.name), row.n, row.unlisted, row.first.microseconds, row.last.microseconds],
        onConflict:
          "DO UPDATE SET n = n + excluded.n, unlisted = unlisted + excluded.unlisted, first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)"
      )
    }
    for row in partial.traffic {
      try insert(
        "traffic",
        [
          text(row.servedModel), text(row.provider), text(row.jurisdiction), row.isSensitive ? 1 : 0,
          row.hasTools ? 1 : 0, row.n,
        ],
        onConflict: "DO UPDATE SET n = n + excluded.n")
    }
    for row in partial.routed {
      try insert(
        "routed", [row.rule, row.version, CivilDay.text(row.week), text(row.servedModel), row.n],
        onConflict: "DO UPDATE SET n = n + excluded.n")
    }
    for row in partial.tenures { try insert("tenure_count", [row.rule, row.recordIndex, row.n, row.redecided]) }
    for (version, n) in partial.redecidedVersions.sorted(by: { $0.key < $1.key }) {
      try insert("redecided_version", [version, n])
    }
    for (field, n) in partial.emptyFields.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      try insert("empty_field", [field.rawValue, n])
    }
    let sample = try database.makeStatement(
      sql:
        "INSERT INTO sample (partial_id, digest, canonical, \(Self.decisionColumns)) VALUES (?, ?, ?, \(Self.decisionMarks))"
    )
    for row in partial.sample {
      let decision = row.decision
      let canonical = CanonicalCSV.line([decision.rule, decision.decisionClass.name, decision.requestID])
      try sample.execute(
        arguments: StatementArguments([partialID, row.digest.description, canonical.data] + values(decision)))
    }
  }

  private func insert(_ table: String, _ values: [(any DatabaseValueConvertible)?], onConflict: String? = nil) throws {
    let marks = Array(repeating: "?", count: values.count + 1).joined(separator: ", ")
    let tail = onConflict.map { " ON CONFLICT \($0)" } ?? ""
    try database.cachedStatement(sql: "INSERT INTO \(table) VALUES (\(marks))\(tail)")
      .execute(arguments: StatementArguments([partialID] + values))
  }
}

extension [UInt8] {
  fileprivate var data: Data { Data(self) }
}
