internal import Foundation

@testable internal import EvidenceModel
@testable internal import Intake
@testable internal import Replay

/// Every format of routing logs, stated; logs whose format is looked for; what compressed logs hold; and field maps.
let logTargets =
  RoutingLogFormat.builtIn.map { format in
    FuzzTarget("log-\(format.name)") { (bytes) throws(BrokenPromise) in try scan(bytes, stated: format) }
  } + [
    FuzzTarget("log-mapped") { (bytes) throws(BrokenPromise) in
      // The first byte chooses one of the maps that come with the program.
      let maps = FieldMap.presets
      guard let first = bytes.first else { return }
      try scan(Array(bytes.dropFirst()), stated: .mapped(maps[Int(first) % maps.count]))
    },
    // Without a file, which takes most of the time of the others. The first byte chooses the format.
    FuzzTarget("record") { (bytes) throws(BrokenPromise) in
      guard let first = bytes.first else { return }
      try read(Array(bytes.dropFirst()), as: formats[Int(first) % formats.count])
    },
    FuzzTarget("log-detected") { (bytes) throws(BrokenPromise) in try scan(bytes, stated: nil) },
    FuzzTarget("field-map") { (bytes) throws(BrokenPromise) in
      let (map, log) = halves(bytes)
      guard let map = try? FieldMap(WholeFile(name: "map.yaml", bytes: map)) else { return }
      try scan(log, stated: .mapped(map))
    },
    FuzzTarget("compressed") { (bytes) throws(BrokenPromise) in
      let folder = FuzzFolder("compressed")
      try folder.with(["log": bytes]) { () throws(BrokenPromise) in
        let (large, small) = (
          decompressed(folder.path + "/log", by: 1 << 15), decompressed(folder.path + "/log", by: 61)
        )
        // Of damaged Zstandard the library may keep what one call made.
        let isZstandard = bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
        try expect(
          isZstandard ? small.starts(with: large) : large == small,
          "\(large.count) bytes at once are \(small.count) piece by piece")
      }
    },
  ]

private let formats = RoutingLogFormat.all

/// Reads lines as records of a format, one after another.
private func read(_ bytes: [UInt8], as format: RoutingLogFormat) throws(BrokenPromise) {
  let (reader, gatherer) = (format.makeReader(), format.makeGatherer())
  var record = RoutingRecord()
  var gathered = Gathered()
  for (line, text) in bytes.split(separator: 0x0A).enumerated() {
    // Readers are promised some bytes past the end.
    let padded = Array(text) + [UInt8](repeating: 0x20, count: JSONParser.padding)
    padded.withUnsafeBytes { padded in
      let bytes = UnsafeRawBufferPointer(rebasing: padded[..<text.count])
      _ = reader?.read(bytes, into: &record)
      let position = SourcePosition(line: line + 1, byteOffset: text.startIndex, bytes: text.count)
      gatherer?.take(bytes, at: position, into: &gathered)
    }
  }
  gatherer?.finish(into: &gathered)
  let lender = DecisionLender()
  for decision in gathered.decisions {
    let isWhole = lender.lend(decision) { $0.requestID.string.utf8.elementsEqual(decision.requestID.utf8) }
    try expect(isWhole && !decision.requestID.isEmpty, "a decision has no id, or lends another")
  }
}

/// Scans a log twice, whole and cut into parts by two threads, and checks that every line has one fate.
private func scan(_ bytes: [UInt8], stated: RoutingLogFormat?) throws(BrokenPromise) {
  let folder = FuzzFolder("log")
  try folder.with(["log": bytes]) { () throws(BrokenPromise) in
    let path = folder.path + "/log"
    guard let format = try? RoutingLogFormat.detect(path: path, stated: stated) else { return }
    let (whole, exceptions, rejects) = try outcome(path, format, threads: 1, partSize: ScanCrew.partSize)
    let counts = whole.counts
    try expect(
      counts.lines == counts.blank + counts.malformed + counts.outOfPeriod + counts.judged, "fates of lines: \(counts)")
    try expect(
      whole.tally.reduce(0) { $0 + ($1.day == nil ? 0 : $1.sums.n) } == counts.judged, "the tally is not of all judged")
    try expect(rejects == counts.malformed, "\(rejects) rejects of \(counts.malformed) malformed lines")
    try expect(
      whole.hours.values.reduce(0) { $0 + $1.exceptions } == exceptions, "exceptions by hour are not \(exceptions)")
    let parts = try outcome(path, format, threads: 2, partSize: 64)
    try expect(parts.partial.counts == counts, "in parts \(parts.partial.counts), whole \(counts)")
    try expect(parts.exceptions == exceptions, "in parts \(parts.exceptions) exceptions, whole \(exceptions)")
    try walk(path, format, counts)
  }
}

private func outcome(
  _ path: String, _ format: DetectedFormat, threads: Int, partSize: Int
) throws(BrokenPromise) -> (partial: Partial, exceptions: Int, rejects: Int) {
  let sink = CountingSink()
  do {
    try ScanCrew.scan(
      [ScanTask(path: path, format: format)], plan: FuzzPlan.shared, threads: threads, partSize: partSize, sink: sink)
  } catch {
    throw BrokenPromise(description: "the scan ends with \(error)")
  }
  var sum = PartialSum(FuzzPlan.shared.settings)
  let state = sink.state
  for part in state.parts { sum.add(part.partial) }
  return (sum.partial, state.exceptions, state.rejects)
}

/// Reads the log without judging it, as `tenure detect` and `tenure explain` do.
private func walk(_ path: String, _ format: DetectedFormat, _ counts: LineCounts) throws(BrokenPromise) {
  var decisions = 0
  var rejects = 0
  var passed: LogReader.Passed?
  do {
    passed = try LogReader(ByteSource(path: path), format: format).forEach(in: format.format) { entry in
      if case .decision = entry { decisions += 1 } else { rejects += 1 }
    }
  } catch {
    // Damage at its end is told by the scan.
  }
  _ = try? LogSurvey(path: path, format: format)
  guard let passed else { return }
  try expect(
    decisions == counts.judged + counts.outOfPeriod && rejects == counts.malformed && passed.blank == counts.blank,
    "a walk finds \(decisions) decisions and \(rejects) rejects, a scan \(counts)")
}

/// What a compressed file holds, up to a bearable size, and whether it ended in damage.
private func decompressed(_ path: String, by size: Int) -> [UInt8] {
  var read: [UInt8] = []
  guard let source = try? ByteSource(path: path) else { return read }
  var piece = [UInt8](repeating: 0, count: size)
  while read.count < 1 << 16, let count = try? piece.withUnsafeMutableBytes({ try source.read(into: $0) }), count > 0 {
    read += piece[..<count]
  }
  return Array(read.prefix(1 << 16))
}
