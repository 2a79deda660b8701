import Assessment
import EvidenceModel
import Replay
import TestSupport
import Testing

@Suite struct ChainsAreBoundedTests {
  /// Facts of ten decisions, changed by a test.
  private func ask(
    _ parameters: [String: String] = ["max-hops": "4", "max-cost-usd": "2.0"], cost: String = "0.001",
    _ change: (inout AssessmentFacts) -> Void = { _ in }
  ) throws -> CheckOutcome {
    let lines = (0..<10).map { index in
      DecisionLine.with {
        $0.requestID = "r-\(index)"
        $0.cost = cost
      }
    }
    var facts = try facts(lines, policy([.allow("r")]), parameters: ["RG-CON-02": parameters])
    facts.requestRepeats = []
    change(&facts)
    return try AssessmentTests.ask("RG-CON-02", facts)
  }

  @Test func passesWhenNothingRepeats() throws {
    // Ten requests, ten costs, ten returns.
    expect(try ask(), .pass, of: 30)
  }

  @Test func asManyDecisionsAsTheBoundAreAllowed() throws {
    expect(try ask { $0.requestRepeats = [(decisions: 4, ids: 2)] }, .pass, of: 24)
    let outcome = try ask { $0.requestRepeats = [(decisions: 5, ids: 1), (decisions: 2, ids: 1)] }
    expect(outcome, .fail, of: 25, exceptions: 1)
    #expect(outcome.findings.map(\.summary) == ["1 of 5 request ids stand on more than 4 decisions."])
    #expect(outcome.findings.map(\.details) == [["1 with 5 decisions each."]])
  }

  @Test func failsForDecisionsAboveTheCost() throws {
    let outcome = try ask { $0.tally[0].sums.overCost = 2 }
    expect(outcome, .fail, of: 30, exceptions: 2)
    #expect(outcome.findings.map(\.summary) == ["2 of 10 decisions cost more than 2.0 US dollars."])
    #expect(outcome.findings.map(\.details) == [["2 under rule r."]])
  }

  @Test func failsForARequestThatWentRound() throws {
    let outcome = try ask { $0.tally[0].sums.returned = 3 }
    expect(outcome, .fail, of: 30, exceptions: 3)
    #expect(outcome.findings.map(\.subject) == ["escalated_from"])
  }

  @Test func cannotTellOfTheCostOfALogThatStatesNone() throws {
    let outcome = try ask(cost: "0")
    expect(outcome, .cannotTell, of: 30, cannotTell: 10)
    #expect(outcome.missingRecords == ["the cost of each decision"])
  }

  @Test func withoutABoundTheCostIsNotAsked() throws {
    expect(try ask(["max-hops": "4"], cost: "0"), .pass, of: 20)
  }

  @Test func doesNotApplyWithoutDecisions() throws {
    expect(try AssessmentTests.ask("RG-CON-02", [], policy([.allow("r")])), .notApplicable, of: 0)
  }
}
