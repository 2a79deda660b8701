import Foundation
import Testing

/// Workers that share the logs of a configuration: a manifest, one file of inputs, and what each worker writes.
private struct Workers {
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
  fileprivate static func twoLogs() throws -> LogFolder {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.day(1, count: 60) + "no JSON\n\n" + LogFolder.day(2, count: 20))
    try folder.write("logs/2.jsonl", "\n" + LogFolder.day(3) + "no JSON either\n" + LogFolder.decision(4, 9))
    return folder
  }

  fileprivate func workers(size: Int = 3000, _ arguments: String...) throws -> Workers {
    let workers = try Workers(config: path + "/tenure.yaml", size: size)
    #expect(workers.splits.count > 2)
    return workers
  }
}

@Suite struct SplitTests {
  @Test(arguments: ["quickstart", "governance", "otlp", "envoy", "openrouter"])
  func aPackFromPartialsHasTheBytesOfOneThatReadTheLogsItself(example: String) throws {
    let workers = try Workers(config: Program.root + "/examples/\(example)/tenure.yaml", size: 9000)
    try workers.scanAll()
    let pack = try workers.run()
    #expect(try workers.differencesToRun(pack) == [])
  }

  @Test(arguments: [700, 3000, 1_000_000])
  func whereverTheLogsAreCutThePackIsTheSame(size: Int) throws {
    let folder = try LogFolder.twoLogs()
    let workers = try Workers(config: folder.path + "/tenure.yaml", size: size)
    #expect(workers.splits.count == [700: 22, 3000: 6, 1_000_000: 2][size])
    try workers.scanAll()
    let pack = try workers.run()
    #expect(pack.status == 3, "\(pack.errors)")
    #expect(pack.output.contains("2 malformed"))
    #expect(try workers.differencesToRun(pack) == [])
  }

  @Test func aLogThatIsStreamedGivesTheSameAsOneThatIsThere() throws {
    let folder = try LogFolder.twoLogs()
    let workers = try folder.workers()
    for split in workers.splits {
      let outcome = try workers.scan(split, streaming: max(0, split.start - 1)..<Int.max)
      #expect(outcome.status == 0, "\(split.argument): \(outcome.errors)")
      let streamed = try Data(contentsOf: URL(fileURLWithPath: workers.partial(split)))
      _ = try workers.scan(split)
      #expect(try Data(contentsOf: URL(fileURLWithPath: workers.partial(split))) == streamed)
    }
  }

  @Test func aCompressedLogIsOneSplit() throws {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.day(1))
    let gzip = try Program.tool("gzip", folder.path + "/logs/1.jsonl")
    #expect(gzip.status == 0)
    let workers = try Workers(config: folder.path + "/tenure.yaml", size: 100)
    #expect(workers.splits.count == 1)
    #expect(try workers.scan(workers.splits[0], streaming: 0..<Int.max).status == 0)
    #expect(try workers.differencesToRun(try workers.run()) == [])
  }

  @Test func aPlanIsTheSameEachTimeAndHoldsNoTextOfThePolicy() throws {
    let folder = try LogFolder.twoLogs()
    try folder.write(
      "policy/v2.yaml", "# a secret remark\nversion: v2\neffective-from: 2026-07-02T00:00:00Z\nrules: []\n")
    let (first, second) = (try folder.workers(), try folder.workers())
    for name in ["splits.jsonl", "inputs"] {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: first.path + "/" + name))
      #expect(bytes == (try Data(contentsOf: URL(fileURLWithPath: second.path + "/" + name))))
      #expect(!String(decoding: bytes, as: UTF8.self).contains("secret remark"))
    }
  }

  @Test func aLogThatCannotBeReadIsLeftOutByName() throws {
    let folder = try LogFolder.twoLogs()
    #expect(try Program.tool("mkfifo", folder.path + "/logs/3.jsonl").status == 0)
    let workers = try folder.workers()
    try workers.scanAll()
    try folder.remove("logs/3.jsonl")
    let pack = try workers.run()
    #expect(pack.status == 3)
    #expect(pack.errors.contains("logs/3.jsonl: no split of it was planned: is no regular file"), "\(pack.errors)")
  }

  @Test func aLogThatCameLaterIsMissing() throws {
    let folder = try LogFolder.twoLogs()
    let workers = try folder.workers()
    try workers.scanAll()
    try folder.write("logs/4.jsonl", LogFolder.day(5))
    let pack = try workers.run()
    #expect(pack.status == 3)
    #expect(pack.errors.contains("logs/4.jsonl: the configuration names this log, and the manifest has no split of it"))
  }
}

/// What workers may do wrong.
@Suite struct WorkerFaultTests {
  private func finished() throws -> (LogFolder, Workers) {
    let folder = try LogFolder.twoLogs()
    let workers = try folder.workers()
    try workers.scanAll()
    return (folder, workers)
  }

  @Test func aSplitThatRanTwiceCountsOnce() throws {
    let (folder, workers) = try finished()
    _ = try workers.scan(workers.splits[1], as: "again.partial")
    #expect(try Program.tool("gzip", workers.path + "/again.partial").status == 0)
    let pack = try workers.run()
    #expect(pack.output.contains("sources      2 (2 scanned, 0 remembered, 1 partial there twice)"), "\(pack.output)")
    #expect(try workers.differencesToRun(pack) == [])
    withExtendedLifetime(folder) {}
  }

  @Test(arguments: [0, 1, 5]) func aSplitThatIsMissingIsNamed(missing: Int) throws {
    let (folder, workers) = try finished()
    let split = workers.splits[missing]
    try FileManager.default.removeItem(atPath: workers.partial(split))
    let pack = try workers.run()
    #expect(pack.status == 3)
    #expect(
      pack.errors.contains("split \(split.split) of \(workers.splits.count), \(split.argument), has no partial"),
      "\(pack.errors)")
    #expect(pack.errors.components(separatedBy: "has no partial").count == 2)
    #expect(try Program.tenure("verify", pack.lastLine).status == 0)
    // Scanned after all, it is as if nothing had happened.
    _ = try workers.scan(split)
    #expect(try workers.differencesToRun(try workers.run()) == [])
    withExtendedLifetime(folder) {}
  }

  @Test func withoutAnyPartialThereIsNothingToEvaluate() throws {
    let folder = try LogFolder.twoLogs()
    let workers = try folder.workers()
    let pack = try workers.run()
    #expect(pack.status == 5)
    #expect(pack.errors.contains("has no partial"))
  }

  @Test func twoPartialsOfOneSplitThatDifferAreRefusedByName() throws {
    let (folder, workers) = try finished()
    let partial = workers.partial(workers.splits[1])
    let text = try String(contentsOfFile: partial, encoding: .utf8)
    try workers.scratch.write("other.partial", try sealed(text.replacing("agent-1", with: "agent-9")))
    let pack = try workers.run()
    #expect(pack.status == 3)
    #expect(
      pack.errors.contains("2.partial: it and other.partial hold the same bytes of logs/1.jsonl"), "\(pack.errors)")
    #expect(pack.errors.contains("split 2 of \(workers.splits.count)"))
    withExtendedLifetime(folder) {}
  }

  /// The text with its last line made right again.
  private func sealed(_ text: String) throws -> String {
    let lines = text.split(separator: "\n").dropLast()
    let body = lines.map { $0 + "\n" }.joined()
    let scratch = try Scratch()
    let file = try scratch.write("body", body)
    let digest = try Program.tool("sha256sum", file).output.prefix(64)
    return body + "[\"end\",\(lines.count),\"\(digest)\"]\n"
  }

  @Test func aPartialThatCannotBeUsedIsRefusedByName() throws {
    let (folder, workers) = try finished()
    func change(_ index: Int, _ body: (String) throws -> String) throws {
      let path = workers.partial(workers.splits[index])
      try body(try String(contentsOfFile: path, encoding: .utf8)).write(toFile: path, atomically: true, encoding: .utf8)
    }
    try change(0) { String($0.dropLast(200)) }
    try change(1) { $0.replacing("agent-1", with: "agent-9") }
    try change(2) { try sealed($0.replacing("[\"tenure-partial\",1,", with: "[\"tenure-partial\",2,")) }
    try change(3) { try sealed($0.replacing("logs/1.jsonl", with: "logs/9.jsonl")) }
    try change(4) { try sealed($0.replacing("\"native\"", with: "\"bifrost\"")) }
    let pack = try workers.run()
    for (name, reason) in [
      ("1.partial:", "it ends without its last line"), ("2.partial:", "its lines are not the ones"),
      ("3.partial:", "its first line is not that of a partial of version 1"),
      ("4.partial:", "the manifest has no log by the name logs/9.jsonl"),
      ("5.partial:", "as another format than was planned"),
    ] {
      #expect(
        pack.errors.split(separator: "\n").contains { $0.contains(name) && $0.contains(reason) },
        "\(name) \(pack.errors)")
    }
    withExtendedLifetime(folder) {}
  }

  @Test func partialsAreOfThePolicyThatTheyWerePlannedWith() throws {
    let (folder, workers) = try finished()
    try folder.writeVersion("v2", from: "2026-07-02", action: "block")
    let pack = try workers.run()
    #expect(pack.status == 1)
    #expect(pack.errors.contains("the splits were planned with another policy"), "\(pack.errors)")
    // Planned anew, but not scanned anew.
    let again = try folder.workers()
    try FileManager.default.removeItem(atPath: workers.path + "/splits.jsonl")
    try FileManager.default.copyItem(atPath: again.path + "/splits.jsonl", toPath: workers.path + "/splits.jsonl")
    let refused = try workers.run()
    #expect(refused.status == 5)
    #expect(refused.errors.contains("1.partial: it was made with another policy"), "\(refused.errors)")
  }

  @Test func partialsOfOneLogMayBeMergedBefore() throws {
    let (folder, workers) = try finished()
    let parts = workers.splits.filter { $0.log == "logs/1.jsonl" }.map { workers.partial($0) }
    let merged = try Program.run(
      Program.binary, ["merge", parts[2], parts[0], "--out", workers.path + "/merged.partial"])
    #expect(merged.status == 0, "\(merged.errors)")
    for part in [parts[0], parts[2]] { try FileManager.default.removeItem(atPath: part) }
    #expect(try workers.differencesToRun(try workers.run()) == [])
    withExtendedLifetime(folder) {}
  }

  @Test func aStreamThatBreaksOffLeavesNoPartial() throws {
    let folder = try LogFolder.twoLogs()
    let workers = try folder.workers()
    let split = workers.splits[1]
    for end in [split.start + 10, split.end - 1, split.end + 3] {
      let outcome = try workers.scan(split, streaming: split.start - 1..<end)
      #expect(outcome.status == 1, "\(end)")
      #expect(outcome.errors.contains("it ends in the middle of the split"), "\(outcome.errors)")
      #expect(!FileManager.default.fileExists(atPath: workers.partial(split)))
    }
  }

  @Test func aStreamThatBeginsAtTheWrongByteIsFound() throws {
    let (folder, workers) = try finished()
    let split = workers.splits[2]
    #expect(try workers.scan(split, streaming: split.start..<Int.max).status == 1 || workers.run().status == 3)
    let pack = try workers.run()
    #expect(pack.errors.contains("has no partial") || pack.errors.contains("hold the same bytes"), "\(pack.errors)")
    withExtendedLifetime(folder) {}
  }

  @Test func aLogThatHasChangedSinceIsNotScanned() throws {
    let folder = try LogFolder.twoLogs()
    let workers = try folder.workers()
    try folder.append("\n", to: "logs/1.jsonl")
    let outcome = try workers.scan(workers.splits[0])
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains("bytes were planned") || outcome.errors.contains("were planned"), "\(outcome.errors)")
  }

  @Test func aManifestThatIsNotWholeIsRefused() throws {
    let (folder, workers) = try finished()
    let manifest = workers.path + "/splits.jsonl"
    let lines = try String(contentsOfFile: manifest, encoding: .utf8).split(separator: "\n")
    for text in [
      lines.dropLast().joined(separator: "\n"), lines.dropFirst().joined(separator: "\n"), "{}\n", "no JSON\n",
      lines.map { $0.replacing("\"start\":0,", with: "\"start\":1,") }.joined(separator: "\n"),
    ] {
      try text.write(toFile: manifest, atomically: true, encoding: .utf8)
      let pack = try workers.run()
      #expect(pack.status == 1)
      #expect(pack.errors.contains("plan the splits again"), "\(pack.errors)")
    }
    withExtendedLifetime(folder) {}
  }

  @Test func withoutDigestsTheLogItselfIsAsked() throws {
    let folder = try LogFolder.twoLogs()
    let workers = try Workers(config: folder.path + "/tenure.yaml", size: 3000, "--no-digests")
    try workers.scanAll()
    #expect(try workers.differencesToRun(try workers.run()) == [])
    try folder.move("logs", to: "elsewhere")
    let pack = try workers.run("--store", workers.path + "/other.sqlite")
    #expect(pack.errors.contains("nor is the log here to take it"), "\(pack.errors)")
  }

  @Test func inputsThatWereChangedAreRefused() throws {
    let folder = try LogFolder.twoLogs()
    let workers = try folder.workers()
    let text = try String(contentsOfFile: workers.path + "/inputs", encoding: .utf8)
    for changed in [String(text.dropLast(90)), try sealed(text.replacing("\"allow\"", with: "\"block\"")), "", "{}\n"] {
      try workers.scratch.write("inputs", changed)
      let outcome = try workers.scan(workers.splits[0])
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("tenure splits wrote"), "\(outcome.errors)")
    }
  }
}
