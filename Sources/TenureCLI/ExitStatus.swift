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
}
