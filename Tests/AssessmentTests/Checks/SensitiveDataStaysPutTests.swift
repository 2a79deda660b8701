import EvidenceModel
import TestSupport
import Testing

@Suite struct SensitiveDataStaysPutTests {
  private let places = [deployment("eu-1", in: "EU"), deployment("us-1", in: "US")]

  private func ask(
    _ rule: Rule, class dataClass: String = "secret", at deployment: String
  ) throws -> CheckOutcome {
    let line = DecisionLine.with {
      $0.dataClass = dataClass
      $0.deployment = deployment
    }
    return try AssessmentTests.ask("RG-DAT-01", [line], policy([rule], deployments: places))
  }

  @Test func passesInAPlaceThatTheRuleAllows() throws {
    expect(try ask(.allow("r", places: ["EU"]), at: "eu-1"), .pass, of: 1)
  }

  @Test func passesInAnyRegisteredPlaceUnderARuleThatAllowsAll() throws {
    expect(try ask(.allow("r"), at: "us-1"), .pass, of: 1)
  }

  @Test func failsInAnotherPlace() throws {
    let outcome = try ask(.allow("r", places: ["EU"]), at: "us-1")
    expect(outcome, .fail, of: 1, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(
      finding.summary
        == "1 of 1 served decisions that are sensitive by class or by rule went to a place that the rule does not allow."
    )
    #expect(finding.decisions == DecisionFilter(rule: "r", classes: [.jurisdictionViolation]))
  }

  @Test func cannotTellWhereTheRuleIsUncertain() throws {
    let line = DecisionLine.with {
      $0.agent = nil
      $0.dataClass = "secret"
      $0.deployment = "us-1"
    }
    let rules = behindRuleForAgent(.allow("r", places: ["EU"]))
    let outcome = try AssessmentTests.ask("RG-DAT-01", [line], policy(rules, deployments: places))
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    let broken = version("v1", from: "2026-01-01", readable: false, [])
    let unread = try AssessmentTests.ask("RG-DAT-01", [line], records([broken], deployments: places))
    expect(unread, .cannotTell, of: 1, cannotTell: 1)
    #expect(unread.missingRecords == ["the policy versions that cannot be read"])
  }

  @Test func whatNoRuleCoversDoesNotPass() throws {
    expect(try ask(.allow("r", agent: "nobody"), at: "eu-1"), .notApplicable, of: 0)
  }

  @Test func failsInAPlaceThatNobodyKnowsUnderARuleThatLimitsPlaces() throws {
    expect(try ask(.allow("r", places: ["EU"]), at: "lab-7"), .fail, of: 1, exceptions: 1)
  }

  @Test func countsAnOrdinaryClassWhereTheRuleLimitsPlaces() throws {
    expect(try ask(.allow("r", places: ["EU"]), class: "public", at: "us-1"), .fail, of: 1, exceptions: 1)
  }

  @Test func cannotTellForASensitiveClassInAPlaceThatNobodyKnows() throws {
    let outcome = try ask(.allow("r"), at: "lab-7")
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["the jurisdiction of every deployment"])
    #expect(
      outcome.findings.first?.summary
        == "1 of 1 served decisions of a sensitive class went to a deployment that no register places.")
  }

  @Test func doesNotApplyToOrdinaryClassesUnderARuleThatAllowsAnyPlace() throws {
    expect(try ask(.allow("r"), class: "public", at: "us-1"), .notApplicable, of: 0)
  }
}
