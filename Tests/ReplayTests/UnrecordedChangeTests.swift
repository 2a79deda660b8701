import EvidenceModel
import Replay
import TestSupport
import Testing

@Suite struct UnrecordedChangeTests {
  private let toMedium = version("v1", from: "2026-01-01", [.escalate("r", to: "medium")])
  private let toLarge = version("v2", from: "2026-07-10", [.escalate("r", to: "large")])

  private func served(_ model: String, at ts: String, id: String = "r-1", claiming rule: String = "r") -> DecisionLine {
    .with { line in
      line.ts = ts
      line.requestID = id
      line.served = model
      line.ruleID = rule
    }
  }

  private func search(_ versions: [PolicyVersion], _ lines: [DecisionLine]) throws -> [UnrecordedChange] {
    let records = records(versions, models: ["small": 1, "medium": 2, "large": 3])
    var search = UnrecordedChangeSearch(ReplayPlan(records, settings: .test()), records.history)
    for exception in try scan(lines, records: records).exceptions { search.add(exception) }
    return search.changes
  }

  @Test func aVersionThatWasAppliedTooEarlyIsFound() throws {
    let lines = [
      served("large", at: "2026-07-08T00:00:00Z", id: "first"), served("large", at: "2026-07-09T00:00:00Z", id: "last"),
      served("medium", at: "2026-07-07T00:00:00Z"), served("large", at: "2026-07-10T00:00:00Z"),
    ]
    #expect(
      try search([toMedium, toLarge], lines)
        == [
          UnrecordedChange(
            kind: .notYet, explainedBy: "v2", inForce: "v1", n: 2, first: at("2026-07-08"), last: at("2026-07-09"),
            firstRequest: "first", lastRequest: "last")
        ])
  }

  @Test func aVersionThatWasAppliedTooLongIsFound() throws {
    let changes = try search([toMedium, toLarge], [served("medium", at: "2026-07-12T00:00:00Z")])
    #expect(changes.map(\.kind) == [.noLonger])
    #expect(changes.map(\.explainedBy) == ["v1"])
    #expect(changes.map(\.inForce) == ["v2"])
  }

  @Test func ofSeveralVersionsTheNearestExplains() throws {
    let again = version("v3", from: "2026-07-20", [.escalate("r", to: "medium")])
    let changes = try search([toMedium, toLarge, again], [served("medium", at: "2026-07-12T00:00:00Z")])
    #expect(changes.map(\.explainedBy) == ["v1"])
  }

  @Test func aRuleThatNoVersionHoldsIsNotOnFile() throws {
    let changes = try search(
      [toMedium, toLarge], [served("medium", at: "2026-07-05T00:00:00Z", claiming: "secret-rule")])
    #expect(changes.map(\.kind) == [.notOnFile])
    #expect(changes.map(\.explainedBy) == ["secret-rule"])
  }

  @Test func manyNamesOfRulesAndLongTextsStayBounded() throws {
    let lines = (0..<UnrecordedChangeSearch.mostChanges + 20).map { number in
      served(
        "medium", at: "2026-07-05T00:00:00Z", id: String(repeating: "x", count: 200) + String(number),
        claiming: "rule-\(number)")
    }
    let changes = try search([toMedium, toLarge], lines)
    #expect(changes.count == UnrecordedChangeSearch.mostChanges + 1)
    #expect(changes.reduce(0) { $0 + $1.n } == lines.count)
    #expect(changes.filter { $0.n == 20 }.map(\.explainedBy) == ["… (one of many)"])
    #expect(changes.allSatisfy { $0.firstRequest.unicodeScalars.count == 81 })
  }

  @Test func aRuleMayStandInAVersionThatCannotBeRead() throws {
    let unreadable = version("v0", from: "2025-01-01", readable: false, [])
    #expect(
      try search(
        [unreadable, toMedium], [served("medium", at: "2026-07-05T00:00:00Z", claiming: "secret-rule")]
      ).isEmpty)
  }

  @Test func whatNoVersionExplainsIsNoUnrecordedChange() throws {
    #expect(try search([toMedium, toLarge], [served("small", at: "2026-07-05T00:00:00Z")]).isEmpty)
  }

  @Test func whatThePolicyExplainsIsNoUnrecordedChange() throws {
    #expect(try search([toMedium, toLarge], [served("medium", at: "2026-07-05T00:00:00Z")]).isEmpty)
  }
}
