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

  /// A change of 10 July by ada, which the register of changes calls an emergency.
  private func emergency(
    reviewed: String?, by reviewer: String? = "bob", approved: String? = nil, effective: String = "2026-07-10",
    days: String = "5"
  ) throws -> CheckOutcome {
    var change = version("v2", from: effective, [.allow("r", priority: 20)])
    change.author = "ada"
    change.approvedAt = approved.map { at($0) }
    let records = records([version("v1", from: "2026-01-01", [.allow("r")]), change]).keeping {
      $0.changes = [
        ChangeRecord(
          version: "v2", isEmergency: true, reviewedAt: reviewed.map { at($0) }, reviewedBy: reviewer, place: place())
      ]
    }
    return try AssessmentTests.ask(
      "RG-CHG-02", facts([], records, parameters: ["RG-CHG-02": ["emergency-review-days": days]]))
  }

  @Test func anEmergencyHoldsWhenSomebodyElseReviewedItInTime() throws {
    expect(try emergency(reviewed: "2026-07-11"), .pass, of: 1)
    expect(try emergency(reviewed: "2026-07-15"), .pass, of: 1)
    // Exactly the day counts; a microsecond later does not.
    let late = try emergency(reviewed: "2026-07-15T00:00:00.000001Z")
    expect(late, .fail, of: 1, exceptions: 1)
    #expect(late.findings.first?.summary.contains("later than 5 days after") == true)
    expect(try emergency(reviewed: "2026-07-12", days: "1"), .fail, of: 1, exceptions: 1)
  }

  @Test func anEmergencyFailsWithoutAReviewBySomebodyElse() throws {
    expect(try emergency(reviewed: nil), .fail, of: 1, exceptions: 1)
    expect(try emergency(reviewed: nil, approved: "2026-07-09"), .fail, of: 1, exceptions: 1)
    let own = try emergency(reviewed: "2026-07-11", by: "ada")
    expect(own, .fail, of: 1, exceptions: 1)
    #expect(
      own.findings.first?.summary
        == "Version v2 is an emergency change of 2026-07-10T00:00:00Z, and was reviewed only by its author, ada; it changed 1 rule."
    )
    expect(try emergency(reviewed: "2026-07-11", by: nil), .fail, of: 1, exceptions: 1)
  }

  @Test func anEmergencyWhoseReviewIsNotDueCannotBeTold() throws {
    let outcome = try emergency(reviewed: nil, effective: "2026-07-27")
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["the register of changes (reason, impact, test, approved digest)"])
    expect(try emergency(reviewed: nil, effective: "2026-07-26T23:59:59Z"), .fail, of: 1, exceptions: 1)
  }

  @Test(arguments: ["-3", "nan", "soon"])
  func aNumberOfDaysThatIsNoneLeavesTheDefault(days: String) throws {
    expect(try emergency(reviewed: "2026-07-15", days: days), .pass, of: 1)
    expect(try emergency(reviewed: "2026-07-16", days: days), .fail, of: 1, exceptions: 1)
  }

  @Test func aNumberOfDaysBeyondAllTimeIsBounded() throws {
    expect(try emergency(reviewed: nil, days: "1e300"), .cannotTell, of: 1, cannotTell: 1)
  }
}
