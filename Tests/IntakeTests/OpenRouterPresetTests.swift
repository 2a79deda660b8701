import EvidenceModel
import Foundation
import Intake
import TestSupport
import Testing

@Suite struct OpenRouterPresetTests {
  private func preset(designated: String? = "id-2", status: String = "active", slug: String = "desk") -> String {
    #"{"data":{"id":"p-\#(slug)","slug":"\#(slug)","name":"n","status":"\#(status)","creator_user_id":"owner","#
      + #""designated_version_id":\#(designated.map { "\"\($0)\"" } ?? "null"),"created_at":"2026-04-01T00:00:00Z","#
      + #""updated_at":"2026-06-01T00:00:00Z"}}"#
  }

  private func version(_ number: Int, config: String = #""model":"a/one""#, prompt: String = "p", slug: String = "desk")
    -> String
  {
    #"{"id":"id-\#(number)","preset_id":"p-\#(slug)","version":\#(number),"creator_id":"dana","config":{\#(config)},"#
      + #""system_prompt":"\#(prompt)","created_at":"2026-0\#(3 + number)-01T00:00:00Z"}"#
  }

  private func history(_ files: [String]) async throws -> Records {
    try await inTemporaryFolder { folder in
      for (index, text) in files.enumerated() { try folder.write(text, to: "presets/\(index).json") }
      return await InputPlan(
        directory: folder.path, policy: [.presets("presets")], ownership: []
      ).read()
    }
  }

  @Test func everyVersionOfAPresetIsAVersion() async throws {
    let second = version(
      2, config: #""model":"a/one","models":["b/two","a/one"],"provider":{"order":["x"],"zdr":true}"#)
    let records = try await history([preset(), #"{"data":[\#(version(1)),\#(second)],"total_count":2}"#])
    #expect(records.diagnostics.isEmpty)
    let versions = records.history.versions
    #expect(versions.map(\.id) == ["desk-v1", "desk-v2"])
    #expect(versions.map(\.author) == ["dana", "dana"])
    #expect(versions.map(\.effectiveFrom) == [at("2026-04-01"), at("2026-05-01")])
    #expect(versions.map(\.recordedAt) == versions.map(\.effectiveFrom))
    let rule = try #require(versions.last?.rules.last)
    #expect([rule.id, rule.fromModel] == ["preset:desk", "@preset/desk"])
    #expect(rule.escalateTo == ["a/one", "b/two"])
    #expect(
      rule.settings.map { "\($0.name)=\($0.value)" } == [
        "provider.order=x", "provider.zdr=true", "system_prompt=sha256:\(Digest(of: "p").prefix(12)) (1 bytes)",
      ])
    #expect(versions.last?.text.contains("provider.order: x") == true)
    #expect(records.inputs.map(\.records) == [0, 2])
  }

  @Test func aChangedPromptShowsButIsNotTold() async throws {
    let records = try await history([
      preset(), #"{"data":[\#(version(1, prompt: "first words")),\#(version(2, prompt: "other words"))]}"#,
    ])
    let change = try #require(records.history.changes.last)
    #expect([change.rule, change.version] == ["preset:desk", "desk-v2"])
    #expect(change.fields.map(\.name) == ["settings"])
    #expect(records.history.versions.allSatisfy { !$0.text.contains("words") })
  }

  @Test func presetsOfOneAccountAreOneHistory() async throws {
    let records = try await history([
      preset(), preset(designated: "id-1", slug: "lab"),
      #"{"data":[\#(version(1)),\#(version(2)),\#(version(1, slug: "lab"))]}"#,
    ])
    #expect(records.history.versions.map(\.id) == ["desk-v1", "lab-v1", "desk-v2"])
    #expect(records.history.versions.last?.rules.map(\.id) == ["any-request", "preset:desk", "preset:lab"])
  }

  @Test func anOlderDesignatedVersionIsInForceAgain() async throws {
    let records = try await history([preset(designated: "id-1"), #"{"data":[\#(version(1)),\#(version(2))]}"#])
    #expect(records.history.versions.map(\.id) == ["desk-v1", "desk-v2", "desk-v1@2"])
    #expect(records.history.versions.last?.effectiveFrom == at("2026-06-01"))
    #expect(records.diagnostics.map(\.id) == ["openrouter-designation-assumed"])
  }

  @Test(arguments: [nil, "elsewhere"]) func anUnknownDesignationIsSaid(designated: String?) async throws {
    let records = try await history([preset(designated: designated), #"{"data":[\#(version(1))]}"#])
    #expect(records.history.versions.map(\.id) == ["desk-v1"])
    #expect(records.diagnostics.map(\.id) == ["openrouter-designation-assumed"])
  }

  @Test func aPresetThatIsOffPermitsNothing() async throws {
    let records = try await history([preset(status: "archived"), #"{"data":[\#(version(1)),\#(version(2))]}"#])
    #expect(records.history.versions.map(\.id) == ["desk-v1", "desk-v2", "desk-archived"])
    #expect(records.history.versions.last?.rules.map(\.id) == ["any-request"])
  }

  @Test func versionsWithoutTheirPresetAreReadAndReported() async throws {
    let records = try await history([#"[\#(version(1))]"#])
    #expect(records.history.versions.map { $0.rules.last?.id } == ["preset:p-desk"])
    #expect(records.diagnostics.map(\.id) == ["openrouter-preset-missing"])
  }

  @Test func whatIsNoPresetIsReportedAndTheRestIsRead() async throws {
    let records = try await history([
      "{", "{\"data\":[{\"a\":1}]}", preset(designated: "id-1"),
      #"{"data":[\#(version(1)),{"id":"x","preset_id":"p","version":"one","config":{}}]}"#,
    ])
    #expect(records.history.versions.map(\.id) == ["desk-v1"])
    #expect(
      records.diagnostics.map(\.id) == ["json5-syntax", "openrouter-unknown-object", "openrouter-version-incomplete"])
    #expect(records.inputs.count == 4)
  }

  @Test func twoPresetsOfOneSlugAreReported() async throws {
    let twin = preset(designated: "id-1").replacing("\"p-desk\"", with: "\"p-twin\"")
    let records = try await history([preset(designated: "id-1"), twin, #"{"data":[\#(version(1))]}"#])
    #expect(records.diagnostics.map(\.id).contains("openrouter-slug-twice"))
  }

  @Test func anEmptyFolderIsReported() async throws {
    try await inTemporaryFolder { folder in
      try folder.write("x", to: "presets/readme.md")
      let records = await InputPlan(
        directory: folder.path, policy: [.presets("presets")], ownership: []
      ).read()
      #expect(records.diagnostics.map(\.id) == ["policy-folder-empty"])
    }
  }

  @Test func aTextWithManyVersionsIsNoSingleVersion() throws {
    let problem = try #require(throws: Diagnostic.self) {
      try PolicyFormat.read(#"{"data":[\#(version(1)),\#(version(2))]}"#, name: "f", stated: nil)
    }
    #expect(problem.id == "openrouter-many-versions")
  }

  @Test(.enabled(if: Samples.arePresent, Samples.missing)) func readsTheSamples() throws {
    func read(_ name: String) throws -> PolicyText {
      let text = try String(contentsOfFile: Samples.folder + "/../openrouter/" + name, encoding: .utf8)
      let read = try PolicyFormat.read(text, name: name, stated: nil)
      #expect(read.format == .openRouterPreset)
      return read.policy
    }
    let preset = try read("GetPresetResponse.json")
    #expect([preset.version, preset.author] == ["my-preset-v1", "user_2dHFtVWx2n56w6HkM0000000000"])
    #expect(preset.effectiveFrom == at("2026-04-20T10:00:00Z"))
    #expect(preset.rules.last?.escalateTo == ["openai/gpt-4o"])
    #expect(try read("ListPresetVersionsResponse.json").rules.count == 2)
    for name in ["Guardrail.json", "ListGuardrailsResponse.json"] {
      let guardrail = try read(name)
      #expect(guardrail.rules.map(\.id) == ["any-request"])
      #expect(
        guardrail.rules.first?.settings.contains(
          .init("guardrail:Production Guardrail.allowed_providers", "openai,anthropic,google")) == true)
      #expect(guardrail.diagnostics.map(\.id) == ["openrouter-guardrail-changed"])
    }
    #expect(throws: Diagnostic.self) { try read("ListWorkspacesResponse.json") }
  }
}
