internal import EvidenceModel
internal import Replay

/// The owner is a present, personal identity. SEMANTICS §3, owner status.
struct OwnerIsPresentPerson: Check {
  static let definition = CheckDefinition(
    id: "RG-OWN-02", title: "The owner is a present, personal identity",
    question: "Was every owner of record one person on the people register, who had not left?",
    method:
      "Each pair of a rule and an owner who decided for it in the period is looked up in the people register. A leaver who still owned the rule, several owners in one entry, an owner whom a register states to be a team, a role, a mailbox or a service account, and an owner who is no person on the people register are exceptions. A team counts as a person only while another record names one of its members for the rule.",
    population: "pairs of rule and owner in the period",
    cannotShow: "Whether the person had the time or the competence.")

  private struct Problem {
    var pairs = 0
    var stretches: [Stretch] = []
    var rules: [String] = []
    var reason = ""
  }

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    guard facts.hasOwnership || facts.rulesInForce.isEmpty else {
      return conclude(population: 0, exceptions: 0, missing: [MissingRecord.ownership.words], whenEmpty: "")
    }
    var problems: ByName<Problem> = [:]
    var population = 0
    for (rule, stretches) in facts.rulesInForce {
      var byOwner: ByName<[(from: Instant, to: Instant, tenure: Tenure)]> = [:]
      for piece in facts.ownership(of: rule, during: stretches) {
        guard let tenure = piece.tenure else { continue }
        byOwner[tenure.record.owner, default: []].append((piece.from, piece.to, tenure))
      }
      population += byOwner.count
      for (owner, pieces) in byOwner {
        guard let (reason, after) = problem(owner, pieces, facts) else { continue }
        problems[owner, default: Problem()].pairs += 1
        problems[owner]?.stretches += after
        problems[owner]?.rules.append(rule)
        problems[owner]?.reason = reason
      }
    }
    let findings = problems.keys.sortedBytewise().compactMap { owner in
      problems[owner].map { finding(owner, $0, facts) }
    }
    let exceptions = problems.values.reduce(0) { $0 + $1.pairs }
    let isUntold = !facts.records.ownership.hasPeopleRegister
    return conclude(
      population: population, exceptions: exceptions, cannotTell: isUntold ? population - exceptions : 0,
      missing: isUntold ? [MissingRecord.people.words] : [], findings: findings,
      whenEmpty: "No rule in force had an owner on record.")
  }

  /// Why an owner is no present person, and since when where it left; nil where nothing says so.
  private func problem(
    _ owner: String, _ pieces: [(from: Instant, to: Instant, tenure: Tenure)], _ facts: AssessmentFacts
  ) -> (reason: String, after: [Stretch])? {
    let ownership = facts.records.ownership
    let people = ownership.people
    let person = people.person(for: owner)
    let isTeam = pieces.contains { ownership.basis(of: $0.tenure, at: $0.from) == .teamOnly }
    if isTeam {
      let isRole = pieces.contains { $0.tenure.record.ownerKind == .role }
      return (isRole ? "is a role, and no person is named" : "is a team, and no member of it is named", [])
    }
    switch person?.kind {
    case .mailbox: return ("is a mailbox", [])
    case .service: return ("is a service account", [])
    case .team: return nil
    case .person, .unknown:
      let after = pieces.flatMap { piece in
        people.absences(of: owner, from: piece.from, to: piece.to).map {
          Stretch(kind: .departed, from: $0.from, to: $0.to, owners: [owner])
        }
      }
      return after.isEmpty ? nil : ("left, and was still the owner on record", after)
    case nil:
      guard ownership.hasPeopleRegister else { return nil }
      return (owner.contains(" ") ? "is more than one party in one entry" : "is no person on the people register", [])
    }
  }

  private func finding(_ owner: String, _ problem: Problem, _ facts: AssessmentFacts) -> Finding {
    let own = facts.tally.filter { $0.owner.utf8.elementsEqual(owner.utf8) }
    let all = own.reduce(0) { $0 + $1.sums.n }
    let isDeparture = !problem.stretches.isEmpty
    let departed = isDeparture ? own.filter { $0.ownerStatus == .departed }.reduce(0) { $0 + $1.sums.n } : all
    return Finding(
      check: id, result: .fail, subjectKind: .owner, subject: owner,
      summary: "\(owner) \(problem.reason): \(counted(problem.pairs, "rule")), \(departed) of \(all) decisions.",
      count: departed, population: all, populationText: "decisions under this owner",
      details: ["Rules: " + problem.rules.joined(separator: ", ")],
      stretches: Array(Set(problem.stretches)).sorted { ($0.from, $0.to) < ($1.from, $1.to) },
      decisions: DecisionFilter(owner: owner, ownerStatus: isDeparture ? .departed : nil))
  }
}
