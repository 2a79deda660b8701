import EvidenceModel
import TestSupport
import Testing

@testable import Intake

@Suite struct ComponentDefinitionTests {
  private let own = "urn:tenure:oscal:1"

  private func xml(_ body: String, parties: String? = nil) -> WholeFile {
    let people =
      parties ?? """
        <party uuid="p-dana" type="person"><name>dana</name></party>
            <party uuid="p-team" type="organization"><name>gateway-team</name></party>
        """
    let text = """
      <component-definition xmlns="http://csrc.nist.gov/ns/oscal/1.0" uuid="6a2a4a7e-5d39-4ef2-8a4c-111111111111">
        <metadata><title>Owners</title><version>1</version><oscal-version>1.2.0</oscal-version>
          \(people)
        </metadata>
      \(body)
      </component-definition>
      """
    return WholeFile(name: "owners.xml", bytes: Array(text.utf8))
  }

  private func prop(_ name: String, _ value: String) -> String {
    "<prop name=\"\(name)\" ns=\"\(own)\" value=\"\(value)\"/>"
  }

  private var component: String {
    """
    <component uuid="c-1" type="policy"><title>pii-to-trusted</title><description><p>A rule.</p></description>
      \(prop("rule", "pii-to-trusted"))
      <responsible-role role-id="owner">\(prop("owner-from", "2026-01-05"))\(prop("owner-to", "2026-08-14T09:00:00Z"))<party-uuid>p-dana</party-uuid></responsible-role>
      <responsible-role role-id="owner">\(prop("owner-from", "2026-08-14T09:00:00Z"))\(prop("recorded", "2026-08-20T00:00:00Z"))<party-uuid>p-team</party-uuid></responsible-role>
      <responsible-role role-id="maintainer">\(prop("owner-from", "2026-01-05"))\(prop("owner", "sam"))</responsible-role>
      <control-implementation uuid="i-1" source="#checks"><description><p>Accepted.</p></description>
        <implemented-requirement uuid="r-1" control-id="RG-OWN-01"><description><p>Accepted.</p></description>
          \(prop("accepted-exception", "pii-to-trusted"))\(prop("accepted-from", "2026-07-01"))\(prop("accepted-until", "2026-10-01"))
          <responsible-role role-id="approver"><party-uuid>p-dana</party-uuid></responsible-role>
          <remarks><p>The hand-over
            was late.</p></remarks>
          <statement statement-id="s" uuid="s-1"><description><p>x</p></description>
            \(prop("accepted-exception", "*"))\(prop("check", "RG-APR-01"))\(prop("accepted-from", "2026-07-01"))\(prop("requested-by", "lee"))
          </statement>
        </implemented-requirement>
      </control-implementation>
    </component>
    """
  }

  private func json() -> WholeFile {
    func props(_ values: [(String, String)]) -> String {
      let items = values.map { "{\"name\": \"\($0.0)\", \"ns\": \"\(own)\", \"value\": \"\($0.1)\"}" }
      return "\"props\": [\(items.joined(separator: ", "))]"
    }
    let text = """
      {"component-definition": {"uuid": "6a2a4a7e-5d39-4ef2-8a4c-111111111111",
        "metadata": {"title": "Owners", "version": "1", "oscal-version": "1.2.0", "parties": [
          {"uuid": "p-dana", "type": "person", "name": "dana"},
          {"uuid": "p-team", "type": "organization", "name": "gateway-team"}]},
        "components": [
          {"uuid": "c-1", "type": "policy", "title": "pii-to-trusted", "description": "A rule.",
           \(props([("rule", "pii-to-trusted")])),
           "responsible-roles": [
             {"role-id": "owner", \(props([("owner-from", "2026-01-05"), ("owner-to", "2026-08-14T09:00:00Z")])), "party-uuids": ["p-dana"]},
             {"role-id": "owner", \(props([("owner-from", "2026-08-14T09:00:00Z"), ("recorded", "2026-08-20T00:00:00Z")])), "party-uuids": ["p-team"]},
             {"role-id": "maintainer", \(props([("owner-from", "2026-01-05"), ("owner", "sam")]))}],
           "control-implementations": [{"uuid": "i-1", "source": "#checks", "description": "Accepted.",
             "implemented-requirements": [{"uuid": "r-1", "control-id": "RG-OWN-01", "description": "Accepted.",
               \(props([("accepted-exception", "pii-to-trusted"), ("accepted-from", "2026-07-01"), ("accepted-until", "2026-10-01")])),
               "responsible-roles": [{"role-id": "approver", "party-uuids": ["p-dana"]}],
               "remarks": "The hand-over\\nwas late.",
               "statements": [{"statement-id": "s", "uuid": "s-1", "description": "x",
                 \(props([("accepted-exception", "*"), ("check", "RG-APR-01"), ("accepted-from", "2026-07-01"), ("requested-by", "lee")]))}]}]}]}]}}
      """
    return WholeFile(name: "owners.json", bytes: Array(text.utf8))
  }

  @Test(arguments: [true, false])
  func bothNotationsNameTheSameOwners(isXML: Bool) throws {
    let register = try readOwnershipRegister(isXML ? xml(component) : json())
    #expect(register.diagnostics == [] && register.format == "oscal-component")
    let records = register.entries
    #expect(records.map(\.owner) == ["dana", "gateway-team", "sam"])
    #expect(records.map(\.role) == ["accountable", "accountable", "maintainer"])
    #expect(records.map(\.ownerKind) == [.person, .team, nil])
    #expect(records.map(\.from) == [at("2026-01-05"), at("2026-08-14T09:00:00Z"), at("2026-01-05")])
    #expect(records.map(\.to) == [at("2026-08-14T09:00:00Z"), nil, nil])
    #expect(records[1].isBackdated && records.allSatisfy { $0.rulePattern == "pii-to-trusted" })
    #expect(records.map(\.line) == (isXML ? [8, 9, 10] : [6, 6, 6]))
    #expect(records.map(\.provenance) == [.matched, .matched, .matched])
  }

  @Test(arguments: [true, false])
  func bothNotationsNameTheSameExceptions(isXML: Bool) throws {
    let register = try readExceptionRegister(isXML ? xml(component) : json())
    #expect(register.diagnostics == [] && register.format == "oscal-component")
    let entries = register.entries
    #expect(entries.map(\.check) == ["RG-OWN-01", "RG-APR-01"] && entries.map(\.subject) == ["pii-to-trusted", "*"])
    #expect(entries.map(\.approver) == ["dana", ""] && entries.map(\.requestedBy) == [nil, "lee"])
    #expect(entries.map(\.until) == [at("2026-10-01"), nil] && entries.map(\.isWhole) == [true, false])
    #expect(entries[0].reason == "The hand-over was late.")
  }

  @Test func severalPartiesAreOneEntry() throws {
    let both = """
      <component uuid="c-1" type="policy"><title>t</title>\(prop("rule", "a"))\(prop("rule", "b-*"))\(prop("owner-from", "2026-01-05"))
        <responsible-role role-id="asset-owner"><party-uuid>p-dana</party-uuid><party-uuid>p-team</party-uuid></responsible-role>
      </component>
      """
    let records = try readOwnershipRegister(xml(both)).entries
    #expect(records.map(\.owner) == ["dana gateway-team", "dana gateway-team"] && records[0].ownerKind == .several)
    #expect(records.map(\.rulePattern) == ["a", "b-*"] && records.map(\.provenance) == [.matched, .inferred])
  }

  /// The form in which a pack states owners.
  @Test(arguments: [true, false])
  func assessmentResultsOfAPackNameTheirOwners(isXML: Bool) throws {
    func grouped(_ name: String, _ value: String, _ group: String) -> String {
      isXML
        ? "<prop name=\"\(name)\" ns=\"\(own)\" value=\"\(value)\" group=\"\(group)\"/>"
        : "{\"name\": \"\(name)\", \"ns\": \"\(own)\", \"value\": \"\(value)\", \"group\": \"\(group)\"}"
    }
    let props = [
      grouped("owner", "dana", "tenure-1"), grouped("owner-from", "2026-01-05T00:00:00Z", "tenure-1"),
      grouped("owner", "lee", "tenure-2"), grouped("owner-from", "2026-08-14T00:00:00Z", "tenure-2"),
      grouped("owner-to", "2026-08-14T00:00:00Z", "tenure-1"),
    ]
    let text =
      isXML
      ? """
      <assessment-results xmlns="http://csrc.nist.gov/ns/oscal/1.0"><metadata>
        <party uuid="p-1" type="person"><name>dana</name></party></metadata>
        <result uuid="r"><local-definitions><component uuid="c-1" type="policy"><title>large-context</title>
          <responsible-role role-id="rule-owner">\(props.joined())<party-uuid>p-1</party-uuid></responsible-role>
        </component><component uuid="c-2" type="software"><title>Tenure</title></component></local-definitions></result>
      </assessment-results>
      """
      : """
      {"assessment-results": {"metadata": {"parties": [{"uuid": "p-1", "type": "person", "name": "dana"}]},
        "results": [{"uuid": "r", "local-definitions": {"components": [
          {"uuid": "c-1", "type": "policy", "title": "large-context", "responsible-roles": [
            {"role-id": "rule-owner", "props": [\(props.joined(separator: ","))], "party-uuids": ["p-1"]}]},
          {"uuid": "c-2", "type": "software", "title": "Tenure"}]}}]}}
      """
    let register = try readOwnershipRegister(WholeFile(name: "results", bytes: Array(text.utf8)))
    #expect(register.diagnostics == [])
    let records = register.entries
    #expect(records.map(\.owner) == ["dana", "lee"] && records.allSatisfy { $0.rulePattern == "large-context" })
    #expect(
      records.map(\.from) == [at("2026-01-05"), at("2026-08-14")] && records.map(\.to) == [at("2026-08-14"), nil])
    #expect(records.map(\.ownerKind) == [.person, nil] && records.allSatisfy(\.isAccountable))
    #expect(records.map(\.line) == (isXML ? [4, 4] : [3, 3]))
  }

  @Test func whatIsIncompleteIsLeftOutWithItsPlace() throws {
    let faulty = """
      <component uuid="c-1" type="policy"><title>t</title>\(prop("rule", "a"))
        <responsible-role role-id="owner"><party-uuid>p-dana</party-uuid></responsible-role>
        <responsible-role role-id="owner">\(prop("owner-from", "soon"))<party-uuid>p-dana</party-uuid></responsible-role>
        <responsible-role role-id="owner">\(prop("owner-from", "2026-01-05"))<party-uuid>nobody</party-uuid></responsible-role>
        <responsible-role role-id="owner">\(prop("owner-from", "2026-01-05"))<party-uuid>p-dana</party-uuid></responsible-role>
      </component>
      <component uuid="c-1" type="policy"><title>t</title>\(prop("rule", "b"))
        <responsible-role role-id="owner">\(prop("owner-from", "2026-01-05"))<party-uuid>p-dana</party-uuid></responsible-role></component>
      <component uuid="c-2" type="service"><title>No rule of ours</title>
        <responsible-role role-id="owner"><party-uuid>p-dana</party-uuid></responsible-role></component>
      """
    let register = try readOwnershipRegister(xml(faulty))
    #expect(register.entries.map(\.rulePattern) == ["a"])
    #expect(
      register.diagnostics.map(\.id) == [
        "oscal-id-twice", "component-entry-incomplete", "component-bad-instant", "component-entry-incomplete",
      ])
    #expect(register.diagnostics.map(\.line) == [12, 7, 8, 9])
  }

  @Test func anotherNamespaceIsNotOurs() throws {
    let foreign = component.replacing(own, with: "http://example.org/ns")
    #expect(try readOwnershipRegister(xml(foreign)).entries.isEmpty)
    #expect(try readExceptionRegister(xml(foreign)).entries.isEmpty)
  }

  @Test func manyFaultsAreCounted() throws {
    let role = "<responsible-role role-id=\"owner\"><party-uuid>p-dana</party-uuid></responsible-role>"
    let many =
      "<component uuid=\"c\" type=\"policy\">\(prop("rule", "a"))\(String(repeating: role, count: 100))</component>"
    let register = try readOwnershipRegister(xml(many))
    #expect(register.diagnostics.count == 21)
    #expect(register.diagnostics.last?.summary == "80 more entries are left out for such reasons")
  }

  @Test func whatAFileIsShowsFromItsContent() throws {
    func kind(_ file: WholeFile) throws -> String {
      try withTemporaryFolder { folder in
        let survey = try FileSurvey(path: folder.write(file.bytes, to: file.name), name: file.name)
        switch survey.kind {
        case .register(let kind, let rows): return "\(kind) \(rows)"
        case .other(let what, _): return what
        default: return "something else"
        }
      }
    }
    #expect(try kind(xml(component)) == "ownership 3" && kind(json()) == "ownership 3")
    #expect(try kind(xml("")) == "an OSCAL component definition")
    let profile = "{\"profile\": {\"metadata\": {}}}"
    #expect(try kind(WholeFile(name: "p.json", bytes: Array(profile.utf8))) == "an OSCAL profile")
    #expect(try kind(WholeFile(name: "p.json", bytes: Array("{\"profile\": {}}".utf8))) != "an OSCAL profile")
  }

  // MARK: Hostile files

  @Test(.timeLimit(.minutes(1)))
  func rulesTimesRolesAreBounded() throws {
    let rules = (0..<2000).map { prop("rule", "r-\($0)") }.joined()
    let role =
      "<responsible-role role-id=\"owner\">\(prop("owner-from", "2026-01-05"))<party-uuid>p-dana</party-uuid></responsible-role>"
    let many = "<component uuid=\"c\" type=\"policy\">\(rules)\(String(repeating: role, count: 2000))</component>"
    let register = try readOwnershipRegister(xml(many))
    #expect(register.entries.count == ComponentDefinition.most)
    #expect(register.diagnostics.map(\.id) == ["component-too-many"])
  }

  @Test(.timeLimit(.minutes(1)))
  func partiesTimesGroupsAreBounded() throws {
    let parties = String(repeating: "<party-uuid>p-dana</party-uuid>", count: 20_000)
    let groups = (0..<5000).map {
      "<prop name=\"owner-from\" ns=\"\(own)\" value=\"2026-01-05\" group=\"g-\($0)\"/>"
    }.joined()
    let register = try readOwnershipRegister(
      xml(
        "<component uuid=\"c\" type=\"policy\">\(prop("rule", "a"))<responsible-role role-id=\"owner\">\(groups)\(parties)</responsible-role></component>"
      ))
    #expect(register.entries.isEmpty && register.diagnostics.count == 21)
  }

  @Test func longAndStrangeNamesAreLeftOut() throws {
    let long = String(repeating: "x", count: 100_000)
    let role =
      "<responsible-role role-id=\"owner\">\(prop("owner-from", "2026-01-05"))\(prop("owner", long))</responsible-role>"
    let register = try readOwnershipRegister(
      xml("<component uuid=\"c\" type=\"policy\">\(prop("rule", "a"))\(role)</component>"))
    #expect(register.entries.isEmpty && register.diagnostics.map(\.id) == ["component-entry-incomplete"])
    let control = json().bytes.split(separator: Array("\"dana\"".utf8)).joined(separator: Array("\"da\\u0007na\"".utf8))
    let read = try readOwnershipRegister(WholeFile(name: "owners.json", bytes: Array(control)))
    #expect(read.entries.map(\.owner) == ["gateway-team", "sam"])
  }

  @Test(arguments: [
    ("<component-definition/>", "oscal-no-component-definition"), ("{}", "oscal-no-component-definition"),
    ("{\"catalog\": {}}", "oscal-no-component-definition"), ("{", "oscal-no-json"), ("<a", "oscal-no-xml"),
    ("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>", "oscal-no-xml"),
  ])
  func whatIsNoComponentDefinitionIsRefused(text: String, expected: String) {
    let file = WholeFile(name: "owners", bytes: Array(text.utf8))
    #expect(throws: Diagnostic.self) { try readOwnershipRegister(file) }
    do { _ = try readExceptionRegister(file) } catch { #expect(error.id == expected) }
  }

  @Test func aDocumentCutAnywhereIsReadOrRefused() {
    for whole in [xml(component), json()] {
      for end in stride(from: 0, to: whole.bytes.count, by: 7) {
        let file = WholeFile(name: whole.name, bytes: Array(whole.bytes[..<end]))
        _ = try? readOwnershipRegister(file)
        _ = try? readExceptionRegister(file)
      }
    }
  }
}
