import Foundation
import Testing

/// Workers that share the logs of a configuration: a manifest, one file of inputs, and what each worker writes.
struct Workers {
  struct Split: Decodable {
    var split: Int
    var log: String
    var start: Int
    var end: Int
    var argument: String
  }

  let scratch: Scratch
  let config: String
  let splits: [Split]
  var path: String { scratch.path }

  init(config: String, size: Int, _ arguments: String...) throws {
    scratch = try Scratch()
    self.config = config
    let outcome = try Program.run(
      Program.binary,
      ["splits", "--config", config, "--out", scratch.path + "/splits.jsonl", "--out-inputs", scratch.path + "/inputs"]
        + ["--size", String(size)] + arguments)
    #expect(outcome.status == 0 || outcome.status == 3, "\(outcome.errors)")
    let text = try String(contentsOfFile: scratch.path + "/splits.jsonl", encoding: .utf8)
    splits = try text.split(separator: "\n").filter { !$0.contains("left_out") }.map {
      try JSONDecoder().decode(Split.self, from: Data($0.utf8))
    }
  }

  /// Where the configuration's logs are.
  private var logs: String { (config as NSString).deletingLastPathComponent }

  func partial(_ split: Split) -> String { path + "/\(split.split).partial" }

  /// What a worker that has the program and two files does: the log under a name of its own.
  func scan(_ split: Split, as name: String? = nil, _ arguments: String...) throws -> Program.Outcome {
    try Program.run(
      Program.binary,
      ["scan", "--inputs", path + "/inputs", "--split", split.argument, "--log", logs + "/" + split.log]
        + ["--out", name.map { path + "/" + $0 } ?? partial(split)] + arguments, in: path)
  }

  /// A worker to which the bytes are streamed, from a byte of the log to another.
  func scan(_ split: Split, streaming bytes: Range<Int>) throws -> Program.Outcome {
    let log = try Data(contentsOf: URL(fileURLWithPath: logs + "/" + split.log))
    return try Program.run(
      Program.binary,
      ["scan", "--inputs", path + "/inputs", "--split", split.argument, "--log", "-", "--out", partial(split)],
      in: path, input: log[bytes.clamped(to: 0..<log.count)])
  }

  func scanAll() throws {
    for split in splits {
      let outcome = try scan(split)
      #expect(outcome.status == 0, "\(split.argument): \(outcome.errors)")
    }
  }

  func run(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(
      Program.binary,
      ["run", "--config", config, "--partials", path, "--out", path + "/reports", "--store", path + "/s.sqlite"]
        + arguments)
  }

  /// In which files the pack differs from one of a run that read the logs itself.
  func differencesToRun(_ pack: Program.Outcome) throws -> [String] {
    let folder = try Scratch()
    return try withExtendedLifetime(folder) {
      let fresh = try Program.tenure(
        "run", "--config", config, "--out", folder.path, "--store", folder.path + "/s.sqlite")
      #expect(fresh.status == pack.status, "\(fresh.errors) \(pack.errors)")
      return try differences(fresh.lastLine, pack.lastLine)
    }
  }
}

extension LogFolder {
  /// Two logs, one of which ends without a line feed and holds what is no decision.
  static func twoLogs() throws -> LogFolder {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.day(1, count: 60) + "no JSON\n\n" + LogFolder.day(2, count: 20))
    try folder.write("logs/2.jsonl", "\n" + LogFolder.day(3) + "no JSON either\n" + LogFolder.decision(4, 9))
    return folder
  }

  func workers(size: Int = 3000) throws -> Workers {
    let workers = try Workers(config: path + "/tenure.yaml", size: size)
    #expect(workers.splits.count > 2)
    return workers
  }
}
