internal import EvidenceModel

/// Envoy AI Gateway's `AIGatewayRoute` and what it refers to.
enum EnvoyRoutes {
  static func recognises(_ documents: [YAMLText.Node]) -> Bool { false }

  static func read(_ documents: [YAMLText.Node], name: String) throws(Diagnostic) -> PolicyText {
    PolicyText()
  }
}
