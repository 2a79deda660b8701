internal import EvidenceModel
internal import GRDB

/// A log that runs of one period or of several have used.
package struct LogOfRuns: Sendable {
  package var name: String
  /// The names of those periods, sorted.
  package var periods: [String]
  /// Whether each of its records that has a time is known to be of one of those periods.
  package var isWhollyInPeriods: Bool
}

extension EvidenceStore {
  /// The logs that runs have used, by name; also those that are no longer there.
  package func logsOfRuns() throws(StoreError) -> [LogOfRuns] {
    try perform { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT known_log.name, known_log.period, sum(partial.judged) AS judged, sum(partial.out_of_period) AS others
          FROM known_log LEFT JOIN run ON run.period = known_log.period
          LEFT JOIN source ON source.run_id = run.id AND source.name = known_log.name
          LEFT JOIN partial ON partial.id = source.partial_id
          GROUP BY known_log.name, known_log.period ORDER BY known_log.name, known_log.period
          """)
      var logs: [LogOfRuns] = []
      for row in rows {
        let name: String = row["name"]
        if logs.last.map({ !$0.name.utf8.elementsEqual(name.utf8) }) ?? true {
          logs.append(LogOfRuns(name: name, periods: [], isWhollyInPeriods: false))
        }
        let (judged, others): (Int?, Int?) = (row["judged"], row["others"])
        logs[logs.count - 1].periods.append(row["period"])
        // A run of one period that passed nothing over has seen all of it.
        if judged != nil, others == 0 { logs[logs.count - 1].isWhollyInPeriods = true }
      }
      return logs
    }
  }

  /// The names of the periods that it holds anything of, sorted.
  package func periodsOfRuns() throws(StoreError) -> [String] {
    try perform { database in
      try String.fetchAll(
        database,
        sql: "SELECT period FROM run UNION SELECT period FROM known_log UNION SELECT period FROM coverage ORDER BY 1")
    }
  }
}
