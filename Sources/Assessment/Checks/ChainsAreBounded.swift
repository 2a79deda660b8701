internal import EvidenceModel
internal import Replay

/// Chains, loops and cost are bounded.
struct ChainsAreBounded: Check {
  static let definition = CheckDefinition(
    id: "RG-CON-02", title: "Chains, loops and cost are bounded",
    question:
      "Did no request take more decisions or cost more than the bound, and did none come back to the model that it had left?",
    method:
      "The decisions of each request id are counted: more than the bound is an exception. So is each decision that cost more than the bound, and each success that was served by the very model first tried. The three are counted apart. A log that states no cost leaves the cost of its decisions open. Tokens have no bound here.",
    population: "request ids held against the bound, and decisions held against the cost and looked at for a return",
    cannotShow: "Chains that cross gateways without a shared id; what came between two logged decisions.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    let most = facts.parameters.number("max-hops", of: id) ?? 4
    let repeated = facts.requestRepeats.reduce(0) { $0 + ($1.decisions - 1) * $1.ids }
    let requests = max(0, facts.judged - repeated)
    let long = facts.requestRepeats.filter { Double($0.decisions) > most }
    let longIDs = long.reduce(0) { $0 + $1.ids }
    var sums = TallySums()
    for row in facts.tally where row.decisionClass != .malformed { sums.add(row.sums) }
    var findings: [Finding] = []
    func fail(
      _ subject: String, _ summary: String, _ count: Int, of population: Int, _ what: String, _ details: [String]
    ) {
      guard count > 0 else { return }
      findings.append(
        Finding(
          check: id, result: .fail, subjectKind: .field, subject: subject, summary: summary, count: count,
          population: population, populationText: what, details: details))
    }
    let bound = facts.parameters.values[id]?["max-hops"]?.text ?? "4"
    fail(
      "request_id", "\(longIDs) of \(requests) request ids stand on more than \(bound) decisions.", longIDs,
      of: requests, "request ids",
      long.sorted { $0.decisions > $1.decisions }.map { "\($0.ids) with \($0.decisions) decisions each." })
    fail(
      "escalated_from",
      "\(sums.returned) of \(facts.judged) decisions were served by the model that was first tried: the request went round.",
      sums.returned, of: facts.judged, "decisions", rules(facts) { $0.sums.returned })
    let costBound =
      facts.parameters.number("max-cost-usd", of: id) == nil ? nil : facts.parameters.values[id]?["max-cost-usd"]
    let statesCost = sums.costMicros > 0
    var unclear = 0
    var missing: [String] = []
    if let costBound {
      fail(
        "cost_usd", "\(sums.overCost) of \(facts.judged) decisions cost more than \(costBound.text) US dollars.",
        sums.overCost, of: facts.judged, "decisions", rules(facts) { $0.sums.overCost })
      if !statesCost, facts.judged > 0 {
        unclear = facts.judged
        missing = ["the cost of each decision"]
        findings.append(
          Finding(
            check: id, result: .cannotTell, subjectKind: .field, subject: "cost_usd",
            summary: "None of \(facts.judged) decisions states a cost.", count: facts.judged, population: facts.judged,
            populationText: "decisions", missingRecords: missing))
      }
    }
    return conclude(
      population: requests + facts.judged * (costBound == nil ? 1 : 2),
      exceptions: longIDs + sums.returned + sums.overCost, cannotTell: unclear, missing: missing, findings: findings,
      whenEmpty: "No decision was judged.")
  }

  /// Under which rules the decisions fell, the most first.
  private func rules(_ facts: AssessmentFacts, _ count: (TallyRow) -> Int) -> [String] {
    var sums: ByName<Int> = [:]
    for row in facts.tally where count(row) > 0 { sums[row.rule, default: 0] += count(row) }
    let sorted = sums.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key.precedesBytewise($1.key) }
    return shortLines(sorted.map { "\($0.value) under \($0.key == "-" ? "no rule" : "rule \($0.key)")." })
  }
}
