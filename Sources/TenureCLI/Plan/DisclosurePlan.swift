internal import Disclosure
internal import EvidenceModel
internal import Intake

/// `disclosure` of the configuration: packs of lower levels that a run makes beside the internal one.
struct DisclosurePlan: Sendable {
  private static let keys = ["levels", "key"]

  let levels: [DisclosureLevel]
  let key: String

  /// - Parameter directory: of the configuration; a path of the key is relative to it.
  init(_ node: YAMLText.Node, file: String, directory: String, _ diagnostics: inout [Diagnostic]) throws(Diagnostic) {
    func problem(_ place: YAMLText.Node, _ summary: String) -> Diagnostic {
      Diagnostic(
        id: "config-bad-value", file: file, line: place.mark.line, summary: summary,
        nextStep: "Write disclosure: {levels: [auditor, public], key: PATH}.")
    }
    for member in node.members where !Self.keys.contains(member.key) {
      diagnostics.append(
        Diagnostic(
          id: "config-unknown-key", severity: .warning, file: file, line: member.value.mark.line,
          summary: "the key \(member.key) of disclosure is not known and was passed over",
          nextStep: "Known keys: \(Self.keys.joined(separator: ", "))."))
    }
    guard let path = node["key"]?.text, !path.isEmpty else { throw problem(node, "disclosure names no key") }
    guard let list = node["levels"], case .sequence(let items, _) = list, !items.isEmpty else {
      throw problem(node["levels"] ?? node, "levels of disclosure is no list of levels")
    }
    var levels: [DisclosureLevel] = []
    for item in items {
      guard let level = item.text.flatMap({ DisclosureLevel(rawValue: $0) }) else {
        throw problem(item, "levels of disclosure names \(item.text ?? "no text"), which is no level")
      }
      if !levels.contains(level) { levels.append(level) }
    }
    self.levels = levels
    key = path.hasPrefix("/") ? path : directory + "/" + path
  }

  /// Ends a run before its logs are read, where the key cannot be used.
  func checkKey(for pack: String) throws(Diagnostic) { _ = try KeyFile.read(key, outside: [pack]) }

  func publish(_ pack: String, _ plan: RunPlan) throws -> [(path: String, summary: PackDisclosure.Summary)] {
    let publisher = DisclosurePublisher(key: key, out: plan.out, assets: plan.assets)
    return try levels.map { try publisher.publish(pack, $0) }
  }
}
