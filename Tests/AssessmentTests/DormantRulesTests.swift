import Assessment
import EvidenceModel
import TestSupport
import Testing

@Suite struct DormantRulesTests {
  private func dormant(_ facts: AssessmentFacts) -> [String] {
    facts.dormantRules.flatMap { entry in entry.stretches.map { "\(entry.rule) \($0.from) \($0.to)" } }
  }

  @Test func aRuleThatDecidedNothingIsDormantWhileItWasInForce() throws {
    let history = [
      version("v1", from: "2026-01-01", [.allow("r")]),
      version("v2", from: "2026-07-20", [.allow("r"), .block("late", agent: "nobody")]),
    ]
    #expect(
      try dormant(facts([DecisionLine()], records(history))) == ["late 2026-07-20T00:00:00Z 2026-08-01T00:00:00Z"])
  }

  @Test func aPermitIsDormantUntilItCoversAFallback() throws {
    let rules: [Rule] = [.allow("r"), .permit("p", to: ["peer"])]
    let whole = "p 2026-07-01T00:00:00Z 2026-08-01T00:00:00Z"
    #expect(try dormant(facts([DecisionLine()], policy(rules))) == [whole])
    #expect(try dormant(facts([.with { $0.served = "peer" }], policy(rules))) == [])
  }

  @Test func aRuleOutsideThePeriodIsNotAsked() throws {
    let history = [
      version("v1", from: "2026-01-01", [.allow("r"), .allow("old", priority: 20)]),
      version("v2", from: "2026-06-01", [.allow("r")]), version("v3", from: "2026-08-01", [.allow("new")]),
    ]
    #expect(try dormant(facts([DecisionLine()], records(history))) == [])
  }

  @Test func withoutDecisionsNoRuleIsCalledDormant() throws {
    #expect(try dormant(facts([], policy([.allow("r")]))) == [])
  }
}
