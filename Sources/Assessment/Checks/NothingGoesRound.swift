internal import EvidenceModel
internal import EvidenceStore

/// No traffic goes round the router.
struct NothingGoesRound: Check {
  static let definition = CheckDefinition(
    id: "RG-BYP-01", title: "No traffic goes round the router",
    question: "Does what providers billed, or what left the network, stay within what the router recorded?",
    method:
      "Each independent total is held against the logs by UTC day and model. A day on which it states more requests of a model than the router recorded, by more than the tolerance (a share of what was recorded), is an exception. Days with decisions that no total of all logs speaks about cannot be told: a total of some logs shows a bypass of those, and never that there was none.",
    population: "days with decisions or with an independent total",
    cannotShow:
      "Use at providers, or on credentials, that no independent total speaks about, such as credentials the organisation does not know. A total by credential is compared as a sum."
  )

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    let tolerance = facts.parameters.number("tolerance", of: id) ?? 0.005
    let recorded = Set(
      facts.hours.map { Instant(microseconds: Int64($0.hour) * Instant.microsecondsPerHour).day })
    var stated = Set<Int>()
    var seen = Set<Int>()
    var beyond = Set<Int>()
    var findings: [Finding] = []
    for total in facts.controlTotals {
      let more = total.days.filter { Double($0.stated) - Double($0.logged) > tolerance * Double($0.logged) }
      let days = Set(total.days.map(\.day))
      let moreDays = Set(more.map(\.day))
      // What a total of some logs does not contradict, the other logs may still have missed.
      stated.formUnion(total.covers == nil ? days : moreDays)
      seen.formUnion(days)
      beyond.formUnion(moreDays)
      guard !more.isEmpty else { continue }
      findings.append(
        Finding(
          check: id, result: .fail, subjectKind: .input, subject: total.name,
          summary:
            "On \(moreDays.count) of \(days.count) days \(total.name) states more requests than the router recorded, by more than \(rounded(tolerance)) of them.",
          count: moreDays.count, population: days.count, populationText: "days of the total",
          details: shortLines(
            more.map { "\(CivilDay.text($0.day)), \($0.model): \($0.stated) stated, \($0.logged) recorded." })))
    }
    let all = recorded.union(seen)
    let untold = all.count - stated.count
    return conclude(
      population: all.count, exceptions: beyond.count, cannotTell: untold,
      missing: untold > 0 || facts.controlTotals.isEmpty ? [Self.independentTotal] : [], findings: findings,
      whenEmpty: "No decision was judged.")
  }

  private static let independentTotal = "an independent total of the provider, such as billing or egress"
}
