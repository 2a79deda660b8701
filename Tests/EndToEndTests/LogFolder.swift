import Foundation
import Testing

/// A small set of records around a folder of logs, to be run again and again as the logs and the records change.
struct LogFolder {
  let scratch: Scratch
  var path: String { scratch.path }

  /// What `tenure scan` said, as its JSON event.
  struct Figures: Equatable {
    var scanned, continued, remembered: Int
    var sources, lines, judged, exceptions: Int
    var digests: [String]

    /// Whether they say the same of the logs, however they came about.
    func isLike(_ other: Figures) -> Bool {
      sources == other.sources && lines == other.lines && judged == other.judged && exceptions == other.exceptions
        && digests == other.digests
    }
  }

  init() throws {
    scratch = try Scratch()
    try writeVersion("v1", from: "2026-01-01")
    try write("ownership.csv", "seq,rule_id,owner,from\n1,rest,gateway-team,2026-01-01\n")
    try write("people.csv", "owner,team,left_at\ngateway-team,gateway,\ndana,risk,\n")
    try write(
      "tenure.yaml",
      """
      period: all
      frameworks: [owasp-asi-2026]
      hole-hours: 100000
      routing-logs: [{path: "logs/*", format: native}]
      policy: [{folder: policy}]
      ownership: [{path: ownership.csv}]
      people: people.csv
      """)
    try FileManager.default.createDirectory(atPath: path + "/logs", withIntermediateDirectories: true)
  }

  func write(_ name: String, _ text: String) throws { try scratch.write(name, text) }
  func write(_ name: String, _ bytes: Data) throws { try scratch.write(name, bytes) }
  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path + "/" + name) }
  func move(_ name: String, to other: String) throws {
    try FileManager.default.moveItem(atPath: path + "/" + name, toPath: path + "/" + other)
  }

  func append(_ text: String, to name: String) throws {
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path + "/" + name))
    defer { try? file.close() }
    try file.seekToEnd()
    try file.write(contentsOf: Data(text.utf8))
  }

  func writeVersion(_ version: String, from: String, action: String = "allow") throws {
    try write(
      "policy/\(version).yaml",
      """
      version: \(version)
      effective-from: \(from.contains("T") ? from : from + "T00:00:00Z")
      author: dana
      approved-by: [sam]
      approved-at: 2025-12-30T00:00:00Z
      rules:
        - {id: rest, priority: 90, action: \(action)}
      """)
  }

  /// A log of one day; the tenth decision of each dozen is an exception.
  static func day(_ day: Int, count: Int = 24) -> String {
    (0..<count).map { decision(day, $0) + "\n" }.joined()
  }

  static func decision(_ day: Int, _ number: Int) -> String {
    let day = String(format: "%02d", day)
    let hour = String(format: "%02d", number % 24)
    let served = number % 12 == 9 ? "other" : "small"
    return #"{"ts":"2026-07-\#(day)T\#(hour):00:00Z","request_id":"r-\#(day)-\#(number)","#
      + #""agent":"agent-\#(number % 3)","requested_model":"small","served_model":"\#(served)","outcome":"success"}"#
  }

  func scan(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(Program.binary, ["scan", "--config", path + "/tenure.yaml"] + arguments)
  }

  /// The figures of a scan that never was before.
  func freshFigures() throws -> Figures {
    let folder = try Scratch()
    return try withExtendedLifetime(folder) { try figures("--store", folder.path + "/s.sqlite") }
  }

  /// Scans and returns the figures.
  func figures(_ arguments: String..., status: Int32 = 0) throws -> Figures {
    let outcome = try Program.run(
      Program.binary, ["scan", "--config", path + "/tenure.yaml", "--format", "json", "--digests"] + arguments)
    #expect(outcome.status == status, "\(outcome.errors)")
    let event = try #require(
      try events(outcome.output).last { $0["event"] as? String == "scanned" }, "\(outcome.errors)")
    func number(_ name: String) throws -> Int { try #require(event[name] as? Int) }
    return try Figures(
      scanned: number("scanned"), continued: number("continued"), remembered: number("remembered"),
      sources: number("sources"), lines: number("lines"), judged: number("judged"), exceptions: number("exceptions"),
      digests: ["tally_sha256", "exceptions_sha256", "sample_sha256"].map { try #require(event[$0] as? String) })
  }

  func run(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(Program.binary, ["run", "--config", path + "/tenure.yaml"] + arguments)
  }

  /// A run that never was before: with a store and in a folder of its own.
  func freshRun() throws -> (outcome: Program.Outcome, folder: Scratch) {
    let folder = try Scratch()
    let outcome = try Program.run(
      Program.binary,
      ["run", "--config", path + "/tenure.yaml", "--out", folder.path, "--store", folder.path + "/s.sqlite"])
    return (outcome, folder)
  }

  /// In which files the pack here differs from one that a fresh run makes of the same inputs. Where a pack goes is on
  /// no page.
  func differencesToFresh(_ pack: Program.Outcome) throws -> [String] {
    let (fresh, folder) = try freshRun()
    #expect(fresh.status == pack.status, "\(fresh.errors)")
    return try withExtendedLifetime(folder) { try differences(pack.lastLine, fresh.lastLine) }
  }
}
