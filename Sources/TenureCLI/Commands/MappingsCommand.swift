internal import ArgumentParser
internal import Assessment
internal import Assets
internal import EvidenceModel

/// Works on the catalogs and the mapping.
struct MappingsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mappings", abstract: "Works on the catalogs and the mapping of checks to controls.",
    subcommands: [LintCommand.self])

  struct LintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "lint", abstract: "Checks catalogs, mapping and citations.",
      discussion: """
        Every mapped control exists and is no heading, every check is mapped, every control without a check says why, every
        citation reads as something that exists.

        Exit status: 0 nothing to mend, 1 something to mend, 64 usage.
        """)

    @Option(help: ArgumentHelp("A folder laid over the program's own mappings.", valueName: "folder"))
    var mappings: String?

    func run() async throws {
      try await finish {
        var assets = AssetLibrary.embedded
        if let mappings { assets = try assets.overlaid("mappings", with: mappings) }
        let library = MappingLibrary(assets)
        for diagnostic in library.diagnostics { Terminal.diagnostic(diagnostic) }
        for framework in library.frameworks {
          let controls = framework.controls.filter { !$0.isGroup }
          let pairs = library.mappings.filter { $0.framework == framework.id }
          Terminal.result(
            "\(framework.id): \(controls.count) controls, \(Set(pairs.map(\.control)).count) mapped, \(pairs.count) pairs"
          )
        }
        Terminal.result(
          "\(Set(library.mappings.map(\.check)).count) checks, \(library.citations.count) citations, review \(library.review)"
        )
        return library.diagnostics.isEmpty ? .done : .couldNotFinish
      }
    }
  }
}
