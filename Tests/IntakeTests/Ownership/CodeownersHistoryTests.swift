import EvidenceModel
import Foundation
import TestSupport
import Testing

@testable import Intake

@Suite struct CodeownersHistoryTests {
  private func read(_ fixture: GitFixture, dialect: CodeownersDialect? = nil) async -> Records {
    await readOwnership(fixture, .codeowners("repository", dialect: dialect))
  }

  @Test func ownersChangeWithTheFile() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy.yaml": policyText, "CODEOWNERS": "* @all\n"], date: "2026-01-01T00:00:00Z")
      try fixture.commit(["CODEOWNERS": "* @all\n/policy.yaml @risk @ada\n"], date: "2026-01-02T00:00:00Z")
      try fixture.commit(["CODEOWNERS": "# moved\n* @all\n/policy.yaml @risk @ada\n"], date: "2026-01-03T00:00:00Z")
      try fixture.commit(["CODEOWNERS": "* @all\n/policy.yaml\n"], date: "2026-01-04T00:00:00Z")
      try fixture.commit(["CODEOWNERS": "/policy.yaml @bob\n"], date: "2026-01-05T00:00:00Z")
      let records = await read(fixture)
      #expect(
        stretches(records) == ["@all 2026-01-01..2026-01-02", "@risk @ada 2026-01-02..2026-01-04", "@bob 2026-01-05.."])
      #expect(
        stretches(records, role: "code-owner") == ["@risk 2026-01-02..2026-01-04", "@ada 2026-01-02..2026-01-04"])
      #expect(
        records.ownership.records.filter(\.isAccountable).map(\.provenance) == [.inferred, .matched, .matched])
      #expect(records.ownership.records.allSatisfy { $0.rulePattern == "*" && !$0.isBackdated })
      #expect(records.ownership.records.map(\.recordedAt) == records.ownership.records.map(\.from))
      #expect(records.inputs.last?.format == "codeowners (github)")
    }
  }

  @Test func anOwnerWhoGoesOnByACatchAllAloneHasANewTenure() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(
        ["policy.yaml": policyText, "CODEOWNERS": "* @ada\n/policy.yaml @ada\n"], date: "2026-01-01T00:00:00Z")
      try fixture.commit(["CODEOWNERS": "/**/* @ada\n"], date: "2026-01-02T00:00:00Z")
      let records = await read(fixture)
      #expect(stretches(records) == ["@ada 2026-01-01..2026-01-02", "@ada 2026-01-02.."])
      #expect(records.ownership.records.map(\.provenance) == [.matched, .inferred])
    }
  }

  @Test func ownersChangeWithThePolicysPath() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["CODEOWNERS": "/a.yaml @ada\n/policy.yaml @bob\n"], date: "2026-01-01T00:00:00Z")
      try fixture.commit(["a.yaml": longPolicyText], date: "2026-01-02T00:00:00Z")
      try fixture.move("a.yaml", to: "policy.yaml", date: "2026-01-03T00:00:00Z")
      let records = await read(fixture)
      #expect(stretches(records) == ["@ada 2026-01-02..2026-01-03", "@bob 2026-01-03.."])
      #expect(records.history.versions.count == 2)
    }
  }

  @Test func theFirstPlaceWins() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy.yaml": policyText, "docs/CODEOWNERS": "* @docs\n"], date: "2026-01-01T00:00:00Z")
      try fixture.commit(["CODEOWNERS": "* @root\n"], date: "2026-01-02T00:00:00Z")
      try fixture.commit([".github/CODEOWNERS": "* @github\n"], date: "2026-01-03T00:00:00Z")
      try fixture.commit([".github/CODEOWNERS": nil], date: "2026-01-04T00:00:00Z")
      #expect(
        stretches(await read(fixture)) == [
          "@docs 2026-01-01..2026-01-02", "@root 2026-01-02..2026-01-03", "@github 2026-01-03..2026-01-04",
          "@root 2026-01-04..",
        ])
    }
  }

  @Test func aCommitDatedBeforeTheOneItFollowsIsTold() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy.yaml": policyText, "CODEOWNERS": "* @all\n"], date: "2026-01-01T00:00:00Z")
      try fixture.commit(["CODEOWNERS": "* @dana\n"], date: "2026-03-01T00:00:00Z")
      try fixture.commit(["CODEOWNERS": "* @sam\n"], date: "2026-02-01T00:00:00Z")
      let records = await read(fixture)
      #expect(stretches(records) == ["@all 2026-01-01..2026-03-01", "@sam 2026-02-01.."])
      #expect(records.diagnostics.map(\.id) == ["ownership-ends-before-it-begins"])
    }
  }

  @Test func aRemovedPolicyHasNoOwner() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy.yaml": policyText, "CODEOWNERS": "* @all\n"], date: "2026-01-01T00:00:00Z")
      try fixture.commit(["policy.yaml": nil], date: "2026-01-02T00:00:00Z")
      #expect(stretches(await read(fixture)) == ["@all 2026-01-01..2026-01-02"])
    }
  }

  @Test func aRepositoryWithoutThePolicyNamesNoOwner() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["CODEOWNERS": "* @all\n"], date: "2026-01-01T00:00:00Z")
      let records = await InputPlan(
        directory: folder.path, policy: [],
        ownership: [.codeowners("repository"), .ownerFiles("repository")]
      ).read()
      #expect(records.diagnostics.map(\.id) == ["codeowners-without-policy", "owner-files-without-policy"])
      #expect(records.inputs.map(\.digest) == [nil, nil])
    }
  }

  @Test func aFolderOrASectionOfGitLabTellsItsDialect() async throws {
    for (place, text) in [(".gitlab/CODEOWNERS", "/policy.yaml @ada\n"), ("CODEOWNERS", "[Risk] @ada\n/policy.yaml\n")]
    {
      try await inTemporaryFolder { folder in
        let fixture = try GitFixture(in: folder)
        try fixture.commit(["policy.yaml": policyText, place: text], date: "2026-01-01T00:00:00Z")
        let records = await read(fixture)
        #expect(stretches(records) == ["@ada 2026-01-01.."])
        #expect(records.inputs.last?.format == "codeowners (gitlab)")
      }
    }
  }

  @Test func whereBothFoldersStandTheDialectIsAskedFor() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(
        ["policy.yaml": policyText, ".gitlab/CODEOWNERS": "* @lab\n", ".github/CODEOWNERS": "* @hub\n"],
        date: "2026-01-01T00:00:00Z")
      let unclear = await read(fixture)
      #expect(stretches(unclear) == ["@hub 2026-01-01.."])
      #expect(unclear.diagnostics.map(\.id) == ["codeowners-dialect-unclear"])
      let stated = await read(fixture, dialect: .gitlab)
      #expect(stretches(stated) == ["@lab 2026-01-01.."])
      #expect(stated.diagnostics.isEmpty)
    }
  }

  @Test func sectionsComeAndGoByThemselves() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(
        ["policy.yaml": policyText, ".gitlab/CODEOWNERS": "* @all\n[Risk] @risk\n/policy.yaml\n"],
        date: "2026-01-01T00:00:00Z")
      try fixture.commit([".gitlab/CODEOWNERS": "* @all\n^[Risk] @risk\n/policy.yaml\n"], date: "2026-01-02T00:00:00Z")
      let records = await read(fixture)
      #expect(stretches(records) == ["@all 2026-01-01.."])
      #expect(stretches(records, role: "code-owner (Risk)") == ["@risk 2026-01-01..2026-01-02"])
      #expect(stretches(records, role: "code-owner (Risk, optional)") == ["@risk 2026-01-02.."])
    }
  }

  @Test func aSkippedLineIsToldOnceHoweverManyCommitsCarryIt() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      for day in 1...3 {
        try fixture.commit(
          ["policy.yaml": policyText, "CODEOWNERS": "* @all\n!x @bob\n# \(day)\n"], date: "2026-01-0\(day)T00:00:00Z")
      }
      let records = await read(fixture)
      #expect(records.diagnostics.map(\.id) == ["codeowners-line-skipped"])
      #expect(records.diagnostics.first?.line == 2)
      #expect(stretches(records) == ["@all 2026-01-01.."])
    }
  }

  @Test func manyBadLinesAreListedUpToANumber() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      let bad = (0..<200).map { "!x\($0) @bob\n" }.joined()
      try fixture.commit(["policy.yaml": policyText, "CODEOWNERS": bad], date: "2026-01-01T00:00:00Z")
      let records = await read(fixture)
      #expect(records.diagnostics.count == HistoryNotes.most + 1)
      #expect(records.diagnostics.last?.summary.hasPrefix("more is wrong") == true)
    }
  }

  @Test func aFileThatIsTooLargeNamesNobody() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy.yaml": policyText, "CODEOWNERS": "* @all\n"], date: "2026-01-01T00:00:00Z")
      try fixture.commit(
        ["CODEOWNERS": String(repeating: "* @all\n", count: RepositoryFiles.largest / 7 + 1)],
        date: "2026-01-02T00:00:00Z")
      let records = await read(fixture)
      #expect(stretches(records) == ["@all 2026-01-01..2026-01-02"])
      #expect(records.diagnostics.map(\.id) == ["ownership-file-too-large"])
    }
  }
}
