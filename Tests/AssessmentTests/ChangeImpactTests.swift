import Assessment
import EvidenceModel
import Replay
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

  /// Decisions, those of the version otherwise under the one before, those of the one before otherwise under it.
  private func figures(_ impact: ChangeImpact) -> [Int?] {
    [impact.decisions, impact.underBefore?.n, impact.beforeUnderThis?.n]
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
    #expect(figures(impact) == [2, 2, 1])
    #expect(impact.underBefore?.of == 3)
    #expect(impact.beforeUnderThis?.of == 2)
  }

  @Test func theRowsOfAFigureSayWhatBecameOfTheDecisions() throws {
    let rest = Rule.allow("rest", priority: 99)
    let impact = try impact(
      of: "long", [.escalate("long", minTokensIn: 1000), rest], [.escalate("long", minTokensIn: 100), rest],
      [line(11, tokens: 500), line(12, tokens: 500), line(13, served: "large", tokens: 500)])
    let rows = try #require(impact.underBefore).rows
    #expect(rows.map(\.n) == [2, 1])
    #expect(rows.map(\.rule) == ["long", "long"] && rows.map(\.neighbourRule) == ["rest", "rest"])
    #expect(rows.map(\.decisionClass) == [.driftNotEscalated, .unattributedEscalation])
    #expect(rows.map(\.neighbourClass) == [.compliant, .implicitEscalation])
  }

  @Test func theFirstVersionHasNoneBeforeIt() throws {
    let facts = try facts([line(1)], records([version("v1", from: "2026-01-01", [.allow("rest")])]))
    let impact = facts.impact(of: try #require(facts.changes.first))
    #expect(impact.obstacle == .noVersionBefore && impact.underBefore == nil && impact.decisions == 1)
  }

  @Test func aVersionThatAnotherReplacedAtOnceWasNeverInForce() throws {
    let facts = try facts(
      [line(1)],
      records([
        version("v1", from: "2026-01-01", []), version("v2", from: "2026-07-10", [.allow("a")]),
        version("v3", from: "2026-07-10", [.allow("b")]),
      ]))
    let change = try #require(facts.changes.first { $0.version == "v2" })
    #expect(facts.impact(of: change).obstacle == .neverInForce)
  }

  @Test func aVersionThatCannotBeReadJudgesNothing() throws {
    let facts = try facts(
      [line(11)],
      records([
        version("v1", from: "2026-01-01", readable: false, []), version("v2", from: "2026-07-10", [.allow("a")]),
      ]))
    #expect(facts.impact(of: try #require(facts.changes.first)).obstacle == .unreadable)
  }

  @Test func aPermitCountsTheFallbacksThatDependOnIt() throws {
    let rest = Rule.allow("rest")
    let impact = try impact(
      of: "fallback", [rest], [rest, .permit("fallback", from: "small", to: ["peer"])],
      [line(1, served: "peer"), line(2), line(11, served: "peer"), line(12, served: "peer"), line(13)])
    #expect(figures(impact) == [2, 2, 1])
  }

  @Test func ofSeveralPermitsNoneIsGivenTheDifference() throws {
    let rest = Rule.allow("rest")
    let impact = try impact(
      of: "one", [rest],
      [rest, .permit("one", from: "small", to: ["peer"]), .permit("two", from: "small", to: ["large"])],
      [line(11, served: "peer")])
    #expect(figures(impact) == [1, nil, nil])
    #expect(impact.obstacle == .severalPermits)
  }
}
