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
      throw failure(error)
    }
  }
}

extension EvidenceStore {
  /// While there is no exception yet, a scan need not keep indexes of them; the run that follows makes them.
  func prepareForRows() throws {
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
  private var rows: ScanRows?
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

  private func perform(_ body: (Database, ScanRows) throws -> Void) throws {
    try store.queue.writeWithoutTransaction { database in
      if let failure { throw failure }
      do {
        if !database.isInsideTransaction { try database.beginTransaction(.immediate) }
        let rows = try self.rows ?? ScanRows(database)
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
          plan_sha256, neighbours_sha256, compression, lines, blank, malformed, out_of_period, judged, folded, other,
          exceptions, zone_assumed)
        VALUES (?, 0, 0, 0, 0, 0, ?, ?, '', '', '', 0, 0, 0, 0, 0, 0, 0, 0, 0)
        """, arguments: [logs[part.task].name, format.format.identity, format.shapeName])
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
          UPDATE partial SET source_bytes = ?, text_from = ?, text_to = ?, is_unterminated = ?, plan_sha256 = ?,
            neighbours_sha256 = ?, lines = ?,
            blank = ?, malformed = ?, out_of_period = ?, judged = ?, folded = ?, other = ?, exceptions = ?,
            zone_assumed = ?, first_at = ?,
            last_at = ?
          WHERE id = ?
          """,
        arguments: [
          outcome.storedBytes, outcome.range.lowerBound, outcome.range.upperBound, outcome.isUnterminated ? 1 : 0,
          plan.binding.digest(from: counts.first, to: counts.last).description,
          plan.binding.neighboursDigest(from: counts.first, to: counts.last).description, counts.lines, counts.blank,
          counts.malformed, counts.outOfPeriod, counts.judged, counts.folded, counts.other,
          outcome.partial.hours.values.reduce(0) { $0 + $1.exceptions }, counts.zoneAssumed, counts.first?.microseconds,
          counts.last?.microseconds, id,
        ])
      try rows.write(outcome.partial, partial: id)
      // Only a log of lines that is stored as it is can be gone on with; any other counts whole or not at all.
      if logs[part.task].task.format.isSeekable, outcome.compression == .none {
        try settle(part.task, id, digest: outcome.digest, bytes: outcome.storedBytes, database)
        open[part.task]?[part.index] = nil
        try seal(scanned[part.task].partials.suffix(1), database)
        try database.commit()
      }
    }
  }

  func finish(task: Int, _ outcome: LogOutcome) throws {
    try perform { database, _ in
      let damage = outcome.damage.map { $0.diagnostic(name: "").summary }
      if let error = outcome.damage, !outcome.wasOpened || error.isChange {
        // What was settled before belongs to no run, and goes when it has finished.
        for (_, id) in open[task] ?? [:] {
          try database.execute(sql: "DELETE FROM partial WHERE id = ?", arguments: [id])
        }
        scanned[task] = ScannedLog(unreadable: error)
      } else {
        let first = scanned[task].partials.count
        for (_, id) in (open[task] ?? [:]).sorted(by: { $0.key < $1.key }) {
          try database.execute(
            sql: "UPDATE partial SET compression = ? WHERE id = ?", arguments: [outcome.compression.rawValue, id])
          try settle(task, id, digest: outcome.digest, bytes: outcome.storedBytes, database)
        }
        if let last = scanned[task].partials.last {
          try database.execute(
            sql: "UPDATE partial SET is_end = 1, damage = ? WHERE id = ?", arguments: [damage, last])
          try StoreSchema.current.get().sealRow(ofPartial: last, in: database)
        }
        try seal(scanned[task].partials.dropFirst(first), database)
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
          AND k.neighbours_sha256 = t.neighbours_sha256
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

  /// Takes the digests of partials that have all their rows.
  private func seal(_ partials: ArraySlice<Int64>, _ database: Database) throws {
    let schema = try StoreSchema.current.get()
    for id in partials { try schema.seal(partial: id, in: database) }
  }
}
