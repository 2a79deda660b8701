internal import ArgumentParser
internal import Assets
internal import Disclosure
internal import EvidenceModel
internal import EvidencePack
internal import Foundation
internal import PackArchive
internal import Rendering
internal import Verification

/// Makes a pack for readers who may not see everything.
struct DiscloseCommand: DocumentedCommand {
  static let help = CommandHelp(
    examples: [
      "tenure disclose --new-key ~/tenure.key": "makes a key, for its owner alone",
      "tenure disclose reports/2026q3 --level auditor --key ~/tenure.key --out handover": "makes the pack",
    ],
    about: """
      People, teams, agents, credentials and request ids get pseudonyms, the same one in all of the
      pack and another one in every other pack. Fields that nobody decided about are withheld. Counts,
      verdicts and times stay. The new pack is searched for every value that was hidden and verified.
      """,
    endings: [
      .done: "the pack, or the key, is written",
      .couldNotFinish: "the pack or the key is refused, or a hidden value would stand in the new pack",
    ])

  static let configuration = CommandConfiguration(
    commandName: "disclose", abstract: "Makes a pack for auditors or the public from an internal one.",
    discussion: help.discussion)

  @Argument(
    help: ArgumentHelp("The folder of an internal pack, or a zip of it.", valueName: "pack"), completion: .file())
  var pack: String?

  @Option(help: "Who the new pack is for: auditor, public.")
  var level: DisclosureLevel?

  @Option(
    help: ArgumentHelp("The key that pseudonyms are made with; it stays with you.", valueName: "file"),
    completion: .file())
  var key: String?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The folder that receives the new pack.", valueName: "folder"),
    completion: .directory)
  var out: String?

  @Option(
    help: ArgumentHelp(
      "Names of people, one a line, that sentences of the pack may hold and no field of it does.", valueName: "file"),
    completion: .file())
  var names: String?

  @Option(
    help: ArgumentHelp("A folder laid over the program's own templates.", valueName: "folder"), completion: .directory)
  var templates: String?

  @Option(help: ArgumentHelp("Makes a key in a new file, and nothing else.", valueName: "file"), completion: .file())
  var newKey: String?

  @Option(help: "How results are printed: text, json.")
  var format = OutputFormat.text

  func validate() throws {
    if newKey != nil {
      guard pack == nil, level == nil, key == nil, out == nil else {
        throw ValidationError("--new-key makes a key and nothing else.")
      }
    } else if pack == nil || level == nil || key == nil || out == nil {
      throw ValidationError("Name a pack, --level, --key and --out; or make a key with --new-key.")
    }
  }

  func run() async throws {
    try await finish(format) {
      if let newKey {
        try KeyFile.make(newKey)
        switch format {
        case .text: Terminal.result(newKey)
        case .json: Terminal.event("key-made", ["key": .text(newKey)])
        }
        return .done
      }
      guard let pack, let level, let key, let out else { return .couldNotFinish }
      var assets = AssetLibrary.embedded
      if let templates { assets = try assets.overlaid("templates", with: templates) }
      let publisher = DisclosurePublisher(key: key, out: out, assets: assets, furtherNames: try furtherNames())
      let opened = try OpenedPack(pack)
      defer { opened.close() }
      let (path, summary) = try publisher.publish(opened.folder, level)
      DisclosureWords.tell(summary, path, format)
      return .done
    }
  }

  private func furtherNames() throws(Diagnostic) -> [String] {
    guard let names else { return [] }
    guard let data = FileManager.default.contents(atPath: names), data.count <= 16 << 20 else {
      throw Diagnostic(
        id: "disclosure-names", file: names, summary: "is no file of a readable size",
        nextStep: "Name a text file with one name a line.")
    }
    return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }
}

extension DisclosureLevel: ExpressibleByArgument {}

/// Makes the pack of a level in a temporary folder, verifies it, and renames it into place.
struct DisclosurePublisher {
  let key: String
  let out: String
  let assets: AssetLibrary
  var furtherNames: [String] = []

  func publish(_ path: String, _ level: DisclosureLevel) throws -> (path: String, summary: PackDisclosure.Summary) {
    let pack = try InternalPack(path)
    let name = pack.id + "-" + level.rawValue
    let target = out + "/" + name
    let secret = try KeyFile.read(key, outside: [path, target])
    let files = FileManager.default
    if files.fileExists(atPath: target), !files.fileExists(atPath: target + "/manifest.xml") {
      throw PackPublisher.InTheWay(path: target)
    }
    let shelf = try PackShelf(out)
    let temporary = try shelf.temporary(for: name)
    defer { try? files.removeItem(atPath: temporary) }
    let renderer = PageRenderer(assets)
    let summary = try PackDisclosure.write(
      pack, level: level, secret: secret, furtherNames: furtherNames, into: temporary, assets: assets
    ) { try renderer.page(from: $0, stylesheet: $1, framework: $2) }
    let report = PackVerifier.verify(temporary, assets: assets, valid: summary.validDocuments)
    guard report.isSound else { throw PackPublisher.NotSound(faults: report.faults) }
    try SealKeeper.keepSeals(of: target, in: temporary, manifest: summary.manifest)
    try shelf.put(temporary, as: name)
    return (target, summary)
  }
}

/// What came of a disclosure, on the terminal.
enum DisclosureWords {
  /// - Parameter isShort: one line, beside those of a run.
  static func tell(
    _ summary: PackDisclosure.Summary, _ path: String, _ format: OutputFormat, isShort: Bool = false
  ) {
    for conflict in summary.conflicts {
      let warning = Diagnostic(
        id: "disclosure-conflict", severity: .warning, file: path,
        summary:
          "\(conflict.n) hidden values of kind \(conflict.kind) stand in it all the same, as an id that is kept or as a word of its pages",
        nextStep: "Look whether they tell who someone is before you hand the pack over.")
      Terminal.diagnostics([warning], as: format)
    }
    guard format == .text else {
      return Terminal.event(
        "disclosed",
        [
          "level": .text(summary.level.rawValue), "files": .whole(summary.files), "pages": .whole(summary.pages),
          "replaced": .whole(summary.replaced), "hidden": .whole(summary.hidden),
          "sentences": .whole(summary.sentences), "commitments": .whole(summary.commitments),
          "conflicts": .whole(summary.conflicts.reduce(0) { $0 + $1.n }),
          "manifest_sha256": .text(summary.manifest.description),
          "internal_manifest_sha256": .text(summary.internalManifest.description), "pack": .text(path),
        ])
    }
    if isShort {
      return Terminal.result("disclosed    \(summary.level.rawValue): manifest \(summary.manifest), \(path)")
    }
    Terminal.result("level        \(summary.level.rawValue)")
    Terminal.result("made from    manifest \(summary.internalManifest)")
    Terminal.result("pseudonyms   \(summary.pseudonyms.map { "\($0.n) \($0.kind)" }.joined(separator: " + "))")
    Terminal.result(
      "values       \(summary.replaced) replaced, \(summary.hidden) withheld, \(summary.sentences) sentences changed")
    Terminal.result("commitments  \(summary.commitments)")
    Terminal.result("pack         \(summary.pages) pages, \(summary.files) files, manifest \(summary.manifest)")
    Terminal.result(path)
  }
}
