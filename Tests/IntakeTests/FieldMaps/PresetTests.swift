import EvidenceModel
import Intake
import Testing

/// Records as the systems document them, whole where the samples are fragments.
struct PresetTests {
  @Test func everyPresetIsReadAndNamedAfterItsFile() {
    #expect(
      FieldMap.presets.map(\.name) == [
        "azure-model-router", "bedrock", "cloudflare", "helicone", "kong", "langfuse-csv", "langfuse", "litellm-csv",
        "native-csv", "portkey", "vercel",
      ])
  }

  @Test func readsAnEntryOfKong() throws {
    let log = try ReadLog(
      #"{"started_at":1772438711512,"request":{"id":"k-1"},"response":{"status":200},"consumer":{"username":"claims"},"tries":[],"ai":{"proxy":{"meta":{"request_model":"front","response_model":"small","provider_name":"acme"},"usage":{"prompt_tokens":7,"completion_tokens":3,"cost":0.0038}},"ai-request-transformer":{"meta":{"request_model":"other"}}}}"#
    )
    let line = try #require(log.decisions.first?.line)
    #expect(log.format.format.name == "kong")
    #expect(line.at == Instant(rfc3339: "2026-03-02T08:05:11.512Z"))
    #expect([line.requestID, line.agent, line.requested, line.served] == ["k-1", "claims", "front", "small"])
    #expect(line.outcome == .success)
    #expect(line.matched == .outcome)
    #expect((line.tokensIn, line.tokensOut, line.costMicros) == (7, 3, 3800))
  }

  @Test(
    arguments: [
      (#""modelId":"m""#, Outcome.success, "m"),
      (#""modelId":"m","errorCode":"ThrottlingException""#, .error, "m"),
      (#""modelId":"m","output":{"outputBodyJson":{"stopReason":"guardrail_intervened"}}"#, .blocked, "m"),
      (
        #""modelId":"arn:aws:bedrock:r:1:default-prompt-router/x","output":{"outputBodyJson":{"trace":{"promptRouter":{"invokedModelId":"chosen"}}}}"#,
        .success, "chosen"
      ),
    ])
  func outcomesAndRoutersOfBedrock(members: String, outcome: Outcome, served: String) throws {
    let log = try ReadLog(
      #"{"schemaType":"ModelInvocationLog","timestamp":"2026-03-02T08:05:11Z","requestId":"b-1",\#(members)}"#)
    #expect(log.decisions.map(\.line.outcome) == [outcome])
    #expect(log.decisions.map(\.line.served) == [served])
  }

  @Test func aPromptRouterOfBedrockWithoutItsTraceIsRejected() throws {
    let log = try ReadLog(
      #"{"schemaType":"ModelInvocationLog","timestamp":"2026-03-02T08:05:11Z","requestId":"b-1","modelId":"arn:aws:bedrock:r:1:prompt-router/x"}"#
    )
    #expect(log.rejects.map(\.reason) == [.emptyModel])
  }

  @Test func aResponseOfTheModelRouterTellsItsFirstAttempt() throws {
    let log = try ReadLog(
      #"{"id":"c-1","created":1772438711,"model":"b","choices":[{"finish_reason":"stop"}],"usage":{"prompt_tokens":5},"model_selection_details":{"model_router_details":{"mode":"balanced","routing_trace":[{"attempts":[{"model":"a","result":{"status":429}},{"model":"b","result":{"status":200}}]}]}}}"#
    )
    let line = try #require(log.decisions.first?.line)
    #expect([line.requested, line.served, line.escalatedFrom] == ["model-router", "b", "a"])
    #expect(line.trigger == "rate-limit")
    #expect(line.inferred == [.requestedModel, .provider])
  }

  @Test func anAffinityOfTheModelRouterIsAChoice() throws {
    let log = try ReadLog(
      #"{"id":"c-1","created":1772438711,"model":"b","choices":[{"finish_reason":"stop"}],"model_selection_details":{"model_router_details":{"mode":"balanced","session_affinity":{"decision":"retain"}}}}"#
    )
    #expect(log.decisions.map(\.line.trigger) == ["affinity"])
    #expect(log.decisions.map(\.line.escalatedFrom) == [""])
  }

  @Test func stepsOfCloudflareThatShareAnIDAreOneDecision() throws {
    func step(_ id: String, _ step: Int, _ model: String, _ success: Bool, _ status: Int) -> String {
      #"{"id":"\#(id)","created_at":"2026-03-02T08:05:1\#(step)Z","provider":"p","model":"\#(model)","step":\#(step),"success":\#(success),"status_code":\#(status),"tokens_in":1,"tokens_out":2,"cost":0.5,"metadata":"{\"request_id\":\"r-1\"}"}"#
    }
    // The API lists the newest first.
    let log = try ReadLog(
      "{\"result\":[\(step("c", 2, "third", true, 200)),\(step("b", 1, "second", false, 503)),\(step("a", 0, "first", false, 429))]}"
    )
    let line = try #require(log.decisions.first?.line)
    #expect(log.decisions.count == 1)
    #expect(log.passed.folded == 2)
    #expect([line.requestID, line.requested, line.served, line.escalatedFrom] == ["r-1", "first", "third", "first"])
    #expect(line.trigger == "rate-limit")
    #expect(line.at == Instant(rfc3339: "2026-03-02T08:05:10Z"))
    #expect(line.costMicros == 1_500_000)
    #expect(line.inferred == [.requestedModel, .escalatedFrom])
    #expect(log.decisions.map(\.position.byteOffset) == [11])
  }

  @Test func readsAResultOfVercelWithATimeOfItsOwn() throws {
    let log = try ReadLog(
      #"{"response":{"timestamp":"2026-03-02T08:05:11Z"},"usage":{"inputTokens":4},"providerMetadata":{"gateway":{"routing":{"originalModelId":"a/x","finalProvider":"p","modelAttempts":[{"modelId":"a/x","success":false},{"modelId":"b/y","success":true}]},"cost":"0.00273","generationId":"gen_1"}}}"#
    )
    let line = try #require(log.decisions.first?.line)
    #expect(log.format.format.name == "vercel")
    #expect([line.requestID, line.requested, line.served, line.escalatedFrom] == ["gen_1", "a/x", "b/y", "a/x"])
    #expect(line.trigger == "error")
    #expect(line.costMicros == 2730)
  }

  @Test func readsRowsOfHelicone() throws {
    let log = try ReadLog(
      #"{"data":[{"request_id":"h-1","request_created_at":"2026-03-02T08:05:11.5+00:00","request_model":"a","response_model":"b","provider":"P","status":200,"properties":{"Helicone-Property-Agent":"svc"},"cost_usd":0.1},{"request_id":"h-2","request_created_at":"2026-03-02T08:05:11Z","request_model":"a","response_model":null,"provider":"P","status":200}]}"#
    )
    #expect(log.format.format.name == "helicone")
    #expect(log.decisions.map(\.line.agent) == ["svc"])
    #expect(log.rejects.map(\.reason) == [.emptyModel])
  }

  @Test func observationsOfLangfuseThatAreNoGenerationArePassedOver() throws {
    let log = try ReadLog(
      """
      id,trace_id,type,start_time,provided_model_name,level,metadata,user_id
      s-1,t-1,SPAN,2026-03-02 08:05:11,,DEFAULT,,u
      g-1,t-1,GENERATION,2026-03-02 08:05:12,m,DEFAULT,"{""requested_model"":""auto"",""data_class"":""pii""}",u
      g-2,t-1,GENERATION,2026-03-02 08:05:13,m,ERROR,,u

      """)
    #expect(log.format.format.name == "langfuse-csv")
    #expect(log.decisions.map(\.line.requested) == ["auto", "m"])
    #expect(log.decisions.map(\.line.dataClass) == ["pii", ""])
    #expect(log.decisions.map(\.line.outcome) == [.success, .error])
    #expect(log.passed.other == 2)
  }

  @Test func aTableOfSpendRowsTellsFallbacksAndRefusals() throws {
    let log = try ReadLog(
      """
      request_id,startTime,spend,model,model_group,status,metadata,request_tags
      q1,2026-07-01 01:00:00,0.1,big,strong,success,"{""attempted_fallbacks"":1,""original_model_group"":""front"",""routing_decision"":{""cause"":""tier""}}","[""a"",""data:pii""]"
      q2,2026-07-01 01:00:00,0,big,front,failure,"{""error_information"":{""error_class"":""ContentPolicyViolationError""}}",
      q3,2026-07-01 01:00:00,0,big,front,failure,,
      q4,2026-07-01 01:00:00,0,big,front,,"{""routing_decision"":{""cause"":""session_affinity_hit""}}",
      q5,2026-07-01 01:00:00,0,big,front,odd,,

      """)
    #expect(log.decisions.map(\.line.outcome) == [.success, .blocked, .error, .success])
    #expect(log.decisions.map(\.line.escalatedFrom) == ["front", "", "", ""])
    #expect(log.decisions.map(\.line.trigger) == ["", "", "", "affinity"])
    #expect(log.decisions.map(\.line.dataClass) == ["pii", "", "", ""])
    #expect(log.rejects.map(\.reason) == [.unknownOutcome])
  }
}
