internal import EvidenceModel

/// The models among which one of LiteLLM's auto routers chooses: complexity, adaptive, quality or semantic.
struct LiteLLMRouter {
  /// In the order in which the config names them, each once.
  private(set) var models: [String] = []
  /// The semantic router's routes stand in a file of its own.
  private(set) var isElsewhere = false
  private var seen: ByName<Bool> = [:]

  static func isRouter(_ parameters: YAMLText.Node) -> Bool {
    parameters["model"]?.text?.hasPrefix("auto_router/") ?? false || parameters["complexity-router-config"] != nil
  }

  init(_ parameters: YAMLText.Node, name: String) {
    let complexity = parameters["complexity-router-config"]
    for tier in complexity?["tiers"]?.members ?? [] { add(tier.value) }
    add(complexity?["default-model"])
    add(parameters["complexity-router-default-model"])
    for kind in ["adaptive", "quality"] {
      let config = parameters["\(kind)-router-config"]
      add(config?["available-models"])
      add(config?["default-model"])
      add(parameters["\(kind)-router-default-model"])
    }
    var semantic = parameters["auto-router-config"]
    if let text = semantic?.text { semantic = (try? YAMLText(text, name: name))?.root }
    for route in semantic?["routes"]?.items ?? [] { add(route["name"]) }
    add(parameters["auto-router-default-model"])
    isElsewhere = parameters["auto-router-config-path"] != nil
  }

  /// A name, a mapping with `model`, or a list of them.
  private mutating func add(_ node: YAMLText.Node?) {
    guard let node else { return }
    let names = node["model"]?.text.map { [$0] } ?? node.texts + node.items.compactMap { $0["model"]?.text }
    for name in names where seen[name] == nil {
      seen[name] = true
      models.append(name)
    }
  }
}
