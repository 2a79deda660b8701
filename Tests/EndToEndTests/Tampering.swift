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
    let injected: String
    var options = ["-f", "-qq", "-o", "/dev/null"] + (path.map { ["-P", $0] } ?? [])
    switch fault {
    case .error(let name, let forGood):
      injected = "error=\(name):when=\(number)\(forGood ? "+" : "")"
      // Calls that are not looked at run at full speed. A signal would mostly be lost.
      options.append("--seccomp-bpf")
    case .kill: injected = "signal=KILL:when=\(number)"
    }
    return try Program.run(
      "/usr/bin/strace",
      options + ["-e", "trace=" + call, "-e", "inject=\(call):\(injected)", Program.binary] + arguments, in: directory)
  }

  /// How many faults the long tests try: few in a usual test run, and as many as `TENURE_FAULTS` says by hand.
  static func count(_ usual: Int) -> Int {
    ProcessInfo.processInfo.environment["TENURE_FAULTS"].flatMap { Int($0) } ?? usual
  }

  /// Steps of a run that nothing disturbs, to draw from. Where `TENURE_FAULTS_SEED` says nothing else, the draw is the same in every test run.
  static func steps(of arguments: [String]) throws -> Steps {
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("tenure-test-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    let outcome = try Program.run(
      "/usr/bin/strace",
      [
        "-f", "-qq", "--seccomp-bpf", "-o", scratch, "-e", "trace=" + Steps.calls.joined(separator: ","),
        Program.binary,
      ]
        + arguments)
    try #require(outcome.status == 0, "\(outcome.errors)")
    // `17415 openat(AT_FDCWD, …`: the thread, and the call. A fault counts the calls of each thread by itself.
    var counts: [String: [Substring: Int]] = [:]
    for line in try String(contentsOfFile: scratch, encoding: .isoLatin1).split(separator: "\n") {
      let words = line.split(whereSeparator: { " (".contains($0) })
      guard words.count > 1 else { continue }
      let name = String(words[1])
      counts[name, default: [:]][words[0], default: 0] += 1
    }
    let most = Steps.calls.compactMap { call in counts[call]?.values.max().map { (call, $0) } }
    return Steps(
      state: ProcessInfo.processInfo.environment["TENURE_FAULTS_SEED"].flatMap { UInt64($0) } ?? 1, most: most)
  }

  /// Steps of a run, drawn at random.
  struct Steps {
    fileprivate static let calls = [
      "openat", "write", "pwrite64", "fsync", "close", "read", "mkdir", "rename", "fdatasync", "unlink", "ftruncate",
      "renameat2", "unlinkat",
    ]
    private static let writes = ["write", "pwrite64", "fsync", "mkdir", "fdatasync", "ftruncate"]

    fileprivate var state: UInt64
    /// Kinds of calls, and how many the busiest thread makes.
    fileprivate let most: [(call: String, count: Int)]

    mutating func next() -> (call: String, number: Int) { next(among: most) }

    /// A call that writes.
    mutating func nextWrite() -> (call: String, number: Int) {
      next(among: most.filter { Self.writes.contains($0.call) })
    }

    private mutating func next(among calls: [(call: String, count: Int)]) -> (call: String, number: Int) {
      let drawn = calls[random(below: calls.count)]
      return (drawn.call, 1 + random(below: drawn.count))
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
