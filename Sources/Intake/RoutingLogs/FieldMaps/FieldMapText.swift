package import EvidenceModel

extension FieldMap {
  package static let largest = 1 << 20

  /// Reads a map; the first thing that is wrong with it is thrown, with its place.
  package convenience init(_ file: WholeFile) throws(Diagnostic) {
    guard file.bytes.count <= Self.largest else {
      throw Diagnostic(
        id: "field-map-too-large", file: file.name, summary: "larger than 1 MiB, which no field map is",
        nextStep: "Check that the configuration names the right file.")
    }
    let text = try file.text()
    let reader = FieldMapReader(file: file.name, text: text)
    guard let root = try YAMLText(text, name: file.name).root, case .mapping = root else {
      throw Diagnostic(
        id: "field-map-empty", file: file.name, line: 1, byteOffset: 0, summary: "it is no mapping of keys",
        nextStep: "Begin with a preset: tenure fieldmap list names them, tenure fieldmap show NAME prints one.")
    }
    try reader.check(root, keys: FieldMapReader.topKeys)
    let name = try reader.required("name", of: root)
    self.init(
      name: name, title: root["title"]?.text ?? name, text: text,
      isTable: try reader.isTable(root["records"]), rules: try reader.rules(root))
  }
}

/// Reads the keys of a field map.
private struct FieldMapReader {
  static let topKeys = [
    "name", "title", "records", "detect", "envelope", "only", "missing", "group-by", "order-by", "fields",
  ]
  private static let valueKeys = [
    "path", "join", "constant", "separator", "values", "after", "when", "unless", "inferred", "time", "unit",
  ]

  let file: String
  let text: String

  private func problem(
    _ id: String, _ node: YAMLText.Node, offset: Int = 0, _ summary: String, _ nextStep: String
  ) -> Diagnostic {
    let mark = node.mark
    return Diagnostic(
      id: id, file: file, line: mark.line,
      byteOffset: YAMLText.byteOffset(line: mark.line, column: mark.column, in: text) + offset,
      summary: summary, nextStep: nextStep)
  }

  /// A misspelt key would change what is read without a word, so it is refused.
  func check(_ node: YAMLText.Node, keys: [String]) throws(Diagnostic) {
    for member in node.members where !keys.contains(where: { $0.utf8.elementsEqual(member.key.utf8) }) {
      throw problem(
        "field-map-unknown-key", member.value, "\(member.key) is no key of this place",
        "Known keys: \(keys.joined(separator: ", ")).")
    }
  }

  func required(_ key: String, of root: YAMLText.Node) throws(Diagnostic) -> String {
    guard let text = root[key]?.text, !text.isEmpty, !text.hasControlCharacter else {
      throw problem("field-map-missing-key", root, "it lacks \(key)", "Add \(key) at the top.")
    }
    return text
  }

  func isTable(_ node: YAMLText.Node?) throws(Diagnostic) -> Bool {
    guard let node else { return false }
    guard let text = node.text, ["json", "table"].contains(text) else {
      throw problem("field-map-bad-value", node, "records is neither json nor table", "Write json, or table for CSV.")
    }
    return text == "table"
  }

  func rules(_ root: YAMLText.Node) throws(Diagnostic) -> FieldMap.Rules {
    var rules = FieldMap.Rules()
    if let detect = root["detect"] {
      try check(detect, keys: ["has", "where"])
      for item in detect["has"]?.items ?? [] { rules.detectedBy.append(try paths(item)) }
      rules.detectedWhere = try conditions(detect["where"], mustHold: true)
    }
    rules.envelope = root["envelope"]?.text
    rules.only = try conditions(root["only"], mustHold: true)
    if let missing = root["missing"] { rules.missing = texts(missing).map { Array($0.utf8) } }
    rules.groupBy = try paths(root["group-by"])
    rules.orderBy = try paths(root["order-by"])
    guard let fields = root["fields"] else {
      throw problem("field-map-missing-key", root, "it lacks fields", "Say under fields where each field comes from.")
    }
    try check(fields, keys: MappedField.allCases.map(\.rawValue))
    for member in fields.members {
      guard let field = MappedField(rawValue: member.key) else { continue }
      rules.fields[field] = try ways(member.value)
    }
    for field in [MappedField.at, .requestID, .outcome] where rules.fields[field]?.isEmpty ?? true {
      throw problem(
        "field-map-missing-key", fields, "no way to \(field.rawValue) is given, and no record is a decision without it",
        "Add \(field.rawValue) under fields.")
    }
    return rules
  }

  // MARK: Fields

  private func ways(_ node: YAMLText.Node) throws(Diagnostic) -> [MappedValue] {
    guard case .sequence(let items, _) = node else { return [try way(node)] }
    var ways: [MappedValue] = []
    for item in items { ways.append(try way(item)) }
    return ways
  }

  private func way(_ node: YAMLText.Node) throws(Diagnostic) -> MappedValue {
    if case .scalar = node { return MappedValue(.path(try path(node))) }
    try check(node, keys: Self.valueKeys)
    var value = MappedValue(try source(node))
    if let words = node["values"] {
      value.words = words.members.map { .init(pattern: TextPattern($0.key), word: $0.value.text ?? "") }
    }
    value.after = Array((node["after"]?.text ?? "").utf8)
    value.conditions = try conditions(node["when"], mustHold: true) + conditions(node["unless"], mustHold: false)
    value.isInferred = node["inferred"]?.text == "true"
    if let time = node["time"] { value.time = try choice(time, "time") }
    if let unit = node["unit"] { value.unit = try choice(unit, "unit") }
    if node["join"] == nil, let separator = node["separator"] {
      guard let text = separator.text, text.utf8.count == 1 else {
        throw problem(
          "field-map-bad-value", separator, "the separator is not one character", "Write one, such as \"|\".")
      }
      value.separator = text.utf8.first
    }
    return value
  }

  private func source(_ node: YAMLText.Node) throws(Diagnostic) -> MappedValue.Source {
    switch (node["path"], node["join"], node["constant"]) {
    case (let path?, nil, nil): return .path(try self.path(path))
    case (nil, let join?, nil): return .join(try paths(join), separator: node["separator"]?.text ?? "")
    case (nil, nil, let constant?): return .constant(constant.text ?? "")
    default:
      throw problem(
        "field-map-bad-value", node, "a value has not exactly one of path, join and constant", "Keep one of the three.")
    }
  }

  private func choice<Choice: RawRepresentable & CaseIterable>(
    _ node: YAMLText.Node, _ key: String
  ) throws(Diagnostic) -> Choice where Choice.RawValue == String {
    guard let choice = node.text.flatMap(Choice.init(rawValue:)) else {
      throw problem(
        "field-map-bad-value", node, "\(node.text ?? "nothing") is no \(key)",
        "Write one of \(Choice.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    return choice
  }

  // MARK: Paths

  private func path(_ node: YAMLText.Node) throws(Diagnostic) -> FieldPath {
    guard let text = node.text else {
      throw problem("field-map-bad-path", node, "a path is missing", "Write the names on the way, such as usage.cost.")
    }
    do {
      return try FieldPath(text)
    } catch {
      throw problem(
        "field-map-bad-path", node, offset: error.offset, "\(text) is no path: \(error.words)",
        "Write names with dots between, [0] or [-1] for an element, * for each, and \"…\" around a name with dots.")
    }
  }

  private func paths(_ node: YAMLText.Node?) throws(Diagnostic) -> [FieldPath] {
    guard let node else { return [] }
    guard case .sequence(let items, _) = node else { return [try path(node)] }
    var paths: [FieldPath] = []
    for item in items { paths.append(try path(item)) }
    return paths
  }

  /// `{path: text}` or `{path: [text, text]}`.
  private func conditions(_ node: YAMLText.Node?, mustHold: Bool) throws(Diagnostic) -> [MappedValue.Condition] {
    var conditions: [MappedValue.Condition] = []
    for member in node?.members ?? [] {
      let path: FieldPath
      do {
        path = try FieldPath(member.key)
      } catch {
        throw problem(
          "field-map-bad-path", member.value, "\(member.key) is no path: \(error.words)",
          "Write names with dots between, and \"…\" around a name with dots.")
      }
      conditions.append(.init(path: path, patterns: texts(member.value).map(TextPattern.init), mustHold: mustHold))
    }
    return conditions
  }

  /// One text or several, as they stand.
  private func texts(_ node: YAMLText.Node) -> [String] {
    if case .sequence(let items, _) = node { return items.compactMap(\.text) }
    return node.text.map { [$0] } ?? []
  }
}
