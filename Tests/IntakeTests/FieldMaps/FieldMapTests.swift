import EvidenceModel
import Foundation
import Intake
import TestSupport
import Testing

struct FieldMapTests {
  private func map(_ fields: String, top: String = "") throws -> RoutingLogFormat {
    let text = "name: mine\n\(top)\nfields:\n" + fields.split(separator: "\n").map { "  \($0)\n" }.joined()
    return .mapped(try FieldMap(WholeFile(name: "mine.yaml", bytes: Array(text.utf8))))
  }

  private let base = """
    ts: t
    request_id: id
    outcome: {constant: success}
    requested_model: {constant: a}
    """

  private func served(_ way: String, _ members: String) throws -> String {
    let log = try ReadLog(
      #"{"t":"2026-07-01T00:00:00Z","id":"i",\#(members)}"#, try map(base + "\nserved_model: \(way)"))
    return log.decisions.first?.line.served ?? "rejected"
  }

  @Test(
    arguments: [
      ("a.b", #""a":{"b":"x"}"#, "x"),
      ("'a[0]'", #""a":["x","y"]"#, "x"),
      ("'a[-1]'", #""a":["x","y"]"#, "y"),
      ("'a[2]'", #""a":["x","y"]"#, "rejected"),
      ("'a.*.b'", #""a":[{"c":1},{"b":""},{"b":"x"},{"b":"y"}]"#, "x"),
      ("'a.*.b'", #""a":{"p":{"b":null},"q":{"b":"x"}}"#, "x"),
      ("'a.*'", #""a":{"Token":"s","q":"x"}"#, "x"),
      ("'a[0]'", #""a":{"p":"x"}"#, "rejected"),
      ("'\"a.b\"[0]'", #""a.b":["x"]"#, "x"),
      ("a.b", #""a":"{\"b\":\"x\"}""#, "x"),
      ("a.b.c", #""a":"{\"b\":\"{\\\"c\\\":1}\"}""#, "rejected"),
      ("a.b", #""a":"no JSON""#, "rejected"),
      ("[a, b]", #""a":"-","b":"x""#, "x"),
      ("[a, b]", #""a":"None","b":7"#, "7"),
      ("{path: a, values: {one: x, '*': y}}", #""a":"one""#, "x"),
      ("{path: a, values: {one: x, '*': y}}", #""a":"two""#, "y"),
      ("{path: a, values: {one: x}}", #""a":"two""#, "rejected"),
      ("{path: a, values: {'4*9': x}}", #""a":429"#, "x"),
      ("{path: a, values: {'true': x}}", #""a":true"#, "x"),
      ("{join: [a, b], separator: /}", #""a":"x","b":"y""#, "x/y"),
      ("{join: [a, b], separator: /}", #""a":"x""#, "rejected"),
      ("{path: a.*, after: 'model:'}", #""a":["team:q","model:x"]"#, "x"),
      ("{path: a, when: {b: [p, q]}}", #""a":"x","b":"q""#, "x"),
      ("{path: a, when: {b: p}}", #""a":"x""#, "rejected"),
      ("{path: a, unless: {b: p}}", #""a":"x""#, "x"),
      ("{path: a, unless: {b: p}}", #""a":"x","b":"p""#, "rejected"),
    ])
  func findsValues(way: String, members: String, expected: String) throws {
    #expect(try served(way, members) == expected)
  }

  @Test(
    arguments: [
      ("epoch-s", "1772438711"), ("epoch-s", "1772438711.0"), ("epoch-s", "\"1772438711\""),
      ("epoch-ms", "1772438711000"), ("epoch-us", "1772438711000000"), ("epoch-ns", "1772438711000000999"),
      ("epoch-ns", "\"1772438711000000000\""), ("rfc3339", "\"2026-03-02T08:05:11Z\""),
      ("iso-no-zone", "\"2026-03-02 08:05:11\""), ("lenient", "\"2026-03-02T08:05:11+00:00\""),
    ])
  func readsTimes(form: String, value: String) throws {
    let format = try map(
      "ts: {path: t, time: \(form)}\nrequest_id: id\noutcome: {constant: error}")
    let line = try #require(try ReadLog(#"{"t":\#(value),"id":"i"}"#, format).decisions.first?.line)
    #expect(line.at == Instant(rfc3339: "2026-03-02T08:05:11Z"))
    #expect(line.zoneAssumed == (form == "iso-no-zone"))
  }

  @Test(
    arguments: [
      ("rfc3339", "\"2026-03-02T08:05:11\""), ("iso-no-zone", "\"2026-03-02T08:05:11Z\""), ("epoch-s", "-1"),
      ("epoch-s", "9e300"), ("epoch-s", "9223372036854775807"), ("epoch-ms", "\"soon\""), ("epoch-ns", "{}"),
    ])
  func refusesTimesOfAnotherForm(form: String, value: String) throws {
    let format = try map("ts: {path: t, time: \(form)}\nrequest_id: id\noutcome: {constant: error}")
    #expect(try ReadLog(#"{"t":\#(value),"id":"i"}"#, format).rejects.map(\.reason) == [.badInstant])
  }

  @Test(
    arguments: [
      ("usd", "0.0015", 1500), ("usd", "\"0.0015\"", 1500), ("cents", "0.15", 1500), ("micros", "1500", 1500),
      ("usd", "1e300", 0), ("usd", "\"nan\"", 0), ("usd", "\"inf\"", 0),
    ])
  func readsCosts(unit: String, value: String, micros: Int64) throws {
    let format = try map(
      "ts: t\nrequest_id: id\noutcome: {constant: error}\ncost_usd: {path: c, unit: \(unit)}\ntokens_in: c")
    let log = try ReadLog(#"{"t":"2026-07-01T00:00:00Z","id":"i","c":\#(value)}"#, format)
    #expect(log.decisions.map(\.line.costMicros) == [micros])
  }

  @Test func saysHowEachFieldIsKnown() throws {
    let format = try map(
      base + "\nserved_model: s\nprovider: [p, {path: q, inferred: true}]\ntrigger: {path: r, values: {'*': error}}")
    let log = try ReadLog(#"{"t":"2026-07-01T00:00:00Z","id":"i","s":"a","q":"x","r":"y"}"#, format)
    #expect(log.decisions.first?.line.inferred == [.provider, .requestedModel, .outcome])
    #expect(log.decisions.first?.line.matched == .trigger)
    #expect(format.origins.first { $0.field == .provider }?.from == "p, else q (inferred)")
    #expect(format.origins.first { $0.field == .agent }?.provenance == .unknown)
  }

  @Test func aRecordOfALogWhoseMembersAreUnknownIsRejectedInItsPlace() throws {
    let format = try map(base)
    #expect(try ReadLog("{\n\"a\":1\n}\n{\n\"a\":2\n}", format).rejects.map(\.position.line) == [1, 4])
    #expect(try ReadLog("{\"a\":1}\n{\"a\":2}\n", format).rejects.map(\.position.line) == [1, 2])
  }

  @Test func anEnvelopeOfItsOwnIsOpened() throws {
    let format = try map(base + "\nserved_model: s", top: "envelope: entries\ndetect: {has: [t, s]}")
    let log = try ReadLog(#"{"entries":[{"t":"2026-07-01T00:00:00Z","id":"i","s":"a"}]}"#, format)
    #expect(log.decisions.map(\.position.byteOffset) == [12])
  }

  @Test(
    arguments: [
      ("fields: {ts: t, request_id: i}", "field-map-missing-key", 2),
      ("fields: {ts: t, request_id: i, outcome: o, colour: c}", "field-map-unknown-key", 2),
      ("feilds: {}", "field-map-unknown-key", 2),
      ("fields:\n  ts: 'a..b'", "field-map-bad-path", 3),
      ("fields:\n  ts: 'a[x]'", "field-map-bad-path", 3),
      ("fields:\n  ts: 'a[99999]'", "field-map-bad-path", 3),
      ("fields:\n  agent: headers.authorization", "field-map-bad-path", 3),
      ("fields:\n  ts: {path: t, time: soon}", "field-map-bad-value", 3),
      ("fields:\n  ts: {path: t, constant: c}", "field-map-bad-value", 3),
      ("records: rows", "field-map-bad-value", 2),
      ("fields: [", "yaml-syntax", 3),
    ])
  func whatIsWrongWithAMapIsSaidWithItsPlace(text: String, id: String, line: Int) {
    let bytes = Array("name: mine\n\(text)\n".utf8)
    let error = #expect(throws: Diagnostic.self) { try FieldMap(WholeFile(name: "mine.yaml", bytes: bytes)) }
    #expect(error?.id == id)
    #expect(error?.line == line)
    #expect(error?.byteOffset != nil)
    #expect(error?.nextStep.isEmpty == false)
  }

  @Test func aPathMayNotBeDeeperThanThirtyTwoSteps() throws {
    let deep = (0..<33).map { "a\($0)" }.joined(separator: ".")
    #expect(throws: Diagnostic.self) { try map(base + "\nserved_model: \(deep)") }
  }

  @Test func aMapIsAtMostOneMebibyte() {
    let bytes = [UInt8](repeating: 0x20, count: 1 << 20 + 1)
    #expect(throws: Diagnostic.self) { try FieldMap(WholeFile(name: "mine.yaml", bytes: bytes)) }
  }
}
