import EvidenceModel
import Intake
import TestSupport
import Testing

@Suite struct DeploymentRecordTests {
  /// Versions `2026-01-01.yaml`, `2026-01-02.yaml`, … with the rules `r1`, `r2`, ….
  private func read(
    _ folder: TemporaryFolder, _ register: String, versions: Int = 3, environment: String? = nil,
    extra: String = ""
  ) async throws -> Records {
    for day in 1...versions {
      let stated = extra.split(separator: "%").joined(separator: "\(day)")
      try folder.write(stated + "rules: [{id: r\(day), action: allow}]", to: "policy/2026-01-0\(day).yaml")
    }
    try folder.write(register, to: "deployed.csv")
    let place = DeploymentRecords.Place(file: "deployed.csv", environment: environment)
    return await InputPlan(
      directory: folder.path, policy: [.folder("policy", format: nil, deployed: place)], ownership: []
    ).read()
  }

  @Test func aVersionIsInForceFromItsDeployment() async throws {
    try await inTemporaryFolder { folder in
      let records = try await read(
        folder,
        "version;effective_from\n2026-01-01.yaml;2026-01-01T12:00:00Z\n2026-01-02.yaml;2026-01-04\n2026-01-03.yaml;2026-01-05\n"
      )
      let versions = records.history.versions
      #expect(versions.map(\.effectiveFrom) == [at("2026-01-01T12:00:00Z"), at("2026-01-04"), at("2026-01-05")])
      #expect(versions.map(\.effectiveSource) == ["deployed.csv:2", "deployed.csv:3", "deployed.csv:4"])
      #expect(records.diagnostics.filter { $0.severity == .error }.isEmpty)
      #expect(records.inputs.last?.format == "deployment-records")
      #expect(records.inputs.last?.records == 3)
    }
  }

  @Test func ofTwoDeploymentsAtOneInstantTheLastRowCounts() async throws {
    try await inTemporaryFolder { folder in
      let records = try await read(
        folder,
        "version,effective_from\n2026-01-01.yaml,2026-01-01\n2026-01-02.yaml,2026-01-05\n2026-01-01.yaml,2026-01-05\n2026-01-03.yaml,2026-01-06\n",
        extra: "recorded-at: 2026-01-0%\n")
      #expect(records.history.versions.map(\.id) == ["2026-01-01.yaml", "2026-01-03.yaml"])
      #expect(records.diagnostics.map(\.id) == ["deployment-same-instant", "deployment-never"])
      #expect(records.diagnostics.first?.line == 3)
    }
  }

  @Test func aRollbackIsTheVersionInForceAgain() async throws {
    try await inTemporaryFolder { folder in
      let records = try await read(
        folder,
        """
        version,effective_from
        2026-01-01.yaml,2026-01-01
        2026-01-02.yaml,2026-01-02
        2026-01-01.yaml,2026-01-03
        2026-01-01.yaml,2026-01-04
        2026-01-02.yaml,2026-01-05
        """, versions: 2)
      #expect(
        records.history.versions.map(\.id) == [
          "2026-01-01.yaml", "2026-01-02.yaml", "2026-01-01.yaml@2", "2026-01-02.yaml@2",
        ])
      #expect(records.history.versions.map { $0.rules.map(\.id) } == [["r1"], ["r2"], ["r1"], ["r2"]])
      #expect(
        records.history.changes.map(\.kind) == [
          .created, .renamed, .reinstated, .removed, .removed, .reinstated,
        ])
      #expect(records.diagnostics.isEmpty)
    }
  }

  @Test func whatWasNeverDeployedWasNeverInForce() async throws {
    try await inTemporaryFolder { folder in
      let records = try await read(
        folder, "version,effective_from\n2026-01-02.yaml,2026-01-02\n2026-01-04.yaml,2026-01-04\n", versions: 5)
      #expect(
        records.history.versions.map(\.id) == [
          "2026-01-01.yaml", "2026-01-02.yaml", "2026-01-04.yaml", "2026-01-05.yaml",
        ])
      #expect(
        records.diagnostics.map(\.id) == ["deployment-never", "deployment-not-covered", "deployment-not-covered"])
      #expect(records.diagnostics.allSatisfy { $0.severity == .warning })
      #expect(records.diagnostics.first?.summary.contains("1 version was never deployed") == true)
      #expect(records.diagnostics.first?.summary.contains("2026-01-03.yaml") == true)
    }
  }

  @Test func anUnknownVersionIsReported() async throws {
    try await inTemporaryFolder { folder in
      let records = try await read(
        folder, "version,effective_from\n2026-01-01.yaml,2026-01-01\nabcdef0,2026-01-01\nx,someday\n", versions: 1)
      #expect(records.history.versions.map(\.id) == ["2026-01-01.yaml"])
      #expect(records.diagnostics.map(\.id) == ["register-bad-instant", "deployment-unknown-version"])
      #expect(records.diagnostics.map(\.line) == [4, 3])
    }
  }

  @Test func oneEnvironmentCounts() async throws {
    try await inTemporaryFolder { folder in
      let register =
        "version,effective_from,environment\n2026-01-01.yaml,2026-01-01,staging\n2026-01-01.yaml,2026-01-09,production\n"
      let unsaid = try await read(folder, register, versions: 1)
      #expect(unsaid.diagnostics.map(\.id) == ["deployment-environments"])
      #expect(unsaid.history.versions.map(\.effectiveFrom) == [at("2026-01-01")])
      let said = try await read(folder, register, versions: 1, environment: "production")
      #expect(said.history.versions.map(\.effectiveFrom) == [at("2026-01-09")])
      #expect(said.history.versions.map(\.effectiveSource) == ["deployed.csv:3"])
      let wrong = try await read(folder, register, versions: 1, environment: "lab")
      #expect(wrong.diagnostics.map(\.id) == ["deployment-none"])
    }
  }

  @Test func aCommitMayBeShortened() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy.yaml": "rules: []\n"], date: "2026-01-01T00:00:00Z")
      let commit = String(decoding: try folder.bytes(of: "repository/.git/refs/heads/main"), as: UTF8.self).prefix(40)
      for (name, works) in [
        (commit.prefix(7), true), (commit.prefix(12), true), (commit[...], true), (commit.prefix(6), false),
      ] {
        try folder.write("version,effective_from\n\(name),2026-03-01\n", to: "deployed.csv")
        let records = await InputPlan(
          directory: folder.path,
          policy: [.git("repository", path: "policy.yaml", format: nil, deployed: .init(file: "deployed.csv"))],
          ownership: []
        ).read()
        let version = try #require(records.history.versions.first)
        #expect(version.effectiveFrom == at(works ? "2026-03-01" : "2026-01-01"))
        #expect(version.recordedAt == at("2026-01-01"))
      }
    }
  }
}

@Suite struct SnapshotTests {
  private func read(_ folder: TemporaryFolder) async -> Records {
    await InputPlan(
      directory: folder.path, policy: [.folder("policy", format: nil)], ownership: []
    ).read()
  }

  @Test(arguments: [
    ("001_2025-04-17_4014c7c0_config.yaml", "2025-04-17"), ("gateway-2026-07-01.json", "2026-07-01"),
    ("2026-07-01T0900Z.yaml", "2026-07-01T09:00:00Z"), ("2026-07-01T09-00-30Z.yml", "2026-07-01T09:00:30Z"),
    ("2026-07-01-of-2026-07-01.yaml", "2026-07-01"), ("2026-07-01 Thursday.yaml", "2026-07-01"),
  ])
  func aDateAnywhereInTheNameCounts(name: String, instant: String) async throws {
    try await inTemporaryFolder { folder in
      try folder.write("{\"rules\": []}", to: "policy/" + name)
      let records = await read(folder)
      #expect(records.history.versions.map(\.effectiveFrom) == [at(instant)])
      #expect(records.diagnostics.isEmpty)
    }
  }

  @Test(arguments: [
    ("2026-07-01-to-2026-08-01.yaml", "policy-name-ambiguous-date"),
    ("2026-07-01T0900.yaml", "policy-name-ambiguous-date"), ("2026-07-01T2500Z.yaml", "policy-name-ambiguous-date"),
    ("2026-13-01.yaml", "policy-no-effective-time"), ("12026-07-012.yaml", "policy-no-effective-time"),
  ])
  func aNameThatSaysNoOneTimeIsReported(name: String, id: String) async throws {
    try await inTemporaryFolder { folder in
      try folder.write("rules: []", to: "policy/" + name)
      let records = await read(folder)
      #expect(records.history.versions.isEmpty)
      #expect(records.diagnostics.map(\.id) == [id])
      #expect(records.inputs.map(\.digest) == [Digest(of: "rules: []")])
    }
  }

  @Test func theTextsOwnTimeSettlesAnAmbiguousName() async throws {
    try await inTemporaryFolder { folder in
      try folder.write("effective-from: 2026-07-15\nrules: []", to: "policy/2026-07-01-to-2026-08-01.yaml")
      let records = await read(folder)
      #expect(records.history.versions.map(\.effectiveFrom) == [at("2026-07-15")])
      #expect(records.diagnostics.isEmpty)
    }
  }
}
