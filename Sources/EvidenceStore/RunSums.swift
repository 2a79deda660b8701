package import EvidenceModel
internal import GRDB
package import Replay

/// The sums of one run.
extension RunEvidence {
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
}
