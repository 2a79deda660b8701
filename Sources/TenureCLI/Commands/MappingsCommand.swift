internal import ArgumentParser
internal import Assessment
internal import Assets
internal import EvidenceModel
internal import Foundation
internal import Intake

/// Works on the catalogs and the mapping.
struct MappingsCommand: DocumentedCommand {
  static let help = CommandHelp(
    examples: [
      "tenure mappings lint --mappings ours": "what to mend in a mapping of your own"
    ],
    endings: [
      .done: "the help is printed"
    ])

  static let configuration = CommandConfiguration(
    commandName: "mappings", abstract: "Works on the catalogs and the mapping of checks to controls.",
    discussion: help.discussion, subcommands: [ListCommand.self, LintCommand.self])

  struct ListCommand: DocumentedCommand {
    static let help = CommandHelp(
      examples: [
        "tenure mappings list": "what comes with the program",
        "tenure mappings list --catalog ours=catalogs/ours.xml": "with a catalog of your own",
      ],
      about: """
        Core frameworks are shown in a pack unless tenure.yaml names others. Withdrawn controls of an
        OSCAL catalog are not counted.
        """,
      endings: [
        .done: "listed",
        .couldNotFinish: "the data has errors",
      ])

    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Lists the frameworks with version, review state and counts.",
      discussion: help.discussion)

    @OptionGroup var data: MappingOptions

    @Option(help: "How results are printed: text, json.")
    var format = OutputFormat.text

    func run() async throws {
      try await finish(format) {
        let library = try data.library()
        Terminal.diagnostics(library.diagnostics, as: format)
        let width = library.frameworks.map(\.id.count).max() ?? 0
        for framework in library.frameworks {
          let sums = MappingSums(framework, library)
          if format == .json {
            Terminal.event("framework", sums.members)
            continue
          }
          Terminal.result(
            "\(framework.id.filled(to: width))  \(framework.isCore ? "core" : "    ")  \(sums.text), \(library.review(of: framework.id).words)"
          )
          Terminal.result("\("".filled(to: width))        \(framework.title), \(framework.version)")
        }
        return library.diagnostics.contains { $0.severity == .error } ? .couldNotFinish : .done
      }
    }
  }

  struct LintCommand: DocumentedCommand {
    static let help = CommandHelp(
      examples: [
        "tenure mappings lint": "what comes with the program",
        "tenure mappings lint --mappings ours": "with a folder of your own laid over it",
      ],
      about: """
        Every mapped control exists and is no heading, every pair is listed once with a relation and a
        rationale of its own, every check says what it cannot show and is mapped in each core framework
        or said not to be, every control without a check says why, every citation reads as something
        that exists, every reviewed mapping names who read it, and no sentence claims what records
        cannot decide. An error stops a run; a warning does not.
        """,
      endings: [
        .done: "nothing to mend",
        .couldNotFinish: "something to mend, also where it is a warning",
      ])

    static let configuration = CommandConfiguration(
      commandName: "lint", abstract: "Checks catalogs, mapping, overrides and citations.",
      discussion: help.discussion)

    @OptionGroup var data: MappingOptions

    @Option(help: "How results are printed: text, json.")
    var format = OutputFormat.text

    func run() async throws {
      try await finish(format) {
        let library = try data.library()
        let found = library.diagnostics + MappingLint.remarks(library)
        let status: ExitStatus = found.isEmpty ? .done : .couldNotFinish
        if format == .json {
          printEvents(library, found)
          return status
        }
        for diagnostic in found { Terminal.diagnostic(diagnostic) }
        for override in library.overrides { Terminal.result(override.words) }
        for framework in library.frameworks {
          Terminal.result("\(framework.id): \(MappingSums(framework, library).text)")
        }
        Terminal.result(
          "\(Set(library.mappings.map(\.check)).count) checks, \(library.citations.count) citations, review \(library.review)"
        )
        return status
      }
    }

    private func printEvents(_ library: MappingLibrary, _ found: [Diagnostic]) {
      Terminal.diagnostics(found, as: .json)
      for override in library.overrides { Terminal.event("override", override.members) }
      for framework in library.frameworks { Terminal.event("framework", MappingSums(framework, library).members) }
      Terminal.event(
        "linted",
        [
          "checks": .whole(Set(library.mappings.map(\.check)).count), "citations": .whole(library.citations.count),
          "remarks": .whole(found.count),
        ])
    }
  }
}

/// Which data the commands over mappings read.
struct MappingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A folder laid over the program's own mappings.", valueName: "folder"), completion: .directory)
  var mappings: String?

  @Option(
    help: ArgumentHelp(
      "An OSCAL catalog or profile that the mappings speak about, called like its file, or ID=FILE; may be repeated.",
      valueName: "file"), completion: .file())
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
  let framework: Framework
  let review: MappingReview
  let controls, mapped, pairs: Int

  init(_ framework: Framework, _ library: MappingLibrary) {
    let pairs = library.mappings.filter { $0.framework == framework.id }
    self.framework = framework
    review = library.review(of: framework.id)
    let controls = Set(framework.controls.filter { !$0.isGroup }.map(\.id))
    self.controls = controls.count
    mapped = controls.intersection(pairs.map(\.control)).count
    self.pairs = pairs.count
  }

  /// `10 controls, 8 mapped, 29 pairs`
  var text: String { "\(controls) controls, \(mapped) mapped, \(pairs) pairs" }

  var members: [String: EventValue?] {
    [
      "framework": .text(framework.id), "title": .text(framework.title), "framework_version": .text(framework.version),
      "core": .flag(framework.isCore), "controls": .whole(controls), "mapped": .whole(mapped), "pairs": .whole(pairs),
      "review": .text(review.status.rawValue),
      "reviewers": .list(
        review.reviewers.map {
          .object(["name": .text($0.name), "role": .text($0.role), "date": .text($0.date)])
        }),
    ]
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
  var members: [String: EventValue?] {
    [
      "check": .text(check), "framework": .text(framework), "control": .text(control),
      "change": .text(change.rawValue), "relation": relation.map { .text($0) }, "before": before.map { .text($0) },
      "reason": .text(reason), "decided_by": .text(decidedBy), "date": date.map { .text($0) },
    ]
  }

  var words: String {
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
