import EvidenceModel
import Intake
import Testing

/// What damaged or hostile records of a log that is gathered come to.
struct GatheredRecords {
  var gathered = Gathered()
  var fates: Int { gathered.decisions.count + gathered.rejects.count + gathered.folded + gathered.other }

  init(_ records: [[UInt8]], _ format: RoutingLogFormat) {
    guard let gatherer = format.makeGatherer() else { preconditionFailure("\(format.name) is not gathered") }
    var offset = 0
    for (index, record) in records.enumerated() {
      let padded = record + [UInt8](repeating: 0, count: 128)
      padded.withUnsafeBytes { bytes in
        gatherer.take(
          UnsafeRawBufferPointer(rebasing: bytes[..<record.count]),
          at: SourcePosition(line: index + 1, byteOffset: offset, bytes: record.count), into: &gathered)
      }
      offset += record.count + 1
    }
    gatherer.finish(into: &gathered)
  }

  /// Whether no two of them stand at one byte.
  var placesDiffer: Bool {
    let places = gathered.decisions.map(\.position.byteOffset) + gathered.rejects.map(\.position.byteOffset)
    return Set(places).count == places.count
  }
}

/// Pseudo-random numbers that are the same in every run.
struct FixedNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

@Suite struct OTLPHostileTests {
  private let record = Array(
    otlp([
      .call("outer", "m", from: 0, to: 9, [("data_class", "pii")]),
      .call("first", in: "outer", "m", from: 0, to: 2, failed: true, [("error.type", "429")]),
      .call(
        "second", in: "outer", "n", answer: "resp-1", from: 3, to: 8,
        [("gen_ai.tool.definitions", #"[{\"name\":\"t\"}]"#)]),
      SpanText(id: "tool", parent: "outer", attributes: [("gen_ai.operation.name", "execute_tool")]),
    ]).utf8)

  @Test func everyCutRecordHasOneFate() {
    #expect(GatheredRecords([record], .otlp).fates == 4)
    for count in 0..<record.count {
      let cut = GatheredRecords([Array(record[..<count])], .otlp)
      #expect(cut.gathered.rejects.map(\.reason) == [.notJSON])
      #expect(cut.fates == 1)
    }
  }

  @Test func flippedBytesNeverLoseASpan() {
    var numbers = FixedNumbers(state: 1)
    for _ in 0..<4000 {
      var damaged = record
      for _ in 0..<Int.random(in: 1...4, using: &numbers) {
        damaged[Int.random(in: 0..<damaged.count, using: &numbers)] = UInt8.random(in: 0x20..<0x7F, using: &numbers)
      }
      let read = GatheredRecords([damaged, record], .otlp)
      #expect(read.placesDiffer)
      // The damaged one may be no JSON, another object, or hold fewer spans; the other one is whole.
      #expect((5...8).contains(read.fates), "\(String(decoding: damaged, as: UTF8.self))")
    }
  }

  @Test func otherContainersSurviveFlippedBytesToo() {
    let containers = [
      #"{"traceID":"t","spans":[{"traceID":"t","spanID":"a","operationName":"o","startTime":1782864000000000,"duration":9,"#
        + #""references":[{"refType":"CHILD_OF","spanID":"b"}],"processID":"p1","tags":[{"key":"gen_ai.request.model","value":"m"},"#
        + #"{"key":"error","value":true}],"logs":[{"fields":[{"key":"exception.type","value":"E"}]}]}],"#
        + #""processes":{"p1":{"serviceName":"s"}}}"#,
      #"{"name":"n","context":{"trace_id":"0x1","span_id":"0x2"},"parent_id":null,"start_time":"2026-07-01T00:00:00Z","#
        + #""end_time":"2026-07-01T00:00:01Z","status":{"status_code":"ERROR"},"attributes":{"gen_ai.request.model":"m","#
        + #""output.value":"{\"created\":1,\"id\":\"x\"}","tag.tags":["data:pii"]},"resource":{"attributes":{"service.name":"s"}}}"#,
      #"{"batches":[{"resource":{},"instrumentationLibrarySpans":[{"spans":[{"traceId":"t","spanId":"a","name":"n","#
        + #""startTimeUnixNano":1782864000000000000,"attributes":[{"key":"gen_ai.request.model","value":{"stringValue":"m"}}]}]}]}]}"#,
    ]
    var numbers = FixedNumbers(state: 3)
    for container in containers {
      let record = Array(container.utf8)
      #expect(GatheredRecords([record], .otlp).gathered.decisions.count == 1)
      for _ in 0..<2000 {
        var damaged = record
        for _ in 0..<Int.random(in: 1...3, using: &numbers) {
          damaged[Int.random(in: 0..<damaged.count, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
        }
        #expect(GatheredRecords([damaged], .otlp).fates == 1)
      }
    }
  }

  @Test func wrongTypesEverywhereAreRead() {
    let values = [
      "null", "true", "-1", "1e400", "123456789012345678901234567890", "\"\"", "\"x\"", "[]", "{}", "[[[]]]",
    ]
    let text = String(decoding: record, as: UTF8.self)
    let keys = [
      "resourceSpans", "resource", "scopeSpans", "spans", "traceId", "spanId", "parentSpanId", "startTimeUnixNano",
      "endTimeUnixNano", "attributes", "status", "code", "key", "value", "stringValue", "intValue",
    ]
    for key in keys {
      for value in values {
        let other = text.replacing("\"\(key)\":", with: "\"\(key)\":\(value),\"\(key)\":")
        let twice = text.replacing("\"\(key)\":", with: "\"x\":0,\"\(key)\":\(value),\"y\":")
        for changed in [other, twice] {
          let read = GatheredRecords([Array(changed.utf8)], .otlp)
          #expect(read.placesDiffer)
          #expect((1...8).contains(read.fates), "\(key) \(value): \(read.fates)")
        }
      }
    }
  }

  @Test func deepNestingIsRefused() {
    let deep =
      #"{"resourceSpans":"# + String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000) + "}"
    #expect(GatheredRecords([Array(deep.utf8)], .otlp).gathered.rejects.map(\.reason) == [.notJSON])
  }

  @Test func spansThatNameEachOtherAsParentsAreStillCounted() {
    let circle = GatheredRecords(
      [Array(otlp([.call("a", in: "b", "m"), .call("b", in: "a", "m"), .call("c", in: "c", "m")]).utf8)], .otlp)
    #expect(circle.fates == 3)
    #expect(circle.gathered.decisions.count == 2)
  }

  @Test func aLongChainOfCallsEndsAsOneDecision() {
    let spans = (0..<20_000).map { SpanText.call("s\($0)", in: $0 == 0 ? "" : "s\($0 - 1)", "m") }
    let read = GatheredRecords(
      stride(from: 0, to: 20_000, by: 1000).map { Array(otlp(Array(spans[$0..<$0 + 1000])).utf8) }, .otlp)
    #expect(read.gathered.decisions.map(\.requestID) == ["s19999"])
    #expect(read.gathered.folded == 19_999)
  }

  @Test func theSilentTraceLeavesTheWindowFirst() {
    func spans(_ trace: String, _ range: Range<Int>) -> [UInt8] {
      let spans = range.map { index in
        var span = SpanText(id: "\(trace)\(index)", attributes: [("http.method", "GET")])
        span.trace = trace
        return span
      }
      return Array(otlp(spans).utf8)
    }
    func call(_ trace: String, _ id: String, in parent: String = "") -> [UInt8] {
      var span = SpanText.call(id, in: parent, "m")
      span.trace = trace
      return Array(otlp([span]).utf8)
    }
    // The inner calls of two traces, one of which is heard of again in between.
    var records = [call("silent", "inner", in: "outer"), call("busy", "inner", in: "outer")]
    records += (0..<60).map { spans("noise\($0)", 0..<1000) }
    records.append(spans("busy", 0..<1))
    records += (60..<68).map { spans("noise\($0)", 0..<1000) }
    records += [call("silent", "outer"), call("busy", "outer")]
    let read = GatheredRecords(records, .otlp)
    #expect(read.gathered.decisions.map(\.requestID).sorted() == ["inner", "inner", "outer"])
    #expect(read.gathered.folded == 1)
  }
}
