import EvidenceModel
import Foundation
import TestSupport
import Testing

@testable import Intake

/// A catalog of two groups, and profiles beside it.
@Suite struct OSCALProfileTests {
  private let catalog = """
    <catalog xmlns="http://csrc.nist.gov/ns/oscal/1.0" uuid="6a2a4a7e-5d39-4ef2-8a4c-111111111111">
      <metadata><title>House rules</title><version>3.1</version><oscal-version>1.1.2</oscal-version></metadata>
      <group id="own"><title>Ownership</title>
        <control id="own-1"><title>Every rule has an owner</title><prop name="label" value="OWN-1"/>
          <part name="statement" id="own-1_smt"><p>Within <insert type="param" id-ref="days"/> days.</p></part>
          <control id="own-1.1"><title>Successors</title></control>
          <control id="own-1.2"><title>Deputies</title></control>
        </control>
        <control id="own-2"><title>Owners are trained</title></control>
      </group>
      <group id="log"><title>Logs</title>
        <control id="log-1"><title>Logs are kept</title></control>
        <control id="log-2"><title>Old</title><prop name="status" value="withdrawn"/></control>
      </group>
    </catalog>
    """

  private func xml(_ body: String) -> String {
    """
    <profile xmlns="http://csrc.nist.gov/ns/oscal/1.0" uuid="6a2a4a7e-5d39-4ef2-8a4c-222222222222">
      <metadata><title>Our choice</title><version>2</version><oscal-version>1.2.0</oscal-version></metadata>
    \(body)
    </profile>
    """
  }

  private func json(_ body: String) -> String {
    """
    {"profile": {"uuid": "6a2a4a7e-5d39-4ef2-8a4c-222222222222",
      "metadata": {"title": "Our choice", "version": "2", "oscal-version": "1.2.0"}, \(body)}}
    """
  }

  /// Reads `choice.xml` of a folder that holds the catalog and some other files.
  private func read(_ profile: String, _ others: [String: String] = [:]) throws -> OSCALCatalog {
    try withTemporaryFolder { folder in
      try folder.write(catalog, to: "house.xml")
      try folder.write(profile, to: "choice.xml")
      for (name, text) in others { try folder.write(text, to: name) }
      return try OSCALCatalog("choice.xml", in: folder.path, id: "choice")
    }
  }

  private func ids(_ catalog: OSCALCatalog) -> [String] { catalog.framework.controls.map(\.id) }

  // MARK: Selection

  @Test(arguments: [true, false])
  func bothNotationsChooseTheSame(isXML: Bool) throws {
    let profile =
      isXML
      ? xml(
        """
        <import href="house.xml">
          <include-controls with-child-controls="yes"><with-id>own-1</with-id></include-controls>
          <include-controls><matching pattern="log-?"/></include-controls>
          <exclude-controls><with-id>own-1.2</with-id></exclude-controls>
        </import>
        <merge><as-is>true</as-is></merge>
        <modify><set-parameter param-id="days"><value>30</value></set-parameter>
          <alter control-id="log-1"><add position="starting"><title>Logs are kept a year</title></add></alter></modify>
        """)
      : json(
        """
        "imports": [{"href": "house.xml", "include-controls": [
            {"with-child-controls": "yes", "with-ids": ["own-1"]}, {"matching": [{"pattern": "log-?"}]}],
          "exclude-controls": [{"with-ids": ["own-1.2"]}]}],
        "merge": {"as-is": true},
        "modify": {"set-parameters": [{"param-id": "days", "values": ["30"]}],
          "alters": [{"control-id": "log-1", "adds": [{"position": "starting", "title": "Logs are kept a year"}]}]}
        """)
    let chosen = try read(profile)
    let framework = chosen.framework
    #expect(chosen.diagnostics == [])
    #expect(framework.title == "Our choice" && framework.version == "2" && framework.withdrawn == 1)
    #expect(ids(chosen) == ["own", "own-1", "own-1.1", "log", "log-1"])
    #expect(framework.controls.map(\.parent) == [nil, "own", "own-1", nil, "log"])
    #expect(framework.controls.map(\.display) == ["own", "OWN-1", "own-1.1", "log", "log-1"])
    #expect(framework.controls[1].summary == "Within 30 days.")
    #expect(framework.controls[4].title == "Logs are kept a year")
    // A control stands where its catalog lists it.
    #expect(framework.controls[1].place == RegisterPlace(source: "house.xml", line: 4))
    #expect(chosen.sources.map(\.name) == ["choice.xml", "house.xml"])
    #expect(chosen.sources[1].digest == Digest(of: Array(catalog.utf8)))
  }

  @Test(arguments: [
    ("<import href=\"house.xml\"/>", ["own-1", "own-1.1", "own-1.2", "own-2", "log-1"]),
    ("<import href=\"house.xml\"><include-all/></import>", ["own-1", "own-1.1", "own-1.2", "own-2", "log-1"]),
    (
      "<import href=\"house.xml\"><include-all/><exclude-controls><matching pattern=\"own-1*\"/></exclude-controls></import>",
      ["own-2", "log-1"]
    ),
    (
      "<import href=\"house.xml\"><exclude-controls with-child-controls=\"yes\"><with-id>own-1</with-id></exclude-controls></import>",
      ["own-2", "log-1"]
    ),
    // Without its parent a control moves up.
    (
      "<import href=\"house.xml\"><include-controls><with-id>own-1.1</with-id></include-controls></import>", ["own-1.1"]
    ),
  ])
  func whatIsIncludedAndNotExcludedIsChosen(imports: String, expected: [String]) throws {
    let chosen = try read(xml(imports))
    #expect(chosen.diagnostics == [])
    #expect(ids(chosen) == expected)
    // Without merge there are no headings.
    #expect(chosen.framework.controls.allSatisfy { !$0.isGroup && $0.parent == nil })
  }

  @Test func aControlThatIsNotThereIsNamed() throws {
    let chosen = try read(
      xml(
        "<import href=\"house.xml\"><include-controls><with-id>own-1</with-id><with-id>own-9</with-id></include-controls></import>"
      ))
    #expect(ids(chosen) == ["own-1"])
    #expect(chosen.diagnostics.map(\.id) == ["oscal-control-unknown"])
    #expect(chosen.diagnostics[0].summary.contains("own-9") && chosen.diagnostics[0].line == 3)
  }

  // MARK: Order

  @Test func aProfileMayGroupItsControlsItself() throws {
    let chosen = try read(
      xml(
        """
        <import href="house.xml"/>
        <merge><custom>
          <group id="first"><title>What comes first</title>
            <group id="inner"><title>Within</title>
              <insert-controls order="descending"><include-controls><matching pattern="own-*"/></include-controls></insert-controls>
            </group></group>
          <insert-controls><include-controls><with-id>own-1</with-id></include-controls></insert-controls>
        </custom></merge>
        """))
    // The profile's top comes first, so own-1 is taken there and nowhere else.
    #expect(ids(chosen) == ["first", "inner", "own-2", "own-1.2", "own-1.1", "own-1"])
    #expect(chosen.framework.controls.map(\.parent) == [nil, "first", "inner", "inner", "inner", nil])
    #expect(chosen.diagnostics.map(\.id) == ["oscal-control-unplaced"])
    #expect(chosen.diagnostics[0].summary.hasPrefix("2 chosen controls") && chosen.diagnostics[0].severity == .warning)
  }

  @Test func ofAControlThatComesInTwiceTheFirstCounts() throws {
    let other = catalog.replacing("Logs are kept", with: "Logs are kept elsewhere").replacing("log-2", with: "log-3")
    let imports = "<import href=\"house.xml\"/><import href=\"other.xml\"/>"
    let chosen = try read(xml(imports + "<merge><as-is>true</as-is></merge>"), ["other.xml": other])
    #expect(ids(chosen) == ["own", "own-1", "own-1.1", "own-1.2", "own-2", "log", "log-1"])
    #expect(chosen.framework.controls.last?.title == "Logs are kept" && chosen.framework.withdrawn == 2)
    #expect(chosen.diagnostics.map(\.id) == ["oscal-control-repeated"])
    let first = try read(xml(imports + "<merge><combine method=\"use-first\"/><flat/></merge>"), ["other.xml": other])
    #expect(first.diagnostics == [])
  }

  // MARK: Changes

  @Test func changesOfWhatIsShownAreApplied() throws {
    let chosen = try read(
      xml(
        """
        <import href="house.xml"/>
        <modify>
          <alter control-id="own-1"><remove by-id="own-1_smt"/><remove by-name="label"/>
            <add><prop name="label" value="O1"/><part name="statement"><p>Name one person.</p></part></add></alter>
          <alter control-id="own-2"><remove by-name="guidance"/><add by-id="own-2_smt"><part name="item"><p>x</p></part></add></alter>
          <alter control-id="log-1"><add><prop name="status" value="withdrawn"/></add></alter>
        </modify>
        """))
    #expect(chosen.diagnostics == [])
    #expect(chosen.framework.controls[0].display == "O1" && chosen.framework.controls[0].summary == "Name one person.")
    #expect(chosen.framework.withdrawn == 2 && !ids(chosen).contains("log-1"))
  }

  @Test func whatIsNotDoneIsSaid() throws {
    let chosen = try read(
      xml(
        """
        <import href="house.xml"/>
        <merge><combine method="merge"/></merge>
        <modify>
          <set-parameter param-id="days"><label>days</label></set-parameter>
          <set-parameter param-id="more"><select><choice>x</choice></select></set-parameter>
          <alter control-id="own-1"><remove by-class="x"/></alter>
          <alter control-id="nobody"><add><title>T</title></add></alter>
        </modify>
        """))
    #expect(chosen.diagnostics.map(\.id) == ["oscal-profile-not-done"])
    #expect(
      chosen.diagnostics[0].summary == "some of what it says is not done: combine by merge, "
        + "set-parameter without a value (2 times), remove by class or namespace, alter of a control that is not chosen"
    )
    #expect(chosen.framework.controls[0].summary == "")
  }

  // MARK: Imports

  @Test func aProfileMayImportProfilesAndResources() throws {
    let inner = xml(
      """
      <import href="#6a2a4a7e-5d39-4ef2-8a4c-333333333333"><include-controls><matching pattern="own-*"/></include-controls></import>
      <merge><as-is>true</as-is></merge>
      <modify><set-parameter param-id="days"><value>60</value></set-parameter></modify>
      <back-matter><resource uuid="6a2a4a7e-5d39-4ef2-8a4c-333333333333">
        <rlink href="https://example.org/house.xml"/><rlink media-type="application/oscal.catalog+yaml" href="../choice.xml"/>
        <rlink href="../my%20house.xml"/></resource></back-matter>
      """)
    let chosen = try read(
      xml(
        """
        <import href="base/inner.xml"><exclude-controls><with-id>own-2</with-id></exclude-controls></import>
        <merge><as-is>true</as-is></merge>
        <modify><set-parameter param-id="days"><value>14</value></set-parameter></modify>
        """), ["base/inner.xml": inner, "my house.xml": catalog])
    #expect(chosen.diagnostics == [])
    #expect(ids(chosen) == ["own", "own-1", "own-1.1", "own-1.2"])
    // The outer profile has the last word.
    #expect(chosen.framework.controls[1].summary == "Within 14 days.")
    #expect(chosen.sources.map(\.name) == ["choice.xml", "base/inner.xml", "my house.xml"])
  }

  @Test(arguments: [
    ("https://example.org/house.xml", "oscal-import-address"), ("//example.org/house.xml", "oscal-import-address"),
    ("file:///etc/passwd", "oscal-import-address"), ("/etc/passwd", "oscal-import-address"),
    ("trestle://catalogs/house.json", "oscal-import-address"), ("", "oscal-import-address"),
    ("house.xml?x", "oscal-import-address"), ("house%00.xml", "oscal-import-address"),
    ("../house.xml", "oscal-import-outside"), ("a/%2E%2E/../../house.xml", "oscal-import-outside"),
    ("nowhere.xml", "oscal-import-unreadable"), ("#nothing", "oscal-import-unreadable"),
    ("choice.xml", "oscal-import-circle"), ("a/../choice.xml", "oscal-import-circle"),
    ("words.xml", "oscal-no-json"), ("bomb.xml", "oscal-no-xml"), ("outer.xml", "oscal-no-xml"),
  ])
  func anImportThatCannotBeFollowedIsLeftOut(href: String, expected: String) throws {
    let bomb = "<!DOCTYPE catalog [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><catalog>&b;</catalog>"
    let outer = "<!DOCTYPE catalog [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><catalog>&a;</catalog>"
    let chosen = try read(
      xml("<import href=\"\(href)\"/>\n<import href=\"house.xml\"/>"),
      ["words.xml": "words", "bomb.xml": bomb, "outer.xml": outer])
    #expect(chosen.diagnostics.map(\.id) == [expected])
    #expect(chosen.framework.controls.count == 5)
  }

  @Test func aLinkOutOfTheFolderIsNotFollowed() throws {
    try withTemporaryFolder { folder in
      try folder.write(catalog, to: "house.xml")
      try folder.write(xml("<import href=\"link.xml\"/>"), to: "in/choice.xml")
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("in/link.xml"), withDestinationPath: folder.path("house.xml"))
      let chosen = try OSCALCatalog("choice.xml", in: folder.path("in"), id: "choice")
      #expect(chosen.diagnostics.map(\.id) == ["oscal-import-outside", "oscal-no-controls"])
      // A configuration one folder up reads both.
      let above = try OSCALCatalog("in/choice.xml", in: folder.path, id: "choice")
      #expect(above.diagnostics == [] && above.sources.map(\.name) == ["in/choice.xml", "in/link.xml"])
      // A profile outside of the configuration's folder has its own.
      #expect(try OSCALCatalog("../house.xml", in: folder.path("in"), id: "h").framework.file == "house.xml")
      #expect(try OSCALCatalog(folder.path("house.xml"), in: "/nonexistent", id: "h").framework.controls.count == 7)
    }
  }

  @Test func profilesInACircleEnd() throws {
    let chosen = try read(
      xml("<import href=\"a.xml\"/>"),
      ["a.xml": xml("<import href=\"b.xml\"/><import href=\"house.xml\"/>"), "b.xml": xml("<import href=\"a.xml\"/>")])
    #expect(chosen.diagnostics.map(\.id) == ["oscal-import-circle"])
    #expect(chosen.diagnostics[0].file == "b.xml" && chosen.framework.controls.count == 5)
  }

  // MARK: Hostile profiles

  @Test func profilesAreFollowedEightDeep() throws {
    var others: [String: String] = [:]
    for level in 1...12 { others["p\(level).xml"] = xml("<import href=\"p\(level + 1).xml\"/>") }
    let chosen = try read(xml("<import href=\"p1.xml\"/>"), others)
    #expect(chosen.diagnostics.map(\.id) == ["oscal-too-many-files", "oscal-no-controls"])
    #expect(chosen.sources.count == 8)
  }

  @Test(.timeLimit(.minutes(1)))
  func importsThatMultiplyAreReadOnce() throws {
    var others: [String: String] = [:]
    for level in 1...6 {
      others["p\(level).xml"] = xml(String(repeating: "<import href=\"p\(level + 1).xml\"/>", count: 100))
    }
    others["p7.xml"] = catalog
    let chosen = try read(xml(String(repeating: "<import href=\"p1.xml\"/>", count: 101)), others)
    #expect(chosen.framework.controls.count == 5 && chosen.sources.count == 8)
    #expect(chosen.diagnostics.contains { $0.id == "oscal-too-many-imports" })
  }

  @Test(.timeLimit(.minutes(1)))
  func patternsThatTakeTooLongAreCut() throws {
    let long = String(repeating: "a", count: 180)
    let controls = (0..<3000).map { "<control id=\"\(long)\($0)\"><title>T</title></control>" }.joined()
    let big = """
      <catalog xmlns="http://csrc.nist.gov/ns/oscal/1.0"><metadata><oscal-version>1.1.2</oscal-version></metadata>\(controls)</catalog>
      """
    let pattern = "<matching pattern=\"\(String(repeating: "*a", count: 80))b\"/>"
    let chosen = try read(
      xml(
        "<import href=\"big.xml\"><include-controls>\(String(repeating: pattern, count: 50))</include-controls></import>"
      ),
      ["big.xml": big])
    #expect(chosen.diagnostics.map(\.id) == ["oscal-too-many-choices", "oscal-no-controls"])
  }

  @Test func faultsOfManyImportsAreCounted() throws {
    let unknown = (0..<100).map { "<with-id>x-\($0)</with-id>" }.joined()
    let chosen = try read(
      xml("<import href=\"house.xml\"><include-controls><with-id>own-1</with-id>\(unknown)</include-controls></import>")
    )
    #expect(chosen.diagnostics.count == 41)
    #expect(chosen.diagnostics.last?.summary == "60 more faults of profiles are not listed")
  }

  @Test(arguments: [40, 120])
  func deepGroupsAreCut(levels: Int) throws {
    let groups =
      String(repeating: "<group><title>G</title>", count: levels)
      + "<insert-controls><include-all/></insert-controls>" + String(repeating: "</group>", count: levels)
    let chosen = try read(xml("<import href=\"house.xml\"/><merge><custom>\(groups)</custom></merge>"))
    #expect(chosen.diagnostics.map(\.id) == ["oscal-control-unplaced", "oscal-profile-not-done"])
    #expect(chosen.framework.controls.count == 32)
  }

  @Test func aDocumentCutAnywhereIsReadOrRefused() throws {
    let profile = Array(
      xml("<import href=\"house.xml\"/><merge><custom><group><title>G</title></group></custom></merge>").utf8)
    for end in profile.indices {
      let file = WholeFile(name: "choice.xml", bytes: Array(profile[..<end]))
      _ = try? OSCALCatalog(file, id: "choice", in: OSCALFolder(path: "/nonexistent"))
    }
  }
}
