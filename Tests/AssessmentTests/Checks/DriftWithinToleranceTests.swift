import EvidenceModel
import TestSupport
import Testing

@Suite struct DriftWithinToleranceTests {
  /// Decisions of one week, by the model that answered.
  private func week(_ monday: String, _ models: KeyValuePairs<String, Int>, rule: String = "r") -> [DecisionLine] {
    models.flatMap { model, n in
      (0..<n).map { index in
        DecisionLine.with {
          $0.ts = monday + "T0\(index % 10):00:00Z"
          $0.served = model
          $0.agent = rule
        }
      }
    }
  }

  private func ask(_ lines: [DecisionLine], band: String? = "0.1", minimum: String = "10") throws -> CheckOutcome {
    var parameters = ["minimum-n": minimum]
    parameters["band"] = band
    let rules: [Rule] = [.allow("r", agent: "r"), .allow("s", agent: "s")]
    return try AssessmentTests.ask("RG-DRF-01", facts(lines, policy(rules), parameters: ["RG-DRF-01": parameters]))
  }

  @Test func passesWhenTheSharesStay() throws {
    let outcome = try ask(
      week("2026-07-06", ["small": 8, "peer": 2]) + week("2026-07-13", ["small": 16, "peer": 4])
        + week("2026-07-20", ["small": 8, "peer": 2]))
    expect(outcome, .pass, of: 2)
  }

  @Test func failsWhenAWeekLiesOutsideTheBand() throws {
    let outcome = try ask(
      week("2026-07-06", ["small": 10]) + week("2026-07-13", ["small": 8, "peer": 2])
        + week("2026-07-20", ["peer": 10]) + week("2026-07-27", ["small": 10]))
    expect(outcome, .fail, of: 3, exceptions: 2)
    let finding = try #require(outcome.findings.first)
    #expect(
      finding.summary == "2 of 3 weeks lie more than 0.100 from the baseline; the furthest by 1.000.")
    #expect(
      finding.details == [
        "Week of 2026-07-13, version v1: 0.200 away from the week of 2026-07-06.",
        "Week of 2026-07-20, version v1: 1.000 away from the week of 2026-07-06.",
      ])
  }

  @Test func distanceIsHalfTheSumOfTheDifferences() throws {
    let outcome = try ask(
      week("2026-07-06", ["small": 5, "peer": 3, "large": 2])
        + week("2026-07-13", ["small": 2, "peer": 3, "large": 3, "huge": 2]))
    #expect(
      outcome.findings.first?.details == [
        "Week of 2026-07-13, version v1: 0.300 away from the week of 2026-07-06."
      ])
  }

  @Test func aWeekRunsFromMondayToSunday() throws {
    // 12 July is the Sunday of the baseline's week.
    let outcome = try ask(
      week("2026-07-06", ["small": 5]) + week("2026-07-12", ["small": 5]) + week("2026-07-13", ["small": 10]))
    expect(outcome, .pass, of: 1)
  }

  @Test func eachRuleHasItsOwnBaseline() throws {
    let outcome = try ask(
      week("2026-07-06", ["small": 10]) + week("2026-07-13", ["small": 10])
        + week("2026-07-06", ["peer": 10], rule: "s") + week("2026-07-13", ["small": 10], rule: "s"))
    expect(outcome, .fail, of: 2, exceptions: 1)
    #expect(outcome.findings.map(\.subject) == ["s"])
  }

  @Test func aDistanceOfExactlyTheBandIsInside() throws {
    let lines = week("2026-07-06", ["small": 8, "peer": 2]) + week("2026-07-13", ["small": 7, "peer": 3])
    expect(try ask(lines), .pass, of: 1)
  }

  @Test func weeksWithFewDecisionsAreNotCompared() throws {
    let outcome = try ask(
      week("2026-07-06", ["small": 10]) + week("2026-07-13", ["peer": 9]) + week("2026-07-20", ["small": 10]))
    expect(outcome, .pass, of: 1)
  }

  @Test func cannotTellWithoutASecondWeek() throws {
    let outcome = try ask(week("2026-07-06", ["small": 10]))
    expect(outcome, .cannotTell, of: 0)
    #expect(
      outcome.missingRecords == ["two weeks with at least 10 served decisions under one rule and version"])
  }

  @Test func cannotTellWithoutABand() throws {
    let outcome = try ask(week("2026-07-06", ["small": 10]) + week("2026-07-13", ["peer": 10]), band: nil)
    expect(outcome, .cannotTell, of: 0)
    #expect(
      outcome.missingRecords == ["the tolerated band, as parameters: RG-DRF-01: band in the configuration"])
  }
}
