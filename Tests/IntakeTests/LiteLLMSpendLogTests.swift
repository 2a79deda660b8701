import EvidenceModel
import Intake
import TestSupport
import Testing

@Suite struct LiteLLMSpendLogTests {
  private func row(_ members: String) -> ReadLine {
    ReadLine(
      #"{"request_id":"i","startTime":"2026-03-02T08:00:01.12Z","model":"acme/m-1","model_group":"g","#
        + #""status":"success"\#(members.isEmpty ? "" : ",")\#(members)}"#,
      .litellm)
  }

  @Test func readsASpendRow() {
    let read = row(
      #""spend":0.00123,"prompt_tokens":420,"completion_tokens":96,"model_id":"dep-1","user":"u","#
        + #""custom_llm_provider":"openai","api_base":"http://x","#
        + #""metadata":{"user_api_key_alias":"svc"},"request_tags":["jobID:1","data:internal"]"#)
    #expect(read.reason == nil)
    #expect(read.at == at("2026-03-02T08:00:01.12Z"))
    #expect([read.requestID, read.requested, read.served] == ["i", "g", "g"])
    #expect([read.agent, read.dataClass, read.provider, read.deployment] == ["svc", "internal", "openai", "dep-1"])
    #expect([read.tokensIn, read.tokensOut, read.costMicros] == [420, 96, 1230])
    #expect([read.claimedRule, read.escalatedFrom, read.trigger] == ["", "", ""])
  }

  @Test func readsAStandardLoggingPayload() {
    let read = ReadLine(
      #"{"id":"i","startTime":1772438401.12,"response_cost":0.5,"model":"m","model_group":null,"#
        + #""hidden_params":{},"status":"success"}"#,
      .litellm)
    #expect(read.reason == nil)
    #expect(read.at == at("2026-03-02T08:00:01.12Z"))
    #expect([read.requestID, read.requested, read.served] == ["i", "m", "m"])
    #expect(read.costMicros == 500_000)
  }

  @Test(arguments: [
    "1737710446.847", "1737710446.1", "1772438401.123457", "1772438401.3", "1700000000.000001", "1772974887.059",
  ])
  func epochSecondsKeepTheirWrittenMicroseconds(text: String) throws {
    let parts = text.split(separator: ".")
    let digits = String(parts[0]) + parts[1] + String(repeating: "0", count: 6 - parts[1].count)
    let micros = try #require(Int64(digits))
    let read = ReadLine(#"{"id":"i","startTime":\#(text),"response_cost":0,"model":"m"}"#, .litellm)
    #expect(read.at.microseconds == micros)
  }

  @Test func epochSecondsMayBeWhole() {
    let read = ReadLine(#"{"id":"i","startTime":1772438401,"response_cost":0,"model":"m"}"#, .litellm)
    #expect(read.at == at("2026-03-02T08:00:01Z"))
    #expect(!read.zoneAssumed)
  }

  @Test(arguments: [
    ("2026-03-02 08:00:01.120000", true), ("2026-03-02T08:00:01.12", true), ("2026-03-02T08:00:01.12Z", false),
    ("2026-03-02T09:00:01.120+01:00", false),
  ])
  func aTimeWithoutZoneIsAssumedUTC(text: String, assumed: Bool) {
    let read = row(#""startTime":"\#(text)""#)
    #expect(read.at == at("2026-03-02T08:00:01.12Z"))
    #expect(read.zoneAssumed == assumed)
  }

  @Test(arguments: ["null", #""""#, #""yesterday""#, "-1", "0", "1772438401000", "true", "{}"])
  func refusesOtherTimes(value: String) {
    #expect(row(#""startTime":\#(value)"#).reason == .badInstant)
  }

  @Test func readsMetadataThatArrivesAsText() {
    let read = row(
      #""metadata":"{\"user_api_key_alias\":\"svc\",\"attempted_fallbacks\":1,\"original_model_group\":\"first\","#
        + #"\"spend_logs_metadata\":{\"data_class\":\"secret\"}}","#
        + #""request_tags":"[\"data:internal\"]""#)
    #expect(
      [read.agent, read.requested, read.served, read.escalatedFrom, read.dataClass] == [
        "svc", "first", "g", "first", "secret",
      ])
  }

  @Test func thePayloadKeepsTheCallersDataClassElsewhere() {
    let read = row(#""metadata":{"requester_metadata":{"data_class":"pii"}},"request_tags":["data:internal"]"#)
    #expect(read.dataClass == "pii")
    #expect(!read.inferred.contains(.dataClass))
    #expect(row(#""request_tags":["data:internal"]"#).inferred.contains(.dataClass))
  }

  @Test func readsTagsThatArriveAsText() {
    #expect(row(#""request_tags":"[\"a\",\"data:internal\",\"data:other\"]""#).dataClass == "internal")
    #expect(row(#""request_tags":"[]""#).dataClass == "")
    #expect(row(#""request_tags":"not json""#).dataClass == "")
    #expect(row(#""request_tags":["data:"]"#).dataClass == "")
  }

  @Test func metadataThatCannotBeReadIsNoReject() {
    let read = row(#""metadata":"{'user_api_key_alias': 'svc'}","user":"u""#)
    #expect(read.reason == nil)
    #expect(read.agent == "u")
  }

  @Test func aFallbackShowsTheGroupFirstAskedFor() {
    let read = row(
      #""metadata":{"attempted_fallbacks":2,"original_model_group":"first","routing_decision":{"cause":"keyword"}}"#)
    #expect([read.requested, read.served, read.escalatedFrom, read.trigger] == ["first", "g", "first", ""])
  }

  @Test func withoutAFallbackNothingWasFirstTried() {
    let read = row(#""metadata":{"attempted_fallbacks":0,"original_model_group":"g"}"#)
    #expect([read.requested, read.escalatedFrom] == ["g", ""])
  }

  @Test func aRouterIsWhatWasAskedFor() {
    let read = row(
      #""metadata":{"routing_decision":{"router_model_name":"smart","routed_model":"g","#
        + #""cause":"heuristic_scorer","escalated":true}}"#
    )
    #expect([read.requested, read.served, read.trigger, read.escalatedFrom] == ["smart", "g", "classifier", ""])
  }

  @Test(arguments: [
    ("null", Outcome.error), (#"{"error_class":"RateLimitError"}"#, .error),
    (#"{"error_class":"ContentPolicyViolationError"}"#, .blocked),
    (#"{"error_class":"GuardrailRaisedException"}"#, .blocked), (#"{"error_class":"BlockedPiiEntityError"}"#, .blocked),
  ])
  func aFailureIsAnErrorUnlessItWasRefused(information: String, outcome: Outcome) {
    let read = row(#""status":"failure","metadata":{"error_information":\#(information)}"#)
    #expect(read.reason == nil)
    #expect(read.outcome == outcome)
  }

  @Test(arguments: ["null", #""""#, #""success""#])
  func aRowWithoutStatusSucceeded(status: String) {
    #expect(row(#""status":\#(status)"#).outcome == .success)
  }

  @Test func refusesOtherStatuses() {
    #expect(row(#""status":"pending""#).reason == .unknownOutcome)
  }

  @Test func namesTheAgentByIdThenKeyThenUser() {
    let alias = #""metadata":{"user_api_key_alias":"svc"}"#
    #expect(row(#""agent_id":"a","user":"u",\#(alias)"#).agent == "a")
    #expect(row(#""agent_id":null,"user":"u",\#(alias)"#).agent == "svc")
    #expect(row(#""user":"u""#).agent == "u")
  }

  @Test func standInsAreUsedOnlyWhereNothingBetterWasLogged() {
    #expect(row(#""model_group":"""#).served == "acme/m-1")
    #expect(row(#""model_id":"","api_base":"http://x""#).deployment == "http://x")
    #expect(row(#""request_id":"","id":"other""#).requestID == "other")
    #expect(row(#""spend":null,"response_cost":0.25"#).costMicros == 250_000)
    #expect(row(#""spend":0.5,"response_cost":0.25"#).costMicros == 500_000)
  }

  @Test func refusesRowsWithoutIdOrModel() {
    #expect(row(#""request_id":null"#).reason == .emptyRequestID)
    #expect(row(#""model":"","model_group":null"#).reason == .emptyModel)
    #expect(row(#""model":"","model_group":null,"status":"failure""#).reason == nil)
  }

  @Test func readsTheToolOfAnMCPCall() {
    #expect(row(#""mcp_namespaced_tool_name":"mail/send""#).tools == ["mail/send"])
    #expect(row(#""mcp_namespaced_tool_name":null"#).tools.isEmpty)
  }

  @Test func metadataAsTextDoesNotOutliveItsRow() throws {
    var record = RoutingRecord()
    let reader = try #require(RoutingLogFormat.litellm.makeReader())
    func agent(_ text: String) -> String {
      let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: 128)
      return bytes.withUnsafeBytes {
        #expect(reader.read(UnsafeRawBufferPointer(rebasing: $0[..<text.utf8.count]), into: &record) == nil)
        return record.agent.string
      }
    }
    let head = #"{"request_id":"i","startTime":"2026-03-02T08:00:01Z","model_group":"g""#
    #expect(agent(head + #","metadata":"{\"user_api_key_alias\":\"svc\"}"}"#) == "svc")
    #expect(agent(head + "}") == "")
  }
}
