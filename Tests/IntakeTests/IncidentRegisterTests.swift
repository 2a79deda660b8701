import EvidenceModel
import TestSupport
import Testing

@testable import Intake

private func file(_ text: String) -> WholeFile { WholeFile(name: "incidents", bytes: Array(text.utf8)) }

private func line(_ incident: Incident) -> String {
  let times = [incident.startedAt, incident.noticedAt, incident.endedAt].map { $0?.description ?? "-" }
  return ([incident.id, incident.owner ?? "-"] + times + [incident.summary]).joined(separator: " ")
}

@Suite struct IncidentRegisterTests {
  @Test func readsItsOwnTable() throws {
    let register = try readIncidentRegister(
      file(
        "id,owner,started_at,noticed_at,ended_at,rules,decisions,follow_up,summary\n"
          + "inc-1,dana,2026-07-01,2026-07-02,2026-07-03,r|s*,12,v2,wrong route\n"))
    #expect(
      register.entries.map(line) == [
        "inc-1 dana 2026-07-01T00:00:00Z 2026-07-02T00:00:00Z 2026-07-03T00:00:00Z wrong route"
      ])
    #expect(register.entries.first?.rules == [NamePattern("r"), NamePattern("s*")])
    #expect(register.entries.first?.decisions == 12)
    #expect(register.entries.first?.followUp == "v2")
    #expect(register.format == "csv")
  }

  @Test func readsAnExportOfJira() throws {
    let register = try readIncidentRegister(
      file(
        "Summary,Issue key,Issue id,Assignee,Created,Resolved,Labels,Labels,Labels,Custom field (Follow-up)\n"
          + "Fallback,GOV-1,1,dana,02/Mar/26 8:20 AM,03/Mar/26 1:02 PM,routing,rule:pii,rule:front*,v2\n"))
    #expect(register.entries.map(line) == ["GOV-1 dana - 2026-03-02T08:20:00Z 2026-03-03T13:02:00Z Fallback"])
    #expect(register.entries.first?.rules == [NamePattern("pii"), NamePattern("front*")])
    #expect(register.entries.first?.followUp == "v2")
    #expect(register.format == "jira")
    #expect(register.diagnostics.map(\.id) == ["register-zone-assumed"])
  }

  @Test func readsAGermanExportOfJira() throws {
    let register = try readIncidentRegister(
      file(
        "Zusammenfassung;Vorgangsschlüssel;Zugewiesene Person;Erstellt;Erledigt\nFehlweg;GOV-1;dana;02.03.2026 08:20;\n"
      ))
    #expect(register.entries.map(line) == ["GOV-1 dana - 2026-03-02T08:20:00Z - Fehlweg"])
  }

  @Test func readsIncidentsOfPagerDuty() throws {
    let register = try readIncidentRegister(
      file(
        #"{"incidents":[{"id":"Q1","incident_number":1,"title":"Fallback","created_at":"2026-03-02T08:12:00Z","#
          + #""resolved_at":null,"assignments":[{"assignee":{"summary":"dana"}}]}],"more":true}"#))
    #expect(register.entries.map(line) == ["Q1 dana - 2026-03-02T08:12:00Z - Fallback"])
    #expect(register.format == "pagerduty")
    #expect(register.diagnostics.map(\.id) == ["export-one-page"])
  }

  @Test func rowsOfServiceNowArePlainOrWithTwoValues() throws {
    let register = try readIncidentRegister(
      file(
        #"{"result":[{"number":"INC1","short_description":"a","opened_at":"2026-03-02 08:00:00","assigned_to":""},"#
          + #"{"number":{"display_value":"INC2","value":"INC2"},"short_description":{"display_value":"b","value":"b"},"#
          + #""assigned_to":{"display_value":"dana","value":"77"},"opened_at":{"display_value":"02.03.2026 09:00:00","#
          + #""value":"2026-03-02 08:00:00"},"closed_at":{"value":"2026-03-03 08:00:00"},"table_name":"incident"},"#
          + #"{"number":"CHG1","short_description":"c","sys_class_name":{"display_value":"Change Request"}}]}"#))
    #expect(
      register.entries.map(line) == [
        "INC1 - - 2026-03-02T08:00:00Z - a", "INC2 dana - 2026-03-02T08:00:00Z 2026-03-03T08:00:00Z b",
      ])
    #expect(register.format == "servicenow")
    #expect(register.note == "1 row is of another table than incident or problem")
    // The first row's time has no zone; a value beside a shown value is in UTC.
    #expect(register.diagnostics.first?.summary.hasPrefix("1 time has no zone") == true)
  }

  @Test func aTableOfServiceNowIsReadByItsNames() throws {
    let register = try readIncidentRegister(
      file("\"number\",\"opened_at\",\"short_description\"\n\"INC1\",\"2026-03-02 08:00:00\",\"a\"\n"))
    #expect(register.entries.map(line) == ["INC1 - - 2026-03-02T08:00:00Z - a"])
    #expect(register.format == "servicenow")
  }

  @Test func anythingElseIsRefused() {
    for text in ["{\"a\":1}", "a,b\n1,2\n", "[]"] {
      #expect(throws: Diagnostic.self) { try readIncidentRegister(file(text)) }
    }
  }

  // MARK: Triggers

  @Test func readsTriggers() throws {
    let register = try readTriggerRegister(
      file(
        "id,kind,at,rules,days_allowed,summary\nt1,model-change,2026-07-01,r,14,new model\nt2,incident,2026-07-02,,,\n")
    )
    #expect(register.entries.map(\.kind) == [.modelChange, .incident])
    #expect(register.entries.map(\.rules) == [[NamePattern("r")], [NamePattern("*")]])
    #expect(register.entries.map(\.daysAllowed) == [14, nil])
  }

  @Test func incidentsAreTriggers() throws {
    let register = try readTriggerRegister(
      file("Issue key,Created,Labels\nGOV-1,02/Mar/26 8:20 AM,rule:pii\nGOV-2,,\nGOV-3,02/Mar/26 8:20 AM,\n"))
    #expect(register.entries.map(\.id) == ["GOV-1", "GOV-3"])
    #expect(register.entries.map(\.rules) == [[NamePattern("pii")], [NamePattern("*")]])
    #expect(register.entries.first?.kind == .incident)
    #expect(register.diagnostics.map(\.id) == ["register-zone-assumed", "trigger-undated"])
  }

  @Test func aTableOfNoTriggersNamesWhatItLacks() throws {
    let problem = try #require(throws: Diagnostic.self) { try readTriggerRegister(file("id,kind\nt,incident\n")) }
    #expect(problem.summary.contains("at"))
  }
}
