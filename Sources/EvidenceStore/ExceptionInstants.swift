package import EvidenceModel
internal import GRDB

extension RunEvidence {
  /// Rule, class and instant of every exception from an instant on, in no order. The store must not be asked anything
  /// meanwhile.
  package func forEachException(
    since: Instant, _ body: (_ rule: String, _ decisionClass: DecisionClass, _ at: Instant) -> Void
  ) throws(StoreError) {
    try store.perform { database in
      let cursor = try Row.fetchCursor(
        database, sql: "SELECT t.rule_id, t.class, t.at FROM exception AS t \(Self.joined) AND t.at >= ?",
        arguments: [runID, since.microseconds])
      while let row = try cursor.next() {
        guard let decisionClass = DecisionClass(name: row[1]) else { continue }
        body(row[0], decisionClass, Instant(microseconds: row[2]))
      }
    }
  }
}
