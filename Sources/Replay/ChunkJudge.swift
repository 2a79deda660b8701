package import EvidenceModel
internal import Intake

/// What judging a chunk found that goes on record one by one, in the order of its place. Lines count from the chunk's
/// beginning.
package struct ChunkFindings: Sendable {
  package var exceptions: [JudgedDecision] = []
  package var rejects: [Reject] = []
  /// Line feeds of the chunk.
  package var lines = 0
  /// Records, blank lines among them.
  package var records = 0

  mutating func countLines(from line: Int) {
    for index in exceptions.indices { exceptions[index].position.line += line }
    for index in rejects.indices { rejects[index].position.line += line }
  }
}

/// One thread's means to judge the records of a plan's logs: parse a record, judge it, add it up.
final class ChunkJudge {
  private let plan: ReplayPlan
  private let judge: DecisionJudge
  private var readers: [RoutingLogFormat: any RoutingLogReader] = [:]
  private var record = RoutingRecord()
  private let lender = DecisionLender()
  private let seed: [UInt8]
  private let from, to: Int64
  private var digestInput: UnsafeMutableRawBufferPointer

  init(_ plan: ReplayPlan) {
    self.plan = plan
    judge = DecisionJudge(plan)
    from = plan.settings.period.from?.microseconds ?? .min
    to = plan.settings.period.to?.microseconds ?? .max
    seed = Array("\(plan.settings.sampleSeed):".utf8)
    digestInput = .allocate(byteCount: seed.count + 256, alignment: 16)
    digestInput.copyBytes(from: seed)
  }

  deinit { digestInput.deallocate() }

  /// Judges every record of a chunk, and adds it to `tally`.
  func judge(_ chunk: LogChunk, number: Int, format: RoutingLogFormat, tally: Tally) -> ChunkFindings {
    var findings = ChunkFindings()
    if let overlong = chunk.overlong {
      tally.counts.lines += 1
      tally.counts.malformed += 1
      findings.rejects.append(
        Reject(
          position: SourcePosition(line: 1, byteOffset: chunk.byteOffset, bytes: overlong.bytes),
          lineDigest: overlong.digest, reason: .tooLong))
    }
    let before = tally.counts.lines
    if let gathered = chunk.gathered {
      judge(gathered, number, tally, &findings)
    } else if let reader = readers[format] ?? format.makeReader() {
      readers[format] = reader
      judge(chunk, reader, number, tally, &findings)
    }
    tally.keepBoundaries(of: number) { place in
      chunk.gathered.map { .gathered($0.decisions[place.index]) } ?? .bytes(chunk.copy(ofRecordAt: place.position))
    }
    findings.records = tally.counts.lines - before + (chunk.overlong == nil ? 0 : 1)
    findings.lines = chunk.lineFeeds
    return findings
  }

  private func judge(
    _ chunk: LogChunk, _ reader: any RoutingLogReader, _ number: Int, _ tally: Tally, _ findings: inout ChunkFindings
  ) {
    // A format without some field leaves it as it is: nothing of another log, or of memory that is gone, may stand there.
    record = RoutingRecord()
    while let (bytes, position) = chunk.next() {
      tally.counts.lines &+= 1
      if isBlank(bytes) {
        tally.counts.blank &+= 1
      } else if let reason = reader.read(bytes, into: &record) {
        tally.counts.malformed &+= 1
        findings.rejects.append(Reject(position: position, lineDigest: Digest(of: bytes), reason: reason))
      } else if record.at.microseconds >= from, record.at.microseconds < to {
        take(position, number, 0, tally, &findings) { Digest(of: bytes) }
      } else {
        tally.counts.outOfPeriod &+= 1
      }
    }
  }

  private func judge(_ gathered: Gathered, _ number: Int, _ tally: Tally, _ findings: inout ChunkFindings) {
    tally.counts.lines &+= gathered.decisions.count + gathered.rejects.count + gathered.blank
    tally.counts.blank &+= gathered.blank
    tally.counts.malformed &+= gathered.rejects.count
    tally.counts.folded &+= gathered.folded
    tally.counts.other &+= gathered.other
    findings.rejects += gathered.rejects
    for (index, decision) in gathered.decisions.enumerated() {
      guard decision.at.microseconds >= from, decision.at.microseconds < to else {
        tally.counts.outOfPeriod &+= 1
        continue
      }
      lender.lend(decision) { lent in
        record = lent
        take(decision.position, number, index, tally, &findings) { decision.recordDigest }
      }
    }
  }

  @inline(__always)
  private func isBlank(_ bytes: UnsafeRawBufferPointer) -> Bool {
    for byte in bytes where byte != 0x20 && byte != 0x09 && byte != 0x0D { return false }
    return true
  }

  @inline(__always)
  private func take(
    _ position: SourcePosition, _ number: Int, _ index: Int, _ tally: Tally, _ findings: inout ChunkFindings,
    recordDigest: () -> Digest
  ) {
    let judgement = judge.judge(record, names: tally.names)
    tally.add(record, judgement, tools: judge.tools)
    func decision() -> JudgedDecision {
      JudgedDecision(record, judgement, names: tally.names, position: position, lineDigest: recordDigest())
    }
    let digest = digestOfRequest()
    tally.requests.add(digest.words.0)
    tally.offer(judgement, digest: digest, chunk: number, makeDecision: decision)
    tally.addPlace(
      BoundaryTable.Place(
        at: record.at.microseconds, byteOffset: position.byteOffset, line: position.line, bytes: position.bytes,
        chunk: number, index: index), of: judgement)
    if judgement.decisionClass.isException { findings.exceptions.append(decision()) }
  }

  // MARK: Next to a change

  /// What stands next to a change in a part, judged once more, since only the records were kept.
  func boundaries(of tally: Tally, format: RoutingLogFormat) -> [BoundaryRow] {
    var rows: [BoundaryRow] = []
    tally.boundaries.forEach { since, place, kept in
      func add(_ recordDigest: Digest) {
        let judgement = judge.judge(record, names: tally.names)
        let decision = JudgedDecision(
          record, judgement, names: tally.names, position: place.position, lineDigest: recordDigest)
        rows.append(
          BoundaryRow(
            since: Instant(microseconds: since),
            row: SampleRow(digest: digestOfRequest(), decision: decision, chunk: place.chunk)))
      }
      switch kept {
      case .bytes(let padded):
        guard let reader = readers[format] ?? format.makeReader() else { return }
        readers[format] = reader
        padded.withUnsafeBytes { padded in
          let bytes = UnsafeRawBufferPointer(rebasing: padded[..<place.bytes])
          if reader.read(bytes, into: &record) == nil { add(Digest(of: bytes)) }
        }
      case .gathered(let decision):
        lender.lend(decision) { lent in
          record = lent
          add(decision.recordDigest)
        }
      }
    }
    return rows
  }

  /// SHA-256 of `seed:request_id`: it decides who enters the sample (SEMANTICS §7), and stands for the id in the count
  /// of duplicates.
  private func digestOfRequest() -> Digest {
    let id = record.requestID.raw
    if seed.count + id.count > digestInput.count {
      digestInput.deallocate()
      digestInput = .allocate(byteCount: seed.count + id.count * 2, alignment: 16)
      digestInput.copyBytes(from: seed)
    }
    UnsafeMutableRawBufferPointer(rebasing: digestInput[seed.count...]).copyMemory(from: id)
    return Digest(of: UnsafeRawBufferPointer(rebasing: digestInput[..<(seed.count + id.count)]))
  }
}
