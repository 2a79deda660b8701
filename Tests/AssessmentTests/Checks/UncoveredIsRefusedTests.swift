import EvidenceModel
import TestSupport
import Testing

@Suite struct UncoveredIsRefusedTests {
  private let onlyMail = policy([.allow("mails", tool: "mail")])
  private let refused = DecisionLine.with { $0.outcome = "blocked" }

  @Test func passesWhenTheUncoveredWasRefused() throws {
    expect(try ask("RG-BLK-02", [refused], onlyMail), .pass, of: 1)
  }

  @Test func failsWhenItWasServed() throws {
    let outcome = try ask("RG-BLK-02", [DecisionLine(), refused], onlyMail)
    expect(outcome, .fail, of: 2, exceptions: 1)
    #expect(
      outcome.findings.first?.summary == "1 of 2 decisions that no rule covers were served without a rule.")
  }

  @Test func cannotTellWhenTheFieldThatDecidesIsEmpty() throws {
    expect(
      try ask("RG-BLK-02", [.withoutAgent], policy([.allow("for-x", agent: "x")])), .cannotTell, of: 1,
      cannotTell: 1)
  }

  @Test func cannotTellUnderAVersionThatCannotBeRead() throws {
    let unreadable = records([version("v1", from: "2026-01-01", readable: false, [])])
    let outcome = try ask("RG-BLK-02", [DecisionLine()], unreadable)
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["the policy versions that cannot be read"])
  }

  @Test func doesNotApplyWhenARuleCoversEverything() throws {
    let outcome = try ask("RG-BLK-02", [DecisionLine()], policy([.allow("r")]))
    expect(outcome, .notApplicable, of: 0)
    #expect(outcome.why == "A rule covers every decision.")
  }
}
