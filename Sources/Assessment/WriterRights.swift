internal import EvidenceModel

/// Who held the right to change the policy, and when.
struct WriterRights {
  enum Right: Equatable {
    case held
    /// The register does not know the identity at all.
    case unlisted
    /// It knows it, and no spell covers the instant.
    case notThen
  }

  private let people: People
  private var spells: ByName<[PolicyWriter]> = [:]

  /// Nil where no such register was given.
  init?(_ facts: AssessmentFacts) {
    guard let writers = facts.records.registers.writers else { return nil }
    people = facts.records.ownership.people
    for writer in writers { spells[people.name(of: writer.identity), default: []].append(writer) }
  }

  func right(of identity: String, at instant: Instant) -> Right {
    guard let own = spells[people.name(of: identity)] else { return .unlisted }
    return own.contains { $0.from <= instant && ($0.to.map { instant < $0 } ?? true) } ? .held : .notThen
  }
}
