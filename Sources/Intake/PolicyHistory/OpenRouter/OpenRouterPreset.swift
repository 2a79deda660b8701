internal import EvidenceModel

/// OpenRouter's presets, their versions, and guardrails, as its API gives them. Described in `docs/formats/openrouter-preset.md`.
enum OpenRouterPreset {
  static func recognises(_ documents: [YAMLText.Node]) -> Bool {
    documents.first.map { objects(of: $0).contains { Kind($0) != nil } } ?? false
  }

  /// What one object of the API is.
  private enum Kind {
    case preset, version, guardrail

    init?(_ node: YAMLText.Node) {
      if node["slug"] != nil, node["designated-version"] != nil || node["designated-version-id"] != nil {
        self = .preset
      } else if node["preset-id"] != nil, node["version"] != nil, node["config"] != nil {
        self = .version
      } else if node["name"] != nil, node["allowed-providers"] != nil || node["allowed-models"] != nil,
        node["reset-interval"] != nil || node["limit-usd"] != nil
      {
        self = .guardrail
      } else {
        return nil
      }
    }
  }

  /// An answer's `data`, one object or a list; without an envelope the text itself.
  private static func objects(of root: YAMLText.Node) -> [YAMLText.Node] {
    let data = root["data"] ?? root
    if case .sequence(let items, _) = data { return items }
    return [data]
  }

  /// One text as one version, as a file of a folder or a commit is: the newest state that it shows.
  static func read(_ documents: [YAMLText.Node], name: String) throws(Diagnostic) -> PolicyText {
    var history = OpenRouterHistory()
    for document in documents { add(document, name: name, to: &history) }
    let states = history.states()
    guard let last = states.last else {
      throw history.diagnostics.first
        ?? Diagnostic(
          id: "openrouter-no-preset", file: name, line: 1, byteOffset: 0,
          summary: "neither a preset nor a version of one nor a guardrail stands in it",
          nextStep: "Hand in the answer of the API as it is.")
    }
    guard states.count == 1 || history.guardrailsOnly else {
      throw Diagnostic(
        id: "openrouter-many-versions", file: name,
        summary: "it holds \(states.count) versions of presets, where one text is one version",
        nextStep: "Name the file under presets instead of folder, so that each version is read.")
    }
    var policy = PolicyText()
    policy.version = last.id
    policy.effectiveFrom = last.instant
    policy.recordedAt = last.instant
    policy.author = last.author
    policy.rules = last.rules
    policy.diagnostics = history.diagnostics
    return policy
  }

  /// Takes every object of one text into a history.
  static func add(_ root: YAMLText.Node, name: String, to history: inout OpenRouterHistory) {
    for object in objects(of: root) {
      let source = OpenRouterHistory.Source(file: name, line: object.mark.line)
      switch Kind(object) {
      case .preset: history.add(preset: object, source)
      case .version: history.add(version: object, source)
      case .guardrail: history.add(guardrail: object, source)
      case nil:
        history.diagnostics.append(
          Diagnostic(
            id: "openrouter-unknown-object", file: name, line: object.mark.line,
            summary: "an object is neither a preset, nor a version of one, nor a guardrail; it was left out",
            nextStep: "Hand in the API's answers to presets, preset versions or guardrails."))
      }
    }
  }
}
