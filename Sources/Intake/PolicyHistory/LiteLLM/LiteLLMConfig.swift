internal import EvidenceModel

/// LiteLLM's `config.yaml`, alone, inside a ConfigMap or inside Helm values. Described in `docs/formats/litellm-config.md`.
///
/// The config has no conditions on agent, data class or tool, so one `allow` rule decides for every request. What a
/// request for one group may be answered by instead are `permit` rules: its deployments, its fallbacks, its aliases and
/// its router's models. Ids come from kind and group, never from position.
enum LiteLLMConfig {
  static func recognises(_ documents: [YAMLText.Node]) -> Bool {
    documents.contains {
      find(in: $0, depth: 0) != nil || $0["litellm-settings"] != nil || $0["router-settings"] != nil
    }
  }

  /// A config, or its text inside another file; `line` is the one before it.
  private enum Place {
    case node(YAMLText.Node)
    case text(String, line: Int)
  }

  /// At the top, under `data` of a ConfigMap, or under `proxy_config` of Helm values, which may be those of a parent chart.
  private static func find(in document: YAMLText.Node, depth: Int) -> Place? {
    if depth == 0, document["model-list"] != nil { return .node(document) }
    if depth < 2 {
      for member in document["data"]?.members ?? [] {
        guard let text = member.value.text, text.contains("model_list") else { continue }
        return .text(text, line: member.value.mark.line)
      }
    }
    if let proxy = document["proxy-config"] {
      return proxy.text.map { .text($0, line: proxy.mark.line) } ?? .node(proxy)
    }
    guard depth < 3 else { return nil }
    let resources = depth == 0 ? document["items"]?.items ?? [] : []
    return (document.members.map(\.value) + resources).lazy.compactMap { find(in: $0, depth: depth + 1) }.first
  }

  static func read(_ documents: [YAMLText.Node], name: String) throws(Diagnostic) -> PolicyText {
    var config: YAMLText.Node?
    var lineOffset = 0
    switch documents.lazy.compactMap({ find(in: $0, depth: 0) }).first {
    case .node(let node): config = node
    case .text(let text, let line):
      lineOffset = line
      do throws(Diagnostic) {
        config = try YAMLText(text, name: name).root
      } catch {
        throw Diagnostic(
          id: error.id, file: name, line: error.line.map { $0 + line }, summary: error.summary,
          nextStep: error.nextStep)
      }
    case nil:
      // Models may come from other files or from the database; the settings are then all that stands here.
      config = documents.first { $0["include"] != nil || $0["general-settings"]?["store-model-in-db"]?.text == "true" }
    }
    guard let config else {
      throw Diagnostic(
        id: "litellm-no-model-list", file: name, line: documents.first?.mark.line ?? 1, byteOffset: 0,
        summary: "no model_list stands in it", nextStep: "Check that this is a LiteLLM config.")
    }
    var rules = LiteLLMRules(name: name, lineOffset: lineOffset)
    rules.add(config)
    var policy = PolicyText()
    policy.rules = rules.rules.finished
    policy.diagnostics = rules.diagnostics
    return policy
  }
}

/// The rules of one config, as they are collected.
struct LiteLLMRules {
  let name: String
  /// What is added to a line of the config to get the line of the file.
  let lineOffset: Int
  var rules = DerivedRules()
  var diagnostics: [Diagnostic] = []
  /// Every group that `model_list` names, and the beginnings and ends of those with a `*`.
  var groups: ByName<Bool> = [:]
  var wildcards: [(start: String, end: String)] = []
  var chains = LiteLLMChains()
  /// Targets in the order in which they are named, with their lines.
  var targets: [(name: String, line: Int, rule: String)] = []

  init(name: String, lineOffset: Int) {
    self.name = name
    self.lineOffset = lineOffset
  }

  mutating func warn(_ id: String, _ line: Int, _ summary: String, _ nextStep: String) {
    diagnostics.append(
      Diagnostic(
        id: id, severity: .warning, file: name, line: line + lineOffset, summary: summary, nextStep: nextStep))
  }

  mutating func add(_ config: YAMLText.Node) {
    addGroups(config["model-list"]?.items ?? [])
    let router = config["router-settings"]
    let general = config["litellm-settings"]
    func setting(_ key: String) -> YAMLText.Node? { router?[key] ?? general?[key] }
    addFallbacks(setting("fallbacks"), kind: "fallback", triggers: ["*"])
    addFallbacks(setting("context-window-fallbacks"), kind: "context-window-fallback", triggers: ["context-window"])
    addFallbacks(setting("content-policy-fallbacks"), kind: "content-policy-fallback", triggers: ["content-policy"])
    if let node = setting("default-fallbacks"), !node.texts.isEmpty {
      permit("default-fallback", kind: .fallback, from: "*", to: node.texts, line: node.mark.line)
    }
    for alias in setting("model-group-alias")?.members ?? [] {
      guard let target = alias.value.text ?? alias.value["model"]?.text else { continue }
      permit("alias:\(alias.key)", kind: .alias, from: alias.key, to: [target], line: alias.value.mark.line)
      rules.set(ConfigSettings.list(alias.value, only: ["hidden"], prefix: ""), of: "alias:\(alias.key)")
      groups[alias.key] = true
    }
    addChains(most: setting("max-fallbacks")?.text.flatMap { Int($0) } ?? LiteLLMChains.defaultMost)
    rules.set(LiteLLMSettings.ofConfig(config))
    warnOfMissingTargets()
    warnOfOtherSources(config)
  }

  mutating func permit(
    _ id: String, kind: LiteLLMChains.Kind, from model: String, to names: [String], triggers: [String] = ["*"],
    line: Int
  ) {
    rules.permit(id, from: model, to: names, triggers: triggers)
    chains.add(kind, id: id, from: model, to: names, triggers: triggers)
    for name in names { targets.append((name, line, id)) }
  }

  private mutating func addGroups(_ entries: [YAMLText.Node]) {
    for entry in entries {
      guard let group = entry["model-name"]?.text else {
        warn(
          "litellm-entry-without-name", entry.mark.line, "an entry of model_list has no model_name; it makes no rule",
          "Name the group.")
        continue
      }
      let parameters = entry["litellm-params"]
      if let star = group.firstIndex(of: "*") {
        wildcards.append((String(group[..<star]), String(group[group.index(after: star)...])))
        warn(
          "litellm-wildcard-group", entry.mark.line,
          "the group \(group) stands for models that the config does not name; it makes no rule",
          "Name the groups that may be asked for, so that each has a rule of its own.")
        rules.set(LiteLLMSettings.ofDeployment(entry, name: "model_list.\(group)"))
        continue
      }
      groups[group] = true
      let id: String
      if let parameters, LiteLLMRouter.isRouter(parameters) {
        id = "router:\(group)"
        addRouter(group, parameters, line: entry.mark.line)
      } else {
        id = "serve:\(group)"
        rules.permit(id, from: group, to: parameters?["model"]?.text.map { [$0] } ?? [])
      }
      rules.set(LiteLLMSettings.ofDeployment(entry), of: id)
    }
  }

  private mutating func addRouter(_ group: String, _ parameters: YAMLText.Node, line: Int) {
    let router = LiteLLMRouter(parameters, name: name)
    permit("router:\(group)", kind: .router, from: group, to: router.models, line: line)
    if router.isElsewhere {
      warn(
        "litellm-router-elsewhere", line, "the models of the router \(group) stand in a file that was not read",
        "Write the router's config into this file, so that its models are known.")
    } else if router.models.isEmpty {
      warn(
        "litellm-router-without-models", line, "the router \(group) names no models; its rule permits none",
        "Check the router's config.")
    }
  }

  /// A list of one-key maps (several keys occur), or that list as JSON text, which is YAML too.
  private mutating func addFallbacks(_ node: YAMLText.Node?, kind: String, triggers: [String]) {
    var list = node
    if let node, let text = node.text {
      list = (try? YAMLText(text, name: name))?.root
      if list == nil {
        warn(
          "litellm-fallbacks-unreadable", node.mark.line,
          "the \(kind) list is a text that is no JSON; it makes no rule", "Write it as a list.")
      }
    }
    let line = node?.mark.line ?? 0
    for entry in list?.items ?? [] {
      // A bare name is a fallback of every group.
      let members = entry.text == nil ? entry.members : [(key: "*", value: .sequence([entry], entry.mark))]
      for (group, value) in members {
        guard case .sequence(let items, _) = value else {
          warn(
            "litellm-fallback-no-list", line, "the \(kind) of \(group) is no list; it makes no rule",
            "Write the targets as a list.")
          continue
        }
        permit(
          "\(kind):\(group)", kind: .fallback, from: group, to: items.compactMap { $0.text ?? $0["model"]?.text },
          triggers: triggers, line: line)
      }
    }
  }

  private mutating func addChains(most: Int) {
    let (found, isCut) = chains.rules(most: most)
    for chain in found {
      rules.permit(chain.id, from: chain.from, to: chain.to, triggers: chain.triggers)
    }
    if isCut {
      warn(
        "litellm-chains-cut", 1, "the fallbacks of fallbacks are too many to follow; some chains make no rule",
        "Name fewer fallbacks a group.")
    }
  }
}
