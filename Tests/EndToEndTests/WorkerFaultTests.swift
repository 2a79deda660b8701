import Foundation
import Testing

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
