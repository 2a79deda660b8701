/// What one version did to one rule.
package struct RuleChange: Sendable, Hashable {
  package enum Kind: String, Sendable { case created, changed, removed, reinstated }

  /// Whether a change narrows or widens what may stay on, or be reached from, the front-line model. `unknown` where the
  /// fields do not order it; never guessed.
  package enum Direction: String, Sendable { case stricter, looser, neutral, unknown }

  package struct Field: Sendable, Hashable {
    package var name: String
    package var before: String?
    package var after: String?
  }

  package var version: String
  package var versionIndex: Int
  package var rule: String
  package var kind: Kind
  /// What the rule orders after the change; before it, where it was removed.
  package var action: Action
  package var fields: [Field]

  package var direction: Direction {
    guard kind == .changed else { return .unknown }
    // A target comes and goes with its action, which then decides.
    let isNewAction = fields.contains { $0.name == "action" }
    let directions = Set(fields.filter { !(isNewAction && $0.name == "escalate-to") }.map(direction))
    let decided = directions.subtracting([.neutral])
    if decided.isEmpty { return .neutral }
    return decided.count == 1 ? decided.first ?? .unknown : .unknown
  }

  /// A threshold or a list of places can be compared; a target, an action or a condition cannot, without knowing more.
  private func direction(_ field: Field) -> Direction {
    guard let before = field.before, let after = field.after else { return .unknown }
    switch field.name {
    case "allowed-jurisdictions":
      if before == "*" { return .stricter }
      if after == "*" { return .looser }
      let (old, new) = (Set(before.split(separator: "|")), Set(after.split(separator: "|")))
      if new.isStrictSubset(of: old) { return .stricter }
      return old.isStrictSubset(of: new) ? .looser : .unknown
    case "action":
      switch (before, after) {
      case ("allow", "escalate"), ("allow", "block"), ("escalate", "block"): return .stricter
      case ("escalate", "allow"), ("block", "allow"), ("block", "escalate"): return .looser
      default: return .unknown
      }
    case "min-tokens-in":
      guard action == .escalate || action == .block, let old = Int64(before), let new = Int64(after) else {
        return .unknown
      }
      return new < old ? .stricter : .looser
    default: return .unknown
    }
  }
}

extension Rule {
  /// The rule's fields as texts, in the order in which pages show them.
  package var fieldTexts: [(name: String, value: String)] {
    var fields = [
      ("action", action.rawValue), ("priority", String(priority)), ("agent", agent), ("data-class", dataClass),
      ("tool", tool), ("min-tokens-in", String(minTokensIn)), ("escalate-to", escalateTo.joined(separator: "|")),
      ("allowed-jurisdictions", allowedJurisdictions.joined(separator: "|")),
    ]
    if action == .permit { fields += [("from", fromModel), ("triggers", triggers.joined(separator: "|"))] }
    if !settings.isEmpty {
      fields.append(("settings", settings.map { "\($0.name)=\($0.value)" }.joined(separator: "; ")))
    }
    return fields.map { (name: $0.0, value: $0.1) }
  }

  /// The rule in one sentence.
  package var words: String {
    var conditions: [String] = []
    if agent != "*" { conditions.append("from agent \(agent)") }
    if dataClass != "*" { conditions.append("of class \(dataClass)") }
    if tool != "*" { conditions.append("with tool \(tool)") }
    if minTokensIn > 0 { conditions.append("of \(minTokensIn) tokens or more") }
    let requests = conditions.isEmpty ? "Any request" : "Requests " + conditions.joined(separator: ", ")
    let places = allowedJurisdictions == ["*"] ? "" : "; only in \(allowedJurisdictions.joined(separator: ", "))"
    switch action {
    case .allow: return requests + " may stay on the model that was asked for" + places + "."
    case .escalate: return requests + " must go to \(escalateTo.joined(separator: ", "))" + places + "."
    case .block: return requests + " must be refused."
    case .permit:
      let from = fromModel == "*" ? "any model" : fromModel
      let reason = triggers == ["*"] ? "" : " on \(triggers.joined(separator: ", "))"
      let targets = escalateTo.isEmpty ? "no other model" : escalateTo.joined(separator: ", ")
      return requests + " may move from \(from) to \(targets)\(reason)."
    }
  }
}

extension PolicyHistory {
  /// Every change of every version against the one before, in order. The first version creates its rules.
  package var changes: [RuleChange] {
    var changes: [RuleChange] = []
    var known = Set<String>()
    var before: [String: Rule] = [:]
    for (index, version) in versions.enumerated() {
      // A version that cannot be read says nothing about what changed.
      guard version.isReadable else { continue }
      let after = Dictionary(version.rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      for id in Set(before.keys).union(after.keys).sortedBytewise() {
        let kind: RuleChange.Kind
        switch (before[id], after[id]) {
        case (nil, .some): kind = known.contains(id) ? .reinstated : .created
        case (.some, nil): kind = .removed
        case (.some(let old), .some(let new)) where old.fieldTexts.map(\.value) != new.fieldTexts.map(\.value):
          kind = .changed
        default: continue
        }
        let old = Dictionary(uniqueKeysWithValues: (before[id]?.fieldTexts ?? []).map { ($0.name, $0.value) })
        let new = Dictionary(uniqueKeysWithValues: (after[id]?.fieldTexts ?? []).map { ($0.name, $0.value) })
        let names = [after[id], before[id]].compactMap { $0?.fieldTexts.map(\.name) }.max { $0.count < $1.count } ?? []
        changes.append(
          RuleChange(
            version: version.id, versionIndex: index, rule: id, kind: kind,
            action: (after[id] ?? before[id])?.action ?? .allow,
            fields: names.filter { old[$0] != new[$0] }.map { .init(name: $0, before: old[$0], after: new[$0]) }))
      }
      known.formUnion(after.keys)
      before = after
    }
    return changes
  }
}
