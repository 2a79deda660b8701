import EvidenceModel
import Foundation
import Replay
import TestSupport
import Testing

@testable import Intake

/// Real rows, which lie beside the checkout where they lie at all.
enum Samples {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("../shared/reference/samples/litellm").standardizedFileURL.path

  static var arePresent: Bool { FileManager.default.fileExists(atPath: folder) }
  static let missing: Comment = "the samples folder ../shared/reference/samples/litellm is not beside this checkout"
}

@Suite(.enabled(if: Samples.arePresent, Samples.missing))
struct LiteLLMSampleTests {
  private let policy = records([version("v1", from: "2020-01-01", [.allow("any-request")])])

  private func scanSample(_ name: String) throws -> Scanned {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: Samples.folder + "/" + name))
    return try scan(bytes: Array(bytes), records: policy, stated: nil)
  }

  @Test func readsThePayloadOfATest() throws {
    let scanned = try scanSample("logs/spend_logs_payload.json")
    #expect(scanned.partial.counts.lines == 1)
    #expect(scanned.partial.counts.judged == 1)
    #expect(scanned.partial.counts.zoneAssumed == 1)
    #expect(scanned.tally == ["2025-01-24,any-request,v1,-,none,compliant,1,10,20,225"])
  }

  @Test func readsEveryRowOfTheAPI() throws {
    let scanned = try scanSample("constructed/spend_logs_api.jsonl")
    #expect(scanned.partial.counts.lines == 5)
    #expect(scanned.partial.counts.malformed == 0)
    #expect(scanned.partial.counts.judged == 5)
    #expect(scanned.partial.counts.fields[.agent].empty == 0)
  }

  @Test func anAuditLogIsNoRoutingLog() throws {
    #expect(throws: FormatUnknown.self) { try scanSample("logs/audit_log_example.json") }
  }

  @Test func everyExampleConfigIsReadOrExplained() throws {
    let folder = Samples.folder + "/config-examples"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }.sorted()
    #expect(names.count >= 33)
    var table = "file | rules by kind | settings | diagnostics\n"
    for name in names {
      let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
      do {
        let read = try PolicyFormat.read(text, name: name, stated: nil)
        #expect(read.format == .litellm)
        #expect(read.policy.rules.first?.id == "any-request")
        let kinds = Dictionary(grouping: read.policy.rules) { String($0.id.prefix { $0 != ":" }) }
          .map { "\($0.value.count) \($0.key)" }.sorted().joined(separator: ", ")
        let settings = read.policy.rules.reduce(0) { $0 + $1.settings.count }
        let diagnostics = read.policy.diagnostics.map { "\($0.id):\($0.line ?? 0)" }.joined(separator: ", ")
        table += "\(name) | \(kinds) | \(settings) | \(diagnostics)\n"
      } catch {
        #expect(error.file == name)
        #expect(error.line != nil)
        table += "\(name) | refused: \(error.summary)\n"
      }
    }
    print(table)
  }

  @Test func noExampleKeepsAWrittenSecret() throws {
    let folder = Samples.folder + "/config-examples"
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).filter({ $0.hasSuffix(".yaml") }) {
      let text = SecretRedaction.redact(try String(contentsOfFile: folder + "/" + name, encoding: .utf8))
      for secret in ["sk-1234", "my-fake-key", "fake-key", "your-api-key-1"] {
        #expect(!text.contains(secret), "\(name)")
      }
    }
  }
}
