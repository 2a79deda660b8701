internal import ArgumentParser
internal import Assets
internal import Comparison
internal import EvidenceModel
internal import EvidencePack
internal import Foundation
internal import PackArchive
internal import Rendering

/// What changed from one pack to another, from the packs alone.
struct DiffCommand: DocumentedCommand {
  static let help = CommandHelp(
    examples: [
      "tenure diff reports/2026q2 reports/2026q3": "what changed, in words",
      "tenure diff reports/2026q2 reports/2026q3 --out delta": "writes a page of its own",
      "tenure diff reports/2026q2 reports/2026q3 --fail-on lost": "for a pipeline",
    ],
    about: """
      Reads both packs alone, and only files whose digests hold. Says which checks newly fail, pass or cannot tell, which
      controls gained or lost evidence, what became of versions, rules, owners and gaps, and which settings differ.

      A pack that is made with previous-pack carries the same page.
      """,
    endings: [
      .done: "compared",
      .couldNotFinish: "a pack was refused, or --out is not empty",
      .findings: "a change is at or above --fail-on",
    ])

  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Says what changed from one pack to another.",
    discussion: help.discussion)

  @Argument(
    help: ArgumentHelp("The folder of the earlier pack, or a zip of it.", valueName: "earlier"), completion: .file())
  var earlier: String

  @Argument(
    help: ArgumentHelp("The folder of the later pack, or a zip of it.", valueName: "later"), completion: .file())
  var later: String

  @Option(help: "How results are printed: text, json.")
  var format = OutputFormat.text

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "A new folder that receives the document, its page and what it is made with.", valueName: "folder"),
    completion: .directory)
  var out: String?

  @Option(
    help: "End with status 2 if a check newly fails (newly-failing), or a control also lost ground (lost); or never.")
  var failOn = DeltaThreshold.never

  func run() async throws {
    try await finish(format) {
      let before = try PackSummary.read(earlier)
      let after = try PackSummary.read(later)
      let delta = PackDelta(from: before, to: after)
      if let out {
        let assets = AssetLibrary.embedded
        let renderer = PageRenderer(assets)
        try write(into: out) { folder in
          try DeltaFolder.write(delta, into: folder, assets: assets) { document, stylesheet in
            try renderer.page(from: document, stylesheet: stylesheet)
          }
        }
      }
      let status: ExitStatus = failOn.isReached(by: delta) ? .findings : .done
      switch format {
      case .json: DeltaEvents.print(delta, page: out.map { $0 + "/delta.html" }, status: status)
      case .text:
        DeltaText.print(delta)
        if let out { Terminal.result(out + "/delta.html") }
      }
      return status
    }
  }
}

extension DiffCommand {
  /// A new folder appears when it is whole. One that is there already may be where somebody works, so it stays the same
  /// folder; its SHA256SUMS come last.
  private func write(into folder: String, _ body: (String) throws -> Void) throws {
    guard !FileManager.default.fileExists(atPath: folder) else { return try body(folder) }
    let target = URL(fileURLWithPath: folder)
    let shelf = try PackShelf(target.deletingLastPathComponent().path)
    let temporary = try shelf.temporary(for: target.lastPathComponent)
    do {
      try body(temporary)
      try shelf.put(temporary, as: target.lastPathComponent)
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      throw error
    }
  }
}

extension PackSummary {
  /// What a pack says, read from its folder or from a zip of it.
  static func read(_ path: String) throws(Diagnostic) -> PackSummary {
    let opened = try OpenedPack(path)
    defer { opened.close() }
    return try PackFolder(opened.folder).summary()
  }
}

/// From which change on `diff` ends with status 2; each level has the one before it too.
enum DeltaThreshold: String, ExpressibleByArgument, CaseIterable {
  case newlyFailing = "newly-failing"
  case lost, never

  func isReached(by delta: PackDelta) -> Bool {
    switch self {
    case .never: false
    case .newlyFailing: delta.count(.newlyFailing) > 0
    case .lost: delta.count(.newlyFailing) + delta.count(.lost) + delta.count(.contradicted) > 0
    }
  }
}
