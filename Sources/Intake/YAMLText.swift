package import EvidenceModel
internal import Yams

/// A YAML text as plain nodes. Capped in size and in nodes, so that aliases cannot multiply it.
package struct YAMLText: Sendable {
  package static let largest = 16 << 20
  private static let mostNodes = 2_000_000

  package indirect enum Node: Sendable {
    case scalar(String, isQuoted: Bool, Mark)
    case sequence([Node], Mark)
    case mapping([(key: String, value: Node)], Mark)
  }

  /// Place of a node; both counted from 1.
  package struct Mark: Sendable { package var line: Int; package var column: Int }

  /// The documents of the text, those that hold nothing left out.
  package let documents: [Node]
  package var root: Node? { documents.first }

  /// - Parameter allowsMany: whether the text may hold several documents, as files of Kubernetes resources do.
  package init(_ text: String, name: String, allowsMany: Bool = false) throws(Diagnostic) {
    guard text.utf8.count <= Self.largest else {
      throw Diagnostic(
        id: "yaml-too-large", file: name, summary: "larger than 16 MiB",
        nextStep: "Check that the configuration names the right file.")
    }
    do {
      var budget = Self.mostNodes
      // Keys and values are texts here. Guessing a type for each, by regular expressions, would take half of the time.
      var composed = try Yams.compose_all(yaml: text, .basic)
      var documents: [Node] = []
      while let node = composed.next() { documents.append(try Self.convert(node, &budget)) }
      if let error = composed.error { throw error }
      self.documents = documents.filter { !$0.isEmpty }
    } catch let error as YamlError {
      throw Self.diagnostic(error, text: text, name: name)
    } catch {
      throw Diagnostic(
        id: "yaml-too-many-nodes", file: name,
        summary: "aliases or nesting make it larger than \(Self.mostNodes) values",
        nextStep: "Write the values out instead of repeating them by alias.")
    }
    if !allowsMany, documents.count > 1 {
      throw Diagnostic(
        id: "yaml-many-documents", file: name, line: documents[1].mark.line,
        summary: "it holds several YAML documents, where one is expected", nextStep: "Put each into a file of its own.")
    }
  }

  private struct TooManyNodes: Error {}

  private static func convert(_ node: Yams.Node, _ budget: inout Int) throws -> Node {
    budget -= 1
    guard budget > 0 else { throw TooManyNodes() }
    let mark = Mark(line: node.mark?.line ?? 0, column: node.mark?.column ?? 0)
    switch node {
    case .scalar(let scalar):
      return .scalar(scalar.string, isQuoted: scalar.style == .singleQuoted || scalar.style == .doubleQuoted, mark)
    case .sequence(let sequence):
      return .sequence(try sequence.map { try convert($0, &budget) }, mark)
    case .mapping(let mapping):
      return .mapping(
        try mapping.map { pair in
          (key: pair.key.string ?? "", value: try convert(pair.value, &budget))
        }, mark)
    case .alias:
      throw TooManyNodes()
    }
  }

  private static func diagnostic(_ error: YamlError, text: String, name: String) -> Diagnostic {
    let place: Yams.Mark?
    let problem: String
    switch error {
    case .scanner(_, let text, let mark, _), .parser(_, let text, let mark, _), .composer(_, let text, let mark, _):
      problem = text
      place = mark
    case .duplicatedKeysInMapping(let duplicates, let context):
      problem = "the key \(duplicates.map { String(describing: $0) }.joined(separator: ", ")) stands twice"
      place = context.mark
    default:
      problem = "it cannot be read"
      place = nil
    }
    return Diagnostic(
      id: "yaml-syntax", file: name, line: place?.line,
      byteOffset: place.map { byteOffset(line: $0.line, column: $0.column, in: text) },
      summary: "no valid YAML: \(problem)", nextStep: "Correct the text at this place.")
  }

  /// Byte offset of a place; line and column counted from 1, columns in Unicode scalars.
  package static func byteOffset(line: Int, column: Int, in text: String) -> Int {
    var offset = 0
    var current = 1
    let bytes = Array(text.utf8)
    while current < line, offset < bytes.count {
      if bytes[offset] == 0x0A { current += 1 }
      offset += 1
    }
    var scalars = max(0, column - 1)
    while scalars > 0, offset < bytes.count, bytes[offset] != 0x0A {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      scalars -= 1
    }
    return offset
  }
}

extension YAMLText.Node {
  package var mark: YAMLText.Mark {
    switch self {
    case .scalar(_, _, let mark), .sequence(_, let mark), .mapping(_, let mark): mark
    }
  }

  /// A member of a mapping; `_` and `-` in keys are one. Of `a_b` beside `a-b` the last counts; an exact repetition is an error.
  package subscript(_ key: String) -> YAMLText.Node? {
    guard case .mapping(let members, _) = self else { return nil }
    return members.last { $0.key.isSpelled(key) }?.value
  }

  /// Text of a scalar; nil for `null`, `~` and an empty plain scalar.
  package var text: String? {
    guard case .scalar(let text, let isQuoted, _) = self else { return nil }
    if !isQuoted, ["", "~", "null", "Null", "NULL"].contains(text) { return nil }
    return text
  }

  fileprivate var isEmpty: Bool {
    if case .scalar = self { return text == nil }
    return false
  }

  package var items: [YAMLText.Node] {
    if case .sequence(let items, _) = self { return items }
    return []
  }

  package var members: [(key: String, value: YAMLText.Node)] {
    if case .mapping(let members, _) = self { return members }
    return []
  }

  /// A list of texts: a sequence, or one scalar, which may separate items by `|`.
  package var texts: [String] {
    switch self {
    case .sequence(let items, _): items.compactMap(\.text)
    default: text.map { $0.split(separator: "|").map { $0.trimmed } } ?? []
    }
  }
}

extension String {
  var replacingUnderscores: String { String(map { $0 == "_" ? "-" : $0 }) }
  /// Equal, where this one may have `_` for `-`.
  fileprivate func isSpelled(_ key: String) -> Bool {
    utf8.count == key.utf8.count && zip(utf8, key.utf8).allSatisfy { $0 == $1 || $0 == 0x5F && $1 == 0x2D }
  }
}
