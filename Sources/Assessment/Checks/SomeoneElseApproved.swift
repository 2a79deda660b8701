internal import EvidenceModel

/// Nobody approves their own change.
struct SomeoneElseApproved: Check {
  static let definition = CheckDefinition(
    id: "RG-CHG-01", title: "Nobody approves their own change",
    question: "Has every change to a rule at least one approver who is not its author and could approve it then?",
    method:
      "The rule changes of each version that took effect in the period are counted. A version whose source states approvals and names nobody, or only its author under any spelling that the identities give, makes its changes exceptions. An approver who had left by the people register, or whose time on the register of who may change the policy did not cover the approval, does not count; one whom these registers do not know does. Each change of such a version that loosens a rule, or whose fields do not say whether it does, is listed with its fields before and after. Where the source cannot hold approvals, or names no author, it cannot be told.",
    population: "rule changes effective in the period",
    cannotShow: "Whether the approver read the change; whether two people acted as one.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    let people = facts.records.ownership.people
    let rights = WriterRights(facts)
    return assessVersions(facts, detail: Self.loosening) { _, version in
      guard version.statesApprovals else {
        return .cannotTell(
          "comes from a source that holds no approvals",
          missing: "approvals of policy changes, such as a pull-request export")
      }
      let approvers = version.approvedBy.filter { !$0.isEmpty }
      guard !approvers.isEmpty else { return .fails("names no approver") }
      let others = approvers.filter { approver in version.author.map { !people.isSame(approver, $0) } ?? true }
      guard !others.isEmpty else { return .fails("was approved only by its author, \(version.author ?? "")") }
      let instant = version.approvedAt ?? version.recordedAt ?? version.effectiveFrom
      let objections = others.compactMap { approver -> String? in
        if facts.records.ownership.status(of: approver, at: instant) == .departed { return "\(approver) had left" }
        return rights?.right(of: approver, at: instant) == .notThen ? "\(approver) held no right to change it" : nil
      }
      guard objections.count == others.count else {
        return version.author?.isEmpty ?? true
          ? .cannotTell("names no author, who may be its approver", missing: Self.versionAuthors) : .holds
      }
      return .fails("was approved at \(instant) only by those who could not then: \(listed(objections))")
    }
  }

  /// What to say of a change that no second person approved: only one that makes its rule stricter needs no word.
  private static func loosening(_ change: RuleChange) -> String? {
    let verdict: String
    switch change.direction {
    case .looser: verdict = "looser than before"
    case .unknown: verdict = "and the records do not say whether that is looser"
    case .stricter, .neutral: return nil
    }
    let rule = "Rule \(change.rule)"
    switch change.kind {
    case .created: return "\(rule) was added, \(verdict)."
    case .reinstated: return "\(rule) was brought back, \(verdict)."
    case .removed: return "\(rule) was removed, \(verdict)."
    case .schemaMigrated: return "The config went over to another generation of its format, \(verdict)."
    case .changed, .reordered, .renamed:
      let fields = change.fields.map { "\($0.name) from \($0.before ?? "nothing") to \($0.after ?? "nothing")" }
        .joined(separator: ", ")
      return "\(rule) changed, \(verdict): \(fields)."
    }
  }
}
