import Assessment
import EvidenceModel
import EvidenceStore
import Intake
import Replay
import TestSupport
import Testing

let july = Period(name: "2026-07", from: at("2026-07-01"), to: at("2026-08-01"))

/// The facts of one log of these bytes.
func facts(
  bytes: [UInt8], _ records: Records, period: Period = july, dataClasses: [String] = [], holeHours: Int = 24,
  parameters: [String: [String: String]] = [:], unrecordedChanges: [UnrecordedChange] = [], total: [ControlTotal] = [],
  covering logs: String? = nil
) throws -> AssessmentFacts {
  try withTemporaryFolder { folder in
    let log = try folder.write(bytes, to: "log")
    let store = try EvidenceStore(path: nil)
    let plan = ReplayPlan(records, settings: .test(period: period))
    let format = DetectedFormat(format: .native, isLines: true)
    let partials = try store.scan(
      [LogToScan(name: "log.jsonl", task: ScanTask(path: log, format: format))], plan: plan, threads: 1)[0].partials
    let evidence = try store.begin(
      RunRecord(
        period: period.name, plan: plan.binding.digest, sources: [SourceRecord(name: "log.jsonl", partials: partials)],
        versions: [],
        changes: [], tenures: []))
    return try AssessmentFacts(
      records: records, evidence: evidence, period: period, knownDataClasses: dataClasses, holeHours: holeHours,
      parameters: CheckParameters(
        values: parameters.mapValues { $0.mapValues { CheckParameters.Value(text: $0, origin: .owner) } }),
      unrecordedChanges: unrecordedChanges,
      controlTotals: try total.isEmpty
        ? []
        : [
          ControlTotalComparison(
            name: "total.csv", covers: logs, rows: total, sources: evidence.sources(), evidence: evidence,
            period: period, aliases: [:])
        ])
  }
}

/// The facts of one log of these decisions, and after them of lines that stand there as they are.
func facts(
  _ lines: [DecisionLine], _ records: Records, then rest: [String] = [], period: Period = july,
  dataClasses: [String] = [], holeHours: Int = 24, parameters: [String: [String: String]] = [:],
  unrecordedChanges: [UnrecordedChange] = [], total: [ControlTotal] = [], covering logs: String? = nil
) throws -> AssessmentFacts {
  try facts(
    bytes: Array((lines.map(\.json) + rest).map { $0 + "\n" }.joined().utf8), records, period: period,
    dataClasses: dataClasses, holeHours: holeHours, parameters: parameters, unrecordedChanges: unrecordedChanges,
    total: total, covering: logs)
}

/// What a check says of facts.
func ask(_ check: String, _ facts: AssessmentFacts) throws -> CheckOutcome {
  try #require(Checks.all.first { type(of: $0).definition.id == check }).assess(facts)
}

/// What a check says of a small log.
func ask(_ check: String, _ lines: [DecisionLine], _ records: Records) throws -> CheckOutcome {
  try ask(check, facts(lines, records))
}

/// Compares an outcome's result and figures; what is neither an exception nor untold has passed.
func expect(
  _ outcome: CheckOutcome, _ result: CheckResult, of population: Int, exceptions: Int = 0, cannotTell: Int = 0,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(outcome.result == result, "\(outcome.why)", sourceLocation: sourceLocation)
  #expect(outcome.population == population, "population", sourceLocation: sourceLocation)
  #expect(outcome.exceptions == exceptions, "exceptions", sourceLocation: sourceLocation)
  #expect(outcome.cannotTell == cannotTell, "cannot tell", sourceLocation: sourceLocation)
  #expect(outcome.passed == population - exceptions - cannotTell, "passed", sourceLocation: sourceLocation)
}

extension Records {
  /// These records, as read from inputs of these kinds.
  func reading(_ kinds: InputFile.Kind...) -> Records {
    var copy = self
    copy.inputs = kinds.map { kind in
      InputFile(
        kind: kind, name: "\(kind.rawValue).csv", format: "csv", bytes: 1, digest: Digest(of: kind.rawValue), records: 1
      )
    }
    return copy
  }
}

extension DecisionLine {
  /// A decision whose agent the log lacks.
  static let withoutAgent = DecisionLine.with { $0.agent = nil }
}

/// Rules under which a decision without an agent is indeterminate: the first one may be meant for it.
func behindRuleForAgent(_ rule: Rule) -> [Rule] { [.allow("for-x", priority: 1, agent: "x"), rule] }

/// Records with one version, in force since before the period.
func policy(_ rules: [Rule], models: [String: Int] = [:], deployments: [Deployment] = []) -> Records {
  records([version("v1", from: "2026-01-01", rules)], models: models, deployments: deployments)
}
