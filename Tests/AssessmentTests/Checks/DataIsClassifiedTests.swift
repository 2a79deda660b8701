import EvidenceModel
import TestSupport
import Testing

@Suite struct DataIsClassifiedTests {
  private func ask(
    _ classes: [String?], listed: [String] = [], rules: [Rule] = [.allow("r")]
  ) throws -> CheckOutcome {
    let lines = classes.map { name in DecisionLine.with { $0.dataClass = name } }
    return try AssessmentTests.ask("RG-DAT-02", facts(lines, policy(rules), dataClasses: listed))
  }

  @Test func passesForClassesOnTheList() throws {
    expect(try ask(["public", "secret"], listed: ["public", "secret"]), .pass, of: 2)
  }

  @Test func takesTheClassesOfTheRulesWhereNoListIsGiven() throws {
    let rules: [Rule] = [.allow("s", dataClass: "secret"), .allow("r", priority: 20)]
    expect(try ask(["secret"], rules: rules), .pass, of: 1)
    expect(try ask(["secret", "public"], rules: rules), .fail, of: 2, exceptions: 1)
  }

  @Test func failsForAnEmptyClass() throws {
    let outcome = try ask(["public", nil, ""], listed: ["public"])
    expect(outcome, .fail, of: 3, exceptions: 2)
    let finding = try #require(outcome.findings.first)
    #expect(finding.subjectKind == .field)
    #expect(finding.summary == "2 of 3 decisions carry no data class.")
  }

  @Test func failsForAClassThatIsNotOnTheList() throws {
    let outcome = try ask(["public", "Public"], listed: ["public"])
    expect(outcome, .fail, of: 2, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(finding.subject == "Public")
    #expect(finding.summary == "1 of 2 decisions carry a class that is not on the list.")
  }

  @Test func cannotTellWithoutAnyList() throws {
    let outcome = try ask(["public"])
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["a list of approved data classes"])
  }

  @Test func doesNotApplyWithoutDecisions() throws {
    expect(try ask([], listed: ["public"]), .notApplicable, of: 0)
  }
}
