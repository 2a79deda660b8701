internal import Assessment
internal import Comparison
internal import EvidenceModel
internal import EvidenceStore
internal import Foundation

private func printCSV(_ header: [String], _ rows: [[String]]) {
  Terminal.result(bytes: ([header] + rows).flatMap { CanonicalCSV.line($0) })
}

/// Every control with its state, the gap and the record.
enum GapTable {
  static func print(_ rows: [CoverageRow], as format: TableFormat) {
    switch format {
    case .json:
      for row in rows {
        Terminal.event(
          "gap",
          [
            "framework": .text(row.framework), "control": .text(row.control), "display": .text(row.display),
            "title": .text(row.title), "state": .text(row.state), "gap": .text(row.gap), "record": .text(row.record),
            "category": .text(row.category), "review": .text(row.review), "condition": .text(row.condition),
          ])
      }
    case .csv:
      printCSV(
        ["framework", "control", "display", "title", "state", "gap", "record", "category", "review", "condition"],
        rows.map {
          [
            $0.framework, $0.control, $0.display, $0.title, $0.state, $0.gap, $0.record, $0.category, $0.review,
            $0.condition,
          ]
        })
    case .table: printTable(rows)
    }
  }

  private static func printTable(_ rows: [CoverageRow]) {
    let width = rows.map(\.control.count).max() ?? 0
    let stateWidth = rows.map(\.state.count).max() ?? 0
    var framework: String?
    var category = ""
    for (place, row) in rows.enumerated() {
      if row.framework != framework {
        framework = row.framework
        category = ""
        let own = rows.filter { $0.framework == row.framework }
        Terminal.result("\(row.framework): \(sum(own)) (mapping: \(row.review))")
        printConditions(own)
      }
      if row.category != category, !row.category.isEmpty {
        let own = rows[place...].prefix { $0.framework == row.framework && $0.category == row.category }
        Terminal.result("  \(row.category): \(sum(Array(own)))")
      }
      category = row.category
      Terminal.result("    \(row.control.filled(to: width))  \(row.state.filled(to: stateWidth))  \(row.gap)")
      if row.record != "–" {
        Terminal.result("    \("".filled(to: width))  \("".filled(to: stateWidth))  settled by: \(row.record)")
      }
    }
  }

  /// For whom the controls of a framework hold at all, under its sum: a state says nothing to others.
  private static func printConditions(_ rows: [CoverageRow]) {
    var shown: [String] = []
    for row in rows where !row.condition.isEmpty && !shown.contains(row.condition) {
      shown.append(row.condition)
      let n = rows.count { $0.condition == row.condition }
      Terminal.result("  condition of \(n) of \(rows.count): \(row.condition)")
    }
  }

  /// `10 controls = 4 contradicted + 6 no-check`
  private static func sum(_ rows: [CoverageRow]) -> String {
    let states = ControlState.allCases.compactMap { state in
      let n = rows.count { $0.state == state.rawValue }
      return n == 0 ? nil : "\(n) \(state.rawValue)"
    }
    return "\(rows.count) \(rows.count == 1 ? "control" : "controls") = \(states.joined(separator: " + "))"
  }
}

/// What one more kind of record would do.
enum UnlockTable {
  static func print(_ unlocks: [RecordUnlock], as format: TableFormat) {
    switch format {
    case .json:
      for unlock in unlocks {
        Terminal.event(
          "unlock",
          ["record": .text(unlock.record), "settles": .whole(unlock.settles), "helps": .whole(unlock.helps)])
      }
    case .csv:
      printCSV(
        ["record", "settles", "helps"], unlocks.map { [$0.record, String($0.settles), String($0.helps)] })
    case .table:
      for unlock in unlocks { Terminal.result("  " + words(unlock)) }
    }
  }

  /// `the register of reviews would settle 9 controls and help 14 more`
  private static func words(_ unlock: RecordUnlock) -> String {
    func controls(_ n: Int) -> String { n == 1 ? "1 control" : "\(n) controls" }
    if unlock.settles == 0 { return "\(unlock.record) would help \(controls(unlock.helps))" }
    return "\(unlock.record) would settle \(controls(unlock.settles))"
      + (unlock.helps == 0 ? "" : " and help \(unlock.helps) more")
  }
}

/// The states that runs left in the store, by framework and period.
enum HistoryTable {
  static func print(_ periods: [PeriodCoverage], frameworks: [Framework], as format: TableFormat) {
    let states = ControlState.allCases.map(\.rawValue)
    let rows = frameworks.flatMap { framework in
      periods.compactMap { period -> (framework: String, period: String, counts: [Int])? in
        let counts = period.counts(framework.id)
        return counts.isEmpty ? nil : (framework.id, period.period, counts.map(\.n))
      }
    }
    switch format {
    case .json:
      for row in rows {
        let counts = zip(states, row.counts).map { ($0, EventValue.whole($1)) }
        Terminal.event(
          "history",
          [
            "framework": .text(row.framework), "period": .text(row.period),
            "controls": .whole(row.counts.reduce(0, +)),
            "states": .members(Dictionary(counts) { first, _ in first }),
          ])
      }
    case .csv:
      printCSV(
        ["framework", "period", "controls"] + states,
        rows.map { row in
          [row.framework, row.period, String(row.counts.reduce(0, +))] + row.counts.map { String($0) }
        })
    case .table:
      let width = rows.map(\.period.count).max() ?? 0
      var framework: String?
      for row in rows {
        if row.framework != framework { Terminal.result("\(row.framework):") }
        framework = row.framework
        let parts = zip(states, row.counts).filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
        Terminal.result(
          "  \(row.period.filled(to: width))  \(row.counts.reduce(0, +)) controls = \(parts.joined(separator: " + "))")
      }
    }
  }
}

extension String {
  func filled(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
