internal import EvidenceModel

/// An OSCAL catalog in JSON.
enum OSCALJSON {
  static func read(_ file: WholeFile) throws(Diagnostic) -> OSCALTree {
    let parser = JSONParser()
    var tree: OSCALTree?
    var isJSON = false
    let bytes = file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(file.bytes[3...]) : file.bytes
    bytes.withUnsafeBytes { bytes in
      parser.parse(copying: bytes) { value in
        guard let value else { return }
        isJSON = true
        let catalog = JSONNode(value)["catalog"]
        if catalog.isObject { tree = Self.tree(catalog, file.name) }
      }
    }
    guard isJSON else {
      throw Diagnostic(
        id: "oscal-no-json", file: file.name, summary: "it is neither XML nor one valid JSON text",
        nextStep: "Name an OSCAL catalog in XML or JSON.")
    }
    guard let tree else {
      throw Diagnostic(
        id: "oscal-no-catalog", file: file.name, summary: "it has no member catalog at its top",
        nextStep: "Name an OSCAL catalog; profiles and other documents of OSCAL list no controls themselves.")
    }
    return tree
  }

  private static func tree(_ catalog: JSONNode, _ name: String) -> OSCALTree {
    let metadata = catalog["metadata"]
    var reader = Reader()
    var tree = OSCALTree(
      title: metadata["title"].string?.collapsed ?? name, version: metadata["version"].string ?? "",
      oscalVersion: metadata["oscal-version"].string ?? "", publisher: publisher(metadata), licence: licence(metadata),
      groups: [], controls: [])
    (tree.groups, tree.controls) = reader.items(of: catalog, depth: 1)
    if reader.isTooDeep { tree.faults.insert(.tooDeep) }
    return tree
  }

  private static func publisher(_ metadata: JSONNode) -> String? {
    let parties = metadata["parties"].elements
    let responsible = metadata["responsible-parties"].elements
      .first { ["publisher", "creator"].contains($0["role-id"].string) }?["party-uuids"].elements.first?.string
    return (parties.first { $0["uuid"].string == responsible } ?? parties.first)?["name"].string
  }

  private static func licence(_ metadata: JSONNode) -> String? {
    metadata["props"].elements.first { ["license", "licence"].contains($0["name"].string) }?["value"].string
      ?? metadata["links"].elements.first { ["license", "licence"].contains($0["rel"].string) }?["href"].string
  }

  private struct Reader {
    var isTooDeep = false

    mutating func items(of parent: JSONNode, depth: Int) -> (groups: [OSCALTree.Item], controls: [OSCALTree.Item]) {
      let (groups, controls) = (parent["groups"].elements, parent["controls"].elements)
      guard depth <= OSCALTree.deepest else {
        if !groups.isEmpty || !controls.isEmpty { isTooDeep = true }
        return ([], [])
      }
      return (groups.map { item($0, depth: depth) }, controls.map { item($0, depth: depth) })
    }

    private mutating func item(_ node: JSONNode, depth: Int) -> OSCALTree.Item {
      let props = node["props"].elements
      let labels = props.filter { $0["name"].string == "label" }
      var item = OSCALTree.Item(
        id: node["id"].string, title: node["title"].string?.collapsed,
        label: (labels.first { $0["class"].string == nil } ?? labels.first)?["value"].string,
        isWithdrawn: props.contains {
          $0["name"].string == "status" && $0["value"].string?.lowercased() == "withdrawn"
        },
        statement: statement(node))
      (item.groups, item.controls) = items(of: node, depth: depth + 1)
      return item
    }

    /// The first paragraph. One with parameters in it says little without their values.
    private func statement(_ node: JSONNode) -> String? {
      let prose = node["parts"].elements.first { $0["name"].string == "statement" }?["prose"].string
      guard let first = prose?.split(separator: "\n\n").first, !first.contains("{{") else { return nil }
      return String(first).collapsed
    }
  }
}
