internal import EvidenceModel

/// OpenClaw's `openclaw.json`. Described in `docs/formats/openclaw-config.md`.
///
/// As with LiteLLM one `allow` rule decides for every request. The fallbacks of the defaults, of an agent, of a cron job and of
/// models for pictures and the like are permits; those of an agent hold for that agent only.
enum OpenClawConfig {
  static func recognises(_ documents: [YAMLText.Node]) -> Bool {
    documents.contains { root in
      ["defaults", "entries", "list"].contains { root["agents"]?[$0] != nil }
        || root["agent"]?["model"] != nil && root["model-list"] == nil
    }
  }

  static func read(_ documents: [YAMLText.Node], name: String) throws(Diagnostic) -> PolicyText {
    guard let root = documents.first(where: { recognises([$0]) }) else {
      throw Diagnostic(
        id: "openclaw-no-agents", file: name, line: documents.first?.mark.line, byteOffset: 0,
        summary: "neither agents.defaults nor agents.entries nor agents.list stands in it",
        nextStep: "Check that this is an OpenClaw config.")
    }
    var reader = Reader(name: name)
    reader.add(root)
    var policy = PolicyText()
    policy.rules = reader.rules.finished
    policy.diagnostics = reader.diagnostics
    return policy
  }

  /// A model with its fallbacks: `"provider/model"`, or `{primary, fallbacks}`.
  private struct Choice {
    var primary: String?
    /// Nil where the choice names none, which for an agent means that it has none.
    var fallbacks: [String]?

    init(_ node: YAMLText.Node?) {
      primary = node?.text ?? node?["primary"]?.text
      fallbacks = node?["fallbacks"].map { $0.items.compactMap(\.text) }
    }
  }

  private struct Reader {
    let name: String
    var rules = DerivedRules()
    var diagnostics: [Diagnostic] = []

    /// Models of other kinds than text, and the kinds under `mediaModels`.
    private static let otherModels = ["imageModel", "pdfModel", "utilityModel", "imageGenerationModel"]

    init(name: String) { self.name = name }

    mutating func warn(_ id: String, _ node: YAMLText.Node, _ summary: String, _ nextStep: String) {
      diagnostics.append(
        Diagnostic(
          id: id, severity: .warning, file: name, line: node.mark.line, summary: summary, nextStep: nextStep))
    }

    mutating func add(_ root: YAMLText.Node) {
      let defaults = root["agents"]?["defaults"] ?? root["agent"]
      let shared = Choice(defaults?["model"])
      if let primary = shared.primary, let fallbacks = shared.fallbacks {
        rules.permit("fallback:defaults", from: primary, to: fallbacks)
      }
      addModels(of: defaults, owner: "defaults", agent: "*")
      for (id, entry) in agents(root) { addAgent(id, entry, shared: shared) }
      for model in defaults?["models"]?.members ?? [] {
        guard let alias = model.value["alias"]?.text else { continue }
        rules.permit("alias:\(alias)", from: alias, to: [model.key])
      }
      for job in (root["cron"]?["jobs"] ?? root["jobs"])?.items ?? [] { addJob(job) }
      rules.set(settings(root, defaults: defaults))
      if let include = root["$include"] {
        warn(
          "openclaw-include", include, "it includes further files, which were not read",
          "Put the policy into one file, such as the one that openclaw config get prints.")
      }
    }

    /// `agents.entries` by id, and the older `agents.list` with an id in each.
    private func agents(_ root: YAMLText.Node) -> [(String, YAMLText.Node)] {
      let listed = (root["agents"]?["list"]?.items ?? []).compactMap { entry in entry["id"]?.text.map { ($0, entry) } }
      return (root["agents"]?["entries"]?.members ?? []).map { ($0.key, $0.value) } + listed
    }

    private mutating func addAgent(_ id: String, _ entry: YAMLText.Node, shared: Choice) {
      // An agent may be called what the defaults are called here.
      let owner = id == "defaults" ? "agent:defaults" : id
      addModels(of: entry, owner: owner, agent: id)
      guard let node = entry["model"] else { return }
      let own = Choice(node)
      guard let primary = own.primary ?? shared.primary else { return }
      let fallbacks = own.fallbacks ?? []
      rules.permit("fallback:\(owner)", agent: id, from: primary, to: fallbacks)
      let isShared = shared.primary.map { $0.utf8.elementsEqual(primary.utf8) } ?? false
      var ownNames: ByName<Bool> = [:]
      for name in fallbacks { ownNames[name] = true }
      let wider = (shared.fallbacks ?? []).prefix(20).filter { ownNames[$0] == nil }
      if isShared, !wider.isEmpty {
        warn(
          "openclaw-strict-agent", node,
          "the agent \(id) may not use all fallbacks of the defaults, but its first model is theirs, so fallback:defaults "
            + "permits \(wider.prefix(5).joined(separator: ", ")) for it too",
          "Read a fallback of this agent to one of those models as an exception, although it is counted as permitted.")
      }
    }

    /// Models for pictures, documents, small tasks and subagents, which have fallbacks of their own.
    private mutating func addModels(of node: YAMLText.Node?, owner: String, agent: String) {
      var choices = Self.otherModels.map { ($0, node?[$0]) }
      choices += (node?["mediaModels"]?.members ?? []).map { ("mediaModels.\($0.key)", $0.value) }
      choices.append(("subagents.model", node?["subagents"]?["model"]))
      for (key, value) in choices {
        let choice = Choice(value)
        guard let primary = choice.primary, let fallbacks = choice.fallbacks else { continue }
        rules.permit("\(key)-fallback:\(owner)", agent: agent, from: primary, to: fallbacks)
      }
    }

    private mutating func addJob(_ job: YAMLText.Node) {
      guard let id = (job["id"] ?? job["name"])?.text, let primary = job["payload"]?["model"]?.text,
        let fallbacks = job["payload"]?["fallbacks"]
      else { return }
      rules.permit(
        "cron-fallback:\(id)", agent: job["agentId"]?.text ?? "*", from: primary,
        to: fallbacks.items.compactMap(\.text))
    }

    private func settings(_ root: YAMLText.Node, defaults: YAMLText.Node?) -> [Rule.Setting] {
      var settings = ConfigSettings.list(defaults, only: ["modelPolicy", "heartbeat"], prefix: "agents.defaults")
      if let primary = Choice(defaults?["model"]).primary { settings.append(.init("agents.defaults.model", primary)) }
      for key in Self.otherModels + ["mediaModels"] {
        settings += ConfigSettings.list(defaults?[key], prefix: "agents.defaults.\(key)", except: ["fallbacks"])
      }
      let catalog = (defaults?["models"]?.members ?? []).map(\.key).sortedBytewise()
      if !catalog.isEmpty { settings.append(.init("agents.defaults.models", catalog.joined(separator: ","))) }
      settings += ConfigSettings.list(root["modelPolicy"], prefix: "modelPolicy")
      settings += ConfigSettings.list(root["logging"]?["audit"], prefix: "logging.audit")
      for provider in root["models"]?["providers"]?.members ?? [] {
        let prefix = "models.providers.\(provider.key)"
        settings += ConfigSettings.list(provider.value, only: ["baseUrl", "api", "params"], prefix: prefix)
        let models = (provider.value["models"]?.items ?? []).compactMap { $0["id"]?.text ?? $0.text }.sortedBytewise()
        settings.append(.init("\(prefix).models", models.joined(separator: ",")))
      }
      // A profile's name may be a mail address; which come first is what counts.
      for provider in root["auth"]?["order"]?.members ?? [] {
        let profiles = provider.value.items.compactMap(\.text).map { profile in
          profile.contains("@") ? "sha256:" + Digest(of: profile).prefix(12) : profile
        }
        settings.append(.init("auth.order.\(provider.key)", profiles.joined(separator: ",")))
      }
      return settings
    }
  }
}
