import EvidenceModel
import TestSupport
import Testing

@Suite struct VersionAtEveryDecisionTests {
  private let since10 = records([version("v1", from: "2026-07-10", [.allow("r")])])

  @Test func passesFromTheInstantOfTheFirstVersionOn() throws {
    expect(try ask("RG-POL-01", [.with { $0.ts = "2026-07-10T00:00:00Z" }], since10), .pass, of: 1)
  }

  @Test func failsForADecisionBeforeTheFirstVersion() throws {
    let outcome = try ask(
      "RG-POL-01", [.with { $0.ts = "2026-07-09T23:59:59.999999Z" }, DecisionLine()], since10)
    expect(outcome, .fail, of: 2, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(finding.subjectKind == .period)
    #expect(finding.subject == "2026-07")
    #expect(finding.summary == "1 of 1 decisions were taken before any policy version was in force.")
    #expect(finding.decisions == DecisionFilter(rule: "-", classes: [.noPolicy]))
  }

  @Test func doesNotDependOnWhichRuleApplied() throws {
    expect(
      try ask("RG-POL-01", [.withoutAgent], policy(behindRuleForAgent(.allow("r")))), .pass, of: 1)
  }

  @Test func doesNotApplyWithoutDecisions() throws {
    expect(try ask("RG-POL-01", [], since10), .notApplicable, of: 0)
  }
}
