import EvidenceModel
import TestSupport
import Testing

@Suite struct RecordsAreCompleteTests {
  private let complete = DecisionLine.with {
    $0.deployment = "eu-1"
    $0.ruleID = "r"
  }

  private func ask(_ lines: [DecisionLine], then rest: [String] = []) throws -> CheckOutcome {
    try AssessmentTests.ask("RG-LOG-02", facts(lines, policy([.allow("r")]), then: rest))
  }

  @Test func passesWhenAllFourFieldsAreThere() throws {
    expect(try ask([complete]), .pass, of: 4)
  }

  @Test func failsForEachEmptyField() throws {
    let outcome = try ask([complete, DecisionLine()])
    expect(outcome, .fail, of: 8, exceptions: 2)
    #expect(
      outcome.findings.map(\.summary) == [
        "deployment is empty in 1 of 2 records.", "rule_id is empty in 1 of 2 records.",
      ])
  }

  @Test func failsForAllFourFieldsOfAMalformedLine() throws {
    let outcome = try ask([complete], then: ["no JSON"])
    expect(outcome, .fail, of: 8, exceptions: 4)
    #expect(
      outcome.findings.first?.summary == "1 of 2 records are malformed and could not be judged.")
  }

  @Test func blankLinesAreNoRecords() throws {
    expect(try ask([complete], then: ["", " \t"]), .pass, of: 4)
  }

  @Test func doesNotApplyWithoutRecords() throws {
    let outcome = try ask([])
    expect(outcome, .notApplicable, of: 0)
    #expect(outcome.why == "No record was read.")
  }
}
