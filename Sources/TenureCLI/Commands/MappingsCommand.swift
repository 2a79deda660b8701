internal import ArgumentParser
internal import Assessment
internal import Assets
internal import EvidenceModel
internal import Foundation
internal import Intake

/// Works on the catalogs and the mapping.
struct MappingsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mappings", abstract: "Works on the catalogs and the mapping of checks to controls.",
    subcommands: [ListCommand.self, LintCommand.self])

  struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Lists the frameworks with version, review state and counts.",
      discussion: """
        Core frameworks are shown in a pack unless tenure.yaml names others. Withdrawn controls of an
        OSCAL catalog are not counted.

        Exit status: 0 done, 1 could not finish, 64 usage.
        """)

    @OptionGroup var data: MappingOptions

    func run() async throws {
      try await finish {
        let library = try data.library()
        for diagnostic in library.diagnostics { Terminal.diagnostic(diagnostic) }
        let width = library.frameworks.map(\.id.count).max() ?? 0
        for framework in library.frameworks {
          let sums = MappingSums(framework, library)
          Terminal.result(
            "\(framework.id.filled(to: width))  \(framework.isCore ? "core" : "    ")  \(sums.text), \(library.review(of: framework.id).words)"
          )
          Terminal.result("\("".filled(to: width))        \(framework.title), \(framework.version)")
        }
        return library.diagnostics.contains { $0.severity == .error } ? .couldNotFinish : .done
      }
    }
  }

  struct LintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "lint", abstract: "Checks catalogs, mapping, overrides and citations.",
      discussion: """
        Every mapped control exists and is no heading, every pair is listed once with a relation and a
        rationale of its own, every check says what it cannot show and is mapped in each core framework
        or said not to be, every control without a check says why, every citation reads as something
        that exists, every reviewed mapping names who read it, and no sentence claims what records
        cannot decide. An error stops a run; a warning does not.

        Exit status: 0 nothing to mend, 1 something to mend, 64 usage.
        """)

    @OptionGroup var data: MappingOptions

    func run() async throws {
      try await finish {
        let library = try data.library()
        let found = library.diagnostics + MappingLint.remarks(library)
        for diagnostic in found { Terminal.diagnostic(diagnostic) }
        for override in library.overrides { Terminal.result(override.words) }
        for framework in library.frameworks {
          Terminal.result("\(framework.id): \(MappingSums(framework, library).text)")
        }
        Terminal.result(
          "\(Set(library.mappings.map(\.check)).count) checks, \(library.citations.count) citations, review \(library.review)"
        )
        return found.isEmpty ? .done : .couldNotFinish
      }
    }
  }
}

/// Which data the commands over mappings read.
struct MappingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A folder laid over the program's own mappings.", valueName: "folder"))
  var mappings: String?

  @Option(
    help: ArgumentHelp(
      "An OSCAL catalog or profile that the mappings speak about, called like its file, or ID=FILE; may be repeated.",
      valueName: "file"))
  var catalog: [String] = []

  func library() throws -> MappingLibrary {
    var assets = AssetLibrary.embedded
    if let mappings { assets = try assets.overlaid("mappings", with: mappings) }
    let catalogs = try catalog.map { written in
      let parts = written.split(separator: "=", maxSplits: 1).map { String($0) }
      let hasID = parts.count == 2 && !parts[0].contains("/") && !FileManager.default.fileExists(atPath: written)
      let path = hasID ? parts[1] : written
      let name = (path as NSString).lastPathComponent as NSString
      let folder = (path as NSString).deletingLastPathComponent
      return try OSCALCatalog(
        name as String, in: folder.isEmpty ? "." : folder, id: hasID ? parts[0] : name.deletingPathExtension)
    }
    return MappingLibrary(assets, catalogs: catalogs)
  }
}

private struct MappingSums {
  /// `10 controls, 8 mapped, 29 pairs`
  var text: String

  init(_ framework: Framework, _ library: MappingLibrary) {
    let controls = framework.controls.count { !$0.isGroup }
    let pairs = library.mappings.filter { $0.framework == framework.id }
    text = "\(controls) controls, \(Set(pairs.map(\.control)).count) mapped, \(pairs.count) pairs"
  }
}

extension MappingReview {
  /// In the words of the terminal: the state, and who has read the mapping.
  var words: String {
    switch status {
    case .none: "no mapping"
    case .draft: "draft"
    case .reviewed: "reviewed by " + reviewers.map { "\($0.name) on \($0.date)" }.joined(separator: ", ")
    }
  }
}

extension MappingOverride {
  fileprivate var words: String {
    let what =
      switch change {
      case .added: "maps to"
      case .changed: "maps otherwise to"
      case .removed: "no longer maps to"
      }
    return
      "\(check) \(what) \(control) of \(framework): overruled by \(decidedBy)\(date.map { " on \($0)" } ?? ""): \(reason)"
  }
}
