internal import EvidenceModel
internal import Replay

/// Routing drift stays within tolerance.
struct DriftWithinTolerance: Check {
  static let definition = CheckDefinition(
    id: "RG-DRF-01", title: "Routing drift stays within tolerance",
    question: "Did the share of each model under each rule stay inside the band that the owner stated?",
    method:
      "For each rule and version the first week with enough served decisions is the baseline. Each later week with enough is compared with it by total variation distance: half the sum of the differences of the models' shares. The band is what the register of tolerances says for the rule when the week began, or else the configuration. A week above the band is an exception, unless a review of the rule, from that week or the fourteen days after it, wrote down why.",
    population: "rule-weeks compared with their baseline",
    cannotShow: "Why the mix changed; anything about weeks with fewer decisions than the minimum.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    let drifts = facts.drifts
    let untold = drifts.reduce(0) { $0 + $1.weeks.count { $0.state == .noBand } }
    let compared = drifts.reduce(0) { $0 + $1.compared }
    var missing: [String] = []
    if untold > 0 || (compared == 0 && facts.parameters.number("band", of: id) == nil) {
      missing.append("the tolerated band of every rule, in the register of tolerances or as RG-DRF-01: band")
    } else if compared == 0 {
      missing.append("two weeks with enough served decisions under one rule and version")
    }
    let findings = drifts.compactMap { drift -> Finding? in
      let outside = drift.weeks.filter { $0.state == .outside }
      guard let furthest = outside.compactMap(\.distance).max() else { return nil }
      return Finding(
        check: id, result: .fail, subjectKind: .rule, subject: drift.rule,
        summary:
          "\(outside.count) of \(drift.compared) weeks lie further from the baseline than the band allows; the furthest by \(rounded(furthest)).",
        count: outside.count, population: drift.compared, populationText: "weeks compared",
        details: drift.weeks.compactMap(Self.words))
    }
    return conclude(
      population: compared + untold, exceptions: findings.reduce(0) { $0 + $1.count }, cannotTell: untold,
      missing: missing, findings: findings, whenEmpty: "")
  }

  private static func words(_ week: RouteDrift.Week) -> String? {
    guard week.state == .outside || week.state == .explained, let distance = week.distance,
      let baseline = week.baseline, let band = week.band
    else { return nil }
    let why = week.review.map { "; \($0.reviewer) wrote why (\($0.place))" } ?? ""
    return
      "Week of \(CivilDay.text(week.monday)), version \(week.version): \(rounded(distance)) away from the week of \(CivilDay.text(baseline)), with a band of \(rounded(band))\(why)."
  }
}

/// A share with three digits, the same in every locale.
package func rounded(_ value: Double) -> String {
  // Above this, what was stated can be no share; it must not end the run.
  let thousandths = Int((min(value, 1e12) * 1000).rounded())
  return "\(thousandths / 1000).\(padded(thousandths % 1000, 3))"
}
