internal import EvidenceModel

/// `evidence/redaction.xml`: what was replaced by which entry of the table, in numbers. No value stands in it.
struct LedgerDocument {
  static let page = "redaction.html"
  private let redactor: Redactor
  private let pack: InternalPack
  private let context: DocumentElement?

  init(_ redactor: Redactor, _ pack: InternalPack, context: DocumentElement?) {
    self.redactor = redactor
    self.pack = pack
    self.context = context
  }

  private var conflicts: Int { redactor.names.conflicts.count }

  var document: DocumentElement {
    var root = DocumentElement(name: "redaction")
    root.attributes =
      [("id", "redaction"), ("title", "What was left out")] + sums + [("internal-manifest", pack.manifest.description)]
    var rows: [DocumentElement] = [contextElement]
    for (kind, n) in redactor.book.counts {
      rows.append(DocumentElement(name: "redaction-kind", attributes: [("kind", kind), ("n", String(n))]))
    }
    let ledger = redactor.ledger
    let fields = ledger.fields.map { (field: $0.key, n: $0.value) }.sorted {
      ($0.field.element, $0.field.field, $0.field.action) < ($1.field.element, $1.field.field, $1.field.action)
    }
    for (field, n) in fields {
      rows.append(
        DocumentElement(
          name: "redaction-field",
          attributes: [
            ("element", field.element), ("field", field.field), ("action", field.action), ("n", String(n)),
          ]))
    }
    for (kind, entry) in ledger.documents.sorted(by: { $0.key < $1.key }) {
      rows.append(
        DocumentElement(
          name: "redaction-document",
          attributes: [
            ("kind", kind), ("documents", String(entry.documents)), ("replaced", String(entry.sums.replaced)),
            ("sentences", String(entry.sums.sentences)), ("hidden", String(entry.sums.hidden)),
          ]))
    }
    for (what, n) in ledger.left {
      rows.append(DocumentElement(name: "redaction-left", attributes: [("what", what), ("n", String(n))]))
    }
    for (kind, n) in redactor.names.conflictKinds {
      rows.append(DocumentElement(name: "redaction-conflict", attributes: [("kind", kind), ("n", String(n))]))
    }
    root.nodes = rows.flatMap { [.text("\n "), .element($0)] } + [.text("\n")]
    return root
  }

  private var sums: [(name: String, value: String)] {
    let sums = redactor.ledger.sums
    return [
      ("level", redactor.level.rawValue), ("replaced", String(sums.replaced)), ("sentences", String(sums.sentences)),
      ("hidden", String(sums.hidden)), ("commitments", String(redactor.commitments.count)),
      ("conflicts", String(conflicts)), ("unsearchable", String(redactor.names.unsearchable)),
    ]
  }

  private var contextElement: DocumentElement {
    var element = context ?? DocumentElement(name: "context")
    element["page"] = Self.page
    element["document"] = "evidence/redaction.xml"
    element.nodes = [
      .element(DocumentElement(name: "crumb", attributes: [("page", "index.html"), ("title", "Start")]))
    ]
    return element
  }

  /// The index says that it is of a lower level, and where the ledger is.
  func announce(in pack: inout DocumentElement) {
    let element = DocumentElement(
      name: "disclosure",
      attributes: sums + [("internal-manifest", self.pack.manifest.description), ("page", Self.page)])
    let index = pack.nodes.firstIndex { if case .element(let child) = $0 { child.name == "doors" } else { false } }
    pack.nodes.insert(contentsOf: [.element(element), .text("\n ")], at: index ?? pack.nodes.endIndex)
  }
}
