package import EvidenceModel

/// A text that states a policy, whatever its format, before it is known when it came into force.
package struct PolicyText: Sendable {
  /// What the text itself says; a git history or a file name may say the rest.
  package var version: String?
  package var effectiveFrom: Instant?
  package var recordedAt: Instant?
  package var author: String?
  package var approvedBy: [String] = []
  package var statesApprovals = false
  package var approvedAt: Instant?
  package var ticket: String?
  package var note: String?
  /// The generation of the config's own schema, in words; nil where the format has one only.
  package var schema: String?
  package var rules: [Rule] = []
  package var diagnostics: [Diagnostic] = []
}

/// The policy formats that stand in one text.
package enum PolicyFormat: String, Sendable, CaseIterable {
  /// Diagnostics of one text; the rest is counted.
  private static let mostDiagnostics = 100

  case native, litellm, openclaw
  case semanticRouter = "semantic-router"
  case envoy = "envoy-ai-gateway"
  case openRouterPreset = "openrouter-preset"

  /// Reads one text. Trouble that leaves the whole unreadable is thrown; the rest comes along with what was read.
  package static func read(
    _ text: String, name: String, stated: PolicyFormat?
  ) throws(Diagnostic) -> (format: PolicyFormat, policy: PolicyText) {
    var result = try readWhole(text, name: name, stated: stated)
    let diagnostics = result.policy.diagnostics
    if diagnostics.count > mostDiagnostics {
      result.policy.diagnostics =
        diagnostics.prefix(mostDiagnostics) + [
          Diagnostic(
            id: "policy-more-diagnostics", severity: .warning, file: name,
            summary: "\(diagnostics.count - mostDiagnostics) more diagnostics of this text are not shown",
            nextStep: "Mend those above and run again.")
        ]
    }
    return result
  }

  private static func readWhole(
    _ text: String, name: String, stated: PolicyFormat?
  ) throws(Diagnostic) -> (format: PolicyFormat, policy: PolicyText) {
    let documents = try documents(text, name: name)
    guard let first = documents.first else {
      throw Diagnostic(
        id: "policy-empty", file: name, line: 1, byteOffset: 0, summary: "the text is no YAML mapping",
        nextStep: "A policy has keys at its top, such as rules or model_list.")
    }
    guard let format = stated ?? allCases.first(where: { $0.recognises(documents) }) else {
      throw Diagnostic(
        id: "policy-unknown-format", file: name, line: first.mark.line, byteOffset: 0,
        summary:
          "it is none of the policies that this version reads: \(allCases.map(\.rawValue).joined(separator: ", "))",
        nextStep: "Name the format in the configuration, or check that this is a policy.")
    }
    switch format {
    case .native:
      guard documents.count == 1 else {
        throw Diagnostic(
          id: "yaml-many-documents", file: name, line: documents[1].mark.line,
          summary: "it holds several YAML documents, where one is expected",
          nextStep: "Put each into a file of its own.")
      }
      return (format, try NativePolicy.read(first, text: text, name: name))
    case .litellm: return (format, try LiteLLMConfig.read(documents, name: name))
    case .openclaw: return (format, try OpenClawConfig.read(documents, name: name))
    case .semanticRouter: return (format, try SemanticRouterConfig.read(documents, name: name))
    case .envoy: return (format, try EnvoyRoutes.read(documents, name: name))
    case .openRouterPreset: return (format, try OpenRouterPreset.read(documents, name: name))
    }
  }

  private func recognises(_ documents: [YAMLText.Node]) -> Bool {
    switch self {
    // A Kubernetes Role has rules too, and an API version.
    case .native: documents.first.map { $0["rules"] != nil && $0["apiVersion"] == nil } ?? false
    case .litellm: LiteLLMConfig.recognises(documents)
    case .openclaw: OpenClawConfig.recognises(documents)
    case .semanticRouter: SemanticRouterConfig.recognises(documents)
    case .envoy: EnvoyRoutes.recognises(documents)
    case .openRouterPreset: OpenRouterPreset.recognises(documents)
    }
  }

  /// The mappings of a text: JSON5 where it begins with a brace, else YAML with any number of documents.
  private static func documents(_ text: String, name: String) throws(Diagnostic) -> [YAMLText.Node] {
    if JSON5Text.begins(text) {
      do throws(Diagnostic) {
        return [try JSON5Text.read(text, name: name)]
      } catch {
        // It may be YAML in flow style, whose plain texts JSON5 has not. YAML would take a comment of JSON5 for a key.
        guard !text.contains("//"), !text.contains("/*"), let yaml = try? mappings(text, name: name), !yaml.isEmpty
        else {
          throw error
        }
        return yaml
      }
    }
    return try mappings(text, name: name)
  }

  private static func mappings(_ text: String, name: String) throws(Diagnostic) -> [YAMLText.Node] {
    try YAMLText(text, name: name, allowsMany: true).documents.filter { if case .mapping = $0 { true } else { false } }
  }
}
