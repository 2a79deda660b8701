internal import ArgumentParser

/// How a command ends. The numbers are part of the interface; `docs/exit-statuses.md` describes them.
package enum ExitStatus: Int32, Sendable, CaseIterable {
  case done = 0
  case couldNotFinish = 1
  case findings = 2
  case incomplete = 3
  case verificationFailed = 4
  case nothingToEvaluate = 5

  /// As `docs/exit-statuses.md` calls it.
  var name: String {
    switch self {
    case .done: "done"
    case .couldNotFinish: "could-not-finish"
    case .findings: "findings"
    case .incomplete: "incomplete"
    case .verificationFailed: "verification-failed"
    case .nothingToEvaluate: "nothing-to-evaluate"
    }
  }

  /// What it says of any command.
  var meaning: String {
    switch self {
    case .done: "the command did what it is for"
    case .couldNotFinish: "it could not finish; the reason and the next step stand on standard error"
    case .findings: "something is at or above the threshold that was asked for"
    case .incomplete: "the command did its work, but something is missing from what it worked on"
    case .verificationFailed: "the pack has faults; all are listed"
    case .nothingToEvaluate:
      "no decision of the period was read, or none that was asked about; no pack was written"
    }
  }

  func exit() throws {
    if self != .done { throw ExitCode(rawValue) }
  }

  /// All of them, in general words.
  static let general: KeyValuePairs<ExitStatus, String> = [
    .done: ExitStatus.done.meaning, .couldNotFinish: ExitStatus.couldNotFinish.meaning,
    .findings: ExitStatus.findings.meaning, .incomplete: ExitStatus.incomplete.meaning,
    .verificationFailed: ExitStatus.verificationFailed.meaning,
    .nothingToEvaluate: ExitStatus.nothingToEvaluate.meaning,
  ]
}
