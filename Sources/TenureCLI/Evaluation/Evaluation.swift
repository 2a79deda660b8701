internal import Assessment
internal import EvidenceModel
internal import EvidencePack
internal import EvidenceStore
internal import Foundation
internal import Intake
internal import Replay

/// A run up to its scan: records read, logs scanned or remembered, all of it in the store.
struct ScannedRun {
  var records: Records
  var store: EvidenceStore
  var evidence: RunEvidence
  var scan: LogScan.Result
  var replay: ReplayPlan

  static func make(_ plan: RunPlan, threads: Int, voice: ProgressVoice? = nil) async throws -> ScannedRun {
    // Whoever holds the store already is told of before anything is read.
    if let path = plan.store {
      try? FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    }
    let (store, repair) = try EvidenceStore.open(plan.store)
    if let repair { voice?.say(repair.warning(store)) ?? Terminal.diagnostic(repair.warning(store)) }
    var records = await plan.inputs.read()
    records.diagnostics = plan.configuration.diagnostics + plan.library.diagnostics + records.diagnostics
    records.diagnostics += repair.flatMap { $0.loss(store) }.map { [$0] } ?? []
    if plan.configuration.policy.isEmpty {
      records.diagnostics.append(
        Diagnostic(
          id: "config-no-policy", file: plan.configuration.file,
          summary: "no policy is named, so no decision can be judged",
          nextStep: "Name the policy's folder, repository or tables under policy."))
    }
    records.diagnostics += LookAlikeNames.diagnostics(of: records)
    let replay = ReplayPlan(records, settings: plan.settings)
    defer { voice?.end() }
    let scan = try scan(replay, store, plan, threads: threads, voice)
    records.diagnostics += scan.diagnostics
    records.inputs += scan.unread
    let tenures = records.history.ruleIDs.flatMap { records.ownership.tenures(of: $0) }
    let evidence = try store.begin(
      RunRecord(
        period: plan.period.name, plan: replay.binding.digest, sources: scan.sources,
        versions: records.history.versions,
        changes: records.history.changes, tenures: tenures))
    for source in try evidence.sources() {
      if let damage = source.damage {
        records.diagnostics.append(
          Diagnostic(
            id: "source-damaged", file: source.name, summary: damage,
            nextStep: "Fetch the file again; records before the damage were read."))
      }
    }
    return ScannedRun(records: records, store: store, evidence: evidence, scan: scan, replay: replay)
  }

  private static func scan(
    _ replay: ReplayPlan, _ store: EvidenceStore, _ plan: RunPlan, threads: Int, _ voice: ProgressVoice?
  ) throws -> LogScan.Result {
    let finder = LogFinder(inputs: plan.inputs)
    let entries = plan.configuration.routingLogs
    if let partials = plan.partials {
      return try PartialIntake(
        partials: partials, plan: replay, period: plan.period, store: store, finder: finder, entries: entries
      ).run()
    }
    return try LogScan(
      plan: replay, period: plan.period, store: store, finder: finder, entries: entries, threads: threads, voice: voice
    ).run()
  }
}

/// A run up to its assessment: checks asked.
struct Evaluation {
  var facts: PackFacts
  /// Why the pack is not complete; empty when it is.
  var shortcomings: [String]
  var scan: LogScan.Result

  static let toolVersion = "0.1.0"

  static func run(_ plan: RunPlan, threads: Int, voice: ProgressVoice? = nil) async throws -> Evaluation {
    let run = try await ScannedRun.make(plan, threads: threads, voice: voice)
    var records = run.records
    let evidence = run.evidence
    records.diagnostics += try totalsOfNothing(run, plan)
    try evidence.indexExceptions()
    var unrecorded = UnrecordedChangeSearch(run.replay, records.history)
    try evidence.forEachException(by: .time) { _, located in unrecorded.add(located.decision) }
    let scope = ScopeDecisions.holding(
      plan.configuration.outOfScope, in: try window(of: evidence, plan), library: plan.library)
    records.diagnostics += scope.diagnostics
    records.diagnostics = records.diagnostics.map(\.withoutSecrets)
    let facts = try AssessmentFacts(
      records: records, evidence: evidence, period: plan.period, knownDataClasses: plan.configuration.dataClasses,
      holeHours: plan.holeHours, parameters: plan.checkParameters,
      unrecordedChanges: unrecorded.changes, controlTotals: try compare(run, plan))
    let assessment = Assessment(
      facts, library: plan.library, frameworks: plan.frameworks, outOfScope: scope.decisions,
      accepted: records.acceptedExceptions)
    try evidence.keep(assessment.findings)
    // Nothing is earlier than a period without bounds.
    let history = try plan.period.from.map { try run.store.coverage(endingBy: $0, limit: periodsShown) } ?? []
    if facts.judged > 0 { try run.store.keep(assessment.coverage.records, of: plan.period) }
    let shortcomings = shortcomings(facts, plan)
    var packFacts = PackFacts(
      organisation: plan.organisation, toolVersion: toolVersion, time: plan.time,
      parameters: (plan.parameters + records.holdParameters(of: plan.period)).sorted {
        $0.name.precedesBytewise($1.name)
      },
      settings: plan.settings, samplePlan: plan.configuration.samplePlan,
      library: plan.library, facts: facts, assessment: assessment, evidence: evidence,
      namedFormats: plan.configuration.routingLogs.compactMap(\.format), history: history)
    packFacts.isComplete = shortcomings.isEmpty
    return Evaluation(facts: packFacts, shortcomings: shortcomings, scan: run.scan)
  }

  /// Earlier periods that a pack shows.
  private static let periodsShown = 8

  /// The period; for bounds that are open, the time in which decisions were logged.
  private static func window(of evidence: RunEvidence, _ plan: RunPlan) throws -> (from: Instant, to: Instant)? {
    let sources = try evidence.sources()
    guard let from = plan.period.from ?? sources.compactMap(\.first).min(),
      let to = plan.period.to ?? sources.compactMap(\.last).max().map({ Instant(microseconds: $0.microseconds + 1) })
    else { return nil }
    return (from, to)
  }

  /// Independent totals whose pattern names no log: held against nothing, every day of theirs would differ.
  private static func totalsOfNothing(_ run: ScannedRun, _ plan: RunPlan) throws -> [Diagnostic] {
    let finder = LogFinder(inputs: plan.inputs)
    let sources = try run.evidence.sources()
    return run.records.controlTotals.compactMap { totals in
      guard let pattern = totals.covers, !sources.contains(where: { finder.names($0.name, under: pattern) }) else {
        return nil
      }
      return Diagnostic(
        id: "control-totals-cover-nothing", file: totals.name,
        summary: "no routing log of this run is under \(pattern)",
        nextStep: "Write covers as routing-logs names the logs, or leave it out where the total is of all of them.")
    }
  }

  private static func compare(_ run: ScannedRun, _ plan: RunPlan) throws -> [ControlTotalComparison] {
    let finder = LogFinder(inputs: plan.inputs)
    let sources = try run.evidence.sources()
    return try run.records.controlTotals.map { totals in
      let covered = totals.covers.map { pattern in sources.filter { finder.names($0.name, under: pattern) } }
      return try ControlTotalComparison(
        name: totals.name, covers: totals.covers, rows: totals.rows, sources: covered ?? sources,
        evidence: run.evidence,
        period: plan.period, aliases: run.records.inventory.aliases)
    }
  }

  /// What weakens whatever is said of the period, in words with figures.
  static func shortcomings(_ facts: AssessmentFacts, _ plan: RunPlan) -> [String] {
    var reasons: [String] = []
    let malformed = facts.sources.reduce(0) { $0 + $1.malformed }
    let records = facts.sources.reduce(0) { $0 + $1.lines - $1.blank }
    if records > 0, Double(malformed) > plan.rejectTolerance * Double(records) {
      reasons.append(
        "\(malformed) of \(records) records are malformed, more than the tolerated share of \(plan.rejectTolerance)")
    }
    let errors = facts.records.diagnostics.count { $0.severity == .error }
    if errors > 0 {
      reasons.append("\(errors) \(errors == 1 ? "input has" : "inputs have") trouble that left something out")
    }
    let holes = facts.holes.count
    if holes > 0 {
      reasons.append("\(holes) \(holes == 1 ? "hole" : "holes") of \(plan.holeHours) hours or more without a record")
    }
    return reasons
  }
}

extension Coverage {
  /// What the store keeps of it.
  fileprivate var records: [ControlRecord] {
    frameworks.flatMap { framework in
      (assessments[framework.id] ?? []).map {
        ControlRecord(framework: framework.id, control: $0.control.id, state: $0.state)
      }
    }
  }
}

extension StoreRepair {
  /// For the terminal alone: what comes from the logs again makes the same pack.
  fileprivate func warning(_ store: EvidenceStore) -> Diagnostic {
    Diagnostic(
      id: "store-damaged", severity: .warning, file: store.path,
      summary:
        "it was damaged: \(reason). It lies in \(aside) now; the new store took over \(kept) \(kept == 1 ? "partial" : "partials") whose digests hold, and the rest is scanned again",
      nextStep: "Check the disk; delete the damaged store when nobody needs it.")
  }

  /// For the pack: what no log gives again.
  fileprivate func loss(_ store: EvidenceStore) -> Diagnostic? {
    guard !lostTables.isEmpty else { return nil }
    return Diagnostic(
      id: "store-history-lost", file: (store.path as NSString).lastPathComponent,
      summary:
        "the store was damaged, and what it kept of earlier runs is lost, so this run cannot tell whether a log was altered or removed since, nor how earlier periods stood",
      nextStep: "Compare the logs with the pack before this one: it names each with its digest.")
  }
}
