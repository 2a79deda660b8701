import EvidenceModel
import Testing

struct RetentionTests {
  private static func instant(_ text: String) -> Instant { Instant(dateOrInstant: text) ?? Instant(microseconds: 0) }

  private func rule(_ text: String, _ beginning: RetentionRule.Beginning = .periodEnd) throws -> RetentionRule {
    try #require(RetentionRule(text, beginning: beginning))
  }

  @Test(arguments: [
    ("7 years", "2026-10-01", "2033-10-01"), ("1 year", "2024-02-29", "2025-02-28"),
    ("18 months", "2026-10-01", "2028-04-01"), ("3 months", "2025-11-30", "2026-02-28"),
    ("1 day", "2026-12-31", "2027-01-01"),
    ("400 days", "2026-10-01", "2027-11-05"),
  ])
  func timeCountsFromTheEndOfThePeriod(text: String, from: String, until: String) throws {
    #expect(try rule(text).end(ofRecordsTo: Self.instant(from)) == Self.instant(until))
  }

  @Test(arguments: [("2026-10-01", "2037-01-01"), ("2027-01-01", "2037-01-01"), ("2027-01-02", "2038-01-01")])
  func timeCountsFromTheEndOfTheYear(from: String, until: String) throws {
    #expect(try rule("10 years", .yearEnd).end(ofRecordsTo: Self.instant(from)) == Self.instant(until))
  }

  @Test(arguments: [
    "", "7", "years", "0 years", "-1 years", "7 Years", "seven years", "7 years 1 day", "1001 years",
    "99999999999999999999 days", "7.5 years", "٧ years", "7 weeks",
  ])
  func whatIsNoLengthOfTimeIsRefused(text: String) { #expect(RetentionRule(text) == nil) }

  // MARK: Verdicts

  private let quarter = Period(name: "2026-Q3", from: Self.instant("2026-07-01"), to: Self.instant("2026-10-01"))

  private func hold(
    _ id: String, period: Period = .all, logs: [String] = [], from: String = "2026-08-01", to: String? = nil
  ) -> LegalHold {
    LegalHold(
      id: id, period: period, logs: logs.map { NamePattern($0) }, from: Self.instant(from), to: to.map(Self.instant),
      orderedBy: "counsel", place: RegisterPlace(source: "holds.csv", line: 2))
  }

  private func state(
    _ item: RetainedItem, on day: String, rules: [RetentionRule.Kind: String] = [.packs: "7 years", .logs: "1 year"],
    holds: [LegalHold]? = []
  ) throws -> String {
    let schedule = RetentionSchedule(rules: try rules.mapValues { try rule($0) }, holds: holds)
    let verdict = schedule.verdict(on: item, at: Self.instant(day)) { $1.matches($0) }
    return ([verdict.state.rawValue] + verdict.holds.map(\.id)).joined(separator: " ")
  }

  private var pack: RetainedItem { RetainedItem(kind: .packs, name: "2026q3", periods: [quarter]) }

  @Test func aPackMayBeDeletedFromTheFirstInstantAfterItsTime() throws {
    #expect(try state(pack, on: "2033-09-30T23:59:59.999999Z") == "keep")
    #expect(try state(pack, on: "2033-10-01") == "may-be-deleted")
  }

  @Test func whatHasNoRuleMayNotBeDeleted() throws {
    #expect(try state(pack, on: "2099-01-01", rules: [:]) == "cannot-tell")
    #expect(try state(RetainedItem(kind: .packs, name: "all", periods: [.all]), on: "2099-01-01") == "cannot-tell")
    #expect(try state(RetainedItem(kind: .packs, name: "x", periods: []), on: "2099-01-01") == "cannot-tell")
  }

  @Test func theLatestPeriodCounts() throws {
    let year = Period(name: "2030", from: Self.instant("2030-01-01"), to: Self.instant("2031-01-01"))
    let log = RetainedItem(kind: .logs, name: "logs/a.jsonl", periods: [quarter, year])
    #expect(try state(log, on: "2031-12-31") == "keep")
    #expect(try state(log, on: "2032-01-01") == "may-be-deleted")
  }

  @Test func aHoldStandsAgainstARuleUntilItIsLifted() throws {
    #expect(try state(pack, on: "2040-01-01", holds: [hold("H-1")]) == "held H-1")
    #expect(try state(pack, on: "2027-01-01", holds: [hold("H-1")]) == "held H-1")
    #expect(try state(pack, on: "2039-12-31", holds: [hold("H-1", to: "2040-01-01")]) == "held H-1")
    #expect(try state(pack, on: "2040-01-01", holds: [hold("H-1", to: "2040-01-01")]) == "may-be-deleted")
    // Ordered, though it begins later: what is deleted today cannot be held tomorrow.
    #expect(try state(pack, on: "2040-01-01", holds: [hold("H-1", from: "2041-01-01")]) == "held H-1")
  }

  @Test func aHoldIsAboutTheRecordsOfItsPeriod() throws {
    let after = Period(name: "2026-Q4", from: Self.instant("2026-10-01"), to: Self.instant("2027-01-01"))
    #expect(try state(pack, on: "2040-01-01", holds: [hold("H-1", period: after)]) == "may-be-deleted")
    #expect(try state(pack, on: "2040-01-01", holds: [hold("H-1", period: quarter)]) == "held H-1")
  }

  @Test func aHoldOfSomeLogsHoldsThoseAndEveryPack() throws {
    let holds = [hold("H-1", logs: ["logs/a*"])]
    func log(_ name: String) -> RetainedItem { RetainedItem(kind: .logs, name: name, periods: [quarter]) }
    #expect(try state(log("logs/a.jsonl"), on: "2040-01-01", holds: holds) == "held H-1")
    #expect(try state(log("logs/b.jsonl"), on: "2040-01-01", holds: holds) == "may-be-deleted")
    #expect(try state(pack, on: "2040-01-01", holds: holds) == "held H-1")
  }

  @Test func whatIsDoubtfulIsNeverToBeDeleted() throws {
    let log = RetainedItem(kind: .logs, name: "logs/b.jsonl", periods: [quarter], doubt: "it may hold others")
    #expect(try state(log, on: "2040-01-01") == "cannot-tell")
    #expect(try state(log, on: "2040-01-01", holds: [hold("H-1", period: quarter, logs: ["logs/a*"])]) == "held H-1")
    #expect(try state(pack, on: "2040-01-01", holds: nil) == "cannot-tell")
  }
}
