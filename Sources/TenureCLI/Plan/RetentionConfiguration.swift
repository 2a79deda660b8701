internal import EvidenceModel
internal import EvidencePack
internal import Intake

/// `retention` of the configuration: how long packs, logs and stores are kept.
enum RetentionConfiguration {
  /// A key that is not known becomes a warning; what has no rule is kept.
  static func rules(
    _ node: YAMLText.Node, file: String, _ diagnostics: inout [Diagnostic]
  ) throws(Diagnostic) -> [RetentionRule.Kind: RetentionRule] {
    var rules: [RetentionRule.Kind: RetentionRule] = [:]
    for member in node.members {
      guard let kind = RetentionRule.Kind(rawValue: member.key) else {
        diagnostics.append(
          Diagnostic(
            id: "config-unknown-key", severity: .warning, file: file, line: member.value.mark.line,
            summary:
              "the key \(FigureText.shortened(member.key, to: 60)) of retention is not known and was passed over",
            nextStep: "Known keys: \(RetentionRule.Kind.allCases.map(\.rawValue).joined(separator: ", "))."))
        continue
      }
      rules[kind] = try rule(member.value, of: kind, file: file)
    }
    return rules
  }

  private static func rule(
    _ node: YAMLText.Node, of kind: RetentionRule.Kind, file: String
  ) throws(Diagnostic) -> RetentionRule {
    let beginning = node["from"].map { RetentionRule.Beginning(rawValue: $0.text ?? "") } ?? .periodEnd
    guard let beginning, let text = node["keep"]?.text ?? node.text,
      let rule = RetentionRule(text, beginning: beginning)
    else {
      throw Diagnostic(
        id: "config-bad-value", file: file, line: node.mark.line,
        summary: "retention of \(kind.rawValue) is no length of time",
        nextStep:
          "Write \(kind.rawValue): 7 years, or keep: 7 years with from: period-end or year-end. Units: years, months, days."
      )
    }
    return rule
  }
}

extension RunPlan {
  /// What the pack states of the rules: until when it is kept, and what belongs to it.
  static func retentionParameters(_ configuration: Configuration, _ period: Period) -> [PackFacts.Parameter] {
    RetentionRule.Kind.allCases.compactMap { kind in
      configuration.retention[kind].map { rule in
        let until = period.to.map { ", until \(rule.end(ofRecordsTo: $0))" } ?? ""
        return PackFacts.Parameter(
          name: "retention: \(kind.rawValue)", value: rule.words + until, origin: configuration.file)
      }
    }
  }
}

extension Records {
  /// What the pack states of the legal holds that concern its period. Ids stand in the values, since names are words of the program.
  func holdParameters(of period: Period) -> [PackFacts.Parameter] {
    (registers.legalHolds ?? []).filter { $0.concerns(period) }.enumerated().map { number, hold in
      PackFacts.Parameter(
        name: "legal hold \(number + 1)", value: SecretRedaction.shown("\(hold.id): \(hold.words)"),
        origin: hold.place.description)
    }
  }
}
