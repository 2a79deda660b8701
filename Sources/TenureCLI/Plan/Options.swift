internal import ArgumentParser
internal import Assets
internal import Foundation

/// What every command that reads records takes.
struct InputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong, help: ArgumentHelp("The configuration.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var config = "tenure.yaml"

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "2026-Q3, 2026-07, 2026, previous-quarter, previous-month, FROM/TO or all.", valueName: "period"),
    completion: .list(["previous-quarter", "previous-month", "all"]))
  var period: String?

  @Option(help: ArgumentHelp("The store that remembers scans.", valueName: "file"), completion: .file())
  var store: String?

  @Option(
    help: ArgumentHelp("A folder laid over the program's own mappings.", valueName: "folder"), completion: .directory)
  var mappings: String?

  @Option(
    help: ArgumentHelp("A folder laid over the program's own templates.", valueName: "folder"), completion: .directory)
  var templates: String?

  /// The program's mappings and templates, with the folders laid over them that flags or environment name.
  ///
  /// - Parameter folder: the folder of mappings where something else than flag and environment may name it.
  func assets(mappings folder: String? = nil) throws -> AssetLibrary {
    let environment = ProcessInfo.processInfo.environment
    var assets = AssetLibrary.embedded
    if let folder = folder ?? mappings ?? environment["TENURE_MAPPINGS"] {
      assets = try assets.overlaid("mappings", with: folder)
    }
    if let folder = templates ?? environment["TENURE_TEMPLATES"] {
      assets = try assets.overlaid("templates", with: folder)
    }
    return assets
  }
}

/// From which result on a command ends with status 2.
enum FailOn: String, ExpressibleByArgument, CaseIterable {
  case fail
  case exception
  case cannotTell = "cannot-tell"
  case never
}

/// How a table is printed.
enum TableFormat: String, ExpressibleByArgument, CaseIterable {
  case table, json, csv

  /// How everything but the table is said.
  var talk: OutputFormat { self == .json ? .json : .text }
}

/// How one answer is printed.
enum AnswerFormat: String, ExpressibleByArgument, CaseIterable {
  case table, json

  /// How everything but the answer is said.
  var talk: OutputFormat { self == .json ? .json : .text }
}

/// What every command that may scan logs takes.
struct ScanOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("How many threads work; as many as there are processors unless given.", valueName: "number"))
  var jobs: Int?

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs takes a number from 1 to 1024.") }
  }

  var threads: Int { jobs ?? ProcessInfo.processInfo.activeProcessorCount }
}

/// How a command speaks: for people, or as JSON lines for programs.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
