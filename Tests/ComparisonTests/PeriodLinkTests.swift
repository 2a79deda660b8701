import EvidenceModel
import Testing

@testable import Comparison

@Suite struct PeriodLinkTests {
  private func link(_ earlier: String, _ later: String) throws -> PeriodLink {
    let now = Instant(microseconds: 0)
    return PeriodLink(from: try Period(parsing: earlier, now: now), to: try Period(parsing: later, now: now))
  }

  @Test(arguments: [("2026-Q2", "2026-Q3"), ("2025-12", "2026-01"), ("2026-Q4", "2027-01"), ("2025", "2026-Q1")])
  func aPeriodAdjoinsTheNext(earlier: String, later: String) throws {
    #expect(try link(earlier, later) == .adjoins)
  }

  @Test(arguments: [
    ("2026-Q1", "2026-Q3", "2026-Q2"), ("2025-Q3", "2026-Q2", "2025-Q4, 2026-Q1"),
    ("2026-07", "2026-09", "2026-08"), ("2023", "2026", "2024, 2025"),
  ])
  func whatIsMissingIsNamed(earlier: String, later: String, missing: String) throws {
    #expect(try link(earlier, later).missing == missing)
  }

  @Test func betweenPeriodsOfOtherKindsTheTimeIsNamed() throws {
    #expect(try link("2026-07", "2026-Q4").missing == "2026-08-01T00:00:00Z to 2026-10-01T00:00:00Z")
    #expect(try link("2026-07-01/2026-07-10", "2026-08").missing == "2026-07-10T00:00:00Z to 2026-08-01T00:00:00Z")
  }

  @Test func aLongHoleNamesTheFirstAndCountsTheRest() throws {
    let missing = try #require(try link("2020-01", "2021-01").missing)
    #expect(missing.hasPrefix("2020-02, 2020-03"))
    #expect(missing.hasSuffix(" and 3 more"))
  }

  @Test func overlapsAndWrongOrderAreSaid() throws {
    #expect(try link("2026-Q3", "2026-09") == .overlaps)
    #expect(try link("2026-Q3", "2026-Q3") == .wrongOrder)
    #expect(try link("2026-Q4", "2026-Q3") == .wrongOrder)
    #expect(try link("all", "2026-Q3") == .unbounded)
  }
}
