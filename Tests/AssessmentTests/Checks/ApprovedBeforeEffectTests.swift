import EvidenceModel
import TestSupport
import Testing

@Suite struct ApprovedBeforeEffectTests {
  private func ask(_ approved: String?) throws -> CheckOutcome {
    var change = version("v2", from: "2026-07-10", [.allow("r", priority: 20)])
    change.approvedAt = approved.map { at($0) }
    return try AssessmentTests.ask(
      "RG-CHG-02", [], records([version("v1", from: "2026-01-01", [.allow("r")]), change]))
  }

  @Test func passesWhenApprovalCameFirst() throws {
    expect(try ask("2026-07-09T23:59:59.999999Z"), .pass, of: 1)
  }

  @Test func failsWhenApprovalCameWithEffect() throws {
    let outcome = try ask("2026-07-10")
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(
      outcome.findings.first?.summary
        == "Version v2 took effect at 2026-07-10T00:00:00Z and was approved at 2026-07-10T00:00:00Z; it changed 1 rule."
    )
  }

  @Test func failsWhenApprovalCameLater() throws {
    expect(try ask("2026-07-11"), .fail, of: 1, exceptions: 1)
  }

  @Test func cannotTellWithoutATimeOfApproval() throws {
    let outcome = try ask(nil)
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["the time of each approval"])
    #expect(
      outcome.findings.first?.summary == "Version v2 has no time of approval on record; it changed 1 rule.")
  }

  @Test func doesNotApplyWithoutAChange() throws {
    expect(try AssessmentTests.ask("RG-CHG-02", [DecisionLine()], policy([.allow("r")])), .notApplicable, of: 0)
  }
}
