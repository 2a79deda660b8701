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

  // MARK: Sums

  /// The tally; without days when they are not asked for.
  package func tally(byDay: Bool) throws(StoreError) -> [TallyRow] {
    let day = byDay ? "t.day" : "''"
    return try rows(
      """
      SELECT \(day) AS day, t.rule_id, t.version, t.owner, t.owner_status, t.class, sum(t.n) AS n, sum(t.tokens_in) AS tokens_in,
        sum(t.tokens_out) AS tokens_out, sum(t.cost_micros) AS cost_micros, sum(t.indeterminate) AS indeterminate,
        sum(t.served) AS served, sum(t.blocked) AS blocked, sum(t.with_tools) AS with_tools, sum(t.after_failure) AS after_failure, sum(t.moved) AS moved,
        sum(t.sensitive_served) AS sensitive_served, sum(t.sensitive_unplaced) AS sensitive_unplaced, sum(t.unclassified) AS unclassified,
        sum(t.over_cost) AS over_cost, sum(t.returned) AS returned
      FROM tally AS t \(Self.joined) GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
      """
    ) { row in
      // By number: looking columns up by name would cost more than the query.
      var sums = TallySums()
      sums.n = row[6]
      sums.tokensIn = row[7]
      sums.tokensOut = row[8]
      sums.costMicros = row[9]
      sums.indeterminate = row[10]
      sums.served = row[11]
      sums.blocked = row[12]
      sums.withTools = row[13]
      sums.afterFailure = row[14]
      sums.moved = row[15]
      sums.sensitiveServed = row[16]
      sums.sensitiveUnplaced = row[17]
      sums.unclassified = row[18]
      sums.overCost = row[19]
      sums.returned = row[20]
      return TallyRow(
        day: CivilDay.parse(row[0] as String), rule: row[1], version: row[2], owner: row[3],
        ownerStatus: OwnerStatus(name: row[4]) ?? .notAsked, decisionClass: DecisionClass(name: row[5]) ?? .malformed,
        sums: sums)
    }
  }

  package struct HourCount: Sendable {
    package var hour: Int
    package var judged: Int
    package var exceptions: Int
  }

  /// Judged decisions an hour, in time order; of all sources, or of one.
  package func hours(of source: ScannedSource? = nil) throws(StoreError) -> [HourCount] {
    let condition = source.map { " AND source.ordinal = \($0.ordinal)" } ?? ""
    return try rows(
      "SELECT t.hour, sum(t.judged) AS judged, sum(t.exceptions) AS exceptions FROM hour AS t \(Self.joined)\(condition) GROUP BY 1 ORDER BY 1"
    ) { row in HourCount(hour: row["hour"], judged: row["judged"], exceptions: row["exceptions"]) }
  }

  package struct DayCount: Sendable {
    package var rule: String
    /// UTC, in days since 1970-01-01.
    package var day: Int
    package var decisionClass: DecisionClass
    package var n: Int

    package init(rule: String, day: Int, decisionClass: DecisionClass, n: Int) {
      self.rule = rule
      self.day = day
      self.decisionClass = decisionClass
      self.n = n
    }
  }

  /// Judged decisions by rule, day and class, in this order; of all sources, or of one.
  package func days(of source: ScannedSource? = nil) throws(StoreError) -> [DayCount] {
    let condition = source.map { " AND source.ordinal = \($0.ordinal)" } ?? ""
    // Malformed lines have no day.
    return try rows(
      """
      SELECT t.rule_id, t.day, t.class, sum(t.n) FROM tally AS t \(Self.joined)\(condition) AND t.day <> '-'
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
      """
    ) { row in
      DayCount(
        rule: row[0], day: CivilDay.parse(row[1] as String) ?? 0,
        decisionClass: DecisionClass(name: row[2]) ?? .malformed, n: row[3])
    }
  }

  package func seen() throws(StoreError) -> [SeenRow] {
    try rows(
      """
      SELECT t.kind, t.name, sum(t.n) AS n, sum(t.unlisted) AS unlisted, sum(t.retired) AS retired,
        sum(t.switched_off) AS switched_off, min(t.first_at) AS first_at, max(t.last_at) AS last_at
      FROM seen AS t \(Self.joined) GROUP BY 1, 2 ORDER BY 1, 2
      """
    ) { row in
      SeenRow(
        kind: SeenRow.Kind(rawValue: row["kind"]) ?? .model, name: row["name"], n: row["n"], unlisted: row["unlisted"],
        retired: row["retired"], switchedOff: row["switched_off"], first: Instant(microseconds: row["first_at"]),
        last: Instant(microseconds: row["last_at"]))
    }
  }

  package func traffic() throws(StoreError) -> [TrafficRow] {
    try rows(
      """
      SELECT t.served_model, t.provider, t.jurisdiction, t.is_sensitive, t.has_tools, sum(t.n) AS n
      FROM traffic AS t \(Self.joined) GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
      """
    ) { row in
      TrafficRow(
        servedModel: row["served_model"], provider: row["provider"], jurisdiction: row["jurisdiction"],
        isSensitive: row["is_sensitive"] as Int == 1, hasTools: row["has_tools"] as Int == 1, n: row["n"])
    }
  }

  package func routed() throws(StoreError) -> [RoutedRow] {
    try rows(
      """
      SELECT t.rule_id, t.version, t.week, t.served_model, sum(t.n) AS n FROM routed AS t \(Self.joined)
      GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
      """
    ) { row in
      RoutedRow(
        rule: row["rule_id"], version: row["version"], week: CivilDay.parse(row["week"] as String) ?? 0,
        servedModel: row["served_model"], n: row["n"])
    }
  }

  package func links() throws(StoreError) -> [LinkRow] {
    try rows(
      """
      SELECT t.side, t.name, t.other_side, t.other, sum(t.n), min(t.first_at), max(t.last_at) FROM link AS t \(Self.joined)
      GROUP BY 1, 3, 2, 4 ORDER BY 1, 3, 2, 4
      """
    ) { row in
      LinkRow(
        side: LinkRow.Side(rawValue: row[0]) ?? .agent, name: row[1],
        otherSide: LinkRow.Side(rawValue: row[2]) ?? .rule, other: row[3], n: row[4],
        first: Instant(microseconds: row[5]), last: Instant(microseconds: row[6]))
    }
  }

  /// Decisions that a neighbouring version would have judged otherwise.
  package func neighbours() throws(StoreError) -> [NeighbourRow] {
    try rows(
      """
      SELECT t.version, t.neighbour, t.is_before, t.rule_id, t.class, t.neighbour_rule_id, t.neighbour_class, sum(t.n)
      FROM neighbour AS t \(Self.joined) GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7
      """
    ) { row in
      NeighbourRow(
        version: row[0], neighbour: row[1], isBefore: row[2] as Int == 1, rule: row[3],
        decisionClass: DecisionClass(name: row[4]) ?? .malformed, neighbourRule: row[5],
        neighbourClass: DecisionClass(name: row[6]) ?? .malformed, n: row[7])
    }
  }

  /// Parts of logs that are gone, judged next to other versions than today's: what a neighbour would have said of their
  /// decisions was forgotten.
  package func partsWithoutNeighbours() throws(StoreError) -> Int {
    try rows(
      "SELECT count(*) AS n FROM (SELECT id AS partial_id, neighbours_sha256 FROM partial) AS t \(Self.joined) AND t.neighbours_sha256 = ''"
    ) { $0["n"] as Int }.first ?? 0
  }

  package func tenureCounts() throws(StoreError) -> [TenureRow] {
    try rows(
      """
      SELECT t.rule_id, t.record, sum(t.n) AS n, sum(t.redecided) AS redecided FROM tenure_count AS t \(Self.joined)
      GROUP BY 1, 2 ORDER BY 1, 2
      """
    ) { row in TenureRow(rule: row["rule_id"], recordIndex: row["record"], n: row["n"], redecided: row["redecided"]) }
  }

  package func redecidedVersions() throws(StoreError) -> ByName<Int> {
    let counts = try rows("SELECT t.version, sum(t.n) AS n FROM redecided_version AS t \(Self.joined) GROUP BY 1") {
      row in
      (row["version"] as String, row["n"] as Int)
    }
    return counts.reduce(into: [:]) { $0[$1.0, default: 0] += $1.1 }
  }

  /// How many request ids stand on how many judged decisions each, for ids with more than one. Exact, but for two ids whose
  /// 64-bit digests are equal: less than one chance in three thousand at a hundred million decisions.
  package func requestRepeats() throws(StoreError) -> [(decisions: Int, ids: Int)] {
    try store.perform { database in
      var ids: [Int: Int] = [:]
      var seen = DigestSet()
      for bucket in 0..<256 {
        var digests: [UInt64] = []
        let cursor = try Data.fetchCursor(
          database,
          sql: "SELECT t.digests FROM request_digest AS t \(Self.joined) AND t.bucket = ?", arguments: [runID, bucket])
        while let block = try cursor.next() {
          block.withUnsafeBytes { digests.append(contentsOf: $0.bindMemory(to: UInt64.self)) }
        }
        var rest = seen.repeated(in: digests).sorted()[...]
        while let digest = rest.first {
          let again = rest.prefix { $0 == digest }.count
          ids[again + 1, default: 0] += 1
          rest = rest.dropFirst(again)
        }
      }
      return ids.sorted { $0.key < $1.key }.map { (decisions: $0.key, ids: $0.value) }
    }
  }

  /// Judged decisions beyond the first of their request id, counted as above.
  package func duplicateRequestIDs() throws(StoreError) -> Int {
    try requestRepeats().reduce(0) { $0 + ($1.decisions - 1) * $1.ids }
  }

  /// Permitted fallbacks by the `permit` rule that covers them.
  package func permitted() throws(StoreError) -> [PermittedRow] {
    try rows(
      """
      SELECT t.rule_id, t.version, sum(t.n) AS n, sum(t.ambiguous) AS ambiguous
      FROM permitted AS t \(Self.joined) GROUP BY 1, 2 ORDER BY 1, 2
      """
    ) { PermittedRow(rule: $0["rule_id"], version: $0["version"], n: $0["n"], ambiguous: $0["ambiguous"]) }
  }

  /// Successes by day and served model; of some sources only, by their names.
  package func servedDays(of sources: [ScannedSource]) throws(StoreError) -> [ServedDayRow] {
    let ordinals = sources.map { String($0.ordinal) }.joined(separator: ", ")
    return try rows(
      """
      SELECT t.day, t.served_model, sum(t.n) AS n, sum(t.tokens_in) AS tokens_in, sum(t.tokens_out) AS tokens_out,
        sum(t.cost_micros) AS cost_micros
      FROM served_day AS t \(Self.joined) AND source.ordinal IN (\(ordinals)) GROUP BY 1, 2 ORDER BY 1, 2
      """
    ) { row in
      ServedDayRow(
        day: CivilDay.parse(row["day"] as String) ?? 0, servedModel: row["served_model"], n: row["n"],
        tokensIn: row["tokens_in"], tokensOut: row["tokens_out"], costMicros: row["cost_micros"])
    }
  }

  // MARK: Decisions

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

/// Finds what repeats in lists of digests. They are spread evenly, so their own bits are all the hash they need.
private struct DigestSet {
  private var slots: [UInt64] = []

  /// Digests beyond the first of each kind.
  mutating func repeated(in digests: [UInt64]) -> [UInt64] {
    var size = 1024
    while size < digests.count * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    var repeated: [UInt64] = []
    // 0 marks a free slot, so the digest 0 is looked for by itself.
    var hasZero = false
    for digest in digests {
      if digest == 0 {
        if hasZero { repeated.append(0) }
        hasZero = true
        continue
      }
      var slot = Int(truncatingIfNeeded: digest) & (size - 1)
      while slots[slot] != 0, slots[slot] != digest { slot = (slot + 1) & (size - 1) }
      if slots[slot] == digest { repeated.append(digest) }
      slots[slot] = digest
    }
    return repeated
  }
}
