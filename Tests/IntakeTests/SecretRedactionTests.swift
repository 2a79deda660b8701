import EvidenceModel
import Foundation
import TestSupport
import Testing

@testable import Intake

/// Every secret here is put together when the test runs, so that none stands in the source.
@Suite struct SecretRedactionTests {
  private let word = ["corr", "ect", "7", "horse"].joined()

  private func redact(_ text: String) -> String { SecretRedaction.redact(text) }

  /// A text in which each `§` is a secret, as it should come out.
  private func expectRedacted(_ text: String, _ expected: String? = nil, location: SourceLocation = #_sourceLocation) {
    let found = redact(text.replacingOccurrences(of: "§", with: word))
    #expect(found == expected ?? text.replacingOccurrences(of: "§", with: "[redacted]"), sourceLocation: location)
  }

  @Test func valuesOfSecretKeysAreTakenOutOfYAML() {
    expectRedacted("a:\n  - model: m\n    api_key: §\n    rpm: 6\n")
    expectRedacted("password: '§'\ntoken: \"§\" # why\nclient_secret: § # why\n")
    expectRedacted("general_settings:\n  master_key: §\n  database_url: postgres://user:§@host:5432/db\n")
    expectRedacted("headers:\n  x-api-key: §\n  Authorization: §\n")
    expectRedacted("api_keys:\n  - §\n  - \"§\"\nmodel: m\n")
    expectRedacted("api_keys: [§, '§']\nmodel: m\n")
    expectRedacted("{api_key: §, model: m}\n")
    expectRedacted("password: [a, b", "password: [[redacted], [redacted]")
  }

  @Test func valuesOfSecretKeysAreTakenOutOfJSON() {
    expectRedacted(#"{"apiKey":"§","model":"m","nested":{"token":"§"}}"#)
    expectRedacted("{\n  \"apiKey\": \"§\",\n  \"baseUrl\": \"http://x\"\n}\n")
    expectRedacted("{ apiKey: '§', // why\n  baseUrl: \"b\" }")
    expectRedacted(#"{"apiKeys": ["§", "§"], "model": "m"}"#)
    expectRedacted(#"config: '{"api_key": "§", "model": "m"}'"#)
    expectRedacted(#"config: "{\"api_key\": \"§\", \"model\": \"m\"}""#)
  }

  @Test func variablesInCapitalsThatEndLikeSecretsAreTakenOut() {
    expectRedacted("env:\n  OPENAI_KEY: §\n  JWT_KEY: §\n  MYSQL_PW: §\n  WEBHOOK_HMAC: §\nmodel: m\n")
    expectRedacted(#"{"env":{"FOO_KEY":"§","PROXY_AUTH":"§"},"model":"m"}"#)
    expectRedacted("headers:\n  x-auth: §\n")
    expectRedacted("url: https://storage.example/a?sv=1&sig=§\n")
    // Nothing of a secret: a reference, a name in small letters, a word that stands alone.
    for kept in [
      "FOO_KEY: os.environ/FOO_KEY\n", "cache_key: model\n", "KEY: model\n", "AUTH: none\n", "KEY_FILE: a/b\n",
    ] {
      #expect(redact(kept) == kept)
    }
  }

  @Test func whatFollowsTheSignOfABlockTextIsTakenOut() {
    expectRedacted("password: >§\nmodel: m\n")
    expectRedacted("password: | §\nmodel: m\n")
    expectRedacted("env:\n  - PASSWORD=|§\nmodel: m\n")
    expectRedacted("password: |2- # why\n   §\nmodel: m\n")
  }

  @Test func blocksAndOpenQuotesAreTakenOutWhole() {
    expectRedacted("token: |\n  §\n  §\nmodel: m\n")
    expectRedacted("- secret: >-\n    §\n\n    §\n  model: m\n")
    expectRedacted("password: \"§\n  §\"\nmodel: m\n")
    expectRedacted("password:\n  §\nmodel: m\n")
    let folded = redact("password: \(word)\n  \(word)\nmodel: m\n")
    #expect(folded == "password: [redacted]\n  [redacted]\nmodel: m\n")
  }

  @Test(.timeLimit(.minutes(1))) func aCommentBehindASecretDoesNotStopReading() {
    expectRedacted("password:\n  § # why\nmodel: m\n")
    expectRedacted("api_keys: [ # why\n  §\n  ]\nmodel: m\n")
    expectRedacted("api_keys:\n  - § # why\n  - §\nmodel: m\n")
    expectRedacted("api_keys: [{a: §}, # why\n  ]\nmodel: m\n")
  }

  @Test func aValueOnTheNextLineIsTakenOutWhereverItStands() {
    expectRedacted("{ hooks: { token:\n  \"§\", model: 'm' } }\n")
    expectRedacted("{ apiKey: // why\n  // and why\n\n'§',\n  model: 'm' }\n")
    expectRedacted("api_key:\nmodel: m\n\"other\": n\n")
  }

  @Test func aSecretGivenAsAMappingIsTakenOut() {
    expectRedacted("apiKey:\n  inline: §\n  header: x\nvalue: v\n")
    expectRedacted("spec: {apiKey: {secretRef: {name: n}, inline: \"§\"}, model: {value: v}}\n")
    expectRedacted(#"{"token": {"source": "plain", "value": "§"}, "next": {"value": "v"}}"#)
  }

  @Test func whatStandsBehindTheBracketsOfSecretsIsKept() {
    expectRedacted(#"{"a": {"api_keys": {"first": "§"}}, "b": {"c": {"model": "m", "list": ["n"]}}}"#)
    expectRedacted(#"{"apiKeys": [{"key": "§"}, "§", {"any": "§"}], "b": [{"model": "m"}, "n"]}"#)
  }

  @Test func aURLInsideBracketsIsTakenOut() {
    expectRedacted("{url: https://user:§@host/path, model: m}\n")
    expectRedacted(#"{"url": "redis://:§@host", "model": "m"}"#)
    expectRedacted("list: [http://host/path, 'https://user:§@host']\n")
  }

  @Test func everythingInAKubernetesSecretIsTakenOut() {
    expectRedacted(#"{"kind":"Secret","stringData":{"any":"§"},"type":"Opaque"}"#)
    expectRedacted("kind:   \"Secret\"  # why\nstringData: {any: §}\n")
    expectRedacted("kind: SecretStore\ndata:\n  any: plain\n")
    expectRedacted("items:\n- kind: Secret\n  stringData:\n    any: §\n")
    expectRedacted(
      "kind: ConfigMap\ndata:\n  a: plain\n---\nkind: Secret\ndata:\n  a: §\n  b: |\n    §\n  c: §\n---\ndata:\n  a: plain\n"
    )
    expectRedacted("api_keys:\n  first: §\n  second:\n    third: §\nmodel: m\n")
    expectRedacted("api_keys: {first: §, second: §}\nmodel: m\n")
  }

  @Test func aValueBesideASecretNameIsTakenOut() {
    expectRedacted("env:\n  - name: SOME_API_KEY\n    value: §\n  - name: LEVEL\n    value: debug\n")
  }

  @Test(arguments: [
    "os.environ/SOME_KEY", "${SOME_KEY}", "$SOME_KEY", "vault:secret/data/gateway#key", "\"${SOME_KEY}\"", "null", "''",
    "{{ .Values.key }}", "<your-key>", "Bearer ${SOME_KEY}",
  ])
  func referencesAreKept(reference: String) {
    #expect(redact("api_key: \(reference)\n") == "api_key: \(reference)\n")
  }

  @Test(arguments: [
    "apiKey:\n  secretKeyRef:\n    name: gateway-keys\n    key: first\n", "max_tokens: 4096\n",
    "input_cost_per_token: 0.0000025\n", "contextTokens: 32768\n", "token_thresholds: {simple: 15}\n",
    "awsCredentials:\n  region: eu\n  file:\n    secretRef:\n      name: gateway-aws\n",
    "authorization:\n  rules:\n    - tools:\n        - sum\n", "secretName: gateway-keys\n", "api_key_alias: team\n",
    "- model_name: gpt-4o\n  tags: [\"paid\"]\n",
    "# bearer authentication is described elsewhere\n", "image: ghcr.io/org/secret:v1\n",
    "api_base: https://host.example/v1?version=1\n", "fallbacks: [{\"a\": [\"b\"]}]\n", "a: 'it''s'\n", "\r\na: b\r\n",
  ])
  func whatIsNoSecretIsKept(text: String) {
    #expect(redact(text) == text)
  }

  @Test(arguments: [
    ["sk", "-proj-abcdefgh1234567890"], ["AK", "IAABCDEFGH12345678"], ["gh", "p_abcdefghijklmnopqrst1234"],
    ["xo", "xb-1234567890-abcdef"], ["AI", "zaabcdefghijklmnopqrstuvwxyz12345678"],
    ["ey", "JhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdef"], ["gl", "pat-abcdefgh12345678"],
    ["hf", "_abcdefghijklmnopqrst12"],
  ])
  func tokensAreKnownByTheirShapeAnywhere(parts: [String]) {
    let token = parts.joined()
    #expect(
      redact("# was \(token), see \"\(token)\"\nnote=\(token)\n")
        == "# was [redacted], see \"[redacted]\"\nnote=[redacted]\n")
  }

  @Test func urlsAndHeadersInProseAreTakenOut() {
    expectRedacted("# curl -H 'Authorization: Bearer §12345678' http://x", "# curl -H 'Authorization: [redacted]")
    expectRedacted("command: Bearer §12345678", "command: Bearer [redacted]")
    expectRedacted("url: redis://:§@host:6379/0 # and redis://user:${PASSWORD}@host")
    expectRedacted("url: https://x/y?api_key=§&page=2")
    let hook = "https://hooks.slack.com/" + ["serv", "ices/T0/B0/abc"].joined()
    #expect(redact("url: \(hook)\n") == "url: https://hooks.slack.com[redacted]\n")
  }

  @Test func keysInPEMAreTakenOut() {
    let (begin, end) = ("-----BEGIN " + "PRIVATE KEY-----", "-----END " + "PRIVATE KEY-----")
    #expect(
      redact("cert: |\n  \(begin)\n  MIIabc+/=\n  x1\n  \(end)\nmodel: m\n")
        == "cert: |\n  [redacted]\n  [redacted]\n  [redacted]\n  [redacted]\nmodel: m\n")
    #expect(redact("cert: \"\(begin)\\nMIIabc\\n\(end)\\n\", model: m") == "cert: \"[redacted]\", model: m")
    #expect(redact("# \(begin)\nmodel: m\n") == "# [redacted]\nmodel: m\n")
  }

  @Test func commentsAreReadAsWell() {
    expectRedacted("# api_key: §\n#   model: m\nmodel_list:\n  - a\n")
  }

  @Test func linesStayLines() {
    let text = "a: 1\n\ntoken: |\n  x\n\n  y\nb: [\n  1,\n]\napi_keys:\n- \(word)\n\n"
    #expect(redact(text).split(separator: "\n", omittingEmptySubsequences: false).count == 13)
    #expect(!redact(text).contains(word))
  }

  @Test func hostileTextsTakeLinearTime() {
    for piece in ["://", "a:", "\"", "{[", "api_key: \"", "-----BEGIN ", "token=", "'", "\\\"", "name: x\n", "---\n"] {
      let text = String(repeating: piece, count: 50_000)
      let started = ContinuousClock.now
      _ = redact(text)
      #expect(ContinuousClock.now - started < .seconds(20), "\(piece)")
    }
  }

  @Test func theTextThatIsKeptHoldsNoSecretAndTheDigestIsOfTheBytes() async throws {
    try await inTemporaryFolder { folder in
      let text = "note: \"password=\(word)\"\nrules: []\n# api_key: \(word)\n"
      try folder.write(text, to: "policy/2026-07-01.yaml")
      let records = await InputPlan(
        directory: folder.path, policy: [.folder("policy", format: nil)], ownership: []
      ).read()
      let version = try #require(records.history.versions.first)
      #expect(!version.text.contains(word))
      #expect(version.note == "password=[redacted]")
      #expect(version.digest == Digest(of: text))
    }
  }
}
