import EvidenceModel
import Foundation
import Intake
import TestSupport
import Testing

@Suite struct PullRequestTests {
  private func read(_ folder: TemporaryFolder, _ subjects: [String], export: String) async throws -> Records {
    let fixture = try GitFixture(in: folder)
    for (index, subject) in subjects.enumerated() {
      try fixture.commit(
        ["policy.yaml": "rules: [{id: r\(index), action: allow}]\n"], subject, date: "2026-01-0\(index + 1)T00:00:00Z")
    }
    try folder.write(export, to: "pulls.json")
    return await InputPlan(
      directory: folder.path,
      policy: [.git("repository", path: "policy.yaml", format: nil, pullRequests: "pulls.json")], ownership: []
    ).read()
  }

  private func request(_ number: Int, author: String = "ada", _ reviews: String, commit: String? = nil) -> String {
    let commit = commit.map { #","mergeCommit":{"oid":"\#($0)"}"# } ?? ""
    return
      #"{"number":\#(number),"state":"MERGED","author":{"login":"\#(author)"},"mergedAt":"2026-01-05T00:00:00Z","reviews":[\#(reviews)]\#(commit)}"#
  }

  private func review(_ by: String, _ state: String, _ day: Int) -> String {
    #"{"author":{"login":"\#(by)"},"state":"\#(state)","submittedAt":"2026-01-0\#(day)T00:00:00Z"}"#
  }

  @Test(arguments: ["Change (#7)", "Merge pull request #7 from a/b", "Revert \"x (#3)\" (#7)"])
  func aSubjectNamesThePullRequest(subject: String) async throws {
    try await inTemporaryFolder { folder in
      let records = try await read(folder, [subject], export: request(7, review("bob", "APPROVED", 1)))
      let version = try #require(records.history.versions.first)
      #expect(version.approvedBy == ["bob"])
      #expect(version.approvedAt == at("2026-01-01"))
      #expect(version.statesApprovals)
      #expect(records.diagnostics.isEmpty)
      #expect(records.inputs.map(\.format) == ["git", "pull-requests"])
      #expect(records.inputs.last?.records == 1)
    }
  }

  @Test func theMergeCommitCountsBeforeTheSubject() async throws {
    try await inTemporaryFolder { folder in
      let first = try await read(folder, ["One (#7)"], export: request(7, ""))
      let fixture = GitCommit(folder)
      let commit = try fixture.full()
      #expect(commit.hasPrefix(try #require(first.history.versions.first?.id)))
      try folder.write(request(7, review("bob", "APPROVED", 1), commit: commit), to: "pulls.json")
      try folder.write("rules: []\n", to: "repository/policy.yaml")
      try fixture.commit("Another that claims the same approval (#7)")
      let records = await plan(folder).read()
      #expect(records.history.versions.map(\.approvedBy) == [["bob"], []])
      #expect(records.history.versions.map(\.statesApprovals) == [true, false])
      #expect(records.diagnostics.map(\.id) == ["pull-request-missing"])
    }
  }

  private func plan(_ folder: TemporaryFolder) -> InputPlan {
    InputPlan(
      directory: folder.path,
      policy: [.git("repository", path: "policy.yaml", format: nil, pullRequests: "pulls.json")], ownership: [])
  }

  /// The commit ids of a fixture, read from its files.
  private struct GitCommit {
    let folder: TemporaryFolder
    init(_ folder: TemporaryFolder) { self.folder = folder }

    func full() throws -> String {
      String(decoding: try folder.bytes(of: "repository/.git/refs/heads/main"), as: UTF8.self).filter { $0 != "\n" }
    }

    func commit(_ subject: String) throws {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments =
        ["git", "-C", folder.path("repository"), "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
        + ["commit", "--quiet", "--all", "--message", subject]
      try process.run()
      process.waitUntilExit()
    }
  }

  @Test func twoCommitsOfOneNumberProveNothing() async throws {
    try await inTemporaryFolder { folder in
      let records = try await read(
        folder, ["One (#7)", "Two (#7)"], export: request(7, review("bob", "APPROVED", 1)))
      #expect(records.history.versions.map(\.approvedBy) == [[], []])
      #expect(records.diagnostics.map(\.id) == ["pull-request-missing"])
      #expect(records.diagnostics.first?.summary.hasPrefix("2 of 2 versions") == true)
    }
  }

  @Test func theLastDecidingReviewOfAPersonCounts() async throws {
    try await inTemporaryFolder { folder in
      let reviews = [
        review("bob", "APPROVED", 1), review("bob", "CHANGES_REQUESTED", 2), review("eve", "CHANGES_REQUESTED", 1),
        review("eve", "APPROVED", 3), review("eve", "COMMENTED", 4), review("dan", "DISMISSED", 1),
      ].joined(separator: ",")
      let version = try #require(
        try await read(folder, ["One (#7)"], export: request(7, reviews)).history.versions.first)
      #expect(version.approvedBy == ["eve"])
      #expect(version.approvedAt == at("2026-01-03"))
    }
  }

  @Test func onesOwnApprovalDoesNotCount() async throws {
    try await inTemporaryFolder { folder in
      let records = try await read(folder, ["One (#7)"], export: request(7, review("ada", "APPROVED", 1)))
      let version = try #require(records.history.versions.first)
      #expect(version.approvedBy.isEmpty)
      #expect(version.approvedAt == nil)
      #expect(version.statesApprovals)
      #expect(records.diagnostics.map(\.id) == ["pull-request-self-approval"])
    }
  }

  @Test func anApprovalAfterTheMergeCountsOnlyAlone() async throws {
    try await inTemporaryFolder { folder in
      let both = [review("bob", "APPROVED", 1), review("eve", "APPROVED", 9)].joined(separator: ",")
      let versions = try await read(
        folder, ["One (#7)", "Two (#8)"],
        export: "[\(request(7, both)), \(request(8, review("eve", "APPROVED", 9)))]"
      ).history.versions
      #expect(versions.map(\.approvedBy) == [["bob"], ["eve"]])
      #expect(versions.map(\.approvedAt) == [at("2026-01-01"), at("2026-01-09")])
    }
  }

  @Test func gitLabNamesTheCommit() async throws {
    try await inTemporaryFolder { folder in
      _ = try await read(folder, ["One (#8)"], export: request(7, ""))
      let commit = try GitCommit(folder).full()
      let export = """
        {"iid":7,"state":"merged","author":{"username":"ada"},"merge_commit_sha":"\(commit)","approved_by":[{"user":{"username":"bob"}}]}
        {"iid":8,"state":"opened","author":{"username":"ada"},"approved_by":[{"user":{"username":"eve"}}]}
        nonsense
        """
      try folder.write(export, to: "pulls.json")
      let records = await plan(folder).read()
      #expect(records.history.versions.map(\.approvedBy) == [["bob"]])
      #expect(records.history.versions.first?.approvedAt == nil)
      #expect(records.diagnostics.map(\.id) == ["pull-request-malformed"])
      #expect(records.diagnostics.first?.line == 3)
    }
  }

  @Test(arguments: ["", "[]", "{}", "[1, 2]", "rules: []", #"{"number":7,"state":"OPEN"}"#])
  func anExportWithoutPullRequestsChangesNothing(export: String) async throws {
    try await inTemporaryFolder { folder in
      let records = try await read(folder, ["One (#7)"], export: export)
      #expect(records.history.versions.map(\.statesApprovals) == [false])
      #expect(records.diagnostics.count == 1)
      #expect(records.inputs.last?.digest == nil)
    }
  }
}
