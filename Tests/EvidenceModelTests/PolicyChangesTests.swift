import EvidenceModel
import TestSupport
import Testing

@Suite struct PolicyChangesTests {
  private func changes(_ versions: [Rule]...) -> [RuleChange] {
    PolicyHistory(
      versions.enumerated().map { index, rules in version("v\(index + 1)", from: "2026-0\(index + 1)-01", rules) }
    ).changes.filter { $0.versionIndex > 0 }
  }

  @Test func aRuleThatSaysTheSameUnderAnotherIdIsRenamed() throws {
    let made = changes([.block("old", agent: "x")], [.block("new", agent: "x")])
    #expect(made.count == 1)
    #expect(made[0].kind == .renamed)
    #expect(made[0].rule == "new")
    #expect(made[0].formerRule == "old")
    #expect(made[0].direction == .neutral)
    #expect(made[0].fields.isEmpty)
  }

  @Test func aRenamedRuleThatAlsoMovedSaysSo() {
    let made = changes([.block("old", priority: 10)], [.block("new", priority: 30)])
    #expect(made.map(\.kind) == [.renamed])
    #expect(made[0].fields.map(\.name) == ["priority"])
  }

  @Test func anIdThatWasThereBeforeComesBackRatherThanBeingANewName() {
    let made = changes([.block("a")], [.block("b")], [.block("a")])
    #expect(made.map(\.kind) == [.renamed, .reinstated, .removed])
  }

  @Test func whatTheFirstKnownVersionChangedIsUnknown() {
    let history = PolicyHistory([version("v1", from: "2026-01-01", [.block("a"), .allow("b")])])
    #expect(history.changes.map(\.kind) == [.created, .created])
    #expect(history.changes.allSatisfy { $0.direction == .unknown })
  }

  @Test func whereSeveralRulesCouldBeMeantNoneIsRenamed() {
    let made = changes([.block("a"), .block("b")], [.block("c")])
    #expect(made.map(\.kind) == [.removed, .removed, .created])
  }

  @Test func aRuleThatAlsoSaysSomethingElseIsAnotherRule() {
    let made = changes([.block("old", agent: "x")], [.block("new", agent: "y")])
    #expect(made.map(\.kind) == [.created, .removed])
  }

  @Test func aNewPriorityAloneIsAReordering() {
    let made = changes([.block("a", priority: 10)], [.block("a", priority: 20)])
    #expect(made.map(\.kind) == [.reordered])
    #expect(made[0].fields.map(\.name) == ["priority"])
  }

  @Test func rulesOfOnePriorityAreReorderedByTheirPlaceInTheFile() {
    let rules: [Rule] = [.allow("a", agent: "x"), .block("b"), .allow("c", dataClass: "pii")]
    let made = changes(rules, [rules[1], rules[0], rules[2]])
    #expect(made.map(\.kind) == [.reordered])
    #expect(made[0].fields == [.init(name: "order", before: made[0].fields[0].before, after: made[0].fields[0].after)])
    #expect(made[0].direction != .neutral)
  }

  @Test func theFewestRulesThatExplainAnOrderHaveMoved() {
    let rules = (0..<6).map { Rule.allow("r\($0)", agent: "a\($0)") }
    #expect(changes(rules, Array(rules[1...] + rules[..<1])).map(\.rule) == ["r0"])
    #expect(changes(rules, Array(rules[5...] + rules[..<5])).map(\.rule) == ["r5"])
  }

  @Test(.timeLimit(.minutes(1))) func veryManyRulesMayTurnRound() {
    let rules = (0..<1500).map { Rule.allow("r\($0)", agent: "a\($0)") }
    #expect(changes(rules, rules.reversed()).count == 1499)
  }

  @Test func aNewGenerationOfTheConfigIsAChangeOfNoSingleRule() {
    var (first, second) = (
      version("v1", from: "2026-01-01", [.allow("a")]), version("v2", from: "2026-02-01", [.allow("a")])
    )
    (first.schema, second.schema) = ("one", "two")
    let made = PolicyHistory([first, second]).changes.filter { $0.versionIndex == 1 }
    #expect(made.map(\.kind) == [.schemaMigrated])
    #expect(made[0].rule == RuleChange.noRule)
    #expect(made[0].fields == [.init(name: "schema", before: "one", after: "two")])
  }

  @Test func ofTheSettingsOnlyThoseThatDifferAreShown() {
    func rule(_ weight: String) -> Rule {
      var rule = Rule.allow("a")
      rule.settings = [.init("weight", weight), .init("budget", "9")]
      return rule
    }
    let made = changes([rule("1")], [rule("2")])
    #expect(made[0].fields == [.init(name: "settings", before: "weight=1", after: "weight=2")])
  }
}
