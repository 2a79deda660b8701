import Assessment
import EvidenceModel
import EvidenceStore
import Intake
import Replay
import TestSupport
import Testing

/// An independent total beside the log.
@Suite struct ControlTotalTests {
  private let policy = records([version("v1", from: "2026-01-01", [.allow("r")])], aliases: ["tiny": "small"])

  private func line(_ ts: String, _ model: String = "small", outcome: String = "success") -> DecisionLine {
    .with { line in
      line.ts = ts
      line.requested = model
      line.served = model
      line.outcome = outcome
    }
  }

  private func compare(
    _ totals: [(day: String, model: String, requests: Int64)], with lines: [DecisionLine], period: Period = july
  ) throws -> ControlTotalComparison {
    try withTemporaryFolder { folder in
      let log = try folder.write(lines.map { $0.json + "\n" }.joined(), to: "log")
      let store = try EvidenceStore(path: nil)
      let plan = ReplayPlan(policy, settings: .test(period: period))
      let task = ScanTask(path: log, format: DetectedFormat(format: .native, isLines: true))
      let partials = try store.scan([LogToScan(name: "log", task: task)], plan: plan, threads: 1)[0].partials
      let evidence = try store.begin(
        RunRecord(
          period: period.name, plan: plan.binding.digest, sources: [SourceRecord(name: "log", partials: partials)],
          versions: [], changes: [], tenures: []))
      return try ControlTotalComparison(
        name: "total.csv", covers: nil,
        rows: totals.enumerated().map {
          ControlTotal(
            day: try #require(CivilDay.parse($1.day)), model: $1.model, requests: $1.requests, line: $0 + 2)
        },
        sources: try evidence.sources(), evidence: evidence, period: period, aliases: policy.inventory.aliases)
    }
  }

  private func words(_ comparison: ControlTotalComparison) -> [String] {
    comparison.days.map { "\(CivilDay.text($0.day)) \($0.model) \($0.stated) \($0.logged)" }
  }

  @Test func successesAreCountedByDayAndModel() throws {
    let comparison = try compare(
      [("2026-07-02", "small", 2)],
      with: [
        line("2026-07-02T00:00:00Z"), line("2026-07-02T23:59:59.999999Z"),
        line("2026-07-02T10:00:00Z", outcome: "error").with(cost: "0"),
      ])
    #expect(words(comparison) == ["2026-07-02 small 2 2"])
    #expect(comparison.differing.isEmpty)
  }

  @Test func whatWasBilledAndThenRefusedCountsToo() throws {
    var refused = line("2026-07-02T10:00:00Z", outcome: "blocked")
    let free = refused.with(cost: "0")
    refused = refused.with(cost: "0.5")
    #expect(words(try compare([("2026-07-02", "small", 1)], with: [refused, free])) == ["2026-07-02 small 1 1"])
  }

  @Test func eitherSideMayHoldMore() throws {
    let comparison = try compare(
      [("2026-07-02", "small", 2), ("2026-07-04", "small", 1)],
      with: [line("2026-07-02T00:00:00Z"), line("2026-07-03T00:00:00Z", "large")])
    #expect(words(comparison) == ["2026-07-02 small 2 1", "2026-07-03 large 0 1", "2026-07-04 small 1 0"])
    #expect(comparison.differing.count == 3)
  }

  @Test func rowsOfOneDayAndModelAddUpThroughTheAliasTable() throws {
    let comparison = try compare(
      [("2026-07-02", "small", 1), ("2026-07-02", "tiny", 1)],
      with: [line("2026-07-02T00:00:00Z"), line("2026-07-02T01:00:00Z", "tiny")])
    #expect(words(comparison) == ["2026-07-02 small 2 2"])
  }

  @Test func onlyTheTotalsOwnDaysInsideThePeriodAreCompared() throws {
    let comparison = try compare(
      [("2026-06-30", "small", 9), ("2026-07-02", "small", 1)],
      with: [line("2026-07-02T00:00:00Z"), line("2026-07-20T00:00:00Z")])
    #expect(words(comparison) == ["2026-07-02 small 1 1"])
    #expect(comparison.outside == 1)
  }

  @Test func aDayThatThePeriodCutsIsNotCompared() throws {
    let period = Period(name: "cut", from: at("2026-07-02T12:00:00Z"), to: at("2026-07-04"))
    let comparison = try compare([("2026-07-02", "small", 1), ("2026-07-03", "small", 0)], with: [], period: period)
    #expect(words(comparison) == ["2026-07-03 small 0 0"])
    #expect(comparison.outside == 1)
  }
}

extension DecisionLine {
  fileprivate func with(cost: String) -> DecisionLine {
    var line = self
    line.cost = cost
    return line
  }
}
