import EvidenceModel
import Intake
import TestSupport
import Testing

@Suite struct NativePolicyTests {
  private func read(_ text: String) throws -> PolicyText {
    let read = try PolicyFormat.read(text, name: "p.yaml", stated: nil)
    #expect(read.format == .native)
    return read.policy
  }

  @Test func readsEverything() throws {
    let policy = try read(
      """
      version: 7
      effective-from: 2026-07-01
      recorded_at: 2026-06-20T10:00:00+02:00
      author: Ada
      approved-by: [Bob, Eve]
      approved-at: 2026-06-21
      ticket: T-1
      note: First
      rules:
        - id: secret
          priority: 10
          agent: claims
          data-class: secret
          tool: mail
          min-tokens-in: 500
          action: escalate
          escalate-to: large
          allowed-jurisdictions: [eu, ch]
        - id: fallback
          action: permit
          from: large
          escalate-to: medium|small
          triggers: [error, rate-limit]
        - rule_id: rest
          action: allow
      """)
    #expect(policy.version == "7")
    #expect(policy.effectiveFrom == at("2026-07-01"))
    #expect(policy.recordedAt == at("2026-06-20T08:00:00Z"))
    #expect([policy.author, policy.ticket, policy.note] == ["Ada", "T-1", "First"])
    #expect(policy.approvedBy == ["Bob", "Eve"])
    #expect(policy.approvedAt == at("2026-06-21"))
    #expect(policy.statesApprovals)
    #expect(
      policy.rules == [
        Rule(
          id: "secret", priority: 10, agent: "claims", dataClass: "secret", tool: "mail", minTokensIn: 500,
          action: .escalate,
          escalateTo: ["large"], allowedJurisdictions: ["eu", "ch"]),
        Rule(
          id: "fallback", priority: 0, action: .permit, escalateTo: ["medium", "small"], fromModel: "large",
          triggers: ["error", "rate-limit"]),
        Rule(id: "rest", priority: 0, action: .allow),
      ])
  }

  @Test func emptyAndStarMatchAnything() throws {
    let rule = try #require(
      try read("rules: [{id: a, action: allow, agent: '', data-class: ~, tool: '*', allowed-jurisdictions: [eu, '*']}]")
        .rules.first)
    #expect(rule == Rule(id: "a", priority: 0, action: .allow))
  }

  @Test func mayHaveNoRules() throws {
    let policy = try read("rules: []")
    #expect(policy.rules.isEmpty)
    #expect(!policy.statesApprovals)
  }

  @Test(arguments: [
    ("rules: {a: b}", "policy-no-rules", 1), ("rules: none", "policy-no-rules", 1),
    ("rules:\n  - action: allow", "policy-rule-without-id", 2),
    ("rules:\n  - id: ''\n    action: deny", "policy-unknown-action", 3),
    ("rules:\n  - id: a\n    action: deny", "policy-unknown-action", 3),
    ("rules:\n  - id: a", "policy-unknown-action", 2),
    ("rules:\n  - {id: a, action: allow}\n  - {id: a, action: block}", "policy-rule-twice", 3),
    ("rules:\n  - id: a\n    action: allow\n    priority: high", "policy-bad-number", 4),
    ("rules:\n  - id: a\n    action: allow\n    min-tokens-in: 1.5", "policy-bad-number", 4),
    ("rules:\n  - id: a\n    action: escalate", "policy-no-target", 2),
    ("rules:\n  - id: a\n    action: escalate\n    escalate-to: [b, c]", "policy-no-target", 4),
    ("effective-from: soon\nrules: []", "policy-bad-instant", 1),
    ("rules: []\nrecorded-at: 2026-02-30", "policy-bad-instant", 2),
    ("rules:\n  - {id: \"a\\tb\", action: allow}", "policy-rule-without-id", 2),
  ])
  func oneBadRuleMakesTheWholeUnreadable(text: String, id: String, line: Int) throws {
    let problem = try #require(throws: Diagnostic.self) { try PolicyFormat.read(text, name: "p.yaml", stated: nil) }
    #expect(problem.id == id)
    #expect(problem.line == line)
  }

  @Test(arguments: [
    ("", "policy-empty"), ("[a, b]", "policy-empty"), ("text", "policy-empty"), ("a: b", "policy-unknown-format"),
  ])
  func refusesWhatIsNoPolicy(text: String, id: String) throws {
    #expect(try #require(throws: Diagnostic.self) { try PolicyFormat.read(text, name: "p.yaml", stated: nil) }.id == id)
  }
}

@Suite struct RuleTableTests {
  private let versions =
    "version,effective_from,recorded_at,author,approved_by,approved_at,ticket\n"
    + "v1,2026-07-01,2026-06-01,Ada,Bob|Eve,2026-06-02,T-1\n"

  private func read(_ rules: String, versions: String? = nil) throws -> (
    versions: [PolicyVersion], diagnostics: [Diagnostic]
  ) {
    try RuleTable.read(
      rules: WholeFile(name: "rules.csv", bytes: Array(rules.utf8)),
      versions: WholeFile(name: "versions.csv", bytes: Array((versions ?? self.versions).utf8)))
  }

  @Test func readsVersionsAndTheirRules() throws {
    let table = try read(
      "version,rule_id,priority,agent,data_class,tool,min_tokens_in,action,escalate_to,"
        + "allowed_jurisdictions,from,triggers\n"
        + "v1,a,10,x,secret,mail,500,escalate,large,eu|ch,,\nv1,b,,,,,,permit,m|s,,large,error | budget\n")
    #expect(table.diagnostics.isEmpty)
    let version = try #require(table.versions.first)
    #expect(version.id == "v1")
    #expect(
      [version.effectiveFrom, version.recordedAt, version.approvedAt] == [
        at("2026-07-01"), at("2026-06-01"), at("2026-06-02"),
      ])
    #expect(version.approvedBy == ["Bob", "Eve"])
    #expect(version.statesApprovals)
    #expect(
      version.rules == [
        Rule(
          id: "a", priority: 10, agent: "x", dataClass: "secret", tool: "mail", minTokensIn: 500, action: .escalate,
          escalateTo: ["large"], allowedJurisdictions: ["eu", "ch"]),
        Rule(
          id: "b", priority: 0, action: .permit, escalateTo: ["m", "s"], fromModel: "large",
          triggers: ["error", "budget"]),
      ])
  }

  @Test(arguments: [
    ("v1,a,deny,,", "policy-unknown-action"), ("v1,a,escalate,,", "policy-unknown-action"),
    ("v1,a,escalate,b|c,", "policy-unknown-action"),
    ("v1,a,allow,,high", "register-bad-number"), ("v1,,allow,,", "register-cell-empty"),
    ("v1,ok,allow,,", "policy-rule-twice"),
  ])
  func aBadRowLeavesTheVersionInForceWithoutRules(row: String, id: String) throws {
    let table = try read("version,rule_id,action,escalate_to,priority\nv1,ok,allow,,\n\(row)\n")
    let version = try #require(table.versions.first)
    #expect(!version.isReadable)
    #expect(version.rules.isEmpty)
    let problem = try #require(table.diagnostics.first)
    #expect(problem.id == id)
    #expect(problem.place == "rules.csv:3 (byte 58)")
  }

  @Test func rulesOfAnUnlistedVersionAreReported() throws {
    let table = try read("version,rule_id,action\nv2,a,allow\n")
    #expect(table.versions.map(\.rules) == [[]])
    #expect(table.diagnostics.map(\.id) == ["policy-version-unknown"])
  }

  @Test func aVersionListedTwiceCountsOnce() throws {
    let table = try read(
      "version,rule_id,action\nv1,a,allow\n", versions: "version,effective_from\nv1,2026-07-01\nv1,2026-08-01\n")
    #expect(table.versions.map(\.effectiveFrom) == [at("2026-07-01")])
    #expect(table.diagnostics.map(\.id) == ["policy-version-twice"])
    #expect(table.versions.map(\.statesApprovals) == [false])
  }

  @Test func aVersionWithoutItsTimeIsLeftOut() throws {
    let table = try read("version,rule_id,action\nv1,a,allow\n", versions: "version,effective_from\nv1,\n")
    #expect(table.versions.isEmpty)
    #expect(table.diagnostics.map(\.id).contains("register-cell-empty"))
  }
}
