/// What a change-management system holds of one change of the policy, beside what the policy's own history says.
package struct ChangeRecord: Sendable, Hashable {
  /// The version's id, the first letters of it (at least seven), or the version's ticket.
  package var version: String
  package var reason: String
  /// What could go wrong.
  package var impact: String
  package var test: String
  package var testResult: String
  /// SHA-256 of the policy's text as it was approved.
  package var approvedDigest: Digest?
  package var isEmergency: Bool
  /// When an emergency change was looked at afterwards, and by whom.
  package var reviewedAt: Instant?
  package var reviewedBy: String?
  package var place: RegisterPlace

  package init(
    version: String, reason: String = "", impact: String = "", test: String = "", testResult: String = "",
    approvedDigest: Digest? = nil, isEmergency: Bool = false, reviewedAt: Instant? = nil, reviewedBy: String? = nil,
    place: RegisterPlace
  ) {
    self.version = version
    self.reason = reason
    self.impact = impact
    self.test = test
    self.testResult = testResult
    self.approvedDigest = approvedDigest
    self.isEmergency = isEmergency
    self.reviewedAt = reviewedAt
    self.reviewedBy = reviewedBy
    self.place = place
  }
}

/// An identity that held the right to change the policy.
package struct PolicyWriter: Sendable, Hashable {
  /// As the policy's history names its authors and committers.
  package var identity: String
  package var from: Instant
  /// Nil: open.
  package var to: Instant?
  package var place: RegisterPlace

  package init(identity: String, from: Instant, to: Instant? = nil, place: RegisterPlace) {
    self.identity = identity
    self.from = from
    self.to = to
    self.place = place
  }
}
