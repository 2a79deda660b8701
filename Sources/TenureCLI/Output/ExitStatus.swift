internal import ArgumentParser

/// How a command ends. The numbers are part of the interface; `docs/exit-statuses.md` describes them.
package enum ExitStatus: Int32, Sendable {
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

  func exit() throws {
    if self != .done { throw ExitCode(rawValue) }
  }

  /// What each says of any command.
  static let general: KeyValuePairs<ExitStatus, String> = [
    .done: "the command did what it is for",
    .couldNotFinish: "it could not finish; the reason and the next step stand on standard error",
    .findings: "something is at or above the threshold that was asked for",
    .incomplete: "the command did its work, but something is missing from what it worked on",
    .verificationFailed: "the pack has faults; all are listed",
    .nothingToEvaluate: "no decision of the period was read, or none that was asked about; no pack was written",
  ]
}
