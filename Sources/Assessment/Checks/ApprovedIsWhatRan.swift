internal import EvidenceModel

/// What ran is what was approved.
struct ApprovedIsWhatRan: Check {
  static let definition = CheckDefinition(
    id: "RG-CHG-04", title: "What ran is what was approved",
    question: "Is the digest of every version in force the digest that was approved?",
    method:
      "Each version that was in force in the period is looked up in the register of changes, by its id or its ticket. The approved SHA-256 is compared with that of the version's own text, which for a repository is the content of the file in that commit. A digest that differs, or an entry without one, is an exception; a version that no entry is about, or whose text is not at hand, cannot be told.",
    population: "policy versions in force in the period",
    cannotShow: "Changes in code or settings outside the policy's text; who wrote the digest into the register.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    let versions = facts.versionsInWindow
    let words = MissingRecord.changes.words
    guard let register = ChangeRecords(facts) else {
      return conclude(
        population: versions.count, exceptions: 0, cannotTell: versions.count, missing: versions.isEmpty ? [] : [words],
        whenEmpty: Self.empty)
    }
    var findings: [Finding] = []
    func report(_ version: PolicyVersion, _ result: CheckResult, _ summary: String, missing: [String] = []) {
      findings.append(
        Finding(
          check: id, result: result, subjectKind: .version, subject: version.id,
          summary: "Version \(version.id) \(summary).", count: 1, population: versions.count,
          details: ["SHA-256 of the version's text: \(version.digest)"], missingRecords: missing))
    }
    for (index, version, _, _) in versions {
      let records = register.records(of: index)
      let approved = records.compactMap(\.approvedDigest)
      if !version.isReadable && version.digest == Digest(of: "") {
        report(version, .cannotTell, "has no text at hand to compare", missing: [Self.unreadableVersions])
      } else if records.isEmpty {
        report(version, .cannotTell, "has no entry in the register of changes", missing: [words])
      } else if approved.isEmpty {
        report(version, .fail, "has an entry in the register of changes without an approved digest")
      } else if !approved.contains(version.digest) {
        report(
          version, .fail,
          "is not what was approved: the register states the digest \(listed(approved.map(\.description), limit: 3))")
      }
    }
    let untold = findings.filter { $0.result == .cannotTell }
    return conclude(
      population: versions.count, exceptions: findings.count - untold.count, cannotTell: untold.count,
      missing: Self.recordsMissing(in: untold), findings: findings, whenEmpty: Self.empty)
  }

  private static let empty = "No version was in force in the period."
}
