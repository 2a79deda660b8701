internal import Assessment
internal import EvidenceModel
internal import Replay

/// Changes of rules, with what they meant for the decisions of the period.
extension DocumentContext {
  func change(_ change: RuleChange, in xml: inout XMLWriter) {
    let version = facts.records.history.versions[change.versionIndex]
    let impact = facts.impact(of: change)
    xml.element(
      "change",
      [
        "anchor": anchor("change", change.version, change.rule, change.kind.rawValue), "rule": change.rule,
        "rule-page": layout.rule(change.rule) ?? "r/index.html", "former-rule": change.formerRule,
        "version": change.version,
        "version-page": layout.version(change.version) ?? "v/index.html", "kind": change.kind.rawValue,
        "direction": change.direction.rawValue, "words": words(change), "effective": version.effectiveFrom.description,
        "effective-text": time.text(version.effectiveFrom), "recorded": version.recordedAt?.description,
        "recorded-text": version.recordedAt.map(time.text), "author": version.author.map { FigureText.shortened($0) },
        "approvers": version.approvedBy.isEmpty ? nil : version.approvedBy.joined(separator: ", "),
        "ticket": version.ticket,
        "in-period": String(facts.period.contains(version.effectiveFrom)), "decisions": String(impact.decisions),
        "otherwise-under-before": impact.otherwiseUnderBefore.map(String.init),
        "before-otherwise-under-this": impact.beforeOtherwiseUnderThis.map(String.init),
      ]
    ) { xml in
      guard [.changed, .renamed, .reordered, .schemaMigrated].contains(change.kind) else { return }
      for field in change.fields {
        xml.element(
          "field",
          [
            "name": field.name, "before": field.before.map { FigureText.shortened($0) },
            "after": field.after.map { FigureText.shortened($0) },
          ])
      }
    }
  }

  /// What a change did, as a colleague would say it.
  private func words(_ change: RuleChange) -> String {
    let rule = facts.rule(change.rule, in: change.version)
    switch change.kind {
    case .created: return "New rule. " + (rule?.words ?? "")
    case .reinstated: return "The rule is back. " + (rule?.words ?? "")
    case .removed: return "The rule was removed."
    case .renamed:
      let former = FigureText.shortened(change.formerRule ?? "")
      return
        "The rule was called \(former) before, and says the same. Its owners stay with the name that they were recorded for."
    case .schemaMigrated:
      let field = change.fields.first
      return
        "The config is written in another generation of its format: \(field?.after ?? ""), before \(field?.before ?? "")."
    case .changed, .reordered:
      let parts = change.fields.map { field -> String in
        switch (field.before, field.after) {
        case (let before?, let after?):
          "\(field.name) went from \(before.isEmpty ? "nothing" : before) to \(after.isEmpty ? "nothing" : after)"
        case (nil, let after?): "\(field.name) is now \(after)"
        default: "\(field.name) no longer applies"
        }
      }
      return FigureText.shortened(parts.joined(separator: "; ") + ".", to: 600)
    }
  }
}
