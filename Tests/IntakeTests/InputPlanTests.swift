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

  @Test func pathsAreRelativeToTheDirectory() {
    let plan = InputPlan(
      directory: "/d", policy: [], ownership: [])
    #expect([plan.path(of: "a/b"), plan.path(of: "/a"), plan.path(of: "-")] == ["/d/a/b", "/a", "-"])
  }
}
