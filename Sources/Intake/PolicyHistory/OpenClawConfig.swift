internal import EvidenceModel

/// OpenClaw's `openclaw.json`.
enum OpenClawConfig {
  static func recognises(_ documents: [YAMLText.Node]) -> Bool { false }

  static func read(_ documents: [YAMLText.Node], name: String) throws(Diagnostic) -> PolicyText {
    PolicyText()
  }
}
