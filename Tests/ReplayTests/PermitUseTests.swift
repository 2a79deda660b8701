import EvidenceModel
import Replay
import TestSupport
import Testing

/// Which `permit` rule covers a fallback, and which rule a log means by another name.
@Suite struct PermitUseTests {
  private func fallback(claiming rule: String? = nil) -> DecisionLine {
    .with { line in
      line.requested = "small"
      line.served = "large"
      line.escalatedFrom = "small"
      line.trigger = "error"
      line.ruleID = rule
    }
  }

  private func permitted(_ rules: [Rule], _ lines: [DecisionLine]) throws -> [PermittedRow] {
    try scan(lines, records: records([version("v1", from: "2026-01-01", [.allow("any-request")] + rules)]))
      .partial.permitted
  }

  @Test func aFallbackCountsWithTheRuleThatCoversIt() throws {
    let rules = [
      Rule.permit("other", from: "medium", to: ["large"]), .permit("fallback", from: "small", to: ["large"]),
    ]
    #expect(
      try permitted(rules, [fallback(), fallback()])
        == [PermittedRow(rule: "fallback", version: "v1", n: 2, ambiguous: 0)])
  }

  @Test func whatTwoRulesCoverIsAmbiguousAndCountsWithTheFirst() throws {
    let rules = [Rule.permit("first", to: ["large"]), .permit("second", from: "small", to: ["large"])]
    #expect(try permitted(rules, [fallback()]) == [PermittedRow(rule: "first", version: "v1", n: 1, ambiguous: 1)])
  }

  @Test func theRuleThatTheLogNamesSettlesIt() throws {
    let rules = [Rule.permit("first", to: ["large"]), .permit("second", from: "small", to: ["large"])]
    #expect(
      try permitted(rules, [fallback(claiming: "second")])
        == [PermittedRow(rule: "second", version: "v1", n: 1, ambiguous: 0)])
    #expect(
      try permitted(rules, [fallback(claiming: "first")])
        == [PermittedRow(rule: "first", version: "v1", n: 1, ambiguous: 0)])
  }

  @Test func whatStayedCountsWithNone() throws {
    #expect(try permitted([.permit("fallback", to: ["large"])], [DecisionLine()]).isEmpty)
  }

  // MARK: Other names of a rule

  private func classes(_ versions: [PolicyVersion], claiming rule: String, ts: String = "2026-07-15T12:00:00Z") throws
    -> [String: Int]
  {
    let line = DecisionLine.with { line in
      line.ruleID = rule
      line.ts = ts
    }
    return try scan([line], records: records(versions)).classes
  }

  private func rule(_ id: String, claims: [String]) -> Rule {
    var rule = Rule.permit(id, to: ["small"])
    rule.claims = claims
    return rule
  }

  @Test func aLogMayNameARuleByItsPlaceInTheVersionInForce() throws {
    let versions = [
      version("v1", from: "2026-01-01", [.allow("any-request"), rule("chat", claims: ["rule/0"])]),
      version(
        "v2", from: "2026-07-10",
        [.allow("any-request"), rule("new", claims: ["rule/0"]), rule("chat", claims: ["rule/1"])]),
    ]
    #expect(try classes(versions, claiming: "rule/1") == ["compliant": 1])
    #expect(try classes(versions, claiming: "rule/1", ts: "2026-07-05T00:00:00Z") == ["rule_mismatch": 1])
    #expect(try classes(versions, claiming: "rule/2") == ["rule_mismatch": 1])
  }

  @Test func aRulesOwnIDIsNeverAnothersName() throws {
    let versions = [
      version("v1", from: "2026-01-01", [.allow("any-request"), rule("chat", claims: ["any-request"])])
    ]
    #expect(try classes(versions, claiming: "any-request") == ["compliant": 1])
    let other = [
      version(
        "v1", from: "2026-01-01",
        [.allow("any-request", priority: 1), .allow("later", priority: 2), rule("chat", claims: ["later"])])
    ]
    #expect(try classes(other, claiming: "later") == ["rule_mismatch": 1])
  }

  @Test func otherNamesChangeWhatAScanIsBoundTo() {
    func digest(_ claims: [String]) -> Digest {
      let records = records([version("v1", from: "2026-01-01", [.allow("any-request"), rule("chat", claims: claims)])])
      return ReplayPlan(records, settings: .test()).binding.digest
    }
    #expect(digest(["rule/0"]) != digest(["rule/1"]))
  }
}
