internal import EvidenceModel

/// The native policy: one YAML text a version, its rules explicit. Described in `docs/formats/native-policy.md`.
enum NativePolicy {
  static func read(_ root: YAMLText.Node, text: String, name: String) throws(Diagnostic) -> PolicyText {
    var policy = PolicyText()
    let reader = Reader(text: text, name: name)
    policy.version = root["version"]?.text
    policy.effectiveFrom = try reader.instant(root["effective-from"], "effective-from")
    policy.recordedAt = try reader.instant(root["recorded-at"], "recorded-at")
    policy.author = root["author"]?.text
    policy.statesApprovals = root["approved-by"] != nil
    policy.approvedBy = root["approved-by"]?.texts ?? []
    policy.approvedAt = try reader.instant(root["approved-at"], "approved-at")
    policy.ticket = root["ticket"]?.text
    policy.note = root["note"]?.text
    guard let rules = root["rules"], case .sequence(let items, _) = rules else {
      throw reader.problem("policy-no-rules", root, "rules is no list", "List the rules under the key rules.")
    }
    var seen = Set<String>()
    for item in items {
      // One bad rule leaves the version unreadable: judging with a part of a policy would accuse the wrong decisions.
      let rule = try reader.rule(item)
      guard seen.insert(rule.id).inserted else {
        throw reader.problem(
          "policy-rule-twice", item, "the rule id \(rule.id) stands twice", "Give each rule an id of its own.")
      }
      policy.rules.append(rule)
    }
    return policy
  }

  private struct Reader {
    let text: String
    let name: String

    func problem(_ id: String, _ node: YAMLText.Node, _ summary: String, _ nextStep: String) -> Diagnostic {
      Diagnostic(
        id: id, file: name, line: node.mark.line,
        byteOffset: YAMLText.byteOffset(line: node.mark.line, column: node.mark.column, in: text),
        summary: summary, nextStep: nextStep)
    }

    func instant(_ node: YAMLText.Node?, _ key: String) throws(Diagnostic) -> Instant? {
      guard let node, let value = node.text else { return nil }
      guard let instant = Instant(dateOrInstant: value) else {
        throw problem(
          "policy-bad-instant", node, "\(key) is neither a date nor an RFC 3339 instant",
          "Write 2026-07-01 or 2026-07-01T09:00:00Z.")
      }
      return instant
    }

    func rule(_ node: YAMLText.Node) throws(Diagnostic) -> Rule {
      guard let id = (node["id"] ?? node["rule-id"])?.text, !id.hasControlCharacter else {
        throw problem(
          "policy-rule-without-id", node, "a rule has no id",
          "Give each rule an id that stays the same through versions.")
      }
      guard let actionText = node["action"]?.text, let action = Action(rawValue: actionText) else {
        throw problem(
          "policy-unknown-action", node["action"] ?? node,
          "the action of \(id) is none of allow, escalate, block, permit",
          "Write one of the four.")
      }
      func whole(_ key: String, default fallback: Int) throws(Diagnostic) -> Int {
        guard let member = node[key], let value = member.text else { return fallback }
        guard let number = Int(value) else {
          throw problem("policy-bad-number", member, "\(key) of \(id) is no whole number", "Write digits only.")
        }
        return number
      }
      let targets = node["escalate-to"]?.texts ?? []
      if action == .escalate, targets.count != 1 {
        throw problem(
          "policy-no-target", node["escalate-to"] ?? node, "\(id) escalates to \(targets.count) models instead of one",
          "Name the one model that escalate-to orders; list alternatives in a permit rule.")
      }
      func anything(_ key: String) -> String { node[key]?.text.flatMap { $0.isEmpty ? nil : $0 } ?? "*" }
      func list(_ key: String) -> [String] {
        let values = node[key]?.texts ?? []
        return values.isEmpty || values.contains("*") ? ["*"] : values
      }
      return Rule(
        id: id, priority: try whole("priority", default: 0), agent: anything("agent"),
        dataClass: anything("data-class"), tool: anything("tool"),
        minTokensIn: Int64(try whole("min-tokens-in", default: 0)), action: action,
        escalateTo: targets, allowedJurisdictions: list("allowed-jurisdictions"),
        fromModel: anything("from"), triggers: list("triggers"))
    }
  }
}
