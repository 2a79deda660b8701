internal import EvidenceModel
internal import Replay

/// Every rule has an accountable owner at every instant. SEMANTICS §3, owner.
struct OwnerAtEveryInstant: Check {
  static let definition = CheckDefinition(
    id: "RG-OWN-01", title: "Every rule has an accountable owner at every instant",
    question: "Was every rule owned by somebody, at every instant at which it was in force in the period?",
    method:
      "The accountable ownership intervals of each rule are laid over the time in which a version with that rule was in force. Any stretch that none covers is an exception, and so is every decision taken inside it. A rule that only a pattern or a catch-all covers, or only a team, counts as owned; such rules are named, since nobody may have taken them on.",
    population: "rules in force in the period",
    cannotShow: "Whether the owner on record knew of the duty, or did anything.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    let rules = facts.rulesInForce
    guard facts.hasInput(.ownership) else {
      return conclude(
        population: rules.count, exceptions: 0, cannotTell: rules.count, missing: [MissingRecord.ownership.words],
        whenEmpty: "No rule was in force in the period.")
    }
    var findings: [Finding] = []
    var rulesByBasis: [OwnershipBasis: [String]] = [:]
    let tally = ByName(grouping: facts.tally) { $0.rule }
    for (rule, stretches) in rules {
      let pieces = facts.ownership(of: rule, during: stretches)
      for basis in Self.bases(of: rule, pieces, facts) { rulesByBasis[basis, default: []].append(rule) }
      let gaps = pieces.filter { $0.tenure == nil }
      guard !gaps.isEmpty else { continue }
      let ofRule = tally[rule] ?? []
      let decisions = ofRule.filter { $0.ownerStatus == .none }.reduce(0) { $0 + $1.sums.n }
      let listed = ofRule.filter { $0.ownerStatus == .none && $0.decisionClass.isException }
        .reduce(0) { $0 + $1.sums.n }
      let all = ofRule.reduce(0) { $0 + $1.sums.n }
      findings.append(
        Finding(
          check: id, result: .fail, subjectKind: .rule, subject: rule,
          summary:
            "Nobody owned the rule for \(Self.hours(gaps.map { ($0.from, $0.to) })) in \(gaps.count) \(gaps.count == 1 ? "stretch" : "stretches"); \(decisions) of its \(all) decisions fell into that time.",
          count: decisions, population: all, populationText: "decisions under the rule",
          details: decisions > 0
            ? [
              "Of these decisions \(listed) are exceptions and listed one by one; \(decisions - listed) went as the rule says, or were not served, and are only counted."
            ] : [],
          stretches: gaps.map { Stretch(kind: .gap, from: $0.from, to: $0.to, owners: []) },
          decisions: DecisionFilter(rule: rule, ownerStatus: OwnerStatus.none)))
    }
    // The rules of a version that cannot be read are not among those looked at.
    let unread = facts.versionsInWindow.contains { !$0.version.isReadable }
    return conclude(
      population: rules.count, exceptions: findings.count, missing: unread ? [Self.unreadableVersions] : [],
      findings: findings, notes: Self.notes(rulesByBasis),
      whenEmpty: "No rule was in force in the period.")
  }

  /// What the ownership of a rule rested on at some time.
  private static func bases(
    of rule: String, _ pieces: [(from: Instant, to: Instant, tenure: Tenure?)], _ facts: AssessmentFacts
  ) -> Set<OwnershipBasis> {
    var bases = TenureBases(facts.records.ownership, rule: rule)
    var found: Set<OwnershipBasis> = []
    for piece in pieces {
      guard let tenure = piece.tenure else { continue }
      found.formUnion(bases.pieces(of: tenure, from: piece.from, to: piece.to).map(\.basis))
    }
    return found
  }

  /// "528 hours", whole ones of all stretches together.
  private static func hours(_ gaps: [(from: Instant, to: Instant)]) -> String {
    let length = gaps.reduce(0) { $0 + $1.to.microseconds - $1.from.microseconds }
    let hours = Int(length / Instant.microsecondsPerHour)
    return hours == 0 ? "less than one hour" : counted(hours, "hour")
  }

  /// Ownership that covers a rule without naming it or a person.
  private static func notes(_ rulesByBasis: [OwnershipBasis: [String]]) -> [String] {
    let words: [(basis: OwnershipBasis, words: String)] = [
      (.inherited, "owned only through a pattern or a catch-all for some time"),
      (.teamOnly, "owned only by a team, with no member of it named, for some time"),
    ]
    return words.compactMap { entry in
      rulesByBasis[entry.basis].map { rules in
        "\(rules.count) \(rules.count == 1 ? "rule was" : "rules were") \(entry.words): \(listed(rules))."
      }
    }
  }
}
