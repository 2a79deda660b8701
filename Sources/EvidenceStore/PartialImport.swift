internal import EvidenceModel
internal import GRDB
internal import Intake
package import Replay

extension EvidenceStore {
  /// Keeps what the partials of a log came to, as a scan of the log would have.
  ///
  /// - Returns: the number of its one part, which may have been kept before.
  /// - Throws: `PartialError` where a partial does not hold what it says, or `StoreError`; then nothing of the log is kept.
  package func keep(_ log: LogPartials, plan: ReplayPlan) throws -> Int64 {
    let counts = log.counts
    let key: StatementArguments = [
      log.digest.description, log.end, log.format, log.shape,
      plan.binding.digest(from: counts.first, to: counts.last).description,
      plan.binding.neighboursDigest(from: counts.first, to: counts.last).description,
    ]
    do {
      try prepareForRows()
      return try queue.write { database in
        let kept = try Int64.fetchOne(
          database,
          sql: """
            SELECT id FROM partial WHERE source_sha256 = ? AND text_from = 0 AND text_to = ? AND format = ? AND shape = ?
              AND plan_sha256 = ? AND neighbours_sha256 = ?
            """, arguments: key)
        if let kept { return kept }
        // It may end within a line that goes on one day, so it is never gone on with.
        try database.execute(
          sql: """
            INSERT INTO partial (source_sha256, text_to, format, shape, plan_sha256, neighbours_sha256, name, source_bytes,
              text_from, is_unterminated, is_end, compression, damage, lines, blank, malformed, out_of_period, judged,
              folded, other, exceptions, zone_assumed, first_at, last_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 1, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)
            """,
          arguments: key + [
            log.name, log.storedBytes, log.compression.rawValue, log.damage, counts.lines, counts.blank,
            counts.malformed, counts.outOfPeriod, counts.judged, counts.folded, counts.other, counts.zoneAssumed,
            counts.first?.microseconds, counts.last?.microseconds,
          ])
        let id = database.lastInsertedRowID
        let rows = try ScanRows(database)
        var exceptions = 0
        let sums = try log.read { decision in
          exceptions += 1
          try rows.write(decision, partial: id)
        } reject: { row in
          try rows.write(row, partial: id)
        } requests: { digests in
          for (bucket, block) in Dictionary(grouping: digests, by: { Int($0 >> 56) }).sorted(by: { $0.key < $1.key }) {
            try rows.write(block, bucket: bucket, partial: id)
          }
        }
        try rows.write(sums, partial: id)
        try database.execute(sql: "UPDATE partial SET exceptions = ? WHERE id = ?", arguments: [exceptions, id])
        try StoreSchema.current.get().seal(partial: id, in: database)
        return id
      }
    } catch let error as PartialError {
      throw error
    } catch {
      throw failure(error)
    }
  }
}
