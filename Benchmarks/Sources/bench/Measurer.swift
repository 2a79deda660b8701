internal import Foundation

/// What one run of a command cost.
struct Cost {
  var wall: Double
  /// User and system, of the command and the children it waited for.
  var processor: Double
  var peakBytes: Int
  var outputBytes = 0
}

/// A command that has ended.
struct EndedRun {
  var cost: Cost
  /// `exit 0`, `signal 9`.
  var ending: String
  var output: URL
  var errors: URL

  /// What the command said last on standard error.
  var lastWords: String {
    let said = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
    let lines = said.split(whereSeparator: \.isNewline)
    let telling = lines.last { $0.hasPrefix("Error:") } ?? lines.last ?? ""
    return String(telling.prefix(160))
  }
}

/// Runs commands one at a time through `measure`, which lies beside this program.
struct Measurer {
  let helper: URL
  let scratch: URL

  func run(_ command: [String]) throws(BenchError) -> EndedRun {
    let report = scratch.appending(path: "report.txt")
    let output = scratch.appending(path: "output.txt")
    let errors = scratch.appending(path: "errors.txt")
    let process = Process()
    process.executableURL = helper
    process.arguments = [report.path, output.path, errors.path] + command
    process.standardInput = FileHandle.nullDevice
    try BenchError.attempt("Starting \(command.joined(separator: " "))") { try process.run() }
    process.waitUntilExit()
    guard process.terminationStatus == 0, let text = try? String(contentsOf: report, encoding: .utf8) else {
      throw .unusable("measure could not run \(command.joined(separator: " ")). Build it anew with make bench.")
    }
    let fields = text.split(whereSeparator: \.isWhitespace)
    guard fields.count == 6, let wall = Double(fields[0]), let user = Double(fields[1]), let system = Double(fields[2]),
      let peak = Int(fields[3])
    else {
      throw .unusable("measure reported \(text). Build it anew with make bench.")
    }
    let cost = Cost(wall: wall, processor: user + system, peakBytes: peak * 1024)
    return EndedRun(cost: cost, ending: "\(fields[4]) \(fields[5])", output: output, errors: errors)
  }

  /// Whether the command ends with status 0; false too when it cannot be started.
  func succeeds(_ command: [String]) throws(BenchError) -> Bool { try run(command).ending == "exit 0" }
}
