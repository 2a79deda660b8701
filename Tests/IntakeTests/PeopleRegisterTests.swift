import EvidenceModel
import TestSupport
import Testing

@testable import Intake

private func file(_ text: String) -> WholeFile { WholeFile(name: "people", bytes: Array(text.utf8)) }

/// What a file says of its people, in short lines.
private func lines(_ register: Register<PeopleEntry>) -> [String] {
  func text(_ instant: Instant?) -> String { instant.map { $0.description.replacing("T00:00:00Z", with: "") } ?? "" }
  return register.entries.map { entry in
    switch entry {
    case .person(let person):
      "\(person.owner) \(person.kind.rawValue) [\(text(person.joinedAt)), \(text(person.leftAt)))"
        + (person.team.isEmpty ? "" : " of \(person.team)")
    case .membership(let membership):
      "\(membership.person) in \(membership.team) "
        + (membership.isDated ? "[\(text(membership.from)), \(text(membership.to)))" : "at some time")
    }
  }
}

private func read(_ text: String, exportedOn: String? = nil) throws -> (
  lines: [String], format: String, problems: [String]
) {
  let register = try readPeopleRegister(file(text), exportedOn: exportedOn.map { at($0) })
  return (lines(register), register.format, register.diagnostics.map(\.id))
}

@Suite struct PeopleTableTests {
  @Test func readsItsOwnTable() throws {
    let people = try read(
      "owner;team;left_at;kind;joined_at\nada;risk;31.12.2026;person;\ndesk;;;mailbox;2026-01-01\nbob;risk;;;\n")
    #expect(
      people.lines == [
        "ada person [, 2026-12-31) of risk", "desk mailbox [2026-01-01, )", "bob unknown [, ) of risk",
      ])
    #expect(people.format == "csv")
    #expect(people.problems.isEmpty)
  }

  @Test func aKindThatIsNoneIsABadRow() throws {
    let people = try read("owner,kind\nada,boss\nbob,person\n")
    #expect(people.lines == ["bob person [, )"])
    #expect(people.problems == ["register-bad-word"])
  }

  @Test func ofRowsOfOneOwnerTheLastCounts() throws {
    #expect(try read("owner,left_at\nada,2026-07-01\nbob,\nada,\n").lines == ["ada unknown [, )", "bob unknown [, )"])
  }

  @Test func aRosterEndsWithItsLastDay() throws {
    let people = try read(
      "employee_id,email,department,effective_from,effective_to\n1,ada@example.org,Platform,2026-02-01,\n"
        + "2,mia@example.org,Platform,2024-06-01,2026-01-31\n3,eli@example.org,,2026-01-01,2026-03-31T15:00:00Z\n")
    #expect(
      people.lines == [
        "ada@example.org person [2026-02-01, ) of Platform",
        "mia@example.org person [2024-06-01, 2026-02-01) of Platform",
        "eli@example.org person [2026-01-01, 2026-03-31T15:00:00Z)",
      ])
    #expect(people.format == "hr-roster")
  }

  @Test func readsAGermanRoster() throws {
    let people = try read(
      "Personalnummer;E-Mail-Adresse;Abteilung;Eintrittsdatum;Austrittsdatum\n7;dana@example.org;Netz;01.02.2024;31.12.2026\n"
    )
    #expect(people.lines == ["dana@example.org person [2024-02-01, 2027-01-01) of Netz"])
  }

  @Test func slashDatesNeedAColumnThatShowsTheirOrder() throws {
    #expect(try read("owner,left_at\nada,1/2/2026\nbob,12/31/2026\n").lines.first == "ada unknown [, 2026-01-02)")
    #expect(try read("owner,left_at\nada,1/2/2026\n").problems == ["register-date-order-unknown"])
    #expect(try read("owner,left_at (MM/DD/YYYY)\nada,1/2/2026\n").lines == ["ada unknown [, 2026-01-02)"])
    #expect(try read("owner,left_at (DD/MM/YYYY)\nada,1/2/2026\n").lines == ["ada unknown [, 2026-02-01)"])
  }

  @Test func timesWithoutAZoneAreCountedOnce() throws {
    let register = try readPeopleRegister(file("owner,left_at\nada,2026-07-01 09:00\nbob,2026-07-02 09:00\n"))
    #expect(register.diagnostics.map(\.id) == ["register-zone-assumed"])
    #expect(register.diagnostics.first?.summary.hasPrefix("2 times have no zone") == true)
    #expect(register.entries.count == 2)
  }

  @Test func aSpellThatEndsBeforeItBeginsIsToldOf() throws {
    #expect(
      try read("owner,joined_at,left_at\nada,2026-07-01,2026-06-01\n").problems == ["people-ends-before-it-begins"])
  }

  @Test func aTableWithoutPeopleIsRefused() {
    #expect(throws: Diagnostic.self) { try readPeopleRegister(file("a,b\n1,2\n")) }
  }

  @Test func groupMembersNeedTheDayOfTheirExport() throws {
    let text =
      "id,userPrincipalName,objectType,groupName\n1,ada@example.org,User,Owners\n2,svc@example.org,ServicePrincipal,Owners\n"
    let undated = try read(text)
    #expect(
      undated.lines == [
        "ada@example.org unknown [, )", "ada@example.org in Owners at some time", "svc@example.org service [, )",
        "svc@example.org in Owners at some time",
      ])
    #expect(undated.problems == ["people-day-unknown"])
    #expect(undated.format == "entra-group-members")
    let dated = try read(text, exportedOn: "2026-09-30")
    #expect(dated.lines[1] == "ada@example.org in Owners [2026-09-30, 2026-10-01)")
    #expect(dated.problems.isEmpty)
  }

  @Test func membersOfAGroupWithoutANameBelongToNothing() throws {
    let people = try read("id,userPrincipalName\n1,ada@example.org\n", exportedOn: "2026-09-30")
    #expect(people.lines == ["ada@example.org unknown [, )"])
    #expect(people.problems == ["people-group-unnamed"])
  }
}

@Suite struct DirectoryExportTests {
  private func okta(
    _ type: String, _ at: String, user: String = "ada", group: String? = nil, result: String = "SUCCESS"
  )
    -> String
  {
    let group = group.map { #",{"type":"UserGroup","alternateId":"unknown","displayName":"\#($0)"}"# } ?? ""
    return
      #"{"published":"\#(at)","eventType":"\#(type)","actor":{"alternateId":"idm"},"outcome":{"result":"\#(result)"},"#
      + #""target":[{"type":"User","alternateId":"\#(user)","displayName":"A"}\#(group)]}"#
  }

  @Test func aLogOfOktaGivesSpells() throws {
    let log = [
      okta("user.lifecycle.deactivate", "2026-03-01T00:00:00.000Z"),
      okta("user.lifecycle.reactivate", "2026-05-01T00:00:00.000Z"),
      okta("user.session.start", "2026-05-02T00:00:00.000Z"),
      okta("group.user_membership.add", "2026-05-03T00:00:00.000Z", group: "Owners"),
      okta("group.user_membership.add", "2026-05-04T00:00:00.000Z", user: "bob", group: "Owners", result: "FAILURE"),
      okta("group.user_membership.remove", "2026-06-01T00:00:00.000Z", group: "Owners"),
    ]
    let expected = [
      "ada unknown [, 2026-03-01)", "ada unknown [2026-05-01, )", "ada in Owners [2026-05-03, 2026-06-01)",
    ]
    #expect(try read(log.joined(separator: "\n")).lines == expected)
    #expect(try read("[" + log.joined(separator: ",\n") + "]").lines == expected)
    let newestFirst = try read(log.reversed().joined(separator: "\n") + "\n")
    #expect(Set(newestFirst.lines) == Set(expected))
    #expect(newestFirst.format == "okta-system-log")
  }

  @Test func whoeverWasRemovedWithoutBeingAddedWasAMemberSinceTheLogBegan() throws {
    let log = [
      okta("group.user_membership.add", "2026-01-05T00:00:00Z", user: "bob", group: "Owners"),
      okta("group.user_membership.remove", "2026-06-01T00:00:00Z", group: "Owners"),
      okta("group.user_membership.remove", "2026-07-01T00:00:00Z", group: "Owners"),
    ]
    #expect(
      try read(log.joined(separator: "\n")).lines == [
        "bob in Owners [2026-01-05, )", "ada in Owners [2026-01-05, 2026-06-01)",
      ])
  }

  @Test func aRecordWithoutAUserIsLeftOut() throws {
    let people = try read(
      okta("user.lifecycle.deactivate", "2026-03-01T00:00:00Z") + "\n"
        + #"{"published":"2026-03-01T00:00:00Z","eventType":"user.lifecycle.deactivate","target":[]}"# + "\n"
        + okta("user.lifecycle.deactivate", "yesterday") + "\nno json\n{\"a\":1}\n")
    #expect(people.lines == ["ada unknown [, 2026-03-01)"])
    #expect(people.problems == ["export-malformed", "people-bad-record", "people-bad-record", "people-other-records"])
  }

  private func entra(_ activity: String, _ at: String, user: String = "ada@example.org", properties: String = "")
    -> String
  {
    #"{"activityDisplayName":"\#(activity)","activityDateTime":"\#(at)","result":"success","targetResources":"#
      + #"[{"id":"0123456789ab-cdef0123456789abcdef","type":"User","userPrincipalName":"\#(user)","modifiedProperties":[\#(properties)]}]}"#
  }

  @Test func aLogOfEntraGivesSpells() throws {
    let log = [
      entra(
        "Add member to group", "2026-02-19T07:06:00.1234567Z",
        properties: #"{"displayName":"Group.DisplayName","oldValue":null,"newValue":"\"Owners\""}"#),
      entra(
        "Remove member from group", "2026-03-01T00:00:00Z",
        properties: #"{"displayName":"Group.DisplayName","oldValue":"\"Owners\"","newValue":null}"#),
      entra("Delete user", "2026-04-01T00:00:00Z", user: "0123456789abcdef0123456789abcdefada@example.org"),
      entra("Update user", "2026-04-02T00:00:00Z"),
    ]
    let people = try read("{\"value\":[" + log.joined(separator: ",") + "]}")
    #expect(
      people.lines == [
        "ada@example.org in Owners [2026-02-19T07:06:00.123456Z, 2026-03-01)", "ada@example.org unknown [, 2026-04-01)",
      ])
    #expect(people.format == "entra-audit-log")
    #expect(people.problems.isEmpty)
  }

  private static let group = """
    {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"Owners",
     "members":[{"value":"1","display":"ada"},{"value":"2"}],"meta":{"lastModified":"2026-02-19T07:06:00Z"}}
    """

  @Test func aGroupOfSCIMHoldsFromItsLastChangeToTheDayOfTheExport() throws {
    #expect(
      try read(Self.group, exportedOn: "2026-09-30").lines == [
        "ada in Owners [2026-02-19T07:06:00Z, 2026-10-01)", "2 in Owners [2026-02-19T07:06:00Z, 2026-10-01)",
      ])
    let undated = try read("{\"schemas\":[],\"totalResults\":1,\"Resources\":[\(Self.group)]}")
    #expect(undated.lines == ["ada in Owners at some time", "2 in Owners at some time"])
    #expect(undated.format == "scim-groups")
    #expect(undated.problems == ["people-day-unknown"])
  }

  @Test func anInactiveUserOfSCIMHasLeftByTheLastChange() throws {
    let people = try read(
      #"{"schemas":[],"totalResults":9,"Resources":["#
        + #"{"schemas":["u"],"userName":"ada","active":false,"meta":{"lastModified":"2026-02-19T07:06:00Z"}},"#
        + #"{"schemas":["u"],"userName":"bob","active":false},{"schemas":["u"],"userName":"eli","active":true}]}"#)
    #expect(
      people.lines == ["ada unknown [, 2026-02-19T07:06:00Z)", "bob unknown [, )", "eli unknown [, )"])
    #expect(people.problems == ["export-one-page", "people-leaving-undated"])
    #expect(people.format == "scim-users")
  }

  @Test(arguments: ["{", "[{\"a\":", "{\"a\":1}", "[1,2]", "[]", "{\"value\":[]}", "{\"schemas\":[]}"])
  func anythingElseIsRefused(text: String) {
    #expect(throws: Diagnostic.self) { try readPeopleRegister(file(text)) }
  }

  @Test func manyBadLinesAreCounted() throws {
    let text = okta("user.lifecycle.deactivate", "2026-03-01T00:00:00Z") + "\n" + String(repeating: "x\n", count: 1000)
    let problems = try readPeopleRegister(file(text)).diagnostics
    #expect(problems.count == 21)
    #expect(problems.last?.summary == "980 more lines are no JSON objects; they were left out")
  }
}
