import EvidenceModel
import TestSupport
import Testing

@Suite struct NothingGoesRoundTests {
  /// So many decisions on the first of July, and totals by day.
  private func ask(
    _ recorded: Int, _ totals: [(day: String, model: String, requests: Int64)], tolerance: String = "0.1",
    others: [DecisionLine] = [], covering logs: String? = nil
  ) throws -> CheckOutcome {
    let lines = (0..<recorded).map { _ in DecisionLine.with { $0.ts = "2026-07-01T10:00:00Z" } }
    let rows = try totals.enumerated().map { index, total in
      ControlTotal(
        day: try #require(CivilDay.parse(total.day)), model: total.model, requests: total.requests, line: index + 2)
    }
    return try AssessmentTests.ask(
      "RG-BYP-01",
      facts(
        lines + others, policy([.allow("r")]), parameters: ["RG-BYP-01": ["tolerance": tolerance]], total: rows,
        covering: logs))
  }

  @Test func passesUpToTheTolerance() throws {
    expect(try ask(10, [("2026-07-01", "small", 11)]), .pass, of: 1)
  }

  @Test func failsBeyondTheTolerance() throws {
    let outcome = try ask(10, [("2026-07-01", "small", 12)])
    expect(outcome, .fail, of: 1, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(
      finding.summary
        == "On 1 of 1 days total.csv states more requests than the router recorded, by more than 0.100 of them.")
    #expect(finding.details == ["2026-07-01, small: 12 stated, 10 recorded."])
  }

  @Test func fewerThanRecordedIsNoBypass() throws {
    expect(try ask(10, [("2026-07-01", "small", 1)]), .pass, of: 1)
  }

  @Test func oneModelDoesNotMakeUpForAnother() throws {
    expect(try ask(10, [("2026-07-01", "small", 5), ("2026-07-01", "large", 5)]), .fail, of: 1, exceptions: 1)
  }

  @Test func aTotalOfSomeLogsShowsABypassAndNeverThatThereWasNone() throws {
    expect(try ask(10, [("2026-07-01", "small", 12)], covering: "log.jsonl"), .fail, of: 1, exceptions: 1)
    expect(try ask(10, [("2026-07-01", "small", 10)], covering: "log.jsonl"), .cannotTell, of: 1, cannotTell: 1)
  }

  @Test func useOnADayWithoutARecordIsABypass() throws {
    expect(
      try ask(10, [("2026-07-01", "small", 10), ("2026-07-02", "small", 1)]), .fail, of: 2, exceptions: 1)
  }

  @Test func daysThatNoTotalSpeaksAboutCannotBeTold() throws {
    let later = DecisionLine.with { $0.ts = "2026-07-09T10:00:00Z" }
    let outcome = try ask(10, [("2026-07-01", "small", 10)], others: [later])
    expect(outcome, .cannotTell, of: 2, cannotTell: 1)
    #expect(outcome.missingRecords == ["an independent total of the provider, such as billing or egress"])
  }

  @Test func cannotTellWithoutATotal() throws {
    let outcome = try ask(10, [])
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["an independent total of the provider, such as billing or egress"])
  }

  @Test func theGreatestNumberThatARowMayHoldDoesNoHarm() throws {
    expect(
      try ask(1, [("2026-07-01", "small", .max), ("2026-07-01", "small", .max)]), .fail, of: 1, exceptions: 1)
  }

  @Test func aToleranceThatIsNoNumberLeavesTheDefault() throws {
    for tolerance in ["nan", "inf", "much"] {
      expect(try ask(10, [("2026-07-01", "small", 11)], tolerance: tolerance), .fail, of: 1, exceptions: 1)
    }
  }
}
