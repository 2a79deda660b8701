internal import Foundation

@testable internal import Disclosure
@testable internal import EvidenceModel
@testable internal import Intake

/// Small texts that stand in many files: times, names, patterns, tables, secrets.
let textTargets = [
  FuzzTarget("instant") { (bytes) throws(BrokenPromise) in
    let (instant, lenient) = bytes.withUnsafeBytes { (Instant.parse($0), Instant.parseLenient($0)) }
    if let instant {
      try expect(lenient?.instant == instant, "\(instant) is read only where zones must be stated")
      // A year before 0 or after 9999 is printed, and is no RFC 3339.
      if (Instant(day: -719_528)..<Instant(day: 2_932_897)).contains(instant) {
        try expect(Instant(rfc3339: instant.description) == instant, "\(instant) is not read back")
      }
    }
    let text = text(bytes)
    for order in [nil, SlashOrder.dayFirst, .monthFirst] {
      guard let time = try? CellTime(text, order: order) else { continue }
      let printed = try? CellTime(time.instant.description, order: nil)
      try expect(
        printed?.instant == time.instant || time.instant.day > 2_932_896 || time.instant.day < -719_528,
        "\(time.instant) of a cell is not read back")
    }
    if let period = try? Period(parsing: text, now: Instant(microseconds: 0)) {
      _ = period.folderName
      if let from = period.from, let to = period.to { try expect(from < to, "\(text) ends before it begins") }
    }
  },
  FuzzTarget("pattern") { (bytes) throws(BrokenPromise) in
    let (pattern, name) = (text(halves(bytes).first), text(halves(bytes).second))
    _ = NamePattern(pattern).matches(name)
    _ = PathPattern(github: pattern).matches(name)
    _ = PathPattern(gitlab: pattern).matches(name)
    _ = (try? PathExpression(pattern))?.matches(name)
    _ = SnapshotDate(in: pattern).instant
    try expect(NamePattern(name).matches(name), "a name does not match itself")
  },
  FuzzTarget("secrets") { (bytes) throws(BrokenPromise) in
    let redacted = SecretRedaction.redact(text(bytes))
    try expect(
      redacted.utf8.count { $0 == 0x0A } == bytes.count { $0 == 0x0A }, "redaction changes the number of lines")
    // A token that stands by itself is found in whatever text.
    let planted = "sk-planted0123456789"
    let middle = bytes.count / 2
    let around = text(bytes[..<middle]) + " \(planted) " + text(bytes[middle...])
    try expect(!SecretRedaction.redact(around).contains(planted), "a token is left")
    _ = SecretRedaction.value(text(bytes), key: "api_base")
  },
  FuzzTarget("csv") { (bytes) throws(BrokenPromise) in
    _ = try? CSVTable(WholeFile(name: "table.csv", bytes: bytes), required: [])
    // Fields of any bytes, written exactly and read by both readers.
    let fields = bytes.split(separator: 0, omittingEmptySubsequences: false).map { text($0) }
    let line = CanonicalCSV.line(fields)
    var rows: [[String]] = []
    var exact = Disclosure.TableRows()
    exact.take(Data(line)) { rows.append($0) }
    try expect(rows.count == 1 && isSame(rows[0], fields), "the reader of packs' tables takes \(rows) for \(fields)")
    guard fields.count <= 10_000 else { return }
    var reader = Intake.TableRows(line, separator: 0x2C)
    let read = reader.next()?.fields ?? []
    try expect(isSame(read, fields), "the reader of registers takes \(read) for \(fields)")
  },
]

private func isSame(_ left: [String], _ right: [String]) -> Bool {
  left.count == right.count && zip(left, right).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
}
