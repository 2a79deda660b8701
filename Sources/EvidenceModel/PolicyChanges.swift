extension PolicyHistory {
  /// Every change of every version against the one before that can be read, in order: of the schema, then of rules by id.
  /// The first version creates its rules.
  package var changes: [RuleChange] {
    let schemas = Dictionary(schemaChanges.map { ($0.versionIndex, $0) }, uniquingKeysWith: { first, _ in first })
    var changes: [RuleChange] = []
    var known: ByName<Bool> = [:]
    var before: RuleOrder?
    for (index, version) in versions.enumerated() {
      // A version that cannot be read says nothing about what changed.
      guard version.isReadable else { continue }
      if let schema = schemas[index] {
        changes.append(
          RuleChange(
            version: version.id, versionIndex: index, rule: RuleChange.noRule, kind: .schemaMigrated, action: .allow,
            fields: [.init(name: "schema", before: schema.from, after: schema.to)], direction: .unknown,
            reasons: [.schema]))
      }
      let after = RuleOrder(version.rules)
      var step = PolicyStep(
        before: before ?? RuleOrder([]), after: after, version: version.id, versionIndex: index,
        isFirst: before == nil)
      changes += step.changes { known[$0] ?? false }
      for rule in after.all { known[rule.id] = true }
      before = after
    }
    return changes
  }
}

/// The rules of a version in the order in which they are asked; of two with one id the first counts.
struct RuleOrder {
  /// Rules that decide, and `permit` rules, each in order.
  let all: [Rule]
  let deciding: [Rule]
  private let places: ByName<Int>

  init(_ rules: [Rule]) {
    var places: ByName<Int> = [:]
    var all: [Rule] = []
    let ordered = rules.enumerated().sorted { ($0.element.priority, $0.offset) < ($1.element.priority, $1.offset) }
    for (_, rule) in ordered where places[rule.id] == nil {
      places[rule.id] = all.count
      all.append(rule)
    }
    self.all = all
    self.places = places
    deciding = all.filter { $0.action != .permit }
  }

  subscript(id: String) -> Rule? { places[id].map { all[$0] } }

  func place(_ id: String) -> Int? { places[id] }
}

/// From one readable version to the next.
private struct PolicyStep {
  let before: RuleOrder
  let after: RuleOrder
  let version: String
  let versionIndex: Int
  /// What was in force before the first version that was given, nobody knows.
  let isFirst: Bool

  mutating func changes(_ wasKnown: (String) -> Bool) -> [RuleChange] {
    let directions = ChangeDirection(before: before, after: after)
    // An id that was there before came back; it is no new name.
    let renamed = renames.filter { !wasKnown($0.to) }
    let former = Dictionary(renamed.map { ($0.to.utf8Bytes, $0.from) }, uniquingKeysWith: { first, _ in first })
    let gone = Set(renamed.map(\.from.utf8Bytes))
    let moved = self.moved
    var ids: ByName<Bool> = [:]
    for rule in before.all + after.all { ids[rule.id] = true }
    var changes: [RuleChange] = []
    for id in ids.keys.sortedBytewise() {
      if gone.contains(id.utf8Bytes) { continue }
      let new = after[id]
      let from = former[id.utf8Bytes]
      let old = before[from ?? id]
      let fields = Self.differences(old, new)
      let kind: RuleChange.Kind
      var reasons: Set<ChangeReason>
      switch (old, new) {
      case (nil, let new?):
        kind = wasKnown(id) ? .reinstated : .created
        reasons = directions.created(new)
      case (let old?, nil):
        kind = .removed
        reasons = directions.removed(old)
      case (let old?, let new?):
        let isOnlyOrder = fields.allSatisfy { $0.name == "priority" }
        if from != nil {
          kind = .renamed
        } else if !fields.isEmpty {
          kind = isOnlyOrder ? .reordered : .changed
        } else if moved.contains(id.utf8Bytes) {
          kind = .reordered
        } else {
          continue
        }
        reasons = directions.changed(old, new)
      case (nil, nil): continue
      }
      if isFirst { reasons = [.firstVersion] }
      changes.append(
        RuleChange(
          version: version, versionIndex: versionIndex, rule: id, kind: kind,
          action: (new ?? old)?.action ?? .allow,
          fields: kind == .reordered && fields.isEmpty ? [places(of: id)] : fields,
          direction: reasons.direction, reasons: reasons.ordered, formerRule: from))
    }
    return changes
  }

  /// Rules that went under one id and came under another in the same version, and say the same, but for their place. Where
  /// several could be meant, none is: then rules were removed and created.
  private var renames: [(from: String, to: String)] {
    func unnamed(_ rule: Rule) -> Rule {
      var rule = rule
      rule.id = ""
      rule.priority = 0
      rule.claims = []
      return rule
    }
    func only(_ order: RuleOrder, missingFrom other: RuleOrder) -> [Rule: [String]] {
      Dictionary(grouping: order.all.filter { other[$0.id] == nil }, by: unnamed).mapValues { $0.map(\.id) }
    }
    let gone = only(before, missingFrom: after)
    let come = only(after, missingFrom: before)
    return gone.compactMap { rule, ids in
      guard ids.count == 1, let others = come[rule], others.count == 1 else { return nil }
      return (ids[0], others[0])
    }
  }

  /// Rules of both versions that say the same and stand elsewhere among those: the fewest that explain the new order.
  private var moved: Set<[UInt8]> {
    func same(_ rule: Rule) -> Bool { after[rule.id].map { Self.differences(before[rule.id], $0).isEmpty } ?? false }
    func ids(_ order: RuleOrder) -> [[UInt8]] {
      order.deciding.filter { before[$0.id] != nil && same($0) }.map(\.id.utf8Bytes)
    }
    let (old, new) = (ids(before), ids(after))
    guard old != new else { return [] }
    // Both lists have the same ids. Those of the longest run that kept its order stayed, the others moved.
    let places = Dictionary(zip(old, old.indices), uniquingKeysWith: { first, _ in first })
    let stayed = Set(new.map { places[$0] ?? 0 }.longestRisingPlaces.map { new[$0] })
    return Set(new.filter { !stayed.contains($0) })
  }

  private func places(of id: String) -> RuleChange.Field {
    func text(_ order: RuleOrder) -> String? { order.place(id).map { "place \($0 + 1) of \(order.all.count)" } }
    return .init(name: "order", before: text(before), after: text(after))
  }

  /// The fields that differ; of the settings only those that do.
  private static func differences(_ old: Rule?, _ new: Rule?) -> [RuleChange.Field] {
    let before = old?.fieldTexts ?? []
    let after = new?.fieldTexts ?? []
    let names = [after, before].map { $0.map(\.name) }.max { $0.count < $1.count } ?? []
    func value(_ name: String, _ fields: [(name: String, value: String)]) -> String? {
      fields.first { $0.name == name }?.value
    }
    var fields = names.compactMap { name -> RuleChange.Field? in
      let (before, after) = (value(name, before), value(name, after))
      return before?.utf8Bytes == after?.utf8Bytes ? nil : .init(name: name, before: before, after: after)
    }
    if let old, let new, let place = fields.firstIndex(where: { $0.name == "settings" }) {
      func only(_ settings: [Rule.Setting], without others: [Rule.Setting]) -> String {
        settings.filter { !others.contains($0) }.map { "\($0.name)=\($0.value)" }.joined(separator: "; ")
      }
      fields[place].before = only(old.settings, without: new.settings)
      fields[place].after = only(new.settings, without: old.settings)
    }
    return fields
  }
}

extension String {
  fileprivate var utf8Bytes: [UInt8] { Array(utf8) }
}
