package import EvidenceModel

/// Someone decided that a control does not concern this organisation.
package struct ScopeDecision: Sendable, Hashable {
  package var control: String
  package var decidedBy: String
  package var why: String
  /// Nil: since ever.
  package var from: Instant?
  /// The first instant at which it no longer holds; nil where nobody stated an end.
  package var until: Instant?
  /// Where the configuration states it.
  package var place: RegisterPlace

  package init(
    control: String, decidedBy: String, why: String, from: Instant? = nil, until: Instant?,
    place: RegisterPlace = RegisterPlace(source: "", line: 0)
  ) {
    self.control = control
    self.decidedBy = decidedBy
    self.why = why
    self.from = from
    self.until = until
    self.place = place
  }

  /// ` until 2027-01-01`, after the words that it goes with.
  var duration: String { until.map { " until \($0.inShort)" } ?? ", with no end stated" }
}

/// Which decisions on scope hold for a period.
package enum ScopeDecisions {
  /// A control is out of scope only where its decision covers the whole period; else it is judged, and that is said.
  ///
  /// - Parameters:
  ///   - window: the period, or of one without bounds the time that decisions were logged in; nil where there were none.
  package static func holding(
    _ decisions: [ScopeDecision], in window: (from: Instant, to: Instant)?, library: MappingLibrary
  ) -> (decisions: [ScopeDecision], diagnostics: [Diagnostic]) {
    var holding: [ScopeDecision] = []
    var diagnostics: [Diagnostic] = []
    for decision in decisions {
      func warn(_ id: String, _ summary: String, _ nextStep: String) {
        diagnostics.append(
          Diagnostic(
            id: id, severity: .warning, file: decision.place.source,
            line: decision.place.line > 0 ? decision.place.line : nil, summary: summary, nextStep: nextStep))
      }
      if library.resolve(decision.control).references.isEmpty {
        warn(
          "scope-unknown-control", "\(decision.control) is out of scope, but names no control of the frameworks chosen",
          "Write the control's id as tenure gaps prints it, or remove the decision.")
      }
      if let until = decision.until, let window, until < window.to {
        warn(
          "scope-decision-ended",
          "the decision of \(decision.decidedBy) on \(decision.control) ended at \(until.inShort), before the period does; the control is judged",
          "Have it decided again with a later until, or remove the decision.")
      } else if let from = decision.from, let window, from > window.from {
        warn(
          "scope-decision-began-later",
          "the decision of \(decision.decidedBy) on \(decision.control) began at \(from.inShort), after the period did; the control is judged",
          "Nothing, where that is so; later periods follow the decision.")
      } else {
        holding.append(decision)
      }
    }
    return (holding, diagnostics)
  }
}

extension Instant {
  /// The day alone where it is midnight UTC.
  fileprivate var inShort: String {
    microseconds % Instant.microsecondsPerDay == 0 ? CivilDay.text(day) : description
  }
}
