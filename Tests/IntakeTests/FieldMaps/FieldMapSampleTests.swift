import EvidenceModel
import Foundation
import Intake
import Testing

/// Real and constructed samples of every preset, which lie beside the checkout where they lie at all.
@Suite(.enabled(if: Samples.arePresent, Samples.missing))
struct FieldMapSampleTests {
  private static let folder = URL(fileURLWithPath: Samples.folder).deletingLastPathComponent().path

  private func read(_ name: String) throws -> ReadLog { try ReadLog(path: Self.folder + "/" + name) }

  @Test func anEntryOfKongWithoutItsTimeIsRejected() throws {
    let log = try read("kong-ai-gateway/ai-log.json")
    #expect(log.format.format.name == "kong")
    #expect(log.rejects.map(\.reason) == [.badInstant])
    #expect(log.decisions.isEmpty)
  }

  @Test func readsAnInvocationOfBedrock() throws {
    let log = try read("bedrock/invocation-log.jsonl")
    #expect(log.format.format.name == "bedrock")
    let line = try #require(log.decisions.first?.line)
    #expect(line.requestID == "6f9e9644-95a1-4c3c-892f-b51372320d5e")
    #expect(line.requested == "anthropic.claude-3-haiku-20240307-v1:0")
    #expect(line.served == line.requested)
    #expect(line.inferred == [.servedModel, .provider, .outcome])
    #expect(line.deployment == "us-east-1")
    #expect(line.tokensIn == 571)
    #expect(log.rejects.isEmpty)
  }

  @Test(arguments: ["affinity-retain", "two-attempts"])
  func fragmentsOfTheModelRouterAreRejected(name: String) throws {
    let log = try read("azure-model-router/\(name).json")
    #expect(log.format.format.name == "azure-model-router")
    #expect(log.rejects.map(\.reason) == [.badInstant])
  }

  @Test func twoAttemptsOfPortkeyAreOneDecision() throws {
    let log = try read("constructed/portkey/export.jsonl")
    #expect(log.format.format.name == "portkey")
    let line = try #require(log.decisions.first?.line)
    #expect(log.decisions.count == 1)
    #expect(log.passed.folded == 1)
    #expect(line.requestID == "trc-1")
    #expect(line.requested == "gpt-5-mini")
    #expect(line.served == "gpt-5-mini-2025-08-07")
    #expect(line.escalatedFrom == "claude-sonnet-4-5")
    #expect(line.trigger == "rate-limit")
    #expect(line.outcome == .success)
    #expect(line.costMicros == 297)
    #expect(line.zoneAssumed)
  }

  @Test func aFallbackOfCloudflareThatSharesNoIDIsRejected() throws {
    let log = try read("constructed/cloudflare/logs.json")
    #expect(log.format.format.name == "cloudflare")
    #expect(log.format.envelope == "result")
    #expect(log.decisions.map(\.line.requestID) == ["01JN"])
    #expect(log.decisions.first?.line.outcome == .error)
    #expect(log.decisions.first?.line.dataClass == "internal")
    #expect(log.rejects.map(\.reason) == [.emptyModel])
  }

  @Test func metadataOfVercelWithoutATimeAreRejected() throws {
    let log = try read("constructed/vercel/provider-metadata.json")
    #expect(log.format.format.name == "vercel")
    #expect(log.rejects.map(\.reason) == [.badInstant])
  }

  @Test func readsAGenerationOfLangfuse() throws {
    let log = try read("constructed/langfuse/observations.jsonl")
    #expect(log.format.format.name == "langfuse")
    let line = try #require(log.decisions.first?.line)
    #expect(line.requested == "auto")
    #expect(line.served == "claude-haiku-4-5")
    #expect(line.agent == "svc-claims")
    #expect(line.tokensIn == 420)
    #expect(line.costMicros == 510)
    #expect(line.at == Instant(rfc3339: "2026-03-02T08:05:11.512Z"))
  }

  /// They say which tool was allowed, and neither request nor model.
  @Test(arguments: ["soc2_audit_trail.csv", "soc2_audit_trail.json"])
  func anAuditTrailOfToolsIsNoRoutingLog(name: String) throws {
    #expect(throws: ReadLog.FormatUnknown.self) { try read("agent-governance-toolkit/\(name)") }
  }

  @Test(arguments: ["constructed/opa/decision-log.jsonl", "constructed/kong-deck/kong.yaml"])
  func otherFilesAreNotTakenForRoutingLogs(name: String) throws {
    #expect(throws: ReadLog.FormatUnknown.self) { try read(name) }
  }

  @Test func aSpendRowAsTableReadsAsTheRow() throws {
    let path = Self.folder + "/litellm/logs/spend_logs_payload.json"
    let row = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path))) as? [String: Any])
    let names = row.keys.sorted()
    let cells = names.map { name -> String in
      let value = row[name] is NSNull ? "" : "\(row[name] ?? "")"
      return "\"\(value.replacingOccurrences(of: "\"", with: "\"\""))\""
    }
    let table = try ReadLog(names.joined(separator: ",") + "\n" + cells.joined(separator: ",") + "\n")
    #expect(table.format.format.name == "litellm-csv")
    let (fromTable, fromRow) = (
      try #require(table.decisions.first?.line), try #require(try ReadLog(path: path).decisions.first?.line)
    )
    #expect(fromTable.requestID == fromRow.requestID)
    #expect(fromTable.at == fromRow.at)
    #expect(fromTable.served == fromRow.served)
    #expect(fromTable.requested == fromRow.requested)
    #expect(fromTable.tokensIn == fromRow.tokensIn)
    #expect(fromTable.costMicros == fromRow.costMicros)
    #expect(fromTable.outcome == fromRow.outcome)
  }
}
