import Foundation
import Testing

/// What the program asks of the system, as `strace` sees it.
struct LeastPrivilegeTests {
  /// The system calls of a whole run, a call a line.
  private static let calls = Result {
    let scratch = try Scratch()
    let lines = try trace(
      [
        "run", "--config", Quickstart.config, "--out", scratch.path + "/out", "--store", scratch.path + "/store.sqlite",
      ],
      in: scratch)
    return (lines: lines, scratch: scratch.path)
  }

  private static func trace(_ arguments: [String], in scratch: Scratch) throws -> [String] {
    let trace = scratch.path + "/trace"
    let calls =
      "socket,connect,bind,sendto,sendmsg,openat,open,creat,unlink,unlinkat,rename,renameat2,chmod,fchmod,execve"
    let outcome = try Program.run(
      "/usr/bin/strace", ["-f", "-qq", "-o", trace, "-e", "trace=" + calls, Program.binary] + arguments,
      in: scratch.path)
    try #require([0, 2, 3].contains(outcome.status), "\(arguments): \(outcome.errors.suffix(500))")
    return try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  /// What every command but `run` does, each in a folder of its own.
  @Test func noOtherCommandDoesMoreThanItWasToldTo() throws {
    let pack = try Quickstart.pack()
    let scratch = try Scratch()
    let key = scratch.path + "/disclosure.key"
    let inputs = ["--config", Quickstart.config, "--store", scratch.path + "/store.sqlite"]
    let logs = (Quickstart.config as NSString).deletingLastPathComponent
    let commands: [[String]] = [
      ["scan"] + inputs, ["explain", "pii-to-trusted"] + inputs,
      ["owners", "pii-to-trusted", "--at", "2026-08-14"] + inputs,
      ["prove-none", "--data-class", "pii", "--model", "nowhere"] + inputs, ["show", "config"] + inputs,
      ["detect", logs + "/logs/2026-07.jsonl", logs + "/people.csv"], ["mappings", "list"], ["fieldmap", "list"],
      ["verify", pack], ["gaps", pack], ["diff", pack, pack, "--out", scratch.path + "/diff"],
      ["dossier", "pii-to-trusted", "--pack", pack], ["disclose", "--new-key", key],
      ["disclose", pack, "--level", "public", "--key", key, "--out", scratch.path + "/disclosed"],
    ]
    for command in commands {
      let lines = try Self.trace(command, in: scratch)
      try #require(lines.count > 3, "\(command)")
      let words = ["socket(", "connect(", "bind(", "sendto(", "sendmsg("]
      #expect(lines.filter { line in words.contains { line.contains($0) } } == [], "\(command[0])")
      #expect(lines.count { $0.contains("execve(") } == 1, "\(command[0])")
      for folder in [logs, pack] {
        #expect(
          lines.filter { $0.contains("\"\(folder)/") && !$0.contains("O_RDONLY") && !$0.contains("execve(") } == [],
          "\(command[0])")
      }
      let writing = Self.writing(lines)
      #expect(writing.filter { !Self.isTold($0, scratch.path) } == [], "\(command[0])")
    }
    for name in ["disclosure.key", "store.sqlite", "store.sqlite.lock"] {
      #expect(try mode(of: scratch.path + "/" + name) == 0o600, "\(name)")
    }
  }

  /// It looks at a store that is there, and asks git for its version.
  @Test func theDoctorWritesNothingAndOpensNoSocket() throws {
    let scratch = try Scratch()
    let inputs = ["--config", Quickstart.config, "--store", scratch.path + "/store.sqlite", "--out", scratch.path]
    _ = try Program.run(Program.binary, ["scan"] + inputs.dropLast(2))
    let lines = try Self.trace(["doctor"] + inputs, in: scratch)
    try #require(lines.contains { $0.contains("store.sqlite") })
    #expect(lines.filter { $0.contains("socket(") || $0.contains("connect(") || $0.contains("bind(") } == [])
    // A folder for clones of bundles, which is taken away though there is none.
    let told = ["\"/dev/null\"", "\"/tmp/tenure-git-"]
    #expect(Self.writing(lines).filter { line in !told.contains { line.contains($0) } } == [])
  }

  /// Lines that open for writing, move or take away.
  private static func writing(_ lines: [String]) -> [String] {
    lines.filter {
      $0.contains("O_WRONLY") || $0.contains("O_RDWR") || $0.contains("rename") || $0.contains("unlink")
        || $0.contains("creat(")
    }
  }

  private static func isTold(_ line: String, _ scratch: String) -> Bool {
    // SQLite sorts in files of the temporary folder that it unlinks at once; a clone of a bundle lies there, too.
    let told = ["\"\(scratch)/", "\"/var/tmp/etilqs_", "\"/tmp/etilqs_", "\"/tmp/tenure-git-", "\"/dev/null\""]
    return told.contains { line.contains($0) }
  }

  private func mode(of path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  /// What was not to be readable for others by the user's own mask is not.
  @Test func aPackHonoursTheMask() throws {
    let scratch = try Scratch()
    let run = "umask 077; exec '\(Program.binary)' run --config '\(Quickstart.config)' --out out --store store.sqlite"
    let outcome = try Program.run("/bin/sh", ["-c", run], in: scratch.path)
    try #require(outcome.status == 0, "\(outcome.errors.suffix(500))")
    var files = 0
    for name in try FileManager.default.subpathsOfDirectory(atPath: scratch.path + "/out") {
      files += 1
      #expect((try mode(of: scratch.path + "/out/" + name) ?? 0o777) & 0o077 == 0, "\(name)")
    }
    #expect(files > 500)
  }

  @Test func aRunOpensNoSocket() throws {
    let lines = try Self.calls.get().lines
    try #require(lines.count > 100)
    #expect(lines.filter { $0.contains("socket(") || $0.contains("connect(") || $0.contains("send") } == [])
  }

  @Test func inputsAreOnlyEverRead() throws {
    let inputs = (Quickstart.config as NSString).deletingLastPathComponent
    let lines = try Self.calls.get().lines.filter { $0.contains("\"\(inputs)/") }
    try #require(lines.count > 10)
    #expect(lines.filter { !$0.contains("O_RDONLY") && !$0.contains("execve(") } == [])
  }

  @Test func aRunWritesOnlyWhereItWasTold() throws {
    let (lines, scratch) = try Self.calls.get()
    let writing = Self.writing(lines)
    try #require(writing.count > 10)
    #expect(writing.filter { !Self.isTold($0, scratch) } == [])
  }

  @Test func theStoreIsForItsOwnerAlone() throws {
    let scratch = try Scratch()
    let store = scratch.path + "/store.sqlite"
    let outcome = try Program.tenure("scan", "--config", Quickstart.config, "--store", store)
    try #require(outcome.status == 0, "\(outcome.errors)")
    for file in [store, store + ".lock"] {
      #expect(try mode(of: file) == 0o600, "\(file)")
    }
  }
}
