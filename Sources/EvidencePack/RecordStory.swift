package import EvidenceModel

/// What a sentence about a version's record has to say, without its words: who approved it and when, and how its two clocks
/// stand to each other. The words are strings of the templates.
package struct RecordStory: Sendable, Hashable {
  package enum Approval: String, Sendable {
    /// The source has no place for approvals; their absence says nothing.
    case notHeld = "not-held"
    case nobody
    case authorAlone = "author-alone"
    case others
  }

  /// Where one instant stands to another.
  package enum Order: String, Sendable {
    case before, at, after
    case unrecorded
  }

  /// How far apart two instants are, in the largest unit that fits: civil days where the dates differ, else the time.
  package struct Distance: Sendable, Hashable {
    package enum Unit: String, Sendable { case day, hour, minute, second }

    package var n: Int
    package var unit: Unit
  }

  package var approval: Approval
  /// Approval, seen from the instant at which the version took effect.
  package var approved: Order
  package var approvedApart: Distance?
  /// Effect, seen from the instant at which it was recorded: `before` is backdated.
  package var effect: Order
  package var effectApart: Distance?

  /// - Parameter people: knows one person under several names.
  package init(_ version: PolicyVersion, people: People, time: TimeText) {
    let approvers = version.approvedBy.filter { !$0.isEmpty }
    let isAuthor = { (approver: String) in version.author.map { people.isSame(approver, $0) } ?? false }
    approval =
      !approvers.isEmpty
      ? (approvers.allSatisfy(isAuthor) ? .authorAlone : .others)
      : version.statesApprovals ? .nobody : .notHeld
    (approved, approvedApart) = Self.order(version.approvedAt, seenFrom: version.effectiveFrom, time)
    (effect, effectApart) = (.unrecorded, nil)
    if let recorded = version.recordedAt {
      (effect, effectApart) = Self.order(version.effectiveFrom, seenFrom: recorded, time)
    }
  }

  private static func order(
    _ instant: Instant?, seenFrom other: Instant, _ time: TimeText
  ) -> (Order, Distance?) {
    guard let instant else { return (.unrecorded, nil) }
    if instant == other { return (.at, nil) }
    return (instant < other ? .before : .after, time.distance(from: min(instant, other), to: max(instant, other)))
  }
}

extension TimeText {
  /// - Parameters:
  ///   - from: not after `to`.
  func distance(from: Instant, to: Instant) -> RecordStory.Distance {
    let days = localDay(to) - localDay(from)
    if days > 0 { return .init(n: days, unit: .day) }
    let seconds = Int((to.microseconds - from.microseconds) / 1_000_000)
    if seconds >= 3600 { return .init(n: seconds / 3600, unit: .hour) }
    return seconds >= 60 ? .init(n: seconds / 60, unit: .minute) : .init(n: seconds, unit: .second)
  }
}
