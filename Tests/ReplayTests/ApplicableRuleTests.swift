import EvidenceModel
import Replay
import TestSupport
import Testing

@Suite struct ApplicableRuleTests {
  /// The rule that the tally names.
  private func rule(_ rules: [Rule], _ change: (inout DecisionLine) -> Void = { _ in }) throws -> String? {
    let scanned = try scan([.with(change)], records: records([version("v1", from: "2026-01-01", rules)]))
    return scanned.partial.tally.first?.rule
  }

  @Test func theSmallestPriorityApplies() throws {
    #expect(try rule([.allow("a", priority: 20), .allow("b", priority: 10), .allow("c", priority: 30)]) == "b")
    #expect(try rule([.allow("a"), .allow("b", priority: -1)]) == "b")
  }

  @Test func ofEqualPrioritiesTheEarlierInTheFileApplies() throws {
    #expect(try rule([.allow("b"), .allow("a")]) == "b")
  }

  @Test func everyConditionMustHold() throws {
    let rules = [
      Rule.allow("all", priority: 1, agent: "agent-a", dataClass: "public", tool: "search", minTokensIn: 100),
      .allow("rest", priority: 2),
    ]
    #expect(try rule(rules) { $0.tools = ["mail", "search"] } == "all")
    #expect(try rule(rules) == "rest")
    #expect(
      try rule(rules) { line in
        line.tools = ["search"]
        line.agent = "agent-b"
      } == "rest")
    #expect(
      try rule(rules) { line in
        line.tools = ["search"]
        line.dataClass = "secret"
      } == "rest")
    #expect(
      try rule(rules) { line in
        line.tools = ["search"]
        line.tokensIn = 99
      } == "rest")
  }

  @Test func aThresholdIncludesItself() throws {
    let rules = [Rule.allow("big", priority: 1, minTokensIn: 1000), .allow("rest", priority: 2)]
    #expect(try rule(rules) { $0.tokensIn = 999 } == "rest")
    #expect(try rule(rules) { $0.tokensIn = 1000 } == "big")
  }

  @Test func anEmptyAgentMatchesOnlyAnything() throws {
    let rules = [Rule.allow("named", priority: 1, agent: "agent-a"), .allow("rest", priority: 2)]
    #expect(try rule(rules) { $0.agent = nil } == "rest")
    #expect(try rule(rules) { $0.agent = "" } == "rest")
  }

  @Test func anEmptyConditionMatchesAnything() throws {
    #expect(try rule([.allow("r", agent: "", dataClass: "", tool: "")]) == "r")
  }

  @Test func theClaimedRulePlaysNoPart() throws {
    #expect(try rule([.allow("a"), .allow("b")]) { $0.ruleID = "b" } == "a")
  }

  @Test func namesMatchByBytes() throws {
    let rules = [Rule.allow("named", priority: 1, agent: "\u{E9}"), .allow("rest", priority: 2)]
    #expect(try rule(rules) { $0.agent = "\u{E9}" } == "named")
    #expect(try rule(rules) { $0.agent = "e\u{301}" } == "rest")
    #expect(try rule(rules) { $0.agent = "\u{C9}" } == "rest")
    #expect(try rule(rules) { $0.agent = "\u{E9} " } == "rest")
  }

  @Test func aStarInALogIsAnOrdinaryName() throws {
    let rules = [Rule.allow("named", priority: 1, tool: "search"), .allow("rest", priority: 2)]
    #expect(try rule(rules) { $0.tools = ["*"] } == "rest")
  }
}

@Suite struct VersionInForceTests {
  private let history = [
    version("v1", from: "2026-07-01T12:00:00Z", [.allow("r1")]),
    version("v2", from: "2026-07-02T12:00:00Z", [.allow("r2")]),
  ]

  @Test(arguments: [
    ("2026-07-01T11:59:59.999999Z", "-"), ("2026-07-01T12:00:00Z", "v1"), ("2026-07-02T11:59:59.999999Z", "v1"),
    ("2026-07-02T11:59:59.999999999Z", "v1"), ("2026-07-02T12:00:00Z", "v2"), ("2026-07-02T14:00:00+02:00", "v2"),
    ("2026-07-02T12:00:00.000000999Z", "v2"),
  ])
  func changesExactlyAtItsInstant(ts: String, expected: String) throws {
    let scanned = try scan([.with { $0.ts = ts }], records: records(history))
    #expect(scanned.partial.tally.map(\.version) == [expected])
  }

  @Test func laterRecordedWinsAmongEqualInstants() throws {
    let scanned = try scan(
      [DecisionLine()],
      records: records([
        version("x", from: "2026-07-01", recorded: "2026-06-20", [.allow("rx")]),
        version("y", from: "2026-07-01", recorded: "2026-06-10", [.allow("ry")]),
      ]))
    #expect(scanned.partial.tally.map(\.rule) == ["rx"])
  }
}

@Suite struct JurisdictionTests {
  private let places = [deployment("d", in: "eu", from: "2026-07-01"), deployment("d", in: "us", from: "2026-07-10")]

  @Test(arguments: [
    ("2026-06-30T23:59:59.999999Z", "unknown"), ("2026-07-01T00:00:00Z", "eu"), ("2026-07-09T23:59:59.999999Z", "eu"),
    ("2026-07-10T00:00:00Z", "us"),
  ])
  func isTheRowInForce(ts: String, place: String) throws {
    let line = DecisionLine.with { line in
      line.ts = ts
      line.deployment = "d"
    }
    let scanned = try scan(
      [line], records: records([version("v1", from: "2026-01-01", [.allow("r")])], deployments: places))
    #expect(scanned.partial.traffic.map(\.jurisdiction) == [place])
  }

  @Test func aDeploymentSeenBeforeItsFirstRowIsUnlistedThen() throws {
    let lines = ["2026-06-30T00:00:00Z", "2026-07-02T00:00:00Z"].map { ts in
      DecisionLine.with { line in
        line.ts = ts
        line.deployment = "d"
      }
    }
    let scanned = try scan(
      lines, records: records([version("v1", from: "2026-01-01", [.allow("r")])], deployments: places))
    let seen = try #require(scanned.partial.seen.first { $0.kind == .deployment })
    #expect([seen.n, seen.unlisted] == [2, 1])
  }
}
