import EvidenceModel
import Intake
import TestSupport
import Testing

/// Ids by which records are held together may be as long as a record.
@Suite struct LongKeyTests {
  private let long = String(repeating: "x", count: 300)

  @Test func rowsOfOneLongRequestAreOneDecision() throws {
    func row(_ id: String, parent: String?, _ index: Int, _ status: String, _ model: String) -> String {
      let parent = parent.map { "\"\($0)\"" } ?? "null"
      return #"{"id":"\#(id)","parent_request_id":\#(parent),"timestamp":"2026-07-02T14:00:00Z","provider":"p","#
        + #""model":"\#(model)","status":"\#(status)","fallback_index":\#(index),"number_of_retries":0}"#
    }
    let log = try ReadLog(
      [
        row(long + "1", parent: nil, 0, "error", "a"), row(long + "2", parent: nil, 0, "success", "c"),
        row("f", parent: long + "1", 1, "success", "b"),
      ].joined(separator: "\n"))
    #expect(log.decisions.map(\.line.requestID).sorted() == [long + "1", long + "2"])
    #expect(log.passed.folded == 1)
  }

  @Test func spansOfOneLongTraceAreHeldTogether() throws {
    func span(_ trace: String, _ id: String, _ parent: String) -> String {
      #"{"traceId":"\#(trace)","spanId":"\#(id)","parentSpanId":"\#(parent)","name":"chat","#
        + #""startTimeUnixNano":"1783683600000000000","endTimeUnixNano":"1783683601000000000","attributes":["#
        + #"{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},"#
        + #"{"key":"gen_ai.request.model","value":{"stringValue":"m"}}]}"#
    }
    let log = try ReadLog(
      [span(long + "1", "a", ""), span(long + "2", "a", ""), span(long + "1", "b", "a")].joined(separator: "\n"))
    #expect(log.decisions.count == 2)
    #expect(log.passed.folded == 1)
  }
}
