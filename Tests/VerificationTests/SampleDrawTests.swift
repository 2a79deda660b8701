import EvidenceModel
import Testing

@testable import Verification

/// Samples drawn again from the tables of a pack.
struct SampleDrawTests {
  private func rows(_ text: String) -> [CSVRow] {
    var rows: [CSVRow] = []
    var reader = CSVRows()
    Array(text.utf8).withUnsafeBytes { reader.take($0) { rows.append($0) } }
    return rows
  }

  /// An exception as `data/exceptions-detail.csv` holds it.
  private func exception(_ id: String, offset: Int) -> String {
    "2026-07-01T00:00:00Z,\(id),implicit_escalation,r1,v1,dana,owned,false,,,,,,,,,,,success,0,0,0,a.jsonl,1,\(offset),9,x\n"
  }

  private func attribute(_ item: Int, _ id: String, _ class: String, offset: Int) -> String {
    "\(item),\(Digest(of: "s:" + id)),a.jsonl,\(id),2026-07-01T00:00:00Z,\(`class`),r1,v1,dana,owned,false,,,,,,,,,success,1,\(offset),9,x\n"
  }

  private let ids = ["a", "b", "c", "d"]
  /// In the order of their draws.
  private var drawn: [String] { ids.sorted { Digest(of: "s:" + $0) < Digest(of: "s:" + $1) } }

  private func faults(
    stratified: [String], attribute: [(id: String, class: String)], exceptions: [String], size: Int = 4
  ) -> [String] {
    var draw = SampleDraw(seed: "s", perStratum: 2, attributeSize: size)
    for id in stratified {
      for row in rows("r1,implicit_escalation,\(id)\n") {
        let isTaken = draw.takeStratified(row)
        #expect(isTaken)
      }
    }
    for (index, item) in attribute.enumerated() {
      let offset = ids.firstIndex(of: item.id) ?? 9
      for row in rows(self.attribute(index + 1, item.id, item.class, offset: offset)) { _ = draw.takeAttribute(row) }
    }
    for id in exceptions {
      for row in rows(exception(id, offset: ids.firstIndex(of: id) ?? 9)) { draw.takeException(row) }
    }
    return draw.faults().map(\.summary)
  }

  @Test func aSampleThatTheExceptionsGiveHasNoFault() {
    let all = drawn.map { (id: $0, class: "implicit_escalation") }
    #expect(faults(stratified: Array(drawn.prefix(2)), attribute: all, exceptions: ids).isEmpty)
  }

  @Test func anotherItemOfAStratumIsFound() {
    let all = drawn.map { (id: $0, class: "implicit_escalation") }
    #expect(faults(stratified: [drawn[0], drawn[2]], attribute: all, exceptions: ids).count == 1)
  }

  @Test func anExceptionThatHadToBeDrawnIsMissed() {
    let others = drawn.filter { $0 != drawn[1] }.map { (id: $0, class: "implicit_escalation") }
    let found = faults(stratified: Array(drawn.prefix(2)), attribute: others, exceptions: ids)
    #expect(found.contains { $0.hasPrefix("1 exceptions are not in it") })
    // The last one in the order of draws, where fewer were drawn than were asked for.
    let first = drawn.prefix(3).map { (id: $0, class: "implicit_escalation") }
    let short = faults(stratified: Array(drawn.prefix(2)), attribute: Array(first), exceptions: ids)
    #expect(short.contains { $0.hasPrefix("1 exceptions are not in it") })
    #expect(faults(stratified: Array(drawn.prefix(2)), attribute: Array(first), exceptions: ids, size: 3).isEmpty)
  }

  @Test func anExceptionThatIsCalledCompliantInTheSampleIsFound() {
    var all = drawn.map { (id: $0, class: "implicit_escalation") }
    all[2].class = "compliant"
    let found = faults(stratified: Array(drawn.prefix(2)), attribute: all, exceptions: ids)
    #expect(found == ["1 rows have another class than data/exceptions-detail.csv gives the same line"])
  }

  @Test func anOrderOrADrawThatIsNotOfTheRequestIdIsFound() {
    let all = drawn.reversed().map { (id: $0, class: "implicit_escalation") }
    let found = faults(stratified: Array(drawn.prefix(2)), attribute: Array(all), exceptions: ids)
    #expect(found.contains { $0.hasPrefix("3 rows are out of order") })
  }

  @Test func fieldsWithQuotesCommasAndLineEndsAreReadAsTheyAre() {
    let row = rows("\"a,\"\"b\"\"\nc\",,d\n")
    #expect(row.count == 1)
    #expect((0..<3).map { row[0][$0] } == ["a,\"b\"\nc", "", "d"])
  }
}
