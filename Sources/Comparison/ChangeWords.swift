internal import EvidenceModel
internal import XMLDocuments

/// A change of a rule in one sentence, from the element of a pack that tells it.
enum ChangeWords {
  /// - Parameters:
  ///   - change: `change`, or `change-line`, which has no fields.
  ///   - kind: what the element says.
  ///   - text: keeps a value to a bearable length.
  static func words(of change: XMLDocument.Element, kind: RuleChange.Kind, text: (String?) -> String) -> String {
    let rule = text(change["words"])
    switch kind {
    case .created: return "New rule. " + rule
    case .reinstated: return "The rule is back. " + rule
    case .removed: return "The rule was removed. " + rule
    case .renamed: return "The rule was called \(text(change["former-rule"])) before, and says the same. " + rule
    case .schemaMigrated: return "The config is written in another generation of its format."
    case .changed, .reordered:
      let fields = change.children(named: "field").map { field in
        sentence(text(field["name"]), before: field["before"].map(text), after: field["after"].map(text))
      }
      return fields.isEmpty ? "Now: " + rule : fields.joined(separator: "; ") + "."
    }
  }

  private static func sentence(_ name: String, before: String?, after: String?) -> String {
    switch (before, after) {
    case (let before?, let after?): "\(name) went from \(list(before)) to \(list(after))"
    case (nil, let after?): "\(name) is now \(list(after))"
    default: "\(name) no longer applies"
    }
  }

  /// Several values stand with bars between them.
  private static func list(_ value: String) -> String {
    value.isEmpty ? "nothing" : value.split(separator: "|", omittingEmptySubsequences: false).joined(separator: ", ")
  }
}
