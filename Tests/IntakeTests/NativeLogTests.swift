import EvidenceModel
import Intake
import TestSupport
import Testing

@Suite struct NativeLogTests {
  /// A complete record with more members behind it; of members with one name the last counts.
  private func line(_ members: String) -> ReadLine {
    let json = DecisionLine().json
    return ReadLine(json.dropLast() + (members.isEmpty ? "}" : ",\(members)}"))
  }

  @Test func readsEveryField() {
    let read = ReadLine(
      #"""
      {"cost_usd":0.0123,"tokens_out":7,"tokens_in":42,"outcome":"blocked","tools":["a","b"],
      "data_class":"c","trigger":"t",
      "escalated_from":"e","rule_id":"r","deployment":"d","provider":"p","served_model":"s",
      "requested_model":"q","agent":"x",
      "request_id":"i","ts":"2026-07-01T00:00:00.5Z","latency_ms":3,"session_id":"y"}
      """#)
    #expect(read.reason == nil)
    #expect(read.at == at("2026-07-01T00:00:00.5Z"))
    #expect(!read.zoneAssumed)
    #expect([read.requestID, read.agent, read.requested, read.served] == ["i", "x", "q", "s"])
    #expect([read.provider, read.deployment, read.claimedRule] == ["p", "d", "r"])
    #expect([read.escalatedFrom, read.trigger, read.dataClass] == ["e", "t", "c"])
    #expect(read.tools == ["a", "b"])
    #expect(read.outcome == .blocked)
    #expect([read.tokensIn, read.tokensOut, read.costMicros] == [42, 7, 12_300])
  }

  @Test(arguments: [
    ("", RejectReason.notJSON), ("{", .notJSON), ("oops", .notJSON), ("{}{}", .notJSON), ("{} x", .notJSON),
    ("{'a':1}", .notJSON),
    (#"{"a":1,}"#, .notJSON), (#"{"a":01}"#, .notJSON), (#"{"a":NaN}"#, .notJSON), (#"{"a":"\x"}"#, .notJSON),
    ("{\"a\":\"\u{1}\"}", .notJSON), (#"{"a":"\ud800"}"#, .notJSON), (#"{"a":"\udc00"}"#, .notJSON),
    (#"{"a":"\ud800\u0041"}"#, .notJSON),
    ("[]", .notAnObject), ("null", .notAnObject), ("1", .notAnObject), (#""text""#, .notAnObject),
    ("true", .notAnObject),
    (#"[{"ts":"2026-07-01T00:00:00Z"}]"#, .notAnObject), ("{}", .badInstant),
  ])
  func refusesWhatIsNoObject(text: String, reason: RejectReason) {
    #expect(ReadLine(text).reason == reason)
  }

  @Test func refusesBytesThatAreNoUTF8() {
    var bytes = Array(DecisionLine().json.dropLast().utf8)
    bytes += Array(#","note":""#.utf8) + [0xFF] + Array(#""}"#.utf8)
    #expect(ReadLine(bytes, .native).reason == .notJSON)
  }

  @Test(arguments: [
    (#""ts":null"#, RejectReason.badInstant), (#""ts":"""#, .badInstant), (#""ts":1782864000"#, .badInstant),
    (#""ts":"2026-07-01""#, .badInstant), (#""ts":"2026-07-01 00:00:00Z""#, .badInstant),
    (#""ts":["2026-07-01T00:00:00Z"]"#, .badInstant),
    (#""request_id":null"#, .emptyRequestID), (#""request_id":"""#, .emptyRequestID),
    (#""request_id":17"#, .emptyRequestID),
    (#""outcome":null"#, .unknownOutcome), (#""outcome":"""#, .unknownOutcome),
    (#""outcome":"Success""#, .unknownOutcome),
    (#""outcome":"failure""#, .unknownOutcome), (#""outcome":true"#, .unknownOutcome),
    (#""outcome":"success ""#, .unknownOutcome),
    (#""requested_model":null"#, .emptyModel), (#""served_model":"""#, .emptyModel),
    (#""served_model":{"name":"x"}"#, .emptyModel),
  ])
  func givesTheReasonOfEveryReject(members: String, reason: RejectReason) {
    #expect(line(members).reason == reason)
  }

  @Test func theFirstReasonCounts() {
    #expect(line(#""ts":"","request_id":"","outcome":"","served_model":"""#).reason == .badInstant)
    #expect(line(#""request_id":"","outcome":"","served_model":"""#).reason == .emptyRequestID)
    #expect(line(#""outcome":"","served_model":"""#).reason == .unknownOutcome)
  }

  @Test(arguments: ["blocked", "error"])
  func modelsMayBeEmptyWhereNothingWasServed(outcome: String) {
    #expect(line(#""outcome":"\#(outcome)","requested_model":null,"served_model":"""#).reason == nil)
  }

  @Test func lookAlikesInsideNestedObjectsAreNoise() {
    let read = line(
      #""metadata":{"agent":"evil","ts":"x","outcome":"error","tools":["evil"]},"list":[{"request_id":"evil"}]"#)
    #expect(read.reason == nil)
    #expect([read.agent, read.requestID] == ["agent-a", "r-1"])
    #expect(read.outcome == .success)
    #expect(read.tools.isEmpty)
  }

  @Test func lookAlikeNamesAreNoise() {
    let read = line(
      #""Agent":"evil","agent ":"evil","agents":"evil","agen":"evil","AGENT":"evil","agent\u0000":"evil""#)
    #expect(read.agent == "agent-a")
  }

  @Test func namesAreComparedAfterUnescaping() {
    #expect(line(#""\u0061gent":"other""#).agent == "other")
  }

  @Test func theLastOfRepeatedMembersCounts() {
    #expect(line(#""agent":"b","agent":"c""#).agent == "c")
    #expect(line(#""agent":null"#).agent == "")
    #expect(line(#""tokens_in":1,"tokens_in":2"#).tokensIn == 2)
  }

  @Test(arguments: ["null", #""""#, "17", "false", "[]", #"{"id":"x"}"#])
  func whatIsNoTextIsEmpty(value: String) {
    let read = line(
      #""agent":\#(value),"data_class":\#(value),"rule_id":\#(value),"trigger":\#(value),"escalated_from":\#(value)"#)
    #expect(read.reason == nil)
    #expect([read.agent, read.dataClass, read.claimedRule, read.trigger, read.escalatedFrom] == ["", "", "", "", ""])
  }

  @Test func absentFieldsAreEmpty() {
    let read = ReadLine(#"{"ts":"2026-07-01T00:00:00Z","request_id":"i","outcome":"error"}"#)
    #expect(read.reason == nil)
    #expect([read.agent, read.dataClass, read.claimedRule, read.provider, read.deployment] == ["", "", "", "", ""])
    #expect(read.tools.isEmpty)
    #expect([read.tokensIn, read.tokensOut, read.costMicros] == [0, 0, 0])
  }

  @Test(arguments: [
    ("null", []), ("[]", []), (#"["a"]"#, ["a"]), (#"["a",1,null,"b",["c"],{"d":1}]"#, ["a", "b"]), (#""a""#, []),
    (#"{"0":"a"}"#, []),
  ])
  func readsTools(value: String, tools: [String]) {
    #expect(line(#""tools":\#(value)"#).tools == tools)
  }

  @Test func readsMoreToolsThanFitAtFirst() {
    let names = (0..<100).map { "tool-\($0)" }
    let read = line(#""tools":[\#(names.map { "\"\($0)\"" }.joined(separator: ","))]"#)
    #expect(read.tools == names)
  }

  @Test(arguments: [
    ("null", 0), ("0", 0), ("12", 12), ("-3", -3), ("12.0", 12), ("1e3", 1000), ("12.5", 0), (#""12""#, 0), ("true", 0),
    ("1099511627776", 1 << 40), ("1099511627777", 0), ("9223372036854775807", 0), ("-9223372036854775808", 0),
    ("1e400", 0), ("123456789012345678901234567890", 0),
  ])
  func readsWholeNumbers(value: String, tokens: Int64) {
    let read = line(#""tokens_in":\#(value)"#)
    #expect(read.reason == nil)
    #expect(read.tokensIn == tokens)
  }

  @Test(arguments: [
    "123456789012345678901234567890", "-123456789012345678901234567890", "1e400", "-1e400", "1.5E+999",
    "18446744073709551615",
    "18446744073709551616", "0.1234567890123456789012345678901234567890", "1e-400",
  ])
  func hugeNumbersElsewhereDoNoHarm(number: String) {
    let read = line(#""trace":{"n":[\#(number)]},"tokens_in":7"#)
    #expect(read.reason == nil)
    #expect(read.tokensIn == 7)
  }

  @Test func digitsInsideTextsAreNoNumbers() {
    let read = line(#""agent":"a \" 123456789012345678901234567890","n":123456789012345678901234567890"#)
    #expect(read.agent == "a \" 123456789012345678901234567890")
  }

  @Test(arguments: [
    "012345678901234567890", "-012345678901234567890", "123456789012345678901234567890.", "12345678901234567890e", "-",
    "01", "1.",
  ])
  func textsThatAreNoNumbersAreRefused(number: String) {
    #expect(line(#""n":\#(number)"#).reason == .notJSON)
  }

  @Test(arguments: ["12345678901234567890-5", "--12345678901234567890", "1e400e5", "1e400-", "12345678901234567890+"])
  func hugeTextsThatOnlyBeginLikeNumbersAreRefused(number: String) {
    #expect(line(#""n":\#(number)"#).reason == .notJSON)
  }

  @Test(arguments: [
    (#"a\"b\\c\/d"#, "a\"b\\c/d"), (#"\b\f\n\r\t"#, "\u{8}\u{C}\n\r\t"), (#"\u00e9"#, "\u{E9}"),
    (#"e\u0301"#, "e\u{301}"),
    (#"\ud83d\ude00"#, "\u{1F600}"), ("日本", "日本"), (#"\u0000"#, "\u{0}"),
  ])
  func unescapesTexts(json: String, text: String) {
    #expect(Array(line(#""agent":"\#(json)""#).agent.utf8) == Array(text.utf8))
  }

  @Test(arguments: [
    ("0", 0), ("1", 1_000_000), ("0.000001", 1), ("0.0123", 12_300), ("0.00022500000000000002", 225), ("1e-6", 1),
    ("12.345678", 12_345_678),
    ("0.1", 100_000), ("0.29", 290_000), ("1.005", 1_005_000), ("123456.789012", 123_456_789_012),
    ("999999999.999999", 999_999_999_999_999),
    ("0.0000004", 0), ("-0.5", -500_000), ("null", 0), (#""0.5""#, 0), ("1e300", 0), ("9223372036854775807", 0),
    ("true", 0),
  ])
  func readsCostAsMillionths(value: String, micros: Int64) {
    #expect(line(#""cost_usd":\#(value)"#).costMicros == micros)
  }

  @Test func whiteSpaceAroundARecordIsNoHarm() {
    #expect(ReadLine(" \t" + DecisionLine().json + " \r").reason == nil)
  }

  @Test func aReaderForgetsTheRecordBefore() throws {
    var record = RoutingRecord()
    let reader = try #require(RoutingLogFormat.native.makeReader())
    func read(_ text: String) {
      let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: 128)
      bytes.withUnsafeBytes {
        _ = reader.read(UnsafeRawBufferPointer(rebasing: $0[..<text.utf8.count]), into: &record)
        if record.outcome == .error {
          #expect(record.tools.isEmpty)
          #expect(record.agent.isEmpty)
          #expect(record.tokensIn == 0)
        }
      }
    }
    read(DecisionLine.with { $0.tools = ["t"] }.json)
    read(#"{"ts":"2026-07-01T00:00:00Z","request_id":"i","outcome":"error"}"#)
  }
}
