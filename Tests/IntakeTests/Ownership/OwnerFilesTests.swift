import EvidenceModel
import TestSupport
import Testing

@testable import Intake

@Suite struct OwnerFilesTests {
  private func read(_ fixture: GitFixture, policy: String = "config/router/policy.yaml") async -> Records {
    await readOwnership(fixture, .ownerFiles("repository"), policy: policy)
  }

  private let policy = "config/router/policy.yaml"

  @Test func theNearestFileDecides() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit([policy: policyText, "OWNER": "# all\n@root\n"], date: "2026-01-01T00:00:00Z")
      try fixture.commit(["config/OWNER": "@dana\n- @sam # lead\n"], date: "2026-01-02T00:00:00Z")
      try fixture.commit(["other/OWNER": "@nobody\n"], date: "2026-01-03T00:00:00Z")
      try fixture.commit(["config/OWNER": nil], date: "2026-01-04T00:00:00Z")
      let records = await read(fixture)
      #expect(
        stretches(records) == [
          "@root 2026-01-01..2026-01-02", "@dana @sam 2026-01-02..2026-01-04", "@root 2026-01-04..",
        ])
      #expect(stretches(records, role: "code-owner").map { $0.prefix { $0 != " " } } == ["@dana", "@sam"])
      #expect(records.ownership.records.map(\.provenance) == [.inferred, .matched, .matched, .matched, .inferred])
    }
  }

  @Test func aPolicyThatMovesComesUnderAnotherFolder() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(
        ["old/policy.yaml": longPolicyText, "old/OWNER": "@dana\n", "config/OWNER": "@sam\n"],
        date: "2026-01-01T00:00:00Z")
      try fixture.move("old/policy.yaml", to: "config/policy.yaml", date: "2026-01-02T00:00:00Z")
      #expect(
        stretches(await read(fixture, policy: "config/policy.yaml")) == [
          "@dana 2026-01-01..2026-01-02", "@sam 2026-01-02..",
        ])
    }
  }

  @Test func aLineThatNamesNobodyIsTold() {
    let file = OwnerFile("@dana\nsam\n@one @two\n")
    #expect(file.owners.map(\.owner) == ["@dana"])
    #expect(file.skipped.map(\.line) == [2, 3])
  }

  @Test func noMoreThanAThousandPeopleCount() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(
        [policy: policyText, "OWNER": (0..<3_000).map { "@p\($0)\n" }.joined()], date: "2026-01-01T00:00:00Z")
      let records = await read(fixture)
      #expect(records.ownership.records.count == 1_001)
      #expect(records.diagnostics.map(\.id) == ["owners-too-many"])
    }
  }

  @Test func approversOfKubernetesAddUpToTheRoot() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(
        [
          policy: policyText, "OWNERS": "approvers: [leads]\nreviewers: [sam]\n",
          "OWNERS_ALIASES": "aliases: {leads: [dana, alex]}\n",
        ], date: "2026-01-01T00:00:00Z")
      try fixture.commit(["config/OWNERS": "approvers: [priya, Dana]\n"], date: "2026-01-02T00:00:00Z")
      try fixture.commit(
        ["config/OWNERS": "approvers: [priya]\noptions: {no_parent_owners: true}\n"], date: "2026-01-03T00:00:00Z")
      let records = await read(fixture)
      #expect(
        stretches(records) == [
          "dana alex 2026-01-01..2026-01-02", "priya Dana alex 2026-01-02..2026-01-03", "priya 2026-01-03..",
        ])
      #expect(stretches(records, role: "reviewer") == ["sam 2026-01-01..2026-01-03"])
      #expect(stretches(records, role: "approver").contains("alex 2026-01-01..2026-01-03"))
      #expect(records.ownership.records.filter { $0.role == "approver" }.allSatisfy { $0.ownerKind == .person })
    }
  }

  @Test func filtersAskForThePathBelowTheirFolder() throws {
    let owners = try KubernetesOwners(
      "filters:\n  '.*': {approvers: [dana]}\n  '\\.ya?ml$': {approvers: [policy-team]}\n  '^router/': {reviewers: [sam]}\n",
      name: "OWNERS")
    #expect(owners.people(for: "router/policy.yaml", aliases: [:]).approvers.map(\.name) == ["dana", "policy-team"])
    #expect(owners.people(for: "router/policy.yaml", aliases: [:]).reviewers.map(\.name) == ["sam"])
    #expect(owners.people(for: "policy.json", aliases: [:]).approvers.map(\.name) == ["dana"])
    #expect(owners.people(for: "policy.json", aliases: [:]).reviewers.isEmpty)
  }

  @Test func aFilterThatIsNotReadLeavesTheOthers() throws {
    let owners = try KubernetesOwners(
      "filters:\n  '(?i)x': {approvers: [dana]}\n  'x': {approvers: [sam]}\n", name: "OWNERS")
    #expect(owners.people(for: "x", aliases: [:]).approvers.map(\.name) == ["sam"])
    #expect(owners.diagnostics.map(\.id) == ["owners-filter-unreadable"])
  }

  @Test(arguments: [
    ("\\.go$", "a/b.go", true), ("\\.go$", "a/bxgo", false), ("^a/", "a/b", true), ("^a/", "b/a/", false),
    ("(one|two)\\.yaml", "x/two.yaml", true), ("[a-c]+\\d", "xb7", true), ("[a-c]+\\d", "x7", false), (".*", "", true),
    ("a\\/b", "a/b", true), ("\\w+\\.md", "read_me.md", true), ("[.]md", "xmd", false), ("x?y", "y", true),
  ])
  func anExpressionMatchesSomePartOfAPath(expression: String, path: String, matches: Bool) throws {
    #expect(try PathExpression(expression).matches(path) == matches)
  }

  @Test(arguments: ["(?i)a", "a*?", "a{2}", "\\1", "\\pL", "a\\", "(", "a++", String(repeating: "a", count: 600)])
  func anExpressionThatTheSystemReadsOtherwiseIsRefused(expression: String) {
    #expect(throws: PathExpression.Refusal.self) { try PathExpression(expression) }
  }

  @Test func aHostileExpressionEndsInReasonableTime() throws {
    let expression = try PathExpression("(((((a+)+)+)+)+)+$")
    #expect(!expression.matches(String(repeating: "a", count: 4000) + "b"))
    #expect(throws: PathExpression.Refusal.self) {
      try PathExpression(String(repeating: "(", count: 9) + "a" + String(repeating: "+)", count: 9))
    }
  }

  @Test func aTextThatIsNoYAMLIsToldAndNamesNobody() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit([policy: policyText, "OWNERS": "approvers: [\n"], date: "2026-01-01T00:00:00Z")
      let records = await read(fixture)
      #expect(records.ownership.records.isEmpty)
      #expect(records.diagnostics.map(\.id) == ["yaml-syntax"])
    }
  }
}
