package import EvidenceModel
internal import GRDB
internal import Replay

/// The exceptions of one run.
extension RunEvidence {
  /// The first exceptions that a filter picks, in time order.
  package func exceptions(
    _ filter: DecisionFilter = DecisionFilter(), limit: Int
  ) throws(StoreError) -> [LocatedDecision] {
    let (condition, arguments) = Self.condition(filter)
    return try rows(
      "SELECT source.ordinal, source.name AS source_name, t.* FROM exception AS t \(Self.joined)\(condition) ORDER BY t.at, source.ordinal, t.byte_offset LIMIT \(limit)",
      arguments, Self.decision)
  }

  /// What a list of exceptions is grouped by, before time.
  package enum Grouping: String, Sendable {
    case time
    case decisionClass = "class"
    case rule = "rule_id"
    case owner
  }

  /// Every exception, group by group, in time order within a group, with its place in the order of time, from 0. The
  /// store must not be asked anything meanwhile.
  package func forEachException(
    by grouping: Grouping, _ body: (_ place: Int, _ decision: LocatedDecision) throws -> Void
  ) throws {
    let byTime = "t.at, source.ordinal, t.byte_offset"
    let order = grouping == .time ? byTime : "t.\(grouping.rawValue), \(byTime)"
    try store.queue.read { database in
      let cursor = try Row.fetchCursor(
        database,
        sql: """
          SELECT source.ordinal, source.name AS source_name, row_number() OVER (ORDER BY \(byTime)) - 1 AS place, t.*
          FROM exception AS t \(Self.joined) ORDER BY \(order)
          """,
        arguments: [runID])
      while let row = try cursor.next() { try body(row["place"], Self.decision(row)) }
    }
  }

  package func exceptionCount(_ filter: DecisionFilter = DecisionFilter()) throws(StoreError) -> Int {
    let (condition, arguments) = Self.condition(filter)
    return try rows("SELECT count(*) AS n FROM exception AS t \(Self.joined)\(condition)", arguments) { $0["n"] as Int }
      .first ?? 0
  }

  private static func condition(_ filter: DecisionFilter) -> (String, [(any DatabaseValueConvertible)?]) {
    var sql = ""
    var arguments: [(any DatabaseValueConvertible)?] = []
    func require(_ column: String, _ value: String?) {
      guard let value else { return }
      sql += " AND t.\(column) = ?"
      arguments.append(value)
    }
    require("rule_id", filter.rule)
    require("version", filter.version)
    require("owner", filter.owner)
    require("owner_status", filter.ownerStatus?.name)
    if !filter.classes.isEmpty {
      sql += " AND t.class IN (\(filter.classes.map { _ in "?" }.joined(separator: ", ")))"
      arguments += filter.classes.map(\.name)
    }
    return (sql, arguments)
  }

  static func decision(_ row: Row) -> LocatedDecision {
    LocatedDecision(
      source: ScannedSourceRef(ordinal: row["ordinal"], name: row["source_name"]),
      decision: JudgedDecision(
        position: SourcePosition(line: row["line"], byteOffset: row["byte_offset"], bytes: row["bytes"]),
        lineDigest: Digest(hexadecimal: row["line_sha256"] as String) ?? Digest(words: (0, 0, 0, 0)),
        at: Instant(microseconds: row["at"]), requestID: row["request_id"], agent: row["agent"],
        dataClass: row["data_class"],
        requestedModel: row["requested_model"], servedModel: row["served_model"], provider: row["provider"],
        deployment: row["deployment"], claimedRule: row["claimed_rule"], escalatedFrom: row["escalated_from"],
        trigger: row["trigger"], tools: (row["tools"] as String).split(separator: "\u{1F}").map(String.init),
        outcome: Outcome(name: row["outcome"]) ?? .error, tokensIn: row["tokens_in"], tokensOut: row["tokens_out"],
        costMicros: row["cost_micros"], version: row["version"], rule: row["rule_id"], owner: row["owner"],
        ownerStatus: OwnerStatus(name: row["owner_status"]) ?? .notAsked, jurisdiction: row["jurisdiction"],
        decisionClass: DecisionClass(name: row["class"]) ?? .malformed, indeterminate: row["indeterminate"] as Int == 1)
    )
  }
}

/// A source's place in its run, and its name.
package struct ScannedSourceRef: Sendable, Hashable {
  package var ordinal: Int
  package var name: String
}

/// A decision and the source it stands in.
package struct LocatedDecision: Sendable {
  package var source: ScannedSourceRef
  package var decision: JudgedDecision
}
