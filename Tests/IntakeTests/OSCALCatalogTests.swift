import EvidenceModel
import TestSupport
import Testing

@testable import Intake

@Suite struct OSCALCatalogTests {
  private func read(_ text: String) throws -> OSCALCatalog {
    try OSCALCatalog(
      WholeFile(name: "house.xml", bytes: Array(text.utf8)), id: "house", in: OSCALFolder(path: "/nonexistent"))
  }

  private func problem(_ text: String) -> Diagnostic? {
    do {
      _ = try read(text)
      return nil
    } catch { return error as? Diagnostic }
  }

  private func xml(_ body: String, version: String = "1.1.2") -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <catalog xmlns="http://csrc.nist.gov/ns/oscal/1.0" uuid="6a2a4a7e-5d39-4ef2-8a4c-111111111111">
      <metadata>
        <title>House rules
          for gateways</title>
        <last-modified>2026-01-05T00:00:00Z</last-modified>
        <version>3.1</version>
        <oscal-version>\(version)</oscal-version>
        <link rel="license" href="https://example.org/licence"/>
        <party uuid="p1" type="organization"><name>Somebody</name></party>
        <party uuid="p2" type="organization"><name>The house</name></party>
        <responsible-party role-id="creator"><party-uuid>p2</party-uuid></responsible-party>
      </metadata>
    \(body)
    </catalog>
    """
  }

  private let body = """
      <group id="own">
        <title>Ownership</title>
        <control id="own-1">
          <title>Every <em>rule</em> has an owner</title>
          <prop name="label" class="zero-padded" value="OWN-01"/>
          <prop name="label" value="OWN-1"/>
          <part name="statement" id="own-1_smt"><p>Name one accountable person for each rule.</p><p>Within <em><insert type="param" id-ref="days"/></em> days.</p></part>
          <part name="guidance" id="own-1_gdn"><p>Not read.</p></part>
          <control id="own-1.1">
            <title>Successors</title>
            <part name="statement" id="own-1.1_smt"><p>Within <em><insert type="param" id-ref="days"/></em> days.</p></part>
          </control>
        </control>
        <control id="own-2">
          <title>Withdrawn one</title>
          <prop name="status" value="withdrawn"/>
        </control>
      </group>
      <group><title>Without an id</title><control id="log-1"><title>Logs are kept</title></control></group>
    """

  private let json = """
    {"catalog": {"uuid": "6a2a4a7e-5d39-4ef2-8a4c-111111111111",
      "metadata": {"title": "House rules for gateways", "version": "3.1", "oscal-version": "1.1.2",
        "links": [{"rel": "license", "href": "https://example.org/licence"}],
        "parties": [{"uuid": "p1", "name": "Somebody"}, {"uuid": "p2", "name": "The house"}],
        "responsible-parties": [{"role-id": "creator", "party-uuids": ["p2"]}]},
      "groups": [
        {"id": "own", "title": "Ownership", "controls": [
          {"id": "own-1", "title": "Every rule has an owner",
           "props": [{"name": "label", "class": "zero-padded", "value": "OWN-01"}, {"name": "label", "value": "OWN-1"}],
           "parts": [{"name": "statement", "prose": "Name one accountable person for each rule.\\n\\nWithin {{ insert: param, days }} days."},
                     {"name": "guidance", "prose": "Not read."}],
           "controls": [{"id": "own-1.1", "title": "Successors",
             "parts": [{"name": "statement", "prose": "Within {{ insert: param, days }} days."}]}]},
          {"id": "own-2", "title": "Withdrawn one", "props": [{"name": "status", "value": "withdrawn"}]}]},
        {"title": "Without an id", "controls": [{"id": "log-1", "title": "Logs are kept"}]}]}}
    """

  @Test(arguments: [true, false])
  func bothNotationsGiveTheSameFramework(isXML: Bool) throws {
    let catalog = try read(isXML ? xml(body) : json)
    let framework = catalog.framework
    #expect(catalog.diagnostics == [])
    #expect(framework.id == "house" && framework.version == "3.1" && framework.file == "house.xml")
    #expect(framework.title == "House rules for gateways" && framework.publisher == "The house")
    #expect(framework.licence == "https://example.org/licence")
    #expect(framework.controls.map(\.id) == ["own", "own-1", "own-1.1", "group-2", "log-1"])
    #expect(framework.controls.map(\.parent) == [nil, "own", "own-1", nil, "group-2"])
    #expect(framework.controls.map(\.isGroup) == [true, false, false, true, false])
    #expect(framework.controls.map(\.display) == ["own", "OWN-1", "own-1.1", "Without an id", "log-1"])
    #expect(framework.controls[1].title == "Every rule has an owner")
    #expect(framework.controls[1].summary == "Name one accountable person for each rule.")
    // A text with a parameter in it says little without the value.
    #expect(framework.controls[2].summary == "")
    #expect(framework.withdrawn == 1)
    #expect(!framework.isCore)
  }

  @Test func longStatementsAreLeftOut() throws {
    let control = """
      <control id="a"><title>A</title><part name="statement"><p>\(String(repeating: "long ", count: 100))</p></part></control>
      """
    #expect(try read(xml(control)).framework.controls.map(\.summary) == [""])
  }

  @Test func anotherVersionOfOSCALIsReadAndSaidSo() throws {
    #expect(try read(xml(body, version: "2.0")).diagnostics.map(\.id) == ["oscal-other-version"])
    #expect(try read(xml(body, version: "1.2.3")).diagnostics == [])
  }

  @Test func whatCannotBeUsedIsLeftOutWithItsPlace() throws {
    let controls = """
      <control id="a"><title>A</title></control>
      <control id="a"><title>Again</title><control id="b"><title>B</title></control></control>
      <control><title>No id</title></control>
      <control id="c"/>
      """
    let catalog = try read(xml(controls))
    #expect(catalog.framework.controls.map(\.id) == ["a", "b"])
    #expect(catalog.diagnostics.map(\.id) == ["oscal-id-twice", "oscal-entry-incomplete", "oscal-entry-incomplete"])
    #expect(catalog.diagnostics.map(\.line) == [15, 16, 17])
  }

  @Test func manyFaultsAreCounted() throws {
    let catalog = try read(xml(String(repeating: "<control id=\"a\"><title>A</title></control>", count: 100)))
    #expect(catalog.framework.controls.count == 1)
    #expect(catalog.diagnostics.count == 21)
    #expect(catalog.diagnostics.last?.summary == "79 more entries are left out for the same reasons")
  }

  @Test(arguments: [true, false])
  func theNumberOfControlsIsBounded(isXML: Bool) throws {
    let numbers = 1...6000
    let text =
      isXML
      ? xml(numbers.map { "<control id=\"c-\($0)\"><title>T</title></control>" }.joined())
      : "{\"catalog\": {\"metadata\": {\"oscal-version\": \"1.2.0\"}, \"controls\": ["
        + numbers.map { "{\"id\": \"c-\($0)\", \"title\": \"T\"}" }.joined(separator: ",") + "]}}"
    let catalog = try read(text)
    #expect(catalog.framework.controls.count == OSCALCatalog.mostControls)
    #expect(catalog.diagnostics.map(\.id) == ["oscal-too-many-controls"])
    #expect(catalog.diagnostics.first?.summary.contains("1000 are left out") == true)
  }

  @Test(arguments: [40, 100])
  func deepNestingIsCut(levels: Int) throws {
    let open = (1...levels).map { "<control id=\"c-\($0)\"><title>T</title>" }.joined()
    let catalog = try read(xml(open + String(repeating: "</control>", count: levels)))
    #expect(catalog.framework.controls.count == 32)
    #expect(catalog.diagnostics.map(\.id) == ["oscal-too-deep"])
    let json = (1...levels).reversed().reduce("") { inner, level in
      "{\"id\": \"c-\(level)\", \"title\": \"T\", \"controls\": [\(inner)]}"
    }
    let same = try read("{\"catalog\": {\"metadata\": {\"oscal-version\": \"1.2.0\"}, \"controls\": [\(json)]}}")
    #expect(same.framework.controls.count == 32)
    #expect(same.diagnostics.map(\.id) == ["oscal-too-deep"])
  }

  @Test func longTitlesAndIdsAreBounded() throws {
    let long = String(repeating: "x", count: 5000)
    let catalog = try read(
      xml("<control id=\"a\"><title>\(long)</title></control><control id=\"\(long)\"><title>T</title></control>"))
    #expect(catalog.framework.controls.map(\.id) == ["a"])
    #expect(catalog.framework.controls[0].title.count == 401)
    #expect(catalog.diagnostics.allSatisfy { $0.summary.count < 600 })
  }

  @Test func entitiesThatMultiplyAreRefused() {
    let bomb = """
      <!DOCTYPE catalog [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
      <catalog xmlns="http://csrc.nist.gov/ns/oscal/1.0"><control id="a"><title>&c;</title></control></catalog>
      """
    #expect(problem(bomb)?.id == "oscal-no-xml")
  }

  @Test(arguments: [
    ("<catalog/>", "oscal-no-catalog"),
    ("<mapping-collection xmlns=\"http://csrc.nist.gov/ns/oscal/1.0\"/>", "oscal-no-catalog"),
    ("<catalog", "oscal-no-xml"), ("{\"mapping-collection\": {}}", "oscal-no-catalog"),
    ("{\"catalog\": []}", "oscal-no-catalog"),
    ("[]", "oscal-no-catalog"), ("{", "oscal-no-json"), ("", "oscal-no-json"), ("plain words", "oscal-no-json"),
  ])
  func whatIsNoCatalogIsRefused(text: String, expected: String) {
    #expect(problem(text)?.id == expected)
    #expect(problem(text)?.nextStep.isEmpty == false)
  }

  @Test func anEmptyCatalogIsTold() throws {
    #expect(try read(xml("")).diagnostics.map(\.id) == ["oscal-no-controls"])
  }

  @Test func whatIsTooLargeIsRefused() {
    #expect(problem(String(repeating: " ", count: OSCALDocument.largest + 1))?.id == "oscal-too-large")
  }
}
