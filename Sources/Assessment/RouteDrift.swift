package import EvidenceModel
internal import Replay

/// How the mix of models under one rule moved, week by week, against the first week of each version that has enough
/// served decisions.
package struct RouteDrift: Sendable, Hashable {
  package enum State: String, Sendable {
    case baseline
    /// Fewer served decisions than a comparison needs.
    case tooFew = "too-few"
    case within, outside
    /// Outside the band, and a review of the rule wrote down why.
    case explained
    /// Nobody stated a band.
    case noBand = "no-band"
  }

  package struct Week: Sendable, Hashable {
    /// Monday, in days since 1970-01-01.
    package var monday: Int
    package var version: String
    package var served: Int
    package var state: State
    /// Total variation distance from the baseline, from 0 to 1; nil where nothing was compared.
    package var distance: Double?
    package var baseline: Int?
    package var band: Double?
    /// Who stated the band.
    package var setBy: String?
    /// The review that says why.
    package var review: Review?
  }

  package var rule: String
  /// By version's first week, then week.
  package var weeks: [Week]

  package var compared: Int { weeks.count { [.within, .outside, .explained].contains($0.state) } }
}

extension AssessmentFacts {
  /// Days after a week within which a review may still say why the mix moved.
  private static let daysToExplain = 14

  /// The drift of every rule that served anything, by rule.
  package var drifts: [RouteDrift] {
    var mixes: ByName<ByName<[Int: ByName<Int>]>> = [:]
    for row in routed {
      mixes[row.rule, default: [:]][row.version, default: [:]][row.week, default: [:]][row.servedModel, default: 0] +=
        row.n
    }
    return mixes.keys.sortedBytewise().compactMap { rule in mixes[rule].map { drift(of: rule, $0) } }
  }

  private func drift(of rule: String, _ versions: ByName<[Int: ByName<Int>]>) -> RouteDrift {
    let reviews = (records.registers.reviews ?? []).filter { $0.rules.matches(rule) && !$0.result.isEmpty }
    let tolerances = (records.registers.tolerances ?? []).filter { $0.rules.matches(rule) }
    var weeks: [RouteDrift.Week] = []
    let ordered = versions.sorted { left, right in
      let (first, second) = (left.value.keys.min() ?? 0, right.value.keys.min() ?? 0)
      return first == second ? left.key.precedesBytewise(right.key) : first < second
    }
    for (version, mixes) in ordered {
      var baseline: (monday: Int, mix: ByName<Int>)?
      for monday in mixes.keys.sorted() {
        guard let mix = mixes[monday] else { continue }
        let tolerance = tolerance(tolerances, at: monday)
        let served = mix.values.reduce(0, +)
        var week = RouteDrift.Week(
          monday: monday, version: version, served: served, state: .tooFew, band: tolerance.band,
          setBy: tolerance.setBy)
        if served >= tolerance.minimum {
          if let baseline {
            let distance = mixDistance(baseline.mix, mix)
            week.distance = distance
            week.baseline = baseline.monday
            if let band = tolerance.band {
              week.state = distance > band ? .outside : .within
            } else {
              week.state = .noBand
            }
            if week.state == .outside, let review = review(reviews, after: monday) {
              week.state = .explained
              week.review = review
            }
          } else {
            baseline = (monday, mix)
            week.state = .baseline
          }
        }
        weeks.append(week)
      }
    }
    return RouteDrift(rule: rule, weeks: weeks)
  }

  /// What the owner stated last before a week began; what the configuration states where no owner did.
  private func tolerance(
    _ tolerances: [Tolerance], at monday: Int
  ) -> (band: Double?, minimum: Int, setBy: String?) {
    let start = Int64(monday) * Instant.microsecondsPerDay
    let stated = tolerances.filter { $0.from.microseconds <= start }.max { $0.from < $1.from }
    let check = DriftWithinTolerance.definition.id
    return (
      stated?.band ?? parameters.number("band", of: check),
      stated?.minimum ?? parameters.number("minimum-n", of: check).flatMap { Int(exactly: $0.rounded()) } ?? 200,
      stated.map { "\($0.setBy) (\($0.place))" } ?? parameters.values[check]?["band"]?.origin.rawValue
    )
  }

  private func review(_ reviews: [Review], after monday: Int) -> Review? {
    let start = Int64(monday) * Instant.microsecondsPerDay
    let end = Int64(monday + 7 + Self.daysToExplain) * Instant.microsecondsPerDay
    return reviews.filter { (start..<end).contains($0.reviewedAt.microseconds) }.min { $0.reviewedAt < $1.reviewedAt }
  }
}

/// Total variation: half the sum of the differences of the models' shares. Whole numbers are added and divided once, so that
/// a distance of exactly the band is not above it.
private func mixDistance(_ expected: ByName<Int>, _ observed: ByName<Int>) -> Double {
  let before = Double(expected.values.reduce(0, +))
  let after = Double(observed.values.reduce(0, +))
  var names: ByName<Bool> = [:]
  for name in expected.keys + observed.keys { names[name] = true }
  let difference = names.keys.sortedBytewise().reduce(0) { sum, model in
    sum + abs(Double(expected[model] ?? 0) * after - Double(observed[model] ?? 0) * before)
  }
  return difference / (2 * before * after)
}
