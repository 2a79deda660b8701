import Foundation
import Testing

/// Lets a system call of the program fail, or kills the program at one, by `strace`: at an exact step, without a clock.
enum Tampering {
  enum Fault {
    /// The call returns this error, once or from then on.
    case error(String, forGood: Bool)
    case kill
  }

  /// Runs the program with a fault at the n-th call of a kind that one of its threads makes.
  ///
  /// - Parameter path: only calls on this file count.
  static func run(
    _ arguments: [String], _ fault: Fault, at number: Int, of call: String, on path: String? = nil,
    in directory: String = Program.root
  ) throws -> Program.Outcome {
    let injected =
      switch fault {
      case .error(let name, let forGood): "error=\(name):when=\(number)\(forGood ? "+" : "")"
      case .kill: "signal=KILL:when=\(number)"
      }
    let options = ["-f", "-qq", "--seccomp-bpf", "-o", "/dev/null"] + (path.map { ["-P", $0] } ?? [])
    return try Program.run(
      "/usr/bin/strace",
      options + ["-e", "trace=" + call, "-e", "inject=\(call):\(injected)", Program.binary] + arguments, in: directory)
  }

  /// How many faults the long tests try: few in a usual test run, and as many as `TENURE_FAULTS` says by hand.
  static func count(_ usual: Int) -> Int {
    ProcessInfo.processInfo.environment["TENURE_FAULTS"].flatMap { Int($0) } ?? usual
  }

  /// Where `TENURE_FAULTS_SEED` says nothing else, the same steps in every test run.
  static var steps: Steps {
    Steps(state: ProcessInfo.processInfo.environment["TENURE_FAULTS_SEED"].flatMap { UInt64($0) } ?? 1)
  }

  /// Steps of a run, drawn at random: kinds of calls, and how many of each a small run makes.
  struct Steps {
    var state: UInt64

    private static let calls = [
      ("openat", 900), ("write", 320), ("pwrite64", 300), ("fsync", 310), ("close", 700), ("read", 1200), ("mkdir", 36),
      ("rename", 7), ("fdatasync", 7), ("unlink", 5), ("ftruncate", 3), ("renameat2", 1), ("unlinkat", 300),
    ]

    mutating func next() -> (call: String, number: Int) { next(among: Self.calls) }

    /// A call that writes.
    mutating func nextWrite() -> (call: String, number: Int) {
      next(
        among: Self.calls.filter { ["write", "pwrite64", "fsync", "mkdir", "fdatasync", "ftruncate"].contains($0.0) })
    }

    private mutating func next(among calls: [(String, Int)]) -> (call: String, number: Int) {
      let call = calls[random(below: calls.count)]
      return (call.0, 1 + random(below: call.1))
    }

    /// SplitMix64.
    private mutating func random(below limit: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }
  }
}

/// Inputs that come in two states, with the pack of each from a run that nothing disturbed.
struct TwoStates {
  let folder: LogFolder
  private let packs: [[String: Data]]

  init() throws {
    folder = try LogFolder()
    for day in 1...3 { try folder.write("logs/\(day).jsonl", LogFolder.day(day)) }
    var packs: [[String: Data]] = []
    for state in 0...1 {
      try Self.set(state, of: folder)
      let (outcome, scratch) = try folder.freshRun()
      try #require(outcome.status == 0, "\(outcome.errors)")
      packs.append(try withExtendedLifetime(scratch) { try files(of: outcome.lastLine) })
    }
    self.packs = packs
  }

  private static func set(_ state: Int, of folder: LogFolder) throws {
    try folder.writeVersion("v1", from: "2026-01-01", action: state == 0 ? "allow" : "block")
  }

  func set(_ state: Int) throws { try Self.set(state, of: folder) }

  var arguments: [String] { ["run", "--config", folder.path + "/tenure.yaml", "--jobs", "1"] }
  var store: String { folder.path + "/reports/tenure.sqlite" }

  /// Which of the two packs stands there; nil for none, and -1 for anything else.
  func packThere() throws -> Int? {
    let pack = folder.path + "/reports/all"
    guard FileManager.default.fileExists(atPath: pack) else { return nil }
    let there = try files(of: pack)
    return packs.firstIndex(of: there) ?? -1
  }

  /// What lies in the folder of packs beside the store.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path + "/reports").filter { !$0.hasPrefix("tenure.") }
      .sorted()
  }

  /// A run that nothing disturbs makes the pack of the state, and leaves nothing else behind.
  func expectSoundRun(_ state: Int, _ what: String) throws {
    let outcome = try Program.run(Program.binary, arguments)
    #expect(outcome.status == 0, "\(what): \(outcome.errors)")
    #expect(!outcome.errors.contains("damaged") && !outcome.errors.contains("altered"), "\(what): \(outcome.errors)")
    #expect(try packThere() == state, "\(what)")
    #expect(try names() == ["all", "all.run.json"], "\(what)")
  }
}
