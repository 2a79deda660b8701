/// An exception that somebody with the authority to do so accepted, until a day.
package struct AcceptedException: Sendable, Hashable {
  package var check: String
  /// The finding's subject, or `*` for all of the check.
  package var subject: String
  package var approver: String
  package var reason: String
  package var from: Instant
  package var until: Instant

  package init(check: String, subject: String, approver: String, reason: String, from: Instant, until: Instant) {
    self.check = check
    self.subject = subject
    self.approver = approver
    self.reason = reason
    self.from = from
    self.until = until
  }
}
