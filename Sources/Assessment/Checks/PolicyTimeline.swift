internal import EvidenceModel
internal import Replay

/// The policy timeline has no gaps and no overlaps.
struct PolicyTimeline: Check {
  static let definition = CheckDefinition(
    id: "RG-POL-02", title: "The policy timeline has no gaps and no overlaps",
    question: "Are the versions strictly ordered in time, all readable, and none recorded after it took effect?",
    method:
      "For each version in force in the period: it can be read back, no other version claims the same effective instant, and it was recorded no later than it took effect. The time before the first version is a gap. Decisions that the version in force does not explain, but another version on file does, or that name a rule which no version holds, point to a change that nobody recorded.",
    population: "policy versions effective in the period",
    cannotShow:
      "What happened before the first version supplied; whether the recorded time is the true one. A decision may agree with another version by chance."
  )

  private static let shownChanges = 50

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    var findings: [Finding] = []
    let versions = facts.records.history.versions
    let inWindow =
      facts.window.map { window in
        versions.indices.filter { index in
          let until = facts.records.history.until(index) ?? window.to
          return versions[index].effectiveFrom < window.to && max(until, versions[index].effectiveFrom) >= window.from
            && (until > window.from || versions[index].effectiveFrom >= window.from)
        }
      } ?? []
    func report(_ index: Int, _ reason: String, _ details: [String]) {
      findings.append(
        Finding(
          check: id, result: .fail, subjectKind: .version, subject: versions[index].id,
          summary: "Version \(versions[index].id) \(reason).", count: 1, population: inWindow.count, details: details))
    }
    for index in inWindow {
      let version = versions[index]
      var reasons: [String] = []
      if !version.isReadable { reasons.append("cannot be read, so no decision under it could be replayed") }
      if let recorded = version.recordedAt, version.isBackdated {
        reasons.append("took effect at \(version.effectiveFrom) but was recorded at \(recorded)")
      }
      if index + 1 < versions.count, versions[index + 1].effectiveFrom == version.effectiveFrom {
        reasons.append("claims the same effective instant as \(versions[index + 1].id)")
      }
      let unrecorded = facts.unrecordedChanges.filter { $0.inForce.utf8.elementsEqual(version.id.utf8) }
      if !unrecorded.isEmpty {
        let n = unrecorded.reduce(0) { $0 + $1.n }
        reasons.append(
          "was in force by the records while \(n) \(n == 1 ? "decision" : "decisions") went by another version or named a rule that is not on file: a change that nobody recorded, or a rule that is kept elsewhere"
        )
      }
      let details = unrecorded.prefix(Self.shownChanges).map(\.words)
      let rest = unrecorded.count - details.count
      if !reasons.isEmpty {
        report(
          index, reasons.joined(separator: ", and "), details + (rest > 0 ? ["… and \(rest) more of this kind."] : []))
      }
    }
    let versionExceptions = findings.count
    if let window = facts.window, let first = versions.first, first.effectiveFrom > window.from {
      findings.append(
        Finding(
          check: id, result: .fail, subjectKind: .period, subject: facts.period.name,
          summary: "No version was in force from the start of the period until \(first.effectiveFrom).", count: 1,
          population: inWindow.count))
    }
    if versions.isEmpty {
      return conclude(population: 0, exceptions: 0, missing: ["a policy history"], whenEmpty: "")
    }
    let beforeFirst = findings.count - versionExceptions
    return conclude(
      population: inWindow.count + beforeFirst, exceptions: findings.count, findings: findings,
      whenEmpty: "No version was in force in the period.")
  }
}

extension UnrecordedChange {
  /// The change in one sentence.
  package var words: String {
    let why =
      switch kind {
      case .notOnFile: "named rule \(explainedBy), which no version on file holds"
      case .notYet: "went as version \(explainedBy) says, which was not yet in force"
      case .noLonger: "went as version \(explainedBy) says, which was no longer in force"
      }
    return
      "\(n) \(n == 1 ? "decision" : "decisions") \(why): the first at \(first) (request \(firstRequest)), the last at \(last) (request \(lastRequest))."
  }
}
