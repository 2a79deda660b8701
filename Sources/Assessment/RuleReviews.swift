internal import EvidenceModel

/// Reviews by the rule that they are of, in the order of time, each with whether the rule's owner made it.
struct RuleReviews {
  struct Entry {
    var review: Review
    /// Who owned the rule at the instant of the review; nil: nobody.
    var owner: String?
    /// The reviewer is that owner, one of several in the entry, or a member of the owning team at that instant.
    var isByOwner: Bool

    /// The owner made it and wrote down what came of it.
    var isSound: Bool { isByOwner && !isBlank(review.result) }
  }

  /// The reviews of one rule, by time.
  struct OfRule {
    let entries: [Entry]
    /// For each place, the first place from it on whose review the owner made and gave a result; the count where none is.
    private let nextSound: [Int]
    private var byTrigger: ByName<[Int]> = [:]

    init(_ entries: [Entry]) {
      self.entries = entries
      var next = entries.count
      var places = Array(repeating: next, count: entries.count)
      for index in entries.indices.reversed() {
        if entries[index].isSound { next = index }
        places[index] = next
      }
      nextSound = places
      for (index, entry) in entries.enumerated() {
        if let trigger = entry.review.trigger { byTrigger[trigger, default: []].append(index) }
      }
    }

    /// The review that answers a trigger: of those from its instant on that name it, or where none does, of all from then
    /// on, the first that is sound and in time; else the first of them.
    func answer(to trigger: ReviewTrigger, by due: Instant) -> Entry? {
      var low = 0
      var high = entries.count
      while low < high {
        let middle = (low + high) / 2
        if entries[middle].review.reviewedAt < trigger.at { low = middle + 1 } else { high = middle }
      }
      let named = (byTrigger[trigger.id] ?? []).filter { $0 >= low }
      guard let first = named.first ?? (low < entries.count ? low : nil) else { return nil }
      let sound = named.isEmpty ? nextSound[low] : named.first { entries[$0].isSound } ?? entries.count
      guard sound < entries.count, entries[sound].review.reviewedAt <= due else { return entries[first] }
      return entries[sound]
    }
  }

  private let facts: AssessmentFacts
  private var exact: ByName<[Review]> = [:]
  private var patterns: [Review] = []
  private var known: ByName<OfRule> = [:]

  init(_ reviews: [Review], _ facts: AssessmentFacts) {
    self.facts = facts
    for review in reviews {
      if review.rules.isPattern {
        patterns.append(review)
      } else {
        exact[review.rules.text, default: []].append(review)
      }
    }
  }

  mutating func reviews(of rule: String) -> OfRule {
    if let reviews = known[rule] { return reviews }
    let steps = facts.records.ownership.steps(of: rule)
    let all = (exact[rule] ?? []) + patterns.filter { $0.rules.matches(rule) }
    let entries = all.sorted { ($0.reviewedAt, $0.place.line) < ($1.reviewedAt, $1.place.line) }.map { review in
      let owner = steps.value(at: review.reviewedAt.microseconds)?.tenure?.record.owner
      return Entry(
        review: review, owner: owner,
        isByOwner: owner.map { facts.isParty(review.reviewer, to: $0, at: review.reviewedAt) } ?? false)
    }
    let reviews = OfRule(entries)
    known[rule] = reviews
    return reviews
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
