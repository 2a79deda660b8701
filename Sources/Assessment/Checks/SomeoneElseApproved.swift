internal import EvidenceModel

/// Nobody approves their own change.
struct SomeoneElseApproved: Check {
  static let definition = CheckDefinition(
    id: "RG-CHG-01", title: "Nobody approves their own change",
    question: "Has every change to a rule at least one approver who is not its author?",
    method:
      "The rule changes of each version that took effect in the period are counted. A version whose source states approvals and names nobody, or only its author, makes its changes exceptions. Where the source cannot hold approvals, it cannot be told.",
    population: "rule changes effective in the period",
    cannotShow: "Whether the approver read the change; whether two people acted as one.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    assessVersions(facts, missing: "approvals of policy changes, such as a pull-request export") { version in
      guard version.statesApprovals else { return .cannotTell("comes from a source that holds no approvals") }
      let others = version.approvedBy.filter { $0 != version.author }
      if !others.isEmpty { return .holds }
      return .fails(
        version.approvedBy.isEmpty ? "names no approver" : "was approved only by its author, \(version.author ?? "")")
    }
  }
}

/// What one version says to a check about its changes.
enum VersionVerdict {
  case holds
  case fails(String)
  case cannotTell(String)
}

extension Check {
  /// For checks over rule changes: one finding a version whose changes do not hold.
  func assessVersions(
    _ facts: AssessmentFacts, missing: String, _ verdict: (PolicyVersion) -> VersionVerdict
  ) -> CheckOutcome {
    var findings: [Finding] = []
    var population = 0
    var exceptions = 0
    var cannotTell = 0
    for (index, version) in facts.records.history.versions.enumerated() {
      guard let window = facts.window, version.effectiveFrom >= window.from, version.effectiveFrom < window.to else {
        continue
      }
      let changes = facts.changes.filter { $0.versionIndex == index }
      guard !changes.isEmpty else { continue }
      population += changes.count
      let result: CheckResult
      let reason: String
      switch verdict(version) {
      case .holds: continue
      case .fails(let words):
        exceptions += changes.count
        (result, reason) = (.fail, words)
      case .cannotTell(let words):
        cannotTell += changes.count
        (result, reason) = (.cannotTell, words)
      }
      findings.append(
        Finding(
          check: id, result: result, subjectKind: .version, subject: version.id,
          summary:
            "Version \(version.id) \(reason); it changed \(changes.count) \(changes.count == 1 ? "rule" : "rules").",
          count: changes.count, population: changes.count, populationText: "rule changes of this version",
          details: ["Rules: " + changes.map(\.rule).joined(separator: ", ")],
          missingRecords: result == .cannotTell ? [missing] : []))
    }
    return conclude(
      population: population, exceptions: exceptions, cannotTell: cannotTell, missing: cannotTell > 0 ? [missing] : [],
      findings: findings, whenEmpty: "No version that changes a rule took effect in the period.")
  }
}
