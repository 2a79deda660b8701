internal import EvidenceModel
internal import EvidenceStore
internal import Foundation

/// The exact tables of a pack, written line by line: they may be larger than memory.
extension PackWriter {
  mutating func writeData(_ samples: Samples) throws {
    let evidence = facts.evidence
    let tally = try evidence.canonicalTally()
    try putLines("data/tally.csv") { write in for line in tally { try write(line) } }
    try putLines("data/exceptions.csv") { write in try evidence.forEachCanonicalException(write) }
    try writeSamples(samples)
    try writeRejects()
    try writeExceptions()
  }

  private mutating func writeSamples(_ samples: Samples) throws {
    try putLines("data/sample.csv") { write in for drawn in samples.stratified { try write(drawn.canonical) } }
    try putLines("data/sample-attribute.csv", header: SampleTables.attributeColumns) { write in
      for (index, drawn) in samples.attribute.enumerated() {
        try write(SampleTables.line([String(index + 1)], drawn))
      }
    }
    let evidence = facts.evidence
    try putLines("data/sample-boundary.csv", header: SampleTables.boundaryColumns) { write in
      for item in samples.boundary.items {
        guard let drawn = try evidence.boundaryDecision(item.place) else { continue }
        try write(SampleTables.line(SampleTables.fields(of: samples.boundary.changes[item.change], item.side), drawn))
      }
    }
  }

  private mutating func writeRejects() throws {
    let evidence = facts.evidence
    try putLines("data/rejects.csv", header: ["source", "line", "byte_offset", "bytes", "reason", "line_sha256"]) {
      write in
      try evidence.forEachReject { source, reject in
        let position = reject.position
        try write(
          CanonicalCSV.line([
            source.name, String(position.line), String(position.byteOffset), String(position.bytes),
            reject.reason.rawValue, reject.lineDigest.description,
          ]))
      }
    }
  }

  private static let exceptionColumns = [
    "at", "request_id", "class", "rule_id", "version", "owner", "owner_status", "indeterminate", "agent", "data_class",
    "requested_model", "served_model", "provider", "deployment", "jurisdiction", "claimed_rule", "escalated_from",
    "trigger", "outcome", "tokens_in", "tokens_out", "cost_micros", "source", "line", "byte_offset", "bytes",
    "line_sha256",
  ]

  private mutating func writeExceptions() throws {
    let evidence = facts.evidence
    try putLines("data/exceptions-detail.csv", header: Self.exceptionColumns) { write in
      try evidence.forEachException(by: .time) { _, located in
        let (decision, position) = (located.decision, located.decision.position)
        try write(
          CanonicalCSV.line([
            decision.at.description, decision.requestID, decision.decisionClass.name, decision.rule, decision.version,
            decision.owner, decision.ownerStatus.name, String(decision.indeterminate), decision.agent,
            decision.dataClass, decision.requestedModel, decision.servedModel, decision.provider, decision.deployment,
            decision.jurisdiction, decision.claimedRule, decision.escalatedFrom, decision.trigger,
            decision.outcome.name, String(decision.tokensIn), String(decision.tokensOut), String(decision.costMicros),
            located.source.name, String(position.line), String(position.byteOffset), String(position.bytes),
            decision.lineDigest.description,
          ]))
      }
    }
  }

  /// Streams lines into a data file.
  private mutating func putLines(
    _ path: String, header: [String]? = nil, _ body: (_ write: ([UInt8]) throws -> Void) throws -> Void
  ) throws {
    let full = directory + "/" + path
    try? FileManager.default.createDirectory(
      atPath: (full as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    guard FileManager.default.createFile(atPath: full, contents: nil), let handle = FileHandle(forWritingAtPath: full)
    else {
      throw PackError.cannotWrite(path: path, reason: "it cannot be created")
    }
    defer { try? handle.close() }
    var hasher = Hasher256()
    var buffer: [UInt8] = header.map { CanonicalCSV.line($0) } ?? []
    var (bytes, rows) = (0, 0)
    func flush() throws {
      buffer.withUnsafeBytes { hasher.update($0) }
      bytes += buffer.count
      do {
        try handle.write(contentsOf: Data(buffer))
      } catch {
        throw PackError.cannotWrite(path: path, reason: error.localizedDescription)
      }
      buffer.removeAll(keepingCapacity: true)
    }
    try body { line in
      buffer.append(contentsOf: line)
      rows += 1
      if buffer.count > 1 << 20 { try flush() }
    }
    try flush()
    files.append(PackFile(path: path, digest: hasher.finish(), bytes: bytes, role: "data", rows: rows))
  }
}
