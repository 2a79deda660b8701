import EvidenceModel
import TestSupport
import Testing

@Suite struct SomeoneElseApprovedTests {
  /// A version of July by ada that adds a rule and moves another, approved on the 9th.
  private func changed(by approvers: [String], stated: Bool = true, from: String = "2026-07-10") -> Records {
    var change = version("v2", from: from, [.allow("r", priority: 20), .allow("s", priority: 30)])
    change.author = "ada"
    change.approvedBy = approvers
    change.approvedAt = at("2026-07-09")
    change.statesApprovals = stated
    return records([version("v1", from: "2026-01-01", [.allow("r")]), change])
  }

  private func ask(by approvers: [String], stated: Bool = true, from: String = "2026-07-10") throws -> CheckOutcome {
    try AssessmentTests.ask("RG-CHG-01", [], changed(by: approvers, stated: stated, from: from))
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
    // Both allow the same, so neither the new rule nor the other place of the old one is looser.
    #expect(finding.details == ["Rules: r, s"])
    expect(try ask(by: [""]), .fail, of: 2, exceptions: 2)
  }

  @Test func failsWhenOnlyTheAuthorApproved() throws {
    let outcome = try ask(by: ["ada"])
    expect(outcome, .fail, of: 2, exceptions: 2)
    #expect(
      outcome.findings.first?.summary == "Version v2 was approved only by its author, ada; it changed 2 rules.")
  }

  @Test func failsWhenTheAuthorApprovedUnderAnotherSpelling() throws {
    let outcome = try AssessmentTests.ask(
      "RG-CHG-01", [], changed(by: ["Ada <ada@example.com>"]).knowing("Ada <ada@example.com>", as: "ada"))
    expect(outcome, .fail, of: 2, exceptions: 2)
  }

  @Test func anApproverWhoHadLeftDoesNotCount() throws {
    func left(_ day: String) throws -> CheckOutcome {
      let people = [Person(owner: "bob", team: "t", leftAt: at(day))]
      return try AssessmentTests.ask("RG-CHG-01", [], changed(by: ["bob"]).knowing("b", as: "bob", people: people))
    }
    let outcome = try left("2026-07-09")
    expect(outcome, .fail, of: 2, exceptions: 2)
    #expect(
      outcome.findings.first?.summary
        == "Version v2 was approved at 2026-07-09T00:00:00Z only by those who could not then: bob had left; it changed 2 rules."
    )
    expect(try left("2026-07-09T00:00:00.000001Z"), .pass, of: 2)
  }

  @Test func anApproverWhoseRightHadEndedDoesNotCount() throws {
    func until(_ day: String?, identity: String = "bob") throws -> CheckOutcome {
      try AssessmentTests.ask(
        "RG-CHG-01", [],
        changed(by: ["bob"]).keeping {
          $0.writers = [
            PolicyWriter(identity: identity, from: at("2026-01-01"), to: day.map { at($0) }, place: place())
          ]
        })
    }
    expect(try until("2026-07-09"), .fail, of: 2, exceptions: 2)
    expect(try until("2026-07-09T00:00:00.000001Z"), .pass, of: 2)
    expect(try until(nil), .pass, of: 2)
    // The register of writers says nothing of people who only approve.
    expect(try until("2026-02-01", identity: "cyd"), .pass, of: 2)
  }

  @Test func saysWhichRuleBecameLooserWithoutASecondPerson() throws {
    var change = version("v2", from: "2026-07-10", [.escalate("r", places: ["eu", "us"]), .block("s")])
    change.statesApprovals = true
    let outcome = try AssessmentTests.ask(
      "RG-CHG-01", [],
      records([
        version("v1", from: "2026-01-01", [.escalate("r", places: ["eu"]), .escalate("s"), .block("t")]), change,
      ]))
    #expect(
      outcome.findings.first?.details == [
        "Rules: r, s, t", "Rule r changed, looser than before: allowed-jurisdictions from eu to eu|us.",
      ])
  }

  @Test func cannotTellWhoElseApprovedWithoutAnAuthor() throws {
    var change = version("v2", from: "2026-07-10", [.allow("r"), .allow("s")])
    change.approvedBy = ["bob"]
    change.statesApprovals = true
    change.author = nil
    let outcome = try AssessmentTests.ask(
      "RG-CHG-01", [], records([version("v1", from: "2026-01-01", [.allow("r")]), change]))
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["the author of each policy version"])
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
