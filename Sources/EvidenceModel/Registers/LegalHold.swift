/// Somebody ordered that records are kept, whatever a retention rule says.
package struct LegalHold: Sendable, Hashable {
  package var id: String
  /// The time of the records that it is about; without bounds, all records.
  package var period: Period
  /// The logs it is about, as `routing-logs` names them; empty: all logs.
  package var logs: [NamePattern]
  /// The rules it is about; empty: all rules. No pack and no log can be deleted rule by rule, so this narrows nothing.
  package var rules: [String]
  /// When it was ordered. It holds even if that is still to come.
  package var from: Instant
  /// When it was lifted: the first instant at which it no longer holds; nil: it holds.
  package var to: Instant?
  package var orderedBy: String
  package var reference: String?
  package var place: RegisterPlace

  package init(
    id: String, period: Period, logs: [NamePattern] = [], rules: [String] = [], from: Instant, to: Instant? = nil,
    orderedBy: String, reference: String? = nil, place: RegisterPlace
  ) {
    self.id = id
    self.period = period
    self.logs = logs
    self.rules = rules
    self.from = from
    self.to = to
    self.orderedBy = orderedBy
    self.reference = reference
    self.place = place
  }

  /// Whether it is about records of a period, whatever day it is.
  package func concerns(_ other: Period) -> Bool {
    other.overlaps(from: period.from ?? Instant(microseconds: .min), to: period.to)
  }

  package func holds(at instant: Instant) -> Bool { to.map { instant < $0 } ?? true }

  /// In one sentence, for a pack.
  package var words: String {
    var parts = ["records of \(period.name)"]
    if !logs.isEmpty { parts.append("logs \(logs.map(\.text).joined(separator: ", "))") }
    if !rules.isEmpty { parts.append("rules \(rules.joined(separator: ", "))") }
    parts.append("in force from \(from) \(to.map { "to \($0)" } ?? "on")")
    parts.append("ordered by \(orderedBy)")
    if let reference { parts.append("reference \(reference)") }
    return parts.joined(separator: "; ")
  }
}
