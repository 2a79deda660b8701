/// Values by name, where two names are one only when their bytes are the same (SEMANTICS §1).
package struct ByName<Value> {
  private var entries: [[UInt8]: (key: String, value: Value)] = [:]

  package init() {}

  package subscript(name: String) -> Value? {
    get { entries[Array(name.utf8)]?.value }
    set { entries[Array(name.utf8)] = newValue.map { (name, $0) } }
  }

  package subscript(name: String, default fallback: @autoclosure () -> Value) -> Value {
    get { self[name] ?? fallback() }
    // In place: a list that grows under one name must not be copied with each element.
    _modify { yield &entries[Array(name.utf8), default: (name, fallback())].value }
  }

  package var keys: [String] { entries.values.map(\.key) }
  package var values: [Value] { entries.values.map(\.value) }
  package var count: Int { entries.count }
  package var isEmpty: Bool { entries.isEmpty }
}

extension ByName {
  /// Values in groups, each group in its order.
  package init<Element>(grouping elements: [Element], by name: (Element) -> String) where Value == [Element] {
    self.init()
    for element in elements { self[name(element), default: []].append(element) }
  }
}

extension ByName: Sendable where Value: Sendable {}

extension ByName: Sequence {
  package func makeIterator() -> some IteratorProtocol<(key: String, value: Value)> { entries.values.makeIterator() }
}

extension ByName: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, Value)...) {
    for (name, value) in elements { self[name] = value }
  }
}

extension ByName: Equatable where Value: Equatable {
  package static func == (left: ByName, right: ByName) -> Bool {
    left.count == right.count && left.allSatisfy { right[$0.key] == $0.value }
  }
}
