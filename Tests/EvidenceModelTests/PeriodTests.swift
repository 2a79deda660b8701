import EvidenceModel
import TestSupport
import Testing

@Suite struct PeriodTests {
  private let now = at("2026-11-21T10:00:00Z")

  @Test(arguments: [
    ("2026-Q1", "2026-01-01", "2026-04-01", "2026q1"),
    ("2026-Q3", "2026-07-01", "2026-10-01", "2026q3"),
    ("2026-Q4", "2026-10-01", "2027-01-01", "2026q4"),
    ("2026-07", "2026-07-01", "2026-08-01", "202607"),
    ("2026-12", "2026-12-01", "2027-01-01", "202612"),
    ("2026", "2026-01-01", "2027-01-01", "2026"),
    ("2026-07-01/2026-10-01", "2026-07-01", "2026-10-01", "20260701-20261001"),
    (
      "2026-07-01T02:00:00+02:00/2026-07-02", "2026-07-01", "2026-07-02", "20260701-20260702"
    ),
  ])
  func readsEveryForm(name: String, from: String, to: String, folder: String) throws {
    let period = try Period(parsing: name, now: now)
    #expect(period.name == name)
    #expect(period.from == at(from))
    #expect(period.to == at(to))
    #expect(period.folderName == folder)
  }

  @Test func allHasNoBounds() throws {
    let period = try Period(parsing: "all", now: now)
    #expect(period == .all)
    #expect(period.folderName == "all")
    #expect(period.contains(Instant(microseconds: .min)))
    #expect(period.contains(Instant(microseconds: .max)))
  }

  @Test(arguments: [
    ("2026-11-21", "2026-Q3"), ("2026-10-01", "2026-Q3"), ("2026-09-30T23:59:59.999999Z", "2026-Q2"),
    ("2026-04-01", "2026-Q1"), ("2026-03-31", "2025-Q4"), ("2026-01-01", "2025-Q4"), ("2025-12-31", "2025-Q3"),
  ])
  func previousQuarterTakesTheNameOfItsQuarter(today: String, name: String) throws {
    let period = try Period(parsing: "previous-quarter", now: at(today))
    #expect(period == (try Period(parsing: name, now: now)))
  }

  @Test(arguments: [
    ("2026-11-21", "2026-10"), ("2026-10-01", "2026-09"), ("2026-09-30T23:59:59.999999Z", "2026-08"),
    ("2026-01-31", "2025-12"),
  ])
  func previousMonthTakesTheNameOfItsMonth(today: String, name: String) throws {
    let period = try Period(parsing: "previous-month", now: at(today))
    #expect(period == (try Period(parsing: name, now: now)))
  }

  @Test(arguments: [
    "", "2026-Q0", "2026-Q5", "2026-q3", "2026-13", "2026-00", "2026-7", "26", "20261", "2026-Q33", "2026-07-01",
    "last",
    "All", "2026-10-01/2026-07-01", "2026-07-01/2026-07-01", "2026-07-01/", "/2026-07-01", "2026-07/2026-08",
    "2026-07-01/2026-08-01/2026-09-01", " 2026", "2026-", "-2026",
  ])
  func refusesWhatNamesNoPeriod(text: String) {
    #expect {
      try Period(parsing: text, now: now)
    } throws: {
      ($0 as? UnknownPeriod)?.text == text
    }
  }

  @Test func containsItsFirstInstantAndNotItsLast() throws {
    let period = try Period(parsing: "2026-07", now: now)
    #expect(period.contains(at("2026-07-01")))
    #expect(!period.contains(at("2026-07-01").advanced(microseconds: -1)))
    #expect(period.contains(at("2026-08-01").advanced(microseconds: -1)))
    #expect(!period.contains(at("2026-08-01")))
  }

  @Test(arguments: [
    ("2026-06-01", "2026-07-01", false), ("2026-06-01", "2026-07-02", true), ("2026-07-31", "2026-09-01", true),
    ("2026-08-01", "2026-09-01", false), ("2026-06-01", nil, true), ("2026-08-01", nil, false),
  ])
  func overlapsHalfOpenStretches(from: String, to: String?, overlaps: Bool) throws {
    let period = try Period(parsing: "2026-07", now: now)
    #expect(period.overlaps(from: at(from), to: to.map { at($0) }) == overlaps)
  }
}
