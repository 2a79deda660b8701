internal import CSimdJSON
internal import EvidenceModel

/// Finds the values of a field map's paths in one record at a time. Not thread-safe: one a thread. What it hands out
/// lives until the next record.
final class FieldMapEvaluator {
  /// JSON texts inside strings that are opened in one record, and how long one may be: their parsers keep memory.
  static let mostTexts = 8
  static let longestText = 1 << 20
  /// Elements or members of one list that are looked at.
  static let mostElements = FieldPath.mostElements

  let map: FieldMap
  let arena = TextArena()
  let credentialName = CredentialName()
  private let parser = JSONParser()
  private var textParsers: [JSONParser] = []
  private var opened: [(text: BorrowedText, root: json_value)] = []
  private var copy: [UInt8] = []
  private var root = json_value()
  private var columns: ByName<Int> = [:]
  private var cells: [json_value] = []

  init(_ map: FieldMap) { self.map = map }

  // MARK: The record

  /// Looks at a JSON record from now on; a reason where it is none.
  func look(at bytes: UnsafeRawBufferPointer) -> RejectReason? {
    forget()
    guard let root = parser.parse(bytes) else { return .notJSON }
    guard root.kind == JSON_OBJECT else { return .notAnObject }
    self.root = root
    return nil
  }

  func look(at record: JSONNode) {
    forget()
    root = record.value
  }

  /// Looks at a table's row from now on.
  func look(at row: TableRows<UnsafeRawBufferPointer>.Row) {
    forget()
    let texts = arena.text(row.texts)
    for index in 0..<row.count {
      let place = row.place(index)
      var cell = json_value()
      cell.kind = JSON_STRING
      cell.bytes = texts.start.map { UnsafeRawPointer($0 + place.lowerBound).assumingMemoryBound(to: CChar.self) }
      cell.count = place.count
      cells.append(cell)
    }
  }

  func name(columns names: [String]) {
    columns = [:]
    for (index, name) in names.enumerated() { columns[name] = index }
  }

  private func forget() {
    arena.reset()
    opened.removeAll(keepingCapacity: true)
    cells.removeAll(keepingCapacity: true)
  }

  // MARK: Paths

  /// Whether something stands at the end of a path, whatever it is.
  func has(_ path: FieldPath) -> Bool { visit(path) { !$0.isMissing } }

  /// Hands out the values at the end of a path, in their order, until one is taken. False when none was.
  @discardableResult
  func visit(_ path: FieldPath, _ take: (json_value) -> Bool) -> Bool {
    guard map.isTable else { return walk(root, path.steps[...], isOpened: false, take) }
    guard let column = path.column, let index = columns[column], index < cells.count else { return false }
    return walk(cells[index], path.steps.dropFirst(), isOpened: false, take)
  }

  private func walk(
    _ start: json_value, _ steps: ArraySlice<FieldPath.Step>, isOpened: Bool, _ take: (json_value) -> Bool
  ) -> Bool {
    guard let step = steps.first else { return take(start) }
    var (value, isOpened) = (start, isOpened)
    if value.kind == JSON_STRING {
      guard !isOpened, let inner = open(value.text) else { return false }
      (value, isOpened) = (inner, true)
    }
    let rest = steps.dropFirst()
    switch step {
    case .member(let name):
      guard value.kind == JSON_OBJECT else { return false }
      return walk(JSONNode(value)[named: name].value, rest, isOpened: isOpened, take)
    case .element(let index):
      guard value.kind == JSON_ARRAY else { return false }
      let elements = elements(of: value)
      let place = index < 0 ? elements.all.count + index : index
      // From the end of a list that was not seen to its end, nothing can be counted.
      guard elements.all.indices.contains(place), index >= 0 || elements.areAll else { return false }
      return walk(elements.all[place], rest, isOpened: isOpened, take)
    case .any:
      for inner in elements(of: value).all where walk(inner, rest, isOpened: isOpened, take) { return true }
      return false
    }
  }

  /// The first elements of an array, or values of an object, secrets left out.
  func elements(of value: json_value) -> (all: ArraySlice<json_value>, areAll: Bool) {
    let most = Self.mostElements
    var values = [json_value](repeating: json_value(), count: most)
    var names = values
    let count = withUnsafePointer(to: value) { list in
      value.kind == JSON_OBJECT ? json_members(list, &names, &values, most) : json_elements(list, &values, most)
    }
    guard value.kind == JSON_OBJECT else { return (values.prefix(count), count <= most) }
    let open = zip(names, values).prefix(count).filter { !FieldPath.isSecret($0.0.text.string) }.map(\.1)
    return (open[...], count <= most)
  }

  /// The JSON text inside a string; nil where there is none.
  private func open(_ text: BorrowedText) -> json_value? {
    if let known = opened.first(where: { $0.text.start == text.start && $0.text.count == text.count }) {
      return known.root
    }
    guard opened.count < Self.mostTexts, text.count <= Self.longestText, text.count > 1 else { return nil }
    if textParsers.count == opened.count { textParsers.append(JSONParser()) }
    copy.removeAll(keepingCapacity: true)
    copy.append(contentsOf: text.raw)
    copy.append(contentsOf: repeatElement(0, count: JSONParser.padding))
    let parser = textParsers[opened.count]
    let inner = copy.withUnsafeBytes { parser.parse(UnsafeRawBufferPointer(rebasing: $0[..<text.count])) }
    opened.append((text, inner ?? json_value()))
    return inner
  }

  // MARK: Values

  func meets(_ conditions: [MappedValue.Condition]) -> Bool {
    conditions.allSatisfy { condition in
      let holds = visit(condition.path) { value in
        let text = self.text(of: value)
        return !text.isEmpty && condition.patterns.contains { $0.matches(text) }
      }
      return holds == condition.mustHold
    }
  }

  /// A string, number or truth value as text; empty for all else, and for a missing marker.
  func text(of value: json_value) -> BorrowedText {
    let text: BorrowedText =
      switch value.kind {
      case JSON_STRING: value.text
      case JSON_INTEGER: arena.text("\(value.integer)".utf8)
      case JSON_REAL: arena.text("\(value.real)".utf8)
      case JSON_BOOLEAN: BorrowedText(static: value.boolean ? "true" : "false")
      default: .empty
      }
    return map.rules.missing.contains { text.raw.elementsEqual($0) } ? .empty : text
  }

  /// What a way finds, its words already those of SEMANTICS; empty where it finds nothing.
  func text(_ way: MappedValue) -> BorrowedText {
    guard meets(way.conditions) else { return .empty }
    var found = BorrowedText.empty
    switch way.source {
    case .constant(let text): return arena.text(text.utf8)
    case .path(let path):
      visit(path) { value in
        found = self.put(self.text(of: value), way)
        return !found.isEmpty
      }
    case .join(let paths, let separator):
      var joined: [UInt8] = []
      for (index, path) in paths.enumerated() {
        let part = text(MappedValue(.path(path)))
        if part.isEmpty { return .empty }
        joined += index == 0 ? [] : Array(separator.utf8)
        joined += part.raw
      }
      found = put(arena.text(joined), way)
    }
    return found
  }

  /// Takes the beginning off and puts the rest through the table of words, where the map says so.
  private func put(_ text: BorrowedText, _ way: MappedValue) -> BorrowedText {
    guard text.raw.starts(with: way.after) else { return .empty }
    let rest = BorrowedText(start: text.start.map { $0 + way.after.count }, count: text.count - way.after.count)
    guard let words = way.words, !rest.isEmpty else { return rest }
    guard let word = words.first(where: { $0.pattern.matches(rest) }) else { return .empty }
    return arena.text(word.word.utf8)
  }
}
