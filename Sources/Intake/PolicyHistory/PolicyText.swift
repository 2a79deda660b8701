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
  package var rules: [Rule] = []
  package var diagnostics: [Diagnostic] = []
}

/// The policy formats that stand in one text.
package enum PolicyFormat: String, Sendable, CaseIterable {
  case native, litellm

  /// Reads one text. Trouble that leaves the whole unreadable is thrown; the rest comes along with what was read.
  package static func read(
    _ text: String, name: String, stated: PolicyFormat?
  ) throws(Diagnostic) -> (format: PolicyFormat, policy: PolicyText) {
    let yaml = try YAMLText(text, name: name)
    guard let root = yaml.root, case .mapping = root else {
      throw Diagnostic(
        id: "policy-empty", file: name, line: 1, byteOffset: 0, summary: "the text is no YAML mapping",
        nextStep: "A policy has keys at its top, such as rules or model_list.")
    }
    let format: PolicyFormat
    if let stated {
      format = stated
    } else if root["rules"] != nil {
      format = .native
    } else if LiteLLMConfig.find(in: root) != nil {
      format = .litellm
    } else {
      throw Diagnostic(
        id: "policy-unknown-format", file: name, line: root.mark.line, byteOffset: 0,
        summary: "neither rules nor a model_list stands in it",
        nextStep: "Name the format in the configuration, or check that this is a policy.")
    }
    switch format {
    case .native: return (format, try NativePolicy.read(root, text: text, name: name))
    case .litellm: return (format, try LiteLLMConfig.read(root, text: text, name: name))
    }
  }
}
