import Foundation
import Testing

/// Faults at any step of a run: what stands there after it, and what the next run makes of it.
struct FaultTests {
  // MARK: Killed

  @Test func killedAtAnyStepAWholePackStandsThereAndTheNextRunMakesTheSame() throws {
    let states = try TwoStates()
    try states.set(0)
    var steps = try Tampering.steps(of: states.arguments)
    try states.expectSoundRun(0, "first")
    let wanted = Tampering.count(4)
    var (killed, round) = (0, 0)
    // Where threads share the calls otherwise than before, a number can be past the last of each.
    while killed < wanted, round < 2 + 4 * wanted {
      round += 1
      let state = round % 2
      try states.set(state)
      for _ in 0..<4 {
        let (call, number) = steps.next()
        let outcome = try Tampering.run(states.arguments, .kill, at: number, of: call)
        if outcome.status == 9 { killed += 1 }
        let there = try states.packThere()
        #expect(there == 0 || there == 1, "\(call) \(number)")
      }
      try states.expectSoundRun(state, "round \(round)")
    }
    #expect(killed >= wanted)
    print("killed \(killed) times in \(round) rounds of four")
  }

  @Test(arguments: [("renameat2", 1)])
  func killedAroundTheExchangeOfThePacksOneOfThemStandsThere(call: String, number: Int) throws {
    let states = try TwoStates()
    try states.set(0)
    try states.expectSoundRun(0, "first")
    try states.set(1)
    let outcome = try Tampering.run(states.arguments, .kill, at: number, of: call)
    #expect(outcome.status == 9, "\(outcome.errors)")
    #expect(try [0, 1].contains(states.packThere()))
    try states.expectSoundRun(1, call)
  }

  // MARK: No room

  @Test func withoutRoomAtAnyWriteTheReasonIsSaidAndThePackBeforeStays() throws {
    let states = try TwoStates()
    try states.set(0)
    var steps = try Tampering.steps(of: states.arguments)
    try states.expectSoundRun(0, "first")
    var refused = 0
    for round in 1...max(1, Tampering.count(3) / 3) {
      try states.set(round % 2)
      for attempt in 0..<3 {
        let (call, number) = steps.nextWrite()
        // Standard error must still take the words.
        let isForGood = attempt > 0 && call != "write"
        let outcome = try Tampering.run(
          states.arguments, .error("ENOSPC", forGood: isForGood), at: number, of: call)
        let what = "\(call) \(number): \(outcome.errors)"
        #expect(outcome.status == 0 || outcome.status == 1, "\(what)")
        if outcome.status == 1 {
          refused += 1
          #expect(outcome.errors.contains("error: ") && outcome.errors.contains("Check the"), "\(what)")
          #expect(outcome.errors.contains("cannot be written") || outcome.errors.contains("store"), "\(what)")
          #expect(
            outcome.errors.contains("space") || outcome.errors.contains("I/O") || outcome.errors.contains("full"),
            "\(what)")
        }
        #expect(try [0, 1].contains(states.packThere()), "\(what)")
        #expect(try states.names().filter { !["all", "all.run.json"].contains($0) } == [], "\(what)")
        let check = try Program.tool("sqlite3", states.store, "PRAGMA integrity_check")
        #expect(check.output == "ok\n", "\(what)")
      }
      try states.expectSoundRun(round % 2, "round \(round)")
    }
    #expect(refused > 0)
    print("refused \(refused) times")
  }

  @Test(arguments: [
    ["run", "--config", "CONFIG"], ["run", "--config", "CONFIG", "--format", "json"], ["scan", "--config", "CONFIG"],
    ["gaps", "PACK"], ["gaps", "PACK", "--format", "json"], ["gaps", "PACK", "--format", "csv"], ["verify", "PACK"],
    ["detect", "LOGS"], ["show", "config", "--config", "CONFIG"], ["mappings", "list"], ["fieldmap", "list"],
    ["fieldmap", "show", "portkey"], ["explain", "RG-BLK-01"], ["diff", "PACK", "PACK"],
    ["owners", "rest", "--at", "2026-07-01", "--config", "CONFIG"],
  ])
  func resultsThatStandardOutputDoesNotTakeAreSaidSo(arguments: [String]) throws {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.day(1))
    let words = try arguments.map {
      switch $0 {
      case "CONFIG": folder.path + "/tenure.yaml"
      case "PACK": try Quickstart.pack()
      case "LOGS": folder.path + "/logs"
      default: $0
      }
    }
    let outcome = try Program.run(
      "/bin/bash", ["-c", #"exec "$@" > /dev/full"#, "bash", Program.binary] + words)
    #expect(outcome.status == 1, "\(outcome.errors.suffix(300))")
    #expect(
      outcome.errors.contains("Standard output did not take all results: No space left on device."),
      "\(outcome.errors.suffix(300))")
    if words[0] == "run" {
      let verified = try Program.tenure("verify", folder.path + "/reports/all")
      #expect(verified.status == 0, "\(verified.errors)")
    }
  }

  // MARK: Reading

  /// Two logs, the first of which takes several reads.
  private func longAndShort() throws -> LogFolder {
    let folder = try LogFolder()
    let note = String(repeating: "n", count: 4000)
    let long = (0..<500).map { String(LogFolder.decision(1, $0).dropLast()) + ",\"note\":\"\(note)\"}\n" }.joined()
    try folder.write("logs/1.jsonl", long)
    try folder.write("logs/2.jsonl", LogFolder.day(2))
    return folder
  }

  @Test(arguments: [1, 2])
  func aReadErrorInALogIsSaidAndNothingOfItIsKeptAsWhole(number: Int) throws {
    let folder = try longAndShort()
    let outcome = try Tampering.run(
      ["run", "--config", folder.path + "/tenure.yaml", "--jobs", "1"], .error("EIO", forGood: true), at: number,
      of: "read", on: folder.path + "/logs/1.jsonl")
    #expect(outcome.status == 3, "\(outcome.output) \(outcome.errors)")
    #expect(
      outcome.errors.contains("logs/1.jsonl: cannot be read to its end: Input/output error after byte "),
      "\(outcome.errors)")
    #expect(outcome.output.contains(" of "), "the rest goes on")
    #expect(
      try String(contentsOfFile: outcome.lastLine + "/scope.html", encoding: .utf8).contains("Input/output error"))
    let after = try folder.run()
    #expect(after.status == 0, "\(after.errors)")
    #expect(try folder.differencesToFresh(after) == [])
  }

  @Test(arguments: ["policy/v1.yaml", "ownership.csv", "people.csv"])
  func aReadErrorInARecordIsSaid(name: String) throws {
    let folder = try longAndShort()
    let outcome = try Tampering.run(
      ["run", "--config", folder.path + "/tenure.yaml", "--jobs", "1"], .error("EIO", forGood: true), at: 1, of: "read",
      on: folder.path + "/" + name)
    #expect(outcome.status == 3, "\(outcome.errors)")
    #expect(
      outcome.errors.contains("\(name): cannot be read to its end: Input/output error after byte 0"),
      "\(outcome.errors)")
    #expect(try folder.differencesToFresh(folder.run()) == [])
  }

  @Test func aFileOfTheSystemThatCannotBeReadIsNoHang() throws {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.day(1))
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/logs/2.jsonl", withDestinationPath: "/proc/self/mem")
    let outcome = try folder.run()
    #expect(outcome.status == 3)
    #expect(
      outcome.errors.contains("logs/2.jsonl: cannot be read to its end: Input/output error after byte 0"),
      "\(outcome.errors)")
    #expect(outcome.output.contains("24 judged"))
  }

  // MARK: Memory

  @Test(arguments: [300, 500, 1200])
  func withoutMemoryThereIsAWholePackOrNone(megabytes: Int) throws {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.day(1))
    let outcome = try Program.run(
      "/bin/bash",
      [
        "-c", #"ulimit -v "$1"; shift; exec "$@""#, "bash", String(megabytes << 10), Program.binary, "run", "--config",
        folder.path + "/tenure.yaml",
      ], environment: ["SWIFT_BACKTRACE": "enable=no"])
    // Below the first of these the program cannot even be loaded; from the last on it has all that it needs.
    if outcome.status == 0 {
      #expect(try folder.differencesToFresh(outcome) == [])
    } else {
      #expect(outcome.errors != "")
      #expect(!FileManager.default.fileExists(atPath: folder.path + "/reports/all"))
    }
    #expect(try folder.run().status == 0)
  }
}
