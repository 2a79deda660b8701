import EvidenceModel
import TestSupport
import Testing

@Suite struct ChangeHasReasonAndTestTests {
  private static let id = "4f6c2a91d3be"

  private func ask(_ changes: [ChangeRecord]?, ticket: String? = nil) throws -> CheckOutcome {
    var change = version(Self.id, from: "2026-07-10", [.allow("r", priority: 20), .allow("s")])
    change.ticket = ticket
    change.note = "Raise the limit"
    return try AssessmentTests.ask(
      "RG-CHG-03", [],
      records([version("v1", from: "2026-01-01", [.allow("r")]), change]).keeping { $0.changes = changes })
  }

  private func record(
    _ version: String, reason: String = "cost", impact: String = "slower", test: String = "dry run",
    result: String = "as before"
  ) -> ChangeRecord {
    ChangeRecord(version: version, reason: reason, impact: impact, test: test, testResult: result, place: place())
  }

  @Test(arguments: [id, "4f6c2a9"])
  func passesWhenTheRecordHoldsAllParts(name: String) throws {
    expect(try ask([record(name)]), .pass, of: 2)
  }

  @Test func findsTheRecordByItsTicket() throws {
    expect(try ask([record("CHG-7")], ticket: "CHG-7"), .pass, of: 2)
  }

  @Test func partsMayStandInSeveralRecords() throws {
    expect(try ask([record(Self.id, reason: ""), record("CHG-7", test: "")], ticket: "CHG-7"), .pass, of: 2)
  }

  @Test func failsForEachMissingPart() throws {
    let outcome = try ask([record(Self.id, reason: "", impact: "  ", result: "")])
    expect(outcome, .fail, of: 2, exceptions: 2)
    #expect(
      outcome.findings.first?.summary
        == "Version 4f6c2a91d3be lacks a reason, what could go wrong, the test's result in the register of changes; it changed 2 rules."
    )
  }

  @Test(arguments: ["", "4f6c2a", "4f6c2a91d3bf", "CHG-8"])
  func failsWhenNoRecordIsAboutTheVersion(name: String) throws {
    let outcome = try ask([record(name)], ticket: "CHG-7")
    expect(outcome, .fail, of: 2, exceptions: 2)
    #expect(outcome.findings.first?.summary.contains("has no entry in the register of changes") == true)
  }

  @Test func firstLettersThatFitTwoVersionsNameNeither() throws {
    let versions = [
      version("release-1", from: "2026-07-02", [.allow("r")]), version("release-2", from: "2026-07-03", [.block("r")]),
    ]
    let outcome = try AssessmentTests.ask(
      "RG-CHG-03", [], records(versions).keeping { $0.changes = [record("release-"), record("release-2")] })
    expect(outcome, .fail, of: 2, exceptions: 1)
    #expect(outcome.findings.map(\.subject) == ["release-1"])
  }

  @Test func cannotTellWithoutTheRegister() throws {
    let outcome = try ask(nil)
    expect(outcome, .cannotTell, of: 2, cannotTell: 2)
    #expect(outcome.missingRecords == ["the register of changes (reason, impact, test, approved digest)"])
  }

  @Test func doesNotApplyWithoutAChange() throws {
    expect(
      try AssessmentTests.ask("RG-CHG-03", [], policy([.allow("r")]).keeping { $0.changes = [] }), .notApplicable, of: 0
    )
  }
}
