internal import EvidenceModel

/// The vLLM Semantic Router's config.
enum SemanticRouterConfig {
  static func recognises(_ documents: [YAMLText.Node]) -> Bool { false }

  static func read(_ documents: [YAMLText.Node], name: String) throws(Diagnostic) -> PolicyText {
    PolicyText()
  }
}
