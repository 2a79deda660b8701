import Foundation
import Glibc
import Testing

/// Faults of single commands, and of what a run finds around it.
struct CommandFaultTests {
  // MARK: Killed: output is whole or absent

  /// A small pack, made once.
  private static let small = Result {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.day(1))
    let pack = try folder.run().lastLine
    let kept = (Program.binary as NSString).deletingLastPathComponent + "/small-for-tests"
    try? FileManager.default.removeItem(atPath: kept)
    try FileManager.default.copyItem(atPath: pack, toPath: kept)
    return kept
  }

  @Test(arguments: ["write", "renameat2"]) func aSealIsThereWholeOrNotAtAll(call: String) throws {
    let scratch = try Scratch()
    let pack = scratch.path + "/packs/all"
    try FileManager.default.createDirectory(atPath: scratch.path + "/packs", withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: try Self.small.get(), toPath: pack)
    for name in ["preparer", "reviewer"] {
      let made = try Program.run(
        "/bin/bash",
        [
          "-c", "openssl genpkey -algorithm ed25519 -out $0 && chmod 600 $0 && openssl pkey -in $0 -pubout -out $0.pub",
          "\(scratch.path)/\(name)",
        ])
      try #require(made.status == 0, "\(made.errors)")
    }
    let first = try Program.tenure("seal", pack, "--key", scratch.path + "/preparer")
    try #require(first.status == 0, "\(first.errors)")
    // The last calls of a command that reads the whole pack first: counted from its end.
    for back in 0..<3 {
      let arguments = ["seal", pack, "--key", scratch.path + "/reviewer", "--role", "reviewed-by"]
      let outcome = try killed(arguments, back: back, call: call, on: scratch.path + "/packs")
      let checked = try Program.tenure(
        "verify", pack, "--trusted-key", scratch.path + "/preparer.pub")
      #expect(checked.status == 0, "\(call) \(back): \(outcome.errors) \(checked.errors)")
      let seals = try FileManager.default.contentsOfDirectory(atPath: pack + "/seal")
      #expect(seals.count == 3 || seals.count == 6, "\(seals)")
    }
    let again = try Program.tenure("seal", pack, "--key", scratch.path + "/reviewer", "--role", "reviewed-by")
    #expect(again.status == 0, "\(again.errors)")
    let both = try Program.tenure(
      "verify", pack, "--trusted-key", scratch.path + "/preparer.pub", "--trusted-key", scratch.path + "/reviewer.pub")
    #expect(both.status == 0, "\(both.errors)")
  }

  /// Runs a command twice: once to count its calls, and once to be killed so many before the last.
  private func killed(_ arguments: [String], back: Int, call: String, on folder: String) throws -> Program.Outcome {
    let scratch = try Scratch()
    let copy = scratch.path + "/copy"
    try FileManager.default.copyItem(atPath: folder, toPath: copy)
    let elsewhere = arguments.map { $0.replacingOccurrences(of: folder, with: copy) }
    let trace = scratch.path + "/trace"
    _ = try Program.run(
      "/usr/bin/strace", ["-f", "-qq", "--seccomp-bpf", "-o", trace, "-e", "trace=" + call, Program.binary] + elsewhere)
    // A number counts the calls of one thread.
    let threads = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
      .filter { $0.contains(call + "(") }.compactMap { $0.split(separator: " ").first }
    guard let last = threads.last else { return try Program.run(Program.binary, arguments) }
    let calls = threads.count { $0 == last }
    return try Tampering.run(arguments, .kill, at: max(1, calls - back), of: call)
  }

  @Test(arguments: [("mkdir", 3), ("fsync", 60), ("renameat2", 1)])
  func aDifferenceIsThereWholeOrNotAtAll(call: String, number: Int) throws {
    let scratch = try Scratch()
    let out = scratch.path + "/new/delta"
    let arguments = ["diff", try Months.july(), try Months.august(), "--out", out]
    _ = try Tampering.run(arguments, .kill, at: number, of: call)
    #expect(!FileManager.default.fileExists(atPath: out) || FileManager.default.fileExists(atPath: out + "/SHA256SUMS"))
    if !FileManager.default.fileExists(atPath: out) {
      let outcome = try Program.run(Program.binary, arguments)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let sums = try Program.tool("sha256sum", "-c", "--quiet", "SHA256SUMS", in: out)
    #expect(sums.status == 0, "\(sums.output)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/new") == ["delta"])
  }

  @Test func aDifferenceWithoutRoomLeavesNothing() throws {
    let scratch = try Scratch()
    let out = scratch.path + "/delta"
    let arguments = ["diff", try Months.july(), try Months.august(), "--out", out]
    let outcome = try Tampering.run(arguments, .error("ENOSPC", forGood: true), at: 20, of: "fsync")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("cannot be written"), "\(outcome.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == [])
  }

  @Test(arguments: [("renameat2", 1)])
  func aDisclosedPackIsThereWholeOrNotAtAll(call: String, number: Int) throws {
    let scratch = try Scratch()
    let out = scratch.path + "/out"
    let arguments = [
      "disclose", try Self.small.get(), "--level", "auditor", "--key", scratch.path + "/key", "--out", out,
    ]
    #expect(try Program.tenure("disclose", "--new-key", scratch.path + "/key").status == 0)
    let before = try Program.run(Program.binary, arguments)
    try #require(before.status == 0, "\(before.errors)")
    let pack = try files(of: before.lastLine)
    let outcome = try Tampering.run(arguments, .kill, at: number, of: call)
    #expect(outcome.status == 9, "\(call)")
    #expect(try files(of: before.lastLine) == pack, "\(call)")
    #expect(try Program.run(Program.binary, arguments).status == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: out) == ["all-auditor"])
  }

  @Test(arguments: ["scan", "merge"], [("write", 1), ("rename", 1)])
  func aPartialIsThereWholeOrNotAtAll(command: String, step: (call: String, number: Int)) throws {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.day(1))
    let out = folder.path + "/new/a.partial"
    try FileManager.default.createDirectory(atPath: folder.path + "/new", withIntermediateDirectories: true)
    let scan = ["scan", "--config", folder.path + "/tenure.yaml", "--split", "logs/1.jsonl:0-", "--out"]
    var arguments = scan + [out]
    if command == "merge" {
      #expect(try Program.run(Program.binary, scan + [folder.path + "/one.partial"]).status == 0)
      arguments = ["merge", folder.path + "/one.partial", "--out", out]
    }
    let outcome = try Tampering.run(arguments, .kill, at: step.number, of: step.call)
    #expect(outcome.status == 9)
    let isThere = FileManager.default.fileExists(atPath: out)
    if isThere { #expect(try Program.tenure("merge", out, "--out", folder.path + "/check.partial").status == 0) }
    #expect(try Program.run(Program.binary, arguments).status == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/new") == ["a.partial"])
  }

  // MARK: Two at once

  @Test func aRunWaitsForAnotherThatPutsAPackThere() throws {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.day(1))
    let out = folder.path + "/reports"
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    let other = open(out, O_RDONLY | O_DIRECTORY)
    #expect(flock(other, LOCK_EX) == 0)
    let process = Process()
    let errors = Pipe()
    process.executableURL = URL(fileURLWithPath: Program.binary)
    process.arguments = ["run", "--config", folder.path + "/tenure.yaml", "--store", folder.path + "/other.sqlite"]
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let said = String(decoding: errors.fileHandleForReading.availableData, as: UTF8.self)
    #expect(said == "Another run is putting a pack into \(out); this one waits for it.\n")
    #expect(!FileManager.default.fileExists(atPath: out + "/all"))
    close(other)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try Program.tenure("verify", out + "/all").status == 0)
  }

  @Test func whatAKilledRunLeftGoesAlsoWhenItsNumberBelongsToAnother() throws {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.day(1))
    let before = try folder.run()
    let pack = try files(of: before.lastLine)
    // In a container every run may have the same number, so that of this process stands for one that lives.
    let leftover = folder.path + "/reports/.all.\(getpid())"
    try folder.write("reports/.all.\(getpid())/half.xml", "<half")
    try FileManager.default.moveItem(atPath: before.lastLine, toPath: leftover + ".before")
    try folder.write("reports/.all.\(getpid()).run.json", "{")
    #expect(try folder.run().status == 0)
    #expect(try files(of: before.lastLine) == pack)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/reports")
    #expect(names.filter { !$0.hasPrefix("tenure.") }.sorted() == ["all", "all.run.json"])
  }

  // MARK: Clock

  @Test(arguments: [0, 4_102_444_800])
  func timesOfFilesAndTheClockPlayNoPart(seconds: Int) throws {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.day(1))
    let before = try folder.run()
    let pack = try files(of: before.lastLine)
    for name in ["logs/1.jsonl", "policy/v1.yaml", "ownership.csv", "people.csv", "reports/tenure.sqlite"] {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: TimeInterval(seconds))], ofItemAtPath: folder.path + "/" + name)
    }
    let again = try Program.tenure(
      "run", "--config", folder.path + "/tenure.yaml", environment: ["TENURE_TODAY": "1999-12-31", "TZ": "Asia/Tokyo"])
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.output.contains("(0 scanned, 1 remembered)"))
    #expect(try files(of: again.lastLine) == pack)
    #expect(try folder.differencesToFresh(again) == [])
  }

  // MARK: The store

  /// A folder with two logs that were run once, and a way to change its store behind its back.
  private func ranOnce() throws -> LogFolder {
    let folder = try LogFolder()
    for day in 1...2 { try folder.write("logs/\(day).jsonl", LogFolder.day(day)) }
    #expect(try folder.run().status == 0)
    return folder
  }

  private func change(_ folder: LogFolder, _ sql: String) throws {
    let outcome = try Program.tool("sqlite3", folder.path + "/reports/tenure.sqlite", sql)
    try #require(outcome.status == 0, "\(outcome.errors)")
  }

  @Test func aChangedSumInTheStoreIsNeverInAPack() throws {
    let folder = try ranOnce()
    try change(
      folder, "UPDATE tally SET n = n + 1 WHERE partial_id = (SELECT id FROM partial WHERE name LIKE '%1.jsonl')")
    let outcome = try folder.run()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.errors.contains("tenure.sqlite: it was damaged: what it keeps of logs/1.jsonl is not what was written."))
    #expect(outcome.errors.contains("the new store took over 1 partial whose digests hold"))
    #expect(outcome.output.contains("2 (1 scanned, 1 remembered)"))
    #expect(FileManager.default.fileExists(atPath: folder.path + "/reports/tenure.sqlite.damaged"))
    #expect(try folder.differencesToFresh(outcome) == [])
    #expect(try folder.run().errors == "")
  }

  @Test func ofADamagedStoreWhatIsWholeOfALogThatIsGoneCounts() throws {
    let folder = try ranOnce()
    try folder.remove("logs/2.jsonl")
    let before = try folder.run()
    let pack = try files(of: before.lastLine)
    try change(
      folder, "UPDATE tally SET n = n + 1 WHERE partial_id = (SELECT id FROM partial WHERE name LIKE '%1.jsonl')")
    let outcome = try folder.run()
    #expect(outcome.output.contains("48 judged"), "\(outcome.output)")
    #expect(try files(of: outcome.lastLine) == pack)
    try change(
      folder, "UPDATE tally SET n = n + 1 WHERE partial_id = (SELECT id FROM partial WHERE name LIKE '%2.jsonl')")
    let after = try folder.run()
    #expect(after.status == 3)
    #expect(after.errors.contains("logs/2.jsonl: the source is no longer present"), "\(after.errors)")
  }

  @Test func historyThatIsLostWithAStoreIsSaidInThePack() throws {
    let folder = try ranOnce()
    try change(folder, "DELETE FROM known_log WHERE name = 'logs/1.jsonl'")
    let outcome = try folder.run()
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("cannot tell whether a log was altered or removed"), "\(outcome.errors)")
    let scope = try String(contentsOfFile: outcome.lastLine + "/scope.html", encoding: .utf8)
    #expect(scope.contains("cannot tell whether a log was altered or removed"))
    #expect(!scope.contains(folder.path))
    #expect(try folder.run().status == 0)
  }

  @Test func asJSONADamagedStoreIsAnEvent() throws {
    let folder = try ranOnce()
    try change(folder, "DELETE FROM seen")
    let outcome = try folder.run("--format", "json")
    #expect(try events(outcome.output).contains { $0["id"] as? String == "store-damaged" })
  }

  @Test func aFolderInThePlaceOfTheStoreIsRefused() throws {
    let folder = try ranOnce()
    let store = folder.path + "/reports/tenure.sqlite"
    try FileManager.default.removeItem(atPath: store)
    try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: false)
    let outcome = try folder.run()
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("tenure.sqlite cannot be opened: "), "\(outcome.errors)")
  }

  // MARK: Templates

  @Test(arguments: [
    ("<xsl:import href=\"../parts/gone.xsl\"/>", "templates/pages/rule.xsl cannot be compiled: it tried to read"),
    (
      "<xsl:template match=\"/\" priority=\"9\"><html><h1>x</h1><xsl:message terminate=\"yes\">no more</xsl:message></html></xsl:template>",
      "cannot be made into a page by templates/pages/rule.xsl: no more"
    ),
  ])
  func aTemplateThatFailsEndsTheRunAndThePackBeforeStays(body: String, words: String) throws {
    let folder = try ranOnce()
    let pack = try files(of: folder.path + "/reports/all")
    try folder.write(
      "templates/pages/rule.xsl",
      "<xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\">\(body)</xsl:stylesheet>")
    try folder.writeVersion("v1", from: "2026-01-01", action: "block")
    let outcome = try folder.run("--templates", folder.path + "/templates")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(try files(of: folder.path + "/reports/all") == pack)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/reports").filter { $0.hasPrefix(".") } == [])
  }

  // MARK: Nothing there

  @Test func aQuarterWithoutALogEndsWithoutAPack() throws {
    let folder = try ranOnce()
    let outcome = try folder.run("--period", "2027-Q1")
    #expect(outcome.status == 5)
    #expect(outcome.errors.contains("no decision of 2027-Q1"), "\(outcome.errors)")
    #expect(outcome.errors.contains("no pack was written"))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/reports/2027q1"))
  }

  @Test func anEmptyFolderOfLogsIsSaid() throws {
    let folder = try LogFolder()
    let outcome = try folder.run()
    #expect(outcome.status == 5)
    #expect(outcome.errors.contains("logs/*: no file is found there"), "\(outcome.errors)")
  }

  @Test(arguments: ["ownership.csv", "people.csv"]) func aRegisterThatIsMissingLeavesThePackIncomplete(name: String)
    throws
  {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.day(1))
    try folder.remove(name)
    let outcome = try folder.run()
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("\(name): cannot be opened: No such file or directory"), "\(outcome.errors)")
    #expect(try String(contentsOfFile: outcome.lastLine + "/scope.html", encoding: .utf8).contains(name))
  }
}
