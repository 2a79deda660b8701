internal import ArgumentParser
internal import Assets
internal import Comparison
internal import EvidenceModel
internal import Verification

/// Checks a pack from the pack alone.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Checks a pack from the pack alone.",
    discussion: """
      Recomputes every digest, looks for missing and extra files, validates every evidence document against the schema of
      this program, adds the data up again, and follows every link. All faults are listed, not only the first.
      Digests show that nothing changed since they were taken; they do not show who took them.

      Exit status: 0 sound, 1 the pack before it could not be read, 4 verification failed, 64 usage.
      """)

  @Argument(help: ArgumentHelp("The folder of a pack.", valueName: "pack"))
  var pack: String

  @Option(help: ArgumentHelp("The pack before it: also checks that this pack names its digest.", valueName: "pack"))
  var previous: String?

  @Option(help: "How results are printed: text, json.")
  var format = OutputFormat.text

  func run() async throws {
    try await finish(format) {
      var report = PackVerifier.verify(pack, assets: .embedded)
      if let previous, let broken = try brokenChain(to: previous) { report.faults.append(broken) }
      if format == .json { return printEvents(report) }
      for fault in report.faults { Terminal.result("\(fault.id): \(fault.place): \(fault.summary). \(fault.nextStep)") }
      let digest = report.manifestDigest.map { ", manifest \($0)" } ?? ""
      Terminal.result(
        "\(report.faults.isEmpty ? "sound" : "\(report.faults.count) faults"): \(report.filesChecked) files, \(report.documentsChecked) documents, \(report.linksChecked) links\(digest)"
      )
      return report.isSound ? .done : .verificationFailed
    }
  }

  private func printEvents(_ report: VerificationReport) -> ExitStatus {
    for fault in report.faults { Terminal.event("fault", fault.members) }
    let status: ExitStatus = report.isSound ? .done : .verificationFailed
    Terminal.event(
      "verified",
      [
        "pack": .text(pack), "sound": .flag(report.isSound), "faults": .whole(report.faults.count),
        "files": .whole(report.filesChecked), "documents": .whole(report.documentsChecked),
        "links": .whole(report.linksChecked),
        "manifest_sha256": report.manifestDigest.map { .text($0.description) },
        "exit_status": .whole(Int(status.rawValue)),
      ])
    return status
  }

  /// What is wrong with the link to the pack before; nil where it holds.
  private func brokenChain(to previous: String) throws(Diagnostic) -> Diagnostic? {
    let expected = try PackFolder(previous).manifest
    let named = try PackFolder(pack).previousManifest()
    guard named != expected else { return nil }
    return Diagnostic(
      id: "pack-chain-broken", file: "evidence/pack.xml",
      summary: named.map { "the pack before it is \($0) by its words, and that one is \(expected)" }
        ?? "it names no pack before it",
      nextStep: "Name the pack that it was compared with, or make it again with --previous-pack.")
  }
}
