package import EvidenceModel
internal import Foundation
internal import GRDB
internal import Intake
package import Replay

/// What the sources of one run came to, added up.
package final class RunEvidence {
  let store: EvidenceStore
  let runID: Int64

  init(store: EvidenceStore, runID: Int64) {
    self.store = store
    self.runID = runID
  }

  /// A source that stands in a run twice counts twice; hence joins, not `IN`.
  static let joined = "JOIN source ON source.partial_id = t.partial_id WHERE source.run_id = ?"

  func rows<Value>(
    _ sql: String, _ arguments: [(any DatabaseValueConvertible)?] = [], _ make: (Row) -> Value
  ) throws(StoreError) -> [Value] {
    try store.perform { database in
      var values: [Value] = []
      let cursor = try Row.fetchCursor(database, sql: sql, arguments: StatementArguments([runID] + arguments))
      while let row = try cursor.next() { values.append(make(row)) }
      return values
    }
  }

  // MARK: Sources

  package func sources() throws(StoreError) -> [ScannedSource] {
    // Of a log's parts the last one carries the digest of all of it.
    try rows(
      """
      SELECT source.ordinal, source.name, min(source.is_present) AS is_present, t.format, max(t.compression) AS compression,
        max(t.source_bytes) AS source_bytes, whole.source_sha256, max(t.damage) AS damage, sum(t.lines) AS lines,
        sum(t.blank) AS blank, sum(t.malformed) AS malformed, sum(t.out_of_period) AS out_of_period,
        sum(t.judged) AS judged, sum(t.folded) AS folded, sum(t.other) AS other, sum(t.zone_assumed) AS zone_assumed, min(t.first_at) AS first_at,
        max(t.last_at) AS last_at, sum(t.exceptions) AS exceptions
      FROM partial AS t JOIN source ON source.partial_id = t.id
        JOIN source AS end ON end.run_id = source.run_id AND end.ordinal = source.ordinal
          AND end.part = (SELECT max(part) FROM source AS s WHERE s.run_id = source.run_id AND s.ordinal = source.ordinal)
        JOIN partial AS whole ON whole.id = end.partial_id
      WHERE source.run_id = ? GROUP BY source.ordinal ORDER BY source.ordinal
      """
    ) { row in
      ScannedSource(
        ordinal: row["ordinal"], name: row["name"], isPresent: row["is_present"] as Int == 1, format: row["format"],
        compression: row["compression"], storedBytes: row["source_bytes"],
        digest: Digest(hexadecimal: row["source_sha256"] as String) ?? Digest(words: (0, 0, 0, 0)),
        damage: row["damage"],
        lines: row["lines"], blank: row["blank"], malformed: row["malformed"], outOfPeriod: row["out_of_period"],
        judged: row["judged"], folded: row["folded"], other: row["other"], zoneAssumed: row["zone_assumed"],
        first: (row["first_at"] as Int64?).map { Instant(microseconds: $0) },
        last: (row["last_at"] as Int64?).map { Instant(microseconds: $0) }, exceptions: row["exceptions"])
    }
  }

  /// How often each field was empty, inferred or matched.
  package func fieldCounts(of source: ScannedSource) throws(StoreError) -> FieldCounts {
    let rows = try rows(
      """
      SELECT t.field, sum(t.empty) AS empty, sum(t.inferred) AS inferred, sum(t.matched) AS matched
      FROM field_count AS t \(Self.joined) AND source.ordinal = ? GROUP BY 1
      """, [source.ordinal]
    ) { row in
      (
        RoutingField(rawValue: row["field"]),
        FieldCounts.Counts(empty: row["empty"], inferred: row["inferred"], matched: row["matched"])
      )
    }
    var counts = FieldCounts()
    for (field, sums) in rows { if let field { counts[field] = sums } }
    return counts
  }

  package func rejectReasons(of source: ScannedSource) throws(StoreError) -> [(reason: RejectReason, n: Int)] {
    try rows(
      "SELECT t.reason, count(*) AS n FROM reject AS t \(Self.joined) AND source.ordinal = ? GROUP BY 1 ORDER BY 1",
      [source.ordinal]
    ) { row in (RejectReason(rawValue: row["reason"]) ?? .notJSON, row["n"] as Int) }
  }

  /// Rejects in the order of their place; at most `limit`, or all.
  package func forEachReject(
    limit: Int? = nil, of source: ScannedSource? = nil, _ body: (ScannedSourceRef, Reject) throws -> Void
  ) throws(StoreError) {
    let condition = source.map { " AND source.ordinal = \($0.ordinal)" } ?? ""
    let cap = limit.map { " LIMIT \($0)" } ?? ""
    try store.perform { database in
      let cursor = try Row.fetchCursor(
        database,
        sql:
          "SELECT source.ordinal, source.name, t.* FROM reject AS t \(Self.joined)\(condition) ORDER BY source.ordinal, t.byte_offset\(cap)",
        arguments: [runID])
      while let row = try cursor.next() {
        try body(
          ScannedSourceRef(ordinal: row["ordinal"], name: row["name"]),
          Reject(
            position: SourcePosition(line: row["line"], byteOffset: row["byte_offset"], bytes: row["bytes"]),
            lineDigest: Digest(hexadecimal: row["line_sha256"] as String) ?? Digest(words: (0, 0, 0, 0)),
            reason: RejectReason(rawValue: row["reason"]) ?? .notJSON))
      }
    }
  }
}
