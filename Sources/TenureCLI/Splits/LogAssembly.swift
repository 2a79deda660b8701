internal import EvidenceModel
internal import Intake
internal import Replay

/// The partials of one log side by side, and what is missing between them.
struct LogAssembly {
  let log: SplitManifest.PlannedSplits
  /// Those that count: they begin with the log and leave no gap.
  private(set) var parts: [SurveyedPartial]
  private(set) var diagnostics: [Diagnostic] = []
  private var damage: String?

  /// How many missing splits of a log are named one by one.
  private static let mostNamed = 100

  init(log: SplitManifest.PlannedSplits, splits: [SplitManifest.Split], files: [SurveyedPartial]) {
    self.log = log
    parts = files
    // A log that was damaged says so itself, and ends where the damage begins.
    damage = files.lazy.flatMap(\.ranges).compactMap(\.damage).first
    if log.compression != Compression.none.rawValue {
      // What it comes to is known only once it is read: one partial has to hold all of it.
      guard files.count == 1, files[0].ranges.count == 1, files[0].ranges[0].range.lowerBound == 0 else {
        parts = []
        name(missing: splits)
        return
      }
      return
    }
    let gaps = Self.gaps(in: files, upTo: log.bytes)
    guard !gaps.isEmpty || files.isEmpty else { return }
    name(missing: splits.filter { split in files.isEmpty || gaps.contains { Self.isMissing(split, in: $0, of: log) } })
    parts = Self.beginning(of: files, upTo: gaps.first?.lowerBound ?? 0)
    let places = gaps.prefix(3).map { "\($0.lowerBound) to \($0.upperBound)" }.joined(separator: ", ")
    damage =
      "no partial holds its bytes \(places)" + (gaps.count > 3 ? " and \(gaps.count - 3) ranges more" : "")
      + "; what stands behind the first of them is not counted"
  }

  private mutating func name(missing splits: [SplitManifest.Split]) {
    diagnostics += splits.prefix(Self.mostNamed).map { split in
      Diagnostic(
        id: "split-missing", file: split.log, byteOffset: split.start,
        summary: "split \(split.split) of \(split.splits), \(split.argument), has no partial that can be used",
        nextStep: "Scan it with tenure scan --split, and run again.")
    }
    guard splits.count > Self.mostNamed else { return }
    diagnostics.append(
      Diagnostic(
        id: "split-missing", file: log.name, summary: "and \(splits.count - Self.mostNamed) splits more of this log",
        nextStep: "Scan them with tenure scan --split, and run again."))
  }

  private static func sorted(_ files: [SurveyedPartial]) -> [Range<Int>] {
    files.flatMap(\.ranges).map(\.range).sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
  }

  private static func gaps(in files: [SurveyedPartial], upTo end: Int) -> [Range<Int>] {
    var gaps: [Range<Int>] = []
    var reached = 0
    for range in sorted(files) {
      if reached < range.lowerBound { gaps.append(reached..<range.lowerBound) }
      reached = max(reached, range.upperBound)
    }
    if reached < end { gaps.append(reached..<end) }
    return gaps
  }

  /// A split holds the records that begin in it. One begins where a gap does, and one that begins where the gap ends is there.
  private static func isMissing(
    _ split: SplitManifest.Split, in gap: Range<Int>, of log: SplitManifest.PlannedSplits
  ) -> Bool {
    if split.start <= gap.lowerBound { return gap.lowerBound < split.end }
    return split.start < gap.upperBound && (split.end <= gap.upperBound || gap.upperBound == log.bytes)
  }

  /// The partials that lie before the first gap; one that goes on behind it counts as a whole or not at all.
  private static func beginning(of files: [SurveyedPartial], upTo gap: Int) -> [SurveyedPartial] {
    var end = gap
    var parts = files
    while true {
      let inside = parts.filter { $0.ranges.allSatisfy { $0.range.upperBound <= end } }
      let reached = gaps(in: inside, upTo: end).first?.lowerBound ?? end
      if inside.count == parts.count, reached == end { return inside }
      (parts, end) = (inside, reached)
    }
  }

  /// The digest of the whole log: as planned, as the one partial that holds all of it says, or taken from the log where that
  /// is at hand.
  func digest(ofLogAt path: String) throws -> Digest? {
    if let planned = log.sha256.flatMap({ Digest(hexadecimal: $0) }) { return planned }
    if let whole = wholeRange { return Digest(hexadecimal: whole.sha256) }
    guard ByteSource.storedSize(of: path) == log.bytes else { return nil }
    return try PrefixDigests.of(path: path, lengths: [log.bytes])[log.bytes]?.finish()
  }

  /// The one range that holds the log from its first byte to its last.
  private var wholeRange: PartialRange? {
    guard parts.count == 1, parts[0].ranges.count == 1, let range = parts[0].ranges.first,
      log.compression != Compression.none.rawValue || range.range == 0..<log.bytes
    else { return nil }
    return range
  }

  /// Nil where the partials are of another log than the one that was planned.
  func joined(_ digest: Digest) -> LogPartials? {
    if let whole = wholeRange {
      guard whole.sha256 == digest.description, whole.storedBytes == log.bytes else { return nil }
    }
    guard let compression = Compression(rawValue: log.compression),
      compression != .none || parts.allSatisfy({ $0.ranges.allSatisfy { $0.range.upperBound <= log.bytes } })
    else { return nil }
    return LogPartials(
      parts, of: (name: log.name, format: log.format, shape: log.shape, compression: compression),
      storedBytes: log.bytes,
      digest: digest, damage: damage)
  }
}
