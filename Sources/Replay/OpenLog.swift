internal import EvidenceModel
internal import Intake

/// A log that is being scanned.
final class OpenLog {
  let number: Int
  let task: ScanTask
  private var openReader: LogReader?
  /// Of the stored bytes that are under the digest.
  private var firstByte = 0
  var isReading = false
  var hasEnded = false
  var isFinished = false
  var damage: SourceError?
  /// Number of the next chunk to be read.
  var nextNumber = 0
  /// Parts that were not handed on yet, in order; the last one may still be open.
  var parts: [OpenPart] = []
  private var partCount = 0
  private var seenStored: Int?
  /// By number of chunk.
  var findings: [Int: ChunkFindings] = [:]
  var nextDelivery = 0
  var isDelivering = false
  var line: Int

  init(number: Int, task: ScanTask) {
    self.number = number
    self.task = task
    line = task.line
  }

  func reader() throws(SourceError) -> LogReader {
    if let openReader { return openReader }
    let source = try ByteSource(path: task.path, offset: task.offset, digest: task.digest)
    let reader = LogReader(source, format: task.format, end: task.end)
    if task.skipsFirstRecord {
      try reader.skipRecord()
      firstByte = reader.byteOffset
    }
    openReader = reader
    return reader
  }

  /// Whether the log, read to its end, is what it was before it was read.
  func confirm() throws(SourceError) {
    guard let identity = task.identity, let openReader else { return }
    let end = compression == .none ? openReader.byteOffset : openReader.source.storedBytes
    try openReader.source.confirm(identity, firstByte..<max(firstByte, end))
  }

  /// The part that a chunk, just read, belongs to.
  func part(for chunk: LogChunk, partSize: Int) -> OpenPart {
    if let last = parts.last, last.end == nil,
      last.isCrowded || chunk.isUnterminated || last.range.count + chunk.count > partSize
    {
      last.end = nextNumber
    }
    let part: OpenPart
    if let last = parts.last, last.end == nil {
      part = last
    } else {
      part = OpenPart(
        id: ScannedPart(task: number, index: partCount), firstNumber: nextNumber, start: chunk.byteOffset)
      partCount += 1
      parts.append(part)
    }
    part.isUnterminated = chunk.isUnterminated
    if let openReader {
      part.range = part.range.lowerBound..<openReader.byteOffset
      part.storedBytes = openReader.source.storedBytes
      part.prefix = openReader.source.digestSoFar
      if openReader.source.compression == .none { part.storedBytes = openReader.byteOffset }
    }
    return part
  }

  /// Stored bytes read since this was asked before.
  var newlyStored: Int? {
    guard let stored = openReader?.source.storedBytes else { return nil }
    defer { seenStored = stored }
    return stored - (seenStored ?? task.offset)
  }

  var compression: Compression { openReader?.source.compression ?? .none }

  /// The log has ended, and so has its last part. A log without a record has one part all the same, unless it could not
  /// even be opened.
  func closePart() {
    if let last = parts.last, last.end == nil { last.end = nextNumber }
    if partCount == 0, let openReader {
      let part = OpenPart(id: ScannedPart(task: number, index: 0), firstNumber: 0, start: openReader.byteOffset)
      part.end = 0
      part.prefix = openReader.source.digestSoFar
      part.storedBytes = compression == .none ? openReader.byteOffset : openReader.source.storedBytes
      partCount = 1
      parts.append(part)
    }
  }

  var outcome: LogOutcome {
    var outcome = LogOutcome(damage: damage)
    if let openReader {
      outcome.wasOpened = true
      outcome.compression = openReader.source.compression
      outcome.storedBytes = openReader.source.storedBytes
      outcome.digest = openReader.source.digest
    }
    return outcome
  }
}

/// A part that is being scanned.
final class OpenPart {
  let id: ScannedPart
  let firstNumber: Int
  /// Number of the chunk after its last one, once that is known.
  var end: Int?
  var isCrowded = false
  var isUnterminated = false
  /// Tallies that no thread is using.
  var tallies: [Tally] = []
  /// Lines before each of its chunks.
  var lineBases: [Int] = []
  var range: Range<Int>
  var storedBytes = 0
  var prefix = Hasher256()

  init(id: ScannedPart, firstNumber: Int, start: Int) {
    self.id = id
    self.firstNumber = firstNumber
    range = start..<start
  }
}
