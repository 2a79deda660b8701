internal import EvidenceModel

/// Owners of rules and accepted exceptions out of an OSCAL component definition, or out of assessment results that define
/// components, as those of a pack do. Which fields are read stands in `docs/formats/oscal-components.md`.
struct ComponentDefinition {
  private(set) var owners = Register<OwnershipRecord>(format: format)
  private(set) var exceptions = Register<AcceptedException>(format: format)

  /// What properties of the program's own belong to, here and in what it exports.
  static let namespace = "urn:tenure:oscal:1"
  static let format = "oscal-component"
  /// Components, and entries of both kinds.
  static let most = 50_000
  static let mostNamed = 20

  /// A table does not begin like XML or JSON.
  static func isOne(_ file: WholeFile) -> Bool { file.isXML || JSONExport.isJSON(file) }

  init(_ file: WholeFile) throws(Diagnostic) {
    let reader = try OSCALDocument.read(file, as: [.components, .results]) { model, root in
      let lists =
        model == .components ? [root] : root.children("result", "results").compactMap { $0.child("local-definitions") }
      let path = model == .components ? ["components"] : ["results", "*", "local-definitions", "components"]
      let lines = file.isXML ? [] : OSCALDocument.lines(of: [model.rawValue] + path + ["*"], in: file)
      var reader = ComponentReader(file: file.name, lines: lines)
      reader.read(root, components: lists.flatMap { $0.children("component", "components") })
      return reader
    }
    owners.entries = reader.owners
    owners.diagnostics = reader.common + reader.ownerFaults.listed(file.name)
    exceptions.entries = reader.exceptions
    exceptions.diagnostics = reader.common + reader.exceptionFaults.listed(file.name)
  }
}

/// What is wrong with single entries: the first by their places, the others counted.
struct ComponentFaults {
  private var named: [Diagnostic] = []
  private var count = 0

  mutating func add(_ diagnostic: Diagnostic) {
    count += 1
    if named.count < ComponentDefinition.mostNamed { named.append(diagnostic) }
  }

  func listed(_ file: String) -> [Diagnostic] {
    guard count > named.count else { return named }
    let rest = Diagnostic(
      id: "component-entry-incomplete", file: file,
      summary: "\(count - named.count) more entries are left out for such reasons",
      nextStep: "Mend those listed first.")
    return named + [rest]
  }
}
