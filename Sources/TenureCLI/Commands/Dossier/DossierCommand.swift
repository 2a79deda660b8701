internal import ArgumentParser
internal import Assets
internal import EvidenceModel
internal import Foundation
internal import PackArchive
internal import Verification

/// Finds the dossier of a rule or a control in a pack, and prints it to a PDF where asked to.
struct DossierCommand: DocumentedCommand {
  static let help = CommandHelp(
    examples: [
      "tenure dossier pii-to-trusted --pack reports/2026q3": "prints the path of its page",
      "tenure dossier ASI02 --pack reports/2026q3 --pdf asi02.pdf": "makes a PDF",
      "tenure dossier \"GOVERN 1.2\" --pdf g12.pdf --paper letter": "of the pack in this folder, on Letter",
    ],
    about: """
      A dossier is one page with everything that a pack says of a rule or a control, made to be
      printed. Without --pdf its path is printed. With --pdf it goes through Chromium or
      WeasyPrint, whichever is on the PATH; neither comes with Tenure.

      A control may be written in another spelling, as for tenure explain. A page of the pack
      names exactly one dossier, such as c/print/owasp-asi-2026-asi02.html.

      Chromium does not run as root with its sandbox, and in some containers not at all. Where
      the container is the sandbox, --no-sandbox goes on to Chromium; it is never the default.
      """,
    endings: [
      .done: "found, or printed",
      .couldNotFinish: "no such name, no pack, no engine, or the engine failed",
      .verificationFailed: "the dossier or its style is not the one that the manifest names",
    ])

  static let configuration = CommandConfiguration(
    commandName: "dossier", abstract: "Finds the dossier of a rule or a control in a pack, or makes a PDF of it.",
    discussion: help.discussion)

  @Argument(
    help: ArgumentHelp("A rule's id, a control, or the page of a dossier.", valueName: "name"),
    completion: NameCompletion.ruleOrControl)
  var name: String

  @Option(help: ArgumentHelp("The folder of a pack, or a zip of one.", valueName: "pack"), completion: .file())
  var pack = "."

  @Option(
    help: ArgumentHelp("Where to write a PDF; a file that is there is replaced.", valueName: "file"),
    completion: .file())
  var pdf: String?

  @Option(help: "What makes the PDF: chromium or weasyprint; the first that is there unless given.")
  var engine: DossierEngine.Kind?

  @Option(help: "The paper of the PDF: a4 or letter.")
  var paper = DossierCopy.Paper.a4

  @Flag(help: "Run Chromium without its sandbox, for root and for containers.")
  var noSandbox = false

  @Option(help: "How results are printed: text, json.")
  var format = OutputFormat.text

  func validate() throws {
    if pdf == nil, engine != nil || noSandbox {
      throw ValidationError("--engine and --no-sandbox go with --pdf.")
    }
    if engine == .weasyprint, noSandbox { throw ValidationError("--no-sandbox is Chromium's; WeasyPrint has none.") }
  }

  func run() async throws {
    try await finish(format) {
      let folder = pack.count > 1 && pack.hasSuffix("/") ? String(pack.dropLast()) : pack
      let opened = try OpenedPack(folder)
      defer { opened.close() }
      let dossiers = try PackDossiers(of: opened.folder)
      let found = try DossierNames(dossiers: dossiers.all, assets: .embedded).find(name)
      do {
        guard let pdf else {
          for dossier in found {
            _ = try dossiers.bytes(dossier.page)
            show(dossier, in: folder, isZip: opened.folder != folder)
          }
          return .done
        }
        guard let dossier = found.first, found.count == 1 else {
          throw Diagnostic(
            id: "dossier-several", file: pack, summary: "\(name) names \(found.count) dossiers",
            nextStep: "Name one of them by its page: \(found.map(\.page).joined(separator: ", ")).")
        }
        let page = try dossiers.bytes(dossier.page)
        let style = try dossiers.bytes("assets/pack.css")
        let engine = try await DossierEngine.find(engine, noSandbox: noSandbox)
        let copy = try DossierCopy(page: page, style: style, for: engine.kind, paper: paper, beside: pdf)
        defer { copy.remove() }
        try await engine.print(copy)
        try copy.publish()
        Terminal.talk("\(dossier.page), printed by \(engine.path)")
        if engine.kind == .weasyprint {
          Terminal.talk(
            "WeasyPrint does not colour drawings as the pack does, so they are left out; tables say the same.")
        }
        if format == .json {
          Terminal.event(
            "printed", ["page": .text(dossier.page), "pdf": .text(pdf), "engine": .text(engine.kind.rawValue)])
        } else {
          Terminal.result(pdf)
        }
        return .done
      } catch let fault as Diagnostic where fault.id == "pack-file-changed" {
        Terminal.diagnostics([fault], as: format)
        return .verificationFailed
      }
    }
  }

  private func show(_ dossier: PackDossiers.Dossier, in folder: String, isZip: Bool) {
    guard format == .json else { return Terminal.result("\(folder)\(isZip ? ": " : "/")\(dossier.page)") }
    Terminal.event(
      "dossier",
      [
        "kind": .text(dossier.kind.rawValue), "id": .text(dossier.id), "display": .text(dossier.display),
        "framework": .stated(dossier.framework), "title": .text(dossier.title), "page": .text(dossier.page),
        "pack": .text(folder),
      ])
  }
}
