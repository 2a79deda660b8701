/// What the id of a diagnostic means, whatever the file that it was said of. `tenure explain` says it, and
/// `docs/diagnostics.md` is made of it; a test asks that every id of the program has one.
package struct DiagnosticExplanation: Sendable {
  package let id: String
  /// What is wrong, and what became of the rest.
  package let meaning: String
  package let nextStep: String

  init(_ id: String, _ meaning: String, _ nextStep: String) {
    self.id = id
    self.meaning = meaning
    self.nextStep = nextStep
  }

  package static func of(_ id: String) -> DiagnosticExplanation? {
    DiagnosticArea.all.lazy.flatMap(\.explanations).first { $0.id.utf8.elementsEqual(id.utf8) }
  }
}

/// Diagnostics about one thing.
package struct DiagnosticArea: Sendable {
  package let title: String
  /// In the order of their ids.
  package let explanations: [DiagnosticExplanation]

  package static let all = [
    configuration, files, routingLogs, rejectedLines, policies, gatewaysConfigurations, owners, registers,
    catalogsAndMappings, oscalDocuments, splitsAndPartials, store, packs, seals, zips, disclosure, dossiers,
  ]
}
