import EvidenceModel
import TestSupport
import Testing

@Suite struct RuleChangeTests {
  private func changes(_ versions: [[Rule]?]) -> [RuleChange] {
    PolicyHistory(
      versions.enumerated().map { index, rules in
        version("v\(index + 1)", from: "2026-0\(index + 1)-01", readable: rules != nil, rules ?? [])
      }
    ).changes
  }

  private func change(_ before: Rule, _ after: Rule) throws -> RuleChange {
    try #require(changes([[before], [after]]).first { $0.version == "v2" })
  }

  @Test func theFirstVersionCreatesItsRules() {
    let made = changes([[.allow("b"), .allow("a")]])
    #expect(made.map(\.rule) == ["a", "b"])
    #expect(made.allSatisfy { $0.kind == .created && $0.versionIndex == 0 })
  }

  @Test func tellsChangedRemovedAndReinstated() {
    let made = changes([[.allow("a")], [.allow("a", priority: 20)], [], [.allow("a")]])
    #expect(made.map(\.kind) == [.created, .reordered, .removed, .reinstated])
    #expect(made.map(\.version) == ["v1", "v2", "v3", "v4"])
  }

  @Test func anUnchangedRuleIsNoChange() {
    #expect(changes([[.allow("a")], [.allow("a")]]).count == 1)
  }

  @Test func aVersionThatCannotBeReadChangesNothing() {
    #expect(changes([[.allow("a")], nil, [.allow("a")]]).count == 1)
  }

  @Test func namesTheFieldsThatDiffer() throws {
    let made = try change(.allow("a", agent: "x"), .allow("a", priority: 30, agent: "y"))
    #expect(made.fields.map(\.name) == ["priority", "agent"])
    #expect(made.fields.map(\.before) == ["10", "x"])
    #expect(made.fields.map(\.after) == ["30", "y"])
  }

  @Test func aRemovalKeepsTheActionOfBefore() throws {
    let removed = try #require(changes([[.block("a")], []]).last)
    #expect(removed.action == .block)
    #expect(removed.fields.allSatisfy { $0.after == nil })
  }

  @Test(arguments: [
    (Action.allow, Action.escalate, RuleChange.Direction.stricter), (.allow, .block, .stricter),
    (.escalate, .block, .stricter), (.escalate, .allow, .looser), (.block, .allow, .looser),
    (.block, .escalate, .looser), (.permit, .allow, .unknown), (.allow, .permit, .unknown),
  ])
  func ordersActions(before: Action, after: Action, direction: RuleChange.Direction) throws {
    func rule(_ action: Action) -> Rule { Rule(id: "a", priority: 10, action: action, escalateTo: ["large"]) }
    #expect(try change(rule(before), rule(after)).direction == direction)
  }

  @Test func anEscalationThatReplacesAnAllowIsStricterWhateverItsTarget() throws {
    let directions = [
      try change(.allow("a"), .escalate("a")), try change(.escalate("a"), .allow("a")),
      try change(.escalate("a"), .block("a")),
    ].map(\.direction)
    #expect(directions == [.stricter, .looser, .stricter])
  }

  @Test(arguments: [
    (["*"], ["eu"], RuleChange.Direction.stricter), (["eu"], ["*"], .looser), (["eu", "us"], ["eu"], .stricter),
    (["eu"], ["us", "eu"], .looser), (["eu"], ["us"], .unknown), (["eu", "us"], ["us", "eu"], .neutral),
  ])
  func ordersPlaces(before: [String], after: [String], direction: RuleChange.Direction) throws {
    #expect(try change(.allow("a", places: before), .allow("a", places: after)).direction == direction)
  }

  @Test func aLowerThresholdOfAnEscalationIsStricterWhereRequestsWereAllowedBefore() throws {
    func direction(_ before: Int64, _ after: Int64, over rest: Rule) throws -> RuleChange.Direction {
      let made = changes([
        [.escalate("a", minTokensIn: before), rest], [.escalate("a", minTokensIn: after), rest],
      ])
      return try #require(made.first { $0.version == "v2" }).direction
    }
    #expect(try direction(100, 50, over: .allow("rest", priority: 99)) == .stricter)
    #expect(try direction(50, 100, over: .allow("rest", priority: 99)) == .looser)
    #expect(try direction(100, 50, over: .block("rest", priority: 99)) == .looser)
    #expect(try direction(100, 50, over: .allow("rest", priority: 99, places: ["eu"])) == .unknown)
    #expect(try change(.block("a", minTokensIn: 100), .block("a", minTokensIn: 50)).direction == .stricter)
    #expect(try change(.allow("a", minTokensIn: 100), .allow("a", minTokensIn: 50)).direction == .looser)
  }

  @Test func neverGuessesATarget() throws {
    #expect(try change(.escalate("a", to: "x"), .escalate("a", to: "y")).direction == .unknown)
  }

  @Test func fieldsThatDisagreeLeaveTheDirectionUnknown() throws {
    let rest = Rule.allow("rest", priority: 99)
    func direction(_ before: Rule, _ after: Rule) throws -> RuleChange.Direction {
      try #require(changes([[before, rest], [after, rest]]).first { $0.version == "v2" }).direction
    }
    let wide = Rule.escalate("a", minTokensIn: 100)
    #expect(try direction(wide, .escalate("a", minTokensIn: 50, places: ["eu"])) == .stricter)
    #expect(
      try direction(.escalate("a", minTokensIn: 100, places: ["eu"]), .escalate("a", minTokensIn: 50)) == .unknown)
  }

  @Test(arguments: [
    (Rule.allow("a"), "Any request may stay on the model that was asked for."),
    (.escalate("a", dataClass: "secret"), "Requests of class secret must go to large."),
    (
      .escalate("a", agent: "x", tool: "t", minTokensIn: 9, places: ["eu", "ch"]),
      "Requests from agent x, with tool t, of 9 tokens or more must go to large; only in eu, ch."
    ),
    (.block("a"), "Any request must be refused."),
    (.permit("a", to: ["b", "c"]), "Any request may move from any model to b, c."),
    (.permit("a", from: "s", to: [], triggers: ["error"]), "Any request may move from s to no other model on error."),
  ])
  func saysARuleInOneSentence(rule: Rule, words: String) {
    #expect(rule.words == words)
  }
}
