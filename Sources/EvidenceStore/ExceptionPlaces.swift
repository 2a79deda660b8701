package import EvidenceModel
internal import GRDB

/// Where one exception stands: enough to lay out the pages of a long list without reading its rows.
package struct ExceptionPlace: Sendable {
  /// What its list is grouped by: a class, a rule or an owner; nothing in the order of time.
  package var group: String
  package var at: Instant
  package var source: ScannedSourceRef
  package var byteOffset: Int
}

extension RunEvidence {
  /// How many characters of a request id decide its place among the others.
  package static let requestIDKey = 64

  /// The place of every exception, in the order of `forEachException(by:)`. The store must not be asked anything
  /// meanwhile.
  package func forEachExceptionPlace(
    by grouping: Grouping, _ body: (ExceptionPlace) throws -> Void
  ) throws {
    let byTime = "t.at, source.ordinal, t.byte_offset"
    let (group, order) =
      grouping == .time ? ("''", byTime) : ("t.\(grouping.rawValue)", "t.\(grouping.rawValue), \(byTime)")
    try store.queue.read { database in
      let cursor = try Row.fetchCursor(
        database,
        sql:
          "SELECT \(group), t.at, source.ordinal, source.name, t.byte_offset FROM exception AS t \(Self.joined) ORDER BY \(order)",
        arguments: [runID])
      while let row = try cursor.next() { try body(Self.place(row)) }
    }
  }

  /// The request id of every exception, in the order of its lower-case bytes (ASCII letters alone are folded), with its
  /// place in the order of time, from 0. The store must not be asked anything meanwhile.
  package func forEachExceptionID(
    _ body: (_ requestID: String, _ order: Int, _ place: ExceptionPlace) throws -> Void
  ) throws {
    let byTime = "t.at, source.ordinal, t.byte_offset"
    try store.queue.read { database in
      let cursor = try Row.fetchCursor(
        database,
        sql: """
          SELECT '', t.at, source.ordinal, source.name, t.byte_offset, t.request_id,
            row_number() OVER (ORDER BY \(byTime)) - 1
          FROM exception AS t \(Self.joined) ORDER BY lower(substr(t.request_id, 1, \(Self.requestIDKey))), \(byTime)
          """,
        arguments: [runID])
      while let row = try cursor.next() { try body(row[5], row[6], Self.place(row)) }
    }
  }

  private static func place(_ row: Row) -> ExceptionPlace {
    ExceptionPlace(
      group: row[0], at: Instant(microseconds: row[1]), source: ScannedSourceRef(ordinal: row[2], name: row[3]),
      byteOffset: row[4])
  }
}
