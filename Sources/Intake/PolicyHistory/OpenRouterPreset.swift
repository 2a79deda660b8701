internal import EvidenceModel

/// OpenRouter's presets and their versions.
enum OpenRouterPreset {
  static func recognises(_ documents: [YAMLText.Node]) -> Bool { false }

  static func read(_ documents: [YAMLText.Node], name: String) throws(Diagnostic) -> PolicyText {
    PolicyText()
  }
}
