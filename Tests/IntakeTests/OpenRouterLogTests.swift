import EvidenceModel
import Foundation
import Intake
import TestSupport
import Testing

@Suite struct OpenRouterLogTests {
  private func generation(_ members: String = "") -> ReadLine {
    ReadLine(
      #"{"id":"gen-1","created_at":"2026-07-01T08:00:00.12+00:00","model":"openai/m","provider_name":"OpenAI","#
        + #""total_cost":0.00123,"native_tokens_prompt":42,"native_tokens_completion":7,"finish_reason":"stop","#
        + #""external_user":"claims-bot","app_id":12\#(members.isEmpty ? "" : ",")\#(members)}"#, .openrouter)
  }

  private func answer(_ metadata: String, _ members: String = #""model":"openai/m""#) -> ReadLine {
    ReadLine(
      #"{"id":"gen-1","created":1782892800,\#(members),"openrouter_metadata":{"requested":"openai/m","#
        + #""strategy":"direct","endpoints":{"available":[{"provider":"OpenAI","model":"openai/m","selected":true}]}"#
        + #"\#(metadata.isEmpty ? "" : ",")\#(metadata)}}"#, .openrouter)
  }

  @Test func readsAGeneration() {
    let read = generation()
    #expect(read.reason == nil)
    #expect(read.at == at("2026-07-01T08:00:00.12Z"))
    #expect([read.requestID, read.agent] == ["gen-1", "claims-bot"])
    #expect(
      [read.requested, read.served, read.provider, read.deployment] == ["openai/m", "openai/m", "OpenAI", "OpenAI"])
    #expect([read.tokensIn, read.tokensOut, read.costMicros] == [42, 7, 1230])
    #expect([read.escalatedFrom, read.trigger, read.claimedRule, read.dataClass] == ["", "", "", ""])
    #expect(read.inferred == [.agent, .requestedModel, .deployment])
  }

  @Test func theRouterIsWhatWasAskedForThenThePreset() {
    let routed = generation(#""router":"openrouter/auto","preset_id":"p-1""#)
    #expect([routed.requested, routed.trigger, routed.escalatedFrom] == ["openrouter/auto", "classifier", ""])
    #expect(!routed.inferred.contains(.requestedModel))
    let preset = generation(#""preset_id":"p-1""#)
    #expect([preset.requested, preset.trigger] == ["@preset/p-1", ""])
    #expect(preset.inferred.contains(.requestedModel))
  }

  @Test func anAttemptOfAnotherModelWasFirstTried() {
    let read = generation(
      #""provider_responses":[{"model_permaslug":"a/x-1","provider_name":"A","status":429,"endpoint_id":"e1"},"#
        + #"{"model_permaslug":"openai/m-1","provider_name":"OpenAI","status":200,"endpoint_id":"e2"}]"#)
    #expect([read.requested, read.escalatedFrom, read.trigger] == ["a/x-1", "a/x-1", "rate-limit"])
    #expect([read.deployment, read.served] == ["e2", "openai/m"])
    #expect(!read.inferred.contains(.deployment))
  }

  @Test func anAttemptOfAnotherProviderIsNoEscalation() {
    let read = generation(
      #""provider_responses":[{"model_permaslug":"m-1","provider_name":"A","status":504},"#
        + #"{"model_permaslug":"m-1","provider_name":"B","status":200}]"#)
    #expect([read.requested, read.escalatedFrom, read.trigger] == ["openai/m", "", "timeout"])
  }

  @Test(arguments: [
    (#""finish_reason":"content_filter""#, Outcome.blocked, "openai/m"), (#""finish_reason":"error""#, .error, ""),
    (#""provider_responses":[{"status":503}]"#, .error, ""), (#""error":{"code":502}"#, .error, ""),
    (#""cancelled":true,"finish_reason":null"#, .success, "openai/m"),
  ])
  func aGenerationEnds(members: String, outcome: Outcome, served: String) {
    let read = generation(members)
    #expect(read.reason == nil)
    #expect(read.outcome == outcome)
    #expect(read.served == served)
  }

  @Test func whoAskedIsTheUserThenTheAppThenTheWorkspace() {
    #expect(generation(#""external_user":null"#).agent == "12")
    #expect(generation(#""external_user":null,"app_id":null,"workspace_id":"w-1""#).agent == "w-1")
    let nobody = generation(#""external_user":null,"app_id":null"#)
    #expect(nobody.agent == "")
    #expect(!nobody.inferred.contains(.agent))
  }

  @Test func readsAnAnswerWithMetadata() {
    let read = answer(
      "",
      #""model":"openai/m","usage":{"prompt_tokens":5,"completion_tokens":6,"cost":0.5},"#
        + #""choices":[{"message":{"tool_calls":[{"function":{"name":"search"}},{"function":{"name":"search"}}]}}]"#)
    #expect(read.reason == nil)
    #expect(read.at == at("2026-07-01T08:00:00Z"))
    #expect([read.requested, read.served, read.provider] == ["openai/m", "openai/m", "OpenAI"])
    #expect([read.tokensIn, read.tokensOut, read.costMicros] == [5, 6, 500_000])
    #expect(read.tools == ["search"])
    #expect(!read.inferred.contains(.requestedModel))
  }

  @Test func anAnswerNamesItsAttempts() {
    let read = answer(
      #""attempts":[{"provider":"A","model":"openai/m","status":503},{"provider":"B","model":"b/n","status":200}]"#,
      #""model":"b/n""#)
    #expect(
      [read.requested, read.served, read.escalatedFrom, read.trigger] == ["openai/m", "b/n", "openai/m", "error"])
  }

  @Test(arguments: [("auto", "classifier"), ("fallback", "error"), ("direct", "")])
  func aStrategySaysWhyTheRequestMoved(strategy: String, trigger: String) {
    #expect(answer(#""strategy":"\#(strategy)""#).trigger == trigger)
  }

  @Test func aGuardrailThatBlocksIsTheClaimedRule() {
    let read = answer(
      #""pipeline":[{"type":"guardrail","guardrail_id":"grd-1","data":{"action":"blocked"}}]"#,
      #""model":"openai/m","error":{"code":403}"#)
    #expect(read.outcome == .blocked)
    #expect([read.claimedRule, read.served] == ["grd-1", ""])
  }

  @Test func whatAGuardrailFoundIsTheDataClass() {
    let read = answer(
      #""pipeline":[{"type":"guardrail","data":{"action":"redacted","matched_entity_types":["EMAIL"]}}]"#)
    #expect([read.dataClass, read.claimedRule] == ["pii", ""])
    #expect(read.outcome == .success)
    #expect(read.inferred.contains(.dataClass))
  }

  @Test func anErrorIsNoRefusalUnlessModerationSaysSo() {
    #expect(answer("", #""error":{"code":500}"#).outcome == .error)
    #expect(answer("", #""error":{"code":403,"metadata":{"reasons":["violence"]}}"#).outcome == .blocked)
  }

  @Test func anAnswerWithoutATimeIsRejectedUnlessItsKeeperWroteOne() {
    let refused = #"{"error":{"code":403},"openrouter_metadata":{"requested":"m"}"#
    #expect(ReadLine(refused + "}", .openrouter).reason == .badInstant)
    #expect(ReadLine(refused + #","timestamp":"2026-07-01T00:00:00Z"}"#, .openrouter).reason == .emptyRequestID)
    let kept = ReadLine(refused + #","timestamp":"2026-07-01T00:00:00Z","request_id":"r-1"}"#, .openrouter)
    #expect(kept.reason == nil)
    #expect(kept.outcome == .error)
  }

  @Test func readsGenerationsAloneUnderDataAndInLists() throws {
    let one = #"{"id":"gen-1","created_at":"2026-07-01T08:00:00Z","model":"m","total_cost":0}"#
    for text in [one, #"{"data":\#(one)}"#, #"{"data":[\#(one)]}"#, "[\(one)]", one + "\n" + one + "\n"] {
      let log = try ReadLog(text)
      #expect(log.format.format == .openrouter, "\(text)")
      #expect(log.decisions.allSatisfy { $0.line.requestID == "gen-1" }, "\(text)")
      #expect(!log.decisions.isEmpty && log.rejects.isEmpty)
    }
  }

  @Test func damagedRecordsNeverCrash() {
    let record = Array(
      (#"{"id":"gen-1","created_at":"2026-07-01T08:00:00Z","model":"m","total_cost":0.1,"router":"r","preset_id":"p","app_id":1,"#
        + #""provider_responses":[{"model_permaslug":"a","status":429},{"model_permaslug":"b","status":200}],"#
        + #""openrouter_metadata":{"attempts":[{"status":1}],"pipeline":[{"type":"guardrail","data":{"action":"blocked"}}]},"#
        + #""choices":[{"message":{"tool_calls":[{"function":{"name":"t"}}]}}],"error":{"metadata":{"reasons":[]}}}"#)
        .utf8)
    for count in 0..<record.count { #expect(ReadLine(Array(record[..<count]), .openrouter).reason == .notJSON) }
    var numbers = FixedNumbers(state: 2)
    var readable = 0
    for _ in 0..<4000 {
      var damaged = record
      for _ in 0..<Int.random(in: 1...4, using: &numbers) {
        damaged[Int.random(in: 0..<damaged.count, using: &numbers)] = UInt8.random(in: 0x20..<0x7F, using: &numbers)
      }
      if ReadLine(damaged, .openrouter).reason == nil { readable += 1 }
    }
    #expect(readable > 0)
    for value in ["null", "1e400", "-1", "[]", "{}", #""""#, "99999999999999999999"] {
      for key in [
        "id", "created_at", "model", "total_cost", "provider_responses", "status", "app_id", "pipeline", "data",
        "choices",
      ] {
        let text = String(decoding: record, as: UTF8.self).replacing("\"\(key)\":", with: "\"\(key)\":\(value),\"x\":")
        _ = ReadLine(text, .openrouter)
      }
    }
  }

  private static let samples = OTLPSamples.folder + "/../openrouter/"

  @Test(.enabled(if: OTLPSamples.arePresent, OTLPSamples.missing)) func readsTheGenerationOfTheDocumentation() throws {
    let log = try ReadLog(path: Self.samples + "GenerationResponse.json")
    let line = try #require(log.decisions.first).line
    #expect([line.requestID, line.agent] == ["gen-3bhGkxlo4XFrqiabUM7NDtwDzWwG", "user-123"])
    #expect([line.requested, line.served] == ["openrouter/auto", "sao10k/l3-stheno-8b"])
    #expect([line.tokensIn, line.tokensOut, line.costMicros] == [10, 25, 1500])
    for name in ["router-metadata-response-1.json", "router-metadata-response-3.json"] {
      let answers = try ReadLog(path: Self.samples + name)
      #expect(answers.rejects.map(\.reason) == [.badInstant])
    }
    for name in ["ActivityResponse.json", "GetPresetResponse.json", "Guardrail.json", "ListEndpointsResponse.json"] {
      #expect(throws: ReadLog.FormatUnknown.self) { try ReadLog(path: Self.samples + name) }
    }
  }
}
