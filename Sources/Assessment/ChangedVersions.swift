internal import EvidenceModel

/// What one version says to a check about its changes.
enum VersionVerdict {
  case holds
  case fails(String)
  case cannotTell(String, missing: String)
}

extension Check {
  /// For checks over rule changes: one finding a version whose changes do not hold.
  ///
  /// - Parameter detail: what to say of a single change of a version that fails.
  func assessVersions(
    _ facts: AssessmentFacts, detail: (RuleChange) -> String? = { _ in nil },
    _ verdict: (Int, PolicyVersion) -> VersionVerdict
  ) -> CheckOutcome {
    let changesByVersion = Dictionary(grouping: facts.changes, by: \.versionIndex)
    var findings: [Finding] = []
    var population = 0
    var exceptions = 0
    var cannotTell = 0
    var allMissing: [String] = []
    for (index, version) in facts.records.history.versions.enumerated() {
      guard let window = facts.window, version.effectiveFrom >= window.from, version.effectiveFrom < window.to,
        let changes = changesByVersion[index]
      else { continue }
      population += changes.count
      let result: CheckResult
      let reason: String
      var details = ["Rules: " + changes.map(\.rule).joined(separator: ", ")]
      var missing: [String] = []
      switch verdict(index, version) {
      case .holds: continue
      case .fails(let words):
        exceptions += changes.count
        (result, reason) = (.fail, words)
        details += changes.compactMap(detail)
      case .cannotTell(let words, let record):
        cannotTell += changes.count
        (result, reason) = (.cannotTell, words)
        missing = [record]
        if !allMissing.contains(record) { allMissing.append(record) }
      }
      findings.append(
        Finding(
          check: id, result: result, subjectKind: .version, subject: version.id,
          summary: "Version \(version.id) \(reason); it changed \(counted(changes.count, "rule")).",
          count: changes.count, population: changes.count, populationText: "rule changes of this version",
          details: details, missingRecords: missing))
    }
    return conclude(
      population: population, exceptions: exceptions, cannotTell: cannotTell, missing: allMissing, findings: findings,
      whenEmpty: "No version that changes a rule took effect in the period.")
  }
}
