import Foundation
import Testing

/// What the program asks of the system, as `strace` sees it.
struct LeastPrivilegeTests {
  /// The system calls of a whole run, a call a line.
  private static let calls = Result {
    let scratch = try Scratch()
    let trace = scratch.path + "/trace"
    let outcome = try Program.run(
      "/usr/bin/strace",
      [
        "-f", "-qq", "-o", trace, "-e",
        "trace=socket,connect,bind,sendto,sendmsg,openat,open,creat,unlink,unlinkat,rename,renameat2,chmod,fchmod",
        Program.binary, "run", "--config", Quickstart.config, "--out", scratch.path + "/out", "--store",
        scratch.path + "/store.sqlite",
      ])
    try #require([0, 3].contains(outcome.status), "\(outcome.errors.suffix(500))")
    let lines = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n").map(String.init)
    return (lines: lines, scratch: scratch.path)
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
    #expect(lines.filter { !$0.contains("O_RDONLY") } == [])
  }

  @Test func aRunWritesOnlyWhereItWasTold() throws {
    let (lines, scratch) = try Self.calls.get()
    let writing = lines.filter {
      $0.contains("O_WRONLY") || $0.contains("O_RDWR") || $0.contains("rename") || $0.contains("unlink")
    }
    try #require(writing.count > 10)
    // SQLite sorts in files of the temporary folder that it unlinks at once; a clone of a bundle lies there, too.
    let told = ["\"\(scratch)/", "\"/var/tmp/etilqs_", "\"/tmp/etilqs_", "\"/tmp/tenure-git-", "\"/dev/null\""]
    #expect(writing.filter { line in !told.contains { line.contains($0) } } == [])
  }

  @Test func theStoreIsForItsOwnerAlone() throws {
    let scratch = try Scratch()
    let store = scratch.path + "/store.sqlite"
    let outcome = try Program.tenure("scan", "--config", Quickstart.config, "--store", store)
    try #require(outcome.status == 0, "\(outcome.errors)")
    for file in [store, store + ".lock"] {
      let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
      #expect(mode == 0o600, "\(file)")
    }
  }
}
