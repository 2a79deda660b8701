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
    neighbour,
    tenure, redecided, fields, sample: FastInsert

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
      tally.bind(row.sums.overCost)
      tally.bind(row.sums.returned)
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
      seen.bind(row.retired)
      seen.bind(row.switchedOff)
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
    for row in sums.permitted {
      permitted.bind(partial)
      permitted.bind(row.rule)
      permitted.bind(row.version)
      permitted.bind(row.n)
      permitted.bind(row.ambiguous)
      try permitted.write()
    }
    for row in sums.servedDays {
      servedDay.bind(partial)
      servedDay.bind(text(row.day))
      servedDay.bind(row.servedModel)
      servedDay.bind(row.n)
      servedDay.bind(row.tokensIn)
      servedDay.bind(row.tokensOut)
      servedDay.bind(row.costMicros)
      try servedDay.write()
    }
    for row in sums.links {
      link.bind(partial)
      link.bind(row.side.rawValue)
      link.bind(row.name)
      link.bind(row.otherSide.rawValue)
      link.bind(row.other)
      link.bind(row.n)
      link.bind(row.first.microseconds)
      link.bind(row.last.microseconds)
      try link.write()
    }
    for row in sums.neighbours {
      neighbour.bind(partial)
      neighbour.bind(row.version)
      neighbour.bind(row.neighbour)
      neighbour.bind(row.isBefore)
      neighbour.bind(row.rule)
      neighbour.bind(row.decisionClass.name)
      neighbour.bind(row.neighbourRule)
      neighbour.bind(row.neighbourClass.name)
      neighbour.bind(row.n)
      try neighbour.write()
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
      let counts = sums.counts.fields[field]
      fields.bind(partial)
      fields.bind(field.rawValue)
      fields.bind(counts.empty)
      fields.bind(counts.inferred)
      fields.bind(counts.matched)
      try fields.write()
    }
    for row in sums.sample { try write(row, .stratum, partial) }
    for row in sums.attributeSample { try write(row, .attribute, partial) }
    for boundary in sums.boundaries { try write(boundary.row, .boundary, partial) }
  }

  private func write(_ row: SampleRow, _ kind: SampleKind, _ partial: Int64) throws {
    let decision = row.decision
    let line =
      kind == .stratum
      ? CanonicalCSV.line([decision.rule, decision.decisionClass.name, decision.requestID]) : decision.canonicalDetail
    sample.bind(partial)
    sample.bind(kind.rawValue)
    sample.bind(row.digest.description)
    line.withUnsafeBytes { sample.bind($0) }
    Self.bind(decision, to: &sample)
    try sample.write()
  }
}
