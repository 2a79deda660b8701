internal import ArgumentParser
internal import Comparison
internal import EvidenceModel
internal import Exchange
internal import PackArchive
internal import XMLDocuments

/// A pack in a few lines of plain text, as a scheduled job mails them.
struct SummaryCommand: DocumentedCommand {
  static let help = CommandHelp(
    examples: [
      "tenure summary reports/2026q3": "what a scheduled job says of a pack",
      "tenure summary reports/2026q3 --mail": "as sendmail takes it, with a subject",
    ],
    about: """
      Reads the pack alone: its period, whether it is complete, decisions and exceptions, the checks that fail, the records
      that are missing, and what to do next. It does not verify the pack; tenure verify does.
      """,
    endings: [
      .done: "printed",
      .couldNotFinish: "the pack or its document cannot be relied on",
    ])

  static let configuration = CommandConfiguration(
    commandName: "summary", abstract: "Prints a pack in a few lines of plain text, for a mail.",
    discussion: help.discussion)

  @Argument(help: ArgumentHelp("The folder of a pack, or a zip of one.", valueName: "pack"), completion: .file())
  var pack: String

  @Flag(help: "Begin with the lines of a mail's head: subject and kind of text.")
  var mail = false

  @Option(help: "How the answer is printed: text, json.")
  var format = OutputFormat.text

  func validate() throws {
    if mail, format == .json { throw ValidationError("--mail prints text.") }
  }

  func run() async throws {
    try await finish(format) {
      let opened = try OpenedPack(pack)
      defer { opened.close() }
      let folder = try PackFolder(opened.folder)
      let summary = PackDigest(
        facts: try ExchangeFacts(try folder.document("evidence/exchange.xml")), path: pack, manifest: folder.manifest)
      switch format {
      case .text:
        if mail { summary.mailHead.forEach { Terminal.result($0) } }
        summary.lines.forEach { Terminal.result($0) }
      case .json: summary.printEvent()
      }
      return .done
    }
  }
}
