/// An exception that somebody accepted, until a day. A register may leave out what makes it one; such an entry accepts
/// nothing, and a check finds it.
package struct AcceptedException: Sendable, Hashable {
  package var check: String
  /// The finding's subject, or `*` for all of the check.
  package var subject: String
  /// Empty where nobody is named.
  package var approver: String
  package var reason: String
  package var from: Instant
  /// The first instant at which it no longer holds; nil where no end is stated.
  package var until: Instant?
  /// Who asked for it, where the register says so.
  package var requestedBy: String?
  package var place: RegisterPlace

  package init(
    check: String, subject: String, approver: String, reason: String, from: Instant, until: Instant?,
    requestedBy: String? = nil, place: RegisterPlace
  ) {
    self.check = check
    self.subject = subject
    self.approver = approver
    self.reason = reason
    self.from = from
    self.until = until
    self.requestedBy = requestedBy
    self.place = place
  }

  /// Whether somebody accepted, until some end: without either it accepts nothing.
  package var isWhole: Bool { !approver.isEmpty && until != nil }

  package func covers(_ instant: Instant) -> Bool { from <= instant && (until.map { instant < $0 } ?? false) }
}
