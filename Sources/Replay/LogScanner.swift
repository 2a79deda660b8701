package import EvidenceModel
package import Intake

/// Reads one routing log from end to end, judges every line, and adds it up. Memory does not grow with the log.
package struct LogScanner {
  private static let bucketCount = 256
  private static let bucketBlock = 1024

  private let plan: ReplayPlan
  private var judge: DecisionJudge
  private var tally: Tally
  private var sampler: Sampler
  private var partial = Partial()
  private let seedPrefix: [UInt8]
  private var digestInput: [UInt8]
  private var buckets: [[UInt64]]

  package init(_ plan: ReplayPlan) {
    self.plan = plan
    judge = DecisionJudge(plan)
    tally = Tally(tenureCount: plan.tenures.count)
    sampler = Sampler(size: plan.settings.sampleSize)
    seedPrefix = Array("\(plan.settings.sampleSeed):".utf8)
    digestInput = seedPrefix
    buckets = Array(repeating: [], count: Self.bucketCount)
  }

  /// What a scan came to; `damage` says why the log could not be read to its end.
  package struct Outcome: Sendable {
    package var partial: Partial
    package var storedBytes: Int
    package var digest: Digest
    package var compression: Compression
    package var damage: SourceError?
  }

  /// - Throws: what the sink throws; a damaged log ends the scan without an error.
  package static func scan(
    _ source: ByteSource, format: DetectedFormat, plan: ReplayPlan, sink: any ScanSink
  ) throws -> Outcome {
    var scanner = LogScanner(plan)
    return try scanner.run(source, format: format, sink: sink)
  }

  private mutating func run(_ source: ByteSource, format: DetectedFormat, sink: any ScanSink) throws -> Outcome {
    let reader = format.format.makeReader()
    var record = RoutingRecord()
    var splitter = RecordSplitter(source: source)
    var failure: (any Error)?
    var damage: SourceError?
    do throws(SourceError) {
      try splitter.forEach(format.shape) { bytes, position, digest in
        guard failure == nil else { return }
        do {
          try take(bytes, position, digest, reader, &record, sink)
        } catch {
          failure = error
        }
      }
    } catch {
      damage = error
    }
    if let failure { throw failure }
    for (bucket, digests) in buckets.enumerated() where !digests.isEmpty {
      try sink.receive(requestDigests: digests, bucket: bucket)
    }
    tally.finish(into: &partial, judge: judge)
    partial.sample = sampler.rows
    return Outcome(
      partial: partial, storedBytes: source.storedBytes, digest: source.digest,
      compression: source.compression, damage: damage)
  }

  private mutating func take(
    _ bytes: UnsafeRawBufferPointer?, _ position: SourcePosition, _ digest: () -> Digest,
    _ reader: any RoutingLogReader, _ record: inout RoutingRecord, _ sink: any ScanSink
  ) throws {
    partial.lines += 1
    guard let bytes else { return try reject(.tooLong, position, digest, sink) }
    if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
      partial.blank += 1
      return
    }
    if let reason = reader.read(bytes, into: &record) { return try reject(reason, position, digest, sink) }
    guard plan.settings.period.contains(record.at) else {
      partial.outOfPeriod += 1
      return
    }
    partial.judged += 1
    if record.zoneAssumed { partial.zoneAssumed += 1 }
    partial.first = min(partial.first ?? record.at, record.at)
    partial.last = max(partial.last ?? record.at, record.at)
    let judgement = judge.judge(record)
    tally.add(record, judgement, judge)

    let requestDigest = digestOfRequest(record)
    try remember(requestDigest.words.0, sink)
    if judgement.rule != 0 {
      sampler.offer(rule: judgement.rule, class: judgement.decisionClass, digest: requestDigest) {
        judge.materialise(record, judgement, position: position, lineDigest: digest())
      }
    }
    if judgement.decisionClass.isException {
      try sink.receive(exception: judge.materialise(record, judgement, position: position, lineDigest: digest()))
    }
  }

  private mutating func reject(
    _ reason: RejectReason, _ position: SourcePosition, _ digest: () -> Digest, _ sink: any ScanSink
  ) throws {
    partial.malformed += 1
    try sink.receive(reject: Reject(position: position, lineDigest: digest(), reason: reason))
  }

  /// SHA-256 of `seed:request_id`: it decides who enters the sample, and stands for the id in the count of duplicates.
  private mutating func digestOfRequest(_ record: RoutingRecord) -> Digest {
    digestInput.removeSubrange(seedPrefix.count...)
    digestInput.append(contentsOf: record.requestID.raw)
    return Digest(of: digestInput)
  }

  private mutating func remember(_ digest: UInt64, _ sink: any ScanSink) throws {
    let bucket = Int(digest >> 56)
    buckets[bucket].append(digest)
    if buckets[bucket].count == Self.bucketBlock {
      try sink.receive(requestDigests: buckets[bucket], bucket: bucket)
      buckets[bucket].removeAll(keepingCapacity: true)
    }
  }
}
