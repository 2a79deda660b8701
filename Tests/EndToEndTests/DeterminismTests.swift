import Foundation
import Testing

struct DeterminismTests {
  /// A copy of the quickstart, to be changed.
  private func copy() throws -> Scratch {
    let scratch = try Scratch()
    try FileManager.default.copyItem(atPath: Program.root + "/examples/quickstart", toPath: scratch.path + "/in")
    return scratch
  }

  private func run(
    _ scratch: Scratch, out: String, jobs: Int = 2, environment: [String: String] = [:]
  ) throws -> Program.Outcome {
    try Program.tenure(
      "run", "--config", scratch.path + "/in/tenure.yaml", "--out", scratch.path + "/" + out, "--store",
      scratch.path + "/" + out + ".sqlite", "--jobs", String(jobs), environment: environment)
  }

  /// The pack with most kinds of pages: threads divide scanning, documents and pages among them.
  @Test func oneThreadAndThreeGiveTheSameBytes() throws {
    let scratch = try Scratch()
    var packs: [[String: Data]] = []
    for jobs in ["1", "3"] {
      let outcome = try Program.tenure(
        "run", "--config", Program.root + "/examples/governance/tenure.yaml", "--out", scratch.path + "/" + jobs,
        "--store", scratch.path + "/\(jobs).sqlite", "--jobs", jobs)
      #expect(outcome.status == 0 || outcome.status == 3, "\(outcome.errors)")
      packs.append(try files(of: outcome.lastLine))
    }
    #expect(packs[0].count > 200)
    #expect(packs[0] == packs[1])
  }

  @Test func anotherZoneLocaleAndFolderGiveTheSamePack() throws {
    let scratch = try copy()
    let outcome = try run(
      scratch, out: "other", environment: ["TZ": "Pacific/Kiritimati", "LANG": "de_DE.UTF-8", "LC_ALL": "tr_TR.UTF-8"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try differences(outcome.lastLine, try Quickstart.pack()) == [])
  }

  @Test func theOrderOfFilesDoesNotMatter() throws {
    let scratch = try copy()
    let path = scratch.path + "/in/tenure.yaml"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let entry = "  - path: logs/*.jsonl*"
    #expect(text.contains(entry))
    let reversed = ["logs/2026-09.jsonl.zst", "logs/2026-08.jsonl.gz", "logs/2026-07.jsonl"]
      .map { "  - path: \($0)" }.joined(separator: "\n    format: native\n")
    try text.replacingOccurrences(of: entry, with: reversed).write(toFile: path, atomically: true, encoding: .utf8)
    let outcome = try run(scratch, out: "reversed")
    #expect(try differences(outcome.lastLine, try Quickstart.pack()) == [])
  }

  @Test func aSecondRunScansNothingAndGivesTheSamePack() throws {
    let scratch = try copy()
    let first = try run(scratch, out: "out")
    #expect(first.output.contains("3 (3 scanned, 0 remembered)"))
    let before = try files(of: first.lastLine)
    let second = try run(scratch, out: "out")
    #expect(second.output.contains("3 (0 scanned, 3 remembered)"))
    #expect(try files(of: second.lastLine) == before)
  }

  @Test func onlyTheChangedLogIsScannedAgain() throws {
    let scratch = try copy()
    _ = try run(scratch, out: "out")
    let log = scratch.path + "/in/logs/2026-07.jsonl"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: log))
    if bytes.last != 0x0A { bytes.append(0x0A) }
    try bytes.write(to: URL(fileURLWithPath: log))
    let second = try run(scratch, out: "out")
    #expect(second.output.contains("3 ("))
    #expect(!second.output.contains("3 scanned"))
  }

  @Test func aChangedPolicyIsReplayedFromTheStart() throws {
    let scratch = try copy()
    _ = try run(scratch, out: "out")
    let owners = scratch.path + "/in/ownership.csv"
    let text = try String(contentsOfFile: owners, encoding: .utf8)
    try text.replacingOccurrences(of: "priya", with: "someone").write(toFile: owners, atomically: true, encoding: .utf8)
    #expect(try run(scratch, out: "out").output.contains("3 (3 scanned, 0 remembered)"))
  }
}
