internal import Assessment
internal import Assets
internal import EvidenceModel
internal import EvidenceStore
internal import Foundation
internal import Intake
internal import Rendering
internal import XMLDocuments

/// What the program consists of, and the programs that it calls.
struct ProgramExamination {
  let assets: AssetLibrary

  func examine(_ report: inout DoctorReport) async {
    report.ok("program", "tenure \(Evaluation.toolVersion), store schema \(EvidenceStore.schemaVersion)")
    let libraries =
      LinkedLibraries.versions + [
        ("libxml2", LibXML.version), ("libxslt", PageRenderer.libraryVersion), ("SQLite", StoreHealth.libraryVersion),
      ]
    report.ok("libraries", libraries.map { "\($0.name) \($0.version)" }.joined(separator: ", "))
    examineTemplates(&report)
    examineMappings(&report)
    if let git = await GitRepository.version() {
      report.ok("git", git)
    } else {
      report.note(
        "git", "there is no git that runs.",
        next: "Install git where a policy or its owners are read from a repository.")
    }
    let engines = await DossierEngine.installed()
    if engines.isEmpty {
      report.note(
        "pdf", "neither chromium nor weasyprint is on the PATH.",
        next: "Install one to print dossiers with tenure dossier --pdf.")
    } else {
      report.ok("pdf", engines.joined(separator: ", "))
    }
  }

  private func examineTemplates(_ report: inout DoctorReport) {
    let (count, faults) = PageRenderer(assets).compileAll()
    for fault in faults { report.problem("templates", Terminal.failure(fault), next: "", stopsRun: true) }
    if faults.isEmpty { report.ok("templates", "\(count) stylesheets of pages compile") }
  }

  private func examineMappings(_ report: inout DoctorReport) {
    let library = MappingLibrary(assets)
    let found = library.diagnostics + MappingLint.remarks(library)
    for diagnostic in found { report.add(diagnostic, as: "mappings") }
    guard found.isEmpty else { return }
    report.ok(
      "mappings",
      "version \(library.version), \(library.frameworks.count) frameworks, \(Set(library.mappings.map(\.check)).count) checks, review state: \(library.review)"
    )
  }
}
