import EvidenceModel
import Replay
import TestSupport
import Testing

@Suite struct PolicyTimelineTests {
  private let first = version("v1", from: "2026-01-01", recorded: "2026-01-01", [.allow("r")])

  private func ask(_ versions: [PolicyVersion], period: Period = july) throws -> CheckOutcome {
    try AssessmentTests.ask("RG-POL-02", facts([], records(versions), period: period))
  }

  @Test func passesForVersionsInOrder() throws {
    expect(
      try ask([first, version("v2", from: "2026-07-10", recorded: "2026-07-09", [.allow("r")])]), .pass, of: 2)
  }

  @Test func asksOnlyOfVersionsInForceInThePeriod() throws {
    let backdated = version("v0", from: "2025-01-01", recorded: "2025-06-01", [.allow("r")])
    let afterwards = version("v2", from: "2026-08-01", recorded: "2026-09-01", [.allow("r")])
    expect(try ask([backdated, first, afterwards]), .pass, of: 1)
  }

  @Test func failsForAVersionRecordedAfterItsEffect() throws {
    let outcome = try ask([first, version("v2", from: "2026-07-10", recorded: "2026-07-12", [.allow("r")])])
    expect(outcome, .fail, of: 2, exceptions: 1)
    #expect(
      outcome.findings.first?.summary
        == "Version v2 took effect at 2026-07-10T00:00:00Z but was recorded at 2026-07-12T00:00:00Z.")
  }

  @Test func failsForAVersionUnderWhichDecisionsWentByAnother() throws {
    let change = UnrecordedChange(
      kind: .notYet, explainedBy: "v2", inForce: "v1", n: 3, first: at("2026-07-02"), last: at("2026-07-04"),
      firstRequest: "r-1", lastRequest: "r-2")
    let outcome = try AssessmentTests.ask(
      "RG-POL-02",
      facts([], records([first, version("v2", from: "2026-07-10", [.allow("r")])]), unrecordedChanges: [change]))
    expect(outcome, .fail, of: 2, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(
      finding.summary
        == "Version v1 was in force by the records while 3 decisions went by another version or named a rule that is not on file: a change that nobody recorded, or a rule that is kept elsewhere."
    )
    #expect(
      finding.details == [
        "3 decisions went as version v2 says, which was not yet in force: the first at 2026-07-02T00:00:00Z (request r-1), the last at 2026-07-04T00:00:00Z (request r-2)."
      ])
  }

  @Test func failsForAVersionThatCannotBeRead() throws {
    let outcome = try ask([first, version("v2", from: "2026-07-10", readable: false, [])])
    expect(outcome, .fail, of: 2, exceptions: 1)
    #expect(
      outcome.findings.first?.summary
        == "Version v2 cannot be read, so no decision under it could be replayed.")
  }

  @Test func failsForTwoVersionsWithOneEffectiveInstant() throws {
    let outcome = try ask([
      first, version("v2", from: "2026-07-10", [.allow("r")]), version("v3", from: "2026-07-10", [.allow("r")]),
    ])
    expect(outcome, .fail, of: 3, exceptions: 1)
    #expect(outcome.findings.first?.summary == "Version v2 claims the same effective instant as v3.")
  }

  @Test func failsForTheTimeBeforeTheFirstVersion() throws {
    let outcome = try ask([version("v1", from: "2026-07-10", [.allow("r")])])
    expect(outcome, .fail, of: 2, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(finding.subjectKind == .period)
    #expect(
      finding.summary == "No version was in force from the start of the period until 2026-07-10T00:00:00Z.")
  }

  @Test func cannotTellWithoutAPolicyHistory() throws {
    let outcome = try ask([])
    expect(outcome, .cannotTell, of: 0)
    #expect(outcome.missingRecords == ["a policy history"])
  }

  @Test func doesNotApplyWhereThereIsNoTimeToAskAbout() throws {
    expect(try ask([first], period: .all), .notApplicable, of: 0)
  }
}
