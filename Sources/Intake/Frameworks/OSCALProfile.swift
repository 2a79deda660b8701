internal import EvidenceModel

/// What an OSCAL profile asks for: controls out of other documents, their order, and changes of them.
struct OSCALProfile {
  struct Import {
    var href: String
    var choice: OSCALChoice
    var line: Int?
  }

  /// A heading of the profile's own.
  struct Group {
    var id: String?
    var title: String?
    var line: Int?
    var groups: [Group]
    var insertions: [Insertion]
  }

  struct Insertion {
    enum Order: String { case keep, ascending, descending }

    var choice: OSCALChoice
    var order: Order
  }

  enum Arrangement {
    case flat, asIs
    case custom([Group], [Insertion])
  }

  /// What it changes of one control, as far as that is shown.
  struct Change {
    var control: String
    var title: String?
    var label: String?
    var statement: String?
    var statementID: String?
    var isWithdrawn = false
    /// Ids of the parts that it takes out.
    var removedIDs: [String] = []
    var removesLabel = false
    var removesStatement = false
  }

  var metadata: OSCALTree.Metadata
  var imports: [Import]
  /// By id, the addresses of each resource that XML or JSON may stand at.
  var resources: ByName<[String]> = [:]
  var arrangement = Arrangement.flat
  /// Whether of controls that come in twice it says that the first counts.
  var usesFirst = false
  var parameters: ByName<String> = [:]
  var changes: [Change] = []
  /// What it says that is not done, and how often.
  var notDone: [(what: String, count: Int)] = []

  /// Groups inside each other and insertions are bounded, since a profile is somebody's file.
  static let mostInsertions = 500
  static let mostImports = 100
}

extension OSCALProfile {
  init(_ root: OSCALNode) {
    metadata = OSCALTree.Metadata(root)
    imports = root.children("import", "imports").map {
      Import(href: $0.text("href") ?? "", choice: OSCALChoice($0), line: $0.line)
    }
    for resource in root.child("back-matter")?.children("resource", "resources") ?? [] {
      guard let id = resource.text("uuid"), resources[id] == nil else { continue }
      resources[id] = resource.children("rlink", "rlinks").filter { link in
        guard let kind = link.text("media-type") else { return true }
        return kind.contains("xml") || kind.contains("json")
      }.compactMap { $0.text("href") }
    }
    if let merge = root.child("merge") { readMerge(merge) }
    if let modify = root.child("modify") { readChanges(modify) }
  }

  private mutating func skip(_ what: String) {
    if let place = notDone.firstIndex(where: { $0.what == what }) {
      notDone[place].count += 1
    } else {
      notDone.append((what, 1))
    }
  }

  // MARK: Order

  private mutating func readMerge(_ merge: OSCALNode) {
    let method = merge.child("combine")?.text("method")
    usesFirst = method == "use-first"
    if method == "merge" { skip("combine by merge") }
    if let custom = merge.child("custom") {
      var insertions = 0
      arrangement = .custom(
        groups(of: custom, depth: 1, &insertions), self.insertions(of: custom, &insertions))
    } else if merge.isTrue("as-is") {
      arrangement = .asIs
    }
  }

  private mutating func groups(of parent: OSCALNode, depth: Int, _ insertions: inout Int) -> [Group] {
    let nodes = parent.children("group", "groups")
    guard depth <= OSCALTree.deepest else {
      if !nodes.isEmpty { skip("groups more than \(OSCALTree.deepest) levels deep") }
      return []
    }
    return nodes.map { node in
      Group(
        id: node.text("id"), title: node.text("title"), line: node.line,
        groups: groups(of: node, depth: depth + 1, &insertions), insertions: self.insertions(of: node, &insertions))
    }
  }

  private mutating func insertions(of parent: OSCALNode, _ count: inout Int) -> [Insertion] {
    var insertions: [Insertion] = []
    for node in parent.children("insert-controls", "insert-controls") {
      count += 1
      guard count <= Self.mostInsertions else {
        skip("insert-controls past the first \(Self.mostInsertions)")
        continue
      }
      insertions.append(
        Insertion(choice: OSCALChoice(node), order: node.text("order").flatMap(Insertion.Order.init) ?? .keep))
    }
    return insertions
  }

  // MARK: Changes

  private mutating func readChanges(_ modify: OSCALNode) {
    for node in modify.children("set-parameter", "set-parameters") {
      let values = node.children("value", "values").map(\.text).filter { !$0.isEmpty }
      if let id = node.text("param-id"), !values.isEmpty {
        parameters[id] = values.joined(separator: ", ")
      } else {
        skip("set-parameter without a value")
      }
    }
    for node in modify.children("alter", "alters") {
      guard let control = node.text("control-id") else { continue }
      var change = Change(control: control)
      for remove in node.children("remove", "removes") { readRemoval(remove, &change) }
      for add in node.children("add", "adds") { readAddition(add, &change) }
      changes.append(change)
    }
  }

  private mutating func readRemoval(_ remove: OSCALNode, _ change: inout Change) {
    guard remove.text("by-class") == nil, remove.text("by-ns") == nil else {
      skip("remove by class or namespace")
      return
    }
    let name = remove.text("by-name")
    let kind = remove.text("by-item-name")
    if let id = remove.text("by-id") {
      change.removedIDs.append(id)
    } else if name != nil || kind != nil {
      if name ?? "label" == "label", kind ?? "prop" == "prop" { change.removesLabel = true }
      if name ?? "statement" == "statement", kind ?? "part" == "part" { change.removesStatement = true }
    }
  }

  /// Additions to a control itself. Those to a part of it change nothing that is shown, unless they replace a statement.
  private mutating func readAddition(_ add: OSCALNode, _ change: inout Change) {
    if let target = add.text("by-id"), !target.utf8.elementsEqual(change.control.utf8) {
      if OSCALTree.statement(of: add) != nil { skip("add of a statement to a part") }
      return
    }
    change.title = add.text("title") ?? change.title
    change.label = OSCALTree.label(of: add) ?? change.label
    change.isWithdrawn = change.isWithdrawn || OSCALTree.isWithdrawn(add)
    if let part = OSCALTree.statement(of: add) {
      change.statement = part.firstParagraph("prose")
      change.statementID = part.text("id")
    }
  }
}

extension OSCALNode {
  /// A flag of XML is a text, of JSON a boolean.
  fileprivate func isTrue(_ name: StaticString) -> Bool {
    if case .json(let node) = self, let boolean = node[name].boolean { return boolean }
    // NIST's own profiles of OSCAL 1.0 say yes.
    return text(name).map { ["true", "1", "yes"].contains($0) } ?? false
  }
}
