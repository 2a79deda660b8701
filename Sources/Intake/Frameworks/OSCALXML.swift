internal import EvidenceModel
internal import XMLDocuments

/// An OSCAL catalog in XML.
enum OSCALXML {
  private static let namespace = "http://csrc.nist.gov/ns/oscal/1.0"

  static func read(_ file: WholeFile) throws(Diagnostic) -> OSCALTree {
    let document: XMLDocument
    do {
      document = try XMLDocument(file.bytes, name: file.name)
    } catch {
      throw Diagnostic(
        id: "oscal-no-xml", file: file.name, line: error.line, summary: "it cannot be read as XML: \(error.message)",
        nextStep: "Name a well-formed catalog without a document type.")
    }
    guard let root = document.root, root.name == "catalog", root.namespace == namespace else {
      throw Diagnostic(
        id: "oscal-no-catalog", file: file.name, line: 1,
        summary: "its root is no catalog of the namespace \(namespace)",
        nextStep: "Name an OSCAL catalog; profiles and other documents of OSCAL list no controls themselves.")
    }
    var reader = Reader()
    let metadata = root.child("metadata")
    var tree = OSCALTree(
      title: text(metadata, "title") ?? file.name, version: text(metadata, "version") ?? "",
      oscalVersion: text(metadata, "oscal-version") ?? "", publisher: metadata.flatMap(publisher),
      licence: metadata.flatMap(licence), groups: [], controls: [])
    (tree.groups, tree.controls) = reader.items(of: root, depth: 1)
    if reader.isTooDeep { tree.faults.insert(.tooDeep) }
    return withExtendedLifetime(document) { tree }
  }

  private static func text(_ parent: XMLDocument.Element?, _ name: String) -> String? {
    parent?.child(name).map { $0.text.collapsed }.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func publisher(_ metadata: XMLDocument.Element) -> String? {
    let parties = metadata.children(named: "party")
    let responsible = metadata.children(named: "responsible-party")
      .first { ["publisher", "creator"].contains($0["role-id"]) }?.child("party-uuid")?.text.collapsed
    return (parties.first { $0["uuid"] == responsible } ?? parties.first).flatMap { text($0, "name") }
  }

  private static func licence(_ metadata: XMLDocument.Element) -> String? {
    metadata.children(named: "prop").first { ["license", "licence"].contains($0["name"]) }?["value"]
      ?? metadata.children(named: "link").first { ["license", "licence"].contains($0["rel"]) }?["href"]
  }

  private struct Reader {
    var isTooDeep = false

    mutating func items(of parent: XMLDocument.Element, depth: Int) -> (
      groups: [OSCALTree.Item], controls: [OSCALTree.Item]
    ) {
      var found: (groups: [OSCALTree.Item], controls: [OSCALTree.Item]) = ([], [])
      for child in parent.children {
        let isGroup = child.name == "group"
        guard isGroup || child.name == "control" else { continue }
        guard depth <= OSCALTree.deepest else {
          isTooDeep = true
          break
        }
        let item = item(child, depth: depth)
        if isGroup { found.groups.append(item) } else { found.controls.append(item) }
      }
      return found
    }

    private mutating func item(_ element: XMLDocument.Element, depth: Int) -> OSCALTree.Item {
      let props = element.children(named: "prop")
      let labels = props.filter { $0["name"] == "label" }
      var item = OSCALTree.Item(
        id: element["id"], title: OSCALXML.text(element, "title"),
        label: (labels.first { $0["class"] == nil } ?? labels.first)?["value"],
        isWithdrawn: props.contains { $0["name"] == "status" && $0["value"]?.lowercased() == "withdrawn" },
        statement: statement(element), line: element.line)
      (item.groups, item.controls) = items(of: element, depth: depth + 1)
      return item
    }

    /// The first paragraph. One with parameters in it says little without their values.
    private func statement(_ element: XMLDocument.Element) -> String? {
      guard let part = element.children(named: "part").first(where: { $0["name"] == "statement" }),
        let first = part.child("p"), !hasParameter(first)
      else { return nil }
      return first.text.collapsed
    }

    private func hasParameter(_ element: XMLDocument.Element) -> Bool {
      element.children.contains { $0.name == "insert" || hasParameter($0) }
    }
  }
}
