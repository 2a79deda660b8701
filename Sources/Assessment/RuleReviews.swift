internal import EvidenceModel

/// Reviews by the rule that they are of, in the order of time, each with whether the rule's owner made it.
struct RuleReviews {
  struct Entry {
    var review: Review
    /// Who owned the rule at the instant of the review; nil: nobody.
    var owner: String?
    /// The reviewer is that owner, one of several in the entry, or a member of the owning team at that instant.
    var isByOwner: Bool
  }

  private let facts: AssessmentFacts
  private var exact: ByName<[Review]> = [:]
  private var patterns: [Review] = []
  private var known: ByName<[Entry]> = [:]

  init(_ reviews: [Review], _ facts: AssessmentFacts) {
    self.facts = facts
    for review in reviews {
      if review.rules.isPattern { patterns.append(review) } else { exact[review.rules.text, default: []].append(review) }
    }
  }

  mutating func entries(of rule: String) -> [Entry] {
    if let entries = known[rule] { return entries }
    let steps = facts.records.ownership.steps(of: rule)
    let reviews = (exact[rule] ?? []) + patterns.filter { $0.rules.matches(rule) }
    let entries = reviews.sorted { ($0.reviewedAt, $0.place.line) < ($1.reviewedAt, $1.place.line) }.map { review in
      let owner = steps.value(at: review.reviewedAt.microseconds)?.tenure?.record.owner
      return Entry(
        review: review, owner: owner,
        isByOwner: owner.map { facts.isParty(review.reviewer, to: $0, at: review.reviewedAt) } ?? false)
    }
    known[rule] = entries
    return entries
  }
}

extension AssessmentFacts {
  /// Whether somebody is an owner of record, one of several in one entry, or a member of an owning team at that instant.
  func isParty(_ person: String, to owner: String, at instant: Instant) -> Bool {
    let people = records.ownership.people
    if people.isSame(person, owner) { return true }
    let name = people.name(of: person)
    return owner.split(separator: " ").contains { part in
      people.isSame(person, String(part))
        || people.members(of: String(part), at: instant).contains { $0.utf8.elementsEqual(name.utf8) }
    }
  }

  /// The rules of the version in force at an instant; nil where none was, or it cannot be read.
  func rules(at instant: Instant) -> [Rule]? {
    guard let index = records.history.inForce.value(at: instant.microseconds) else { return nil }
    let version = records.history.versions[index]
    return version.isReadable ? version.rules : nil
  }
}
