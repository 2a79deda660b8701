import EvidenceModel
import Intake
import TestSupport
import Testing

@Suite struct EnvoyAccessLogTests {
  /// An entry of the log; `members` come last, so that they win.
  private func entry(_ members: String = "") -> String {
    #"{"start_time":"2026-07-01T08:00:00.123Z","x-request-id":"q1","method":"POST","x-envoy-origin-path":"/v1/chat/completions","#
      + #""gen_ai.request.model":"small","gen_ai.request.model_override":null,"#
      + #""gen_ai.provider.name":"default/cloud/route/models/rule/2/ref/0","upstream_cluster":"httproute/default/models/rule/2","#
      + #""gen_ai.usage.input_tokens":15,"gen_ai.usage.output_tokens":"7","response_code":200,"response_flags":"-","#
      + #""response_code_details":"via_upstream""# + (members.isEmpty ? "}" : ",\(members)}")
  }

  private func read(_ members: String = "") throws -> ReadLog { try ReadLog(entry(members) + "\n") }

  @Test func readsAnEntry() throws {
    let log = try read()
    #expect(log.format.format == .envoy)
    let read = log.decisions[0].line
    #expect([read.requestID, read.requested, read.served] == ["q1", "small", "small"])
    #expect(read.claimedRule == "default/cloud/route/models/rule/2/ref/0")
    #expect([read.provider, read.deployment, read.escalatedFrom, read.trigger] == ["cloud", "cloud", "", ""])
    #expect([read.tokensIn, read.tokensOut] == [15, 7])
    #expect(read.inferred.contains(.servedModel))
    #expect(read.at == at("2026-07-01T08:00:00.123Z"))
  }

  @Test func theServedModelIsTheResponsesThenTheOverride() throws {
    let override = try read(#""gen_ai.request.model_override":"big""#).decisions[0].line
    #expect(override.served == "big")
    #expect(!override.inferred.contains(.servedModel))
    let both = #""gen_ai.request.model_override":"big","gen_ai.response.model":"big-2026""#
    #expect(try read(both).decisions[0].line.served == "big-2026")
    #expect(try read(#""gen_ai.original.model":"asked""#).decisions[0].line.requested == "asked")
  }

  @Test func aLaterBackendShowsAnEscalationOnlyWhereTheModelChanged() throws {
    let later = #""gen_ai.provider.name":"default/cloud/route/models/rule/2/ref/1""#
    #expect(try read(later).decisions[0].line.escalatedFrom == "")
    let moved = try read(later + #","gen_ai.request.model_override":"big""#).decisions[0].line
    #expect([moved.escalatedFrom, moved.trigger] == ["small", ""])
    #expect(moved.inferred.contains(.escalatedFrom))
    let retried = try read(later + #","gen_ai.request.model_override":"big","upstream_request_attempt_count":"2""#)
    #expect(retried.decisions[0].line.trigger == "error")
    let first = try read(#""gen_ai.request.model_override":"big""#).decisions[0].line
    #expect(first.escalatedFrom == "")
  }

  @Test func theRuleIsNamedByTheClusterWhereNoBackendIs() throws {
    let plain = try read(#""gen_ai.provider.name":"openai","upstream_host":"1.2.3.4:443""#).decisions[0].line
    #expect(
      [plain.claimedRule, plain.provider, plain.deployment] == [
        "httproute/default/models/rule/2", "openai", "1.2.3.4:443",
      ])
    let route =
      #""gen_ai.provider.name":"-","upstream_cluster":null,"route_name":"httproute/default/models/rule/3/match/0/*""#
    #expect(try read(route).decisions[0].line.claimedRule == "httproute/default/models/rule/3")
    #expect(try read(#""gen_ai.provider.name":null,"upstream_cluster":"other""#).decisions[0].line.claimedRule == "")
  }

  @Test(arguments: [
    (#""response_code":200"#, Outcome.success), (#""response_code":"201""#, .success),
    (#""response_code":500"#, .error),
    (#""response_code":0"#, .error), (#""response_code":400"#, .error), (#""response_code":429"#, .error),
    (#""response_code":429,"response_flags":"RL""#, .blocked),
    (#""response_code":429,"response_flags":"DC,RL""#, .blocked),
    (#""response_code":429,"response_code_details":"request_rate_limited""#, .blocked),
    (#""response_code":403"#, .error), (#""response_code":403,"response_code_details":"rbac_access_denied""#, .blocked),
    (#""response_code":403,"response_code_details":null"#, .blocked), (#""response_code":401"#, .error),
    (#""response_code":401,"response_flags":"UAEX""#, .blocked),
  ])
  func refusalsByTheGatewayAreBlocked(members: String, outcome: Outcome) throws {
    #expect(try read(members).decisions[0].line.outcome == outcome)
  }

  @Test func trafficThatAsksNoModelIsOther() throws {
    let none = #""gen_ai.request.model":"-","gen_ai.provider.name":null"#
    let log = try ReadLog(
      [
        entry(), entry(none + #","mcp.method.name":"tools/call","mcp.tool.name":"search""#),
        entry(none + #","x-envoy-origin-path":"/healthz""#), entry(none + #","method":"GET""#), entry(none),
      ].joined(separator: "\n"))
    #expect(log.decisions.count == 1)
    #expect(log.passed.other == 3)
    // A request for a model in a log that names none.
    #expect(log.rejects.map(\.reason) == [.emptyModel])
    #expect(log.rejects[0].position.line == 5)
  }

  @Test func entriesWithoutTimeIdOrStatusAreRejected() throws {
    let log = try ReadLog(
      [
        entry(), entry(#""start_time":"-""#), entry(#""x-request-id":"-""#), entry(#""response_code":null"#),
        entry(#""response_code":-1"#),
      ]
      .joined(separator: "\n"))
    #expect(log.rejects.map(\.reason) == [.badInstant, .emptyRequestID, .unknownOutcome, .unknownOutcome])
  }

  @Test func namesTheCallerWhereAHeaderWasMapped() throws {
    let read = try read(#""gen_ai.agent.name":"claims","data_class":"pii","mcp.tool.name":"search""#).decisions[0].line
    #expect([read.agent, read.dataClass, read.tools.first] == ["claims", "pii", "search"])
    let user = try self.read(#""user.id":"u""#).decisions[0].line
    #expect(user.agent == "u")
    #expect(user.inferred.contains(.agent))
  }

  @Test func damagedRecordsKeepOneFateEach() throws {
    try expectOneFateEach(
      of: [entry(#""route_name":"httproute/a/b/rule/1/match/0","mcp.tool.name":"x""#)], .envoy)
  }
}
