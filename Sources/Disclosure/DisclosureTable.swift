internal import EvidenceModel
package import XMLDocuments

/// Which field may be shown at a level: `templates/disclosure.xml`. A field without an entry is hidden.
package struct DisclosureTable: Sendable {
  enum Action: Hashable, Sendable {
    case keep, words, sentence, hide, keyed, uuid, path, anchor, finding
    case name(String)
    /// A list with `, ` between its parts.
    case names(String)
    /// As the kind of thing that another attribute names.
    case by(String)

    init?(_ text: String) {
      let words = text.split(separator: " ").map(String.init)
      switch (words.first, words.count) {
      case ("keep", 1): self = .keep
      case ("words", 1): self = .words
      case ("sentence", 1): self = .sentence
      case ("hide", 1): self = .hide
      case ("keyed", 1): self = .keyed
      case ("uuid", 1): self = .uuid
      case ("path", 1): self = .path
      case ("anchor", 1): self = .anchor
      case ("finding", 1): self = .finding
      case ("name", 2): self = .name(words[1])
      case ("names", 2): self = .names(words[1])
      case ("by", 2): self = .by(words[1])
      default: return nil
      }
    }

    /// As the table writes it.
    var text: String {
      switch self {
      case .keep: "keep"
      case .words: "words"
      case .sentence: "sentence"
      case .hide: "hide"
      case .keyed: "keyed"
      case .uuid: "uuid"
      case .path: "path"
      case .anchor: "anchor"
      case .finding: "finding"
      case .name(let kind): "name \(kind)"
      case .names(let kind): "names \(kind)"
      case .by(let attribute): "by \(attribute)"
      }
    }
  }

  struct Kind: Sendable {
    var id: String
    var digits: Int
    var kept: Set<String>
  }

  struct Order: Sendable {
    var by: String
    var group: [String]
    /// A part of the paths that it holds for; nil: all.
    var place: String?
  }

  struct TableForm: Sendable {
    /// Nil where the first row names them.
    var columns: [String]?
    var isSorted: Bool
  }

  enum Drop: Sendable {
    case always
    case by(String)
  }

  private var actions: [String: Action] = [:]
  /// Entries of `*` that hold for words too.
  private var anywhere: Set<String> = []
  private(set) var kinds: [Kind] = []
  private(set) var things: [String: Action] = [:]
  private(set) var keptAnchors: Set<String> = []
  private(set) var drops: [String: Drop] = [:]
  private(set) var orders: [String: Order] = [:]
  private(set) var tables: [String: TableForm] = [:]
  private(set) var commitments: [String: (record: String, fields: [String])] = [:]

  package init(_ bytes: [UInt8], level: DisclosureLevel) throws(XMLProblem) {
    let name = "disclosure.xml"
    let document = try XMLDocument(bytes, name: name)
    for entry in document.root?.children ?? [] {
      func list(_ attribute: String) -> [String] { Self.words(entry[attribute]) }
      let own = entry["all"] ?? entry[level.rawValue]
      let action = own.flatMap { Action($0) }
      func problem(_ message: String) -> XMLProblem { XMLProblem(document: name, line: entry.line, message: message) }
      switch entry.name {
      case "kind":
        kinds.append(
          Kind(
            id: entry["id"] ?? "", digits: entry["digits"].flatMap { Int($0) } ?? 12, kept: Set(list("kept") + [""])))
      case "fields":
        guard let action else { throw problem("no action is called \(own ?? "nothing")") }
        for element in list("of") {
          for field in list("names") {
            actions[element + "/" + field] = action
            if element == "*", entry["any"] == "yes" { anywhere.insert(field) }
          }
        }
      case "thing":
        guard let action else { throw problem("no action is called \(own ?? "nothing")") }
        for thing in list("is") { things[thing] = action }
      case "anchors": if action == .keep { keptAnchors.formUnion(list("prefixes")) }
      case "drop":
        if own == "yes" { for element in list("of") { drops[element] = entry["by"].map { .by($0) } ?? .always } }
      case "sorted":
        for element in list("of") {
          orders[element] = Order(by: entry["by"] ?? "", group: list("group"), place: entry["in"])
        }
      case "table":
        tables[entry["path"] ?? ""] = TableForm(
          columns: entry["columns"].map { Self.words($0) }, isSorted: entry["sorted"] == "yes")
      case "commit":
        for element in list("of") { commitments[element] = (entry["record"] ?? "", list("fields")) }
      default: throw problem("nothing is called \(entry.name)")
      }
    }
  }

  private static func words(_ text: String?) -> [String] {
    (text ?? "").split { $0 == " " || $0 == "\n" || $0 == "\t" }.map(String.init)
  }

  /// - Parameter field: an attribute, a column, or `.` for the text of the element.
  func action(_ element: String, _ field: String) -> Action {
    actions[element + "/" + field] ?? actions["*/" + field] ?? .hide
  }

  /// Whether someone decided about a field.
  ///
  /// - Parameter isOpen: any words may stand there. An entry for all elements then counts only if it says so.
  package func isDecided(_ element: String, _ field: String, isOpen: Bool) -> Bool {
    if actions[element + "/" + field] != nil { return true }
    return actions["*/" + field] != nil && (!isOpen || anywhere.contains(field))
  }

  func kind(_ id: String) -> Kind? { kinds.first { $0.id == id } }
}
