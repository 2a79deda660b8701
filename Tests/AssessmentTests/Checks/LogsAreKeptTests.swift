import EvidenceModel
import TestSupport
import Testing

@Suite struct LogsAreKeptTests {
  private func ask(
    _ retention: [LogRetention]?, from first: String = "2026-07-05T00:00:00Z", days: String = "30"
  ) throws -> CheckOutcome {
    let records = policy([.allow("r")]).keeping { $0.retention = retention }
    return try AssessmentTests.ask(
      "RG-LOG-04", facts([.with { $0.ts = first }], records, parameters: ["RG-LOG-04": ["min-retention-days": days]]))
  }

  private func entry(
    _ oldest: String, checked: String = "2026-07-31", logs: String = "*", deleted: String? = nil, schedule: String = ""
  ) -> LogRetention {
    LogRetention(
      logs: NamePattern(logs), oldestAt: at(oldest), checkedAt: at(checked), checkedBy: "dana",
      deletedBefore: deleted.map { at($0) }, schedule: schedule, place: place())
  }

  @Test func passesWhenTheLogReachesBackFarEnough() throws {
    expect(try ask([entry("2026-07-01")]), .pass, of: 1)
    expect(try ask([entry("2026-07-01", logs: "log.jsonl")]), .pass, of: 1)
    expect(try ask([entry("2026-06-01", deleted: "2026-06-01", schedule: "every 60 days")]), .pass, of: 1)
    expect(try ask([entry("2026-07-01", deleted: "2026-07-01", schedule: "every 30 days")]), .pass, of: 1)
  }

  @Test func failsWhenTheOldestRecordIsTooYoung() throws {
    let outcome = try ask([entry("2026-07-01T00:00:00.000001Z")])
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(
      outcome.findings.first?.summary
        == "The log log.jsonl reached back to 2026-07-01T00:00:00.000001Z when checked at 2026-07-31T00:00:00Z, less than 30 days."
    )
  }

  @Test func failsForDeletionOutsideASchedule() throws {
    let outcome = try ask([entry("2026-06-01", deleted: "2026-06-01", schedule: " ")])
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(
      outcome.findings.first?.details
        == ["It lost its records before 2026-06-01T00:00:00Z without a schedule (register.csv:2)."])
  }

  @Test func failsForDeletionBeforeItsTime() throws {
    // A part of the store was deleted though the oldest record is old enough.
    expect(
      try ask([entry("2026-06-01", deleted: "2026-07-01T00:00:00.000001Z", schedule: "weekly")]), .fail, of: 1,
      exceptions: 1)
  }

  @Test func everyEntryOfThePeriodCounts() throws {
    expect(try ask([entry("2026-06-01"), entry("2026-07-20")]), .fail, of: 1, exceptions: 1)
  }

  @Test func theLogsThemselvesMayReachBack() throws {
    expect(try ask(nil, from: "2026-07-02T00:00:00Z"), .pass, of: 1)
    expect(try ask([], from: "2026-07-02T00:00:00Z"), .pass, of: 1)
    expect(try ask(nil, from: "2026-07-02T00:00:00.000001Z"), .cannotTell, of: 1, cannotTell: 1)
  }

  @Test func cannotTellWithoutAnEntryAboutTheLog() throws {
    for entries in [nil, [], [entry("2026-01-01", logs: "other.jsonl")], [entry("2026-01-01", checked: "2026-06-30")]] {
      let outcome = try ask(entries)
      expect(outcome, .cannotTell, of: 1, cannotTell: 1)
      #expect(outcome.missingRecords == ["the register of log retention"])
    }
  }

  @Test func aNumberOfDaysBeyondAllTimeIsBounded() throws {
    expect(try ask([entry("2026-07-01")], days: "1e300"), .fail, of: 1, exceptions: 1)
  }
}
