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
