internal import EvidenceModel
internal import Replay

/// Routing drift stays within tolerance.
struct DriftWithinTolerance: Check {
  static let definition = CheckDefinition(
    id: "RG-DRF-01", title: "Routing drift stays within tolerance",
    question: "Did the share of each model under each rule stay inside the band that the owner stated?",
    method:
      "For each rule and version the first week with enough served decisions is the baseline. Each later week with enough is compared with it by total variation distance: half the sum of the differences of the models' shares. A week above the band is an exception.",
    population: "rule-weeks compared with their baseline",
    cannotShow: "Why the mix changed; anything about weeks with fewer decisions than the minimum.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    let minimum = Int(min(max(facts.parameters.number("minimum-n", of: id) ?? 200, 0), 1e12))
    guard let band = facts.parameters.number("band", of: id) else {
      return conclude(
        population: 0, exceptions: 0,
        missing: ["the tolerated band, as parameters: RG-DRF-01: band in the configuration"],
        whenEmpty: "")
    }
    struct Key: Hashable { var rule: String; var version: String }
    var weeks: [Key: [Int: [String: Int]]] = [:]
    for row in facts.routed {
      weeks[Key(rule: row.rule, version: row.version), default: [:]][row.week, default: [:]][
        row.servedModel, default: 0] += row.n
    }
    var compared = 0
    var worst: [String: (weeks: Int, above: Int, distance: Double, words: [String])] = [:]
    for (key, byWeek) in weeks.sorted(by: { ($0.key.rule, $0.key.version) < ($1.key.rule, $1.key.version) }) {
      let enough = byWeek.keys.sorted().filter { byWeek[$0, default: [:]].values.reduce(0, +) >= minimum }
      guard let baseline = enough.first, let expected = byWeek[baseline] else { continue }
      for week in enough.dropFirst() {
        let distance = Self.distance(expected, byWeek[week] ?? [:])
        compared += 1
        var entry = worst[key.rule] ?? (0, 0, 0, [])
        entry.weeks += 1
        if distance > band {
          entry.above += 1
          entry.distance = max(entry.distance, distance)
          entry.words.append(
            "Week of \(CivilDay.text(week)), version \(key.version): \(rounded(distance)) away from the week of \(CivilDay.text(baseline))."
          )
        }
        worst[key.rule] = entry
      }
    }
    let findings = worst.keys.sortedBytewise().compactMap { rule -> Finding? in
      guard let entry = worst[rule], entry.above > 0 else { return nil }
      return Finding(
        check: id, result: .fail, subjectKind: .rule, subject: rule,
        summary:
          "\(entry.above) of \(entry.weeks) weeks lie more than \(rounded(band)) from the baseline; the furthest by \(rounded(entry.distance)).",
        count: entry.above, population: entry.weeks, populationText: "weeks compared", details: entry.words)
    }
    return conclude(
      population: compared, exceptions: worst.values.reduce(0) { $0 + $1.above },
      missing: compared == 0 ? ["two weeks with at least \(minimum) served decisions under one rule and version"] : [],
      findings: findings, whenEmpty: "")
  }

  private static func distance(_ expected: [String: Int], _ observed: [String: Int]) -> Double {
    let before = Double(expected.values.reduce(0, +))
    let after = Double(observed.values.reduce(0, +))
    // Whole numbers are added and divided once, so that a distance of exactly the band is not above it.
    let difference = Set(expected.keys).union(observed.keys).sortedBytewise().reduce(0) { sum, model in
      sum + abs(Double(expected[model] ?? 0) * after - Double(observed[model] ?? 0) * before)
    }
    return difference / (2 * before * after)
  }
}

/// A share with three digits, the same in every locale.
func rounded(_ value: Double) -> String {
  let thousandths = Int((min(max(value, -1e12), 1e12) * 1000).rounded())
  return "\(thousandths / 1000).\(padded(thousandths % 1000, 3))"
}
