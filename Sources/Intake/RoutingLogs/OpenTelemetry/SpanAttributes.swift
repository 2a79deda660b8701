internal import CSimdJSON

/// The attributes of a span, in whichever way its container writes them: OTLP's list of `key` and `value`, Jaeger's list
/// of tags, or a plain object.
struct SpanAttributes {
  let all: [(name: BorrowedText, value: JSONNode)]
  private let texts: JSONTextParser

  /// - Parameter texts: for values that are JSON inside a string.
  init(_ node: JSONNode, texts: JSONTextParser) {
    all = node.isObject ? node.members : node.elements.map { ($0["key"].text, $0["value"]) }
    self.texts = texts
  }

  private func value(_ name: StaticString) -> JSONNode? {
    all.last { $0.name.equals(name) }.map { Self.scalar($0.value) }
  }

  private static let kinds: [StaticString] = [
    "stringValue", "intValue", "doubleValue", "boolValue", "string_value", "int_value", "double_value", "bool_value",
  ]

  /// OTLP wraps a value in an object that names its type.
  static func scalar(_ value: JSONNode) -> JSONNode {
    guard value.isObject else { return value }
    for kind in kinds {
      let inner = value[kind]
      if !inner.isMissing { return inner }
    }
    return value
  }

  /// The first of some attributes that says something.
  func text(_ names: StaticString...) -> String? {
    for name in names {
      if let text = value(name)?.string, !Self.missingMarkers.contains(text) { return text }
    }
    return nil
  }

  private static let missingMarkers = ["-", "None", "null", "N/A"]

  /// A number of tokens, by the first of some attributes that holds one; 0 for a number that is no such count.
  func tokens(_ names: StaticString...) -> Int64 {
    for name in names {
      if let count = value(name)?.integer { return (0...1 << 40).contains(count) ? count : 0 }
    }
    return 0
  }

  /// Dollars as millionths, by the first of some attributes that holds a number, also one written as text.
  func microUnits(_ names: StaticString...) -> Int64 {
    for name in names {
      guard let node = value(name), !node.isMissing else { continue }
      guard let text = node.string else { return node.value.microUnits }
      var number = json_value()
      number.kind = JSON_REAL
      number.real = Double(text) ?? 0
      return number.microUnits
    }
    return 0
  }

  func isTrue(_ name: StaticString) -> Bool {
    guard let node = value(name) else { return false }
    return node.boolean == true || node.text.equals("true")
  }

  /// The strings of a list, which may also arrive as JSON text.
  func strings(_ name: StaticString) -> [String] {
    guard let node = value(name) else { return [] }
    if !node.text.isEmpty {
      return texts.parse(node.text)?.elements.compactMap(\.string) ?? [node.text.string]
    }
    return Self.elements(node).compactMap(\.string)
  }

  /// The elements of a list, as OTLP or plain JSON writes it.
  static func elements(_ node: JSONNode) -> [JSONNode] {
    for wrapper: StaticString in ["arrayValue", "array_value"] where node[wrapper].isObject {
      return node[wrapper]["values"].elements.map { scalar($0) }
    }
    return node.elements
  }

  /// A member of an object, which OTLP writes as a list of `key` and `value`.
  static func member(_ node: JSONNode, _ name: StaticString) -> JSONNode {
    let list = node["kvlistValue"]["values"].elements
    return list.last { $0["key"].text.equals(name) }.map { scalar($0["value"]) } ?? node[name]
  }

  /// What stands in the JSON text of an attribute, or in its value as it is. It lives until the next such text.
  func json(_ name: StaticString) -> JSONNode? {
    guard let node = value(name), !node.isMissing else { return nil }
    return node.text.isEmpty ? node : texts.parse(node.text)
  }
}

/// Parses JSON that arrives inside a string; one level, never more.
final class JSONTextParser {
  private let parser = JSONParser()
  private var copy: [UInt8] = []

  /// Nil when the text is no JSON. The value lives until the next text.
  func parse(_ text: BorrowedText) -> JSONNode? {
    copy.removeAll(keepingCapacity: true)
    copy.append(contentsOf: text.raw)
    copy.append(contentsOf: repeatElement(0, count: JSONParser.padding))
    return copy.withUnsafeBytes { parser.parse(UnsafeRawBufferPointer(rebasing: $0[..<text.count])) }
      .map { JSONNode($0) }
  }
}
