package import EvidenceModel
internal import Foundation
package import Intake

/// A partial file, read once: what it holds for, and which ranges of which logs.
package struct SurveyedPartial: Sendable {
  package var path: String
  package var header: PartialHeader
  package var ranges: [PartialRange]
  /// Of its text, whether it is compressed or not.
  package var digest: Digest

  /// Reads the whole file, so that one that is damaged anywhere is known before anything of it counts.
  package init(path: String) throws(PartialError) {
    let reader = try PartialReader(path: path)
    var ranges: [PartialRange] = []
    while reader.line != nil {
      if reader.stands(at: "source") {
        guard let range = PartialRange(try reader.values()) else { throw reader.damaged("this line states no range") }
        ranges.append(range)
      }
      try reader.advance()
    }
    guard let digest = reader.digest else { throw reader.damaged("it has no last line") }
    self.path = path
    header = reader.header
    self.ranges = ranges
    self.digest = digest
  }
}

/// The partials of one log that lie side by side from its beginning on: together they are what one scan of it came to.
package struct LogPartials: Sendable {
  package var name: String
  package var format: String
  package var shape: String
  package var compression: Compression
  /// Of the whole log as stored, and its digest.
  package var storedBytes: Int
  package var digest: Digest
  /// Why it was not read to its end.
  package var damage: String?
  /// Sorted by place; each begins where the one before ends.
  package private(set) var ranges: [PartialRange]
  private let parts: [SurveyedPartial]
  /// Lines before each of the ranges.
  private let lines: [Int]

  package init(
    _ parts: [SurveyedPartial], of log: (name: String, format: String, shape: String, compression: Compression),
    storedBytes: Int, digest: Digest, damage: String?
  ) {
    (name, format, shape, compression) = log
    self.storedBytes = storedBytes
    self.digest = digest
    self.damage = damage
    self.parts = parts
    ranges = Self.sorted(parts.flatMap(\.ranges))
    var before = 0
    var lines: [Int] = []
    for range in ranges {
      lines.append(before)
      before &+= range.counts.lines
    }
    self.lines = lines
  }

  private static func sorted(_ ranges: [PartialRange]) -> [PartialRange] {
    ranges.sorted { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
  }

  /// Where what was read ends, in the log's bytes after decompression.
  package var end: Int { ranges.last?.range.upperBound ?? 0 }

  /// All its ranges together, but for what each field was.
  package var counts: LineCounts {
    var counts = LineCounts()
    for range in ranges { counts.add(range.counts) }
    return counts
  }

  /// Lines before the range that a record stands in; nil where it stands in none.
  private func lines(before byteOffset: Int) -> Int? {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) >> 1
      if ranges[middle].range.lowerBound <= byteOffset { low = middle + 1 } else { high = middle }
    }
    guard low > 0, ranges[low - 1].range.contains(byteOffset) else { return nil }
    return lines[low - 1]
  }

  /// Hands out exceptions, rejects and request digests, one after another, and returns the sums. Lines count from the log's
  /// beginning.
  package func read(
    exception: (JudgedDecision) throws -> Void, reject: (Reject) throws -> Void,
    requests: ([UInt64]) throws -> Void
  ) throws -> Partial {
    var summary = PartialSummary(sums: Partial())
    guard let header = parts.first?.header else { return summary.sums }
    var sums = PartialSum(sampleSize: header.sampleSize, attributeSampleSize: header.attributeSampleSize)
    var (exceptions, rejects, digests) = (0, 0, 0)
    for part in parts {
      let reader = try PartialReader(path: part.path)
      var last = -1
      while reader.stands(at: "exception", "reject") {
        let values = try reader.values()
        guard values.count > 2, values[1].text.map({ $0.utf8.elementsEqual(name.utf8) }) == true,
          let offset = values[2].number, let before = lines(before: offset)
        else { throw reader.damaged("this line names no record of the partial's ranges") }
        if let decision = JudgedDecision(partial: values.dropFirst(3), byteOffset: offset),
          values[0].text == "exception"
        {
          guard last < offset else { throw reader.damaged("its records are not in the order of their place") }
          last = offset
          exceptions += 1
          try exception(decision.moved(by: before))
        } else if let row = Reject(partial: values.dropFirst(3), byteOffset: offset), values[0].text == "reject" {
          rejects += 1
          try reject(row.moved(by: before))
        } else {
          throw reader.damaged("this line is no exception and no reject")
        }
        try reader.advance()
      }
      var requestReader = RequestReader(reader)
      while let block = try requestReader.nextBlock() {
        digests += block.count
        try requests(block)
      }
      var partial = try SummaryReader.read(reader, into: &summary)
      guard try move(&partial) else { throw reader.damaged("a sample names no record of the partial's ranges") }
      sums.add(partial)
    }
    var partial = sums.partial
    partial.counts = counts
    partial.counts.fields = summary.fields[name] ?? FieldCounts()
    partial.hours = summary.hours[name] ?? [:]
    let isWhole =
      Self.sorted(summary.ranges) == ranges && exceptions == partial.hours.values.reduce(0) { $0 &+ $1.exceptions }
      && partial.counts.judged == partial.hours.values.reduce(0) { $0 &+ $1.judged }
      && rejects == partial.counts.malformed && digests == partial.counts.judged
    guard isWhole else {
      throw PartialError.damaged(
        path: parts[0].path, line: 1, reason: "the records of \(name) are not as many as its sums say")
    }
    return partial
  }

  /// Lets the lines of samples count from the log's beginning. False where one stands in no range.
  private func move(_ partial: inout Partial) throws -> Bool {
    func move(_ row: inout SampleRow) -> Bool {
      guard row.source.utf8.elementsEqual(name.utf8), let before = lines(before: row.decision.position.byteOffset)
      else { return false }
      row.decision = row.decision.moved(by: before)
      return true
    }
    for index in partial.sample.indices where !move(&partial.sample[index]) { return false }
    for index in partial.attributeSample.indices where !move(&partial.attributeSample[index]) { return false }
    for index in partial.boundaries.indices where !move(&partial.boundaries[index].row) { return false }
    return true
  }
}

extension JudgedDecision {
  fileprivate func moved(by lines: Int) -> JudgedDecision {
    var moved = self
    moved.position.line &+= lines
    return moved
  }
}

extension Reject {
  /// Nil when these are no reject's values.
  fileprivate init?(partial values: ArraySlice<PartialValue>, byteOffset: Int) {
    let values = Array(values)
    guard values.count == 4, let line = values[0].number, let bytes = values[1].number,
      let digest = values[2].text.flatMap({ Digest(hexadecimal: $0) }),
      let reason = values[3].text.flatMap({ RejectReason(rawValue: $0) })
    else { return nil }
    self.init(
      position: SourcePosition(line: line, byteOffset: byteOffset, bytes: bytes), lineDigest: digest, reason: reason)
  }

  fileprivate func moved(by lines: Int) -> Reject {
    var moved = self
    moved.position.line &+= lines
    return moved
  }
}
