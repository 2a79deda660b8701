import EvidenceModel
import Foundation
import Intake
import TestSupport
import Testing

private func permits(_ rules: [Rule]) -> [String] {
  rules.filter { $0.action == .permit }.map {
    "\($0.id): \($0.agent) \($0.fromModel) > \($0.escalateTo.joined(separator: ","))"
  }
}

@Suite struct OpenClawConfigTests {
  private func read(_ text: String) throws -> PolicyText {
    let read = try PolicyFormat.read(text, name: "openclaw.json", stated: nil)
    #expect(read.format == .openclaw)
    #expect(read.policy.rules.first?.action == .allow)
    return read.policy
  }

  @Test func readsDefaultsAgentsAndAliases() throws {
    let policy = try read(
      """
      // JSON5
      {
        agents: {
          defaults: {
            model: { primary: 'a/one', fallbacks: ['b/two', 'c/three'] },
            models: { 'a/one': { alias: 'fast' }, 'c/three': {} },
          },
          entries: { main: {}, finance: { model: { primary: 'a/one', fallbacks: [] } }, ops: { model: 'd/four' } },
        },
      }
      """)
    #expect(
      permits(policy.rules) == [
        "fallback:defaults: * a/one > b/two,c/three", "fallback:finance: finance a/one > ",
        "fallback:ops: ops d/four > ",
        "alias:fast: * fast > a/one",
      ])
    #expect(policy.diagnostics.map(\.id) == ["openclaw-strict-agent"])
    #expect(policy.diagnostics.map(\.line) == [8])
    #expect(policy.diagnostics.first?.summary.contains("finance") == true)
  }

  @Test func readsTheOlderListAndAPlainModel() throws {
    let policy = try read(
      #"{"agents": {"defaults": {"model": "a/one"}, "list": [{"id": "ops", "model": {"fallbacks": ["b/two"]}}]}}"#)
    #expect(permits(policy.rules) == ["fallback:ops: ops a/one > b/two"])
    #expect(policy.diagnostics.isEmpty)
  }

  @Test func anAgentMayBeCalledDefaults() throws {
    let policy = try read(
      "{agents: {defaults: {model: {primary: 'a', fallbacks: ['b']}}, entries: {defaults: {model: {primary: 'c', fallbacks: ['d']}}}}}"
    )
    #expect(permits(policy.rules) == ["fallback:defaults: * a > b", "fallback:agent:defaults: defaults c > d"])
  }

  @Test func readsModelsOfOtherKinds() throws {
    let policy = try read(
      """
      {agents: {defaults: {
        imageModel: {primary: 'i', fallbacks: ['j']}, pdfModel: 'p', utilityModel: {primary: 'u', fallbacks: ['v']},
        mediaModels: {video: {primary: 'w', fallbacks: ['x']}}, subagents: {model: {primary: 's', fallbacks: ['t']}}}}}
      """)
    #expect(
      permits(policy.rules) == [
        "imageModel-fallback:defaults: * i > j", "utilityModel-fallback:defaults: * u > v",
        "mediaModels.video-fallback:defaults: * w > x", "subagents.model-fallback:defaults: * s > t",
      ])
    #expect(policy.rules.first?.settings.contains(.init("agents.defaults.pdfModel", "p")) == true)
  }

  @Test func readsCronJobs() throws {
    let policy = try read(
      """
      {agents: {defaults: {}}, cron: {jobs: [
        {id: 'nightly', agentId: 'ops', payload: {model: 'a', fallbacks: ['b']}}, {id: 'plain', payload: {model: 'a'}}]}}
      """)
    #expect(permits(policy.rules) == ["cron-fallback:nightly: ops a > b"])
  }

  @Test func settingsHoldNoSecretAndNoMailAddress() throws {
    let settings = try #require(
      try read(
        """
        {agents: {defaults: {model: 'a', modelPolicy: {allow: ['a', 'b']}}},
         models: {providers: {near: {baseUrl: 'http://u:hidden1@host/v1', apiKey: 'hidden2', api: 'x', headers: {a: 'hidden3'},
           models: [{id: 'm'}], params: {provider: {order: ['t'], allow_fallbacks: false, token: 'hidden4'}}}}},
         auth: {profiles: {p: {token: 'hidden5'}}, order: {near: ['near:default', 'near:dana@example.test']}},
         logging: {audit: {enabled: true}}}
        """
      ).rules.first
    ).settings.map { "\($0.name)=\($0.value)" }
    #expect(
      settings == [
        "agents.defaults.model=a", "agents.defaults.modelPolicy.allow=a,b",
        "auth.order.near=near:default,sha256:\(Digest(of: "near:dana@example.test").prefix(12))",
        "logging.audit.enabled=true", "models.providers.near.api=x",
        "models.providers.near.baseUrl=http://u:[redacted]@host/v1", "models.providers.near.models=m",
        "models.providers.near.params.provider.allow_fallbacks=false", "models.providers.near.params.provider.order=t",
        "models.providers.near.params.provider.token=[redacted]",
      ])
  }

  @Test func whatIsNoConfigIsRefused() throws {
    let problem = try #require(throws: Diagnostic.self) {
      try PolicyFormat.read("{gateway: {}}", name: "f", stated: .openclaw)
    }
    #expect(problem.id == "openclaw-no-agents")
    #expect(
      try read("{$include: './more.json5', agents: {defaults: {}}}").diagnostics.map(\.id) == ["openclaw-include"])
  }

  @Test(.enabled(if: Samples.arePresent, Samples.missing)) func readsTheSample() throws {
    let path = Samples.folder + "/../openclaw/constructed/openclaw.json5"
    let policy = try read(try String(contentsOfFile: path, encoding: .utf8))
    #expect(
      permits(policy.rules) == [
        "fallback:defaults: * ollama/qwen3.5:9b > openrouter/qwen/qwen3-235b-a22b,openai-codex/gpt-5.4",
        "fallback:finance: finance ollama/qwen3.5:9b > ", "alias:local: * local > ollama/qwen3.5:9b",
        "alias:premium: * premium > openai-codex/gpt-5.4",
      ])
    #expect(policy.diagnostics.map(\.id) == ["openclaw-strict-agent"])
  }
}

@Suite struct OpenClawConfigAuditTests {
  private let texts = ["one", "two", "three"].map {
    "{agents: {defaults: {model: {primary: 'a', fallbacks: ['\($0)']}}}}"
  }

  private func line(
    _ ts: String, _ before: String?, _ after: String, result: String = "rename", suspicious: String = ""
  ) -> String {
    let previous = before.map { "\"\(Digest(of: $0))\"" } ?? "null"
    return #"{"ts":"\#(ts)","event":"config.write","configPath":"c","previousHash":\#(previous),"#
      + #""nextHash":"\#(Digest(of: after))","suspicious":[\#(suspicious)],"result":"\#(result)"}"# + "\n"
  }

  private func read(_ text: String) -> (changes: [OpenClawConfigAudit.Change], diagnostics: [Diagnostic]) {
    OpenClawConfigAudit.read(WholeFile(name: "audit.jsonl", bytes: Array(text.utf8)))
  }

  @Test func aWholeChainHasNothingToReport() {
    let audit = read(
      line("2026-03-01T00:00:00Z", nil, "a") + "\n" + line("2026-03-02T00:00:00Z", "a", "b")
        + line("2026-03-03T00:00:00Z", "b", "x", result: "failed") + line("2026-03-04T00:00:00Z", "b", "c"))
    #expect(audit.diagnostics.isEmpty)
    #expect(audit.changes.map(\.line) == [1, 3, 4, 5])
    #expect(audit.changes.map(\.isApplied) == [true, true, false, true])
    #expect(audit.changes.first?.instant == at("2026-03-01"))
  }

  @Test func aBreakAndSuspicionsAreReportedWithTheirLine() {
    let audit = read(
      line("2026-03-01T00:00:00Z", nil, "a")
        + line("2026-03-02T00:00:00Z", "other", "b", suspicious: #""size-drop:900->40""#))
    #expect(audit.diagnostics.map(\.id) == ["config-audit-break", "config-audit-suspicious"])
    #expect(audit.diagnostics.allSatisfy { $0.line == 2 && $0.severity == .warning })
  }

  @Test(arguments: ["oops", "{}", #"{"event":"config.write","ts":"soon","nextHash":"x"}"#, "\u{1}"])
  func aBadLineIsReportedAndTheRestIsRead(bad: String) throws {
    let audit = read(bad + "\n" + line("2026-03-01T00:00:00Z", nil, "a"))
    #expect(audit.changes.count == 1)
    let problem = try #require(audit.diagnostics.first)
    #expect([problem.id, problem.place] == ["config-audit-bad-line", "audit.jsonl:1 (byte 0)"])
  }

  @Test func manyBadLinesAreCounted() {
    let audit = read(String(repeating: "x\n", count: 500))
    #expect(audit.diagnostics.count == 101)
    #expect(audit.diagnostics.last?.summary.hasPrefix("400 ") == true)
  }

  @Test func versionsTakeTheTimesOfTheirWrites() async throws {
    try await inTemporaryFolder { folder in
      try folder.write(texts[0], to: "configs/first.json5")
      try folder.write(texts[1], to: "configs/second.json")
      try folder.write("{agents: {defaults: {}}}", to: "configs/2026-02-01-stray.json")
      try folder.write(
        line("2026-03-01T00:00:00Z", nil, texts[0]) + line("2026-03-02T00:00:00Z", texts[0], texts[1])
          + line("2026-03-03T00:00:00Z", texts[1], texts[2]) + line("2026-03-04T00:00:00Z", texts[2], texts[0]),
        to: "config-audit.jsonl")
      let records = await InputPlan(
        directory: folder.path, policy: [.folder("configs", format: nil, audit: "config-audit.jsonl")], ownership: []
      ).read()
      let versions = records.history.versions
      let missing = Digest(of: texts[2])
      #expect(
        versions.map(\.id) == [
          "2026-02-01-stray.json", "first.json5", "second.json", missing.prefix(12), "first.json5@2",
        ])
      #expect(versions.dropFirst().map(\.effectiveFrom) == (1...4).map { at("2026-03-0\($0)") })
      #expect(versions.dropFirst().map(\.recordedAt) == (1...4).map { at("2026-03-0\($0)") })
      #expect(versions.map(\.effectiveSource) == [nil] + (1...4).map { "config-audit.jsonl:\($0)" })
      #expect(versions.map(\.isReadable) == [true, true, true, false, true])
      #expect(versions.last?.rules == versions[1].rules)
      #expect(records.diagnostics.map(\.id) == ["config-audit-text-missing", "config-audit-version-unknown"])
      #expect(records.inputs.last?.records == 4)
    }
  }

  @Test func anUndatedTextThatTheAuditDoesNotKnowIsLeftOut() async throws {
    try await inTemporaryFolder { folder in
      try folder.write(texts[0], to: "configs/first.json5")
      let records = await InputPlan(
        directory: folder.path, policy: [.folder("configs", format: nil, audit: "missing.jsonl")], ownership: []
      ).read()
      #expect(records.history.versions.isEmpty)
      #expect(records.diagnostics.map(\.id) == ["file-unreadable", "policy-no-effective-time"])
    }
  }

  @Test(.enabled(if: Samples.arePresent, Samples.missing)) func readsTheSample() throws {
    let audit = OpenClawConfigAudit.read(
      try WholeFile(name: "config-audit.jsonl", path: Samples.folder + "/../openclaw/config-audit.jsonl"))
    #expect(audit.diagnostics.isEmpty)
    #expect(audit.changes.map(\.instant) == [at("2026-03-08T12:03:39.641Z")])
    #expect(audit.changes.map(\.nextHash.count) == [64])
  }
}
