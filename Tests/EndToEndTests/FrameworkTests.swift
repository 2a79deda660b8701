import Foundation
import Testing

/// Frameworks, mappings and decisions that the configuration brings along, and what earlier runs leave behind.
struct FrameworkTests {
  /// A copy of the quickstart with other frameworks, and more lines at the end of its configuration.
  private func copy(frameworks: String, then lines: String = "") throws -> Scratch {
    let scratch = try Scratch()
    try FileManager.default.copyItem(atPath: Program.root + "/examples/quickstart", toPath: scratch.path + "/in")
    let path = scratch.path + "/in/tenure.yaml"
    let text = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
      $0.hasPrefix("frameworks:") ? "frameworks: \(frameworks)" : String($0)
    }
    try (text.joined(separator: "\n") + "\n" + lines).write(toFile: path, atomically: true, encoding: .utf8)
    return scratch
  }

  private func run(_ scratch: Scratch, _ arguments: String...) throws -> Program.Outcome {
    try Program.run(
      Program.binary,
      [
        "run", "--config", scratch.path + "/in/tenure.yaml", "--out", scratch.path + "/out", "--store",
        scratch.path + "/s.sqlite",
      ] + arguments)
  }

  private func read(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  private let catalog = """
    <catalog xmlns="http://csrc.nist.gov/ns/oscal/1.0" uuid="6a2a4a7e-5d39-4ef2-8a4c-111111111111">
      <metadata><title>House rules</title><last-modified>2026-01-05T00:00:00Z</last-modified>
        <version>3.1</version><oscal-version>1.1.2</oscal-version></metadata>
      <group id="own"><title>Ownership</title>
        <control id="own-1"><title>Every rule has an owner</title></control>
        <control id="own-2"><title>Old</title><prop name="status" value="withdrawn"/></control>
        <control id="own-3"><title>Owners are trained</title></control></group>
    </catalog>
    """

  @Test func anOSCALCatalogIsAFrameworkWithAMappingOfOnesOwn() throws {
    let scratch = try copy(frameworks: "[house.xml]", then: "mappings: ours\n")
    try scratch.write("in/house.xml", catalog)
    try scratch.write(
      "in/ours/checks/house.yaml",
      """
      framework: house
      version: "2"
      review:
        status: reviewed
        reviewed-by: [{name: dana, role: assessor, date: 2026-09-30}]
      checks:
        - check: RG-OWN-01
          controls:
            - {control: own-1, relation: subset-of, rationale: It asks who owned each rule., condition: A rule is in force.}
      """)
    let outcome = try run(scratch)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let pack = outcome.lastLine
    #expect(try Program.tenure("verify", pack).status == 0)
    let page = try read(pack + "/c/house.html")
    #expect(page.contains("Every rule has an owner") && page.contains("one more control that its publisher withdrew"))
    #expect(page.contains("reviewed by a person") && page.contains("Read by"))
    #expect(try read(pack + "/c/house-own-1.html").contains("Condition: "))
    #expect(try read(pack + "/evidence/pack.xml").contains("OSCAL catalog house: digest"))
    let gaps = try Program.tenure("gaps", pack, "--format", "csv").output.split(separator: "\n")
    #expect(gaps.count == 3)
    #expect(gaps[1].hasPrefix("house,own-1,") && gaps[1].hasSuffix(",own,reviewed,A rule is in force."))
    #expect(gaps[2].contains("no-check"))
    let lint = try Program.tenure(
      "mappings", "lint", "--mappings", scratch.path + "/in/ours", "--catalog", scratch.path + "/in/house.xml")
    #expect(lint.output.contains("house: 2 controls, 1 mapped, 1 pairs"), "\(lint.errors)")
    // The catalog has no place for a reason why own-3 has no check.
    #expect(lint.status == 0 && !lint.errors.contains("own-3"), "\(lint.errors)")
    try scratch.write("in/v3.xml", catalog)
    let named = try Program.tenure(
      "mappings", "lint", "--mappings", scratch.path + "/in/ours", "--catalog", "house=" + scratch.path + "/in/v3.xml")
    #expect(named.status == 0 && named.output.contains("house: 2 controls"), "\(named.errors)")
  }

  @Test func aProfileOfFiveControlsIsAFrameworkOfThese() throws {
    let scratch = try copy(frameworks: "[{path: controls/five.xml, id: five}]", then: "mappings: ours\n")
    try scratch.write("in/controls/house.xml", many)
    try scratch.write(
      "in/controls/five.xml",
      """
      <profile xmlns="http://csrc.nist.gov/ns/oscal/1.0" uuid="6a2a4a7e-5d39-4ef2-8a4c-222222222222">
        <metadata><title>Five of the house</title><last-modified>2026-01-05T00:00:00Z</last-modified>
          <version>1</version><oscal-version>1.2.0</oscal-version></metadata>
        <import href="house.xml">
          <include-controls><with-id>own-1</with-id><with-id>own-4</with-id><matching pattern="log-*"/></include-controls>
          <exclude-controls><with-id>log-2</with-id></exclude-controls>
        </import>
        <merge><as-is>true</as-is></merge>
        <modify><alter control-id="own-4"><add><title>Owners are named in one place</title></add></alter></modify>
      </profile>
      """)
    try scratch.write(
      "in/ours/checks/five.yaml",
      """
      framework: five
      version: "1"
      checks:
        - check: RG-OWN-01
          controls: [{control: own-1, relation: subset-of, rationale: It asks who owned each rule.}]
      """)
    let outcome = try run(scratch)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let pack = outcome.lastLine
    #expect(try Program.tenure("verify", pack).status == 0)
    let gaps = try Program.tenure("gaps", pack, "--format", "csv").output.split(separator: "\n").dropFirst()
    #expect(gaps.map { $0.split(separator: ",")[1] } == ["own-1", "own-4", "log-1", "log-3", "log-4"])
    let page = try read(pack + "/c/five.html")
    #expect(page.contains("Five of the house") && page.contains("Owners are named in one place"))
    #expect(!page.contains("log-2"))
    let parameters = try read(pack + "/evidence/pack.xml")
    #expect(parameters.contains("OSCAL catalog five: digest of controls/house.xml, which it imports"))
    let lint = try Program.tenure(
      "mappings", "lint", "--mappings", scratch.path + "/in/ours", "--catalog", scratch.path + "/in/controls/five.xml")
    #expect(lint.output.contains("five: 5 controls, 1 mapped, 1 pairs"), "\(lint.errors)")
  }

  /// A catalog of two groups of four controls.
  private var many: String {
    let groups = ["own", "log"].map { group in
      "<group id=\"\(group)\"><title>\(group)</title>"
        + (1...4).map { "<control id=\"\(group)-\($0)\"><title>Control \($0) of \(group)</title></control>" }.joined()
        + "</group>"
    }
    return """
      <catalog xmlns="http://csrc.nist.gov/ns/oscal/1.0" uuid="6a2a4a7e-5d39-4ef2-8a4c-111111111111">
        <metadata><title>House rules</title><last-modified>2026-01-05T00:00:00Z</last-modified>
          <version>3.1</version><oscal-version>1.1.2</oscal-version></metadata>\(groups.joined())</catalog>
      """
  }

  @Test func anImportThatIsMissingMakesThePackIncomplete() throws {
    let scratch = try copy(frameworks: "[five.xml]")
    try scratch.write("in/house.xml", many)
    try scratch.write(
      "in/five.xml",
      """
      <profile xmlns="http://csrc.nist.gov/ns/oscal/1.0"><metadata><oscal-version>1.2.0</oscal-version></metadata>
        <import href="house.xml"/><import href="https://example.org/other.xml"/></profile>
      """)
    let outcome = try run(scratch)
    #expect(outcome.status == 3, "\(outcome.errors)")
    #expect(outcome.errors.contains("no path relative to it; nothing is fetched"))
    #expect(try Program.tenure("verify", outcome.lastLine).status == 0)
  }

  @Test func aConditionStandsWhereverItsMappingIsUsed() throws {
    let scratch = try copy(frameworks: "[eu-ai-act, owasp-asi-2026]")
    let pack = try run(scratch).lastLine
    #expect(try Program.tenure("verify", pack).status == 0)
    for page in ["index", "c/index", "c/eu-ai-act", "m/eu-ai-act", "c/eu-ai-act-art.15", "k/rg-own-01"] {
      #expect(try read(pack + "/\(page).html").contains("Only where the system is high-risk"), "\(page)")
    }
    #expect(try !read(pack + "/m/owasp-asi-2026.html").contains("high-risk"))
    let table = try Program.tenure("gaps", pack).output
    #expect(table.contains("  condition of 18 of 24: Only where the system is high-risk; Articles 6 to 27"))
    let fromInputs = try Program.tenure("gaps", "--config", scratch.path + "/in/tenure.yaml", "--format", "csv").output
    let fromPack = try Program.tenure("gaps", pack, "--format", "csv").output
    func condition(_ text: String) -> Substring? {
      text.split(separator: "\n").first { $0.contains(",Art.15,") }?.split(separator: ",").last
    }
    #expect(condition(fromPack)?.contains("2028-08-02") == true && condition(fromPack) == condition(fromInputs))
    let explained = try Program.tenure("explain", "AI Act, Art. 15").output
    #expect(explained.contains(" Condition: Only where the system is high-risk;") && !explained.contains(".."))
  }

  @Test(arguments: [
    ("[nope]", "there is no catalog nope"), ("[nope.xml]", "cannot be opened"),
    ("[house.xml, {path: house.json, id: house}]", "two frameworks have the id house"),
  ])
  func aFrameworkThatIsNotThereEndsTheRun(frameworks: String, expected: String) throws {
    let scratch = try copy(frameworks: frameworks)
    try scratch.write("in/house.xml", catalog)
    let outcome = try run(scratch)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(expected), "\(outcome.errors)")
  }

  @Test func anOverrideIsShownWithWhoAndWhy() throws {
    let scratch = try copy(frameworks: "[owasp-asi-2026]", then: "mappings: ours\n")
    try scratch.write(
      "in/ours/overrides.yaml",
      """
      overrides:
        - check: RG-OWN-02
          framework: owasp-asi-2026
          control: ASI03
          relation: subset-of
          reason: Our keys end with their holder's contract.
          decided-by: dana
          date: 2026-06-30
        - {check: RG-OWN-01, framework: owasp-asi-2026, control: ASI08, remove: true, reason: Nobody is on call., decided-by: noor}
      """)
    let pack = try run(scratch).lastLine
    #expect(try Program.tenure("verify", pack).status == 0)
    for page in ["c/owasp-asi-2026-asi03.html", "k/rg-own-02.html", "scope.html"] {
      let text = try read(pack + "/" + page)
      #expect(
        text.contains("overruled by") && text.contains("dana") && text.contains("end with their holder"), "\(page)")
    }
    #expect(try read(pack + "/c/owasp-asi-2026-asi08.html").contains("no longer taken as evidence"))
    #expect(try !read(pack + "/m/owasp-asi-2026.html").contains("overruled by"))
    let lint = try Program.tenure("mappings", "lint", "--mappings", scratch.path + "/in/ours")
    #expect(lint.status == 0, "\(lint.errors)")
    #expect(lint.output.contains("overruled by dana on 2026-06-30: Our keys end with their holder's contract."))
    for name in ["ASI08", "RG-OWN-01"] {
      let explained = try Program.tenure("explain", name, "--config", scratch.path + "/in/tenure.yaml").output
      #expect(
        explained.contains("RG-OWN-01 no longer maps to ASI08 of owasp-asi-2026: overruled by noor: Nobody is on call.")
      )
    }
  }

  @Test func aDecisionOnScopeHoldsUntilItsEnd() throws {
    let scratch = try copy(
      frameworks: "[owasp-asi-2026]",
      then: """
        out-of-scope:
          - {control: ASI01, decided-by: dana, why: No agents., until: 2027-01-01}
          - {control: ASI02, decided-by: dana, why: No tools., until: 2026-09-01}
          - {control: ASI04, decided-by: dana, why: No suppliers.}
          - {control: ASI05, decided-by: dana, until: soon}
          - {control: ASI06}

        """)
    let outcome = try Program.tenure("gaps", "--config", scratch.path + "/in/tenure.yaml", "--format", "csv")
    let outside = outcome.output.split(separator: "\n").filter { $0.contains(",out-of-scope,") }
    #expect(outside.map { $0.split(separator: ",")[1] } == ["ASI01", "ASI04"])
    #expect(outcome.errors.contains("ended at 2026-09-01, before the period does; the control is judged"))
    #expect(outcome.errors.contains("the decision of dana on ASI04 has no end; it was applied"))
    #expect(outcome.errors.contains("until of the decision on ASI05 is soon"))
    #expect(outcome.errors.contains("lacks control or decided-by"))
  }

  @Test func earlierPeriodsOfTheStoreAreShown() throws {
    let scratch = try copy(frameworks: "[owasp-asi-2026]")
    let alone = try run(scratch, "--period", "2026-09").lastLine
    let before = try files(of: alone)
    #expect(try !read(alone + "/m/owasp-asi-2026.html").contains("id=\"history\""))
    for month in ["2026-07", "2026-08"] { _ = try run(scratch, "--period", month) }
    let pack = try run(scratch, "--period", "2026-09").lastLine
    let page = try read(pack + "/m/owasp-asi-2026.html")
    #expect(page.contains("From earlier runs in this store"))
    let (july, august) = (try #require(page.range(of: "2026-07")), try #require(page.range(of: "2026-08")))
    #expect(july.lowerBound < august.lowerBound)
    #expect(try read(pack + "/c/owasp-asi-2026-asi02.html").contains("id=\"history\""))
    #expect(try Program.tenure("verify", pack).status == 0)
    // Exact data does not depend on what else the store holds.
    let after = try files(of: pack)
    for (name, bytes) in before where name.hasPrefix("data/") { #expect(after[name] == bytes, "\(name)") }
    // A run of the same inputs over the same store gives the same bytes.
    _ = try run(scratch, "--period", "2026-09")
    #expect(try files(of: pack) == after)
  }

  @Test func theTrendStandsInTheStore() throws {
    let scratch = try copy(frameworks: "[owasp-asi-2026]")
    func history(_ format: String) throws -> Program.Outcome {
      try Program.tenure(
        "gaps", "--history", "--config", scratch.path + "/in/tenure.yaml", "--store", scratch.path + "/s.sqlite",
        "--format", format)
    }
    #expect(try history("table").status == 5)
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/s.sqlite"))
    for month in ["2026-08", "2026-07"] { _ = try run(scratch, "--period", month) }
    let rows = try history("csv").output.split(separator: "\n")
    #expect(rows[0].hasPrefix("framework,period,controls,evidenced,contradicted"))
    #expect(
      rows.dropFirst().map { $0.prefix(26) }
        == ["owasp-asi-2026,2026-07,10,", "owasp-asi-2026,2026-08,10,"].map { $0.prefix(26) })
    #expect(try history("table").output.contains("  2026-07  10 controls = "))
    #expect(try events(history("json").output).map { $0["event"] as? String } == ["history", "history", "ended"])
    #expect(try Program.tenure("gaps", "--history", "--unlock").status == 64)
  }

  @Test func withoutAListTheCoreFrameworksAreShown() throws {
    let scratch = try copy(frameworks: "")
    let path = scratch.path + "/in/tenure.yaml"
    try read(path).replacingOccurrences(of: "frameworks: \n", with: "").write(
      toFile: path, atomically: true, encoding: .utf8)
    let rows = try Program.tenure("gaps", "--config", path, "--format", "csv").output.split(separator: "\n").dropFirst()
    #expect(
      Set(rows.map { String($0.prefix { $0 != "," }) }) == ["nist-ai-rmf-1.0", "nist-sp-800-207", "owasp-asi-2026"])
  }
}
