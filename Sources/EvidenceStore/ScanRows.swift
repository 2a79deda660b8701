internal import EvidenceModel
internal import GRDB
internal import Intake
internal import Replay

/// The statements that write what a scan found.
final class ScanRows {
  private static let decisionColumns = """
    line, byte_offset, bytes, line_sha256, at, request_id, rule_id, version, owner, owner_status, class, indeterminate,
    agent, data_class, requested_model, served_model, provider, deployment, jurisdiction, claimed_rule, escalated_from,
    trigger, tools, outcome, tokens_in, tokens_out, cost_micros
    """
  private static let decisionMarks = Array(repeating: "?", count: 27).joined(separator: ", ")

  private var exception, reject, requestDigest, tally, hour, seen, traffic, routed, permitted, servedDay, link,
    neighbour, tenure, redecided, fields, sample: FastInsert

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
    tally = try FastInsert(database, into: "tally", columns: 22)
    hour = try FastInsert(database, into: "hour", columns: 4)
    // Two names of a log may be one text here, where U+0000 is shown by its picture.
    seen = try upsert(
      "seen", columns: 9,
      "n = n + excluded.n, unlisted = unlisted + excluded.unlisted, retired = retired + excluded.retired, switched_off = switched_off + excluded.switched_off, first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)"
    )
    traffic = try upsert("traffic", columns: 7, "n = n + excluded.n")
    routed = try upsert("routed", columns: 6, "n = n + excluded.n")
    permitted = try upsert("permitted", columns: 5, "n = n + excluded.n, ambiguous = ambiguous + excluded.ambiguous")
    servedDay = try upsert(
      "served_day", columns: 7,
      "n = n + excluded.n, tokens_in = tokens_in + excluded.tokens_in, tokens_out = tokens_out + excluded.tokens_out, cost_micros = cost_micros + excluded.cost_micros"
    )
    link = try upsert(
      "link", columns: 8,
      "n = n + excluded.n, first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)")
    neighbour = try upsert("neighbour", columns: 9, "n = n + excluded.n")
    tenure = try FastInsert(database, into: "tenure_count", columns: 5)
    redecided = try FastInsert(database, into: "redecided_version", columns: 3)
    fields = try FastInsert(database, into: "field_count", columns: 5)
    sample = try FastInsert(
      database,
      "INSERT INTO sample (partial_id, kind, digest, canonical, \(Self.decisionColumns)) VALUES (?, ?, ?, ?, \(Self.decisionMarks))"
    )
  }

  func write(_ decision: JudgedDecision, partial: Int64) throws {
    try CanonicalCSV.line([decision.requestID, decision.decisionClass.name]).withUnsafeBytes {
      try exception.write(partial, $0, decision)
    }
  }

  func write(_ row: Reject, partial: Int64) throws {
    try reject.write(
      partial, row.position.line, row.position.byteOffset, row.position.bytes, row.lineDigest.description,
      row.reason.rawValue)
  }

  func write(_ digests: [UInt64], bucket: Int, partial: Int64) throws {
    try digests.withUnsafeBytes { try requestDigest.write(partial, bucket, $0) }
  }

  func write(_ sums: Partial, partial: Int64) throws {
    try writeDays(sums, partial)
    try writeNames(sums, partial)
    try writeVersions(sums, partial)
    for row in sums.sample { try write(row, .stratum, partial) }
    for row in sums.attributeSample { try write(row, .attribute, partial) }
    for boundary in sums.boundaries { try write(boundary.row, .boundary, partial) }
  }

  /// What is counted by day or hour.
  private func writeDays(_ sums: Partial, _ partial: Int64) throws {
    var days: [Int: String] = [:]
    func text(_ day: Int?) -> String {
      guard let day else { return "-" }
      if let known = days[day] { return known }
      let made = CivilDay.text(day)
      days[day] = made
      return made
    }
    for row in sums.tally {
      let n = row.sums
      try tally.write(
        partial, text(row.day), row.rule, row.version, row.owner, row.ownerStatus.name, row.decisionClass.name,
        n.n, n.tokensIn, n.tokensOut, n.costMicros, n.indeterminate, n.served, n.blocked, n.withTools, n.afterFailure,
        n.moved, n.sensitiveServed, n.sensitiveUnplaced, n.unclassified, n.overCost, n.returned)
    }
    for (number, counts) in sums.hours.sorted(by: { $0.key < $1.key }) {
      try hour.write(partial, number, counts.judged, counts.exceptions)
    }
    for row in sums.routed {
      try routed.write(partial, row.rule, row.version, text(row.week), row.servedModel, row.n)
    }
    for row in sums.servedDays {
      try servedDay.write(
        partial, text(row.day), row.servedModel, row.n, row.tokensIn, row.tokensOut, row.costMicros)
    }
  }

  /// What is counted by names that the log has, and how its fields are filled.
  private func writeNames(_ sums: Partial, _ partial: Int64) throws {
    for row in sums.seen {
      try seen.write(
        partial, row.kind.rawValue, row.name, row.n, row.unlisted, row.retired, row.switchedOff,
        row.first.microseconds, row.last.microseconds)
    }
    for row in sums.traffic {
      try traffic.write(
        partial, row.servedModel, row.provider, row.jurisdiction, row.isSensitive, row.hasTools, row.n)
    }
    for row in sums.links {
      try link.write(
        partial, row.side.rawValue, row.name, row.otherSide.rawValue, row.other, row.n, row.first.microseconds,
        row.last.microseconds)
    }
    for field in RoutingField.allCases {
      let counts = sums.counts.fields[field]
      try fields.write(partial, field.rawValue, counts.empty, counts.inferred, counts.matched)
    }
  }

  /// What is counted by rule, version and owner, whatever the day.
  private func writeVersions(_ sums: Partial, _ partial: Int64) throws {
    for row in sums.permitted { try permitted.write(partial, row.rule, row.version, row.n, row.ambiguous) }
    for row in sums.neighbours {
      try neighbour.write(
        partial, row.version, row.neighbour, row.isBefore, row.rule, row.decisionClass.name, row.neighbourRule,
        row.neighbourClass.name, row.n)
    }
    for row in sums.tenures { try tenure.write(partial, row.rule, row.recordIndex, row.n, row.redecided) }
    for (version, n) in sums.redecidedVersions.sorted(by: { $0.key.precedesBytewise($1.key) }) {
      try redecided.write(partial, version, n)
    }
  }

  private func write(_ row: SampleRow, _ kind: SampleKind, _ partial: Int64) throws {
    let decision = row.decision
    let line =
      kind == .stratum
      ? CanonicalCSV.line([decision.rule, decision.decisionClass.name, decision.requestID]) : decision.canonicalDetail
    try line.withUnsafeBytes { try sample.write(partial, kind.rawValue, row.digest.description, $0, decision) }
  }
}

/// The columns of `decisionColumns`.
extension JudgedDecision: Bindable {
  func bind(to insert: inout FastInsert) {
    func bind<each Value: Bindable>(_ values: repeat each Value) { repeat (each values).bind(to: &insert) }
    bind(position.line, position.byteOffset, position.bytes, lineDigest.description, at.microseconds, requestID)
    bind(rule, version, owner, ownerStatus.name, decisionClass.name, indeterminate)
    bind(agent, dataClass, requestedModel, servedModel, provider, deployment, jurisdiction)
    bind(claimedRule, escalatedFrom, trigger, tools.joined(separator: "\u{1F}"), outcome.name)
    bind(tokensIn, tokensOut, costMicros)
  }
}
