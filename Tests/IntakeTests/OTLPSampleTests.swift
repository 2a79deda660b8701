import EvidenceModel
import Foundation
import Intake
import Testing

/// Real traces, which lie beside the checkout where they lie at all.
enum OTLPSamples {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("../shared/reference/samples/otel-genai").standardizedFileURL
    .path

  static var arePresent: Bool { FileManager.default.fileExists(atPath: folder) }
  static let missing: Comment = "the samples folder ../shared/reference/samples/otel-genai is not beside this checkout"
}

@Suite(.enabled(if: OTLPSamples.arePresent, OTLPSamples.missing))
struct OTLPSampleTests {
  private func read(_ name: String) throws -> ReadLog { try ReadLog(path: OTLPSamples.folder + "/" + name) }

  @Test func aTraceOfJaegerHasTwoCallsUnderFourSpans() throws {
    let log = try read("agent-traces/helm.json")
    #expect(log.rejects.isEmpty)
    #expect(
      log.decisions.map(\.line.requestID) == [
        "chatcmpl-D9q5H84raMm0zTH5wd3lQfBgjuWAD", "chatcmpl-D9q5JI0FvSnRICgBDmb8NXdhm7NB8",
      ])
    #expect(log.passed.folded == 2)
    #expect(log.passed.other == 92)
    let line = log.decisions[0].line
    #expect([line.agent, line.requested, line.served] == ["helm_agent", "gpt-4.1-mini", "gpt-4.1-mini-2025-04-14"])
    #expect([line.provider, line.deployment] == ["openai", "api.openai.com"])
    #expect([line.tokensIn, line.tokensOut] == [1820, 13])
    #expect(line.tools.contains("helm_list_releases"))
    #expect(line.at.microseconds == 1_771_237_534_597_586)
  }

  @Test func aTraceOfTempoHasTwoCallsUnderSixSpans() throws {
    let log = try read("agent-traces/tempo_export_with_batches.json")
    #expect(log.rejects.isEmpty)
    #expect(
      log.decisions.map(\.line.requestID) == [
        "chatcmpl-DaLYlqJDD4djXUGg9TjyClK9BdeVV", "chatcmpl-DaLYmIS19l0ClnUwPDWAYAmn2jz66",
      ])
    #expect(log.passed.folded == 4)
    #expect(log.passed.other == 80)
    #expect(log.decisions[0].line.at.microseconds == 1_777_555_053_809_433)
  }

  @Test(arguments: [
    ("agent-traces/k8s.json", 1, 1, 71, 0), ("otlp-json/proofbook-basic.json", 2, 0, 4, 0),
    ("otlp-json/proofbook-legacy.json", 1, 0, 2, 0), ("otlp-json/proofbook-partial.json", 2, 0, 2, 0),
    ("otlp-json/trace.json", 0, 0, 1, 0), ("otlp-json/logs.json", 0, 0, 1, 0),
    // Fixtures without a time of their own: the time is that of the answer, where one is kept.
    ("openinference-spans/chat-basic.json", 1, 0, 0, 0), ("openinference-spans/azure-chat-basic.json", 1, 0, 0, 0),
    ("openinference-spans/chat-tools.json", 1, 0, 0, 0), ("openinference-spans/completion-basic.json", 1, 0, 0, 0),
    ("openinference-spans/chat-openai-agents-python.json", 1, 0, 0, 0),
    ("openinference-spans/chat-bad-request.json", 0, 0, 0, 1),
    ("openinference-spans/chat-unknown-model.json", 0, 0, 0, 1),
    ("openinference-spans/embeddings-basic.json", 0, 0, 0, 1),
  ])
  func everySpanOfASampleHasOneFate(name: String, decisions: Int, folded: Int, other: Int, rejects: Int) throws {
    let log = try read(name)
    #expect(log.format.format == .otlp)
    #expect(log.decisions.count == decisions)
    #expect(log.passed.folded == folded)
    #expect(log.passed.other == other)
    #expect(log.rejects.count == rejects)
  }

  @Test func aSpanOfOpenInferenceTakesWhatTheAnswerKnows() throws {
    let line = try read("openinference-spans/chat-tools.json").decisions[0].line
    #expect([line.requested, line.served] == ["gpt-5-nano", "gpt-5-nano-2025-08-07"])
    #expect(line.requestID == "chatcmpl-C4GmWI2Sl7HnrQsKorSAZkJy94dpT")
    #expect(line.tools == ["get_current_weather"])
    #expect([line.tokensIn, line.tokensOut] == [162, 287])
  }

  @Test func aRateLimitedCallIsAnError() throws {
    let lines = try read("otlp-json/proofbook-basic.json").decisions.map(\.line)
    #expect(lines.map(\.outcome) == [.success, .error])
    #expect(lines.map(\.agent) == ["Claims Triage", "fraud-check"])
  }
}
