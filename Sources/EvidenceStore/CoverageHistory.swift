package import EvidenceModel
internal import GRDB

/// What a run found of one control.
package struct ControlRecord: Sendable, Hashable {
  package var framework: String
  package var control: String
  package var state: ControlState

  package init(framework: String, control: String, state: ControlState) {
    self.framework = framework
    self.control = control
    self.state = state
  }
}

/// What the last run of a period found of the controls of its frameworks.
package struct PeriodCoverage: Sendable {
  package var period: String
  package var from: Instant
  package var controls: [ControlRecord]

  package init(period: String, from: Instant, controls: [ControlRecord]) {
    self.period = period
    self.from = from
    self.controls = controls
  }

  /// The states of a framework's controls, by control.
  package func states(_ framework: String) -> ByName<ControlState> {
    var states: ByName<ControlState> = [:]
    for control in controls where control.framework.utf8.elementsEqual(framework.utf8) {
      states[control.control] = control.state
    }
    return states
  }

  /// How many controls of a framework were in each state; empty where the run did not ask about it.
  package func counts(_ framework: String) -> [(state: ControlState, n: Int)] {
    let states = states(framework).values
    return states.isEmpty ? [] : ControlState.allCases.map { state in (state, states.count { $0 == state }) }
  }
}

/// The coverage of earlier runs. A run of a period replaces what the run before found for it.
extension EvidenceStore {
  package func keep(_ controls: [ControlRecord], of period: Period) throws(StoreError) {
    try perform { database in
      try database.execute(sql: "DELETE FROM coverage WHERE period = ?", arguments: [period.name])
      for control in controls {
        try database.cachedStatement(sql: "INSERT OR REPLACE INTO coverage VALUES (?, ?, ?, ?, ?, ?)").execute(
          arguments: [
            period.name, period.from?.microseconds, period.to?.microseconds, Self.text(control.framework),
            Self.text(control.control), control.state.rawValue,
          ])
      }
      try StoreSchema.current.get().seal(table: "coverage", in: database)
    }
  }

  /// The latest periods that ended no later than an instant, in the order of time. Periods without bounds have no place
  /// in that order and are left out.
  package func coverage(endingBy end: Instant?, limit: Int) throws(StoreError) -> [PeriodCoverage] {
    try perform { database in
      let periods = try Row.fetchAll(
        database,
        sql: """
          SELECT period, from_at FROM coverage WHERE from_at IS NOT NULL AND to_at <= ?
          GROUP BY period ORDER BY from_at DESC, to_at DESC, period LIMIT ?
          """, arguments: [end?.microseconds ?? Int64.max, limit])
      return try periods.reversed().map { row in
        let name: String = row["period"]
        let controls = try Row.fetchAll(
          database, sql: "SELECT framework, control, state FROM coverage WHERE period = ? ORDER BY framework, control",
          arguments: [name])
        return PeriodCoverage(
          period: name, from: Instant(microseconds: row["from_at"]),
          controls: controls.compactMap { row in
            ControlState(rawValue: row["state"]).map {
              ControlRecord(framework: row["framework"], control: row["control"], state: $0)
            }
          })
      }
    }
  }
}
