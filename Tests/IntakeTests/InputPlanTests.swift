import EvidenceModel
import Intake
import TestSupport
import Testing

@Suite struct InputPlanTests {
  private func plan(_ folder: TemporaryFolder, policy: [PolicySource]) -> InputPlan {
    InputPlan(
      directory: folder.path, policy: policy, ownership: [.register("owners.csv")],
      registers: [.people: ["people.csv"], .models: ["models.csv"]])
  }

  @Test func readsAFolderOfVersions() async throws {
    try await inTemporaryFolder { folder in
      try folder.write("rules: [{id: a, action: allow}]", to: "policy/2026-07-01-first.yaml")
      try folder.write("version: two\neffective-from: 2026-08-01\nrules: []", to: "policy/second.yml")
      try folder.write("rules: []", to: "policy/undated.yaml")
      try folder.write("ignored", to: "policy/readme.md")
      try folder.write("rule_id,owner,from\na,ada,2026-07-01\n", to: "owners.csv")
      try folder.write("owner,team,left_at\nada,risk,\n", to: "people.csv")
      try folder.write("model,tier,aliases\nsmall,1,s\n", to: "models.csv")
      let records = await plan(folder, policy: [.folder("policy", format: nil)]).read()
      #expect(records.history.versions.map(\.id) == ["2026-07-01-first.yaml", "two"])
      #expect(records.history.versions.map(\.effectiveFrom) == [at("2026-07-01"), at("2026-08-01")])
      #expect(records.diagnostics.map(\.id) == ["policy-no-effective-time"])
      #expect(records.ownership.records.map(\.owner) == ["ada"])
      #expect(records.ownership.hasPeopleRegister)
      #expect(records.inventory.aliases == ["s": "small"])
      #expect(records.inventory.hasModels)
      #expect(!records.inventory.hasDeployments)
      #expect(
        records.inputs.map(\.name) == [
          "policy/2026-07-01-first.yaml", "policy/second.yml", "policy/undated.yaml", "owners.csv", "people.csv",
          "models.csv",
        ])
      #expect(records.inputs.allSatisfy { $0.digest != nil })
    }
  }

  @Test func missingFilesAreReportedAndTheRestIsRead() async throws {
    try await inTemporaryFolder { folder in
      try folder.write("rule_id,owner,from\na,ada,2026-07-01\n", to: "owners.csv")
      let records = await plan(folder, policy: [.table(rules: "rules.csv", versions: "versions.csv")]).read()
      #expect(records.ownership.records.count == 1)
      #expect(!records.ownership.hasPeopleRegister)
      #expect(records.diagnostics.map(\.file) == ["rules.csv", "versions.csv", "people.csv", "models.csv"])
      #expect(records.diagnostics.allSatisfy { $0.id == "file-unreadable" })
      #expect(records.inputs.filter { $0.digest == nil }.count == 4)
    }
  }

  @Test func anEmptyFolderIsReported() async throws {
    try await inTemporaryFolder { folder in
      let records = await plan(folder, policy: [.folder("policy", format: nil)]).read()
      #expect(records.diagnostics.map(\.id).first == "policy-folder-empty")
    }
  }

  @Test func versionsOfOneIDAreToldApart() async throws {
    try await inTemporaryFolder { folder in
      try folder.write("version: v\nrules: [{id: a, action: allow}]", to: "policy/2026-07-01.yaml")
      try folder.write("version: v\nrules: []", to: "policy/2026-08-01.yaml")
      let records = await plan(folder, policy: [.folder("policy", format: nil)]).read()
      #expect(records.history.versions.map(\.id) == ["v", "v+" + Digest(of: "version: v\nrules: []").prefix(8)])
      #expect(records.diagnostics.map(\.id).first == "policy-version-twice")
    }
  }

  @Test func oneTextThatComesBackUnderItsOldIDIsAVersionEachTime() async throws {
    try await inTemporaryFolder { folder in
      let text = "version: v\nrules: [{id: a, action: allow}]"
      for month in 6...9 { try folder.write(text, to: "policy/2026-0\(month)-01.yaml") }
      let records = await plan(folder, policy: [.folder("policy", format: nil)]).read()
      let again = "v+" + Digest(of: text).prefix(8)
      #expect(records.history.versions.map(\.id) == ["v", again, again + "@2", again + "@3"])
    }
  }

  private func people(_ files: [String: String], days: ByName<Instant> = [:], identities: [String] = []) async throws
    -> Records
  {
    try await inTemporaryFolder { folder in
      for (name, text) in files { try folder.write(text, to: name) }
      return await InputPlan(
        directory: folder.path, policy: [], ownership: [],
        registers: [
          .people: files.keys.filter { !identities.contains($0) }.sorted(), .identities: identities,
        ], exportDays: days
      ).read()
    }
  }

  @Test func peopleOfSeveralFilesAndSpellingsAreOne() async throws {
    let records = try await people(
      [
        "hr.csv": "employee_id,email,effective_from,effective_to\n1,dana@example.org,2024-01-01,2026-06-30\n",
        "okta.jsonl":
          #"{"published":"2026-01-05T00:00:00Z","eventType":"group.user_membership.add","target":[{"type":"User","alternateId":"dana"},{"type":"UserGroup","displayName":"risk"}]}"#,
        "identities.csv": "alias,person\n@dana,dana@example.org\ndana,dana@example.org\n@dana,dan\n",
      ], identities: ["identities.csv"])
    let people = records.ownership.people
    #expect(records.ownership.status(of: "@dana", at: at("2026-07-01")) == .departed)
    #expect(people.members(of: "risk", at: at("2026-02-01")) == ["dana@example.org"])
    #expect(records.diagnostics.map(\.id) == ["identity-two-persons"])
    #expect(records.diagnostics.first?.place == "identities.csv:4")
    #expect(records.inputs.map(\.format) == ["hr-roster", "okta-system-log", "csv"])
    #expect(records.ownership.hasPeopleRegister)
  }

  @Test func aListOfMembersCannotSayWhoLeft() async throws {
    let records = try await people(
      ["members.csv": "id,userPrincipalName,groupName\n1,dana,risk\n"], days: ["members.csv": at("2026-07-01")])
    #expect(!records.ownership.hasPeopleRegister)
    #expect(records.ownership.people.members(of: "risk", at: at("2026-07-01")) == ["dana"])
    let undated = try await people(["members.csv": "id,userPrincipalName,groupName\n1,dana,risk\n"])
    #expect(undated.inputs.map(\.note) == ["1 membership of an unknown day, not used"])
  }

  @Test func pathsAreRelativeToTheDirectory() {
    let plan = InputPlan(
      directory: "/d", policy: [], ownership: [])
    #expect([plan.path(of: "a/b"), plan.path(of: "/a"), plan.path(of: "-")] == ["/d/a/b", "/a", "-"])
  }
}
