import EvidenceModel
import Foundation
import TestSupport
import Testing

@testable import Intake

private func policy(_ rule: String) -> String { "rules: [{id: \(rule), action: allow}]\n" }

/// A text long enough that git sees a rename in spite of a small change.
private func longPolicy(_ last: String) -> String {
  "rules:\n" + (0..<20).map { "  - {id: rule-\($0), action: allow}\n" }.joined() + "  - {id: \(last), action: allow}\n"
}

private func read(
  _ fixture: GitFixture, path: String = "policy.yaml", repository: String = "repository"
) async -> Records {
  await InputPlan(
    directory: fixture.folder.path, policy: [.git(repository, path: path, format: nil)], ownership: []
  ).read()
}

@Suite struct GitHistoryTests {
  @Test func theEnvironmentNamesNoOtherRepository() {
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_LITERAL_PATHSPECS"] {
      #expect(GitRepository.environment[name] == .some(nil))
    }
    #expect(GitRepository.environment["GIT_GRAFT_FILE"] == "/dev/null")
  }

  @Test func everyCommitThatChangedThePathIsAVersion() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy.yaml": policy("a")], "First", date: "2026-01-01T10:00:00+02:00", author: "Ada")
      try fixture.commit(["other": "x"], "Unrelated", date: "2026-01-02T00:00:00Z")
      try fixture.commit(
        ["policy.yaml": policy("b")], "Second\n\nwith a body", date: "2026-01-03T00:00:00Z", author: "Bob")
      let records = await read(fixture)
      #expect(records.diagnostics.isEmpty)
      let versions = records.history.versions
      #expect(versions.map(\.effectiveFrom) == [at("2026-01-01T08:00:00Z"), at("2026-01-03")])
      #expect(versions.map(\.recordedAt) == versions.map(\.effectiveFrom))
      #expect(versions.map(\.author) == ["Ada", "Bob"])
      #expect(versions.map(\.note) == ["First", "Second"])
      #expect(versions.map { $0.rules.map(\.id) } == [["a"], ["b"]])
      #expect(versions.allSatisfy { $0.id.count == 12 && $0.source.hasSuffix("@" + $0.id) })
      #expect(versions.map(\.digest) == [Digest(of: policy("a")), Digest(of: policy("b"))])
    }
  }

  @Test func aStatedTimeMayBackdateACommit() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy.yaml": "effective-from: 2025-12-01\n" + policy("a")], date: "2026-01-01T00:00:00Z")
      let version = try #require(await read(fixture).history.versions.first)
      #expect(version.effectiveFrom == at("2025-12-01"))
      #expect(version.recordedAt == at("2026-01-01"))
      #expect(version.isBackdated)
    }
  }

  @Test func renamesAreFollowed() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["old name.yaml": longPolicy("a")], date: "2026-01-01T00:00:00Z")
      try fixture.commit(["old name.yaml": longPolicy("b")], date: "2026-01-02T00:00:00Z")
      try fixture.move("old name.yaml", to: "middle.yaml", date: "2026-01-03T00:00:00Z")
      try fixture.git(["mv", "middle.yaml", "policy.yaml"])
      try fixture.commit(["policy.yaml": longPolicy("c")], date: "2026-01-04T00:00:00Z")
      let versions = await read(fixture).history.versions
      #expect(versions.map { $0.rules.last?.id } == ["a", "b", "b", "c"])
      #expect(
        versions.compactMap { $0.source.split(separator: "@").first.map(String.init) } == [
          "repository:old name.yaml", "repository:old name.yaml", "repository:middle.yaml", "repository:policy.yaml",
        ])
    }
  }

  @Test func aMergeIsOneVersionOfItsFirstParent() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy.yaml": policy("a")], date: "2026-01-01T00:00:00Z")
      try fixture.git(["checkout", "--quiet", "-b", "side"])
      try fixture.commit(["policy.yaml": policy("b")], date: "2026-01-02T00:00:00Z", author: "Eve")
      try fixture.commit(["policy.yaml": policy("c")], date: "2026-01-03T00:00:00Z", author: "Eve")
      try fixture.git(["checkout", "--quiet", "main"])
      try fixture.commit(["other": "x"], date: "2026-01-04T00:00:00Z")
      try fixture.git(
        ["merge", "--quiet", "--no-ff", "--message", "Merge", "side"], date: "2026-01-05T00:00:00Z", author: "Bob")
      let versions = await read(fixture).history.versions
      #expect(versions.map(\.effectiveFrom) == [at("2026-01-01"), at("2026-01-05")])
      #expect(versions.map { $0.rules.map(\.id) } == [["a"], ["c"]])
      #expect(versions.map(\.author) == ["Ada", "Eve"])
      #expect(versions.map(\.committer) == ["Ada", "Bob"])
    }
  }

  @Test func aMergeOfSeveralPeoplesWorkIsItsOwnAuthors() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy.yaml": policy("a")], date: "2026-01-01T00:00:00Z")
      try fixture.git(["checkout", "--quiet", "-b", "side"])
      try fixture.commit(["policy.yaml": policy("b")], date: "2026-01-02T00:00:00Z", author: "Eve")
      try fixture.commit(["policy.yaml": policy("c")], date: "2026-01-03T00:00:00Z", author: "Dan")
      try fixture.git(["checkout", "--quiet", "main"])
      try fixture.git(
        ["merge", "--quiet", "--no-ff", "--message", "Merge", "side"], date: "2026-01-05T00:00:00Z", author: "Bob")
      #expect(await read(fixture).history.versions.map(\.author) == ["Ada", "Bob"])
    }
  }

  @Test func aMergeAnswersOnlyForWhatItBrought() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy.yaml": policy("a")], date: "2026-01-01T00:00:00Z")
      for (branch, author, rule) in [("one", "Eve", "b"), ("two", "Dan", "c")] {
        try fixture.git(["checkout", "--quiet", "-b", branch])
        try fixture.commit(["policy.yaml": policy(rule)], date: "2026-01-02T00:00:00Z", author: author)
        try fixture.commit(["other-\(branch)": "x"], date: "2026-01-02T00:00:00Z", author: "Zoe")
        try fixture.git(["checkout", "--quiet", "main"])
        try fixture.git(
          ["merge", "--quiet", "--no-ff", "--message", "Merge", branch], date: "2026-01-05T00:00:00Z", author: "Bob")
      }
      let versions = await read(fixture).history.versions
      #expect(versions.map(\.author) == ["Ada", "Eve", "Dan"])
      #expect(versions.map(\.committer) == ["Ada", "Bob", "Bob"])
    }
  }

  @Test func aSignatureIsSeenAndNobodyRunsAProgramForIt() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy.yaml": policy("a")], date: "2026-01-01T00:00:00Z")
      let program = try folder.write(
        """
        #!/bin/sh
        cat > /dev/null
        echo '[GNUPG:] SIG_CREATED D' >&2
        printf -- '-----BEGIN PGP SIGNATURE-----\\nx\\n-----END PGP SIGNATURE-----\\n'
        """, to: "signer")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
      try fixture.git(
        ["-c", "gpg.program=\(program)", "commit", "--quiet", "--allow-empty", "-S", "--message", "gpgsig in words"],
        date: "2026-01-02T00:00:00Z")
      try folder.write(policy("b"), to: "repository/policy.yaml")
      try fixture.git(["add", "--all"])
      try fixture.git(
        ["-c", "gpg.program=\(program)", "commit", "--quiet", "-S", "--message", "Signed"], date: "2026-01-03T00:00:00Z"
      )
      try fixture.commit(["policy.yaml": policy("c")], "x\n\ngpgsig not a header", date: "2026-01-04T00:00:00Z")
      // A program that the repository names must not run when its history is read.
      try fixture.git(["config", "gpg.program", folder.path("trap")])
      try fixture.git(["config", "log.showSignature", "true"])
      let trap = try folder.write("#!/bin/sh\ntouch \(folder.path("ran"))\n", to: "trap")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: trap)
      #expect(await read(fixture).history.versions.map(\.isSigned) == [false, true, false])
      #expect(!FileManager.default.fileExists(atPath: folder.path("ran")))
    }
  }

  @Test func theAuthorsDateStandsBesideTheCommittersDate() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try folder.write(policy("a"), to: "repository/policy.yaml")
      try fixture.git(["add", "--all"])
      try fixture.git(
        [
          "commit", "--quiet", "--message", "Late", "--date", "2024-05-01T00:00:00Z", "--author",
          "Eve <eve@example.org>",
        ],
        date: "2026-01-01T00:00:00Z")
      let version = try #require(await read(fixture).history.versions.first)
      #expect(version.authoredAt == at("2024-05-01"))
      #expect(version.effectiveFrom == at("2026-01-01"))
      #expect([version.author, version.committer] == ["Eve", "Ada"])
    }
  }

  @Test func aRepositorysOwnSettingsChangeNothing() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy.yaml": policy("a")], "Ä", date: "2026-01-01T00:00:00Z")
      try fixture.commit([".mailmap": "Zoe <ada@example.org>\n"], date: "2026-01-02T00:00:00Z")
      for (key, value) in [
        ("log.follow", "true"), ("log.showRoot", "false"), ("log.mailmap", "true"),
        ("i18n.logOutputEncoding", "latin1"),
      ] {
        try fixture.git(["config", key, value])
      }
      let records = await read(fixture)
      #expect(records.diagnostics.isEmpty)
      #expect(records.history.versions.map(\.note) == ["Ä"])
      #expect(records.history.versions.map(\.author) == ["Ada"])
    }
  }

  @Test func noSubjectPassesForAnotherCommit() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(
        ["policy.yaml": policy("a")], "x\u{1}0123456789012345678901234567890123456789\u{1}:100644 100644 a b M",
        date: "2026-01-01T00:00:00Z", author: "Ada\u{1}Bob")
      let versions = await read(fixture).history.versions
      #expect(versions.count == 1)
      #expect(versions.map(\.isReadable) == [true])
    }
  }

  @Test func aTextThatCameBackIsTwoVersions() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      for (day, text) in [(1, policy("a")), (2, "rules: ["), (3, policy("a")), (4, "rules: [")] {
        try fixture.commit(["policy.yaml": text], date: "2026-01-0\(day)T00:00:00Z")
      }
      let records = await read(fixture)
      #expect(records.history.versions.map(\.isReadable) == [true, false, true, false])
      #expect(Set(records.history.versions.map(\.source)).count == 4)
      #expect(records.diagnostics.map(\.id) == ["yaml-syntax", "yaml-syntax"])
      #expect(Set(records.diagnostics.map(\.file)).count == 2)
    }
  }

  @Test func aFolderIsNoPolicy() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy/a.yaml": policy("a")], date: "2026-01-01T00:00:00Z")
      let records = await read(fixture, path: "policy")
      #expect(records.history.versions.map(\.isReadable) == [false])
      #expect(records.diagnostics.map(\.id) == ["policy-version-missing"])
    }
  }

  @Test func aDeletionIsAVersionWithoutRules() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy.yaml": policy("a"), "other": "x"], date: "2026-01-01T00:00:00Z")
      try fixture.commit(["policy.yaml": nil], "Drop", date: "2026-01-02T00:00:00Z")
      try fixture.commit(["policy.yaml": policy("b")], "Back", date: "2026-01-03T00:00:00Z")
      let versions = await read(fixture).history.versions
      #expect(versions.map { $0.rules.map(\.id) } == [["a"], [], ["b"]])
      #expect(versions.map(\.isReadable) == [true, true, true])
      #expect(versions.map(\.effectiveFrom) == [at("2026-01-01"), at("2026-01-02"), at("2026-01-03")])
    }
  }

  @Test func ofCommitsAtOneInstantTheLaterIsInForce() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      for rule in ["a", "b", "c"] { try fixture.commit(["policy.yaml": policy(rule)], date: "2026-01-01T00:00:00Z") }
      let history = await read(fixture).history
      #expect(history.versions.map { $0.rules.map(\.id) } == [["a"], ["b"], ["c"]])
      #expect(history.inForce.values == [2])
    }
  }

  @Test func aVersionThatCannotBeReadStands() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy.yaml": policy("a")], date: "2026-01-01T00:00:00Z")
      try fixture.commit(["policy.yaml": "rules: ["], date: "2026-01-02T00:00:00Z")
      let records = await read(fixture)
      #expect(records.history.versions.map(\.isReadable) == [true, false])
      #expect(records.diagnostics.map(\.id) == ["yaml-syntax"])
    }
  }

  @Test func readsABundle() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy.yaml": policy("a")], date: "2026-01-01T00:00:00Z")
      try fixture.git(["bundle", "create", "--quiet", "../repository.bundle", "HEAD", "main"])
      let records = await read(fixture, repository: "repository.bundle")
      #expect(records.diagnostics.isEmpty)
      #expect(records.history.versions.map { $0.rules.map(\.id) } == [["a"]])
    }
  }

  @Test func aBundleOfOneBranchAloneIsReadAlongIt() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy.yaml": policy("a")], date: "2026-01-01T00:00:00Z")
      try fixture.git(["branch", "release"])
      try fixture.git(["bundle", "create", "--quiet", "../one.bundle", "release"])
      #expect(await read(fixture, repository: "one.bundle").history.versions.map { $0.rules.map(\.id) } == [["a"]])
      try fixture.git(["branch", "--move", "main", "line"])
      try fixture.git(["bundle", "create", "--quiet", "../two.bundle", "release", "line"])
      #expect(await read(fixture, repository: "two.bundle").diagnostics.map(\.id) == ["git-no-head"])
    }
  }

  /// No commit is its own ancestor; a listing that says so must not be followed for ever.
  @Test func aLineOfParentsThatComesBackEnds() {
    let merged = GitLog.mergedAuthors(written: Array("b\u{0}dana\u{0}".utf8), graph: Array("a c b\nc a\n".utf8))
    #expect(merged["a"]?.keys.map(\.self) == ["dana"])
  }

  @Test func namesWhatCannotBeRead() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["other": "x"], date: "2026-01-01T00:00:00Z")
      try folder.write("no bundle", to: "broken")
      #expect(await read(fixture).diagnostics.map(\.id) == ["policy-path-unknown"])
      #expect(await read(fixture, repository: "nowhere").diagnostics.map(\.id) == ["file-unreadable"])
      #expect(await read(fixture, repository: "broken").diagnostics.map(\.id) == ["git-failed"])
      #expect(await read(fixture, repository: "nowhere").inputs.map(\.digest) == [nil])
    }
  }
}
