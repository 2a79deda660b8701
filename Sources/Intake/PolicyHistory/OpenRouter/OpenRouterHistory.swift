internal import EvidenceModel

/// Presets and guardrails of an account through time. Each change of one of them is a new state of all.
struct OpenRouterHistory {
  struct Source {
    var file: String
    var line: Int
  }

  struct State {
    var id: String
    var instant: Instant
    var author: String?
    var source: Source
    var rules: [Rule]
  }

  private struct Version {
    var id: String
    var number: Int
    var created: Instant
    var author: String?
    var config: YAMLText.Node?
    var prompt: String?
    var source: Source
  }

  private struct Preset {
    var slug: String
    var node: YAMLText.Node?
    var source: Source
    var versions: [Version] = []
  }

  private struct Event {
    var instant: Instant
    var id: String
    var author: String?
    var source: Source
    /// What the preset or the guardrail is from then on.
    var part: String
    var rule: Rule?
    var settings: [Rule.Setting] = []
  }

  /// Rules in all states together, each of which holds those of every preset.
  private static let mostRules = 500_000

  var diagnostics: [Diagnostic] = []
  private var presets: [Preset] = []
  private var places: ByName<Int> = [:]
  private var guardrails: [(node: YAMLText.Node, source: Source)] = []

  var guardrailsOnly: Bool { presets.isEmpty }

  private mutating func warn(_ id: String, _ source: Source, _ summary: String, _ nextStep: String) {
    diagnostics.append(
      Diagnostic(
        id: id, severity: .warning, file: source.file, line: source.line, summary: summary, nextStep: nextStep))
  }

  mutating func add(preset node: YAMLText.Node, _ source: Source) {
    guard let slug = node["slug"]?.text, !slug.hasControlCharacter else { return }
    let id = node["id"]?.text ?? slug
    let place = place(of: id, source)
    presets[place].slug = slug
    presets[place].node = node
    presets[place].source = source
    if let version = node["designated-version"], version["version"] != nil {
      add(version: version, source, of: id)
    }
  }

  mutating func add(version node: YAMLText.Node, _ source: Source, of preset: String? = nil) {
    guard let owner = preset ?? node["preset-id"]?.text, let number = node["version"]?.text.flatMap({ Int($0) }),
      let created = node["created-at"]?.text.flatMap({ Instant(dateOrInstant: $0) })
    else {
      warn(
        "openrouter-version-incomplete", source,
        "a version lacks its number, its preset or created_at; it was left out",
        "Hand in the answer of the API as it is.")
      return
    }
    let version = Version(
      id: node["id"]?.text ?? "\(number)", number: number, created: created, author: node["creator-id"]?.text,
      config: node["config"], prompt: node["system-prompt"]?.text, source: source)
    presets[place(of: owner, source)].versions.append(version)
  }

  private mutating func place(of id: String, _ source: Source) -> Int {
    if let place = places[id] { return place }
    places[id] = presets.count
    presets.append(Preset(slug: id, source: source))
    return presets.count - 1
  }

  mutating func add(guardrail node: YAMLText.Node, _ source: Source) { guardrails.append((node, source)) }

  /// Every state, by time; what had to be assumed on the way goes into `diagnostics`.
  mutating func states() -> [State] {
    let events = (presetEvents() + guardrailEvents()).sorted { left, right in
      left.instant == right.instant ? left.id.precedesBytewise(right.id) : left.instant < right.instant
    }
    var current: ByName<Event> = [:]
    var states: [State] = []
    var budget = Self.mostRules
    for event in events {
      current[event.part] = event
      budget -= current.count
      guard budget > 0 else {
        warn(
          "openrouter-too-many", event.source,
          "the presets and their versions are too many; what changed from \(event.id) on was not read",
          "Hand in the presets that the logs name.")
        break
      }
      var rules = [Rule(id: DerivedRules.anyRequest, priority: 0, action: .allow, provenance: .inferred)]
      let parts = current.keys.sortedBytewise().compactMap { current[$0] }
      rules[0].settings = ConfigSettings.sorted(parts.flatMap(\.settings))
      rules += parts.compactMap(\.rule)
      states.append(
        State(id: event.id, instant: event.instant, author: event.author, source: event.source, rules: rules))
    }
    return states
  }

  private mutating func presetEvents() -> [Event] {
    var events: [Event] = []
    var slugs: ByName<Bool> = [:]
    for preset in presets {
      if slugs[preset.slug] != nil {
        warn(
          "openrouter-slug-twice", preset.source,
          "two presets are called \(preset.slug), so their versions end each other",
          "Hand in the presets of one workspace in one run.")
      }
      slugs[preset.slug] = true
      // The designated version stands in the preset and in the list of versions.
      var seen = Set<Int>()
      let versions = preset.versions.filter { seen.insert($0.number).inserted }.sorted { $0.number < $1.number }
      events += versions.map { event(of: $0, preset) }
      if preset.node == nil {
        warn(
          "openrouter-preset-missing", preset.source,
          "versions of the preset \(preset.slug) stand here without the preset itself: its slug and which version is in force are "
            + "not known; the newest is taken", "Add the API's answer to the preset.")
      }
      guard let newest = versions.last, let node = preset.node else { continue }
      let changed = (node["status-updated-at"] ?? node["updated-at"])?.text.flatMap { Instant(dateOrInstant: $0) }
      if let wanted = node["designated-version-id"]?.text {
        if let designated = versions.first(where: { $0.id.utf8.elementsEqual(wanted.utf8) }) {
          if designated.number != newest.number {
            var again = event(of: designated, preset)
            again.instant = node["updated-at"]?.text.flatMap { Instant(dateOrInstant: $0) } ?? newest.created
            again.id += "@2"
            again.author = nil
            events.append(again)
            warn(
              "openrouter-designation-assumed", preset.source,
              "version \(designated.number) of \(preset.slug) is designated, though \(newest.number) is newer: each is taken "
                + "as in force from its creation, and \(designated.number) again from the preset's last update",
              "Find out when the version was designated; the API does not say.")
          }
        } else {
          warn(
            "openrouter-designation-assumed", preset.source,
            "the designated version of \(preset.slug) is not among its versions; the newest is taken as in force",
            "Add the API's answer to the preset's versions.")
        }
      } else {
        warn(
          "openrouter-designation-assumed", preset.source,
          "\(preset.slug) says of no version that it is designated; each is taken as in force from its creation",
          "Hand in the API's answer to the preset.")
      }
      if let status = node["status"]?.text, status != "active" {
        var end = event(of: newest, preset)
        end.instant = max(changed ?? newest.created, newest.created)
        end.id = "\(preset.slug)-\(status)"
        end.author = nil
        end.rule = nil
        events.append(end)
      }
    }
    return events
  }

  private func event(of version: Version, _ preset: Preset) -> Event {
    var settings = ConfigSettings.list(
      version.config, prefix: "", except: ["model", "models", "messages", "system-prompt"])
    let prompts = [version.prompt, version.config?["system-prompt"]?.text].compactMap { $0 }
    for prompt in prompts { settings.append(.init("system_prompt", ConfigSettings.digest(prompt))) }
    if let messages = version.config?["messages"], !messages.items.isEmpty {
      settings.append(.init("messages", "\(messages.items.count)"))
    }
    var names: ByName<Bool> = [:]
    let models = [version.config?["model"]?.text].compactMap { $0 } + (version.config?["models"]?.texts ?? [])
    let targets = models.filter { name in
      defer { names[name] = true }
      return names[name] == nil
    }
    return Event(
      instant: version.created, id: "\(preset.slug)-v\(version.number)",
      author: version.author ?? preset.node?["creator-user-id"]?.text, source: version.source,
      part: "preset:\(preset.slug)",
      rule: Rule(
        id: "preset:\(preset.slug)", priority: 0, action: .permit, escalateTo: targets,
        fromModel: "@preset/\(preset.slug)", provenance: .inferred, settings: ConfigSettings.sorted(settings)))
  }

  private mutating func guardrailEvents() -> [Event] {
    var events: [Event] = []
    for (node, source) in guardrails {
      guard let name = node["name"]?.text, !name.hasControlCharacter,
        let created = node["created-at"]?.text.flatMap({ Instant(dateOrInstant: $0) })
      else {
        warn(
          "openrouter-guardrail-incomplete", source, "a guardrail lacks its name or created_at; it was left out",
          "Hand in the answer of the API as it is.")
        continue
      }
      let updated = node["updated-at"]?.text.flatMap { Instant(dateOrInstant: $0) } ?? created
      if updated != created {
        warn(
          "openrouter-guardrail-changed", source,
          "the guardrail \(name) was changed after it was made; how it stood before its last change is not known",
          "Keep the API's answers of different times.")
      }
      let ids = ["id", "name", "created-at", "updated-at", "workspace-id", "description"]
      events.append(
        Event(
          instant: updated, id: "guardrail \(name)", author: nil, source: source, part: "guardrail:\(name)", rule: nil,
          settings: ConfigSettings.sorted(ConfigSettings.list(node, prefix: "guardrail:\(name)", except: ids))))
    }
    return events
  }
}
