import Foundation
import Testing

/// Logs and records that change between one run and the next.
struct IncrementalTests {
  /// Three daily logs that were scanned once.
  private func afterFirstScan() throws -> LogFolder {
    let folder = try LogFolder()
    for day in 1...3 { try folder.write("logs/\(day).jsonl", LogFolder.day(day)) }
    let outcome = try folder.scan()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("3 (3 scanned, 0 remembered)"))
    return folder
  }

  private func sources(_ outcome: Program.Outcome) -> String {
    outcome.output.split(separator: "\n").first { $0.hasPrefix("sources") }.map(String.init) ?? outcome.errors
  }

  // MARK: Unchanged

  @Test func logsThatDidNotChangeAreRemembered() throws {
    let folder = try afterFirstScan()
    let figures = try folder.figures()
    #expect(figures.scanned == 0 && figures.continued == 0 && figures.remembered == 3)
    #expect(figures.judged == 72)
    let again = try folder.run()
    #expect(sources(again).hasSuffix("3 (0 scanned, 3 remembered)"))
    #expect(try folder.differencesToFresh(again) == [])
  }

  @Test func touchingALogDoesNotChangeIt() throws {
    let folder = try afterFirstScan()
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: folder.path + "/logs/1.jsonl")
    #expect(try folder.figures().remembered == 3)
  }

  @Test func aRenamedLogIsRememberedAndCountsOnce() throws {
    let folder = try afterFirstScan()
    try folder.move("logs/2.jsonl", to: "logs/second.jsonl")
    let again = try folder.run()
    #expect(sources(again).hasSuffix("3 (0 scanned, 3 remembered)"))
    #expect(again.output.contains("72 = 0 blank + 0 malformed + 0 out of period + 72 judged"))
    #expect(try folder.differencesToFresh(again) == [])
  }

  @Test func ofANewDailyLogOnlyItIsScanned() throws {
    let folder = try afterFirstScan()
    try folder.write("logs/4.jsonl", LogFolder.day(4))
    let again = try folder.scan()
    #expect(sources(again).hasSuffix("4 (1 scanned, 3 remembered)"))
    #expect(try folder.figures().isLike(try folder.freshFigures()))
  }

  @Test func theSameBytesAsAnotherLogAreScannedOnceAndCountTwice() throws {
    let folder = try afterFirstScan()
    try folder.write("logs/copy.jsonl", LogFolder.day(2))
    let again = try folder.scan()
    #expect(again.output.contains("duplicates   24 request ids"))
    #expect(try folder.figures().isLike(try folder.freshFigures()))
  }

  // MARK: Grown

  @Test func aLogThatGrewIsContinued() throws {
    let folder = try afterFirstScan()
    try folder.append(LogFolder.day(4), to: "logs/3.jsonl")
    let again = try folder.run()
    #expect(sources(again).hasSuffix("3 (0 scanned, 1 continued, 2 remembered)"))
    #expect(!again.errors.contains("altered"))
    #expect(try folder.differencesToFresh(again) == [])
    #expect(try folder.figures().remembered == 3)
  }

  @Test func aLogThatGrowsEachDayIsContinuedEachDay() throws {
    let folder = try LogFolder()
    try folder.write("logs/all.jsonl", "")
    #expect(try folder.figures(status: 5).judged == 0)
    for day in 1...5 {
      try folder.append(LogFolder.day(day), to: "logs/all.jsonl")
      let figures = try folder.figures()
      #expect(figures.lines == day * 24)
      #expect(figures.continued == (day == 1 ? 0 : 1))
    }
    #expect(try folder.figures().isLike(try folder.freshFigures()))
  }

  @Test func aLastLineThatWentOnIsReadAsOne() throws {
    let folder = try LogFolder()
    let whole = LogFolder.decision(1, 9)
    let first = LogFolder.day(1, count: 9)
    try folder.write("logs/1.jsonl", first + whole.prefix(60))
    let before = try folder.figures(status: 0)
    #expect(before.lines == 10 && before.judged == 9)
    try folder.append(String(whole.dropFirst(60)) + "\n" + LogFolder.decision(1, 10) + "\n", to: "logs/1.jsonl")
    let again = try folder.run()
    #expect(sources(again).hasSuffix("1 (0 scanned, 1 continued, 0 remembered)"))
    #expect(again.output.contains("11 = 0 blank + 0 malformed + 0 out of period + 11 judged"))
    #expect(again.output.contains("exceptions   1 of 11"))
    #expect(!again.errors.contains("altered"))
    #expect(try folder.differencesToFresh(again) == [])
  }

  @Test func aLastLineThatWasCompleteWithoutLineFeedIsCountedOnce() throws {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", String(LogFolder.day(1, count: 10).dropLast()))
    #expect(try folder.figures().judged == 10)
    #expect(try folder.figures().remembered == 1)
    try folder.append("\n" + LogFolder.decision(1, 10), to: "logs/1.jsonl")
    let again = try folder.scan()
    #expect(sources(again).hasSuffix("1 (0 scanned, 1 continued, 0 remembered)"))
    #expect(again.output.contains("11 = 0 blank + 0 malformed + 0 out of period + 11 judged"))
    #expect(again.output.contains("exceptions   1 of 11"))
    #expect(try folder.figures().isLike(try folder.freshFigures()))
  }

  @Test func anOnlyLineWithoutLineFeedMayGoOn() throws {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.decision(1, 0))
    #expect(try folder.figures().judged == 1)
    try folder.append("\n", to: "logs/1.jsonl")
    #expect(try folder.figures().judged == 1)
    try folder.append(LogFolder.decision(1, 9), to: "logs/1.jsonl")
    let figures = try folder.figures()
    #expect(figures.lines == 2 && figures.judged == 2 && figures.exceptions == 1)
  }

  @Test func aCompressedLogThatGrewByAMemberIsScannedWholeAndNotAltered() throws {
    let folder = try LogFolder()
    let first = try gzipped(LogFolder.day(1))
    try folder.write("logs/1.jsonl.gz", first)
    #expect(try folder.run().status == 0)
    try folder.write("logs/1.jsonl.gz", first + gzipped(LogFolder.day(2)))
    let again = try folder.run()
    #expect(sources(again).hasSuffix("1 (1 scanned, 0 remembered)"))
    #expect(again.output.contains("48 judged"))
    #expect(!again.errors.contains("altered"))
    #expect(try folder.differencesToFresh(again) == [])
  }

  @Test func aLogThatIsCompressedLaterCountsOnce() throws {
    let folder = try afterFirstScan()
    try folder.write("logs/2.jsonl.gz", gzipped(LogFolder.day(2)))
    try folder.remove("logs/2.jsonl")
    let again = try folder.scan()
    #expect(again.output.contains("72 = 0 blank + 0 malformed + 0 out of period + 72 judged"))
    #expect(again.output.contains("duplicates   0 request ids"))
  }

  private func gzipped(_ text: String) throws -> Data {
    let scratch = try Scratch()
    try scratch.write("plain", text)
    #expect(try Program.tool("gzip", "-n", scratch.path + "/plain").status == 0)
    return try Data(contentsOf: URL(fileURLWithPath: scratch.path + "/plain.gz"))
  }

  // MARK: Altered

  @Test func aCompressedLogThatIsUnpackedLaterCountsOnce() throws {
    let folder = try LogFolder()
    for day in 1...3 { try folder.write("logs/\(day).jsonl.gz", gzipped(LogFolder.day(day))) }
    #expect(try folder.scan().status == 0)
    try folder.remove("logs/2.jsonl.gz")
    try folder.write("logs/2.jsonl", LogFolder.day(2))
    for _ in 0..<2 {
      let again = try folder.scan()
      #expect(again.output.contains("72 judged"), "\(again.output)")
      #expect(again.output.contains("duplicates   0 request ids"))
      #expect(!again.errors.contains("no longer present"))
    }
  }

  @Test func rotatedLogsCountOnceAndAreNotAltered() throws {
    let folder = try LogFolder()
    try folder.write("logs/app.jsonl", LogFolder.day(1))
    for period in ["2026-Q2", "2026-Q3"] { _ = try folder.scan("--period", period) }
    try folder.append(LogFolder.day(2), to: "logs/app.jsonl")
    try folder.move("logs/app.jsonl", to: "logs/app.jsonl.1")
    try folder.write("logs/app.jsonl", LogFolder.day(3))
    for period in ["2026-Q3", "2026-Q3", "2026-Q2", "2026-Q3"] {
      let again = try folder.scan("--period", period)
      #expect(!again.errors.contains("altered"), "\(again.errors)")
      #expect(again.output.contains("sources      2 "), "\(again.output)")
    }
    try folder.write("logs/app.jsonl.2.gz", gzipped(LogFolder.day(1) + LogFolder.day(2)))
    try folder.remove("logs/app.jsonl.1")
    try folder.move("logs/app.jsonl", to: "logs/app.jsonl.1")
    try folder.write("logs/app.jsonl", LogFolder.day(4))
    let again = try folder.scan("--period", "2026-Q3")
    #expect(!again.errors.contains("altered"), "\(again.errors)")
    #expect(again.output.contains("duplicates   0 request ids"))
  }

  @Test func aDeletedLogOutlivesARunWithoutARegister() throws {
    let folder = try afterFirstScan()
    try folder.remove("logs/2.jsonl")
    #expect(try folder.scan().output.contains("72 judged"))
    try folder.move("ownership.csv", to: "elsewhere.csv")
    #expect(try folder.scan().status == 3)
    try folder.move("elsewhere.csv", to: "ownership.csv")
    let again = try folder.scan()
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.output.contains("72 judged"))
  }

  @Test func aLinkedLogIsAsTheLogItself() throws {
    let folder = try LogFolder()
    try folder.write("elsewhere/1.jsonl", LogFolder.day(1))
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/logs/1.jsonl", withDestinationPath: folder.path + "/elsewhere/1.jsonl")
    #expect(try folder.scan().output.contains("1 (1 scanned, 0 remembered)"))
    let again = try folder.scan()
    #expect(again.output.contains("1 (0 scanned, 1 remembered)"))
    #expect(!again.errors.contains("altered"))
  }

  @Test func logsWhoseNamesOnlyLookAlikeAreTwoLogs() throws {
    let folder = try LogFolder()
    try folder.write("logs/caf\u{e9}.jsonl", LogFolder.day(1))
    try folder.write("logs/cafe\u{301}.jsonl", LogFolder.day(2))
    #expect(try folder.scan().output.contains("48 judged"))
    try folder.remove("logs/cafe\u{301}.jsonl")
    let again = try folder.scan()
    #expect(again.output.contains("48 judged"), "\(again.output)")
    #expect(again.errors.contains("no longer present"))
  }

  @Test func aPipeAmongTheLogsIsRefusedWithoutWaiting() throws {
    let folder = try afterFirstScan()
    try #require(mkfifo(folder.path + "/logs/pipe.jsonl", 0o600) == 0)
    let again = try folder.scan()
    #expect(again.status == 3)
    #expect(again.errors.contains("logs/pipe.jsonl"))
    #expect(again.output.contains("72 judged"))
  }

  @Test func aTruncatedLogIsScannedAgainAndReportedForGood() throws {
    let folder = try afterFirstScan()
    try folder.write("logs/2.jsonl", LogFolder.day(2, count: 10))
    let again = try folder.run()
    #expect(sources(again).hasSuffix("3 (1 scanned, 2 remembered)"))
    #expect(again.output.contains("58 judged"))
    #expect(again.errors.contains("logs/2.jsonl: it was altered: it is shorter than when it was scanned before"))
    #expect(again.status == 0)
    let later = try folder.run()
    #expect(sources(later).hasSuffix("3 (0 scanned, 3 remembered)"))
    #expect(later.errors.contains("logs/2.jsonl: it was altered"))
    #expect(try differences(later.lastLine, again.lastLine) == [])
  }

  @Test func anAlteredLogIsScannedAgainAndReportedForGood() throws {
    let folder = try afterFirstScan()
    let text = LogFolder.day(2)
    try folder.write("logs/2.jsonl", text.replacingOccurrences(of: #""other""#, with: #""small""#))
    for _ in 0..<2 {
      let again = try folder.scan()
      #expect(again.output.contains("exceptions   4 of 72"))
      #expect(
        again.errors.contains(
          "logs/2.jsonl: it was altered: it does not begin with what was scanned before, then \(text.utf8.count) bytes"),
        "\(again.errors)")
      #expect(!again.errors.contains("logs/1.jsonl: it was altered"))
    }
    try folder.write("logs/2.jsonl", text)
    let restored = try folder.scan()
    #expect(restored.output.contains("exceptions   6 of 72"))
    #expect(restored.errors.contains("it was altered"))
  }

  @Test func anAlterationIsNotedByAScanToo() throws {
    let folder = try afterFirstScan()
    try folder.write("logs/2.jsonl", LogFolder.day(2).replacingOccurrences(of: #""other""#, with: #""small""#))
    #expect(try folder.scan().errors.contains("it was altered"))
    #expect(try folder.scan().errors.contains("it was altered"))
    #expect(try folder.run().errors.contains("it was altered"))
  }

  @Test func anAlteredLogThatAlsoGrewIsReported() throws {
    let folder = try afterFirstScan()
    try folder.write("logs/2.jsonl", LogFolder.day(4) + LogFolder.day(2))
    let again = try folder.scan()
    #expect(again.errors.contains("logs/2.jsonl: it was altered: it does not begin with"))
    #expect(again.output.contains("96 judged"))
  }

  // MARK: Gone

  @Test func aDeletedLogKeepsItsFiguresAndIsReported() throws {
    let folder = try afterFirstScan()
    let before = try folder.figures()
    try folder.remove("logs/2.jsonl")
    for _ in 0..<2 {
      let again = try folder.run()
      #expect(again.status == 0, "\(again.errors)")
      #expect(sources(again).hasSuffix("3 (0 scanned, 2 remembered, 1 no longer present)"))
      #expect(again.errors.contains("logs/2.jsonl: the source is no longer present; what it came to"))
      #expect(again.output.contains("72 judged"))
      #expect(try Program.tenure("verify", again.lastLine).status == 0)
    }
    #expect(try folder.figures().digests == before.digests)
  }

  @Test func aDeletedLogThatComesBackIsAsBefore() throws {
    let folder = try afterFirstScan()
    try folder.remove("logs/2.jsonl")
    #expect(try folder.run().errors.contains("no longer present"))
    try folder.write("logs/2.jsonl", LogFolder.day(2))
    let again = try folder.run()
    #expect(sources(again).hasSuffix("3 (0 scanned, 3 remembered)"))
    #expect(try folder.differencesToFresh(again) == [])
  }

  @Test func aDeletedLogThatComesBackAlteredIsReported() throws {
    let folder = try afterFirstScan()
    try folder.remove("logs/2.jsonl")
    _ = try folder.scan()
    try folder.write("logs/2.jsonl", LogFolder.day(2).replacingOccurrences(of: #""other""#, with: #""small""#))
    let again = try folder.scan()
    #expect(again.output.contains("exceptions   4 of 72"))
    #expect(again.errors.contains("logs/2.jsonl: it was altered"), "\(again.errors)")
  }

  @Test func aDeletedLogThatCanNoLongerBeJudgedIsAnErrorFromThenOn() throws {
    let folder = try afterFirstScan()
    try folder.remove("logs/2.jsonl")
    try folder.writeVersion("v2", from: "2026-07-02", action: "block")
    for _ in 0..<2 {
      let again = try folder.scan()
      #expect(again.status == 3, "\(again.errors)")
      #expect(again.errors.contains("logs/2.jsonl: the source is no longer present, and records that judged it"))
      #expect(again.output.contains("48 judged"))
    }
  }

  @Test func aDeletedLogOutlivesAChangeOfOtherTimes() throws {
    let folder = try afterFirstScan()
    try folder.remove("logs/2.jsonl")
    try folder.writeVersion("v2", from: "2026-07-03", action: "block")
    let again = try folder.scan()
    #expect(again.status == 0, "\(again.errors)")
    #expect(sources(again).hasSuffix("3 (2 scanned, 0 remembered, 1 no longer present)"))
    #expect(again.output.contains("72 judged"))
    #expect(again.errors.contains("logs/2.jsonl: the versions next to those that judged it have changed"))
  }

  @Test func aLogThatTheConfigurationNoLongerNamesIsNotKept() throws {
    let folder = try afterFirstScan()
    let configuration = try String(contentsOfFile: folder.path + "/tenure.yaml", encoding: .utf8)
    try folder.write("tenure.yaml", configuration.replacingOccurrences(of: "logs/*", with: "logs/[13].jsonl"))
    let again = try folder.scan()
    #expect(sources(again).hasSuffix("2 (0 scanned, 2 remembered)"))
    #expect(again.output.contains("48 judged"))
    #expect(try folder.figures().isLike(try folder.freshFigures()))
  }

  @Test func whenAllLogsAreGoneTheirFiguresAreKept() throws {
    let folder = try afterFirstScan()
    for day in 1...3 { try folder.remove("logs/\(day).jsonl") }
    let again = try folder.scan()
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.output.contains("72 judged"))
    #expect(sources(again).contains("3 no longer present"))
  }

  // MARK: Unreadable

  @Test(.enabled(if: getuid() != 0, "the superuser reads everything"))
  func aLogThatMayNotBeReadIsAnErrorAndTheOthersAreJudged() throws {
    let folder = try afterFirstScan()
    let log = folder.path + "/logs/2.jsonl"
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: log)
    let again = try folder.scan()
    #expect(again.status == 3)
    #expect(again.errors.contains("logs/2.jsonl"))
    #expect(again.output.contains("48 judged"))
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: log)
    #expect(try folder.scan().output.contains("72 judged"))
  }

  @Test func aLinkToNothingIsNoLog() throws {
    let folder = try afterFirstScan()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/logs/4.jsonl", withDestinationPath: folder.path + "/nothing")
    #expect(try folder.figures().judged == 72)
  }

  @Test func aCutCompressedLogIsDamagedUntilAllOfItIsThere() throws {
    let folder = try LogFolder()
    let whole = try gzipped(LogFolder.day(1))
    try folder.write("logs/1.jsonl", LogFolder.day(2))
    try folder.write("logs/2.jsonl.gz", whole.dropLast(9))
    for _ in 0..<2 {
      let outcome = try folder.scan()
      #expect(outcome.status == 3)
      #expect(outcome.errors.contains("logs/2.jsonl.gz"))
    }
    try folder.write("logs/2.jsonl.gz", whole)
    let again = try folder.scan()
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.output.contains("48 judged"))
    #expect(!again.errors.contains("altered"))
    #expect(try folder.figures().isLike(try folder.freshFigures()))
  }

  // MARK: Changed records

  /// The first one is asked what it would have said.
  @Test func ofVersionsAfterAllDecisionsAllButTheFirstLeaveAllRemembered() throws {
    let folder = try afterFirstScan()
    try folder.writeVersion("v2", from: "2026-08-01", action: "block")
    #expect(sources(try folder.scan()).hasSuffix("3 (3 scanned, 0 remembered)"))
    try folder.writeVersion("v3", from: "2026-09-01", action: "block")
    let again = try folder.scan()
    #expect(sources(again).hasSuffix("3 (0 scanned, 3 remembered)"))
    #expect(try folder.figures().isLike(try folder.freshFigures()))
  }

  @Test func aVersionLeavesTheLogsBeforeItRemembered() throws {
    let folder = try afterFirstScan()
    try folder.writeVersion("v2", from: "2026-07-03", action: "block")
    _ = try folder.scan()
    try folder.writeVersion("v3", from: "2026-07-03T12:00:00Z")
    let again = try folder.run()
    #expect(sources(again).hasSuffix("3 (1 scanned, 2 remembered)"))
    #expect(try folder.differencesToFresh(again) == [])
  }

  @Test func aVersionThatTouchesAllScansAllAgain() throws {
    let folder = try afterFirstScan()
    try folder.writeVersion("v2", from: "2026-06-01", action: "block")
    let again = try folder.scan()
    #expect(sources(again).hasSuffix("3 (3 scanned, 0 remembered)"))
    #expect(!again.errors.contains("altered"))
    #expect(try folder.figures().isLike(try folder.freshFigures()))
  }

  @Test func anOwnerAppendedLeavesEarlierLogsRemembered() throws {
    let folder = try afterFirstScan()
    try folder.append("2,rest,dana,2026-07-03\n", to: "ownership.csv")
    let again = try folder.scan()
    #expect(sources(again).hasSuffix("3 (1 scanned, 2 remembered)"))
    #expect(try folder.figures().isLike(try folder.freshFigures()))
  }

  @Test func aLeaverLeavesEarlierLogsRemembered() throws {
    let folder = try afterFirstScan()
    try folder.write("people.csv", "owner,team,left_at\ngateway-team,gateway,2026-07-02\ndana,risk,\n")
    let again = try folder.scan()
    #expect(sources(again).hasSuffix("3 (2 scanned, 1 remembered)"))
    #expect(try folder.figures().isLike(try folder.freshFigures()))
  }

  @Test func aGrownLogOfWhichOnlyTheEndIsTouchedIsScannedFromThere() throws {
    let folder = try LogFolder()
    try folder.writeVersion("v2", from: "2026-07-02", action: "block")
    try folder.write("logs/all.jsonl", LogFolder.day(1))
    _ = try folder.scan()
    try folder.append(LogFolder.day(2), to: "logs/all.jsonl")
    _ = try folder.scan()
    try folder.writeVersion("v3", from: "2026-07-02T12:00:00Z")
    let again = try folder.scan()
    #expect(sources(again).hasSuffix("1 (0 scanned, 1 continued, 0 remembered)"))
    #expect(try folder.figures().isLike(try folder.freshFigures()))
  }

  @Test func anotherPeriodInTheSameStoreDoesNoHarm() throws {
    let folder = try afterFirstScan()
    let before = try folder.figures()
    let other = try folder.figures("--period", "2026-07-02/2026-07-03")
    #expect(other.judged == 24)
    #expect(try folder.figures() == before)
    #expect(try folder.figures("--period", "2026-07-02/2026-07-03").remembered == 3)
  }

  // MARK: Threads

  @Test func anyNumberOfThreadsGivesTheSamePack() throws {
    let folder = try LogFolder()
    for day in 1...9 { try folder.write("logs/\(day).jsonl", LogFolder.day(day, count: 200)) }
    try folder.write("logs/10.jsonl.gz", gzipped(LogFolder.day(10, count: 200)))
    var packs: [String] = []
    for jobs in ["1", "4"] {
      let out = folder.path + "/out-" + jobs
      let outcome = try folder.run("--jobs", jobs, "--out", out, "--store", out + "/s.sqlite")
      #expect(outcome.status == 0, "\(outcome.errors)")
      packs.append(outcome.lastLine)
    }
    #expect(try differences(packs[0], packs[1]) == [])
  }

  @Test(arguments: ["0", "-1", "1025", "many"])
  func aNumberOfThreadsThatMakesNoSenseIsUsage(jobs: String) throws {
    #expect(try Program.tenure("scan", "--jobs", jobs).status == 64)
    #expect(try Program.tenure("run", "--jobs=" + jobs).status == 64)
  }

  // MARK: Events

  @Test(arguments: ["scan", "run"])
  func asJSONEveryLineIsAnEvent(command: String) throws {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.day(1))
    let outcome = try Program.tenure(command, "--config", folder.path + "/tenure.yaml", "--format", "json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try events(outcome.output).last?["status"] as? String == "done")
  }

  @Test func asTextNoProgressGoesIntoAPipe() throws {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.day(1))
    let outcome = try folder.scan()
    #expect(outcome.errors == "")
    #expect(!outcome.output.contains("\u{1B}"))
    #expect(outcome.output.hasPrefix("period "))
  }
}
