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
    var rowsByRule: ByName<[TallyRow]> = [:]
    for row in facts.tally { rowsByRule[row.rule, default: []].append(row) }
    var rulesByBasis: [OwnershipBasis: [String]] = [:]
    for (rule, stretches) in rules {
      let pieces = facts.ownership(of: rule, during: stretches)
      let bases = Set(
        pieces.compactMap { piece in
          piece.tenure.map { facts.records.ownership.basis(of: $0, at: piece.from) }
        })
      for basis in bases { rulesByBasis[basis, default: []].append(rule) }
      let gaps = pieces.filter { $0.tenure == nil }
      guard !gaps.isEmpty else { continue }
      let rows = rowsByRule[rule] ?? []
      let unowned = rows.filter { $0.ownerStatus == .none }
      let decisions = unowned.reduce(0) { $0 + $1.sums.n }
      let listed = unowned.reduce(0) { $0 + ($1.decisionClass.isException ? $1.sums.n : 0) }
      let ofRule = rows.reduce(0) { $0 + $1.sums.n }
      let hours = gaps.reduce(0) { $0 + Int(($1.to.microseconds - $1.from.microseconds) / Instant.microsecondsPerHour) }
      findings.append(
        Finding(
          check: id, result: .fail, subjectKind: .rule, subject: rule,
          summary:
            "Nobody owned the rule for \(hours) hours in \(gaps.count) \(gaps.count == 1 ? "stretch" : "stretches"); \(decisions) of its \(ofRule) decisions fell into that time.",
          count: decisions, population: ofRule, populationText: "decisions under the rule",
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
