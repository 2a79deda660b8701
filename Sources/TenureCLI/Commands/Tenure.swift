package import ArgumentParser
internal import EvidenceModel

/// The command line.
package struct Tenure: DocumentedCommand {
  package static let help = CommandHelp(
    examples: [
      "tenure init": "writes tenure.yaml from what lies in this folder",
      "tenure doctor": "says whether a run would find what it needs",
      "tenure run --config tenure.yaml -p 2026-Q3": "makes the pack of a quarter",
      "tenure verify reports/2026q3": "checks a pack from the pack alone",
      "tenure gaps reports/2026q3": "lists where controls have no evidence",
    ],
    about: """
      Every command says with --help how it is used and how it ends; tenure explain says what a check, a control, a state
      or a diagnostic means.
      """,
    endings: ExitStatus.general)

  package static let configuration = CommandConfiguration(
    commandName: "tenure",
    abstract: "Turns routing logs, policy versions and ownership records into an evidence pack.",
    discussion: help.discussion,
    version: Evaluation.toolVersion,
    subcommands: [
      RunCommand.self, DetectCommand.self, ScanCommand.self, SplitsCommand.self, MergeCommand.self, VerifyCommand.self,
      SealCommand.self, ZipCommand.self,
      DiffCommand.self,
      GapsCommand.self, OwnersCommand.self, ExplainCommand.self, ProveNoneCommand.self, DossierCommand.self,
      DiscloseCommand.self, RevealCommand.self, SummaryCommand.self, RetentionCommand.self, InitCommand.self,
      DoctorCommand.self,
      ShowCommand.self, MappingsCommand.self, FieldmapCommand.self,
    ])

  package init() {}
}

extension AsyncParsableCommand {
  /// Runs the work of a command; what goes wrong is said with the next step, and the status is 1.
  ///
  /// - Parameter format: as JSON, the last line says how the command ended, whatever happened.
  func finish(_ format: OutputFormat = .text, _ body: () async throws -> ExitStatus) async throws {
    var status = ExitStatus.couldNotFinish
    var reason: String?
    do {
      status = try await body()
    } catch let end as CommandEnd {
      status = end.status
      reason = end.reason
      Terminal.talk((status == .couldNotFinish ? "error: " : "") + end.reason)
    } catch {
      let words = Terminal.failure(error)
      reason = words
      Terminal.talk("error: " + words)
      if format == .json, let diagnostic = error as? Diagnostic { Terminal.diagnostics([diagnostic], as: .json) }
    }
    if format == .json {
      Terminal.event(
        "ended",
        [
          "exit_status": .whole(Int(status.rawValue)), "status": .text(status.name),
          "reason": reason.map { .text($0) },
        ])
    }
    if let lost = Terminal.lostResults {
      // Whoever reads them has half of them at most, whatever they say.
      Terminal.talk("error: Standard output did not take all results: \(lost). Give it room, and run again.")
      status = .couldNotFinish
    }
    try status.exit()
  }
}

/// A command ends before its work is done, for a reason that is no fault of an input.
struct CommandEnd: Error {
  var status: ExitStatus
  /// A sentence with the next step.
  var reason: String

  static func failed(_ reason: String) -> CommandEnd { CommandEnd(status: .couldNotFinish, reason: reason) }
  static func nothing(_ reason: String) -> CommandEnd { CommandEnd(status: .nothingToEvaluate, reason: reason) }
}

/// What `main` does: reads the command line and runs its command.
package func runCommandLine() async {
  do {
    var command = try await Tenure.asyncParseAsRoot()
    if var command = command as? any AsyncParsableCommand {
      try await command.run()
    } else {
      try command.run()
    }
  } catch {
    guard Tenure.exitCode(for: error) == .success, let screen = HelpScreen.completed(Tenure.fullMessage(for: error))
    else { Tenure.exit(withError: error) }
    print(screen)
  }
}
