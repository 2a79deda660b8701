import EvidenceModel
import Foundation
import TestSupport
import Testing

@testable import Intake

/// Exports of directories, staff systems and ticket systems, which lie beside the checkout where they lie at all.
@Suite(.enabled(if: AllSamples.arePresent, AllSamples.missing))
struct RegisterSampleTests {
  private func file(_ name: String) throws -> WholeFile {
    try WholeFile(name: name, path: AllSamples.folder + "/" + name)
  }

  private func people(_ name: String, exportedOn: String? = nil) throws -> (People, Register<PeopleEntry>) {
    let register = try readPeopleRegister(
      try file("constructed/ownership/" + name), exportedOn: exportedOn.map { at($0) })
    var persons: [Person] = []
    var memberships: [Membership] = []
    for entry in register.entries {
      switch entry {
      case .person(let person): persons.append(person)
      case .membership(let membership): memberships.append(membership)
      }
    }
    return (People(persons, memberships: memberships), register)
  }

  @Test func aRosterSaysWhoLeft() throws {
    let (people, register) = try people("hr-roster.csv")
    #expect(people.leftAt(of: "mia.berg@example.org") == at("2026-02-01"))
    #expect(people.leftAt(of: "ada.okafor@example.org") == nil)
    #expect(people.members(of: "AI Platform", at: at("2026-01-31")) == ["mia.berg@example.org"])
    #expect(people.members(of: "AI Platform", at: at("2026-02-01")) == ["ada.okafor@example.org"])
    #expect(register.diagnostics.isEmpty)
  }

  @Test func anAuditLogSaysSinceWhenSomebodyIsAMember() throws {
    let (people, register) = try people("entra-audit.jsonl")
    #expect(people.members(of: "AI-Routing-Owners", at: at("2026-02-19T07:05:59Z")).isEmpty)
    #expect(people.members(of: "AI-Routing-Owners", at: at("2026-02-20")) == ["ada.okafor@example.org"])
    #expect(register.diagnostics.isEmpty)
  }

  @Test func anExportOfMembersProvesItsDay() throws {
    let (people, register) = try people("entra-group-members.csv", exportedOn: "2026-03-01")
    #expect(
      people.members(of: "AI-Routing-Owners", at: at("2026-03-01T12:00:00Z")) == [
        "ada.okafor@example.org", "svc-router@example.org",
      ])
    #expect(people.members(of: "AI-Routing-Owners", at: at("2026-03-02")).isEmpty)
    #expect(people.person(for: "svc-router@example.org")?.kind == .service)
    #expect(register.diagnostics.isEmpty)
  }

  @Test func aGroupOfSCIMWithoutADayIsNotUsed() throws {
    let (undated, register) = try people("scim-group.json")
    #expect(undated.members(of: "AI-Routing-Owners", at: at("2026-03-01")).isEmpty)
    #expect(undated.isTeam("AI-Routing-Owners"))
    #expect(register.diagnostics.map(\.id) == ["people-day-unknown"])
    let (dated, _) = try people("scim-group.json", exportedOn: "2026-03-31")
    #expect(dated.members(of: "AI-Routing-Owners", at: at("2026-03-01")) == ["ada.okafor@example.org"])
  }

  @Test func incidentsOfEveryTicketSystemAreRead() throws {
    let jira = try readIncidentRegister(try file("constructed/triggers/jira-export.csv"))
    #expect(jira.entries.map(\.id) == ["AIGOV-17"])
    #expect(jira.entries.first?.noticedAt == at("2026-03-02T08:20:00Z"))
    #expect(jira.entries.first?.endedAt == at("2026-03-03T11:02:00Z"))
    let pagerDuty = try readIncidentRegister(try file("constructed/triggers/pagerduty-incidents.json"))
    #expect(pagerDuty.entries.map(\.owner) == ["Ada Okafor"])
    #expect(pagerDuty.diagnostics.isEmpty)
    let serviceNow = try readIncidentRegister(try file("servicenow/table-export.jsonl"))
    #expect(serviceNow.entries.map(\.id) == ["INC0000060"])
    #expect(serviceNow.entries.first?.noticedAt == at("2016-12-12T07:19:57Z"))
    #expect(serviceNow.entries.first?.endedAt == at("2016-12-13T13:43:14Z"))
    #expect(serviceNow.note == "1 row is of another table than incident or problem")
    #expect(try readTriggerRegister(try file("servicenow/table-export.jsonl")).entries.map(\.id) == ["INC0000060"])
  }
}
