import Foundation
import Testing

/// The smaller examples, each of which tells the story of its README.
struct ExampleStoryTests {
  private func run(_ name: String) throws -> (outcome: Program.Outcome, exceptions: [String], scratch: Scratch) {
    let scratch = try Scratch()
    let outcome = try Program.tenure(
      "run", "--config", Program.root + "/examples/\(name)/tenure.yaml", "--out", scratch.path, "--store",
      scratch.path + "/tenure.sqlite")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try Program.tenure("verify", outcome.lastLine).status == 0)
    let exceptions = try String(contentsOfFile: outcome.lastLine + "/data/exceptions.csv", encoding: .utf8)
    return (outcome, exceptions.split(separator: "\n").map(String.init), scratch)
  }

  @Test func tracesAreReadAsARoutingLog() throws {
    let (outcome, exceptions, _) = try run("otlp")
    #expect(outcome.output.contains("37 = 0 blank + 1 malformed + 1 out of period + 35 judged"))
    #expect(
      exceptions == [
        "resp-0027,implicit_escalation", "resp-0035,drift_not_escalated", "resp-0059,jurisdiction_violation",
        "resp-0092,implicit_escalation", "resp-0112,jurisdiction_violation",
      ])
  }

  @Test func recordsOfOpenRouterAreReadInThreeShapes() throws {
    let (outcome, exceptions, _) = try run("openrouter")
    #expect(outcome.output.contains("33 = 0 blank + 1 malformed + 0 out of period + 32 judged"))
    #expect(
      exceptions == [
        "gen-0005,implicit_escalation", "gen-0006,silent_substitution", "gen-0007,drift_not_escalated",
        "gen-0016,silent_substitution", "gen-0020,over_blocked", "gen-0029,silent_substitution",
        "req-0026,over_blocked",
      ])
  }
}

/// Independent totals in a configuration.
struct TotalsOfNothingTests {
  @Test func aTotalThatCoversNoLogIsToldOf() throws {
    let scratch = try Scratch()
    let example = Program.root + "/examples/openrouter"
    let configuration = try String(contentsOfFile: example + "/tenure.yaml", encoding: .utf8)
      .replacingOccurrences(of: "- path: activity.json", with: "- {path: activity.json, covers: nowhere/*}")
    try FileManager.default.copyItem(atPath: example, toPath: scratch.path + "/example")
    try configuration.write(toFile: scratch.path + "/example/tenure.yaml", atomically: true, encoding: .utf8)
    let outcome = try Program.tenure(
      "run", "--config", scratch.path + "/example/tenure.yaml", "--out", scratch.path + "/out", "--store",
      scratch.path + "/tenure.sqlite")
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("no routing log of this run is under nowhere/*"))
  }
}
