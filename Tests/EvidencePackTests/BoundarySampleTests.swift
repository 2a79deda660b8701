import Assessment
import EvidenceModel
import EvidenceStore
import Intake
import Replay
import TestSupport
import Testing

@testable import EvidencePack

/// Changes and the decisions beside them, on small logs worked out by hand.
@Suite struct BoundarySampleTests {
  private let quarter = Period(name: "2026-Q3", from: at("2026-07-01"), to: at("2026-10-01"))

  private func line(_ id: String, _ ts: String, agent: String = "a") -> DecisionLine {
    .with { line in
      line.requestID = id
      line.ts = ts.count == 10 ? ts + "T00:00:00Z" : ts
      line.agent = agent
    }
  }

  private func words(_ lines: [DecisionLine], _ records: Records, period: Period? = nil) throws -> [String] {
    let period = period ?? quarter
    let settings = ReplaySettings.test(period: period)
    let plan = ReplayPlan(records, settings: settings)
    let store = try EvidenceStore(path: nil)
    let partials = try withTemporaryFolder { folder in
      let path = try folder.write(lines.map { $0.json + "\n" }.joined(), to: "log")
      let task = ScanTask(path: path, format: DetectedFormat(format: .native, isLines: true))
      return try store.scan([LogToScan(name: "log", task: task)], plan: plan, threads: 2)[0].partials
    }
    let evidence = try store.begin(
      RunRecord(
        period: period.name, plan: plan.binding.digest, sources: [SourceRecord(name: "log", partials: partials)],
        versions: [], changes: [], tenures: []))
    let facts = try AssessmentFacts(
      records: records, evidence: evidence, period: period, knownDataClasses: [], holeHours: 24,
      parameters: CheckParameters(values: [:]))
    let sample = try BoundarySample(facts, evidence)
    return try sample.items.map { item in
      let change = sample.changes[item.change]
      let decision = try #require(try evidence.boundaryDecision(item.place)).decision
      let who = change.rule.map { $0 + " " } ?? ""
      return
        "\(who)\(change.before ?? "-")>\(change.after ?? "-") \(item.rule) \(item.side.rawValue) \(decision.requestID)"
    }
  }

  @Test func aVersionThatTookOverHasTheLastBeforeAndTheFirstAfterOfEachRule() throws {
    let rules = [Rule.allow("r", agent: "a"), .allow("s", agent: "b")]
    let found = try words(
      [
        line("r1", "2026-07-02"), line("r2", "2026-07-09T23:59:59.999999Z"), line("r3", "2026-07-10"),
        line("r4", "2026-07-11"), line("s1", "2026-07-03", agent: "b"),
      ], records([version("v1", from: "2026-01-01", rules), version("v2", from: "2026-07-10", rules)]))
    #expect(found == ["v1>v2 r before r2", "v1>v2 r after r3", "v1>v2 s before s1"])
  }

  @Test func changesOutsideThePeriodAndRulesThatAVersionLacksAreLeftOut() throws {
    let found = try words(
      [line("r1", "2026-07-02"), line("r2", "2026-08-02"), line("s1", "2026-09-20", agent: "b")],
      records([
        version("v1", from: "2026-06-01", [.allow("r", agent: "a")]),
        version("v2", from: "2026-08-01", [.allow("r", agent: "a")]),
        version("v3", from: "2026-09-01", [.allow("s", agent: "b")]),
        version("v4", from: "2026-09-10", [.allow("s", agent: "b")]),
        version("v5", from: "2026-10-01", [.allow("s", agent: "b")]),
      ]))
    #expect(
      found == [
        "v1>v2 r before r1", "v1>v2 r after r2",
        // v3 dropped r, and brought s.
        "v2>v3 r before r2", "v2>v3 s after s1",
        "v3>v4 s after s1",
      ])
  }

  @Test func ownersWhoComeGoAndReturnAreChanges() throws {
    let found = try words(
      [
        line("d1", "2026-07-05"), line("l1", "2026-07-12"), line("d2", "2026-07-25"), line("n1", "2026-08-03"),
        line("l2", "2026-08-20"),
      ],
      records(
        [version("v1", from: "2026-01-01", [.allow("r")])],
        owners: [
          owns("dana", "r", from: "2026-01-01", to: "2026-08-01", seq: 1),
          owns("lee", "r", from: "2026-07-10", to: "2026-07-20", seq: 2), owns("lee", "r", from: "2026-08-10", seq: 3),
        ]))
    #expect(
      found == [
        "r dana>lee r before d1", "r dana>lee r after l1",
        "r lee>dana r before l1", "r lee>dana r after d2",
        "r dana>- r before d2", "r dana>- r after n1",
        "r ->lee r before n1", "r ->lee r after l2",
      ])
  }

  @Test func aRecordThatChangesNoOwnerIsNoChange() throws {
    let found = try words(
      [line("1", "2026-07-05"), line("2", "2026-07-12")],
      records(
        [version("v1", from: "2026-01-01", [.allow("r")])],
        owners: [
          owns("dana", "r", from: "2026-01-01", seq: 1),
          owns("dana", "r", from: "2026-07-10", seq: 2, recorded: "2026-07-11"),
        ]))
    #expect(found == [])
  }

  @Test func aVersionAndAnOwnerAtOneInstantAreTwoChanges() throws {
    let found = try words(
      [line("1", "2026-07-05"), line("2", "2026-07-10")],
      records(
        [version("v1", from: "2026-01-01", [.allow("r")]), version("v2", from: "2026-07-10", [.allow("r")])],
        owners: [owns("dana", "r", from: "2026-01-01", to: "2026-07-10"), owns("lee", "r", from: "2026-07-10", seq: 2)])
    )
    #expect(
      found == [
        "v1>v2 r before 1", "v1>v2 r after 2", "r dana>lee r before 1", "r dana>lee r after 2",
      ])
  }

  /// Nothing was decided under v2: both of its ends have the same decisions beside them.
  @Test func aQuietStretchHasItsNeighbours() throws {
    let rules = [Rule.allow("r")]
    let found = try words(
      [line("1", "2026-07-05"), line("2", "2026-09-10")],
      records([
        version("v1", from: "2026-01-01", rules), version("v2", from: "2026-08-01", rules),
        version("v3", from: "2026-09-01", rules),
      ]))
    #expect(found == ["v1>v2 r before 1", "v1>v2 r after 2", "v2>v3 r before 1", "v2>v3 r after 2"])
  }

  @Test func withoutBoundsTheFirstVersionIsAChangeToo() throws {
    let found = try words(
      [line("0", "2025-12-30"), line("1", "2026-07-05")],
      records([version("v1", from: "2026-01-01", [.allow("r")])]), period: .all)
    #expect(found == ["->v1 r after 1"])
  }
}
