import Foundation
import Testing

/// What `tenure retention` lists, and what a pack states of it.
struct RetentionListTests {
  /// A quarter of one log, run once, with rules and a register of holds.
  private func folder(holds: String? = nil, rules: String = "{packs: 7 years, logs: {keep: 1 year, from: year-end}}")
    throws
    -> LogFolder
  {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.day(1))
    var config = try String(contentsOfFile: folder.path + "/tenure.yaml", encoding: .utf8)
      .replacingOccurrences(of: "period: all", with: "period: 2026-Q3")
    config += "\nretention: \(rules)\n"
    if let holds {
      config += "registers: {legal-holds: holds.csv}\n"
      try folder.write("holds.csv", "id,from,ordered_by,period,logs,to,reference\n" + holds)
    }
    try folder.write("tenure.yaml", config)
    let run = try folder.run()
    try #require(run.lastLine.hasSuffix("2026q3"), "\(run.errors)")
    return folder
  }

  private func list(_ folder: LogFolder, at day: String, _ arguments: String...) throws -> Program.Outcome {
    try Program.run(Program.binary, ["retention", "--config", folder.path + "/tenure.yaml", "--at", day] + arguments)
  }

  private func states(_ outcome: Program.Outcome) throws -> [String] {
    try events(outcome.output).filter { $0["event"] as? String == "retained" }.map {
      let name = (($0["name"] as? String ?? "") as NSString).lastPathComponent
      return "\($0["kind"] as? String ?? "") \(name) \($0["state"] as? String ?? "")"
    }
  }

  @Test func whatMayGoAndWhatNotIsListed() throws {
    let folder = try folder(holds: "H-1,2026-11-01,counsel,2026-07,logs/1*,2029-01-01,M-12\n")
    let outcome = try list(folder, at: "2028-06-01")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let text = outcome.output.replacingOccurrences(of: folder.path, with: "FOLDER")
    try expectGolden("retention.txt", text)
    #expect(
      try states(try list(folder, at: "2029-01-01", "--format", "json")) == [
        "pack 2026q3 keep", "log 1.jsonl may-be-deleted", "store tenure.sqlite cannot-tell",
      ])
    #expect(try states(try list(folder, at: "2033-10-01", "--format", "json"))[0] == "pack 2026q3 may-be-deleted")
  }

  @Test func nothingIsDeletedOrWritten() throws {
    let folder = try folder(rules: "{packs: 1 day, logs: 1 day, stores: 1 day}")
    let before = try files(of: folder.path)
    let outcome = try list(folder, at: "2099-01-01")
    #expect(
      outcome.status == 0 && outcome.output.contains("3 may-be-deleted; nothing was deleted"), "\(outcome.output)")
    let after = try files(of: folder.path)
    #expect(Set(before.keys) == Set(after.keys))
    for (name, bytes) in before where !name.contains(".sqlite") { #expect(after[name] == bytes, "\(name)") }
  }

  /// A register that cannot be read whole may hold anything.
  @Test(arguments: [
    "H-1,someday,counsel,,,,\n", "H-1,2026-11-01,counsel,previous-quarter,,,\n", "H-1,2026-11-01,,,,,\n",
  ])
  func aHoldThatCannotBeReadHoldsEverything(row: String) throws {
    let folder = try folder(
      holds: "H-0,2020-01-01,counsel,2019,,,\n" + row, rules: "{packs: 1 day, logs: 1 day, stores: 1 day}")
    let outcome = try list(folder, at: "2099-01-01", "--format", "json")
    #expect(outcome.status == 3)
    #expect(try states(outcome).allSatisfy { $0.hasSuffix("cannot-tell") }, "\(outcome.output)")
    try folder.remove("holds.csv")
    let missing = try list(folder, at: "2099-01-01", "--format", "json")
    #expect(missing.status == 3 && !missing.output.contains("may-be-deleted"))
  }

  @Test func aLogWithRecordsOfOtherTimesIsDoubtful() throws {
    let folder = try folder(rules: "{logs: 1 day}")
    try folder.append(
      LogFolder.decision(1, 1).replacingOccurrences(of: "2026-07", with: "2027-07") + "\n", to: "logs/1.jsonl")
    #expect(try folder.run().lastLine.hasSuffix("2026q3"))
    let outcome = try list(folder, at: "2027-01-01")
    #expect(outcome.output.contains("logs/1.jsonl: it may hold records of other times"), "\(outcome.output)")
  }

  @Test func aHoldThatNamesNoLogIsSaid() throws {
    let folder = try folder(holds: "H-1,2026-11-01,counsel,,lgos/*,,\n")
    let outcome = try list(folder, at: "2027-01-01")
    #expect(
      outcome.errors.contains("holds.csv:2: H-1 names lgos/*, and the store knows no such log"), "\(outcome.errors)")
  }

  @Test func packsOfAnArchiveAreListedInEveryForm() throws {
    let folder = try folder()
    let archive = folder.path + "/archive"
    try FileManager.default.createDirectory(atPath: archive, withIntermediateDirectories: true)
    #expect(try Program.tenure("zip", folder.path + "/reports/2026q3", "--out", archive + "/a.zip").status == 0)
    try folder.write("archive/2019q4.tar.gz", "")
    try folder.write("archive/2019q4.tar.gz.sha256", "")
    try folder.write("archive/broken.zip", "PK")
    try folder.write("archive/c\n  may-be-deleted  pack.zip", "PK")
    #expect(
      try states(try list(folder, at: "2030-01-01", "--format", "json", archive)).prefix(3) == [
        "pack 2019q4.tar.gz may-be-deleted", "pack a.zip keep", "pack broken.zip cannot-tell",
      ])
    #expect(!(try list(folder, at: "2030-01-01", archive).output.contains("\n  may-be-deleted  pack.zip")))
    #expect(try list(folder, at: "2030-01-01", folder.path + "/none").status == 1)
  }

  @Test func aPackStatesTheRuleAndTheHoldsOfItsPeriod() throws {
    let folder = try folder(holds: "H-1,2026-11-01,counsel,2026,,,M-12\nH-2,2026-11-01,counsel,2025,,,\n")
    let index = try String(contentsOfFile: folder.path + "/reports/2026q3/evidence/pack.xml", encoding: .utf8)
    #expect(
      index.contains(
        "name=\"retention: packs\" value=\"7 years from the end of the period, until 2033-10-01T00:00:00Z\""))
    #expect(
      index.contains(
        "name=\"legal hold 1\" value=\"H-1: records of 2026; in force from 2026-11-01T00:00:00Z on; ordered by counsel; reference M-12\" origin=\"holds.csv:2\""
      ))
    #expect(!index.contains("H-2"))
    let page = try String(contentsOfFile: folder.path + "/reports/2026q3/scope.html", encoding: .utf8)
    #expect(page.contains("ordered by counsel") && page.contains("7 years from the end"))
  }

  @Test(arguments: [
    "{packs: forever}", "{packs: {keep: 7 years, from: birth}}", "{logs: 0 days}", "{stores: [1 year]}",
  ])
  func aRuleThatIsNoLengthOfTimeEndsTheCommand(rules: String) throws {
    let folder = try LogFolder()
    try folder.write("tenure.yaml", "retention: \(rules)\n")
    let outcome = try list(folder, at: "2030-01-01")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("is no length of time"), "\(outcome.errors)")
  }

  @Test func withoutPackAndStoreThereIsNothingToList() throws {
    let folder = try LogFolder()
    #expect(try list(folder, at: "2030-01-01").status == 5)
    #expect(try list(folder, at: "someday").status == 64)
  }
}
