import Assessment
import Assets
import EvidenceModel
import TestSupport
import Testing

@Suite struct ScopeDecisionTests {
  private func held(
    from: String? = nil, until: String?, control: String = "ASI02", window: (from: Instant, to: Instant)? = nil
  ) -> (isHeld: Bool, diagnostics: [String]) {
    let decision = ScopeDecision(
      control: control, decidedBy: "cyd", why: "No tools.", from: from.map { at($0) }, until: until.map { at($0) })
    let result = ScopeDecisions.holding(
      [decision], in: window ?? (at("2026-07-01"), at("2026-10-01")),
      library: MappingLibrary(.embedded, frameworks: .core))
    #expect(result.diagnostics.allSatisfy { $0.severity == .warning && !$0.nextStep.isEmpty })
    return (result.decisions == [decision], result.diagnostics.map(\.id))
  }

  @Test(arguments: ["2026-10-01", "2027-01-01"])
  func aDecisionThatCoversThePeriodHolds(until: String) {
    #expect(held(until: until) == (true, []))
  }

  @Test func aDecisionThatEndedBeforeThePeriodDoesNoLongerHolds() {
    #expect(held(until: "2026-09-30") == (false, ["scope-decision-ended"]))
  }

  @Test func aDecisionThatBeganInsideThePeriodDoesNotHoldYet() {
    #expect(held(from: "2026-07-01", until: "2027-01-01") == (true, []))
    #expect(held(from: "2026-07-02", until: "2027-01-01") == (false, ["scope-decision-began-later"]))
  }

  @Test func aDecisionWithoutAnEndHolds() {
    #expect(held(until: nil) == (true, []))
  }

  @Test func aDecisionOnNoControlIsTold() {
    #expect(held(until: "2027-01-01", control: "ASI99") == (true, ["scope-unknown-control"]))
  }

  @Test func theControlSaysUntilWhen() throws {
    let coverage = Coverage(
      MappingLibrary(.embedded, frameworks: .core), frameworks: ["owasp-asi-2026"], outcomes: [],
      outOfScope: [ScopeDecision(control: "ASI02", decidedBy: "cyd", why: "No tools.", until: at("2027-01-01"))])
    let control = try #require(coverage.assessments["owasp-asi-2026"]?.first { $0.control.id == "ASI02" })
    #expect(control.state == .outOfScope)
    #expect(control.why == "cyd decided that it is out of scope until 2027-01-01: No tools.")
  }
}
