package import EvidenceModel
package import EvidenceStore
internal import Replay

/// An independent total beside what the logs hold, by day and model.
package struct ControlTotalComparison: Sendable, Hashable {
  package struct Day: Sendable, Hashable {
    /// Days since 1970-01-01.
    package var day: Int
    package var model: String
    package var stated: Int
    package var logged: Int
  }

  /// The file that states the total.
  package let name: String
  /// Which logs it covers, as the configuration says; nil is all of them.
  package let covers: String?
  /// Every day and model that either of the two names, within the period and the total's own days.
  package let days: [Day]
  /// Rows of the total outside the period.
  package let outside: Int

  package var differing: [Day] { days.filter { $0.stated != $0.logged } }
  package var stated: Int { days.reduce(0) { $0.addingReportingOverflow($1.stated).overflow ? .max : $0 + $1.stated } }

  /// - Parameters:
  ///   - rows: of the total; a day and model may have several.
  ///   - sources: the logs that it covers.
  package init(
    name: String, covers: String?, rows: [ControlTotal], sources: [ScannedSource], evidence: RunEvidence,
    period: Period,
    aliases: ByName<String>
  ) throws(StoreError) {
    struct Key: Hashable {
      var day: Int
      var model: [UInt8]
    }
    func key(_ day: Int, _ model: String) -> Key { Key(day: day, model: Array((aliases[model] ?? model).utf8)) }
    // A day that the period cuts would be compared with half of it.
    let inPeriod = rows.filter { row in
      period.from.map { $0 <= Instant(day: row.day) } ?? true
        && period.to.map { Instant(day: row.day + 1) <= $0 } ?? true
    }
    var sums: [Key: (stated: Int, logged: Int)] = [:]
    for row in inPeriod {
      // Millions of rows with the largest number that a row may hold would run over.
      let (sum, overflow) = sums[key(row.day, row.model), default: (0, 0)].stated.addingReportingOverflow(
        Int(row.requests))
      sums[key(row.day, row.model), default: (0, 0)].stated = overflow ? .max : sum
    }
    if let first = inPeriod.map(\.day).min(), let last = inPeriod.map(\.day).max() {
      for row in try evidence.servedDays(of: sources) where (first...last).contains(row.day) {
        sums[key(row.day, row.servedModel), default: (0, 0)].logged += row.n
      }
    }
    self.name = name
    self.covers = covers
    outside = rows.count - inPeriod.count
    days = sums.map { key, sum in
      Day(day: key.day, model: String(decoding: key.model, as: UTF8.self), stated: sum.stated, logged: sum.logged)
    }.sorted { $0.day != $1.day ? $0.day < $1.day : $0.model.precedesBytewise($1.model) }
  }
}
