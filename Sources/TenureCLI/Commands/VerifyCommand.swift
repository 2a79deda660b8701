internal import ArgumentParser
internal import Assets
internal import Comparison
internal import EvidenceModel
internal import PackArchive
internal import Rendering
internal import Seal
internal import Verification

/// Checks a pack from the pack alone.
struct VerifyCommand: DocumentedCommand {
  static let help = CommandHelp(
    examples: [
      "tenure verify reports/2026q3": "digests, schema, sums and links",
      "tenure verify reports/2026q3.zip": "the same of a zip",
      "tenure verify reports/2026q3 --trusted-key preparer.pub":
        "also asks for a seal by that key; the flag may be repeated",
      "tenure verify reports/2026q3 --deep": "makes every page again",
      "tenure verify reports/2026q3 --deep --config tenure.yaml": "also judges every decision again",
    ],
    about: """
      Recomputes every digest, looks for missing and extra files, validates every evidence document against the schema of
      this program, adds the data up again, and follows every link. All faults are listed, not only the first.

      Digests show that nothing changed since they were taken; they do not show who took them. A seal shows that, to whoever
      has the signer's public key from the signer: keys are never taken from the pack.

      A zip is read strictly, unpacked into a temporary folder of your own, and removed at the end.
      """,
    endings: [
      .done: "the pack is sound",
      .couldNotFinish: "the pack of --previous could not be read",
      .verificationFailed:
        "the pack has faults; also when it does not name the pack of --previous, when a --trusted-key made no seal, when --deep makes something otherwise, and when a zip is not safe to read",
    ])

  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Checks a pack from the pack alone.",
    discussion: help.discussion)

  @Argument(help: ArgumentHelp("The folder of a pack, or a zip of one.", valueName: "pack"), completion: .file())
  var pack: String

  @Option(
    help: ArgumentHelp("The pack before it: also checks that this pack names its digest.", valueName: "pack"),
    completion: .file())
  var previous: String?

  @Option(
    help: ArgumentHelp(
      "A public Ed25519 key in PEM whose holder must have sealed the pack; may be given several times.",
      valueName: "file"), completion: .file())
  var trustedKey: [String] = []

  @Flag(help: "Make every page again from its document, and compare the bytes.")
  var deep = false

  @Option(
    help: ArgumentHelp(
      "With --deep: the configuration of the run. Its inputs are read and judged again, and the tables compared.",
      valueName: "file"), completion: .file())
  var config: String?

  @Option(
    help: ArgumentHelp("With --deep: the folder that was laid over the templates.", valueName: "folder"),
    completion: .directory)
  var templates: String?

  @Option(help: "How results are printed: text, json.")
  var format = OutputFormat.text

  func validate() throws {
    if !deep, config != nil || templates != nil { throw ValidationError("--config and --templates go with --deep.") }
  }

  func run() async throws {
    try await finish(format) {
      let trusted = try trustedKey.map { try SealPublicKey(contentsOf: $0) }
      let assets = try templates.map { try AssetLibrary.embedded.overlaid("templates", with: $0) } ?? .embedded
      let renderer = PageRenderer(assets)
      var zipFaults: [Diagnostic] = []
      let opened = OpenedPack(pack, faults: &zipFaults)
      defer { opened.close() }
      // Of a zip whose list of files cannot be trusted nothing is there to be verified.
      var report = VerificationReport()
      if zipFaults.isEmpty || opened.holdsFiles {
        report = PackVerifier.verify(
          opened.folder, assets: assets,
          render: deep
            ? { try renderer.page(from: $0, stylesheet: $1, framework: $2) }
            : nil)
      }
      report.add(zipFaults)
      if let config { report.add(try await Rerun(of: opened.folder, config: config, assets: assets).differences()) }
      if let previous, let broken = try brokenChain(of: opened.folder, to: previous) { report.add(broken) }
      let seals = sealReport(opened.folder, report, trusted)
      report.add(seals.faults)
      if format == .json { return printEvents(report, seals) }
      for fault in report.faults { Terminal.result("\(fault.id): \(fault.place): \(fault.summary). \(fault.nextStep)") }
      for seal in seals.seals { Terminal.result(words(seal)) }
      let pages = deep ? ", \(report.pagesMade) pages made again" : ""
      let digest = report.manifestDigest.map { ", manifest \($0)" } ?? ""
      Terminal.result(
        "\(report.isSound ? "sound" : "\(report.faultCount) faults"): \(report.filesChecked) files, \(report.documentsChecked) documents, \(report.linksChecked) links\(pages)\(digest)"
      )
      return report.isSound ? .done : .verificationFailed
    }
  }

  private func sealReport(_ pack: String, _ report: VerificationReport, _ trusted: [SealPublicKey]) -> SealReport {
    guard let manifest = report.manifestDigest else { return SealReport() }
    // A pack that cannot say which one was before it has a fault of its own already.
    let before = try? PackFolder(pack).previousManifest()
    return SealReport.check(SealFolder(of: pack), manifest: manifest, previousManifest: before, trusted: trusted)
  }

  private func words(_ seal: SealReport.Seal) -> String {
    let who = seal.signer.map { ", “\($0)” by its own words" } ?? ""
    let stamp =
      seal.stampedAt.map { "; stamped \($0) by an authority that openssl ts -verify can name" } ?? ""
    let worth =
      switch seal.worth {
      case .trusted: "signed by a key that you trust"
      case .unknownKey: "not checked, as nobody named its key \(seal.keyID.prefix(16)) with --trusted-key"
      case .broken: "worth nothing, see above"
      }
    return "seal \(seal.role)\(who): \(worth)\(stamp)"
  }

  private func printEvents(_ report: VerificationReport, _ seals: SealReport) -> ExitStatus {
    for fault in report.faults { Terminal.event("fault", fault.members) }
    for seal in seals.seals {
      Terminal.event(
        "seal",
        [
          "name": .text(seal.name), "worth": .text(seal.worth.rawValue), "role": .text(seal.role),
          "signer": seal.signer.map { .text($0) }, "key_sha256": .text(seal.keyID),
          "stamped_at": seal.stampedAt.map { .text($0) },
        ])
    }
    let status: ExitStatus = report.isSound ? .done : .verificationFailed
    Terminal.event(
      "verified",
      [
        "pack": .text(pack), "sound": .flag(report.isSound), "faults": .whole(report.faultCount),
        "files": .whole(report.filesChecked), "documents": .whole(report.documentsChecked),
        "links": .whole(report.linksChecked), "pages_made": .whole(report.pagesMade),
        "manifest_sha256": report.manifestDigest.map { .text($0.description) },
        "exit_status": .whole(Int(status.rawValue)),
      ])
    return status
  }

  /// What is wrong with the link to the pack before; nil where it holds.
  private func brokenChain(of pack: String, to previous: String) throws(Diagnostic) -> Diagnostic? {
    let before = try OpenedPack(previous)
    defer { before.close() }
    let expected = try PackFolder(before.folder).manifest
    let named = try PackFolder(pack).previousManifest()
    guard named != expected else { return nil }
    return Diagnostic(
      id: "pack-chain-broken", file: "evidence/pack.xml",
      summary: named.map { "the pack before it is \($0) by its words, and that one is \(expected)" }
        ?? "it names no pack before it",
      nextStep: "Name the pack that it was compared with, or make it again with --previous-pack.")
  }
}
