internal import EvidenceModel

/// A person or organization of the metadata.
struct ComponentParty {
  var name: String
  var kind: OwnerKind?
}

/// Reads the components of one document.
struct ComponentReader {
  let file: String
  /// Of components of JSON, where each begins.
  let lines: [Int]
  var owners: [OwnershipRecord] = []
  var exceptions: [AcceptedException] = []
  /// What is wrong with the document as a whole.
  var common: [Diagnostic] = []
  var ownerFaults = ComponentFaults()
  var exceptionFaults = ComponentFaults()
  private(set) var parties: ByName<ComponentParty> = [:]
  /// Of the component that is being read.
  private(set) var line = 0

  init(file: String, lines: [Int]) {
    self.file = file
    self.lines = lines
  }

  mutating func read(_ root: OSCALNode, components: [OSCALNode]) {
    readParties(root)
    if !root.children("import-component-definition", "import-component-definitions").isEmpty {
      common.append(
        Diagnostic(
          id: "component-import", severity: .warning, file: file,
          summary: "it imports other component definitions, which are not followed",
          nextStep: "Name those files in the configuration too."))
    }
    var seen: ByName<Bool> = [:]
    for (place, component) in components.prefix(ComponentDefinition.most).enumerated() {
      line = component.line ?? (place < lines.count ? lines[place] : 0)
      if let id = component.text("uuid") {
        guard seen[id] == nil else {
          repeated("component", id, line)
          continue
        }
        seen[id] = true
      }
      readOwners(component)
      readExceptions(component)
    }
    if components.count > ComponentDefinition.most || owners.count >= ComponentDefinition.most
      || exceptions.count >= ComponentDefinition.most
    {
      common.append(
        Diagnostic(
          id: "component-too-many", file: file,
          summary:
            "it holds more than \(ComponentDefinition.most) components, owners or exceptions; the others are left out",
          nextStep: "Split the file, and name each part."))
    }
  }

  private mutating func readParties(_ root: OSCALNode) {
    for party in root.child("metadata")?.children("party", "parties") ?? [] {
      guard let id = party.text("uuid"), let name = party.text("name") else { continue }
      guard parties[id] == nil else {
        repeated("party", id, party.line)
        continue
      }
      let kinds: [String: OwnerKind] = ["person": .person, "organization": .team, "team": .team]
      let kind = (own("party-kind", of: party) ?? party.text("type")).flatMap { kinds[$0] }
      parties[id] = ComponentParty(name: name, kind: kind)
    }
  }

  private mutating func repeated(_ what: String, _ id: String, _ line: Int?) {
    guard common.count < ComponentDefinition.mostNamed else { return }
    common.append(
      Diagnostic(
        id: "oscal-id-twice", file: file, line: line,
        summary: "the uuid \(id.shortened) stands twice; the second \(what) is left out",
        nextStep: "Give each \(what) a uuid of its own."))
  }

  func own(_ name: String, of node: OSCALNode) -> String? {
    node.property(name, namespace: ComponentDefinition.namespace)
  }

  // MARK: Times

  /// A date or an RFC 3339 instant; nil where nothing is stated, or, with a fault, where it is neither.
  func instant(_ name: String, _ text: String?, _ line: Int, _ faults: inout [Diagnostic]) -> Instant? {
    guard let text else { return nil }
    if let instant = Instant(dateOrInstant: text) { return instant }
    faults.append(
      Diagnostic(
        id: "component-bad-instant", file: file, line: line > 0 ? line : nil,
        summary: "\(name) is neither a date nor an RFC 3339 instant; the entry was left out",
        nextStep: "Write 2026-07-01 or 2026-07-01T09:00:00Z."))
    return nil
  }

  func incomplete(_ what: String, _ line: Int) -> Diagnostic {
    Diagnostic(
      id: "component-entry-incomplete", file: file, line: line > 0 ? line : nil,
      summary: "\(what); the entry was left out", nextStep: "See docs/formats/oscal-components.md for what is needed."
    )
  }
}
