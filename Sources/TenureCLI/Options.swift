internal import ArgumentParser

/// What every command that reads records takes.
struct InputOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: ArgumentHelp("The configuration.", valueName: "file"))
  var config = "tenure.yaml"

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("2026-Q3, 2026-07, 2026, previous-quarter, FROM/TO or all.", valueName: "period"))
  var period: String?

  @Option(help: ArgumentHelp("The store that remembers scans.", valueName: "file"))
  var store: String?

  @Option(help: ArgumentHelp("A folder laid over the program's own mappings.", valueName: "folder"))
  var mappings: String?

  @Option(help: ArgumentHelp("A folder laid over the program's own templates.", valueName: "folder"))
  var templates: String?
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
}
