import EvidenceModel
import Foundation
import TestSupport
import Testing

@testable import Intake

/// Damaged and hostile exports: nothing crashes, and what cannot be read is told of or counted.
@Suite struct RegisterHostileTests {
  private static let people = [
    #"{"published":"2026-01-05T00:00:00Z","eventType":"group.user_membership.add","outcome":{"result":"SUCCESS"},"target":[{"type":"User","alternateId":"dana"},{"type":"UserGroup","displayName":"risk"}]}"#,
    #"{"activityDisplayName":"Add member to group","activityDateTime":"2026-01-05T00:00:00Z","result":"success","targetResources":[{"type":"User","userPrincipalName":"dana","modifiedProperties":[{"displayName":"Group.DisplayName","newValue":"\"risk\""}]}]}"#,
    #"{"schemas":["g"],"displayName":"risk","members":[{"value":"1","display":"dana"}],"meta":{"lastModified":"2026-01-05T00:00:00Z"}}"#,
    #"{"schemas":["u"],"userName":"dana","active":false,"groups":[{"display":"risk"}],"meta":{"lastModified":"2026-01-05T00:00:00Z"}}"#,
  ]
  private static let incidents = [
    #"{"id":"Q1","incident_number":1,"title":"t","created_at":"2026-03-02T08:12:00Z","resolved_at":null,"assignments":[{"assignee":{"summary":"dana"}}]}"#,
    #"{"number":{"display_value":"INC1","value":"INC1"},"short_description":"a","opened_at":{"display_value":"03/02/2026","value":"2026-03-02 08:00:00"},"table_name":"incident"}"#,
  ]

  @Test func damagedRecordsOfDirectoriesAreToldOf() throws {
    for record in Self.people {
      let lines = [Array(record.utf8)] + (try RecordMutations.all(of: [record]))
      let file = WholeFile(name: "people", bytes: Array(lines.joined(separator: [0x0A])))
      let register = try readPeopleRegister(file, exportedOn: at("2026-02-01"))
      #expect(!register.entries.isEmpty)
      #expect(!register.diagnostics.isEmpty)
    }
  }

  @Test func damagedIncidentsAreToldOf() throws {
    for record in Self.incidents {
      let lines = [Array(record.utf8)] + (try RecordMutations.all(of: [record]))
      let file = WholeFile(name: "incidents", bytes: Array(lines.joined(separator: [0x0A])))
      #expect(!(try readIncidentRegister(file)).entries.isEmpty)
      #expect(!(try readTriggerRegister(file)).diagnostics.isEmpty)
    }
  }

  @Test func aDocumentCutAnywhereIsReadOrRefused() {
    let document = Array("{\"value\":[\(Self.people[1]),\(Self.people[1])]}".utf8)
    for end in document.indices {
      let file = WholeFile(name: "people", bytes: Array(document[..<end]))
      _ = try? readPeopleRegister(file)
      _ = try? readIncidentRegister(file)
      _ = RegisterKind.recognise(file)
    }
  }

  @Test func tablesOfAnyBytesAreReadOrRefused() {
    var generator = FixedGenerator(state: 7)
    let alphabet = Array("a,;\t\"\n\r/.0123456789:AMP éowner left_at".utf8) + [0xFF, 0xFE, 0x00]
    for _ in 0..<3000 {
      let head = ["owner,left_at,joined_at\n", "id;noticed_at;labels;labels\n", "\u{FEFF}", ""].randomElement(
        using: &generator)
      let tail = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
        alphabet.randomElement(using: &generator) ?? 0
      }
      let file = WholeFile(name: "table", bytes: Array((head ?? "").utf8) + tail)
      _ = try? readPeopleRegister(file)
      _ = try? readIncidentRegister(file)
      _ = try? readTriggerRegister(file)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func manyColumnsAndManyRowsTakeTheirTimeOnce() throws {
    let header = (0..<9000).map { "c\($0)" }.joined(separator: ",") + ",owner\n"
    let file = WholeFile(name: "table", bytes: Array((header + String(repeating: "x\n", count: 100_000)).utf8))
    #expect(try CSVTable(file, required: ["owner"]).rows.count == 100_000)
  }

  @Test(.timeLimit(.minutes(1)))
  func aLongChainOfAliasesIsFollowedOnce() {
    let identities = (0..<50_000).map { index in
      Identity(alias: "a\(index)", person: "a\(index + 1)", place: RegisterPlace(source: "i", line: index))
    }
    #expect(People(identities: identities).isSame("a0", "a50000"))
  }
}
