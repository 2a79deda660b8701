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
      finding.summary == "2 of 3 weeks lie further from the baseline than the band allows; the furthest by 1.000.")
    #expect(
      finding.details == [
        "Week of 2026-07-13, version v1: 0.200 away from the week of 2026-07-06, with a band of 0.100.",
        "Week of 2026-07-20, version v1: 1.000 away from the week of 2026-07-06, with a band of 0.100.",
      ])
  }

  @Test func distanceIsHalfTheSumOfTheDifferences() throws {
    let outcome = try ask(
      week("2026-07-06", ["small": 5, "peer": 3, "large": 2])
        + week("2026-07-13", ["small": 2, "peer": 3, "large": 3, "huge": 2]))
    #expect(
      outcome.findings.first?.details == [
        "Week of 2026-07-13, version v1: 0.300 away from the week of 2026-07-06, with a band of 0.100."
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
    #expect(outcome.missingRecords == ["two weeks with enough served decisions under one rule and version"])
  }

  @Test func cannotTellWithoutABand() throws {
    let outcome = try ask(week("2026-07-06", ["small": 10]) + week("2026-07-13", ["peer": 10]), band: nil)
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(
      outcome.missingRecords == [
        "the tolerated band of every rule, in the register of tolerances or as RG-DRF-01: band"
      ])
  }

  /// Two weeks that differ by 0.3.
  private func twoWeeks(_ registers: (inout Registers) -> Void) throws -> CheckOutcome {
    var records = policy([.allow("r", agent: "r")])
    registers(&records.registers)
    let lines = week("2026-07-06", ["small": 10]) + week("2026-07-13", ["small": 7, "peer": 3])
    return try AssessmentTests.ask(
      "RG-DRF-01", facts(lines, records, parameters: ["RG-DRF-01": ["minimum-n": "10", "band": "0.1"]]))
  }

  private func tolerance(_ band: Double, from: String, rules: String = "*", minimum: Int? = nil) -> Tolerance {
    Tolerance(
      rules: NamePattern(rules), band: band, minimum: minimum, from: at(from), setBy: "dana",
      place: RegisterPlace(source: "tolerances.csv", line: 2))
  }

  @Test func theRegisterOfTolerancesGoesBeforeTheConfiguration() throws {
    expect(try twoWeeks { $0.tolerances = [tolerance(0.5, from: "2026-07-01")] }, .pass, of: 1)
    expect(
      try twoWeeks { $0.tolerances = [tolerance(0.5, from: "2026-07-01", rules: "s")] }, .fail, of: 1, exceptions: 1)
  }

  @Test func theToleranceStatedLastBeforeTheWeekCounts() throws {
    let outcome = try twoWeeks {
      $0.tolerances = [
        tolerance(0.2, from: "2026-07-13"), tolerance(0.5, from: "2026-07-01"), tolerance(0.9, from: "2026-07-14"),
      ]
    }
    expect(outcome, .fail, of: 1, exceptions: 1)
  }

  @Test(arguments: [("2026-07-13", true), ("2026-08-02", true), ("2026-08-03", false), ("2026-07-12", false)])
  func aReviewThatSaysWhyExplainsAWeek(day: String, explains: Bool) throws {
    let outcome = try twoWeeks {
      $0.reviews = [
        Review(
          rules: NamePattern("r"), reviewedAt: at(day), reviewer: "dana", result: "peer took over the night load",
          place: RegisterPlace(source: "reviews.csv", line: 2))
      ]
    }
    expect(outcome, explains ? .pass : .fail, of: 1, exceptions: explains ? 0 : 1)
  }

  @Test func aReviewWithoutAResultExplainsNothing() throws {
    let outcome = try twoWeeks {
      $0.reviews = [
        Review(
          rules: NamePattern("*"), reviewedAt: at("2026-07-14"), reviewer: "dana", result: "",
          place: RegisterPlace(source: "reviews.csv", line: 2))
      ]
    }
    expect(outcome, .fail, of: 1, exceptions: 1)
  }
}
