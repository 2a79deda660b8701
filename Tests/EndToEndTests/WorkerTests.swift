import Foundation
import Testing

/// Packs that several machines made.
@Suite struct WorkerTests {
  @Test(arguments: ["quickstart", "governance", "otlp"])
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

  @Test func logsThatAreElsewhereAreListed() throws {
    let folder = try LogFolder.twoLogs()
    let here = try folder.workers()
    let listing = try String(contentsOfFile: here.path + "/splits.jsonl", encoding: .utf8)
      .replacing("\"version\":1", with: "\"start\":0").split(separator: "\n")
    let first = try #require(listing.first), last = try #require(listing.last)
    try folder.write("listing.jsonl", "\(last)\n\(first)\n{\"log\":\"others/1.jsonl\",\"bytes\":1}\n")
    try folder.move("logs", to: "elsewhere")
    let workers = try Workers(
      config: folder.path + "/tenure.yaml", size: 3000, "--listing", folder.path + "/listing.jsonl")
    let manifest = try String(contentsOfFile: workers.path + "/splits.jsonl", encoding: .utf8).split(separator: "\n")
    #expect(
      manifest.dropLast().joined()
        == (try String(contentsOfFile: here.path + "/splits.jsonl", encoding: .utf8)).split(separator: "\n").joined())
    #expect(manifest.last?.contains("\"left_out\":\"the configuration names no such log\"") == true)
    try folder.move("elsewhere", to: "logs")
    try workers.scanAll()
    try folder.move("logs", to: "elsewhere")
    let pack = try workers.run()
    #expect(pack.status == 3)
    #expect(pack.errors.contains("others/1.jsonl: no split of it was planned"), "\(pack.errors)")
    #expect(pack.output.contains("sources      2 (2 scanned"))
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

  @Test func morePartialsThanFilesThatMayBeOpenAreMerged() throws {
    let folder = try LogFolder.twoLogs()
    let workers = try Workers(config: folder.path + "/tenure.yaml", size: 700)
    try workers.scanAll()
    let partials = workers.splits.map { workers.partial($0) }
    func merge(mostOpen: Int, to name: String) throws -> Data {
      let command = "ulimit -n \(mostOpen); exec \"$0\" merge \"$@\""
      let path = workers.path + "/" + name
      let outcome = try Program.run("/bin/sh", ["-c", command, Program.binary] + partials + ["--out", path])
      #expect(outcome.status == 0, "\(outcome.errors)")
      return try Data(contentsOf: URL(fileURLWithPath: path))
    }
    #expect(try merge(mostOpen: partials.count, to: "few") == merge(mostOpen: 1000, to: "many"))
  }

  @Test func whatWorkersNeedAndWriteIsForTheirOwnerAlone() throws {
    let folder = try LogFolder.twoLogs()
    let workers = try folder.workers()
    #expect(try workers.scan(workers.splits[0]).status == 0)
    withExtendedLifetime(folder) {}
    for path in [workers.path + "/inputs", workers.partial(workers.splits[0])] {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == 0o600, "\(path)")
    }
  }
}
