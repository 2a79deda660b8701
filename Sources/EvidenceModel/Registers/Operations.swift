/// Somebody switched a route off, in earnest or to see whether it works.
package struct SwitchOff: Sendable, Hashable {
  package enum SubjectKind: String, Sendable, CaseIterable { case model, deployment, provider }

  package var subjectKind: SubjectKind
  package var subject: String
  package var at: Instant
  /// When the route was opened again; nil: it stays off.
  package var restoredAt: Instant?
  package var isTrial: Bool
  package var by: String
  package var place: RegisterPlace

  package init(
    subjectKind: SubjectKind, subject: String, at: Instant, restoredAt: Instant? = nil, isTrial: Bool, by: String,
    place: RegisterPlace
  ) {
    self.subjectKind = subjectKind
    self.subject = subject
    self.at = at
    self.restoredAt = restoredAt
    self.isTrial = isTrial
    self.by = by
    self.place = place
  }
}

/// A request that was put before a person.
package struct HumanEscalation: Sendable, Hashable {
  package var id: String
  package var askedAt: Instant
  package var answeredAt: Instant?
  package var requester: String
  package var reviewer: String?
  /// The rule that asked for a person, where the queue says so.
  package var rule: String?
  package var place: RegisterPlace

  package init(
    id: String, askedAt: Instant, answeredAt: Instant? = nil, requester: String, reviewer: String? = nil,
    rule: String? = nil, place: RegisterPlace
  ) {
    self.id = id
    self.askedAt = askedAt
    self.answeredAt = answeredAt
    self.requester = requester
    self.reviewer = reviewer
    self.rule = rule
    self.place = place
  }
}

/// Somebody looked how far back a log store reaches.
package struct LogRetention: Sendable, Hashable {
  /// The logs it is about, as `routing-logs` names them; `*` is all of them.
  package var logs: NamePattern
  package var oldestAt: Instant
  package var checkedAt: Instant
  package var checkedBy: String
  /// Records before this instant were deleted, by schedule or not; nil: nothing was deleted.
  package var deletedBefore: Instant?
  /// The schedule that ordered the deletion; empty: none.
  package var schedule: String
  package var place: RegisterPlace

  package init(
    logs: NamePattern, oldestAt: Instant, checkedAt: Instant, checkedBy: String, deletedBefore: Instant? = nil,
    schedule: String = "", place: RegisterPlace
  ) {
    self.logs = logs
    self.oldestAt = oldestAt
    self.checkedAt = checkedAt
    self.checkedBy = checkedBy
    self.deletedBefore = deletedBefore
    self.schedule = schedule
    self.place = place
  }
}

/// The digest that a log file had when it was put away.
package struct LogDigest: Sendable, Hashable {
  /// The file's name, with or without folders.
  package var name: String
  package var digest: Digest
  package var recordedAt: Instant?
  /// Who signed the list of digests, where it was signed; nobody checks the signature here.
  package var signedBy: String?
  package var place: RegisterPlace

  package init(
    name: String, digest: Digest, recordedAt: Instant? = nil, signedBy: String? = nil, place: RegisterPlace
  ) {
    self.name = name
    self.digest = digest
    self.recordedAt = recordedAt
    self.signedBy = signedBy
    self.place = place
  }
}

/// How far the mix of models under a rule may move before somebody has to say why.
package struct Tolerance: Sendable, Hashable {
  /// A rule's id, or a pattern with `*`.
  package var rules: NamePattern
  /// Greatest distance from the baseline, from 0 (the same mix) to 1 (nothing in common).
  package var band: Double
  /// Weeks with fewer served decisions say too little; nil: as the check's parameter says.
  package var minimum: Int?
  package var from: Instant
  package var setBy: String
  package var place: RegisterPlace

  package init(
    rules: NamePattern, band: Double, minimum: Int? = nil, from: Instant, setBy: String, place: RegisterPlace
  ) {
    self.rules = rules
    self.band = band
    self.minimum = minimum
    self.from = from
    self.setBy = setBy
    self.place = place
  }
}
