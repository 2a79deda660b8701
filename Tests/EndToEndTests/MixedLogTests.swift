import Foundation
import Testing

/// Logs of several formats in one run.
struct MixedLogTests {
  @Test func aLogWithoutKeysIsNotGivenThoseOfTheLogBefore() throws {
    let scratch = try Scratch()
    try scratch.write(
      "a.jsonl",
      #"{"ts":"2026-07-01T08:00:00Z","request_id":"r-1","agent":"claims-bot","requested_model":"small","served_model":"small","outcome":"success","api_key_alias":"key-claims"}"#
        + "\n")
    try scratch.write(
      "b.jsonl",
      #"{"id":"gen-1","created_at":"2026-07-01T09:00:00+00:00","model":"small","provider_name":"Brook","external_user":"pricing-lab","finish_reason":"stop","native_tokens_prompt":9,"total_cost":0}"#
        + "\n")
    try scratch.write("keys.csv", "credential,owner,agents\nkey-claims,dana,claims-bot\n")
    try scratch.write("policy/2026-01-01.yaml", "rules: [{id: rest, action: allow}]\n")
    try scratch.write(
      "tenure.yaml",
      """
      period: 2026-07
      frameworks: [owasp-asi-2026]
      routing-logs: [a.jsonl, b.jsonl]
      policy: [{folder: policy/}]
      registers: {credentials: keys.csv}
      """)
    // One thread reads both, and takes the means of the first log to the second.
    let outcome = try Program.tenure("run", "--jobs", "1", in: scratch.path)
    let pack = outcome.lastLine
    #expect(outcome.output.contains("2 judged"), "\(outcome.errors)")
    let check = try String(contentsOfFile: pack + "/evidence/k/rg-nhi-02.xml", encoding: .utf8)
    #expect(check.contains(#"population="1""#) && !check.contains("2 agents"))
    for (name, bytes) in try files(of: pack + "/evidence/f") {
      #expect(!String(decoding: bytes, as: UTF8.self).contains("served 2 agents"), "\(name)")
    }
  }
}
