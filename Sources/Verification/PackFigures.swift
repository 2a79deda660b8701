internal import EvidenceModel
internal import XMLDocuments

/// Figures that several documents of a pack state. Each belongs to what a page is about, so it is known by the page's path: a
/// line of a list, a reference and the document itself must say the same.
struct PackFigures {
  private struct Key: Hashable {
    var page, figure: String
  }

  private var stated: [Key: (value: String, path: String)] = [:]
  /// Documents by the name of their root, and the results of checks and states of controls among them.
  private(set) var counts: [String: Int] = [:]
  /// The pages of rules, versions, owners and sources, with the id that the document gives. Ids that may be shown otherwise than
  /// tables hold them, long ones and those beyond ASCII, are left out.
  private(set) var subjects: [String: [String: String]] = [:]
  /// The document that spoke of so many pages that no more figures are kept; nil where all were.
  private(set) var overflow: String?

  private static let most = 2_000_000

  private static let check = ["result", "population", "passed", "exceptions", "accepted", "cannot-tell", "findings"]
  private static let finding = ["check", "result", "n", "of"]
  private static let source = [
    "sha256", "bytes", "lines", "blank", "malformed", "out-of-period", "judged", "folded", "other", "exceptions",
  ]
  private static let decisions = ["decisions", "exceptions"]

  /// Which attributes of an element are figures of the page that its `page` names.
  private static let elements: [String: [String]] = [
    "check-line": check, "check-ref": check, "exchange-check": check, "column": ["result"],
    "finding-ref": finding, "exchange-finding": finding,
    "control-line": ["state"], "control-ref": ["state"], "exchange-control": ["state"], "row": ["state"],
    "rule-line": decisions, "exchange-rule": decisions, "owner-line": decisions,
    "version-facts": decisions + ["rules", "sha256"], "source-facts": source,
    "facts": source + ["decisions", "rules"], "framework": ["controls"],
  ]

  /// What a document itself is about, by the name of its root.
  private static let roots: [String: [String]] = [
    "check": check, "finding": finding, "control": ["state"], "framework": ["controls"],
  ]

  /// Roots of documents that state such figures; the others hold rows, and many of them.
  private static let relevant: Set<String> = [
    "pack", "exchange", "checks-list", "check", "findings-list", "finding", "frameworks-list", "framework", "control",
    "coverage-matrix", "rules", "rule", "owners", "owner", "versions", "version", "sources-list", "source",
    "delta",
  ]

  /// A figure that stands otherwise in another document.
  struct Difference {
    var figure, page, value, otherValue, otherPath: String
  }

  /// Takes the figures of a document.
  mutating func read(_ root: XMLDocument.Element, at path: String) -> [Difference] {
    var differences: [Difference] = []
    let context = root.child("context")
    for name in ["organisation", "period", "level", "mapping-review", "tool-version"] {
      if let value = context?[name] { put(name, value, "the pack", path, &differences) }
    }
    guard Self.relevant.contains(root.name) else { return differences }
    counts[root.name, default: 0] += 1
    let page = context?["page"] ?? ""
    take(Self.roots[root.name] ?? [], of: root, page, path, &differences)
    if ["rule", "version", "owner", "source"].contains(root.name), let id = root["id"], PlainText.holds(id) {
      subjects[root.name, default: [:]][id] = page
    }
    // The chain stands in the index and beside the differences.
    let chain = root.child("chain") ?? root.child("previous")?.child("chain")
    for (number, earlier) in (chain?.children(named: "earlier-pack") ?? []).enumerated() {
      take(
        ["manifest-sha256", "period", "judged", "exceptions"], of: earlier, "pack \(number + 1) of the chain", path,
        &differences)
    }
    switch root.name {
    case "delta":
      if let before = root.child("before") {
        take(
          ["manifest-sha256", "period", "judged", "exceptions"], of: before, "pack 1 of the chain", path, &differences)
      }
    case "check": counts["check " + (root["result"] ?? ""), default: 0] += 1
    case "control": counts["control \(root["framework"] ?? "") \(root["state"] ?? "")", default: 0] += 1
    case "rule", "owner":
      if let n = root.child("tally")?["n"] { put("decisions", n, page, path, &differences) }
    case "coverage-matrix":
      takeStates(of: root.child("this-period"), root["framework-page"] ?? "", path, &differences)
    default: break
    }
    walk(root, path, &differences)
    return differences
  }

  private mutating func walk(_ element: XMLDocument.Element, _ path: String, _ differences: inout [Difference]) {
    for child in element.children {
      let name = child.name
      if let attributes = Self.elements[name], let page = child["page"], !page.utf8.contains(0x23) {
        take(attributes, of: child, page, path, &differences)
        if name == "framework" { takeStates(of: child, page, path, &differences) }
      }
      walk(child, path, &differences)
    }
    if element.name == "framework", let page = element.child("context")?["page"] {
      takeStates(of: element, page, path, &differences)
    }
  }

  /// How many controls of a framework are in each state.
  private mutating func takeStates(
    of element: XMLDocument.Element?, _ page: String, _ path: String, _ differences: inout [Difference]
  ) {
    for count in element?.children(named: "state-count") ?? [] {
      put("controls that are " + (count["state"] ?? ""), count["n"] ?? "", page, path, &differences)
    }
  }

  private mutating func take(
    _ attributes: [String], of element: XMLDocument.Element, _ page: String, _ path: String,
    _ differences: inout [Difference]
  ) {
    for attribute in attributes {
      if let value = element[attribute] { put(attribute, value, page, path, &differences) }
    }
  }

  private mutating func put(
    _ figure: String, _ value: String, _ page: String, _ path: String, _ differences: inout [Difference]
  ) {
    let key = Key(page: page, figure: figure)
    guard let before = stated[key] else {
      guard stated.count < Self.most else { return overflow = overflow ?? path }
      return stated[key] = (value, path)
    }
    if !before.value.utf8.elementsEqual(value.utf8) {
      differences.append(
        Difference(figure: figure, page: page, value: value, otherValue: before.value, otherPath: before.path))
    }
  }

  /// A figure of a page's subject, and the document that stated it first.
  func figure(_ figure: String, of page: String) -> (value: String, path: String)? {
    stated[Key(page: page, figure: figure)]
  }
}
