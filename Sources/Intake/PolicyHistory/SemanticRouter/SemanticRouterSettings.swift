internal import EvidenceModel

/// What a decision or a category of the Semantic Router says, in words.
enum SemanticRouterSettings {
  /// The models that it may choose, adapters included, in the config's order.
  static func models(of node: YAMLText.Node) -> [String] {
    let references = node["modelRefs"]?.items ?? []
    return references.flatMap { [$0["model"]?.text, $0["lora-name"]?.text].compactMap { $0 } }
      + (node["model"]?.text.map { [$0] } ?? []) + (node["models"]?.texts ?? []) + scores(node).map(\.model)
  }

  /// A list of `model` and `score`, or a mapping from one to the other.
  private static func scores(_ node: YAMLText.Node) -> [(model: String, score: String)] {
    let scores = node["model-scores"]
    return (scores?.items ?? []).compactMap { item in
      item["model"]?.text.map { ($0, item["score"]?.text ?? "") }
    } + (scores?.members ?? []).map { ($0.key, $0.value.text ?? "") }
  }

  static func settings(of node: YAMLText.Node, recipe: String?) -> [Rule.Setting] {
    var settings: [Rule.Setting] = []
    let references = node["modelRefs"]?.items ?? []
    if let recipe, recipe != "default" { settings.add("recipe", recipe) }
    settings.add("priority", node["priority"]?.text)
    settings.add("tier", node["tier"]?.text)
    if let rules = node["rules"] {
      var line = WordLine()
      describe(rules, isNested: false, into: &line)
      settings.add("when", line.text)
    }
    let weights = references.filter { $0["weight"] != nil }
      .map { "\($0["model"]?.text ?? "") \($0["weight"]?.text ?? "")" }
    settings.add("weights", WordLine.joined(weights))
    settings.add("scores", WordLine.joined(scores(node).map { "\($0.model) \($0.score)" }))
    settings.add("reasoning", WordLine.joined((references + (node["model-scores"]?.items ?? [])).compactMap(reasoning)))
    if references.isEmpty { settings.add("use-reasoning", reasoning(node)) }
    if let algorithm = node["algorithm"] {
      let onError = algorithm["on-error"]?.text.map { ", on error \($0)" } ?? ""
      settings.add("algorithm", (algorithm["type"]?.text ?? "") + onError)
    }
    settings.add("plugins", WordLine.joined((node["plugins"]?.items ?? []).map(plugin)))
    settings.add("adaptations", WordLine.joined((node["adaptations"]?.members ?? []).map(adaptation)))
    for (key, value) in node["annotations"]?.members ?? [] where RuleList.isName(key) && !isSecret(key) {
      settings.add(PolicyAnnotations.settingName("annotation", key), value.text)
    }
    return settings
  }

  /// `qwen3-8b on, effort high`; nil where nothing is said.
  private static func reasoning(_ node: YAMLText.Node) -> String? {
    let use = node["use-reasoning"]?.text.map { $0 == "true" ? "on" : "off" }
    let effort = node["reasoning-effort"]?.text.map { "effort \($0)" }
    guard use != nil || effort != nil else { return nil }
    return [node["model"]?.text, use, effort].compactMap { $0 }.joined(separator: " ")
  }

  private static func plugin(_ node: YAMLText.Node) -> String {
    (node["type"]?.text ?? "unnamed") + (node["configuration"]?["enabled"]?.text == "false" ? " (off)" : "")
  }

  /// `session_aware mode bypass`.
  private static func adaptation(_ member: (key: String, value: YAMLText.Node)) -> String {
    let words = member.value.members.compactMap { entry in entry.value.text.map { "\(entry.key) \($0)" } }
    return WordLine.joined([member.key, member.value.text].compactMap { $0 } + words, by: " ")
  }

  /// Annotations are free text; one whose key names a credential is not shown.
  private static func isSecret(_ key: String) -> Bool {
    let key = key.lowercased()
    return ["token", "password", "secret", "api_key", "apikey", "api-key", "credential"].contains { key.contains($0) }
  }

  /// `domain business and (keyword urgent or not jailbreak injection)`.
  private static func describe(_ node: YAMLText.Node, isNested: Bool, into line: inout WordLine) {
    guard !line.isFull else { return }
    guard let conditions = node["conditions"]?.items else {
      line.append([node["type"]?.text, node["name"]?.text].compactMap { $0 }.joined(separator: " "))
      return
    }
    let operation = node["operator"]?.text?.lowercased() ?? "and"
    let isNegation = operation == "not"
    if isNegation { line.append("not ") }
    let needsBrackets = conditions.count > 1 && (isNested || isNegation)
    if needsBrackets { line.append("(") }
    for (index, condition) in conditions.enumerated() where !line.isFull {
      if index > 0 { line.append(isNegation ? ", " : " \(operation) ") }
      describe(condition, isNested: true, into: &line)
    }
    if needsBrackets { line.append(")") }
  }
}
