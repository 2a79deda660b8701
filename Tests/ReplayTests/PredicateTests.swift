import EvidenceModel
import Replay
import TestSupport
import Testing

@Suite struct IndeterminateTests {
  /// `class,indeterminate` of one decision.
  private func judge(_ rules: [Rule], agent: String?, dataClass: String?, tokensIn: Int = 100) throws -> String? {
    let line = DecisionLine.with { line in
      line.agent = agent
      line.dataClass = dataClass
      line.tokensIn = tokensIn
    }
    let scanned = try scan([line], records: records([version("v1", from: "2026-01-01", rules)]))
    return scanned.partial.tally.first.map { "\($0.decisionClass.name),\($0.sums.indeterminate)" }
  }

  private let byAgent = [Rule.block("named", priority: 1, agent: "agent-a"), .allow("rest", priority: 2)]
  private let byClass = [Rule.block("named", priority: 1, dataClass: "secret"), .allow("rest", priority: 2)]
  private let byBoth = [
    Rule.block("named", priority: 1, agent: "agent-a", dataClass: "secret"), .allow("rest", priority: 2),
  ]

  @Test func anEmptyAgentThatAnEarlierRuleAsksForCannotBeTold() throws {
    #expect(try judge(byAgent, agent: nil, dataClass: "public") == "compliant,1")
    #expect(try judge(byAgent, agent: "", dataClass: "public") == "compliant,1")
    #expect(try judge(byAgent, agent: "agent-b", dataClass: nil) == "compliant,0")
  }

  @Test func anEmptyClassThatAnEarlierRuleAsksForCannotBeTold() throws {
    #expect(try judge(byClass, agent: "agent-a", dataClass: nil) == "compliant,1")
    #expect(try judge(byClass, agent: nil, dataClass: "public") == "compliant,0")
  }

  @Test func bothEmptyMayBothHaveBeenSomething() throws {
    #expect(try judge(byBoth, agent: nil, dataClass: nil) == "compliant,1")
    #expect(try judge(byBoth, agent: "agent-a", dataClass: nil) == "compliant,1")
    #expect(try judge(byBoth, agent: nil, dataClass: "secret") == "compliant,1")
    #expect(try judge(byBoth, agent: "agent-b", dataClass: nil) == "compliant,0")
    #expect(try judge(byBoth, agent: nil, dataClass: "public") == "compliant,0")
  }

  @Test func nothingEmptyIsAlwaysDeterminate() throws {
    #expect(try judge(byBoth, agent: "agent-a", dataClass: "secret") == "blocked_but_served,0")
  }

  @Test func whereNoneAppliedAnyRuleMayHave() throws {
    let rules = [Rule.allow("named", agent: "agent-a")]
    #expect(try judge(rules, agent: nil, dataClass: "public") == "no_rule,1")
    #expect(try judge(rules, agent: "agent-b", dataClass: nil) == "no_rule,0")
  }

  @Test func aRuleThatAsksForTheEmptyFieldOnlyLaterDoesNotMatter() throws {
    let rules = [Rule.allow("rest", priority: 1), .block("named", priority: 2, agent: "agent-a")]
    #expect(try judge(rules, agent: nil, dataClass: "public") == "compliant,0")
  }

  @Test func aRuleOfTheSamePriorityIsNotSmaller() throws {
    let rules = [Rule.block("named", priority: 1, agent: "agent-a"), .allow("rest", priority: 1)]
    #expect(try judge(rules, agent: nil, dataClass: "public") == "compliant,0")
  }

  @Test func otherConditionsMustStillHold() throws {
    let rules = [Rule.block("named", priority: 1, agent: "agent-a", minTokensIn: 1000), .allow("rest", priority: 2)]
    #expect(try judge(rules, agent: nil, dataClass: "public", tokensIn: 999) == "compliant,0")
    #expect(try judge(rules, agent: nil, dataClass: "public", tokensIn: 1000) == "compliant,1")
  }

  @Test func noPolicyIsDeterminate() throws {
    let line = DecisionLine.with { $0.agent = nil }
    let scanned = try scan([line], records: records([]))
    #expect(scanned.partial.tally.map(\.sums.indeterminate) == [0])
  }
}

@Suite struct PermitTests {
  private let models = ["small": 1, "tiny": 1]

  /// Whether moving from `small` to `tiny` is permitted.
  private func isPermitted(
    _ permit: Rule, aliases: ByName<String> = [:], _ change: (inout DecisionLine) -> Void = { _ in }
  ) throws -> Bool {
    let line = DecisionLine.with { line in
      line.served = "tiny"
      change(&line)
    }
    let scanned = try scan(
      [line],
      records: records([version("v1", from: "2026-01-01", [.allow("r"), permit])], models: models, aliases: aliases))
    return scanned.classes == ["permitted_fallback": 1]
  }

  @Test func asksForTheModelThatIsLeft() throws {
    #expect(try isPermitted(.permit("p", from: "small", to: ["tiny"])))
    #expect(try isPermitted(.permit("p", from: "*", to: ["tiny"])))
    #expect(try !isPermitted(.permit("p", from: "large", to: ["tiny"])))
  }

  @Test func asksForTheModelThatAnswered() throws {
    #expect(try isPermitted(.permit("p", to: ["large", "tiny"])))
    #expect(try !isPermitted(.permit("p", to: ["large"])))
    #expect(try !isPermitted(.permit("p", to: [])))
  }

  @Test func aStarIsNoTarget() throws {
    #expect(try !isPermitted(.permit("p", to: ["*"])))
  }

  @Test func asksForTheTrigger() throws {
    let onError = Rule.permit("p", to: ["tiny"], triggers: ["error", "budget"])
    #expect(try isPermitted(onError) { $0.trigger = "budget" })
    #expect(try !isPermitted(onError) { $0.trigger = "classifier" })
    #expect(try !isPermitted(onError))
    #expect(try isPermitted(.permit("p", to: ["tiny"])))
  }

  @Test func asksForItsConditions() throws {
    #expect(try isPermitted(.permit("p", agent: "agent-a", dataClass: "public", minTokensIn: 100, to: ["tiny"])))
    #expect(try !isPermitted(.permit("p", agent: "agent-b", to: ["tiny"])))
    #expect(try !isPermitted(.permit("p", dataClass: "secret", to: ["tiny"])))
    #expect(try !isPermitted(.permit("p", tool: "search", to: ["tiny"])))
    #expect(try isPermitted(.permit("p", tool: "search", to: ["tiny"])) { $0.tools = ["search"] })
    #expect(try !isPermitted(.permit("p", minTokensIn: 101, to: ["tiny"])))
  }

  @Test func anEmptyAgentDoesNotMatchANamedOne() throws {
    #expect(try !isPermitted(.permit("p", agent: "agent-a", to: ["tiny"])) { $0.agent = nil })
  }

  @Test func modelsGoThroughTheAliasTable() throws {
    let aliases: ByName<String> = ["t": "tiny", "s": "small"]
    #expect(try isPermitted(.permit("p", from: "s", to: ["t"]), aliases: aliases))
    #expect(
      try isPermitted(.permit("p", from: "small", to: ["tiny"]), aliases: aliases) { line in
        line.requested = "s"
        line.served = "t"
      })
  }
}

@Suite struct ModelTests {
  private func classes(
    _ rules: [Rule], models: [String: Int], aliases: ByName<String> = [:], _ change: (inout DecisionLine) -> Void
  ) throws -> [String: Int] {
    try scan(
      [.with(change)], records: records([version("v1", from: "2026-01-01", rules)], models: models, aliases: aliases)
    ).classes
  }

  @Test func anAliasIsItsModel() throws {
    let aliases: ByName<String> = ["small-latest": "small"]
    #expect(
      try classes([.allow("r")], models: ["small": 1], aliases: aliases) { $0.served = "small-latest" } == [
        "compliant": 1
      ])
    #expect(
      try classes([.allow("r")], models: ["small": 1], aliases: aliases) { $0.requested = "small-latest" } == [
        "compliant": 1
      ])
    #expect(
      try classes([.allow("r")], models: ["small": 1]) { $0.served = "small-latest" } == ["silent_substitution": 1])
  }

  @Test func anAliasHasTheTierOfItsModel() throws {
    let made = try classes([.allow("r")], models: ["small": 1, "large": 2], aliases: ["l": "large"]) { $0.served = "l" }
    #expect(made == ["implicit_escalation": 1])
  }

  @Test func aTargetMayBeAnAlias() throws {
    let made = try classes([.escalate("r", to: "l")], models: ["large": 2], aliases: ["l": "large"]) { line in
      line.served = "large"
      line.ruleID = "r"
    }
    #expect(made == ["compliant": 1])
  }

  @Test func theModelFirstTriedMayBeAnAlias() throws {
    let made = try classes([.allow("r")], models: ["small": 1], aliases: ["s": "small"]) { $0.escalatedFrom = "s" }
    #expect(made == ["compliant": 1])
  }

  @Test func namesAreNotCaseFolded() throws {
    #expect(try classes([.allow("r")], models: [:]) { $0.served = "Small" } == ["silent_substitution": 1])
  }

  @Test func canonicallyEquivalentModelsAreDifferentModels() throws {
    let made = try classes([.allow("r")], models: [:]) { line in
      line.requested = "mod\u{E9}le"
      line.served = "mode\u{301}le"
    }
    #expect(made == ["silent_substitution": 1])
  }

  @Test func canonicallyEquivalentModelsHaveTheirOwnTiers() throws {
    let listed = Records(
      history: PolicyHistory([version("v1", from: "2026-01-01", [.allow("r")])]),
      ownership: OwnershipHistory(records: [], people: People(), hasPeopleRegister: false),
      inventory: Inventory(
        models: [Model(name: "\u{E9}", tier: 2), Model(name: "e\u{301}", tier: 1)], hasModels: true),
      acceptedExceptions: [], inputs: [], diagnostics: [])
    let line = DecisionLine.with { line in
      line.requested = "\u{E9}"
      line.served = "e\u{301}"
    }
    let made = try scan([line], records: listed).classes
    #expect(made == ["silent_substitution": 1])
  }

  @Test func canonicallyEquivalentAliasesStayApart() throws {
    let made = try classes([.allow("r")], models: ["small": 1], aliases: ["\u{E9}": "small"]) { $0.served = "e\u{301}" }
    #expect(made == ["silent_substitution": 1])
  }
}
