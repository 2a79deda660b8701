internal import Foundation

/// The planted answer that a generator writes beside its workload.
struct Expected: Decodable {
  var records: Int
  var blankLines: Int
  var bytes: Int
  var duplicates: Int
  var classes: [String: Int]
  var exceptions: Int
  var tally: String
  var exceptionsDigest: String
  var sample: String
  var arguments: [String: Int]

  private enum CodingKeys: String, CodingKey {
    case records, bytes, classes, exceptions, arguments
    case blankLines = "blank_lines"
    case duplicates = "duplicate_request_ids"
    case tally = "aggregate_sha256"
    case exceptionsDigest = "exceptions_sha256"
    case sample = "sample_sha256"
  }

  static func read(_ folder: URL) throws -> Expected {
    try JSONDecoder().decode(Expected.self, from: Data(contentsOf: folder.appending(path: "expected.json")))
  }
}

/// A folder with a log, the registers, a configuration, and the planted answer.
struct Workload {
  var title: String
  var folder: URL
  var expected: Expected

  var configuration: String { folder.appending(path: "tenure.yaml").path }
  var logs: [String] { Workload.logs(in: folder).map(\.path) }
  var megabytes: Double { Double(expected.bytes) / 1e6 }

  static func logs(in folder: URL) -> [URL] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasPrefix("routing") && $0.hasSuffix(".jsonl") }.sorted()
      .map { folder.appending(path: $0) }
  }

  /// What a correct result says, by the names that the programs print.
  var truth: [Fact: String] {
    let lines = expected.records + expected.blankLines
    return [
      .tally: expected.tally, .exceptions: expected.exceptionsDigest, .sample: expected.sample,
      .duplicates: String(expected.duplicates), .lines: String(lines),
      .judged: String(expected.records - (expected.classes["malformed"] ?? 0)),
      // The generator leaves out the last newline.
      .newlines: String(lines - 1),
    ]
  }
}

/// Something that a result claims and the planted answer knows. The raw value is the key in the programs' JSON.
enum Fact: String, CaseIterable {
  case tally = "tally_sha256"
  case exceptions = "exceptions_sha256"
  case sample = "sample_sha256"
  case duplicates = "duplicate_request_ids"
  case judged
  case lines
  case newlines

  var title: String {
    switch self {
    case .tally: "tally"
    case .exceptions: "exceptions"
    case .sample: "sample"
    case .duplicates: "duplicates"
    case .judged, .lines, .newlines: rawValue
    }
  }
}
