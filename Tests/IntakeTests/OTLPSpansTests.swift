import EvidenceModel
import Intake
import TestSupport
import Testing

/// A span as OTLP/JSON writes it, for tests.
struct SpanText {
  var trace = "0af7651916cd43dd8448eb211c80319c"
  var id: String
  var parent = ""
  /// Seconds since 2026-07-01T00:00:00Z.
  var from = 0
  var to = 1
  var failed = false
  /// Whole numbers and texts.
  var attributes: [(String, String)] = []

  var json: String {
    let epoch = 1_782_864_000
    let members = attributes.map { name, value in
      let wrapped = Int64(value) == nil ? #""stringValue":"\#(value)""# : #""intValue":"\#(value)""#
      return #"{"key":"\#(name)","value":{\#(wrapped)}}"#
    }
    return #"{"traceId":"\#(trace)","spanId":"\#(id)","parentSpanId":"\#(parent)","name":"n","kind":3,"#
      + #""startTimeUnixNano":"\#(epoch + from)000000000","endTimeUnixNano":"\#(epoch + to)000000000","#
      + #""attributes":[\#(members.joined(separator: ","))],"status":{"code":\#(failed ? 2 : 1)}}"#
  }

  static func call(
    _ id: String, in parent: String = "", _ model: String, answer: String? = nil, from: Int = 0, to: Int = 1,
    failed: Bool = false, _ more: [(String, String)] = []
  ) -> SpanText {
    var attributes = [("gen_ai.operation.name", "chat"), ("gen_ai.request.model", model)] + more
    if let answer { attributes += [("gen_ai.response.id", answer), ("gen_ai.response.model", model)] }
    return SpanText(id: id, parent: parent, from: from, to: to, failed: failed, attributes: attributes)
  }
}

func otlp(_ spans: [SpanText], service: String = "claims-runtime") -> String {
  #"{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"\#(service)"}}]},"#
    + #""scopeSpans":[{"scope":{"name":"s"},"spans":[\#(spans.map(\.json).joined(separator: ","))]}]}]}"#
}

@Suite struct OTLPSpansTests {
  @Test func aSpanThatCallsAModelIsADecision() throws {
    let log = try ReadLog(
      otlp([
        .call(
          "a1", "small-1", answer: "resp-1", from: 60, to: 62,
          [
            ("gen_ai.provider.name", "example"), ("server.address", "eu.models.example"),
            ("gen_ai.agent.name", "claims-triage"), ("gen_ai.usage.input_tokens", "420"),
            ("gen_ai.usage.output_tokens", "96"), ("gen_ai.usage.cost", "0.00123"), ("data_class", "internal"),
          ])
      ]))
    #expect(log.format.format == .otlp)
    let line = try #require(log.decisions.first).line
    #expect(line.at == at("2026-07-01T00:01:00Z"))
    #expect([line.requestID, line.agent, line.dataClass] == ["resp-1", "claims-triage", "internal"])
    #expect([line.requested, line.served] == ["small-1", "small-1"])
    #expect([line.provider, line.deployment] == ["example", "eu.models.example"])
    #expect([line.tokensIn, line.tokensOut, line.costMicros] == [420, 96, 1230])
    #expect([line.claimedRule, line.escalatedFrom, line.trigger] == ["", "", ""])
    #expect(line.outcome == .success)
    #expect(line.inferred == [])
  }

  @Test func eachSpanHasThePlaceOfItsOwnBytes() throws {
    let text =
      "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[\n  \(SpanText.call("a1", "m").json),\n\n  \(SpanText.call("a2", "m").json)\n]}]}]}"
    let log = try ReadLog(text)
    let bytes = Array(text.utf8)
    #expect(log.decisions.map(\.position.line) == [2, 4])
    for (decision, id) in zip(log.decisions, ["a1", "a2"]) {
      let range = decision.position.byteOffset..<(decision.position.byteOffset + decision.position.bytes)
      #expect(String(decoding: bytes[range], as: UTF8.self) == SpanText.call(id, "m").json)
    }
  }

  @Test func spansInsideOneAnotherThatDescribeOneCallCountOnce() throws {
    let log = try ReadLog(
      otlp([
        SpanText(
          id: "agent", attributes: [("gen_ai.operation.name", "invoke_agent"), ("gen_ai.agent.name", "triage")]),
        .call("outer", in: "agent", "small-1", [("data_class", "pii")]),
        SpanText(id: "http", parent: "outer", attributes: [("http.method", "POST")]),
        .call("inner", in: "http", "small-1", answer: "resp-1"),
      ]))
    #expect(log.decisions.map(\.line.requestID) == ["resp-1"])
    #expect(log.passed.folded == 1)
    #expect(log.passed.other == 2)
    let line = try #require(log.decisions.first).line
    #expect([line.agent, line.dataClass] == ["triage", "pii"])
    #expect(line.inferred == [.agent, .dataClass])
  }

  @Test func theOuterSpanMayComeInALaterRecord() throws {
    let log = try ReadLog(
      otlp([.call("inner", in: "outer", "m", answer: "resp-1")]) + "\n" + otlp([.call("outer", "m")]) + "\n")
    #expect(log.decisions.map(\.line.requestID) == ["resp-1"])
    #expect(log.decisions.map(\.position.line) == [1])
    #expect(log.passed.folded == 1)
  }

  @Test func whatAToolCallsIsACallOfItsOwn() throws {
    let log = try ReadLog(
      otlp([
        .call("outer", "m"), .call("inner", in: "outer", "m", answer: "resp-1"),
        SpanText(
          id: "tool", parent: "outer",
          attributes: [("gen_ai.operation.name", "execute_tool"), ("gen_ai.tool.name", "search")]),
        .call("deep", in: "tool", "m", answer: "resp-2", from: 2, to: 3),
      ]))
    #expect(log.decisions.map(\.line.requestID) == ["resp-1", "resp-2"])
    #expect(log.decisions.map(\.line.tools) == [["search"], []])
    #expect(log.decisions[0].line.inferred.contains(.tools))
  }

  @Test func oneAnswerSeenTwiceAtATimeCountsOnce() throws {
    let log = try ReadLog(
      otlp([
        .call("a", "m", answer: "resp-1", from: 0, to: 9), .call("b", "m", answer: "resp-1", from: 1, to: 8),
        .call("c", "m", answer: "resp-1", from: 20, to: 21), .call("c", "m", answer: "resp-1", from: 20, to: 21),
      ]))
    #expect(log.decisions.map(\.line.at) == [at("2026-07-01T00:00:01Z"), at("2026-07-01T00:00:20Z")])
    #expect(log.passed.folded == 2)
  }

  @Test func attemptsInsideOneCallAreOneDecision() throws {
    let log = try ReadLog(
      otlp([
        .call("outer", "small-1", from: 0, to: 9),
        .call("first", in: "outer", "small-1", from: 0, to: 2, failed: true, [("error.type", "RateLimitError")]),
        .call("second", in: "outer", "large-2", answer: "resp-1", from: 3, to: 8),
      ]))
    #expect(log.decisions.count == 1)
    #expect(log.passed.folded == 2)
    let line = log.decisions[0].line
    #expect(
      [line.requested, line.served, line.escalatedFrom, line.trigger] == [
        "small-1", "large-2", "small-1", "rate-limit",
      ])
    #expect(line.inferred.isSuperset(of: [.requestedModel, .escalatedFrom]))
    #expect(line.matched.contains(.trigger))
  }

  @Test func callsOfAnAgentThatFailAreNoAttemptsOfTheNext() throws {
    let log = try ReadLog(
      otlp([
        SpanText(id: "agent", attributes: [("gen_ai.operation.name", "invoke_agent")]),
        .call("first", in: "agent", "small-1", from: 0, to: 2, failed: true),
        .call("second", in: "agent", "large-2", answer: "resp-1", from: 3, to: 8),
      ]))
    #expect(log.decisions.map(\.line.outcome) == [.error, .success])
    #expect(log.decisions[1].line.escalatedFrom == "")
  }

  @Test func attemptsAtOneTimeAreDecisionsOfTheirOwn() throws {
    let log = try ReadLog(
      otlp([
        .call("outer", "m", from: 0, to: 9), .call("first", in: "outer", "m", from: 0, to: 5, failed: true),
        .call("second", in: "outer", "n", answer: "resp-1", from: 3, to: 8),
      ]))
    #expect(log.decisions.map(\.line.escalatedFrom) == ["", ""])
  }

  @Test func anAnswerThatOnlyTheOuterSpanKnowsIsTheDecision() throws {
    let log = try ReadLog(
      otlp([
        .call("outer", "small-1", answer: "resp-1", from: 0, to: 9),
        .call("first", in: "outer", "small-1", from: 0, to: 2, failed: true),
      ]))
    #expect(log.decisions.map(\.line.requestID) == ["resp-1"])
    #expect(log.passed.folded == 1)
  }

  @Test func anInnerSpanWithoutAnAnswerGivesWayToTheOneAroundItThatHasOne() throws {
    let log = try ReadLog(
      otlp([.call("sdk", "m", answer: "resp-1", from: 0, to: 9), .call("proxy", in: "sdk", "m", from: 1, to: 8)]))
    #expect(log.decisions.map(\.line.requestID) == ["resp-1"])
    #expect(log.passed.folded == 1)
  }

  @Test func readsToolsThatAreOfferedInAList() throws {
    let list =
      #"{"key":"gen_ai.tool.definitions","value":{"arrayValue":{"values":[{"kvlistValue":{"values":["#
      + #"{"key":"name","value":{"stringValue":"search"}}]}}]}}}"#
    let called =
      #"{"key":"gen_ai.output.messages","value":{"stringValue":"[{\"parts\":[{\"type\":\"tool_call\",\"name\":\"mail\"}]}]"}}"#
    let text = otlp([.call("a", "m")]).replacing(
      #""attributes":[{"key":"gen"#, with: #""attributes":[\#(list),\#(called),{"key":"gen"#)
    #expect(try ReadLog(text).decisions[0].line.tools == ["search", "mail"])
  }

  @Test(arguments: [
    ("429", Outcome.error), ("timeout", .error), ("ContentPolicyViolationError", .blocked), ("_OTHER", .error),
  ])
  func anErrorTypeEndsACall(type: String, outcome: Outcome) throws {
    let log = try ReadLog(otlp([.call("a", "m", [("error.type", type)])]))
    #expect(log.decisions.map(\.line.outcome) == [outcome])
    #expect(log.decisions[0].line.served == "")
  }

  @Test func aFilteredAnswerIsBlocked() throws {
    let log = try ReadLog(otlp([.call("a", "m", [("gen_ai.response.finish_reasons", #"[\"content_filter\"]"#)])]))
    #expect(log.decisions.map(\.line.outcome) == [.blocked])
  }

  @Test func aCallWithoutATimeIsRejectedWithItsPlace() throws {
    let text = otlp([.call("a", "m")]).replacing("1782864000000000000", with: "0")
    let log = try ReadLog(text)
    #expect(log.rejects.map(\.reason) == [.badInstant])
    #expect(log.rejects[0].position.byteOffset > 0)
  }

  @Test func nanosecondsAreCutToMicrosecondsExactly() throws {
    for time in [#""1783683600123456789""#, "1783683600123456789"] {
      let text = otlp([.call("a", "m")]).replacing(#""1782864000000000000""#, with: time)
      #expect(try ReadLog(text).decisions.first?.line.at.microseconds == 1_783_683_600_123_456)
    }
    let real = otlp([.call("a", "m")]).replacing(#""1782864000000000000""#, with: "1.7836836e18")
    #expect(try ReadLog(real).rejects.map(\.reason) == [.badInstant])
  }

  @Test func whatStandsInWhereAnAttributeIsMissingIsInferred() throws {
    let log = try ReadLog(otlp([.call("a1", "m")]))
    let line = try #require(log.decisions.first).line
    #expect([line.requestID, line.agent, line.served] == ["a1", "claims-runtime", "m"])
    #expect(line.inferred == [.agent, .servedModel])
  }

  @Test func theModelBeforeTheGatewaysChangeIsTheRequestedOne() throws {
    let log = try ReadLog(otlp([.call("a1", "large-2", answer: "r", [("gen_ai.original.model", "small-1")])]))
    #expect([log.decisions[0].line.requested, log.decisions[0].line.served] == ["small-1", "large-2"])
  }

  @Test func namesOfModelsStayAsTheyAre() throws {
    var span = SpanText.call("a1", "gpt-4o")
    span.attributes.append(("gen_ai.response.model", "gpt-4o-2024-08-06"))
    let line = try ReadLog(otlp([span])).decisions[0].line
    #expect([line.requested, line.served] == ["gpt-4o", "gpt-4o-2024-08-06"])
  }

  @Test func readsBothGenerationsOfNames() throws {
    let span = SpanText(
      id: "a",
      attributes: [
        ("llm.request.type", "chat"), ("gen_ai.system", "openai"), ("llm.request.model_name", "m"),
        ("gen_ai.usage.prompt_tokens", "7"), ("gen_ai.usage.completion_tokens", "8"),
        ("gen_ai.openai.api_base", "https://user:pass@api.models.example/v1/"),
        ("llm.request.functions.0.name", "search"), ("gen_ai.completion.0.tool_calls.0.name", "mail"),
        ("traceloop.association.properties.data_class", "pii"),
      ])
    let line = try ReadLog(otlp([span])).decisions[0].line
    #expect([line.provider, line.deployment, line.requested] == ["openai", "api.models.example", "m"])
    #expect([line.tokensIn, line.tokensOut] == [7, 8])
    #expect(line.tools == ["search", "mail"])
    #expect(line.dataClass == "pii")
  }

  @Test func theBroadcastOfOpenRouterNamesUserAndMetadata() throws {
    let call = SpanText.call(
      "a", "openai/m", answer: "gen-1", [("user.id", "user-7"), ("trace.metadata.data_class", "internal")])
    let line = try ReadLog(otlp([call], service: "openrouter")).decisions[0].line
    #expect([line.agent, line.dataClass] == ["user-7", "internal"])
    #expect(line.inferred == [.agent])
    let bare = try ReadLog(otlp([.call("a", "m")], service: "openrouter")).decisions[0].line
    #expect(bare.agent == "")
  }
}
