import EvidenceModel
import EvidenceStore
import TestSupport
import Testing

@Suite struct CoverageHistoryTests {
  private func period(_ name: String) throws -> Period { try Period(parsing: name, now: at("2026-11-01")) }

  private func record(_ control: String, _ state: ControlState, framework: String = "f") -> ControlRecord {
    ControlRecord(framework: framework, control: control, state: state)
  }

  @Test func earlierPeriodsComeInTheOrderOfTime() throws {
    let store = try EvidenceStore(path: nil)
    for name in ["2026-Q3", "2026-Q1", "2026-Q2", "all"] {
      try store.keep([record("A", .partial), record("B", .noCheck, framework: "g")], of: period(name))
    }
    let third = try period("2026-Q3")
    #expect(try store.coverage(endingBy: third.from, limit: 8).map(\.period) == ["2026-Q1", "2026-Q2"])
    #expect(try store.coverage(endingBy: third.from, limit: 1).map(\.period) == ["2026-Q2"])
    #expect(try store.coverage(endingBy: nil, limit: 8).map(\.period) == ["2026-Q1", "2026-Q2", "2026-Q3"])
  }

  @Test func aPeriodThatReachesIntoAnotherIsNotEarlier() throws {
    let store = try EvidenceStore(path: nil)
    try store.keep([record("A", .partial)], of: period("2026"))
    try store.keep([record("A", .partial)], of: period("2026-07"))
    #expect(try store.coverage(endingBy: period("2026-Q3").from, limit: 8).isEmpty)
  }

  @Test func aRunOfAPeriodReplacesTheOneBefore() throws {
    let store = try EvidenceStore(path: nil)
    let period = try period("2026-Q1")
    try store.keep([record("A", .partial), record("B", .noCheck)], of: period)
    try store.keep([record("A", .evidenced)], of: period)
    let kept = try #require(try store.coverage(endingBy: nil, limit: 8).first)
    #expect(kept.controls == [record("A", .evidenced)])
    #expect(kept.counts("f").map(\.n) == [1, 0, 0, 0, 0, 0])
    #expect(kept.counts("g").isEmpty)
    #expect(kept.states("f")["A"] == .evidenced)
  }
}
