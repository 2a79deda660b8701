import Assessment
import EvidenceModel
import TestSupport
import Testing

@Suite struct LogHasNoHolesTests {
  private func facts(
    _ instants: [String], holeHours: Int, from: String = "2026-07-01", to: String = "2026-07-02"
  ) throws -> AssessmentFacts {
    try AssessmentTests.facts(
      instants.map { ts in .with { $0.ts = ts } }, policy([.allow("r")]),
      period: Period(name: "\(from)/\(to)", from: at(from), to: at(to)), holeHours: holeHours)
  }

  /// `hours from to` of each hole.
  private func holes(
    _ instants: [String], holeHours: Int, from: String = "2026-07-01", to: String = "2026-07-02"
  ) throws -> [String] {
    try facts(instants, holeHours: holeHours, from: from, to: to).holes.map { "\($0.hours) \($0.from) \($0.to)" }
  }

  @Test func thousandsOfYearsAreCountedAndNotGoneThrough() throws {
    let outcome = try ask(
      "RG-LOG-01", facts(["2026-07-01T12:00:00Z"], holeHours: 24, from: "0001-01-01", to: "9999-01-01"))
    #expect(outcome.result == .fail)
    #expect(outcome.exceptions == outcome.population - 1)
    #expect(outcome.cannotTell == 1)
  }

  @Test func cannotTellEvenWithoutAHole() throws {
    let outcome = try ask("RG-LOG-01", facts(["2026-07-01T12:00:00Z"], holeHours: 24))
    expect(outcome, .cannotTell, of: 24, cannotTell: 24)
    #expect(
      outcome.missingRecords == [
        "sequence numbers in the log, or an independent count such as the provider's bill"
      ])
  }

  /// The first of July with two records, and a total that states so many.
  private func stated(_ requests: Int64, covering logs: String? = nil) throws -> AssessmentFacts {
    try AssessmentTests.facts(
      [.with { $0.ts = "2026-07-01T01:00:00Z" }, .with { $0.ts = "2026-07-01T12:00:00Z" }], policy([.allow("r")]),
      period: Period(name: "day", from: at("2026-07-01"), to: at("2026-07-02")),
      total: [
        ControlTotal(day: try #require(CivilDay.parse("2026-07-01")), model: "small", requests: requests, line: 2)
      ], covering: logs)
  }

  @Test func holdsOnADayWhoseIndependentTotalAgrees() throws {
    expect(try ask("RG-LOG-01", stated(2)), .pass, of: 24)
  }

  @Test func aTotalOfSomeLogsMayShowALossAndNeverThatAllAreWhole() throws {
    expect(try ask("RG-LOG-01", stated(2, covering: "log.jsonl")), .cannotTell, of: 24, cannotTell: 24)
    expect(try ask("RG-LOG-01", stated(3, covering: "log.jsonl")), .fail, of: 24, exceptions: 24)
  }

  @Test func failsOnADayWhoseIndependentTotalDiffers() throws {
    let outcome = try ask("RG-LOG-01", stated(3))
    expect(outcome, .fail, of: 24, exceptions: 24)
    #expect(outcome.findings.map(\.details) == [["2026-07-01, small: 3 stated, 2 logged."]])
  }

  @Test func failsForAHole() throws {
    let outcome = try ask("RG-LOG-01", facts(["2026-07-01T00:30:00Z", "2026-07-01T12:00:00Z"], holeHours: 11))
    expect(outcome, .fail, of: 24, exceptions: 22, cannotTell: 2)
    let finding = try #require(outcome.findings.first)
    #expect(
      finding.summary == "No record for 11 hours, from 2026-07-01T01:00:00Z to 2026-07-01T12:00:00Z.")
    #expect(finding.subject == "2026-07-01T01:00:00Z/2026-07-01T12:00:00Z")
    #expect(
      finding.stretches == [
        Stretch(kind: .gap, from: at("2026-07-01T01:00:00Z"), to: at("2026-07-01T12:00:00Z"), owners: [])
      ])
  }

  @Test func aHoleReachesToBothEdgesOfThePeriod() throws {
    #expect(
      try holes(["2026-07-01T12:59:59.999999Z"], holeHours: 11) == [
        "12 2026-07-01T00:00:00Z 2026-07-01T12:00:00Z", "11 2026-07-01T13:00:00Z 2026-07-02T00:00:00Z",
      ])
  }

  @Test func fewerHoursThanToleratedAreNoHole() throws {
    #expect(
      try holes(["2026-07-01T12:00:00Z"], holeHours: 12) == ["12 2026-07-01T00:00:00Z 2026-07-01T12:00:00Z"])
    #expect(try holes(["2026-07-01T12:00:00Z"], holeHours: 13) == [])
  }

  @Test func recordsAtBothEdgesLeaveNoHole() throws {
    let everyHour = (0..<24).map { "2026-07-01T\($0 < 10 ? "0" : "")\($0):00:00Z" }
    #expect(try holes(everyHour, holeHours: 1) == [])
  }

  @Test func aPeriodThatStartsWithinAnHourAsksOfThatHourToo() throws {
    #expect(
      try holes(
        ["2026-07-01T02:00:00Z"], holeHours: 1, from: "2026-07-01T00:30:00Z", to: "2026-07-01T03:30:00Z") == [
          "2 2026-07-01T00:00:00Z 2026-07-01T02:00:00Z", "1 2026-07-01T03:00:00Z 2026-07-01T04:00:00Z",
        ])
  }

  @Test func withoutAPeriodOnlyTheTimeBetweenRecordsCounts() throws {
    let facts = try AssessmentTests.facts(
      [.with { $0.ts = "2026-07-01T00:00:00Z" }, .with { $0.ts = "2026-07-03T00:00:00Z" }], policy([.allow("r")]),
      period: .all)
    #expect(facts.holes.map(\.hours) == [47])
    expect(try ask("RG-LOG-01", facts), .fail, of: 49, exceptions: 47, cannotTell: 2)
  }

  @Test func aLogWithoutDecisionsIsNoHoleButNothingThatPasses() throws {
    let facts = try facts([], holeHours: 1)
    #expect(facts.holes.isEmpty)
    expect(try ask("RG-LOG-01", facts), .cannotTell, of: 24, cannotTell: 24)
  }
}
