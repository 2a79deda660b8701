internal import ArgumentParser
internal import Assessment
internal import Assets
internal import Comparison
internal import EvidenceModel
internal import EvidencePack
internal import EvidenceStore
internal import Foundation
internal import PackArchive

/// A row for every control of every chosen framework, by its id.
struct GapsCommand: DocumentedCommand {
  static let help = CommandHelp(
    examples: [
      "tenure gaps reports/2026q3": "from a pack",
      "tenure gaps --config tenure.yaml --format csv": "from the inputs, without writing a pack",
      "tenure gaps reports/2026q3 --control \"OWASP Agentic AI Top 10 | A2\"": "one control, in any spelling",
      "tenure gaps reports/2026q3 --unlock": "only what one more record would do",
      "tenure gaps --config tenure.yaml --history": "the states that earlier runs left in the store",
    ],
    endings: [
      .done: "listed",
      .couldNotFinish: "could not finish; standard error says why, and the next step",
      .findings: "a control is at or above --fail-on",
      .nothingToEvaluate: "nothing was judged; with --history, the store holds no period",
    ])

  static let configuration = CommandConfiguration(
    commandName: "gaps", abstract: "Lists every control with its state, the gap, and the record that would settle it.",
    discussion: help.discussion)

  @Argument(
    help: ArgumentHelp(
      "The folder of a pack, or a zip of one; without it the inputs are evaluated.", valueName: "pack"),
    completion: .file())
  var pack: String?

  @OptionGroup var inputs: InputOptions
  @OptionGroup var scanning: ScanOptions

  @Option(help: "table, json (one object a line) or csv.")
  var format = TableFormat.table

  @Option(
    help: ArgumentHelp(
      "Only the controls that this citation names; how it was read is printed.", valueName: "citation"),
    completion: NameCompletion.control)
  var control: String?

  @Flag(help: "List what one more kind of record would do, in place of the controls.")
  var unlock = false

  @Flag(help: "List the states by period and framework that runs left in the store, in place of the controls.")
  var history = false

  @Option(
    help:
      "End with status 2 if a control is in this state or one before it: contradicted, cannot-tell, partial, no-check; or never."
  )
  var failOn = GapThreshold.never

  func validate() throws {
    if history, pack != nil || unlock || control != nil || failOn != .never {
      throw ValidationError("--history reads the store alone; it takes no pack, --unlock, --control or --fail-on.")
    }
  }

  func run() async throws {
    try await finish(format.talk) {
      if history { return try printHistory() }
      var coverage = try await coverage()
      if let control {
        coverage.rows = try rows(citedAs: control, in: coverage.rows)
        coverage.unlocks = []
      }
      let unlocks = Self.total(coverage.unlocks)
      if unlock {
        UnlockTable.print(unlocks, as: format)
      } else {
        GapTable.print(coverage.rows, as: format)
        if format == .table, !unlocks.isEmpty {
          Terminal.result("What one more record would do:")
          UnlockTable.print(unlocks, as: .table)
        }
      }
      return failOn.isReached(by: coverage.rows.compactMap { ControlState(rawValue: $0.state) }) ? .findings : .done
    }
  }

  /// Of the pack, or of the inputs.
  private func coverage() async throws -> PackCoverage {
    if let pack {
      let opened = try OpenedPack(pack)
      defer { opened.close() }
      return try PackFolder(opened.folder).coverage()
    }
    let plan = try RunPlan(inputs, outFlag: nil, keepStore: false)
    let evaluation = try await Evaluation.run(plan, threads: scanning.threads)
    Terminal.diagnostics(evaluation.facts.facts.records.diagnostics, as: format.talk)
    guard evaluation.facts.facts.judged > 0 else {
      throw CommandEnd.nothing(
        "Nothing to evaluate: no decision of \(plan.periodWords) was read. Check routing-logs and the period.")
    }
    let coverage = evaluation.facts.assessment.coverage
    return PackCoverage(
      rows: coverage.rows(plan.library),
      unlocks: coverage.frameworks.flatMap { coverage.unlocks($0.id) }.map { ($0.record, $0.settles, $0.helps) })
  }

  /// Frameworks have no control in common, so what a record does for each adds up.
  private static func total(_ unlocks: [(record: String, settles: Int, helps: Int)]) -> [RecordUnlock] {
    var sums: ByName<RecordUnlock> = [:]
    for unlock in unlocks {
      var sum = sums[unlock.record] ?? RecordUnlock(record: unlock.record, settles: 0, helps: 0)
      sum.settles += unlock.settles
      sum.helps += unlock.helps
      sums[unlock.record] = sum
    }
    return sums.values.sorted(by: RecordUnlock.isShownBefore)
  }

  /// The rows that a citation names; how it was read is said.
  private func rows(citedAs written: String, in rows: [CoverageRow]) throws -> [CoverageRow] {
    // Frameworks from outside of the mappings are known by their rows alone.
    let direct = rows.filter {
      $0.control.utf8.elementsEqual(written.utf8) || $0.display.utf8.elementsEqual(written.utf8)
    }
    if !direct.isEmpty {
      Terminal.talk("reads as: \(direct.map { "\($0.framework) \($0.control)" }.joined(separator: ", "))")
      return direct
    }
    let (references, ruling) = MappingLibrary(try inputs.assets()).resolve(written)
    let words = ruling.map { "\(written): \($0.ruling). \($0.why)" }
    guard !references.isEmpty else {
      throw CommandEnd.failed(words ?? "\(written) names no control. tenure gaps without --control lists all ids.")
    }
    if let words { Terminal.talk(words) }
    Terminal.talk("reads as: \(references.map { "\($0.framework) \($0.control)" }.joined(separator: ", "))")
    return rows.filter { row in references.contains { $0.framework == row.framework && $0.control == row.control } }
  }

  private func printHistory() throws -> ExitStatus {
    let plan = try RunPlan(inputs, outFlag: nil)
    guard let path = plan.store, FileManager.default.fileExists(atPath: path) else {
      throw CommandEnd.nothing("Nothing to show: there is no store yet. tenure run makes one.")
    }
    let periods = try EvidenceStore(path: path).coverage(endingBy: nil, limit: 1000)
    guard !periods.isEmpty else {
      throw CommandEnd.nothing("Nothing to show: no run of a period with a beginning and an end is in the store.")
    }
    HistoryTable.print(periods, frameworks: plan.library.frameworks, as: format)
    return .done
  }
}

/// From which state of a control on `gaps` ends with status 2; each level has those before it too.
enum GapThreshold: String, ExpressibleByArgument, CaseIterable {
  case contradicted
  case cannotTell = "cannot-tell"
  case partial
  case noCheck = "no-check"
  case never

  func isReached(by states: [ControlState]) -> Bool {
    let order: [ControlState] = [.contradicted, .cannotTell, .partial, .noCheck]
    guard let own = ControlState(rawValue: rawValue), let last = order.firstIndex(of: own) else { return false }
    return states.contains { order[...last].contains($0) }
  }
}

extension Coverage {
  func rows(_ library: MappingLibrary) -> [CoverageRow] {
    frameworks.flatMap { framework in
      let headings = headings(framework)
      let review = library.review(of: framework.id).status.rawValue
      return (assessments[framework.id] ?? []).map { assessment in
        CoverageRow(
          framework: framework.id, control: assessment.control.id, display: assessment.control.display,
          title: assessment.control.title,
          state: assessment.state.rawValue, gap: assessment.gap,
          record: assessment.records.isEmpty ? "–" : assessment.records.joined(separator: "; "),
          category: headings[assessment.control.id]?.id ?? "", review: review,
          condition: assessment.conditions.joined(separator: " "))
      }
    }
  }
}
