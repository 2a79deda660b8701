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

  private typealias Piece = (from: Instant, to: Instant, tenure: Tenure)

  private struct Problem {
    var pairs = 0
    /// When the owner was gone.
    var stretches: [Stretch] = []
    /// When no member of a team was named, where that was not all of the time.
    var unnamed: Set<String> = []
    var rules: [String] = []
    /// Why it is one, of a single rule.
    let reason: String
    /// Those of all rules of an owner.
    var reasons: Set<String> = []

    init(stretches: [Stretch] = [], unnamed: Set<String> = [], reason: String = "") {
      self.stretches = stretches
      self.unnamed = unnamed
      self.reason = reason
    }
  }

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    guard facts.hasOwnership || facts.rulesInForce.isEmpty else {
      return conclude(population: 0, exceptions: 0, missing: [MissingRecord.ownership.words], whenEmpty: "")
    }
    var problems: ByName<Problem> = [:]
    var population = 0
    for (rule, stretches) in facts.rulesInForce {
      var byOwner: ByName<[Piece]> = [:]
      for piece in facts.ownership(of: rule, during: stretches) {
        guard let tenure = piece.tenure else { continue }
        byOwner[tenure.record.owner, default: []].append((piece.from, piece.to, tenure))
      }
      population += byOwner.count
      var bases = TenureBases(facts.records.ownership, rule: rule)
      for (owner, pieces) in byOwner {
        guard let found = problem(owner, pieces, &bases, facts) else { continue }
        problems[owner, default: Problem()].pairs += 1
        problems[owner]?.stretches += found.stretches
        problems[owner]?.unnamed.formUnion(found.unnamed)
        problems[owner]?.rules.append(rule)
        problems[owner]?.reasons.insert(found.reason)
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

  /// Why an owner is no present person, with the times where it was not so throughout; nil where nothing says so.
  private func problem(
    _ owner: String, _ pieces: [Piece], _ bases: inout TenureBases, _ facts: AssessmentFacts
  ) -> Problem? {
    let ownership = facts.records.ownership
    let kind = ownership.people.person(for: owner)?.kind
    if let found = teamProblem(pieces, &bases) { return found }
    switch kind {
    case .mailbox: return Problem(reason: "is a mailbox")
    case .service: return Problem(reason: "is a service account")
    case .person, .team, .unknown:
      let after = pieces.flatMap { piece in
        ownership.people.absences(of: owner, from: piece.from, to: piece.to).map {
          Stretch(kind: .departed, from: $0.from, to: $0.to, owners: [owner])
        }
      }
      let words = kind == .team ? "is a team that ended" : "left"
      return after.isEmpty ? nil : Problem(stretches: after, reason: words + ", and was still the owner on record")
    case nil:
      // Only the source knows: a name may have blanks too.
      if pieces.contains(where: { $0.tenure.record.ownerKind == .several }) {
        return Problem(reason: "is more than one party in one entry")
      }
      return ownership.hasPeopleRegister ? Problem(reason: "is no person on the people register") : nil
    }
  }

  /// What is wrong with a team or a role for which no person is named, for all of its time or some of it.
  private func teamProblem(_ pieces: [Piece], _ bases: inout TenureBases) -> Problem? {
    var unnamed: Set<String> = []
    var isThroughout = true
    for piece in pieces {
      for part in bases.pieces(of: piece.tenure, from: piece.from, to: piece.to) {
        if part.basis == .teamOnly {
          unnamed.insert("from \(part.from) to \(part.to)")
        } else {
          isThroughout = false
        }
      }
    }
    guard !unnamed.isEmpty else { return nil }
    let isRole = pieces.contains { $0.tenure.record.ownerKind == .role }
    let named = isRole ? "person" : "member of it"
    guard !isThroughout else {
      return Problem(reason: "is a \(isRole ? "role" : "team"), and no \(named) is named")
    }
    return Problem(
      unnamed: unnamed, reason: "is a \(isRole ? "role" : "team"), and for some of the time no \(named) was named")
  }

  private func finding(_ owner: String, _ problem: Problem, _ facts: AssessmentFacts) -> Finding {
    let own = facts.tally.filter { $0.owner.utf8.elementsEqual(owner.utf8) }
    let all = own.reduce(0) { $0 + $1.sums.n }
    let isDeparture = !problem.stretches.isEmpty
    // Decisions are counted by owner and not by what its tenure rests on.
    let isPart = !problem.unnamed.isEmpty
    let departed = isDeparture ? own.filter { $0.ownerStatus == .departed }.reduce(0) { $0 + $1.sums.n } : all
    return Finding(
      check: id, result: .fail, subjectKind: .owner, subject: owner,
      summary:
        "\(owner) \(problem.reasons.sortedBytewise().joined(separator: "; elsewhere ")): \(counted(problem.pairs, "rule")), \(isPart ? "at most " : "")\(departed) of \(all) decisions.",
      count: departed, population: all, populationText: "decisions under this owner",
      details: ["Rules: " + problem.rules.joined(separator: ", ")] + Self.details(problem.unnamed),
      stretches: Array(Set(problem.stretches)).sorted { ($0.from, $0.to) < ($1.from, $1.to) },
      decisions: DecisionFilter(owner: owner, ownerStatus: isDeparture ? .departed : nil))
  }

  private static let mostTimes = 20

  private static func details(_ unnamed: Set<String>) -> [String] {
    guard !unnamed.isEmpty else { return [] }
    let times = unnamed.sortedBytewise().prefix(mostTimes).joined(separator: "; ")
    let more = unnamed.count > mostTimes ? "; and \(counted(unnamed.count - mostTimes, "more time"))" : ""
    return ["Nobody was named \(times)\(more). Decisions of these times are not counted apart."]
  }
}
