internal import EvidenceModel

/// The vLLM Semantic Router's config in all generations of its schema, alone or inside a ConfigMap. Described in
/// `docs/formats/semantic-router-config.md`.
///
/// What decides a route (a classifier's signals) stands in no log, so one `allow` rule decides for every request, and each
/// decision or category is a `permit` of its own name.
enum SemanticRouterConfig {
  static func recognises(_ documents: [YAMLText.Node]) -> Bool { documents.contains { part($0) != nil } }

  static func read(_ documents: [YAMLText.Node], name: String) throws(Diagnostic) -> PolicyText {
    var configs: [YAMLText.Node] = []
    var fragment: (words: String, line: Int)?
    for document in documents {
      switch part(document) {
      case .whole: configs.append(document)
      case .configMap(let text):
        if let inner = try YAMLText(text, name: name).root, case .whole = part(inner) { configs.append(inner) }
      case .fragment(let words): fragment = fragment ?? (words, document.mark.line)
      case nil: break
      }
    }
    guard let config = configs.first else {
      throw Diagnostic(
        id: "semantic-router-no-config", file: name, line: fragment?.line ?? documents.first?.mark.line,
        summary: "it is \(fragment?.words ?? "no config of the Semantic Router")",
        nextStep: "Name the whole config that the router loads, with its decisions or categories and its models.")
    }
    var builder = Builder(name: name, config: config)
    if configs.count > 1 {
      builder.list.diagnostics.append(
        Diagnostic(
          id: "semantic-router-several-configs", severity: .warning, file: name, line: configs[1].mark.line,
          summary: "it holds \(configs.count) configs of the router; the first was read",
          nextStep: "Put each router's config into a file of its own."))
    }
    try builder.build()
    var policy = PolicyText()
    policy.schema = builder.schema
    policy.rules = builder.list.rules
    policy.diagnostics = builder.list.diagnostics
    return policy
  }

  private enum Part {
    case whole
    case configMap(String)
    /// What it is instead, in words.
    case fragment(String)
  }

  private static func part(_ document: YAMLText.Node) -> Part? {
    if let kind = document["kind"]?.text {
      if kind == "IntelligentRoute" || kind == "IntelligentPool" {
        return .fragment("the custom resource \(kind), which this version does not read")
      }
      let texts = (document["data"]?.members ?? []).compactMap(\.value.text)
      let inner = texts.first {
        $0.contains("decisions:") || $0.contains("categories:") && $0.contains("default_model:")
      }
      return kind == "ConfigMap" ? inner.map(Part.configMap) : nil
    }
    if document["schema-version"]?.text?.hasPrefix("vllm-sr/") == true {
      return .fragment("the description of a Semantic Router recipe, not its config")
    }
    if document["routing-assets"] != nil || document["test-cases"]?.items.first?["expected-decision"] != nil {
      return .fragment("a list of test requests for a Semantic Router config")
    }
    if case .mapping(let members, _) = document["labels"], members.first?.value["exemplars"] != nil {
      return .fragment("a list of labels with examples for a classifier")
    }
    if let routing = document["routing"], routing["decisions"] != nil || routing["signals"] != nil {
      let isWhole = document["providers"] != nil || document["version"] != nil
      let kinds = routing.members.map(\.key).prefix(8).joined(separator: ", ")
      return isWhole ? .whole : .fragment("a fragment of a Semantic Router config (routing: \(kinds))")
    }
    if document.members.count == 1, let key = document.members.first?.key, key == "algorithm" || key == "plugin",
      document[key]?["type"] != nil
    {
      return .fragment("a fragment of a Semantic Router config (\(key))")
    }
    if document["decisions"]?.items.first?["modelRefs"] != nil { return .whole }
    let categories = document["categories"]?.items ?? []
    let statesModels = categories.contains { $0["model"] != nil || $0["models"] != nil || $0["model-scores"] != nil }
    return !categories.isEmpty && (statesModels || document["default-model"] != nil) ? .whole : nil
  }
}

extension SemanticRouterConfig {
  private struct Builder {
    /// Of one model.
    private static let mostBackendNames = 16
    let config: YAMLText.Node
    var list: RuleList
    /// By the router's name of a model, what its backends call it.
    private var backendNames: ByName<[String]> = [:]
    private(set) var schema = "routing.decisions"

    init(name: String, config: YAMLText.Node) {
      self.config = config
      list = RuleList(name: name)
    }

    mutating func build() throws(Diagnostic) {
      readBackendNames()
      let recipes = config["recipes"]?.items ?? []
      let routing = config["routing"]
      let decisions = (routing?["decisions"] ?? config["decisions"])?.items ?? []
      let categories = (config["categories"]?.items ?? []).filter(Self.statesModels)
      schema = generation(hasRecipes: !recipes.isEmpty, categories: categories)

      var settings: [Rule.Setting] = []
      settings.add("strategy", (routing?["strategy"] ?? config["strategy"])?.text)
      settings.add("entrypoints", entryPoints)
      _ = try list.add(
        Rule(id: "any-request", priority: 0, action: .allow, provenance: .inferred, settings: settings),
        line: config.mark.line)
      for decision in decisions { try add(decision, recipe: recipes.isEmpty ? nil : "default", isMain: true) }
      for category in categories { try add(category, recipe: nil, isMain: true) }
      try addRecipes(recipes)
      if let model = (config["providers"]?["defaults"]?["default-model"] ?? config["default-model"])?.text {
        _ = try list.add(
          Rule(
            id: "default-model", priority: 0, action: .permit, escalateTo: targets([model]), provenance: .inferred),
          line: config.mark.line)
      }
    }

    private static func statesModels(_ category: YAMLText.Node) -> Bool {
      category["model"] != nil || category["models"] != nil || category["model-scores"] != nil
    }

    private func generation(hasRecipes: Bool, categories: [YAMLText.Node]) -> String {
      if hasRecipes { return "recipes" }
      if config["routing"] != nil { return "routing.decisions" }
      if config["decisions"] != nil { return "decisions" }
      if categories.contains(where: { $0["model-scores"] != nil }) {
        return config["vllm-endpoints"] != nil
          ? "categories with model scores and endpoints" : "categories with model scores"
      }
      return categories.contains { $0["models"] != nil } ? "categories with models" : "categories with model"
    }

    /// `provider_model_id`, and of `external_model_ids` those of a kind of backend that the model has.
    private mutating func readBackendNames() {
      for model in config["providers"]?["models"]?.items ?? [] {
        guard let name = model["name"]?.text else { continue }
        let kinds = Set(
          (model["backend-refs"]?.items ?? []).flatMap { [$0["type"]?.text, $0["provider"]?.text] }.compactMap { $0 })
        let external = (model["external-model-ids"]?.members ?? []).filter { kinds.contains($0.key) }
          .compactMap(\.value.text)
        let names = ([model["provider-model-id"]?.text].compactMap { $0 } + external).distinctNames()
        backendNames[name] = Array(names.prefix(Self.mostBackendNames))
      }
    }

    private func targets(_ models: [String]) -> [String] {
      models.distinctNames().flatMap { [$0] + (backendNames[$0] ?? []) }.distinctNames()
    }

    private var entryPoints: String {
      WordLine.joined(
        (config["entrypoints"]?.items ?? []).map {
          WordLine.joined($0["model-names"]?.texts ?? []) + " to recipe " + ($0["recipe"]?.text ?? "default")
        }, by: "; ")
    }

    /// A name that is taken, by the main routing or by another recipe, is told apart by its recipe's.
    private mutating func addRecipes(_ recipes: [YAMLText.Node]) throws(Diagnostic) {
      var uses: ByName<Int> = [:]
      for decision in recipes.flatMap({ $0["routing"]?["decisions"]?.items ?? [] }) {
        if let name = decision["name"]?.text { uses[name, default: 0] += 1 }
      }
      for recipe in recipes {
        let name = recipe["name"]?.text ?? "unnamed"
        for decision in recipe["routing"]?["decisions"]?.items ?? [] {
          let own = decision["name"]?.text ?? ""
          try add(decision, recipe: name, isMain: uses[own] == 1 && list.place(of: own) == nil)
        }
      }
    }

    /// - Parameter isMain: whether the rule is called by its name alone.
    private mutating func add(_ node: YAMLText.Node, recipe: String?, isMain: Bool) throws(Diagnostic) {
      let own = node["name"]?.text ?? ""
      let id = isMain ? own : "\(recipe ?? "default")/\(own)"
      guard RuleList.isName(own), RuleList.isName(id) else {
        list.diagnostics.append(
          Diagnostic(
            id: "semantic-router-no-name", file: list.name, line: node.mark.line,
            summary: "a decision or category has no name that a rule can have; it makes no rule",
            nextStep: "Give it a name of at most \(RuleList.longestName) bytes without control characters."))
        return
      }
      // The log states the decision's own name, and the recipe in a field beside it.
      let claims = isMain ? recipe.map { ["\($0)/\(own)"] } ?? [] : [own]
      let rule = Rule(
        id: id, priority: 0, action: .permit, escalateTo: targets(SemanticRouterSettings.models(of: node)),
        claims: claims, settings: SemanticRouterSettings.settings(of: node, recipe: recipe))
      guard try !list.add(rule, line: node.mark.line) else { return }
      list.diagnostics.append(
        Diagnostic(
          id: "semantic-router-name-twice", file: list.name, line: node.mark.line,
          summary: "the name \(id) stands twice or is one that Tenure gives; only the first makes a rule",
          nextStep: "Give each decision a name of its own."))
    }
  }
}
