package import ArgumentParser

/// The command line.
package struct Tenure: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "tenure",
    abstract: "Turns routing logs, policy versions and ownership records into an evidence pack.",
    discussion: """
      Examples:
        tenure init                                    writes tenure.yaml from what lies in this folder
        tenure run --config tenure.yaml -p 2026-Q3     makes the pack of a quarter
        tenure verify reports/2026q3                   checks a pack from the pack alone
        tenure gaps reports/2026q3                     lists where controls have no evidence

      Exit status: 0 done, 1 could not finish, 2 findings at or above --fail-on, 3 pack written but incomplete,
      4 verification failed, 5 nothing to evaluate, 64 usage.
      """,
    version: Evaluation.toolVersion,
    subcommands: [
      RunCommand.self, DetectCommand.self, ScanCommand.self, MergeCommand.self, VerifyCommand.self, DiffCommand.self,
      GapsCommand.self, OwnersCommand.self, ExplainCommand.self, ProveNoneCommand.self, DossierCommand.self,
      DiscloseCommand.self, RevealCommand.self, InitCommand.self,
      ShowCommand.self, MappingsCommand.self, FieldmapCommand.self,
    ])

  package init() {}
}

extension AsyncParsableCommand {
  /// Runs the work of a command; what goes wrong is said with the next step, and the status is 1.
  func finish(_ body: () async throws -> ExitStatus) async throws {
    do {
      try await body().exit()
    } catch let code as ExitCode {
      throw code
    } catch {
      Terminal.talk("error: " + Terminal.failure(error))
      try ExitStatus.couldNotFinish.exit()
    }
  }
}

/// What `main` does: reads the command line and runs its command.
package func runCommandLine() async {
  await Tenure.main()
}
