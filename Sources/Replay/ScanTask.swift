package import EvidenceModel
package import Intake

/// A log to scan, or what is left of one.
package struct ScanTask: Sendable {
  package var path: String
  package var format: DetectedFormat
  /// Where to begin, in stored bytes. Past the beginning, for logs of lines that are not compressed.
  package var offset = 0
  /// Of the bytes before `offset`.
  package var digest = Hasher256()
  /// Lines before `offset`.
  package var line = 0
  /// Records that begin here or later are not read; nil reads to the end.
  package var end: Int?
  /// What the file was when it was looked at first; nil where nobody asks whether it changed since, as on standard input.
  package var identity: FileIdentity?
  /// `offset` stands one byte before a split, and the record there belongs to the split before.
  package var skipsFirstRecord = false

  package init(path: String, format: DetectedFormat) {
    self.path = path
    self.format = format
  }
}

/// A stretch of a log whose sums are kept together. A log has one part a gigabyte, so that little is lost when a scan
/// is killed, and one of its own for a last line without a line feed, since that line may go on one day.
package struct ScannedPart: Sendable {
  /// The number of its log among all tasks.
  package var task: Int
  /// From 0 in its log.
  package var index: Int
}

/// What scanning a part came to.
package struct PartOutcome: Sendable {
  package var partial: Partial
  /// Of the log's bytes after decompression.
  package var range: Range<Int>
  /// Bytes of the log as stored, from its beginning to the part's end, and their digest; of a compressed log, of all of it.
  package var storedBytes: Int
  package var digest: Digest
  package var compression: Compression
  /// The part is a line that has no end yet.
  package var isUnterminated: Bool
}

/// How reading a log ended.
package struct LogOutcome: Sendable {
  package var storedBytes = 0
  package var digest = Hasher256().finish()
  package var compression = Compression.none
  package var wasOpened = false
  /// Why the log could not be read to its end, or not at all.
  package var damage: SourceError?

  package init(damage: SourceError? = nil) { self.damage = damage }
}

/// Where a scan puts what may be as long as the log itself, so that its own memory stays flat.
///
/// Findings and parts of one log come in the order of their place; those of several logs may come at the same time.
package protocol ScanSink: AnyObject, Sendable {
  func receive(_ findings: ChunkFindings, from part: ScannedPart) throws
  /// A block of request digests, all in one bucket; equal ids give equal digests.
  func receive(requestDigests: [UInt64], bucket: Int, from part: ScannedPart) throws
  func finish(_ part: ScannedPart, _ outcome: PartOutcome) throws
  func finish(task: Int, _ outcome: LogOutcome) throws
}

/// How far a scan has come.
package struct ScanProgress: Sendable {
  /// Bytes read, as stored.
  package var stored = 0
  /// Lines or documents, whatever became of them.
  package var records = 0
}
