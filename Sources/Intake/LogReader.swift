package import EvidenceModel

/// Reads a log chunk by chunk. Where its format needs to see records in their order, a chunk comes with what was gathered
/// from its records.
package final class LogReader {
  private let chunks: ChunkReader
  private let gatherer: (any RecordGatherer)?
  private var line = 0
  private var hasFinished = false
  private var damage: SourceError?

  /// Of the decompressed bytes handed out so far.
  package var byteOffset: Int { chunks.byteOffset }
  package var source: ByteSource { chunks.source }

  /// - Parameter end: records that begin here or later are left to another split. For lines only.
  package init(_ source: ByteSource, format: DetectedFormat, end: Int? = nil) {
    chunks = ChunkReader(source, shape: format.shape, envelope: format.envelope, end: end)
    gatherer = format.format.makeGatherer()
  }

  /// Passes over the rest of a record that began before the split.
  package func skipRecord() throws(SourceError) { try chunks.skipRecord() }

  /// Fills `chunk` with the next whole records; false at the end. What stands before damage is handed out first.
  package func next(into chunk: LogChunk) throws(SourceError) -> Bool {
    guard let gatherer else { return try chunks.next(into: chunk) }
    if hasFinished {
      if let damage { throw damage }
      return false
    }
    var gathered = Gathered()
    do throws(SourceError) {
      if try chunks.next(into: chunk) {
        take(chunk, gatherer, into: &gathered)
        line += chunk.lineFeeds
        chunk.gathered = gathered
        return true
      }
    } catch {
      damage = error
    }
    // What was still open is handed out by itself, after the last record.
    hasFinished = true
    chunk.reset(.lines, byteOffset: byteOffset)
    gatherer.finish(into: &gathered)
    gathered.count(linesFrom: line)
    chunk.gathered = gathered
    return true
  }

  private func take(_ chunk: LogChunk, _ gatherer: any RecordGatherer, into gathered: inout Gathered) {
    while let (bytes, position) = chunk.next() {
      if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
        gathered.blank += 1
        continue
      }
      var position = position
      position.line += line
      gatherer.take(bytes, at: position, into: &gathered)
    }
    gathered.count(linesFrom: line)
  }
}

extension Gathered {
  /// Lines count from the chunk that hands them out, as those of all findings do; of earlier records they are below 1.
  fileprivate mutating func count(linesFrom line: Int) {
    for index in decisions.indices { decisions[index].position.line -= line }
    for index in rejects.indices { rejects[index].position.line -= line }
  }
}

/// What stands in a log, record by record, for those who need no speed.
package enum LogEntry {
  /// Lent until the next entry.
  case decision(RoutingRecord, SourcePosition, Digest)
  case reject(Reject)
}

extension LogReader {
  /// What a walk passed over.
  package struct Passed: Sendable {
    package var blank = 0
    package var folded = 0
    package var other = 0

    package init() {}
  }

  /// Hands out all that is left of the log, in the order of its chunks. Stop it by throwing.
  package func forEach<Failure: Error>(
    in format: RoutingLogFormat, _ body: (LogEntry) throws(Failure) -> Void
  ) throws -> Passed {
    let reader = format.makeReader()
    let lender = DecisionLender()
    let chunk = LogChunk()
    var record = RoutingRecord()
    var passed = Passed()
    var lines = 0
    while try next(into: chunk) {
      if let overlong = chunk.overlong {
        let position = SourcePosition(line: lines + 1, byteOffset: chunk.byteOffset, bytes: overlong.bytes)
        try body(.reject(Reject(position: position, lineDigest: overlong.digest, reason: .tooLong)))
      }
      for reject in chunk.gathered?.rejects ?? [] { try body(.reject(reject.moved(by: lines))) }
      for decision in chunk.gathered?.decisions ?? [] {
        var position = decision.position
        position.line += lines
        try lender.lend(decision) { try body(.decision($0, position, decision.recordDigest)) }
      }
      passed.blank += chunk.gathered?.blank ?? 0
      passed.folded += chunk.gathered?.folded ?? 0
      passed.other += chunk.gathered?.other ?? 0
      while chunk.gathered == nil, let reader, let (bytes, place) = chunk.next() {
        var position = place
        position.line += lines
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
          passed.blank += 1
        } else if let reason = reader.read(bytes, into: &record) {
          try body(.reject(Reject(position: position, lineDigest: Digest(of: bytes), reason: reason)))
        } else {
          try body(.decision(record, position, Digest(of: bytes)))
        }
      }
      lines += chunk.lineFeeds
    }
    return passed
  }
}

extension Reject {
  fileprivate func moved(by lines: Int) -> Reject {
    var moved = self
    moved.position.line += lines
    return moved
  }
}
