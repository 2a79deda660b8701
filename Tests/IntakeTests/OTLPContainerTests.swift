import EvidenceModel
import Foundation
import Intake
import TestSupport
import Testing

@Suite struct OTLPContainerTests {
  private let call = SpanText.call("a1", "m", answer: "resp-1")

  @Test func readsOlderAndSnakeCaseContainers() throws {
    for text in [
      otlp([call]).replacing("scopeSpans", with: "instrumentationLibrarySpans"),
      otlp([call]).replacing("resourceSpans", with: "batches"),
      #"{"trace":\#(otlp([call]))}"#,
      otlp([call]).replacing("resourceSpans", with: "resource_spans").replacing("scopeSpans", with: "scope_spans")
        .replacing("spanId", with: "span_id").replacing("traceId", with: "trace_id")
        .replacing("parentSpanId", with: "parent_span_id").replacing("startTimeUnixNano", with: "start_time_unix_nano")
        .replacing("stringValue", with: "string_value"),
      call.json.replacing(#""status""#, with: #""resource":{"attributes":{"service.name":"claims-runtime"}},"status""#),
    ] {
      let log = try ReadLog(text)
      #expect(log.decisions.map(\.line.requestID) == ["resp-1"], "\(text)")
      #expect(log.decisions.map(\.line.agent) == ["claims-runtime"], "\(text)")
      #expect(log.decisions.map(\.line.at) == [at("2026-07-01T00:00:00Z")])
    }
  }

  @Test func linesOfOtherSignalsAreCountedAsOther() throws {
    let log = try ReadLog(
      #"{"resourceMetrics":[{"scopeMetrics":[]}]}"# + "\n" + otlp([call]) + "\n" + #"{"resourceLogs":[]}"# + "\n"
        + #"{"resourceSpans":[]}"# + "\n")
    #expect(log.format.format == .otlp)
    #expect(log.decisions.count == 1)
    #expect(log.passed.other == 3)
    #expect(log.decisions[0].position.line == 2)
  }

  @Test func readsTracesOfJaeger() throws {
    func span(_ id: String, _ parent: String, _ tags: String) -> String {
      #"{"traceID":"t1","spanID":"\#(id)","operationName":"o","startTime":1782864000000001,"duration":5,"#
        + #""references":[{"refType":"CHILD_OF","traceID":"t1","spanID":"\#(parent)"}],"processID":"p1","tags":[\#(tags)]}"#
    }
    let model = #"{"key":"gen_ai.request.model","type":"string","value":"m"}"#
    let outer = span("s1", "s0", model)
    let inner = span(
      "s2", "s1",
      model
        + #",{"key":"gen_ai.usage.input_tokens","type":"int64","value":7},{"key":"error","type":"bool","value":true}"#)
    let text =
      #"{"data":[{"traceID":"t1","spans":[\#(outer),\#(inner)],"processes":{"p1":{"serviceName":"helper","tags":[]}}}]}"#
    let log = try ReadLog(text)
    #expect(log.format.shapeName == "documents/data")
    #expect(log.passed.folded == 1)
    let line = try #require(log.decisions.first).line
    #expect([line.requestID, line.agent, line.requested] == ["s2", "helper", "m"])
    #expect(line.at.microseconds == 1_782_864_000_000_001)
    #expect(line.tokensIn == 7)
    #expect(line.outcome == .error)
    let start = try #require(text.range(of: inner)).lowerBound
    #expect(log.decisions[0].position.byteOffset == text.utf8.distance(from: text.startIndex, to: start))
  }

  @Test func readsThePythonConsole() throws {
    let log = try ReadLog(
      """
      {
          "name": "chat m",
          "context": {"trace_id": "0x01", "span_id": "0x02", "trace_state": "[]"},
          "kind": "SpanKind.CLIENT",
          "parent_id": null,
          "start_time": "2026-07-01T00:00:00.123456Z",
          "end_time": "2026-07-01T00:00:01.000000Z",
          "status": {"status_code": "UNSET"},
          "attributes": {"gen_ai.operation.name": "chat", "gen_ai.request.model": "m", "gen_ai.usage.input_tokens": 9,
            "gen_ai.response.finish_reasons": ["stop"]},
          "events": [], "links": [],
          "resource": {"attributes": {"service.name": "helper"}, "schema_url": ""}
      }
      {
          "name": "GET", "context": {"trace_id": "0x01", "span_id": "0x03"}, "start_time": "2026-07-01T00:00:00Z",
          "attributes": {}
      }
      """)
    #expect(log.decisions.map(\.line.requestID) == ["0x02"])
    #expect(log.decisions.map(\.line.agent) == ["helper"])
    #expect(log.decisions[0].line.at == at("2026-07-01T00:00:00.123456Z"))
    #expect(log.decisions[0].line.tokensIn == 9)
    #expect(log.passed.other == 1)
  }

  @Test func onlySpansAreTakenForSpans() throws {
    #expect(throws: ReadLog.FormatUnknown.self) {
      try ReadLog(#"{"trace_id":"1","span_id":"2","message":"hello","level":"info"}"#)
    }
    #expect(throws: ReadLog.FormatUnknown.self) { try ReadLog(#"{"batches":[{"id":1}]}"#) }
  }
}
