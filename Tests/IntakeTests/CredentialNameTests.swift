import EvidenceModel
import Intake
import Testing

/// The name of the key that a request came with, as it is kept.
@Suite struct CredentialNameTests {
  private let head = #""ts":"2026-07-01T00:00:00Z","request_id":"a","outcome":"error""#

  private func name(_ alias: String) -> String {
    ReadLine(Array("{\(head),\"api_key_alias\":\(alias)}".utf8), .native).credential
  }

  @Test(arguments: [
    "claims-agent-prod", "k", "team-a/service-account-of-claims", "0198c5a4-2f6e-7c1d-9a35-5be2f0c4d7a1",
  ])
  func aNameIsKept(alias: String) {
    #expect(name("\"\(alias)\"") == alias)
  }

  @Test(arguments: ["null", "\"\"", "{}", "5"]) func whatIsNoNameIsEmpty(alias: String) {
    #expect(name(alias) == "")
  }

  @Test(arguments: [
    "sk-abcdefghijkl1", "claims: sk-abcdefghijkl1", "88dc28d0f030c55ed4ab77ed8faf098196cb1c05df778539800c9f1243fe6b4b",
    "sha256/88dc28d0f030c55ed4ab77ed8faf0981",
  ])
  func aKeyOrItsHashIsShownByADigest(alias: String) {
    let shown = name("\"\(alias)\"")
    #expect(shown == "sha256:" + Digest(of: alias).description.prefix(12))
    #expect(name("\"\(alias)\"") == shown)
  }

  @Test func anAgentConcludedFromAKeyIsShownByItsDigestToo() {
    let row =
      #"{"request_id":"a","startTime":"2026-07-15 12:00:00","spend":0,"model_group":"g","#
      + #""metadata":{"user_api_key_alias":"sk-abcdefghijkl1"}}"#
    let read = ReadLine(Array(row.utf8), .litellm)
    #expect(read.credential.hasPrefix("sha256:"))
    #expect(read.agent == read.credential)
  }
}
