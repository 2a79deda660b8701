import EvidenceModel
import Foundation
import Intake
import Testing

/// Records of real gateways, which lie beside the checkout where they lie at all.
private enum GatewaySamples {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("../shared/reference/samples").standardizedFileURL.path

  static var arePresent: Bool { FileManager.default.fileExists(atPath: folder) }
  static let missing: Comment = "the samples folder ../shared/reference/samples is not beside this checkout"
}

@Suite(.enabled(if: GatewaySamples.arePresent, GatewaySamples.missing))
struct GatewaySampleTests {
  private func read(_ name: String, _ stated: RoutingLogFormat? = nil) throws -> ReadLog {
    try ReadLog(path: GatewaySamples.folder + "/" + name, stated)
  }

  @Test func anOpenClawGatewayLogHoldsOneFallback() throws {
    let log = try read("openclaw/gateway-log.jsonl")
    #expect(log.format.format == .openclaw)
    #expect(log.decisions.count == 1)
    let read = log.decisions[0].line
    #expect(
      [read.requested, read.served, read.escalatedFrom] == [
        "openai/gpt-5.2", "openai-codex/gpt-5.2-codex", "openai/gpt-5.2",
      ])
    #expect(read.trigger == "auth")
    #expect(log.decisions[0].position.line == 3)
    #expect(log.passed.other == 2)
  }

  @Test func anOpenClawSessionHoldsOneEscalation() throws {
    let log = try read("openclaw/session.jsonl")
    #expect(log.format.format == .openclawSession)
    #expect(log.decisions.count == 1)
    let read = log.decisions[0].line
    #expect(
      [read.requested, read.served, read.escalatedFrom] == [
        "ollama/qwen3.5:9b", "openai-codex/gpt-5.4", "ollama/qwen3.5:9b",
      ])
    #expect(read.trigger == "error")
    #expect(read.inferred.contains(.trigger))
    #expect([read.tokensIn, read.tokensOut, read.costMicros] == [13_846, 191, 24_485])
    #expect(log.passed.folded == 4)
    #expect(log.passed.other == 4)
  }

  @Test func aReplayListIsReadElementByElement() throws {
    let log = try read("vllm-semantic-router/logs/router_replay_list.json")
    #expect(log.format.format == .semanticRouter)
    #expect(log.format.envelope == "data")
    #expect(log.decisions.map(\.line.requestID) == ["req-1", "req-2"])
    #expect(log.decisions[0].line.costMicros == 2000)
    #expect(log.decisions.allSatisfy { $0.line.outcome == .success && $0.line.inferred.contains(.outcome) })
  }

  @Test func aReplayRecordAndItsEventsAreRead() throws {
    let record = try read("vllm-semantic-router/constructed/router_replay_record.json")
    #expect(record.decisions.map(\.line.claimedRule) == ["static_business_route"])
    let events = try read("vllm-semantic-router/constructed/router_replay_events.jsonl")
    #expect(events.decisions.map(\.line.claimedRule) == ["local_privacy_route"])
    #expect(events.decisions[0].line.dataClass == "pii")
    #expect(events.passed.folded == 1)
  }

  @Test func routerLinesThatLackTimeOrRequestAreRejectsNotGuesses() throws {
    let line = try read("vllm-semantic-router/logs/routing_decision.jsonl")
    #expect(line.rejects.map(\.reason) == [.badInstant])
    // Times of a simulator, counted from its start.
    let trace = try read("vllm-semantic-router/logs/router_decisions.trace.jsonl", .semanticRouter)
    #expect(trace.decisions.isEmpty)
    #expect(trace.rejects.count == 240)
    #expect(trace.rejects.allSatisfy { $0.reason == .badInstant })
    #expect(throws: ReadLog.FormatUnknown.self) { try read("vllm-semantic-router/logs/agentgateway.log") }
  }

  @Test func anEnvoyEntryNamesItsRule() throws {
    let log = try read("envoy-ai-gateway/logs/access-log.jsonl")
    #expect(log.format.format == .envoy)
    let read = log.decisions[0].line
    #expect([read.requested, read.served, read.deployment] == ["gpt-4o-mini", "gpt-4o-mini", "tars"])
    #expect(read.claimedRule == "default/tars/route/aigw-run/rule/0/ref/0")
    #expect([read.tokensIn, read.tokensOut] == [15, 7])
  }

  @Test func bifrostRowsAreOneChain() throws {
    let log = try read("constructed/bifrost/logs.json")
    #expect(log.format.format == .bifrost)
    #expect(log.format.envelope == "logs")
    #expect(log.decisions.count == 1)
    let read = log.decisions[0].line
    #expect(
      [read.requested, read.served, read.claimedRule] == ["openai/gpt-5-mini", "anthropic/claude-haiku-4-5", "rr-12"])
    #expect([read.trigger, read.agent] == ["error", "claims"])
    #expect(log.passed.folded == 1)
  }
}
