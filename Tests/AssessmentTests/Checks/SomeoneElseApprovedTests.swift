import EvidenceModel
import TestSupport
import Testing

@Suite struct SomeoneElseApprovedTests {
  private func ask(
    by approvers: [String], stated: Bool = true, from: String = "2026-07-10"
  ) throws -> CheckOutcome {
    var change = version("v2", from: from, [.allow("r", priority: 20), .allow("s", priority: 30)])
    change.author = "ada"
    change.approvedBy = approvers
    change.statesApprovals = stated
    return try AssessmentTests.ask(
      "RG-CHG-01", [], records([version("v1", from: "2026-01-01", [.allow("r")]), change]))
  }

  @Test func passesWhenSomebodyElseApproved() throws {
    expect(try ask(by: ["bob"]), .pass, of: 2)
    expect(try ask(by: ["ada", "bob"]), .pass, of: 2)
  }

  @Test func failsWhenNobodyApproved() throws {
    let outcome = try ask(by: [])
    expect(outcome, .fail, of: 2, exceptions: 2)
    let finding = try #require(outcome.findings.first)
    #expect(finding.summary == "Version v2 names no approver; it changed 2 rules.")
    #expect(finding.details == ["Rules: r, s"])
  }

  @Test func failsWhenOnlyTheAuthorApproved() throws {
    let outcome = try ask(by: ["ada"])
    expect(outcome, .fail, of: 2, exceptions: 2)
    #expect(
      outcome.findings.first?.summary == "Version v2 was approved only by its author, ada; it changed 2 rules.")
  }

  @Test func cannotTellWhereTheSourceHoldsNoApprovals() throws {
    let outcome = try ask(by: [], stated: false)
    expect(outcome, .cannotTell, of: 2, cannotTell: 2)
    #expect(outcome.missingRecords == ["approvals of policy changes, such as a pull-request export"])
    #expect(
      outcome.findings.first?.summary
        == "Version v2 comes from a source that holds no approvals; it changed 2 rules.")
  }

  @Test func asksOnlyOfChangesInThePeriod() throws {
    expect(try ask(by: [], from: "2026-08-01"), .notApplicable, of: 0)
    expect(try ask(by: [], from: "2026-06-30T23:59:59.999999Z"), .notApplicable, of: 0)
    expect(try ask(by: [], from: "2026-07-01"), .fail, of: 2, exceptions: 2)
  }

  @Test func doesNotApplyToAVersionThatChangesNothing() throws {
    let same = [version("v1", from: "2026-01-01", [.allow("r")]), version("v2", from: "2026-07-10", [.allow("r")])]
    let outcome = try AssessmentTests.ask("RG-CHG-01", [], records(same))
    expect(outcome, .notApplicable, of: 0)
    #expect(outcome.why == "No version that changes a rule took effect in the period.")
  }
}
