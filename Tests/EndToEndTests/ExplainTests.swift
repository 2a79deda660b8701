import Foundation
import Testing

/// `tenure explain` of everything but a request.
@Suite struct ExplainTests {
  /// Outside of a folder with a configuration.
  private func explain(_ name: String) throws -> Program.Outcome {
    let scratch = try Scratch()
    return try Program.tenure("explain", name, in: scratch.path)
  }

  @Test func aCheckIsExplainedWithoutAConfiguration() throws {
    let outcome = try explain("RG-EXC-01")
    #expect(outcome.status == 0)
    for part in [
      "Check RG-EXC-01: Every override has an approver, a reason and an end", "  asks         ", "  method       ",
      "  population   accepted exceptions of the period", "  cannot show  ",
      "  reads        the register of accepted exceptions; ", "  parameter    max-days: 30 (default of the mapping)",
    ] { #expect(outcome.output.contains(part), "\(part)") }
  }

  @Test func aCheckNamesItsControlsWithRelationAndReviewState() throws {
    let outcome = try explain("RG-ESC-02")
    #expect(outcome.output.contains("  counts       decisions of class drift_not_escalated\n"))
    #expect(outcome.output.contains("  evidence for (mapping in review state: draft)\n"))
    #expect(
      outcome.output.contains(
        "    ASI02 Tool Misuse and Exploitation (OWASP ASI Top 10 2026): intersects-with, detects. "))
  }

  @Test func aNumberFromTheConfigurationSaysSo() throws {
    let outcome = try Program.tenure("explain", "RG-DRF-01", "--config", Quickstart.config)
    #expect(outcome.output.contains("  parameter    band: 0.25 (stated in the configuration)\n"))
  }

  @Test(arguments: ["ASI02", "OWASP Agentic AI Top 10 | A2"])
  func aControlIsExplainedUnderAnySpelling(name: String) throws {
    let outcome = try explain(name)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("Control ASI02: Tool Misuse and Exploitation\n"))
    #expect(outcome.output.contains("    RG-ESC-03 Tool-using and side-effecting requests follow their rule: "))
    #expect(outcome.output.contains("reads-as") == (name != "ASI02"))
  }

  @Test func aCitationThatNamesNothingSaysWhy() throws {
    let outcome = try explain("ASI11")
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("ASI11: not-an-id. "))
  }

  @Test(arguments: ["drift_not_escalated", "compliant"])
  func aClassIsExplained(name: String) throws {
    try expectGolden("explain-\(name).txt", try explain(name).output)
  }

  @Test(arguments: ["cannot-tell", "pass", "out-of-scope", "register-empty", "not-json"])
  func aStateOrADiagnosticIsExplained(name: String) throws {
    let outcome = try explain(name)
    #expect(outcome.status == 0)
    try expectGolden("explain-\(name).txt", outcome.output)
  }

  @Test func aRuleIsExplainedByItsChangesAndOwners() throws {
    let outcome = try Program.tenure("explain", "pii-to-trusted", "--config", Quickstart.config)
    #expect(outcome.status == 0)
    try expectGolden("explain-pii-to-trusted.txt", outcome.output)
  }

  @Test func aNameOfNothingNeedsAConfigurationToLookFor() throws {
    let outcome = try explain("no-such-name")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("tenure.yaml"))
    let known = try Program.tenure("explain", "no-such-name", "--config", Quickstart.config)
    #expect(known.status == 1)
    #expect(known.errors.contains("no-such-name is no check, class, state, diagnostic, control or rule"))
  }
}
