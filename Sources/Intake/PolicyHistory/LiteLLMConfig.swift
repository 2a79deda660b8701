internal import EvidenceModel

/// LiteLLM's `config.yaml`, alone or inside a ConfigMap. Described in `docs/formats/litellm-config.md`.
///
/// The config has no conditions on agent, data class or tool, so one `allow` rule decides for every request. What a
/// request for one group may be answered by instead are `permit` rules: its deployments, its fallbacks, its aliases and
/// its router tiers. Ids come from kind and group, never from position.
enum LiteLLMConfig {
  static func recognises(_ documents: [YAMLText.Node]) -> Bool {
    documents.contains { $0["model-list"] != nil || inner($0) != nil }
  }

  /// The config's text inside a ConfigMap.
  private static func inner(_ document: YAMLText.Node) -> String? {
    document["data"]?.members.lazy.compactMap(\.value.text).first { $0.contains("model_list") }
  }

  static func read(_ documents: [YAMLText.Node], name: String) throws(Diagnostic) -> PolicyText {
    var config = documents.first { $0["model-list"] != nil }
    if config == nil, let inner = documents.lazy.compactMap(inner).first {
      config = try YAMLText(inner, name: name).root
    }
    guard let config else {
      throw Diagnostic(
        id: "litellm-no-model-list", file: name, line: 1, byteOffset: 0, summary: "no model_list stands in it",
        nextStep: "Check that this is a LiteLLM config.")
    }
    var builder = Builder(name: name)
    builder.add(
      Rule(id: "any-request", priority: 0, action: .allow, provenance: .inferred))
    builder.addGroups(config["model-list"]?.items ?? [])
    let router = config["router-settings"]
    let general = config["litellm-settings"]
    func setting(_ key: String) -> YAMLText.Node? { router?[key] ?? general?[key] }
    builder.addFallbacks(setting("fallbacks"), kind: "fallback", triggers: ["*"])
    builder.addFallbacks(
      setting("context-window-fallbacks"), kind: "context-window-fallback", triggers: ["context-window"])
    builder.addFallbacks(
      setting("content-policy-fallbacks"), kind: "content-policy-fallback", triggers: ["content-policy"])
    if let targets = setting("default-fallbacks")?.texts, !targets.isEmpty {
      builder.permit("default-fallback", from: "*", to: targets)
    }
    for alias in setting("model-group-alias")?.members ?? [] {
      guard let target = alias.value.text ?? alias.value["model"]?.text else { continue }
      builder.permit("alias:\(alias.key)", from: alias.key, to: [target])
    }
    var policy = PolicyText()
    policy.rules = builder.rules
    policy.diagnostics = builder.diagnostics
    return policy
  }

  private struct Builder {
    let name: String
    var rules: [Rule] = []
    var diagnostics: [Diagnostic] = []
    private var places: [String: Int] = [:]

    init(name: String) { self.name = name }

    mutating func add(_ rule: Rule) {
      places[rule.id] = rules.count
      rules.append(rule)
    }

    /// Adds a `permit` rule, or further targets to the one of that id: several deployments of one group are one rule.
    mutating func permit(_ id: String, from model: String, to targets: [String], triggers: [String] = ["*"]) {
      guard !id.hasControlCharacter else { return }
      if let place = places[id] {
        for target in targets where !rules[place].escalateTo.contains(target) {
          rules[place].escalateTo.append(target)
        }
      } else {
        add(
          Rule(
            id: id, priority: 0, action: .permit, escalateTo: targets, fromModel: model,
            triggers: triggers, provenance: .inferred))
      }
    }

    mutating func addGroups(_ entries: [YAMLText.Node]) {
      for entry in entries {
        guard let group = entry["model-name"]?.text else { continue }
        let parameters = entry["litellm-params"]
        if group.contains("*") {
          diagnostics.append(
            Diagnostic(
              id: "litellm-wildcard-group", severity: .warning, file: name, line: entry.mark.line,
              summary: "the group \(group) stands for models that the config does not name; it makes no rule",
              nextStep: "Name the groups that may be asked for, so that each has a rule of its own."))
          continue
        }
        let tiers = parameters?["complexity-router-config"]?["tiers"]?.members.flatMap { $0.value.texts } ?? []
        let standIn = parameters?["complexity-router-default-model"]?.text.map { [$0] } ?? []
        if !tiers.isEmpty {
          permit("router:\(group)", from: group, to: tiers + standIn.filter { !tiers.contains($0) })
        } else {
          permit("serve:\(group)", from: group, to: parameters?["model"]?.text.map { [$0] } ?? [])
        }
      }
    }

    /// A list of one-key maps (several keys occur), or that list as JSON text, which is YAML too.
    mutating func addFallbacks(_ node: YAMLText.Node?, kind: String, triggers: [String]) {
      var list = node
      if let node, let text = node.text {
        list = (try? YAMLText(text, name: name))?.root
        if list == nil {
          diagnostics.append(
            Diagnostic(
              id: "litellm-fallbacks-unreadable", file: name, line: node.mark.line,
              summary: "the \(kind) list is a text that is no JSON; it makes no rule", nextStep: "Write it as a list."))
        }
      }
      for entry in list?.items ?? [] {
        for (group, targets) in entry.members {
          let names = targets.items.compactMap { $0.text ?? $0["model"]?.text }
          permit("\(kind):\(group)", from: group, to: names, triggers: triggers)
        }
      }
    }
  }
}
