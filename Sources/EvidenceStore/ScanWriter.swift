internal import EvidenceModel
internal import GRDB
package import Intake
package import Replay

/// A log to scan into the store.
package struct LogToScan: Sendable {
  package var name: String
  package var task: ScanTask

  package init(name: String, task: ScanTask) {
    self.name = name
    self.task = task
  }
}

/// What scanning a log left in the store.
package struct ScannedLog: Sendable {
  /// Its partials, in the order of their place.
  package var partials: [Int64] = []
  /// Set where nothing at all could be read.
  package var unreadable: SourceError?
}

extension EvidenceStore {
  /// Scans logs and keeps what they came to. A part that is finished stays, whatever becomes of the rest.
  package func scan(
    _ logs: [LogToScan], plan: ReplayPlan, threads: Int, partSize: Int = ScanCrew.partSize,
    report: (@Sendable (ScanProgress) -> Void)? = nil
  ) throws(StoreError) -> [ScannedLog] {
    guard !logs.isEmpty else { return [] }
    do {
      try prepareForRows()
      let writer = ScanWriter(self, logs: logs, plan: plan)
      do {
        try ScanCrew.scan(
          logs.map(\.task), plan: plan, threads: threads, partSize: partSize, sink: writer, report: report)
        try writer.commit()
      } catch {
        writer.abandon()
        throw error
      }
      return writer.scanned
    } catch {
      throw Self.failure(error)
    }
  }
}

extension EvidenceStore {
  /// While there is no exception yet, a scan need not keep indexes of them; the run that follows makes them.
  private func prepareForRows() throws {
    try queue.write { database in
      if try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM exception)") == false {
        try database.execute(
          sql: "DROP INDEX IF EXISTS exception_by_rule; DROP INDEX IF EXISTS exception_by_owner")
      }
    }
  }
}

/// Writes scans into the store as they go. Its rows become part of the record when their part is finished; what a
/// killed scan leaves behind is removed by the next one.
private final class ScanWriter: ScanSink, @unchecked Sendable {
  // Everything below is touched on the store's queue only.
  private let store: EvidenceStore
  private let logs: [LogToScan]
  private let plan: ReplayPlan
  private var rows: Rows?
  private var failure: (any Error)?
  /// Of parts that are not finished, or whose log is not.
  private var open: [Int: [Int: Int64]] = [:]
  private(set) var scanned: [ScannedLog]

  init(_ store: EvidenceStore, logs: [LogToScan], plan: ReplayPlan) {
    self.store = store
    self.logs = logs
    self.plan = plan
    scanned = Array(repeating: ScannedLog(), count: logs.count)
  }

  private func perform(_ body: (Database, Rows) throws -> Void) throws {
    try store.queue.writeWithoutTransaction { database in
      if let failure { throw failure }
      do {
        if !database.isInsideTransaction { try database.beginTransaction(.immediate) }
        let rows = try self.rows ?? Rows(database)
        self.rows = rows
        try body(database, rows)
      } catch {
        // What was written may be gone with the transaction, so nothing more is added to it.
        failure = error
        throw error
      }
    }
  }

  func commit() throws {
    try store.queue.writeWithoutTransaction { database in
      if database.isInsideTransaction { try database.commit() }
      rows = nil
    }
  }

  /// Gives up what was not committed. The error that led here is the one to tell.
  func abandon() {
    try? store.queue.writeWithoutTransaction { database in
      rows = nil
      if database.isInsideTransaction { try database.rollback() }
    }
  }

  private func partialID(_ part: ScannedPart, _ database: Database) throws -> Int64 {
    if let id = open[part.task]?[part.index] { return id }
    let format = logs[part.task].task.format
    try database.execute(
      sql: """
        INSERT INTO partial (name, source_bytes, text_from, text_to, is_unterminated, is_end, format, shape,
          plan_sha256, compression, lines, blank, malformed, out_of_period, judged, exceptions, zone_assumed)
        VALUES (?, 0, 0, 0, 0, 0, ?, ?, '', '', 0, 0, 0, 0, 0, 0, 0)
        """, arguments: [logs[part.task].name, format.format.rawValue, format.shape.rawValue])
    let id = database.lastInsertedRowID
    open[part.task, default: [:]][part.index] = id
    return id
  }

  func receive(_ findings: ChunkFindings, from part: ScannedPart) throws {
    if findings.exceptions.isEmpty, findings.rejects.isEmpty { return }
    try perform { database, rows in
      let id = try partialID(part, database)
      for exception in findings.exceptions { try rows.write(exception, partial: id) }
      for reject in findings.rejects { try rows.write(reject, partial: id) }
    }
  }

  func receive(requestDigests: [UInt64], bucket: Int, from part: ScannedPart) throws {
    try perform { database, rows in
      try rows.write(requestDigests, bucket: bucket, partial: try partialID(part, database))
    }
  }

  func finish(_ part: ScannedPart, _ outcome: PartOutcome) throws {
    try perform { database, rows in
      let id = try partialID(part, database)
      let counts = outcome.partial.counts
      try database.execute(
        sql: """
          UPDATE partial SET source_bytes = ?, text_from = ?, text_to = ?, is_unterminated = ?, plan_sha256 = ?, lines = ?,
            blank = ?, malformed = ?, out_of_period = ?, judged = ?, exceptions = ?, zone_assumed = ?, first_at = ?,
            last_at = ?
          WHERE id = ?
          """,
        arguments: [
          outcome.storedBytes, outcome.range.lowerBound, outcome.range.upperBound, outcome.isUnterminated ? 1 : 0,
          plan.binding.digest(from: counts.first, to: counts.last).description, counts.lines, counts.blank,
          counts.malformed, counts.outOfPeriod, counts.judged,
          outcome.partial.hours.values.reduce(0) { $0 + $1.exceptions }, counts.zoneAssumed, counts.first?.microseconds,
          counts.last?.microseconds, id,
        ])
      try rows.write(outcome.partial, partial: id)
      // Only a log of lines that is stored as it is can be gone on with; any other counts whole or not at all.
      if logs[part.task].task.format.isLines, outcome.compression == .none {
        try settle(part.task, id, digest: outcome.digest, bytes: outcome.storedBytes, database)
        open[part.task]?[part.index] = nil
        try database.commit()
      }
    }
  }

  func finish(task: Int, _ outcome: LogOutcome) throws {
    try perform { database, _ in
      let damage = outcome.damage.map { $0.diagnostic(name: "").summary }
      if let error = outcome.damage, !outcome.wasOpened {
        scanned[task].unreadable = error
      } else {
        for (_, id) in (open[task] ?? [:]).sorted(by: { $0.key < $1.key }) {
          try database.execute(
            sql: "UPDATE partial SET compression = ? WHERE id = ?", arguments: [outcome.compression.rawValue, id])
          try settle(task, id, digest: outcome.digest, bytes: outcome.storedBytes, database)
        }
        if let last = scanned[task].partials.last {
          try database.execute(
            sql: "UPDATE partial SET is_end = 1, damage = ? WHERE id = ?", arguments: [damage, last])
        }
      }
      open[task] = nil
      try database.commit()
    }
  }

  /// Gives a partial the digest that it is known by from now on.
  private func settle(_ task: Int, _ id: Int64, digest: Digest, bytes: Int, _ database: Database) throws {
    // The same bytes under another name: what is kept already is the same.
    let kept = try Int64.fetchOne(
      database,
      sql: """
        SELECT k.id FROM partial AS k JOIN partial AS t ON t.id = ?
        WHERE k.source_sha256 = ? AND k.text_from = t.text_from AND k.text_to = t.text_to AND k.format = t.format
          AND k.shape = t.shape AND k.plan_sha256 = t.plan_sha256
        """, arguments: [id, digest.description])
    if let kept {
      try database.execute(sql: "DELETE FROM partial WHERE id = ?", arguments: [id])
      try database.execute(sql: "UPDATE partial SET damage = NULL WHERE id = ?", arguments: [kept])
    } else {
      try database.execute(
        sql: """
          UPDATE partial SET source_sha256 = ?, source_bytes = ?, compression = iif(compression = '', 'none', compression)
          WHERE id = ?
          """, arguments: [digest.description, bytes, id])
    }
    scanned[task].partials.append(kept ?? id)
  }
}

/// The statements that write what a scan found.
private final class Rows {
  private static let decisionColumns = """
    line, byte_offset, bytes, line_sha256, at, request_id, rule_id, version, owner, owner_status, class, indeterminate,
    agent, data_class, requested_model, served_model, provider, deployment, jurisdiction, claimed_rule, escalated_from,
    trigger, tools, outcome, tokens_in, tokens_out, cost_micros
    """
  private static let decisionMarks = Array(repeating: "?", count: 27).joined(separator: ", ")

  private var exception, reject, requestDigest, tally, hour, seen, traffic, routed, tenure, redecided, empty,
    sample: FastInsert

  init(_ database: Database) throws {
    func upsert(_ table: String, columns: Int, _ update: String) throws -> FastInsert {
      let marks = Array(repeating: "?", count: columns).joined(separator: ", ")
      return try FastInsert(database, "INSERT INTO \(table) VALUES (\(marks)) ON CONFLICT DO UPDATE SET \(update)")
    }
    exception = try FastInsert(
      database,
      "INSERT INTO exception (partial_id, canonical, \(Self.decisionColumns)) VALUES (?, ?, \(Self.decisionMarks))")
    reject = try FastInsert(
      database,
      "INSERT OR IGNORE INTO reject (partial_id, line, byte_offset, bytes, line_sha256, reason) VALUES (?, ?, ?, ?, ?, ?)"
    )
    requestDigest = try FastInsert(
      database, "INSERT INTO request_digest (partial_id, bucket, digests) VALUES (?, ?, ?)")
    tally = try FastInsert(database, into: "tally", columns: 20)
    hour = try FastInsert(database, into: "hour", columns: 4)
    // Two names of a log may be one text here, where U+0000 is shown by its picture.
    seen = try upsert(
      "seen", columns: 7,
      "n = n + excluded.n, unlisted = unlisted + excluded.unlisted, first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)"
    )
    traffic = try upsert("traffic", columns: 7, "n = n + excluded.n")
    routed = try upsert("routed", columns: 6, "n = n + excluded.n")
    tenure = try FastInsert(database, into: "tenure_count", columns: 5)
    redecided = try FastInsert(database, into: "redecided_version", columns: 3)
    empty = try FastInsert(database, into: "empty_field", columns: 3)
    sample = try FastInsert(
      database,
      "INSERT INTO sample (partial_id, digest, canonical, \(Self.decisionColumns)) VALUES (?, ?, ?, \(Self.decisionMarks))"
    )
  }

  func write(_ decision: JudgedDecision, partial: Int64) throws {
    exception.bind(partial)
    CanonicalCSV.line([decision.requestID, decision.decisionClass.name]).withUnsafeBytes { exception.bind($0) }
    Self.bind(decision, to: &exception)
    try exception.write()
  }

  private static func bind(_ decision: JudgedDecision, to insert: inout FastInsert) {
    insert.bind(decision.position.line)
    insert.bind(decision.position.byteOffset)
    insert.bind(decision.position.bytes)
    insert.bind(decision.lineDigest.description)
    insert.bind(decision.at.microseconds)
    insert.bind(decision.requestID)
    insert.bind(decision.rule)
    insert.bind(decision.version)
    insert.bind(decision.owner)
    insert.bind(decision.ownerStatus.name)
    insert.bind(decision.decisionClass.name)
    insert.bind(decision.indeterminate)
    insert.bind(decision.agent)
    insert.bind(decision.dataClass)
    insert.bind(decision.requestedModel)
    insert.bind(decision.servedModel)
    insert.bind(decision.provider)
    insert.bind(decision.deployment)
    insert.bind(decision.jurisdiction)
    insert.bind(decision.claimedRule)
    insert.bind(decision.escalatedFrom)
    insert.bind(decision.trigger)
    insert.bind(decision.tools.joined(separator: "\u{1F}"))
    insert.bind(decision.outcome.name)
    insert.bind(decision.tokensIn)
    insert.bind(decision.tokensOut)
    insert.bind(decision.costMicros)
  }

  func write(_ row: Reject, partial: Int64) throws {
    reject.bind(partial)
    reject.bind(row.position.line)
    reject.bind(row.position.byteOffset)
    reject.bind(row.position.bytes)
    reject.bind(row.lineDigest.description)
    reject.bind(row.reason.rawValue)
    try reject.write()
  }

  func write(_ digests: [UInt64], bucket: Int, partial: Int64) throws {
    requestDigest.bind(partial)
    requestDigest.bind(bucket)
    digests.withUnsafeBytes { requestDigest.bind($0) }
    try requestDigest.write()
  }

  func write(_ sums: Partial, partial: Int64) throws {
    var days: [Int: String] = [:]
    func text(_ day: Int?) -> String {
      guard let day else { return "-" }
      if let known = days[day] { return known }
      let made = CivilDay.text(day)
      days[day] = made
      return made
    }
    for row in sums.tally {
      tally.bind(partial)
      tally.bind(text(row.day))
      tally.bind(row.rule)
      tally.bind(row.version)
      tally.bind(row.owner)
      tally.bind(row.ownerStatus.name)
      tally.bind(row.decisionClass.name)
      tally.bind(row.sums.n)
      tally.bind(row.sums.tokensIn)
      tally.bind(row.sums.tokensOut)
      tally.bind(row.sums.costMicros)
      tally.bind(row.sums.indeterminate)
      tally.bind(row.sums.served)
      tally.bind(row.sums.blocked)
      tally.bind(row.sums.withTools)
      tally.bind(row.sums.afterFailure)
      tally.bind(row.sums.moved)
      tally.bind(row.sums.sensitiveServed)
      tally.bind(row.sums.sensitiveUnplaced)
      tally.bind(row.sums.unclassified)
      try tally.write()
    }
    for (number, counts) in sums.hours.sorted(by: { $0.key < $1.key }) {
      hour.bind(partial)
      hour.bind(number)
      hour.bind(counts.judged)
      hour.bind(counts.exceptions)
      try hour.write()
    }
    for row in sums.seen {
      seen.bind(partial)
      seen.bind(row.kind.rawValue)
      seen.bind(row.name)
      seen.bind(row.n)
      seen.bind(row.unlisted)
      seen.bind(row.first.microseconds)
      seen.bind(row.last.microseconds)
      try seen.write()
    }
    for row in sums.traffic {
      traffic.bind(partial)
      traffic.bind(row.servedModel)
      traffic.bind(row.provider)
      traffic.bind(row.jurisdiction)
      traffic.bind(row.isSensitive)
      traffic.bind(row.hasTools)
      traffic.bind(row.n)
      try traffic.write()
    }
    for row in sums.routed {
      routed.bind(partial)
      routed.bind(row.rule)
      routed.bind(row.version)
      routed.bind(text(row.week))
      routed.bind(row.servedModel)
      routed.bind(row.n)
      try routed.write()
    }
    for row in sums.tenures {
      tenure.bind(partial)
      tenure.bind(row.rule)
      tenure.bind(row.recordIndex)
      tenure.bind(row.n)
      tenure.bind(row.redecided)
      try tenure.write()
    }
    for (version, n) in sums.redecidedVersions.sorted(by: { $0.key.precedesBytewise($1.key) }) {
      redecided.bind(partial)
      redecided.bind(version)
      redecided.bind(n)
      try redecided.write()
    }
    for field in RoutingField.allCases {
      empty.bind(partial)
      empty.bind(field.rawValue)
      empty.bind(sums.counts.empty[field])
      try empty.write()
    }
    for row in sums.sample {
      sample.bind(partial)
      sample.bind(row.digest.description)
      CanonicalCSV.line([row.decision.rule, row.decision.decisionClass.name, row.decision.requestID]).withUnsafeBytes {
        sample.bind($0)
      }
      Self.bind(row.decision, to: &sample)
      try sample.write()
    }
  }
}
