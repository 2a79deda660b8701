import EvidenceModel
import TestSupport
import Testing

@Suite struct IncidentIsFollowedUpTests {
  private func incident(_ change: (inout Incident) -> Void = { _ in }) -> Incident {
    var incident = Incident(
      id: "INC-1", owner: "dana", startedAt: at("2026-07-05"), noticedAt: at("2026-07-06"), endedAt: at("2026-07-07"),
      rules: [NamePattern("r")], followUp: "v2", place: place())
    change(&incident)
    return incident
  }

  private func ask(_ incidents: [Incident]?) throws -> CheckOutcome {
    var change = version("v2", from: "2026-07-10", [.allow("r", priority: 20)])
    change.ticket = "CHG-7"
    return try AssessmentTests.ask(
      "RG-INC-01", [],
      records([version("v1", from: "2026-01-01", [.allow("r")]), change]).keeping { $0.incidents = incidents })
  }

  private func problem(_ change: (inout Incident) -> Void) throws -> String? {
    let outcome = try ask([incident(change)])
    expect(outcome, .fail, of: 1, exceptions: 1)
    return outcome.findings.first?.summary
  }

  @Test func passesForAWholeIncident() throws {
    expect(try ask([incident()]), .pass, of: 1)
    expect(try ask([incident { $0.followUp = "CHG-7" }]), .pass, of: 1)
    expect(
      try ask([
        incident {
          $0.rules = []
          $0.decisions = 0
        }
      ]), .pass, of: 1)
    expect(try ask([incident { $0.noticedAt = at("2026-07-10") }]), .pass, of: 1)
  }

  @Test func failsWithoutAnOwner() throws {
    #expect(try problem { $0.owner = nil } == "Incident INC-1 names no owner.")
    #expect(try problem { $0.owner = " " } == "Incident INC-1 names no owner.")
  }

  @Test func failsForMissingOrImpossibleTimes() throws {
    #expect(try problem { $0.startedAt = nil } == "Incident INC-1 states no time of start.")
    #expect(
      try problem {
        $0.noticedAt = nil
        $0.endedAt = nil
      } == "Incident INC-1 states no time of notice, end.")
    #expect(try problem { $0.endedAt = at("2026-07-04") } == "Incident INC-1 ends before it starts.")
    #expect(try problem { $0.noticedAt = at("2026-07-04") } == "Incident INC-1 was noticed before it started.")
  }

  @Test func failsWithoutAScope() throws {
    #expect(try problem { $0.rules = [] } == "Incident INC-1 does not say what it touched.")
    #expect(
      try problem { $0.rules = [NamePattern("x*")] } == "Incident INC-1 touched no rule that a version holds.")
    #expect(
      try problem {
        $0.rules = []
        $0.decisions = -1
      } == "Incident INC-1 does not say what it touched.")
  }

  @Test func failsWithoutAChangeThatFollowed() throws {
    #expect(try problem { $0.followUp = nil } == "Incident INC-1 names no change that followed.")
    #expect(
      try problem { $0.followUp = "CHG-8" }
        == "Incident INC-1 names CHG-8 as what followed, which is no version or ticket of the policy's history.")
    #expect(
      try problem { $0.noticedAt = at("2026-07-10T00:00:00.000001Z") }
        == "Incident INC-1 names v2 as what followed, which took effect before it was noticed.")
  }

  @Test func countsIncidentsThatStartedOrWereNoticedInThePeriod() throws {
    func dated(_ start: String?, _ notice: String?) -> Incident {
      incident {
        $0.startedAt = start.map { at($0) }
        $0.noticedAt = notice.map { at($0) }
      }
    }
    #expect(try ask([dated("2026-06-30", "2026-07-01")]).population == 1)
    #expect(try ask([dated("2026-07-31", "2026-08-01")]).population == 1)
    #expect(try ask([dated("2026-06-01", "2026-06-30")]).population == 0)
    #expect(try ask([dated("2026-08-01", "2026-08-01")]).population == 0)
    #expect(try ask([dated(nil, nil)]).population == 1)
  }

  @Test func cannotTellWithoutTheRegister() throws {
    let outcome = try ask(nil)
    expect(outcome, .cannotTell, of: 0)
    #expect(outcome.missingRecords == ["the register of incidents"])
  }

  @Test func doesNotApplyWithoutAnIncident() throws {
    expect(try ask([]), .notApplicable, of: 0)
  }
}
