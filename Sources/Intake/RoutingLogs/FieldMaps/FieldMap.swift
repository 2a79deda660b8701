internal import Assets
package import EvidenceModel

/// How the records of some format become decisions: which member or column fills which field. Described in
/// `docs/formats/field-map.md`.
package final class FieldMap: Sendable, Hashable {
  package let name: String
  package let title: String
  /// The map as it was written.
  package let text: String
  /// Of the text.
  package let digest: Digest
  /// Whether the records are rows of a table; JSON objects otherwise.
  package let isTable: Bool
  let rules: Rules

  /// What a map says of its records.
  struct Rules: Sendable {
    /// What a record, or a table's header, must have to be taken for one of this format, one of each list; none: it is
    /// only ever stated.
    var detectedBy: [[FieldPath]] = []
    var detectedWhere: [MappedValue.Condition] = []
    /// A member of an API's answer that holds the records, beside those that are known anyway.
    var envelope: String?
    /// Conditions that a record must meet to be a decision at all.
    var only: [MappedValue.Condition] = []
    /// Texts that stand for no value.
    var missing: [[UInt8]] = ["-", "None", "N/A"].map { Array($0.utf8) }
    var groupBy: [FieldPath] = []
    var orderBy: [FieldPath] = []
    var fields: [MappedField: [MappedValue]] = [:]
  }

  init(name: String, title: String, text: String, isTable: Bool, rules: Rules) {
    self.name = name
    self.title = title
    self.text = text
    self.isTable = isTable
    self.rules = rules
    digest = Digest(of: text)
  }

  /// The maps that come with the program, by name.
  package static let presets: [FieldMap] = AssetLibrary.embedded.paths(under: "mappings/fieldmaps/").compactMap {
    try? FieldMap(WholeFile(name: $0, bytes: AssetLibrary.embedded.bytes($0) ?? []))
  }

  package static func == (left: FieldMap, right: FieldMap) -> Bool { left.digest == right.digest }
  package func hash(into hasher: inout Hasher) { hasher.combine(digest) }

  /// Whether several records make one decision.
  package var groups: Bool { !rules.groupBy.isEmpty }

  private var isGathered: Bool { isTable || groups || !rules.only.isEmpty }

  func makeReader() -> (any RoutingLogReader)? { isGathered ? nil : MappedLogReader(self) }
  func makeGatherer() -> (any RecordGatherer)? { isGathered ? MappedLogGatherer(self) : nil }

  /// What shows that a record is of this format; nil when nothing does.
  func recognises(_ record: JSONNode) -> String? {
    guard !isTable, !rules.detectedBy.isEmpty || !rules.detectedWhere.isEmpty else { return nil }
    let evaluator = FieldMapEvaluator(self)
    evaluator.look(at: record)
    let found = rules.detectedBy.compactMap { $0.first(where: evaluator.has) }
    guard found.count == rules.detectedBy.count, evaluator.meets(rules.detectedWhere) else { return nil }
    return "has " + (found + rules.detectedWhere.map(\.path)).map(\.text).joined(separator: ", ")
  }

  /// What shows that a table is of this format; nil when nothing does.
  func recognises(header: [String]) -> String? {
    guard isTable, !rules.detectedBy.isEmpty else { return nil }
    var columns: ByName<Bool> = [:]
    for name in header { columns[name] = true }
    let found = rules.detectedBy.compactMap { $0.first { $0.column.flatMap { columns[$0] } ?? false } }
    guard found.count == rules.detectedBy.count else { return nil }
    return "has the columns " + found.map(\.text).joined(separator: ", ")
  }

  package var origins: [FieldOrigin] {
    RoutingField.allCases.compactMap { field in
      guard let mapped = MappedField(rawValue: field.rawValue) else { return nil }
      let ways = rules.fields[mapped] ?? []
      let words = ways.map(\.place).joined(separator: ", else ")
      if groups, field == .escalatedFrom {
        return FieldOrigin(
          field: field, provenance: .inferred,
          from: (words.isEmpty ? "" : words + ", else ") + "the model of the group's first attempt (inferred)")
      }
      guard let first = ways.first else {
        return FieldOrigin(field: field, provenance: .unknown, from: "not in this format")
      }
      return FieldOrigin(field: field, provenance: first.provenance, from: words)
    }
  }
}

extension MappedValue {
  /// How a value that was found in this way is known.
  var provenance: Provenance {
    if case .constant = source { return .inferred }
    return isInferred ? .inferred : words == nil ? .logged : .matched
  }
}
