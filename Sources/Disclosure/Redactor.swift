internal import EvidenceModel

/// Applies the table to documents and rows: first to learn which values go, then to write what is left of them.
struct Redactor {
  static let withheld = "withheld"

  let table: DisclosureTable
  let level: DisclosureLevel
  let key: PackKey
  var book: PseudonymBook
  var names: KnownNames
  var ledger = RedactionLedger()
  var paths = DisclosedPaths()
  var commitments = Commitments()
  private var kind = ""

  init(table: DisclosureTable, level: DisclosureLevel, key: PackKey) {
    self.table = table
    self.level = level
    self.key = key
    book = PseudonymBook(table: table, key: key)
    names = KnownNames(book)
  }

  // MARK: Learning

  /// Notes the values of a document that are to get pseudonyms.
  mutating func learn(_ root: DocumentElement, path: String) {
    learn(root)
    if let id = root["id"], case .name = resolved(root.name, "id", root.attributes) { paths.learn(path, id: id) }
  }

  private mutating func learn(_ element: DocumentElement) {
    for (name, value) in element.attributes { learn(element.name, name, value, element.attributes) }
    for case .element(let child) in element.nodes { learn(child) }
  }

  mutating func learn(
    _ element: String, _ field: String, _ value: String, _ all: [(name: String, value: String)]
  ) {
    switch resolved(element, field, all) {
    case .name(let kind): book.add(value, kind: kind)
    case .names(let kind): for part in Self.parts(value) { book.add(part, kind: kind) }
    case .finding:
      let subject = all.first { $0.name == "subject-kind" }?.value
      if let subject, case .name = table.things[subject] { book.addFinding(value) }
    default: break
    }
  }

  /// Gives out the pseudonyms; `fixed` are files that go into the pack as they are.
  mutating func close(fixed: [[UInt8]]) throws(Diagnostic) {
    try book.close()
    names = KnownNames(book)
    for bytes in fixed { names.noteConflicts(in: bytes) }
    paths.close(book, key)
  }

  private static func parts(_ list: String) -> [String] {
    list.isEmpty ? [] : list.components(separatedByText: ", ")
  }

  private func resolved(
    _ element: String, _ field: String, _ all: [(name: String, value: String)]
  ) -> DisclosureTable.Action {
    let action = table.action(element, field)
    guard case .by(let attribute) = action else { return action }
    return all.first { $0.name == attribute }.flatMap { table.things[$0.value] } ?? .hide
  }

  // MARK: Writing

  mutating func redact(_ root: inout DocumentElement, path: String) {
    kind = root.name
    ledger.begin(kind)
    let id = root["id"]
    redact(element: &root, path: path)
    let isRenamed = id.map { root["id"]?.utf8.elementsEqual($0.utf8) == false } ?? false
    root.updateChildren { child in
      guard child.name == "context" else { return true }
      child["level"] = level.rawValue
      // Neighbours in a list that was in the order of names would tell the name.
      if isRenamed { child.updateChildren { $0.name == "crumb" } }
      return true
    }
  }

  private mutating func redact(element: inout DocumentElement, path: String) {
    let originals = element.attributes
    for index in element.attributes.indices {
      let (name, value) = originals[index]
      element.attributes[index].value = redacted(element.name, name, value, originals)
    }
    commit(element, originals)
    let hasElements = element.nodes.contains { if case .element = $0 { true } else { false } }
    let hasText = element.nodes.contains { if case .text(let text) = $0 { !text.isBlank } else { false } }
    if hasText { redactText(of: &element) }
    guard hasElements else { return }
    element.updateChildren { child in
      if isDropped(child) {
        ledger.note(child.name, "element", .hide, in: kind)
        return false
      }
      redact(element: &child, path: path)
      return true
    }
    sort(&element, path: path)
  }

  mutating func beginTable(_ path: String) {
    kind = path
    ledger.begin(path)
  }

  /// What becomes of one value.
  mutating func redacted(
    _ element: String, _ field: String, _ value: String, _ all: [(name: String, value: String)]
  ) -> String {
    let action = resolved(element, field, all)
    let result: String
    switch action {
    case .keep:
      names.noteConflicts(inID: value)
      return value
    case .words:
      names.noteConflicts(in: Array(value.utf8))
      return value
    case .sentence:
      let replaced = names.replacing(value)
      if replaced.n > 0 { ledger.note(element, field, action, in: kind) }
      return replaced.text
    case .hide: result = value.isEmpty ? value : Self.withheld
    case .keyed: result = Digest(hexadecimal: value) == nil ? Self.withheld : key.code("digest", value).description
    // Made of names, and so guessable from them; made anew, and alike wherever it stands.
    case .uuid: return NameBasedUUID.text("disclosed", key.code("uuid", value).description)
    case .path: return paths.path(value, keptAnchors: table.keptAnchors, key: key)
    case .anchor: return paths.anchor(value, kept: table.keptAnchors, key: key)
    case .finding: result = book[value] ?? value
    case .name: result = book[value] ?? value
    case .names: result = Self.parts(value).map { book[$0] ?? $0 }.sortedBytewise().joined(separator: ", ")
    case .by: result = Self.withheld
    }
    if !result.utf8.elementsEqual(value.utf8) { ledger.note(element, field, action, in: kind) }
    return result
  }

  /// A name may run across the marks inside a line, so text with elements inside is looked at as a whole.
  private mutating func redactText(of element: inout DocumentElement) {
    let text = element.text
    let redacted = redacted(element.name, ".", text, element.attributes)
    if !redacted.utf8.elementsEqual(text.utf8) { element.nodes = [.text(redacted)] }
  }

  func isDropped(_ element: DocumentElement) -> Bool {
    switch table.drops[element.name] {
    case nil: return false
    case .always: return true
    case .by(let attribute):
      if case .name = element[attribute].flatMap({ table.things[$0] }) { return true }
      return element["name"].map { book[$0] != nil } ?? false
    }
  }

  private mutating func commit(_ element: DocumentElement, _ originals: [(name: String, value: String)]) {
    guard let rule = table.commitments[element.name], let record = element[rule.record] else { return }
    for (name, value) in originals where rule.fields.contains(name) && element[name] != value {
      commitments.add(record: record, field: name, value: value, key: key)
    }
  }

  /// Rows that stood in the order of the names that went are put into the order of the new ones.
  private func sort(_ parent: inout DocumentElement, path: String) {
    var runs: [String: [Int]] = [:]
    for (index, node) in parent.nodes.enumerated() {
      guard case .element(let child) = node, let order = table.orders[child.name],
        order.place.map({ path.contains($0) }) ?? true, let name = child[order.by], isPseudonym(name)
      else { continue }
      let group = ([child.name] + order.group.map { child[$0] ?? "" }).joined(separator: "\u{0}")
      runs[group, default: []].append(index)
    }
    for run in runs.values where run.count > 1 {
      let rows = run.map { parent.nodes[$0] }.sorted {
        Self.sortName($0, table).precedesBytewise(Self.sortName($1, table))
      }
      for (index, row) in zip(run, rows) { parent.nodes[index] = row }
    }
  }

  private func isPseudonym(_ text: String) -> Bool {
    table.kinds.contains { text.hasPrefix($0.id + "-") }
  }

  private static func sortName(_ node: DocumentElement.Node, _ table: DisclosureTable) -> String {
    guard case .element(let element) = node, let order = table.orders[element.name] else { return "" }
    return element[order.by] ?? ""
  }
}

extension String {
  fileprivate var isBlank: Bool { utf8.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 || $0 == 0x0D } }

  /// Its parts by bytes, whatever letters combine with the separator's.
  fileprivate func components(separatedByText separator: StaticString) -> [String] {
    var parts: [[UInt8]] = [[]]
    let mark = separator.withUTF8Buffer { Array($0) }
    for byte in utf8 {
      parts[parts.count - 1].append(byte)
      if parts[parts.count - 1].suffix(mark.count).elementsEqual(mark) {
        parts[parts.count - 1].removeLast(mark.count)
        parts.append([])
      }
    }
    return parts.map { String(decoding: $0, as: UTF8.self) }
  }
}
