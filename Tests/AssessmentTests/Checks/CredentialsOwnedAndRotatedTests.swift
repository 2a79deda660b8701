import Assessment
import EvidenceModel
import Replay
import TestSupport
import Testing

@Suite struct CredentialsOwnedAndRotatedTests {
  private func credential(
    owner: String? = "dana", created: String? = "2026-01-01", rotated: String? = "2026-07-01",
    revoked: String? = nil, clear: Bool? = false
  ) -> Credential {
    Credential(
      name: "key-1", owner: owner, createdAt: created.map { at($0) }, rotatedAt: rotated.map { at($0) },
      revokedAt: revoked.map { at($0) }, isInClear: clear, place: place)
  }

  private func ask(
    _ register: [Credential]?, seen rows: [SeenRow] = [seen(.credential, "key-1")], people: [Person]? = []
  ) throws -> CheckOutcome {
    var facts = try facts(
      [DecisionLine()],
      records([version("v1", from: "2026-01-01", [.allow("r")])], people: people).with { $0.credentials = register },
      parameters: ["RG-NHI-01": ["max-age-days": "90"]])
    facts.seen = rows
    return try AssessmentTests.ask("RG-NHI-01", facts)
  }

  private func summary(_ register: [Credential]) throws -> String? {
    let outcome = try ask(register)
    expect(outcome, .fail, of: 1, exceptions: 1)
    return outcome.findings.first?.summary
  }

  @Test func passesWithAnOwnerAndARotationInTime() throws {
    expect(try ask([credential()]), .pass, of: 1)
  }

  @Test func cannotTellWhetherAnOwnerIsThereWithoutAPeopleRegister() throws {
    let outcome = try ask([credential()], people: nil)
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["a people register with leaving dates"])
  }

  @Test func failsForWhatTheRegisterLacks() throws {
    #expect(try summary([]) == "Credential key-1 is not on the register.")
  }

  @Test func failsWithoutAnOwner() throws {
    #expect(try summary([credential(owner: nil)]) == "Credential key-1 has no owner on the register.")
  }

  @Test func failsForAnOwnerWhoHadLeft() throws {
    let dana = Person(owner: "dana", team: "", leftAt: at("2026-07-20"))
    expect(try ask([credential()], people: [dana]), .fail, of: 1, exceptions: 1)
    let later = Person(owner: "dana", team: "", leftAt: at("2026-07-20T00:00:00.000001Z"))
    expect(try ask([credential()], people: [later]), .pass, of: 1)
  }

  @Test func theAgeIsTakenAtTheLastUse() throws {
    // Last used on the twentieth of July, 90 days after the twenty-first of April.
    expect(try ask([credential(rotated: "2026-04-21")]), .pass, of: 1)
    #expect(
      try summary([credential(rotated: "2026-04-20T23:59:59.999999Z")])
        == "Credential key-1 was last rotated or created at 2026-04-20T23:59:59.999999Z, longer before its last use than the limit."
    )
  }

  @Test func whatWasNeverRotatedIsAsOldAsItsCreation() throws {
    expect(try ask([credential(created: "2026-07-01", rotated: nil)]), .pass, of: 1)
    expect(try ask([credential(rotated: nil)]), .fail, of: 1, exceptions: 1)
  }

  @Test func withoutDatesTheAgeCannotBeTold() throws {
    let outcome = try ask([credential(created: nil, rotated: nil)])
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.findings.first?.summary == "Of credential key-1 it cannot be told how old it was.")
  }

  @Test func aRotationAfterTheLastUseSaysNothingOfTheAgeBefore() throws {
    expect(try ask([credential(rotated: "2026-07-25")]), .cannotTell, of: 1, cannotTell: 1)
    expect(try ask([credential(created: "2026-07-01", rotated: "2026-07-25")]), .pass, of: 1)
  }

  @Test func anEarlierRowOfTheSameCredentialMayTellItsAge() throws {
    expect(try ask([credential(rotated: "2026-06-25"), credential(rotated: "2026-07-25")]), .pass, of: 1)
  }

  @Test func failsForWhatWasFoundInClear() throws {
    #expect(try summary([credential(clear: true)]) == "Credential key-1 was found in clear text.")
    expect(try ask([credential(clear: nil)]), .cannotTell, of: 1, cannotTell: 1)
  }

  @Test func failsForUseAfterRevocation() throws {
    expect(try ask([credential(revoked: "2026-07-20")]), .fail, of: 1, exceptions: 1)
    expect(try ask([credential(revoked: "2026-07-20T00:00:00.000001Z")]), .pass, of: 1)
  }

  @Test func cannotTellWithoutTheRegister() throws {
    let outcome = try ask(nil)
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["the register of credentials"])
  }

  @Test func cannotTellWhereTheLogsNameNoCredential() throws {
    let outcome = try ask([credential()], seen: [])
    expect(outcome, .cannotTell, of: 0)
    #expect(outcome.missingRecords == ["the log field api_key_alias"])
  }

  @Test func moreCredentialsThanAReaderCanGoThroughAreCounted() throws {
    let rows = (0..<1002).map { seen(.credential, "key-\(10_000 + $0)") }
    let outcome = try ask([], seen: rows)
    expect(outcome, .fail, of: 1002, exceptions: 1002)
    #expect(outcome.findings.count == 1001)
    #expect(outcome.findings.last?.count == 2)
    #expect(
      outcome.findings.last?.summary
        == "2 more credentials in use in the period are counted here and not listed one by one.")
  }

  @Test func doesNotApplyWithoutDecisions() throws {
    expect(
      try AssessmentTests.ask("RG-NHI-01", [], policy([.allow("r")]).with { $0.credentials = [] }), .notApplicable,
      of: 0)
  }
}
