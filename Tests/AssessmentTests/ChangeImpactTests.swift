import Assessment
import EvidenceModel
import TestSupport
import Testing

/// What changes meant for decisions: two versions, one in force before 10 July and one from then on.
@Suite struct ChangeImpactTests {
  private func impact(
    of rule: String, _ before: [Rule], _ after: [Rule], _ lines: [DecisionLine]
  ) throws -> ChangeImpact {
    let facts = try facts(
      lines,
      records(
        [version("v1", from: "2026-01-01", before), version("v2", from: "2026-07-10", after)],
        models: ["small": 1, "large": 2, "peer": 1]))
    return facts.impact(of: try #require(facts.changes.first { $0.version == "v2" && $0.rule == rule }))
  }

  private func line(_ day: Int, served: String = "small", tokens: Int = 100) -> DecisionLine {
    .with {
      $0.ts = "2026-07-\(day < 10 ? "0" : "")\(day)T09:00:00Z"
      $0.served = served
      $0.tokensIn = tokens
    }
  }

  @Test func countsWhatEachOfTheTwoVersionsWouldHaveSaidOtherwise() throws {
    let rest = Rule.allow("rest", priority: 99)
    let impact = try impact(
      of: "long", [.escalate("long", minTokensIn: 1000), rest], [.escalate("long", minTokensIn: 100), rest],
      [line(1, tokens: 500), line(2, tokens: 50), line(11, tokens: 500), line(12, tokens: 500), line(13, tokens: 50)])
    // Under v2 three decisions, of which two should have moved; v1 lets them stay. Under v1 one that v2 would have moved.
    #expect(impact == ChangeImpact(decisions: 2, otherwiseUnderBefore: 2, beforeOtherwiseUnderThis: 1))
  }

  @Test func aPermitCountsTheFallbacksThatDependOnIt() throws {
    let rest = Rule.allow("rest")
    let impact = try impact(
      of: "fallback", [rest], [rest, .permit("fallback", from: "small", to: ["peer"])],
      [line(1, served: "peer"), line(2), line(11, served: "peer"), line(12, served: "peer"), line(13)])
    #expect(impact == ChangeImpact(decisions: 2, otherwiseUnderBefore: 2, beforeOtherwiseUnderThis: 1))
  }

  @Test func ofSeveralPermitsNoneIsGivenTheDifference() throws {
    let rest = Rule.allow("rest")
    let impact = try impact(
      of: "one", [rest],
      [rest, .permit("one", from: "small", to: ["peer"]), .permit("two", from: "small", to: ["large"])],
      [line(11, served: "peer")])
    #expect(impact == ChangeImpact(decisions: 1))
  }
}
