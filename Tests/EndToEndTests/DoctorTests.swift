import Foundation
import Testing

/// What `tenure doctor` finds, and that it leaves everything as it was.
@Suite struct DoctorTests {
  private func doctor(_ arguments: String..., environment: [String: String] = [:]) throws -> Program.Outcome {
    try Program.run(
      Program.binary, ["doctor"] + arguments, environment: ["TENURE_TODAY": "2026-10-05"].merging(environment) { $1 })
  }

  /// The quickstart with a folder of its own for what a run writes.
  private func quickstart(_ scratch: Scratch, _ more: String...) throws -> [String] {
    ["--config", Quickstart.config, "--out", scratch.path + "/out", "--store", scratch.path + "/s.sqlite"] + more
  }

  private func run(_ arguments: [String]) throws -> Program.Outcome {
    try Program.run(Program.binary, arguments, environment: ["TENURE_TODAY": "2026-10-05"])
  }

  @Test func theQuickstartHasNothingToMend() throws {
    let scratch = try Scratch()
    let outcome = try run(["doctor"] + quickstart(scratch))
    #expect(outcome.status == 0, "\(outcome.output)")
    for line in [
      "ok       templates       ", "ok       mappings        ", "previous-quarter is 2026-Q3",
      "s.sqlite is not there yet; the first run makes it", "ok       routing-logs    logs/*.jsonl*: 3 files",
      "ok       period          2026-Q3", "ok       ownership       ownership.csv",
      "policy versions in force in the period", "libxml2 2.", "SQLite 3.",
    ] { #expect(outcome.output.contains(line), "\(line) is missing of \(outcome.output)") }
    #expect(outcome.errors.hasPrefix("Nothing to mend; "))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == [])
  }

  @Test func aRegisterThatIsMissingIsANoteWithItsChecks() throws {
    let scratch = try Scratch()
    try scratch.write("logs/a.jsonl", Self.decision)
    try scratch.write("policy/2026-01-01.yaml", "rules: [{id: a, action: allow}]\n")
    try scratch.write(
      "tenure.yaml", "period: 2026-Q3\nrouting-logs: [logs/*.jsonl]\npolicy: [{folder: policy}]\n")
    let outcome = try doctor("--config", scratch.path + "/tenure.yaml")
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(
      outcome.output.contains(
        "note     cannot-tell     RG-DRF-02, RG-INC-01 may be unable to tell without the register of incidents. Name it under registers, incidents.\n"
      ), "\(outcome.output)")
    #expect(outcome.output.contains("unable to tell without a people register with leaving dates"))
  }

  private static let decision =
    #"{"ts":"2026-07-02T00:00:00Z","request_id":"r1","agent":"a","outcome":"success","requested_model":"m","served_model":"m","data_class":"pii"}"#
    + "\n"

  @Test func everyInputThatIsMissingOrUnreadableIsAProblem() throws {
    let scratch = try Scratch()
    try scratch.write("logs/a.txt", "nothing of the kind\n")
    try scratch.write("people.csv", "name,left\ndana,someday\n")
    try scratch.write(
      "tenure.yaml",
      "period: 2026-Q3\nrouting-logs: [logs/*, gone/*]\npolicy: [{folder: none}]\nownership: [{path: gone.csv}]\npeople: people.csv\n"
    )
    let outcome = try doctor("--config", scratch.path + "/tenure.yaml", "--format", "json")
    #expect(outcome.status == 3, "\(outcome.output)")
    let found = try events(outcome.output).filter { $0["verdict"] as? String == "problem" }
    let words = found.compactMap { $0["summary"] as? String }
    for part in ["logs/a.txt", "gone/*", "none", "gone.csv", "people.csv"] {
      #expect(words.contains { $0.contains(part) }, "\(part): \(words)")
    }
    #expect(found.allSatisfy { $0["next_step"] is String && $0["stops_run"] as? Bool == false })
    #expect(found.contains { $0["id"] as? String == "routing-log-missing" })
  }

  @Test func whatWouldStopARunEndsWithOne() throws {
    let scratch = try Scratch()
    let none = try doctor("--config", scratch.path + "/none.yaml")
    #expect(none.status == 1 && none.output.contains("tenure init writes one"), "\(none.output)")
    try scratch.write("s.sqlite", "no store at all, but some bytes of something else\n")
    let other = try doctor("--config", Quickstart.config, "--store", scratch.path + "/s.sqlite")
    #expect(other.status == 1)
    #expect(other.output.contains("problem  store"), "\(other.output)")
    _ = try Program.tool("mkfifo", scratch.path + "/pipe")
    let pipe = try doctor("--config", Quickstart.config, "--store", scratch.path + "/pipe")
    #expect(pipe.status == 1)
    #expect(pipe.output.contains("/pipe cannot be opened: it is no regular file"), "\(pipe.output)")
    try scratch.write("templates/pages/rule.xsl", "<xsl:stylesheet")
    let template = try doctor("--config", Quickstart.config, "--templates", scratch.path + "/templates")
    #expect(template.status == 1)
    #expect(template.output.contains("problem  templates"))
    #expect(try doctor("--config", Quickstart.config, "--period", "soon").status == 1)
    let previous = try doctor(
      "--config", Quickstart.config, "--store", scratch.path + "/none.sqlite", "--out", scratch.path,
      environment: ["TENURE_PREVIOUS_PACK": scratch.path + "/none"])
    #expect(previous.status == 1)
    #expect(previous.output.contains("problem  previous-pack   \(scratch.path)/none"), "\(previous.output)")
  }

  @Test func aStoreIsLookedAtAndLeftAsItIs() throws {
    let scratch = try Scratch()
    let store = scratch.path + "/s.sqlite"
    _ = try Program.tenure("scan", "--config", Quickstart.config, "--store", store)
    let before = try files(of: scratch.path)
    let whole = try run(["doctor"] + quickstart(scratch))
    #expect(whole.output.contains("is whole: schema 2, 3 partials"), "\(whole.output)")
    #expect(try files(of: scratch.path) == before)

    _ = try Program.tool(
      "sqlite3", store, "UPDATE partial SET lines = lines + 1, blank = blank + 1; PRAGMA wal_checkpoint(TRUNCATE)")
    for name in try FileManager.default.contentsOfDirectory(atPath: scratch.path) where name != "s.sqlite" {
      try FileManager.default.removeItem(atPath: scratch.path + "/" + name)
    }
    let damaged = try files(of: scratch.path)
    let outcome = try run(["doctor"] + quickstart(scratch))
    #expect(outcome.status == 3, "\(outcome.output)")
    #expect(outcome.output.contains("problem  store"), "\(outcome.output)")
    #expect(outcome.output.contains("is damaged: what it keeps of "))
    #expect(try files(of: scratch.path) == damaged)
  }

  /// Whoever wrote the configuration did so before now.
  @Test func aClockBehindTheConfigurationIsAProblem() throws {
    let scratch = try Scratch()
    let config = try scratch.write("tenure.yaml", "routing-logs: [a]\n")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 32_503_680_000)], ofItemAtPath: config)
    let outcome = try doctor("--config", config, environment: ["TENURE_TODAY": ""])
    #expect(outcome.output.contains("problem  clock"), "\(outcome.output)")
    #expect(outcome.status == 3)
  }

  @Test func aPeriodThatHasNotEndedIsANote() throws {
    let scratch = try Scratch()
    let outcome = try run(["doctor"] + quickstart(scratch, "--period", "2026-Q4"))
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("note     period          2026-Q4 has not ended"))
  }
}
