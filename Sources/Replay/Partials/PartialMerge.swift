internal import EvidenceModel
internal import Foundation
internal import Glibc
internal import Intake

/// Adds partial files up into one. Whatever the order and grouping, the same splits give the same bytes.
package struct PartialMerge {
  /// What the merged partial holds.
  package struct Summary: Sendable {
    package var header: PartialHeader
    package var ranges: [PartialRange]
    package var counts: LineCounts
    /// Files that hold the same as another one, byte for byte, and count once.
    package var repeated: [String]
  }

  /// How many partials are open at a time: each takes a megabyte of memory and one of the files that a process may open.
  package static func usualCount() -> Int {
    let (most, forOthers) = (100, 16)
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < most + forOthers else {
      return most
    }
    return max(2, Int(limit.rlim_cur) - forOthers)
  }

  /// More partials than `count` are merged in groups, each into a file beside `path` that goes away with the next merge.
  package static func merge(
    _ paths: [String], into path: String, atOnce count: Int = usualCount()
  ) throws(PartialError) -> Summary {
    let (unique, repeated) = try withoutRepeated(paths)
    guard let first = unique.first else { throw .notAPartial(path: path, reason: "no partial was named") }
    let header = try PartialReader(path: first).header
    let writer = try PartialWriter(path: path)
    var left = unique.map { (path: $0, writer: PartialWriter?.none) }
    var stages = 0
    while left.count > count {
      // No more than it takes to be left with one group: the fewest lines are written twice.
      let group = Array(left.prefix(min(count, left.count - count + 1)))
      left.removeFirst(group.count)
      let stage = try PartialWriter(path: path, stage: stages)
      stages += 1
      _ = try merge(group, header, to: stage)
      try stage.seal()
      left.append((stage.temporary, stage))
    }
    let ranges = try merge(left, header, to: writer)
    try writer.finish()
    var counts = LineCounts()
    for range in ranges { counts.add(range.counts) }
    return Summary(header: header, ranges: ranges, counts: counts, repeated: repeated)
  }

  private static func merge(
    _ files: [(path: String, writer: PartialWriter?)], _ header: PartialHeader, to writer: PartialWriter
  ) throws(PartialError) -> [PartialRange] {
    var readers: [PartialReader] = []
    for file in files {
      let reader = try PartialReader(path: file.path)
      if let what = header.difference(from: reader.header) { throw .otherInputs(path: file.path, what: what) }
      readers.append(reader)
    }
    try writer.write(header.line)
    try mergeRecords(readers, writer)
    try mergeRequests(readers, writer)
    var summary = PartialSummary(sums: Partial())
    var sums = PartialSum(sampleSize: header.sampleSize, attributeSampleSize: header.attributeSampleSize)
    for reader in readers { sums.add(try SummaryReader.read(reader, into: &summary)) }
    summary.ranges = try joined(summary.ranges)
    summary.sums = sums.partial
    try summary.write(to: writer)
    // A writer that is let go takes its file away.
    withExtendedLifetime(files) {}
    return summary.ranges
  }

  /// A split may have been scanned twice, as when a worker was thought dead: equal files count once.
  private static func withoutRepeated(_ paths: [String]) throws(PartialError) -> ([String], [String]) {
    var seen: Set<Digest> = []
    var unique: [String] = []
    var repeated: [String] = []
    for path in paths {
      do throws(SourceError) {
        // The same partial may lie there compressed and as it is, so its text counts.
        let text = ChunkReader(try ByteSource(path: path), shape: .lines)
        let chunk = LogChunk()
        var hasher = Hasher256()
        while try text.next(into: chunk) { hasher.update(chunk.bytes) }
        if seen.insert(hasher.finish()).inserted { unique.append(path) } else { repeated.append(path) }
      } catch {
        throw .cannotRead(path: path, reason: error.diagnostic(name: path).summary)
      }
    }
    return (unique, repeated)
  }

  private static func mergeRecords(_ readers: [PartialReader], _ writer: PartialWriter) throws(PartialError) {
    var heads = StreamHeads<RecordPlace>()
    for (index, reader) in readers.enumerated() where reader.stands(at: "exception", "reject") {
      heads.put(try reader.place(), of: index)
    }
    while let (place, index) = heads.takeNext() {
      let reader = readers[index]
      if let line = reader.line { try writer.write(line: line) }
      try reader.advance()
      if reader.stands(at: "exception", "reject") {
        let following = try reader.place()
        guard place < following else { throw reader.damaged("its records are not in the order of their place") }
        heads.put(following, of: index)
      }
    }
  }

  private static func mergeRequests(_ readers: [PartialReader], _ writer: PartialWriter) throws(PartialError) {
    var requests = readers.map { RequestReader($0) }
    var heads = StreamHeads<UInt64>()
    for index in requests.indices where try requests[index].next() { heads.put(requests[index].digest, of: index) }
    var lines = RequestLines()
    while let (digest, index) = heads.takeNext() {
      try lines.add(digest, to: writer)
      if try requests[index].next() { heads.put(requests[index].digest, of: index) }
    }
    try lines.flush(to: writer)
  }

  /// In the order of their place; none may reach into the next. A range without a record says nothing beside others.
  private static func joined(_ ranges: [PartialRange]) throws(PartialError) -> [PartialRange] {
    let logsWithRecords = Set(ranges.filter { $0.counts.lines > 0 }.map { Array($0.log.utf8) })
    let sorted = ranges.filter { range in
      range.counts.lines > 0 || range.damage != nil || !logsWithRecords.contains(Array(range.log.utf8))
    }.sorted {
      $0.log.utf8.elementsEqual($1.log.utf8)
        ? ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        : $0.log.precedesBytewise($1.log)
    }
    var kept: [PartialRange] = []
    for range in sorted {
      if let last = kept.last, last.log.utf8.elementsEqual(range.log.utf8) {
        if range.counts.lines == 0, range.damage == nil { continue }
        guard last.range.upperBound <= range.range.lowerBound else {
          throw .overlap(log: range.log, first: last.range, second: range.range)
        }
      }
      kept.append(range)
    }
    return kept
  }
}

/// What stands next in each of several sorted streams.
private struct StreamHeads<Key: Comparable> {
  /// Falling, so that the next one is taken from the end, where a stream that goes on before the others comes back to.
  private var heads: [(key: Key, stream: Int)] = []

  mutating func takeNext() -> (key: Key, stream: Int)? { heads.popLast() }

  mutating func put(_ key: Key, of stream: Int) {
    var low = 0
    var high = heads.count
    while low < high {
      let middle = (low + high) >> 1
      if key < heads[middle].key { low = middle + 1 } else { high = middle }
    }
    heads.insert((key, stream), at: low)
  }
}

/// Reads the request digests of a partial, one after another.
struct RequestReader {
  private let reader: PartialReader
  private var block: [UInt64] = []
  private var index = 0
  private(set) var digest: UInt64 = 0
  private var greatest: UInt64 = 0

  init(_ reader: PartialReader) { self.reader = reader }

  /// False when there is none left.
  mutating func next() throws(PartialError) -> Bool {
    if index == block.count {
      guard let next = try nextBlock() else { return false }
      block = next
      index = 0
    }
    digest = block[index]
    index += 1
    return true
  }

  /// The digests of a line, in rising order like the lines themselves; nil when there is none left.
  mutating func nextBlock() throws(PartialError) -> [UInt64]? {
    guard reader.stands(at: "requests") else { return nil }
    let values = try reader.values()
    guard values.count == 2, let bytes = values[1].text.flatMap({ Data(base64Encoded: $0) }),
      bytes.count % 8 == 0, !bytes.isEmpty
    else { throw reader.damaged("this line holds no request digests") }
    let digests = bytes.withUnsafeBytes { raw in
      (0..<raw.count / 8).map { UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self)) }
    }
    for next in digests {
      guard next >= greatest else { throw reader.damaged("its request digests are not in rising order") }
      greatest = next
    }
    try reader.advance()
    return digests
  }
}
