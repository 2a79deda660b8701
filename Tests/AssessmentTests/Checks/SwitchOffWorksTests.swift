import Assessment
import EvidenceModel
import Replay
import TestSupport
import Testing

@Suite struct SwitchOffWorksTests {
  private func off(
    _ subject: String = "small", kind: SwitchOff.SubjectKind = .model, at instant: String = "2026-06-01",
    restored: String? = "2026-06-02", trial: Bool = true
  ) -> SwitchOff {
    SwitchOff(
      subjectKind: kind, subject: subject, at: at(instant), restoredAt: restored.map { at($0) }, isTrial: trial,
      by: "gateway-team", place: place)
  }

  private func ask(
    _ register: [SwitchOff]?, seen rows: [SeenRow] = [seen(.model, "small")], aliases: ByName<String> = [:]
  ) throws -> CheckOutcome {
    try AssessmentTests.ask(
      "RG-KIL-01",
      facts(
        records([version("v1", from: "2026-01-01", [.allow("r")])], aliases: aliases).with { $0.switchOffs = register },
        parameters: ["RG-KIL-01": ["test-interval-days": "90", "max-seconds-to-effect": "60"]]
      ) {
        $0.seen = rows
        $0.traffic = rows.filter { $0.kind == .model }.map { served($0.name) }
      })
  }

  @Test func passesWhenTheSwitchOffWasTried() throws {
    expect(try ask([off()]), .pass, of: 1)
  }

  @Test func aRealOneCountsAsATrial() throws {
    expect(try ask([off(trial: false)]), .pass, of: 1)
  }

  @Test func theIntervalReachesExactlyItsDaysBack() throws {
    // The period ends on the first of August, 90 days after the third of May.
    expect(try ask([off(at: "2026-05-03", restored: "2026-05-04")]), .pass, of: 1)
    let outcome = try ask([off(at: "2026-05-02T23:59:59.999999Z", restored: "2026-05-04")])
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(
      outcome.findings.first?.summary
        == "Model small was last switched off at 2026-05-02T23:59:59.999999Z, longer ago than the interval allows.")
  }

  @Test func failsForAModelThatWasNeverSwitchedOff() throws {
    let outcome = try ask([off("large")])
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(outcome.findings.first?.summary == "Model small was never switched off, not even as a trial.")
  }

  @Test func aSwitchOffAfterThePeriodDoesNotCount() throws {
    expect(try ask([off(at: "2026-08-01", restored: nil)]), .fail, of: 1, exceptions: 1)
  }

  @Test func oneThatWasTooShortShowsNothing() throws {
    let minute = { off(at: "2026-06-01T10:00:00Z", restored: $0) }
    expect(try ask([minute("2026-06-01T10:01:00Z")]), .fail, of: 1, exceptions: 1)
    expect(try ask([minute("2026-06-01T10:01:00.000001Z")]), .pass, of: 1)
    expect(try ask([minute("2026-06-01T09:00:00Z")]), .fail, of: 1, exceptions: 1)
  }

  @Test func aModelMayBeNamedByItsAlias() throws {
    expect(try ask([off("tiny")], aliases: ["tiny": "small"]), .pass, of: 1)
  }

  @Test func failsForTrafficAfterASwitchOff() throws {
    let outcome = try ask(
      [off(), off("lab", kind: .deployment, at: "2026-07-10", restored: nil, trial: false)],
      seen: [seen(.model, "small"), seen(.deployment, "lab", switchedOff: 3)])
    expect(outcome, .fail, of: 2, exceptions: 1)
    #expect(
      outcome.findings.map(\.summary) == [
        "Deployment lab served 3 requests while it was switched off, after the 60 seconds allowed."
      ])
  }

  @Test func aRouteThatWasOffInThePeriodAndServedNothingHolds() throws {
    expect(try ask([off(), off("two", kind: .provider, at: "2026-06-30", restored: "2026-07-02")]), .pass, of: 2)
    // Opened again before the period began.
    expect(try ask([off(), off("two", kind: .provider, at: "2026-06-29", restored: "2026-07-01")]), .pass, of: 1)
  }

  @Test func cannotTellWithoutTheRegister() throws {
    let outcome = try ask(nil)
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["the register of switch-offs"])
  }

  @Test func doesNotApplyWhenNothingWasServed() throws {
    expect(try ask([], seen: []), .notApplicable, of: 0)
  }
}
