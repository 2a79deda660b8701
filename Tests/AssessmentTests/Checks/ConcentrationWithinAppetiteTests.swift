import Assessment
import EvidenceModel
import Replay
import TestSupport
import Testing

@Suite struct ConcentrationWithinAppetiteTests {
  private let places = [deployment("eu-1", in: "EU"), deployment("us-1", in: "US")]

  private func lines(_ n: Int, _ model: String, _ provider: String?, _ deployment: String?) -> [DecisionLine] {
    (0..<n).map { _ in
      .with {
        $0.served = model
        $0.provider = provider
        $0.deployment = deployment
      }
    }
  }

  private func ask(_ lines: [DecisionLine], limit: String = "0.7") throws -> CheckOutcome {
    try AssessmentTests.ask(
      "RG-CON-01",
      facts(
        lines, policy([.allow("r")], deployments: places), parameters: ["RG-CON-01": ["max-share": limit]]))
  }

  @Test func passesAtTheLimit() throws {
    expect(try ask(lines(7, "small", "one", "eu-1") + lines(3, "peer", "two", "us-1")), .pass, of: 3)
  }

  @Test func failsAboveTheLimit() throws {
    let outcome = try ask(lines(8, "small", "one", "eu-1") + lines(3, "peer", "two", "us-1"))
    expect(outcome, .fail, of: 3, exceptions: 3)
    #expect(
      outcome.findings.map(\.subject) == ["small (all traffic)", "one (all traffic)", "EU (all traffic)"])
    #expect(
      outcome.findings.first?.summary
        == "8 of 11 served decisions of all traffic depend on model small: 0.727, above 0.700.")
  }

  @Test func sensitiveTrafficAndTrafficWithToolsAreSlicesOfTheirOwn() throws {
    var both = lines(1, "small", "one", "eu-1")
    both[0].dataClass = "secret"
    both[0].tools = ["pay"]
    let outcome = try ask(both + lines(1, "peer", "two", "us-1"))
    expect(outcome, .fail, of: 9, exceptions: 6)
    #expect(
      outcome.findings.map(\.subject) == [
        "small (sensitive traffic)", "one (sensitive traffic)", "EU (sensitive traffic)",
        "small (traffic with tools)", "one (traffic with tools)", "EU (traffic with tools)",
      ])
  }

  @Test func cannotTellWhereWhatIsUnknownCouldBringAShareAboveTheLimit() throws {
    let placeless = try ask(lines(1, "small", "one", nil) + lines(1, "peer", "two", nil))
    expect(placeless, .cannotTell, of: 3, cannotTell: 1)
    #expect(placeless.missingRecords == ["the jurisdiction of every deployment"])
    let some = try ask(
      lines(5, "small", "one", "eu-1") + lines(2, "peer", nil, "us-1") + lines(3, "peer", "two", "us-1"))
    expect(some, .pass, of: 3)
    let more = try ask(
      lines(5, "small", "one", "eu-1") + lines(3, "peer", nil, "us-1") + lines(2, "peer", "two", "us-1"))
    expect(more, .cannotTell, of: 3, cannotTell: 1)
    #expect(more.missingRecords == ["the provider of every served decision"])
  }

  @Test func doesNotApplyWhenNothingWasServed() throws {
    let outcome = try ask([.with { $0.outcome = "blocked" }])
    expect(outcome, .notApplicable, of: 0)
    #expect(outcome.why == "No decision was served.")
  }

  @Test func namesTheRulesAndAgentsThatLeanOnIt() throws {
    let other = DecisionLine.with {
      $0.agent = "agent-b"
      $0.served = "peer"
    }
    var facts = try facts(
      lines(8, "small", nil, nil) + [other], policy([.allow("r", agent: "agent-a"), .allow("s", priority: 20)]),
      parameters: ["RG-CON-01": ["max-share": "0.7"]])
    facts.links = [
      link(.agent, "agent-a", .reachedModel, "small", n: 8), link(.agent, "agent-b", .reachedModel, "peer", n: 1),
    ]
    let outcome = try AssessmentTests.ask("RG-CON-01", facts)
    #expect(
      outcome.findings.first?.details == [
        "1 of 2 rules lean on it for more than 0.700 of their decisions: r (1.000).",
        "1 of 2 agents lean on it for more than 0.700 of their decisions: agent-a (1.000).",
      ])
  }
}
