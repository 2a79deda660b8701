import EvidenceModel
import TestSupport
import Testing

@Suite struct OnlyWritersWroteTests {
  private func written(by author: String?, committer: String? = nil, recorded: String? = "2026-07-10") -> Records {
    var change = version("v2", from: "2026-07-10", recorded: recorded, [.allow("r", priority: 20)])
    change.author = author
    change.committer = committer
    return records([version("v1", from: "2026-01-01", [.allow("r")]), change])
  }

  private func writers(_ entries: (String, String, String?)...) -> [PolicyWriter] {
    entries.map { PolicyWriter(identity: $0.0, from: at($0.1), to: $0.2.map { at($0) }, place: place()) }
  }

  private func ask(_ records: Records, _ writers: [PolicyWriter]?) throws -> CheckOutcome {
    try AssessmentTests.ask("RG-ACC-01", [], records.keeping { $0.writers = writers })
  }

  @Test func passesWhenAuthorAndCommitterHeldTheRight() throws {
    expect(try ask(written(by: "ada"), writers(("ada", "2026-07-10", "2026-07-10T00:00:00.000001Z"))), .pass, of: 1)
    expect(
      try ask(
        written(by: "ada", committer: "bot"), writers(("ada", "2026-01-01", nil), ("bot", "2026-01-01", nil))), .pass,
      of: 1)
  }

  @Test func passesUnderAnotherSpelling() throws {
    expect(
      try ask(written(by: "Ada <a@x>").knowing("Ada <a@x>", as: "ada"), writers(("ada", "2026-01-01", nil))), .pass,
      of: 1)
  }

  @Test func failsForAnIdentityThatIsNotOnTheRegister() throws {
    let outcome = try ask(written(by: "ada", committer: "mal"), writers(("ada", "2026-01-01", nil)))
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(
      outcome.findings.first?.summary
        == "Version v2 was recorded at 2026-07-10T00:00:00Z and brought in by mal, who is not on the register.")
    expect(try ask(written(by: "ada"), []), .fail, of: 1, exceptions: 1)
  }

  @Test func failsOutsideTheSpell() throws {
    let outcome = try ask(written(by: "ada"), writers(("ada", "2026-01-01", "2026-07-10")))
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(
      outcome.findings.first?.summary.hasSuffix("written by ada, who held the right at another time only.") == true)
    expect(
      try ask(written(by: "ada"), writers(("ada", "2026-07-10T00:00:00.000001Z", nil))), .fail, of: 1, exceptions: 1)
  }

  @Test func looksAtTheInstantOfRecording() throws {
    // In force since 10 July, recorded on the 20th.
    let late = written(by: "ada", recorded: "2026-07-20")
    expect(try ask(late, writers(("ada", "2026-07-15", nil))), .pass, of: 1)
    expect(try ask(written(by: "ada", recorded: "2026-08-01"), []), .notApplicable, of: 0)
    expect(try ask(written(by: "ada", recorded: nil), writers(("ada", "2026-07-10", nil))), .pass, of: 1)
  }

  @Test(arguments: [nil, ""])
  func cannotTellWithoutAnAuthor(author: String?) throws {
    let outcome = try ask(written(by: author), writers(("ada", "2026-01-01", nil)))
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["the author of each policy version"])
  }

  @Test func cannotTellWithoutTheRegister() throws {
    let outcome = try ask(written(by: "ada"), nil)
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["the register of who may change the policy"])
  }
}
