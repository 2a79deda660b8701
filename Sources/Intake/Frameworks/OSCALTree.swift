internal import EvidenceModel

/// The controls of a catalog, or of a profile after its resolution.
struct OSCALTree {
  /// A group or a control.
  struct Item {
    var id: String?
    var title: String?
    var label: String?
    var isWithdrawn = false
    /// What the control asks for: its first paragraph, parameters as `{{ insert: param, ID }}`.
    var statement: String?
    var statementID: String?
    var groups: [Item] = []
    var controls: [Item] = []
    var file: String
    /// Counted from 1; JSON has none.
    var line: Int?
  }

  var metadata: Metadata
  var groups: [Item] = []
  var controls: [Item] = []
  /// Values of parameters that a profile set.
  var parameters: ByName<String> = [:]
  /// Whether something was nested deeper than `deepest` and was left out.
  var isTooDeep = false

  /// What a document says of itself.
  struct Metadata {
    var title: String?
    var version: String?
    var oscalVersion: String
    var publisher: String?
    var licence: String?
  }

  /// Groups and controls inside each other; catalogs in use have three levels.
  static let deepest = 32
}

extension OSCALTree.Metadata {
  init(_ root: OSCALNode) {
    let metadata = root.child("metadata")
    title = metadata?.text("title")
    version = metadata?.text("version")
    oscalVersion = metadata?.text("oscal-version") ?? ""
    let parties = metadata?.children("party", "parties") ?? []
    let responsible = metadata?.children("responsible-party", "responsible-parties")
      .first { $0.text("role-id") == "publisher" || $0.text("role-id") == "creator" }?.children(
        "party-uuid", "party-uuids"
      ).first?.text
    publisher = (parties.first { $0.text("uuid") == responsible } ?? parties.first)?.text("name")
    licence =
      metadata?.children("prop", "props").first { Self.isLicence($0.text("name")) }?.text("value")
      ?? metadata?.children("link", "links").first { Self.isLicence($0.text("rel")) }?.text("href")
  }

  private static func isLicence(_ name: String?) -> Bool { name == "license" || name == "licence" }
}

extension OSCALTree {
  /// Reads a catalog.
  init(catalog root: OSCALNode, file: String) {
    self.init(metadata: Metadata(root))
    var reader = Reader(file: file)
    (groups, controls) = reader.items(of: root, depth: 1)
    isTooDeep = reader.isTooDeep
  }

  private struct Reader {
    let file: String
    var isTooDeep = false

    mutating func items(of parent: OSCALNode, depth: Int) -> (groups: [Item], controls: [Item]) {
      let groups = parent.children("group", "groups")
      let controls = parent.children("control", "controls")
      guard depth <= OSCALTree.deepest else {
        isTooDeep = isTooDeep || !groups.isEmpty || !controls.isEmpty
        return ([], [])
      }
      return (groups.map { item($0, depth: depth) }, controls.map { item($0, depth: depth) })
    }

    private mutating func item(_ node: OSCALNode, depth: Int) -> Item {
      var item = Item(id: node.text("id"), title: node.text("title"), file: file, line: node.line)
      item.label = OSCALTree.label(of: node)
      item.isWithdrawn = OSCALTree.isWithdrawn(node)
      if let part = OSCALTree.statement(of: node) {
        item.statement = part.firstParagraph("prose")
        item.statementID = part.text("id")
      }
      (item.groups, item.controls) = items(of: node, depth: depth + 1)
      return item
    }
  }

  /// How a control is cited: of its labels one without a class first.
  static func label(of node: OSCALNode) -> String? {
    let labels = node.children("prop", "props").filter { $0.text("name") == "label" }
    return (labels.first { $0.text("class") == nil } ?? labels.first)?.text("value")
  }

  static func isWithdrawn(_ node: OSCALNode) -> Bool {
    node.children("prop", "props").contains {
      $0.text("name") == "status" && $0.text("value")?.lowercased() == "withdrawn"
    }
  }

  static func statement(of node: OSCALNode) -> OSCALNode? {
    node.children("part", "parts").first { $0.text("name") == "statement" }
  }
}

extension String {
  /// The text with parameters replaced by their values, and whether each had one. One without stands in brackets by its id.
  func filled(with values: ByName<String>) -> (text: String, isWhole: Bool) {
    var filled = ""
    var isWhole = true
    var rest = self[...]
    while let start = rest.firstRange(of: "{{"), let end = rest[start.upperBound...].firstRange(of: "}}") {
      filled += rest[..<start.lowerBound]
      let id = String(rest[start.upperBound..<end.lowerBound].split(separator: ",").last ?? "").collapsed
      if let value = values[id] {
        filled += value
      } else {
        filled += "[\(id)]"
        isWhole = false
      }
      rest = rest[end.upperBound...]
    }
    return (filled + rest, isWhole && rest.firstRange(of: "{{") == nil)
  }
}
