internal import EvidenceModel

/// Explains a rule: what each version made of it, and who owned it.
struct RuleExplanation {
  let records: Records
  let sentences: ChangeSentences
  let format: OutputFormat

  /// False where no version has a rule of this id.
  func explain(_ rule: String) -> Bool {
    let history = records.history
    let changes = history.changes.filter { $0.rule.utf8.elementsEqual(rule.utf8) }
    guard !changes.isEmpty else { return false }
    if format == .json {
      printEvent(rule, changes)
      return true
    }
    Terminal.result("Rule \(rule)")
    for change in changes {
      let version = history.versions[change.versionIndex]
      Terminal.result(
        "  \(version.effectiveFrom)  \(change.kind.rawValue) by version \(version.id) (\(version.source))")
      let wasInForce = history.inForce.values.contains(change.versionIndex)
      Terminal.result("    \(sentences.story(change, version, wasInForce: wasInForce))")
      Terminal.result("    \(sentences.why(change))")
      if let stated = version.rules.first(where: { $0.id.utf8.elementsEqual(rule.utf8) }) {
        Terminal.result("    \(stated.words)")
      }
    }
    let unreadable = history.versions.count { !$0.isReadable }
    if unreadable > 0 { Terminal.result("  Versions that cannot be read, and may say otherwise: \(unreadable)") }
    explainOwners(of: rule)
    return true
  }

  private func explainOwners(of rule: String) {
    let ownership = records.ownership
    let tenures = ownership.tenures(of: rule)
    if tenures.isEmpty { Terminal.result("  owners       nobody on record") }
    var bases = TenureBases(ownership, rule: rule)
    for tenure in tenures {
      let record = tenure.record
      let until = record.to.map { "until \($0)" } ?? "open"
      let left = ownership.people.leftAt(of: record.owner).map { ", who left at \($0)" } ?? ""
      let basis = record.isAccountable ? ", \(bases.basis(of: tenure, at: record.from).rawValue)" : ""
      Terminal.result(
        "  owner        \(record.owner)\(left): \(record.role)\(basis), from \(record.from), \(until) (\(record.source):\(record.line))"
      )
    }
  }
}
