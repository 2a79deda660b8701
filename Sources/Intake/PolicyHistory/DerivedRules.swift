internal import EvidenceModel

/// Rules that are derived from a gateway's config: one that allows any request, and permits. Several permits of one id are one.
struct DerivedRules {
  static let anyRequest = "any-request"

  private var rules: [Rule] = []
  private var settings: [[Rule.Setting]] = []
  private var places: [[UInt8]: Int] = [:]
  private var targets: [Set<[UInt8]>] = []

  init() { add(Rule(id: Self.anyRequest, priority: 0, action: .allow, provenance: .inferred)) }

  private mutating func add(_ rule: Rule) {
    places[Array(rule.id.utf8)] = rules.count
    rules.append(rule)
    settings.append([])
    targets.append(Set(rule.escalateTo.map { Array($0.utf8) }))
  }

  /// Adds a permit, or further targets to the one of that id. An id with control characters is no id and makes no rule.
  mutating func permit(
    _ id: String, agent: String = "*", from model: String, to names: [String], triggers: [String] = ["*"],
    settings more: [Rule.Setting] = []
  ) {
    guard !id.hasControlCharacter else { return }
    if places[Array(id.utf8)] == nil {
      add(
        Rule(
          id: id, priority: 0, agent: agent, action: .permit, fromModel: model, triggers: triggers,
          provenance: .inferred))
    }
    guard let place = places[Array(id.utf8)] else { return }
    for name in names where targets[place].insert(Array(name.utf8)).inserted { rules[place].escalateTo.append(name) }
    settings[place] += more
  }

  mutating func set(_ more: [Rule.Setting], of id: String = anyRequest) {
    if let place = places[Array(id.utf8)] { settings[place] += more }
  }

  /// In the order in which they came.
  var finished: [Rule] {
    rules.indices.map { index in
      var rule = rules[index]
      rule.settings = ConfigSettings.sorted(settings[index])
      return rule
    }
  }
}

/// Parts of a config as settings of a rule: names with dots, values in one line, never a secret.
enum ConfigSettings {
  private static let longest = 200
  /// More settings than this of one rule are shown as one digest.
  private static let most = 200
  private static let deepest = 8

  /// By the bytes of names and values, each once.
  static func sorted(_ settings: [Rule.Setting]) -> [Rule.Setting] {
    func precedes(_ left: Rule.Setting, _ right: Rule.Setting) -> Bool {
      left.name.utf8.elementsEqual(right.name.utf8)
        ? left.value.precedesBytewise(right.value) : left.name.precedesBytewise(right.name)
    }
    var sorted: [Rule.Setting] = []
    for setting in settings.sorted(by: precedes) where sorted.last.map({ precedes($0, setting) }) ?? true {
      sorted.append(setting)
    }
    guard sorted.count > most else { return sorted }
    let rest = sorted[most...].map { "\($0.name)=\($0.value)" }
    return sorted[..<most] + [
      .init("… \(rest.count) more", "sha256:" + Digest(of: rest.joined(separator: "\n")).prefix(12))
    ]
  }

  /// Every scalar below a node; a list is one value.
  static func list(_ node: YAMLText.Node?, prefix: String, except: [String] = []) -> [Rule.Setting] {
    guard let node else { return [] }
    var settings: [Rule.Setting] = []
    collect(node, name: prefix, except: Set(except), depth: 0, into: &settings)
    return settings
  }

  /// The named members of a mapping.
  static func list(_ node: YAMLText.Node?, only keys: [String], prefix: String) -> [Rule.Setting] {
    keys.flatMap { key in list(node?[key], prefix: prefix.isEmpty ? key : "\(prefix).\(key)") }
  }

  private static func collect(
    _ node: YAMLText.Node, name: String, except: Set<String>, depth: Int, into settings: inout [Rule.Setting]
  ) {
    guard case .mapping(let members, _) = node, depth < deepest else {
      let key = name.split(separator: ".").last.map(String.init) ?? name
      if let value = shown(node, key: key) {
        settings.append(Rule.Setting(name.hasControlCharacter ? digest(name) : name, value))
      }
      return
    }
    for member in members where !except.contains(member.key.replacingUnderscores) {
      collect(
        member.value, name: name.isEmpty ? member.key : "\(name).\(member.key)", except: [], depth: depth + 1,
        into: &settings)
    }
  }

  /// A value in one line. Long ones, and those of several lines, are known by their digest.
  private static func shown(_ node: YAMLText.Node, key: String) -> String? {
    guard let text = inline(node, key: key, depth: 0) else { return nil }
    if text.utf8.count > longest || text.hasControlCharacter { return digest(text) }
    return text
  }

  static func digest(_ text: String) -> String {
    "sha256:\(Digest(of: text).prefix(12)) (\(text.utf8.count) bytes)"
  }

  private static func inline(_ node: YAMLText.Node, key: String, depth: Int) -> String? {
    guard depth < deepest else { return "…" }
    switch node {
    case .scalar:
      return node.text.map { SecretRedaction.value($0, key: key) }
    case .sequence(let items, _):
      let texts = items.compactMap { inline($0, key: key, depth: depth + 1) }
      return depth == 0 ? texts.joined(separator: ",") : "[\(texts.joined(separator: ","))]"
    case .mapping(let members, _):
      let texts = members.map { "\($0.key): \(inline($0.value, key: $0.key, depth: depth + 1) ?? "null")" }
      return "{\(texts.joined(separator: ", "))}"
    }
  }
}
