internal import ArgumentParser
internal import EvidenceModel
internal import Foundation
internal import Intake

/// Says what files are, by their content.
struct DetectCommand: DocumentedCommand {
  static let help = CommandHelp(
    examples: [
      "tenure detect logs/*.jsonl": "formats, instants and empty fields of some logs",
      "tenure detect records/ --format json": "every file of a folder, one object a line",
    ],
    about: """
      Reads each file whole. Of a routing log: format and what shows it, decisions, rejects, first and last instant, how each
      field came by its values, fields that are never filled and what that means for the checks. Of a policy: its format and
      rules. Of anything else: what it is, and why it is not read.
      """,
    endings: [
      .done: "every file is an input that Tenure reads",
      .couldNotFinish: "could not finish; standard error says why, and the next step",
      .incomplete: "some file is none, or could not be read to its end",
    ])

  static let configuration = CommandConfiguration(
    commandName: "detect", abstract: "Says what files are, what shows it, and what they lack.",
    discussion: help.discussion)

  @Argument(help: ArgumentHelp("Files, or folders whose files are looked at.", valueName: "path"), completion: .file())
  var paths: [String]

  @Option(help: "text or json (one object a line).")
  var format = OutputFormat.text

  func run() async throws {
    try await finish(format) {
      let files = try paths.flatMap(files)
      var isComplete = true
      for (index, file) in files.enumerated() {
        do throws(Diagnostic) {
          let survey = try FileSurvey(path: file, name: file)
          if format == .json {
            DetectWords.event(file, survey)
          } else {
            if index > 0 { Terminal.result("") }
            for line in DetectWords.lines(file, survey) { Terminal.result(line) }
          }
          if case .other = survey.kind { isComplete = false }
          if case .routingLog(let log) = survey.kind, log.damage != nil || log.decisions == 0 { isComplete = false }
          Terminal.diagnostics(survey.diagnostics, as: format)
        } catch {
          Terminal.diagnostics([error], as: format)
          isComplete = false
        }
      }
      guard !files.isEmpty else {
        throw CommandEnd.failed("no file is found there. Name files, or folders that hold some.")
      }
      return isComplete ? .done : .incomplete
    }
  }

  /// A file, or the files below a folder in the order of their names' bytes; names that begin with a dot are passed over.
  private func files(_ path: String) throws(Diagnostic) -> [String] {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw Diagnostic(
        id: "file-unreadable", file: path, summary: "there is no such file or folder", nextStep: "Check the path.")
    }
    guard isDirectory.boolValue else { return [path] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    var found: [String] = []
    for name in names.sortedBytewise() where !name.hasPrefix(".") {
      found += try files(path.hasSuffix("/") ? path + name : path + "/" + name)
    }
    return found
  }
}
