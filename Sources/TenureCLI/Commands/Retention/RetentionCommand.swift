internal import ArgumentParser
internal import EvidenceModel
internal import EvidencePack
internal import Foundation
internal import Intake

/// What rules and legal holds say of packs, logs and stores. It deletes nothing.
struct RetentionCommand: DocumentedCommand {
  static let help = CommandHelp(
    examples: [
      "tenure retention --config tenure.yaml": "packs of its folder",
      "tenure retention --config tenure.yaml /var/lib/tenure/archive": "packs of an archive",
      "tenure retention --at 2033-10-01": "on another day",
    ],
    about: """
      Holds packs, the logs that the store knows, and the store itself against retention of the configuration and the
      register of legal holds. What no rule is about, and what cannot be told, is not to be deleted.
      """,
    endings: [
      .done: "everything could be told",
      .couldNotFinish: "could not finish; standard error says why, and the next step",
      .incomplete: "of something it cannot be told whether it may be deleted",
      .nothingToEvaluate: "there is no pack and no store",
    ])

  static let configuration = CommandConfiguration(
    commandName: "retention", abstract: "Lists what may be deleted, what not, and why; deletes nothing.",
    discussion: help.discussion)

  @Argument(
    help: ArgumentHelp(
      "Folders that hold packs: as folders, zips, or tars named by their quarter.", valueName: "folder"),
    completion: .directory)
  var folders: [String] = []

  @OptionGroup var inputs: InputOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The folder of packs, unless folders are given.", valueName: "folder"),
    completion: .directory)
  var out: String?

  @Option(help: ArgumentHelp("The day or instant that is asked about; today unless given.", valueName: "instant"))
  var at: String?

  @Option(help: "How the answer is printed: table, json.")
  var format = AnswerFormat.table

  func validate() throws {
    if let at, Instant(dateOrInstant: at) == nil {
      throw ValidationError("--at takes a date or an instant, such as 2033-10-01.")
    }
  }

  func run() async throws {
    try await finish(format.talk) {
      let plan = try RunPlan(inputs, outFlag: out)
      let today = try at.flatMap { Instant(dateOrInstant: $0) } ?? RunPlan.today(ProcessInfo.processInfo.environment)
      let (holds, diagnostics) = await holds(plan)
      Terminal.diagnostics(plan.configuration.diagnostics + diagnostics, as: format.talk)
      let items = try RetainedItems(plan).all(inFolders: folders.isEmpty ? [plan.out] : folders)
      guard !items.isEmpty else {
        throw CommandEnd.nothing(
          "Nothing to list: no pack lies in the folder, and there is no store. Name folders of packs.")
      }
      let schedule = RetentionSchedule(rules: plan.configuration.retention, holds: holds)
      let finder = LogFinder(inputs: plan.inputs)
      let verdicts = items.map { item in
        (
          item,
          schedule.verdict(on: item, at: today) { $1.matches($0) || finder.names($0, under: $1.text) }
        )
      }
      let table = RetentionTable(schedule: schedule, today: today, verdicts: verdicts)
      switch format {
      case .table: table.print()
      case .json: table.printEvents()
      }
      sayHoldsOfNothing(holds ?? [], items, finder)
      return verdicts.contains { $0.1.state == .cannotTell } ? .incomplete : .done
    }
  }

  /// The holds on record; nil where a register of them could not be read whole.
  private func holds(_ plan: RunPlan) async -> (holds: [LegalHold]?, diagnostics: [Diagnostic]) {
    let named = plan.configuration.registers[.legalHolds] ?? []
    guard !named.isEmpty else { return ([], []) }
    let records = await InputPlan(
      directory: plan.configuration.directory, policy: [], ownership: [], registers: [.legalHolds: named]
    ).read()
    let isWhole = !records.diagnostics.contains { $0.severity == .error }
    return (isWhole ? records.registers.legalHolds : nil, records.diagnostics)
  }

  /// A hold whose pattern names no log may be mistyped, and then holds nothing.
  private func sayHoldsOfNothing(_ holds: [LegalHold], _ items: [RetainedItem], _ finder: LogFinder) {
    let logs = items.filter { $0.kind == .logs }.map(\.name)
    for hold in holds {
      for pattern in hold.logs
      where !logs.contains(where: { pattern.matches($0) || finder.names($0, under: pattern.text) }) {
        Terminal.diagnostics(
          [
            Diagnostic(
              id: "hold-names-no-log", severity: .warning, file: hold.place.source, line: hold.place.line,
              summary:
                "\(hold.id) names \(FigureText.shortened(pattern.text, to: 60)), and the store knows no such log",
              nextStep: "Write logs as routing-logs names them, or leave the cell empty for all logs.")
          ], as: format.talk)
      }
    }
  }
}
