internal import EvidenceModel
internal import Replay

/// The owner is a present, personal identity. SEMANTICS §3, owner status.
struct OwnerIsPresentPerson: Check {
  static let definition = CheckDefinition(
    id: "RG-OWN-02", title: "The owner is a present, personal identity",
    question: "Was every owner of record one person on the people register, who had not left?",
    method:
      "Each pair of a rule and an owner who decided for it in the period is looked up in the people register. A leaver who still owned the rule, several owners in one entry, and an owner who is no person on that register are exceptions.",
    population: "pairs of rule and owner in the period",
    cannotShow: "Whether the person had the time or the competence.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    struct Problem { var pairs = 0; var stretches: [Stretch] = []; var rules: [String] = []; var reason = "" }
    var problems: [String: Problem] = [:]
    var population = 0
    let people = facts.records.ownership.people
    for (rule, stretches) in facts.rulesInForce {
      var byOwner: [String: [(from: Instant, to: Instant)]] = [:]
      for piece in facts.ownership(of: rule, during: stretches) {
        if let owner = piece.tenure?.record.owner { byOwner[owner, default: []].append((piece.from, piece.to)) }
      }
      population += byOwner.count
      guard facts.records.ownership.hasPeopleRegister else { continue }
      for (owner, pieces) in byOwner {
        var reason = ""
        var after: [Stretch] = []
        if people.person(for: owner) != nil {
          after = pieces.flatMap { piece in
            people.absences(of: owner, from: piece.from, to: piece.to).map {
              Stretch(kind: .departed, from: $0.from, to: $0.to, owners: [owner])
            }
          }
          if after.isEmpty { continue }
          reason = "left, and was still the owner on record"
        } else if owner.contains(" ") {
          reason = "is more than one party in one entry"
        } else {
          reason = "is no person on the people register"
        }
        problems[owner, default: Problem()].pairs += 1
        problems[owner]?.stretches += after
        problems[owner]?.rules.append(rule)
        problems[owner]?.reason = reason
      }
    }
    guard facts.records.ownership.hasPeopleRegister else {
      return conclude(
        population: population, exceptions: 0, cannotTell: population,
        missing: ["a people register with leaving dates"],
        whenEmpty: "No rule in force had an owner on record.")
    }
    let findings = problems.keys.sortedBytewise().compactMap { owner -> Finding? in
      guard let problem = problems[owner] else { return nil }
      let departed = facts.tally.filter {
        $0.owner == owner && (problem.stretches.isEmpty || $0.ownerStatus == .departed)
      }
      .reduce(0) { $0 + $1.sums.n }
      let all = facts.tally.filter { $0.owner == owner }.reduce(0) { $0 + $1.sums.n }
      return Finding(
        check: id, result: .fail, subjectKind: .owner, subject: owner,
        summary:
          "\(owner) \(problem.reason): \(problem.pairs) \(problem.pairs == 1 ? "rule" : "rules"), \(departed) of \(all) decisions.",
        count: departed, population: all, populationText: "decisions under this owner",
        details: ["Rules: " + problem.rules.joined(separator: ", ")],
        stretches: Array(Set(problem.stretches)).sorted { ($0.from, $0.to) < ($1.from, $1.to) },
        decisions: DecisionFilter(owner: owner, ownerStatus: problem.stretches.isEmpty ? nil : .departed))
    }
    return conclude(
      population: population, exceptions: problems.values.reduce(0) { $0 + $1.pairs }, findings: findings,
      whenEmpty: "No rule in force had an owner on record.")
  }
}
