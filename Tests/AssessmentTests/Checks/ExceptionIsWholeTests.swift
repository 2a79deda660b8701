import Assessment
import EvidenceModel
import TestSupport
import Testing

@Suite struct ExceptionIsWholeTests {
  private func accepted(
    _ subject: String = "r", check: String = "RG-BLK-01", approver: String = "cyd", reason: String = "a pilot",
    from: String = "2026-07-01", until: String? = "2026-07-15", requestedBy: String? = nil
  ) -> AcceptedException {
    AcceptedException(
      check: check, subject: subject, approver: approver, reason: reason, from: at(from), until: until.map { at($0) },
      requestedBy: requestedBy, place: place())
  }

  /// A rule that blocks, owned by dana, and requests that were served all the same.
  private func ask(
    _ exceptions: [AcceptedException], served: [String] = [], days: String = "30", owner: String = "dana",
    people: [Person]? = nil
  ) throws -> CheckOutcome {
    var records = records(
      [version("v1", from: "2026-01-01", [.block("r")])], owners: [owns(owner, "r", from: "2026-01-01")], people: people
    ).reading(.exceptions)
    records.acceptedExceptions = exceptions
    let lines = served.map { ts in DecisionLine.with { $0.ts = ts } }
    return try AssessmentTests.ask(
      "RG-EXC-01", facts(lines, records, parameters: ["RG-EXC-01": ["max-days": days]]))
  }

  private func problem(_ exception: AcceptedException) throws -> String? {
    let outcome = try ask([exception])
    expect(outcome, .fail, of: 1, exceptions: 1)
    return outcome.findings.first?.summary
  }

  @Test func passesForAWholeException() throws {
    expect(try ask([accepted()], served: ["2026-07-14T23:59:59.999999Z"]), .pass, of: 1)
    expect(try ask([accepted(requestedBy: "sam")]), .pass, of: 1)
  }

  @Test func failsForEachMissingPart() throws {
    #expect(try problem(accepted(approver: "")) == "The exception for r of RG-BLK-01 names no approver.")
    #expect(try problem(accepted(reason: " ")) == "The exception for r of RG-BLK-01 gives no reason.")
    #expect(try problem(accepted(until: nil)) == "The exception for r of RG-BLK-01 has no end.")
    #expect(try problem(accepted(from: "2026-07-15")) == "The exception for r of RG-BLK-01 ends before it begins.")
    #expect(
      try problem(accepted(approver: "", reason: "", until: nil))
        == "The exception for r of RG-BLK-01 names no approver; gives no reason; has no end.")
  }

  @Test func failsBeyondTheLongestTime() throws {
    expect(try ask([accepted(until: "2026-07-31")]), .pass, of: 1)
    expect(try ask([accepted(until: "2026-07-31T00:00:00.000001Z")]), .fail, of: 1, exceptions: 1)
    expect(try ask([accepted()], days: "10"), .fail, of: 1, exceptions: 1)
  }

  @Test func failsForWhoApprovedTheirOwn() throws {
    #expect(
      try problem(accepted(requestedBy: "cyd"))
        == "The exception for r of RG-BLK-01 was approved by cyd, who had asked for it.")
    #expect(
      try problem(accepted(approver: "dana"))
        == "The exception for r of RG-BLK-01 was approved by dana, who owned the rule.")
    #expect(
      try problem(accepted("dana", check: "RG-OWN-02", approver: "dana"))
        == "The exception for dana of RG-OWN-02 was approved by dana, whom it is about.")
    let member = try ask(
      [accepted(approver: "dana")], owner: "risk-team", people: [Person(owner: "dana", team: "risk-team", leftAt: nil)])
    expect(member, .fail, of: 1, exceptions: 1)
  }

  @Test func cannotTellWhomAnExceptionForEverySubjectConcerns() throws {
    let outcome = try ask([accepted("*", approver: "dana")])
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["the subject of each accepted exception"])
    expect(try ask([accepted("*")]), .pass, of: 1)
    // Holes in a log are nobody's rule.
    expect(try ask([accepted("*", check: "RG-LOG-01", approver: "dana")]), .pass, of: 1)
  }

  @Test func failsForUseAfterTheEnd() throws {
    let outcome = try ask(
      [accepted()], served: ["2026-07-14T00:00:00Z", "2026-07-15T00:00:00Z", "2026-07-20T00:00:00Z"])
    expect(outcome, .fail, of: 1, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(
      finding.summary
        == "The exception for r of RG-BLK-01 was used after its end at 2026-07-15T00:00:00Z, by 2 decisions.")
    #expect(finding.decisions == DecisionFilter(rule: "r", classes: [.blockedButServed]))
  }

  @Test func anExceptionOfBeforeCountsWhileItIsUsed() throws {
    let old = accepted(from: "2026-06-01", until: "2026-06-20")
    expect(try ask([old]), .notApplicable, of: 0)
    expect(try ask([old], served: ["2026-07-20T00:00:00Z"]), .fail, of: 1, exceptions: 1)
  }

  @Test func useUnderARenewalIsNoUseOfTheOld() throws {
    let served = ["2026-07-16T00:00:00Z"]
    for renewal in [accepted(from: "2026-07-15", until: "2026-07-30"), accepted("*", until: "2026-07-30")] {
      expect(try ask([accepted(), renewal], served: served), .pass, of: 2)
    }
    // Of two that ended, the later one is the one that was leant on.
    let both = try ask([accepted(), accepted(until: "2026-07-10")], served: served)
    expect(both, .fail, of: 2, exceptions: 1)
    #expect(both.findings.first?.summary.contains("2026-07-15T00:00:00Z") == true)
  }

  @Test func decisionsThatItsCheckDoesNotCountAreNoUse() throws {
    expect(try ask([accepted(check: "RG-ESC-02")], served: ["2026-07-20T00:00:00Z"]), .pass, of: 1)
    expect(try ask([accepted("s")], served: ["2026-07-20T00:00:00Z"]), .pass, of: 1)
  }

  @Test func countsWhatHeldInThePeriod() throws {
    expect(try ask([accepted(from: "2026-08-01", until: "2026-08-02")]), .notApplicable, of: 0)
    expect(try ask([accepted(from: "2026-06-25", until: "2026-06-30T23:59:59Z")]), .notApplicable, of: 0)
    expect(try ask([accepted(from: "2026-06-25", until: "2026-07-01")]), .notApplicable, of: 0)
    expect(try ask([accepted(from: "2026-06-25", until: "2026-07-02")]), .pass, of: 1)
  }

  @Test func cannotTellWhoseRuleItWasWithoutAnOwnershipRegister() throws {
    var records = policy([.block("r")]).reading(.exceptions)
    records.acceptedExceptions = [accepted()]
    let outcome = try AssessmentTests.ask("RG-EXC-01", [], records)
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["an ownership register"])
  }

  @Test func cannotTellWithoutTheRegister() throws {
    let outcome = try AssessmentTests.ask("RG-EXC-01", [DecisionLine()], policy([.allow("r")]))
    expect(outcome, .cannotTell, of: 0)
    #expect(outcome.missingRecords == ["the register of accepted exceptions"])
  }

  @Test func whatLacksAPartAcceptsNothing() throws {
    for exception in [accepted(approver: ""), accepted(until: nil)] {
      var lasting = exception
      lasting.until = lasting.until.map { _ in at("2027-01-01") }
      var records = policy([.block("r")])
      records.acceptedExceptions = [lasting]
      let outcome = try AssessmentTests.ask("RG-BLK-01", [DecisionLine()], records)
      #expect(outcome.result == .fail)
    }
  }
}
