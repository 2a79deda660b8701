import EvidenceModel
import Foundation
import TestSupport
import Testing

@testable import Intake

/// Names and short texts of inputs, as they may be kept.
@Suite struct SecretNameTests {
  private static let key = "sk-proj-abcdefghij0123456789"

  @Test(arguments: [
    "billing-agent", "sk-learn-pipeline-2", "hf_llama_3_70b_instruct_v1", "fw_rules_for_region_eu_1", "openai:gpt-4o",
    "https://models.example/v1", "2026-07-01T00:00:00Z", "agent=billing", "ticket: CHG-2041", "vault:secret/gateway",
    "Bearer of the pager", "a/b@c", "x-ai-eg-model=front", "",
  ])
  func aNameIsKept(name: String) {
    #expect(SecretRedaction.shown(name) == name)
  }

  @Test(arguments: [
    key, "team/\(key)", "AKIAIOSFODNN7EXAMPLE", "ghp_0123456789abcdefghij", "xoxb-0123456789ab",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln", "-----BEGIN PRIVATE " + "KEY-----\nMIIabc\n-----END PRIVATE KEY-----",
  ])
  func aKeyIsShownByItsDigest(name: String) {
    #expect(SecretRedaction.shown(name) == "sha256:" + Digest(of: name).description.prefix(12))
  }

  /// A password can be guessed from its digest.
  @Test(arguments: [
    ("https://gateway:hunter2@models.example/v1", "https://gateway:[redacted]@models.example/v1"),
    ("https://models.example/v1?api_key=hunter2&x=1", "https://models.example/v1?api_key=[redacted]&x=1"),
    ("password=hunter2", "password=[redacted]"), ("Authorization: Bearer hunter2hunter2", "Authorization: [redacted]"),
    ("Bearer hunter2hunter2", "Bearer [redacted]"), ("rotated \(key) today", "rotated [redacted] today"),
  ])
  func aPasswordIsTakenOut(name: String, shown: String) {
    #expect(SecretRedaction.shown(name) == shown)
  }

  /// Sums of several threads and partials meet names that were shown before.
  @Test func whatWasShownStaysAsItIs() {
    let pieces = [
      Self.key, "password=", "token: ", "Bearer ", "https://u:p1234567@h/", "[redacted]", "[", "\"", "'", "{", " ",
      "\n",
      "sha256:0123456789ab", "-----BEGIN ", "x", ",", "&", "name: api_key", "value: v", "=", ":", "- ", "\\",
    ]
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 1...6, using: &generator)).map { _ in pieces.randomElement() ?? "" }.joined()
      let once = SecretRedaction.shown(text)
      #expect(SecretRedaction.shown(once) == once, "\(text)")
    }
  }

  @Test func noFieldOfARegisterKeepsAKey() async throws {
    try await inTemporaryFolder { folder in
      try folder.write(
        "seq,rule_id,owner,role,from,to,recorded_at\n1,\(Self.key),dana \(Self.key),accountable,\(Self.key),,\n"
          + "2,a,\(Self.key),accountable,2026-01-01,,\n", to: "ownership.csv")
      let records = await InputPlan(
        directory: folder.path, policy: [], ownership: [.register("ownership.csv")]
      ).read()
      #expect(records.ownership.records.count == 1)
      #expect(records.diagnostics.count == 1)
      #expect(!"\(records)".contains("abcdefghij"))
    }
  }

  @Test func noFieldOfAPolicyKeepsAKey() async throws {
    try await inTemporaryFolder { folder in
      let members = "agent: \(Self.key), data-class: \(Self.key), tool: \(Self.key), escalate-to: \(Self.key)"
      try folder.write(
        "version: \(Self.key)\nauthor: dana \(Self.key)\nticket: \(Self.key)\nnote: see \(Self.key)\n"
          + "approved-by: [\(Self.key)]\nrules:\n  - {id: \(Self.key), \(members), action: escalate}\n",
        to: "policy/2026-07-01.yaml")
      let records = await InputPlan(
        directory: folder.path, policy: [.folder("policy", format: nil)], ownership: []
      ).read()
      #expect(records.history.versions.first?.rules.first?.id.hasPrefix("sha256:") == true)
      #expect(!"\(records)".contains("abcdefghij"))
    }
  }
}
