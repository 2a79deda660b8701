internal import ArgumentParser
internal import Assets
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

      Exit status: 0 sound, 4 verification failed, 64 usage.
      """)

  @Argument(help: ArgumentHelp("The folder of a pack.", valueName: "pack"))
  var pack: String

  func run() async throws {
    try await finish {
      let report = PackVerifier.verify(pack, assets: .embedded)
      for fault in report.faults { Terminal.result("\(fault.id): \(fault.place): \(fault.summary). \(fault.nextStep)") }
      let digest = report.manifestDigest.map { ", manifest \($0)" } ?? ""
      Terminal.result(
        "\(report.faults.isEmpty ? "sound" : "\(report.faults.count) faults"): \(report.filesChecked) files, \(report.documentsChecked) documents, \(report.linksChecked) links\(digest)"
      )
      return report.isSound ? .done : .verificationFailed
    }
  }
}
