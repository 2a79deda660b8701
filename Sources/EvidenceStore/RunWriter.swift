package import EvidenceModel
internal import GRDB

/// What a run keeps in the store beside its partials, for those who open it with `sqlite3`.
package struct RunRecord: Sendable {
  package var period: String
  package var plan: Digest
  package var sources: [SourceRecord]
  package var versions: [PolicyVersion]
  package var changes: [RuleChange]
  package var tenures: [Tenure]

  package init(
    period: String, plan: Digest, sources: [SourceRecord], versions: [PolicyVersion],
    changes: [RuleChange], tenures: [Tenure]
  ) {
    self.period = period
    self.plan = plan
    self.sources = sources
    self.versions = versions
    self.changes = changes
    self.tenures = tenures
  }
}

/// One routing log of a run and the partials it came to, in the order of their place.
package struct SourceRecord: Sendable {
  package var name: String
  package var partials: [Int64]
  /// False where the log is gone, and what it came to was kept.
  package var isPresent: Bool
  /// Digest of its first line, which tells whether another log may be the same one.
  package var firstLine: Digest?

  package init(name: String, partials: [Int64], isPresent: Bool = true, firstLine: Digest? = nil) {
    self.name = name
    self.partials = partials
    self.isPresent = isPresent
    self.firstLine = firstLine
  }
}

extension EvidenceStore {
  /// Records a run in place of the one before for the same period, and returns its evidence.
  package func begin(_ run: RunRecord) throws(StoreError) -> RunEvidence {
    let id = try perform { database in
      try database.execute(sql: "DELETE FROM run WHERE period = ?", arguments: [run.period])
      try database.execute(
        sql: "INSERT INTO run (period, plan_sha256) VALUES (?, ?)", arguments: [run.period, run.plan.description])
      let id = database.lastInsertedRowID
      for (ordinal, source) in run.sources.enumerated() {
        for (part, partial) in source.partials.enumerated() {
          try database.cachedStatement(
            sql: "INSERT INTO source (run_id, ordinal, part, name, is_present, partial_id) VALUES (?, ?, ?, ?, ?, ?)"
          ).execute(
            arguments: [id, ordinal, part, source.name, source.isPresent ? 1 : 0, partial])
        }
        guard source.isPresent, let last = source.partials.last else { continue }
        try database.execute(
          sql: """
            INSERT OR REPLACE INTO known_log (period, name, bytes, sha256, compression, first_line_sha256)
            SELECT ?, ?, source_bytes, source_sha256, compression, ? FROM partial WHERE id = ?
            """, arguments: [run.period, source.name, source.firstLine?.description, last])
      }
      try StoreSchema.current.get().seal(table: "known_log", in: database)
      for (ordinal, version) in run.versions.enumerated() {
        try database.cachedStatement(sql: "INSERT INTO policy_version VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
          .execute(
            arguments: [
              id, ordinal, version.id, version.effectiveFrom.microseconds, version.recordedAt?.microseconds,
              version.author,
              version.approvedBy.joined(separator: "|"), version.approvedAt?.microseconds, version.ticket,
              version.source,
              version.digest.description, version.isReadable ? 1 : 0, version.rules.count,
            ])
      }
      for (ordinal, change) in run.changes.enumerated() {
        try database.cachedStatement(sql: "INSERT INTO rule_change VALUES (?, ?, ?, ?, ?, ?, ?)").execute(
          arguments: [
            id, ordinal, change.version, change.rule, change.kind.rawValue, change.direction.rawValue,
            change.fields.map(\.name).joined(separator: "|"),
          ])
      }
      for (ordinal, tenure) in run.tenures.enumerated() {
        try database.cachedStatement(sql: "INSERT INTO tenure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").execute(
          arguments: [
            id, ordinal, tenure.rule, tenure.recordIndex, tenure.record.owner, tenure.record.role,
            tenure.record.from.microseconds, tenure.record.to?.microseconds, tenure.record.recordedAt?.microseconds,
            tenure.record.source, tenure.record.line,
          ])
      }
      return id
    }
    return RunEvidence(store: self, runID: id)
  }
}

extension RunEvidence {
  /// Makes the indexes that questions about single exceptions need. Sorted all at once, they cost a quarter of what they
  /// cost row by row in a scan.
  package func indexExceptions() throws(StoreError) {
    try store.perform { database in
      try database.execute(
        sql: """
          CREATE INDEX IF NOT EXISTS exception_by_rule ON exception (rule_id, at);
          CREATE INDEX IF NOT EXISTS exception_by_owner ON exception (owner, at)
          """)
    }
  }

  /// Keeps the findings, and drops what no run needs any more.
  package func keep(_ findings: [Finding]) throws(StoreError) {
    try store.perform { database in
      for (ordinal, finding) in findings.enumerated() {
        try database.cachedStatement(sql: "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").execute(
          arguments: [
            runID, ordinal, finding.id, finding.check, finding.result.rawValue, finding.subjectKind.rawValue,
            finding.subject, finding.summary, finding.count, finding.population,
          ])
      }
    }
    try dropUnusedPartials()
  }

  /// Drops partials that no run needs any more. Those of a log that the last run of its period did not find stay: nobody
  /// can scan it again.
  package func dropUnusedPartials() throws(StoreError) {
    try store.perform { database in
      try database.execute(
        sql: """
          DELETE FROM partial WHERE id NOT IN (SELECT partial_id FROM source) AND name NOT IN (
            SELECT name FROM known_log WHERE NOT EXISTS (
              SELECT 1 FROM source JOIN run ON run.id = source.run_id
              WHERE run.period = known_log.period AND source.name = known_log.name AND source.is_present = 1))
          """)
    }
  }
}
