internal import EvidenceModel

/// Only authorised identities changed the policy.
struct OnlyWritersWrote: Check {
  static let definition = CheckDefinition(
    id: "RG-ACC-01", title: "Only authorised identities changed the policy",
    question: "Did every version come from identities that held the right to change the policy at that instant?",
    method:
      "The author of each version recorded in the period, and whoever brought it in where that is known to be somebody else, are looked up in the register of who may change the policy, as of the instant at which the version was recorded. An identity that is not on it, or whose time did not cover that instant, is an exception. A version whose source names no author cannot be told.",
    population: "versions recorded in the period",
    cannotShow: "Writes to a store whose audit trail was not supplied; whether the path of a change was the agreed one."
  )

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    let writes = facts.records.history.versions.map { (version: $0, at: $0.recordedAt ?? $0.effectiveFrom) }
      .filter { write in facts.window.map { $0.from <= write.at && write.at < $0.to } ?? false }
    guard let rights = WriterRights(facts) else {
      return conclude(
        population: writes.count, exceptions: 0, cannotTell: writes.count,
        missing: writes.isEmpty ? [] : [MissingRecord.writers.words], whenEmpty: Self.empty)
    }
    var findings: [Finding] = []
    func report(_ version: PolicyVersion, _ result: CheckResult, _ summary: String, missing: [String] = []) {
      findings.append(
        Finding(
          check: id, result: result, subjectKind: .version, subject: version.id,
          summary: "Version \(version.id) \(summary).", count: 1, population: writes.count, missingRecords: missing))
    }
    for (version, instant) in writes {
      let identities = [(version.author, "written"), (version.committer, "brought in")]
        .compactMap { name, verb in name.flatMap { $0.isEmpty ? nil : (name: $0, verb: verb) } }
      let objections = identities.compactMap { identity -> String? in
        switch rights.right(of: identity.name, at: instant) {
        case .held: nil
        case .unlisted: "\(identity.verb) by \(identity.name), who is not on the register"
        case .notThen: "\(identity.verb) by \(identity.name), who held the right at another time only"
        }
      }
      if !objections.isEmpty {
        report(version, .fail, "was recorded at \(instant) and \(objections.joined(separator: ", and "))")
      } else if version.author?.isEmpty ?? true {
        report(version, .cannotTell, "names no author", missing: [Self.versionAuthors])
      }
    }
    let untold = findings.count { $0.result == .cannotTell }
    return conclude(
      population: writes.count, exceptions: findings.count - untold, cannotTell: untold,
      missing: untold > 0 ? [Self.versionAuthors] : [], findings: findings, whenEmpty: Self.empty)
  }

  private static let empty = "No version was recorded in the period."
}
