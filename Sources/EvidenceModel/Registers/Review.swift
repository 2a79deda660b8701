/// Somebody looked at rules and wrote down what came of it.
package struct Review: Sendable, Hashable {
  /// A rule's id, or a pattern with `*`.
  package var rules: NamePattern
  package var reviewedAt: Instant
  package var reviewer: String
  /// What was decided, in words; empty where nothing was written.
  package var result: String
  /// Id of the trigger or incident that the review answers; nil for a periodic one.
  package var trigger: String?
  package var place: RegisterPlace

  package init(
    rules: NamePattern, reviewedAt: Instant, reviewer: String, result: String, trigger: String? = nil,
    place: RegisterPlace
  ) {
    self.rules = rules
    self.reviewedAt = reviewedAt
    self.reviewer = reviewer
    self.result = result
    self.trigger = trigger
    self.place = place
  }
}

/// An event after which the owner of the rules it touches has to review them.
package struct ReviewTrigger: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    case incident
    case promptChange = "prompt-change"
    case integration
    case modelChange = "model-change"
  }

  package var id: String
  package var kind: Kind
  package var at: Instant
  /// The rules that it touches; `*` is all of them.
  package var rules: [NamePattern]
  /// Days within which the review is due; nil: as the check's parameter says.
  package var daysAllowed: Int?
  package var summary: String
  package var place: RegisterPlace

  package init(
    id: String, kind: Kind, at: Instant, rules: [NamePattern], daysAllowed: Int? = nil, summary: String = "",
    place: RegisterPlace
  ) {
    self.id = id
    self.kind = kind
    self.at = at
    self.rules = rules
    self.daysAllowed = daysAllowed
    self.summary = summary
    self.place = place
  }
}

/// Something about routing went wrong.
package struct Incident: Sendable, Hashable {
  package var id: String
  package var owner: String?
  package var startedAt: Instant?
  package var noticedAt: Instant?
  package var endedAt: Instant?
  package var rules: [NamePattern]
  /// How many decisions it touched, as the register says.
  package var decisions: Int?
  /// The policy version or ticket of the change that followed.
  package var followUp: String?
  package var summary: String
  package var place: RegisterPlace

  package init(
    id: String, owner: String? = nil, startedAt: Instant? = nil, noticedAt: Instant? = nil, endedAt: Instant? = nil,
    rules: [NamePattern] = [], decisions: Int? = nil, followUp: String? = nil, summary: String = "",
    place: RegisterPlace
  ) {
    self.id = id
    self.owner = owner
    self.startedAt = startedAt
    self.noticedAt = noticedAt
    self.endedAt = endedAt
    self.rules = rules
    self.decisions = decisions
    self.followUp = followUp
    self.summary = summary
    self.place = place
  }
}
