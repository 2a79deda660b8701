internal import EvidenceModel
internal import Foundation
internal import Glibc
internal import Intake

/// Writes a partial file, line by line, and puts it in place when it is whole. What is not in place goes away with the writer.
final class PartialWriter {
  private let path: String
  /// Where the lines are until they are in place.
  let temporary: String
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private var hasher = Hasher256()
  private var lines = 0
  private var isFinished = false

  /// - Parameter stage: of a merge in several, whose file is never put in place.
  init(path: String, stage: Int? = nil) throws(PartialError) {
    self.path = path
    temporary = path + ".\(getpid())" + (stage.map { ".\($0)" } ?? "") + ".unfinished"
    if stage == nil { Self.clearLeftovers(of: path) }
    // Names and ids of requests are in it, as they are in the store.
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: String(cString: strerror(errno))) }
  }

  /// Removes what killed scans of this split, or merges into this file, left behind.
  private static func clearLeftovers(of path: String) {
    let place = URL(fileURLWithPath: path)
    let folder = place.deletingLastPathComponent().path
    let prefix = place.lastPathComponent + "."
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where name.hasPrefix(prefix) {
      let parts = name.dropFirst(prefix.count).split(separator: ".", omittingEmptySubsequences: false)
      guard (2...3).contains(parts.count), parts.last == "unfinished", let process = Int32(parts[0]),
        kill(process, 0) != 0, errno == ESRCH
      else { continue }
      unlink(folder + "/" + name)
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if !isFinished { unlink(temporary) }
  }

  func write(_ values: [PartialValue]) throws(PartialError) {
    try write(line: PartialLine.encode(values))
  }

  /// A line with its LF, as it stands in another partial.
  func write(line: [UInt8]) throws(PartialError) {
    line.withUnsafeBytes { hasher.update($0) }
    buffer += line
    lines += 1
    if buffer.count >= 1 << 16 { try flush() }
  }

  private func flush() throws(PartialError) {
    var written = 0
    while written < buffer.count {
      let count = buffer.withUnsafeBytes { bytes in
        Glibc.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
      }
      written += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// The last line names how many lines there are and the digest of them all.
  private func end() throws(PartialError) {
    buffer += PartialLine.encode([.text("end"), .number(lines), .text(hasher.finish().description)])
    try flush()
  }

  /// Ends the file where it is, for as long as this writer is held.
  func seal() throws(PartialError) {
    try end()
    close(descriptor)
    descriptor = -1
  }

  func finish() throws(PartialError) {
    try end()
    guard fsync(descriptor) == 0, rename(temporary, path) == 0 else {
      throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
    isFinished = true
  }
}

/// Everything of a partial but the records and request digests, which are written as they come.
struct PartialSummary {
  var ranges: [PartialRange] = []
  /// By log.
  var hours: ByName<[Int: (judged: Int, exceptions: Int)]> = [:]
  var fields: ByName<FieldCounts> = [:]
  var sums: Partial

  func write(to writer: PartialWriter) throws(PartialError) {
    for range in ranges {
      let counts = range.counts
      try writer.write([
        .text("source"), .text(range.log), .text(range.format), .text(range.shape), .text(range.compression),
        .number(range.range.lowerBound), .number(range.range.upperBound), .number(range.storedBytes),
        .text(range.sha256), .number(counts.lines), .number(counts.blank), .number(counts.malformed),
        .number(counts.outOfPeriod), .number(counts.judged), .number(counts.folded), .number(counts.other),
        .number(counts.zoneAssumed),
        PartialValue(counts.first.map { Int($0.microseconds) }), PartialValue(counts.last.map { Int($0.microseconds) }),
        PartialValue(range.damage),
      ])
    }
    for log in hours.keys.sortedBytewise() {
      for (hour, counts) in (hours[log] ?? [:]).sorted(by: { $0.key < $1.key }) {
        try writer.write([
          .text("hour"), .text(log), .number(hour), .number(counts.judged), .number(counts.exceptions),
        ])
      }
    }
    for log in fields.keys.sortedBytewise() {
      for field in RoutingField.allCases {
        guard let counts = fields[log]?[field] else { continue }
        try writer.write([
          .text("field"), .text(log), .text(field.rawValue), .number(counts.empty), .number(counts.inferred),
          .number(counts.matched),
        ])
      }
    }
    try writeSums(to: writer)
  }

  private func writeSums(to writer: PartialWriter) throws(PartialError) {
    for row in sums.tally {
      let sum = row.sums
      try writer.write(
        [
          .text("tally"), .text(row.day.map { CivilDay.text($0) } ?? "-"), .text(row.rule), .text(row.version),
          .text(row.owner), .text(row.ownerStatus.name), .text(row.decisionClass.name),
        ]
          + [
            sum.n, Int(sum.tokensIn), Int(sum.tokensOut), Int(sum.costMicros), sum.indeterminate, sum.served,
            sum.blocked, sum.withTools, sum.afterFailure, sum.moved, sum.sensitiveServed, sum.sensitiveUnplaced,
            sum.unclassified, sum.overCost, sum.returned,
          ].map { PartialValue.number($0) })
    }
    for row in sums.seen {
      try writer.write([
        .text("seen"), .text(row.kind.rawValue), .text(row.name), .number(row.n), .number(row.unlisted),
        .number(row.retired), .number(row.switchedOff), .number(Int(row.first.microseconds)),
        .number(Int(row.last.microseconds)),
      ])
    }
    for row in sums.traffic {
      try writer.write([
        .text("traffic"), .text(row.servedModel), .text(row.provider), .text(row.jurisdiction),
        .number(row.isSensitive ? 1 : 0), .number(row.hasTools ? 1 : 0), .number(row.n),
      ])
    }
    for row in sums.routed {
      try writer.write([
        .text("routed"), .text(row.rule), .text(row.version), .text(CivilDay.text(row.week)), .text(row.servedModel),
        .number(row.n),
      ])
    }
    for row in sums.permitted {
      try writer.write([
        .text("permitted"), .text(row.rule), .text(row.version), .number(row.n), .number(row.ambiguous),
      ])
    }
    for row in sums.servedDays {
      try writer.write([
        .text("served"), .text(CivilDay.text(row.day)), .text(row.servedModel), .number(row.n),
        .number(Int(row.tokensIn)), .number(Int(row.tokensOut)), .number(Int(row.costMicros)),
      ])
    }
    for row in sums.links {
      try writer.write([
        .text("link"), .text(row.side.rawValue), .text(row.name), .text(row.otherSide.rawValue), .text(row.other),
        .number(row.n), .number(Int(row.first.microseconds)), .number(Int(row.last.microseconds)),
      ])
    }
    for row in sums.neighbours {
      try writer.write([
        .text("neighbour"), .text(row.version), .text(row.neighbour), .number(row.isBefore ? 1 : 0), .text(row.rule),
        .text(row.decisionClass.name), .text(row.neighbourRule), .text(row.neighbourClass.name), .number(row.n),
      ])
    }
    for row in sums.tenures {
      try writer.write([
        .text("tenure"), .text(row.rule), .number(row.recordIndex), .number(row.n), .number(row.redecided),
      ])
    }
    for version in sums.redecidedVersions.keys.sortedBytewise() {
      try writer.write([.text("redecided"), .text(version), .number(sums.redecidedVersions[version] ?? 0)])
    }
    for (kind, rows) in [("sample", sums.sample), ("attribute", sums.attributeSample)] {
      for row in rows { try writer.write([.text(kind)] + row.partialValues) }
    }
    for boundary in sums.boundaries {
      try writer.write(
        [.text("boundary"), .number(Int(boundary.since.microseconds))] + boundary.row.partialValues)
    }
  }
}

/// Request digests in rising order, packed into lines of one length.
struct RequestLines {
  private static let perLine = 4096
  private var pending: [UInt64] = []

  mutating func add(_ digest: UInt64, to writer: PartialWriter) throws(PartialError) {
    pending.append(digest)
    if pending.count == Self.perLine { try flush(to: writer) }
  }

  mutating func flush(to writer: PartialWriter) throws(PartialError) {
    guard !pending.isEmpty else { return }
    var bytes = Data(capacity: pending.count * 8)
    for digest in pending { withUnsafeBytes(of: digest.bigEndian) { bytes.append(contentsOf: $0) } }
    pending.removeAll(keepingCapacity: true)
    try writer.write([.text("requests"), .text(bytes.base64EncodedString())])
  }
}

extension SampleRow {
  fileprivate var partialValues: [PartialValue] {
    [.text(source), .number(decision.position.byteOffset), .text(digest.description)] + decision.partialValues
  }

  /// Nil when these are no row's values.
  init?(partial values: ArraySlice<PartialValue>) {
    let head = Array(values.prefix(3))
    guard head.count == 3, let source = head[0].text, let offset = head[1].number,
      let digest = head[2].text.flatMap({ Digest(hexadecimal: $0) }),
      let decision = JudgedDecision(partial: values.dropFirst(3), byteOffset: offset)
    else { return nil }
    self.init(digest: digest, decision: decision, source: source)
  }
}

extension JudgedDecision {
  /// A decision after its log and byte offset.
  var partialValues: [PartialValue] {
    [
      .number(position.line), .number(position.bytes), .text(lineDigest.description), .number(Int(at.microseconds)),
      .text(requestID), .text(rule), .text(version), .text(owner), .text(ownerStatus.name), .text(decisionClass.name),
      .number(indeterminate ? 1 : 0), .text(agent), .text(dataClass), .text(requestedModel), .text(servedModel),
      .text(provider), .text(deployment), .text(jurisdiction), .text(claimedRule), .text(escalatedFrom), .text(trigger),
      .texts(tools), .text(outcome.name), .number(Int(tokensIn)), .number(Int(tokensOut)), .number(Int(costMicros)),
    ]
  }

  /// Nil when these are no decision's values.
  init?(partial values: ArraySlice<PartialValue>, byteOffset: Int) {
    let values = Array(values)
    guard values.count == 26, let line = values[0].number, let bytes = values[1].number,
      let digest = values[2].text.flatMap({ Digest(hexadecimal: $0) }), let at = values[3].number,
      let ownerStatus = values[8].text.flatMap({ OwnerStatus(name: $0) }),
      let decisionClass = values[9].text.flatMap({ DecisionClass(name: $0) }), let indeterminate = values[10].number,
      let tools = values[21].texts, let outcome = values[22].text.flatMap({ Outcome(name: $0) }),
      let tokensIn = values[23].number, let tokensOut = values[24].number, let cost = values[25].number
    else { return nil }
    let texts = ([4, 5, 6, 7] + Array(11...20)).compactMap { values[$0].text }
    guard texts.count == 14 else { return nil }
    self.init(
      position: SourcePosition(line: line, byteOffset: byteOffset, bytes: bytes), lineDigest: digest,
      at: Instant(microseconds: Int64(at)), requestID: texts[0], agent: texts[4], dataClass: texts[5],
      requestedModel: texts[6], servedModel: texts[7], provider: texts[8], deployment: texts[9],
      claimedRule: texts[11], escalatedFrom: texts[12], trigger: texts[13], tools: tools, outcome: outcome,
      tokensIn: Int64(tokensIn), tokensOut: Int64(tokensOut), costMicros: Int64(cost), version: texts[2],
      rule: texts[1], owner: texts[3], ownerStatus: ownerStatus, jurisdiction: texts[10],
      decisionClass: decisionClass, indeterminate: indeterminate == 1)
  }
}
