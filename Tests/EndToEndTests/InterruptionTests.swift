import Foundation
import Testing

/// Runs that end before their time, or that meet another one.
struct InterruptionTests {
  /// A program under way, whose input is held open and whose output is read as it comes.
  private final class Running {
    let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private let errors = Pipe()

    init(_ arguments: [String]) throws {
      process.executableURL = URL(fileURLWithPath: Program.binary)
      process.arguments = arguments
      process.standardInput = input
      process.standardOutput = output
      process.standardError = errors
      try process.run()
    }

    /// Waits until the program has said something, and returns it.
    func firstWords() -> String { String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) }

    func say(_ text: String) throws { try input.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }

    /// Ends its input and waits for its end.
    func finish() throws -> Int32 {
      try input.fileHandleForWriting.close()
      process.waitUntilExit()
      return process.terminationStatus
    }

    func kill() {
      Foundation.kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }

    /// Waits until a file is as large as this; false when the program ended before.
    func waits(for path: String, toReach size: Int) -> Bool {
      while process.isRunning {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        if let now = attributes?[.size] as? Int, now >= size { return true }
        sched_yield()
      }
      return false
    }
  }

  /// The pack of `manyLogs`, from a run that nothing disturbed; made anew in every test run, beside the built products.
  private static let undisturbed = Result {
    let out = (Program.binary as NSString).deletingLastPathComponent + "/undisturbed-for-tests"
    try? FileManager.default.removeItem(atPath: out)
    return try manyLogs().run("--out", out, "--store", out + "/tenure.sqlite").lastLine
  }

  /// Logs that take a moment to scan.
  private static func manyLogs() throws -> LogFolder {
    let folder = try LogFolder()
    for day in 1...12 { try folder.write("logs/\(day).jsonl", LogFolder.day(day, count: 300)) }
    return folder
  }

  private func arguments(_ command: String, _ folder: LogFolder) -> [String] {
    [command, "--config", folder.path + "/tenure.yaml"]
  }

  private func packs(of folder: LogFolder) throws -> [String] {
    let reports = folder.path + "/reports"
    return ((try? FileManager.default.contentsOfDirectory(atPath: reports)) ?? []).filter { !$0.hasPrefix("tenure.") }
  }

  // MARK: Killed

  @Test(arguments: [1, 200_000, 600_000])
  func aRunAfterAKilledOneMakesTheSamePack(size: Int) throws {
    let folder = try Self.manyLogs()
    let running = try Running(arguments("run", folder) + ["--jobs", "2"])
    // Wherever it was by then, and were it at its end: what follows is the same.
    _ = running.waits(for: folder.path + "/reports/tenure.sqlite-wal", toReach: size)
    running.kill()
    let outcome = try folder.run()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("3600 judged"))
    #expect(!outcome.errors.contains("altered"))
    #expect(try differences(outcome.lastLine, Self.undisturbed.get()) == [])
    #expect(try packs(of: folder).sorted() == ["all", "all.run.json"])
  }

  @Test func aScanAfterOneThatWasKilledAtItsFirstProgressComesToTheSame() throws {
    let folder = try Self.manyLogs()
    let running = try Running(arguments("scan", folder) + ["--jobs", "1", "--format", "json"])
    #expect(running.firstWords().contains(#""event":"progress""#))
    running.kill()
    let figures = try folder.figures()
    #expect(figures.judged == 3600)
    #expect(figures.scanned + figures.remembered == 12)
    #expect(figures.isLike(try folder.freshFigures()))
  }

  @Test func killedAgainAndAgainARunComesToItsEnd() throws {
    let folder = try Self.manyLogs()
    for size in [1, 50_000, 100_000, 150_000] {
      let running = try Running(arguments("scan", folder) + ["--jobs", "1"])
      _ = running.waits(for: folder.path + "/reports/tenure.sqlite-wal", toReach: size)
      running.kill()
    }
    #expect(try folder.figures().isLike(try folder.freshFigures()))
  }

  @Test func aPackIsLeftAloneByARunThatIsKilled() throws {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.day(1))
    let before = try folder.run()
    let pack = try files(of: before.lastLine)
    for day in 2...12 { try folder.write("logs/\(day).jsonl", LogFolder.day(day, count: 300)) }
    let running = try Running(arguments("run", folder) + ["--jobs", "1", "--format", "json"])
    #expect(running.firstWords().contains(#""event":"progress""#))
    running.kill()
    #expect(try files(of: before.lastLine) == pack)
  }

  // MARK: Two at once

  @Test func aSecondRunOnAStoreEndsAndNamesTheFirst() throws {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.day(1))
    let configuration = try String(contentsOfFile: folder.path + "/tenure.yaml", encoding: .utf8)
    try folder.write("waiting.yaml", configuration.replacingOccurrences(of: "logs/*", with: "-"))
    // The first one waits for its log, on its standard input.
    let first = try Running(["run", "--config", folder.path + "/waiting.yaml"])
    let lock = folder.path + "/reports/tenure.sqlite.lock"
    #expect(first.waits(for: lock, toReach: 1))
    for command in ["run", "scan"] {
      let second = try Program.run(Program.binary, arguments(command, folder))
      #expect(second.status == 1)
      #expect(second.errors.contains("in use by process \(first.process.processIdentifier) of "), "\(second.errors)")
      #expect(second.errors.contains("--store"))
      #expect(second.output == "")
    }
    let other = try Program.run(
      Program.binary, arguments("scan", folder) + ["--store", folder.path + "/other.sqlite"])
    #expect(other.status == 0, "\(other.errors)")
    try first.say(LogFolder.day(2))
    #expect(try first.finish() == 0)
    let after = try folder.run()
    #expect(after.status == 0, "\(after.errors)")
    #expect(after.output.contains("24 judged"))
  }

  @Test func aStoreIsFreeOnceItsHolderWasKilled() throws {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.day(1))
    let configuration = try String(contentsOfFile: folder.path + "/tenure.yaml", encoding: .utf8)
    try folder.write("waiting.yaml", configuration.replacingOccurrences(of: "logs/*", with: "-"))
    let first = try Running(["scan", "--config", folder.path + "/waiting.yaml"])
    #expect(first.waits(for: folder.path + "/reports/tenure.sqlite.lock", toReach: 1))
    first.kill()
    #expect(try folder.figures().judged == 24)
  }

  // MARK: No room

  /// Runs with no file allowed to grow beyond so many blocks of 1 KiB, as on a disk that is full.
  private func run(_ command: String, _ folder: LogFolder, blocks: Int) throws -> Program.Outcome {
    let script = #"ulimit -f "$1"; trap "" XFSZ; shift; exec "$@""#
    return try Program.run(
      "/bin/bash", ["-c", script, "bash", String(blocks), Program.binary] + arguments(command, folder))
  }

  @Test(arguments: [4, 200])
  func withoutRoomARunSaysSoAndPublishesNothing(blocks: Int) throws {
    let folder = try Self.manyLogs()
    let outcome = try run("run", folder, blocks: blocks)
    #expect(outcome.status == 1)
    let words = outcome.errors.split(separator: "\n")
    #expect(words.contains { $0.contains("Check the") }, "\(outcome.errors)")
    #expect(words.contains { $0.contains("store") }, "\(outcome.errors)")
    #expect(try packs(of: folder) == [])
    let later = try folder.run()
    #expect(later.status == 0, "\(later.errors)")
    #expect(!later.errors.contains("altered"))
    #expect(try differences(later.lastLine, Self.undisturbed.get()) == [])
  }

  @Test func withoutRoomThePackThatWasThereStays() throws {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.day(1))
    let before = try folder.run()
    let pack = try files(of: before.lastLine)
    for day in 2...12 { try folder.write("logs/\(day).jsonl", LogFolder.day(day, count: 300)) }
    #expect(try run("run", folder, blocks: 400).status == 1)
    #expect(try files(of: before.lastLine) == pack)
    #expect(try folder.figures().judged == 24 + 11 * 300)
  }

  @Test(arguments: [100, 120])
  func withoutRoomForThePackItSaysWhichFileAndPublishesNothing(blocks: Int) throws {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.day(1, count: 3000))
    #expect(try folder.scan().status == 0)
    // The store has its pages already; a file of the pack does not fit.
    let outcome = try run("run", folder, blocks: blocks)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(" cannot be written: "), "\(outcome.errors)")
    #expect(outcome.errors.contains("Check the folder and the disk"), "\(outcome.errors)")
    #expect(try packs(of: folder) == [])
    #expect(try folder.run().status == 0)
  }
}
