import Assessment
import Assets
import EvidenceModel
import TestSupport
import Testing

@Suite struct MappingLibraryTests {
  /// The shipped mappings with files laid over them.
  private func library(_ files: [String: String]) throws -> MappingLibrary {
    try withTemporaryFolder { folder in
      for (name, text) in files { try folder.write(text, to: name) }
      return MappingLibrary(try AssetLibrary.embedded.overlaid("mappings", with: folder.path))
    }
  }

  private func shipped(_ name: String) throws -> String {
    String(decoding: try #require(AssetLibrary.embedded.bytes("mappings/" + name)), as: UTF8.self)
  }

  /// A catalog of two controls that no check maps to.
  private static let catalog = """
    id: own
    title: Our own rules
    version: "1"
    publisher: Us
    controls:
      - {id: O, title: All, group: true}
      - {id: O-1, parent: O, title: First, no-check: Not about routing.}
      - {id: O-2, parent: O, title: Second, no-check: Not about routing.}

    """

  @Test func whatIsShippedHasNoFault() {
    let library = MappingLibrary(.embedded)
    #expect(library.diagnostics == [])
    #expect(library.frameworks.map(\.id) == ["nist-ai-rmf-1.0", "nist-sp-800-207", "owasp-asi-2026"])
    #expect(library.review == "draft")
    #expect(library.digest == MappingLibrary(.embedded).digest)
  }

  @Test func aCatalogCanBeAdded() throws {
    let library = try library(["frameworks/own.yaml": Self.catalog])
    #expect(library.diagnostics == [])
    let own = try #require(library.frameworks.first { $0.id == "own" })
    #expect(own.shortTitle == "Our own rules")
    #expect(own.controls.map(\.id) == ["O", "O-1", "O-2"])
    #expect(own.controls.map(\.isGroup) == [true, false, false])
    #expect(library.digest != MappingLibrary(.embedded).digest)
  }

  @Test(arguments: [
    ("control: GOVERN 9.9", "mapping-unknown-control"),
    ("control: GOVERN", "mapping-to-group"),
    ("relation: resembles", "mapping-unknown-relation"),
    ("rationale: ''", "mapping-without-rationale"),
    ("effect: [prevents]", "mapping-unknown-effect"),
    ("framework: iso-0", "mapping-unknown-framework"),
  ])
  func aFaultyMappingIsReported(fault: String, expected: String) throws {
    var members = [
      "framework": "nist-ai-rmf-1.0", "control": "GOVERN 6.1", "relation": "subset-of", "rationale": "Because.",
    ]
    let parts = fault.split(separator: ":", maxSplits: 1)
    members[String(parts[0])] = parts[1].trimmingPrefix(" ").description
    let entry = members.map { "\($0.key): \($0.value)" }.sorted().joined(separator: "\n        ")
    let library = try library(["checks.yaml": try shipped("checks.yaml") + "      - \(entry)\n"])
    #expect(library.diagnostics.map(\.id).contains(expected))
    #expect(library.diagnostics.allSatisfy { !$0.nextStep.isEmpty })
  }

  @Test func aMappingThatStandsTwiceIsReported() throws {
    let twice = """
            - framework: nist-ai-rmf-1.0
              control: MEASURE 2.1
              relation: subset-of
              rationale: Once more.

      """
    let library = try library(["checks.yaml": try shipped("checks.yaml") + twice])
    #expect(library.diagnostics.map(\.id) == ["mapping-twice"])
  }

  @Test func anUnknownCheckIsReported() throws {
    let library = try library(["checks.yaml": try shipped("checks.yaml") + "  - id: RG-NOT-99\n    controls: []\n"])
    #expect(!library.diagnostics.map(\.id).contains("mapping-check-without-id"))
    let entry =
      "  - id: RG-NOT-99\n    controls:\n      - {framework: nist-ai-rmf-1.0, control: GOVERN 2.1, "
      + "relation: subset-of, rationale: Because.}\n"
    let mapped = try self.library(["checks.yaml": try shipped("checks.yaml") + entry])
    #expect(mapped.diagnostics.map(\.id) == ["mapping-unknown-check"])
  }

  @Test func aCheckWithoutAnIdIsReportedWithItsLine() throws {
    let text = try shipped("checks.yaml")
    let library = try library(["checks.yaml": text + "  - controls: []\n"])
    let diagnostic = try #require(library.diagnostics.first)
    #expect(diagnostic.id == "mapping-check-without-id")
    #expect(diagnostic.line == text.split(separator: "\n", omittingEmptySubsequences: false).count)
  }

  @Test func aCheckThatMapsToNothingIsReported() throws {
    let library = try library(["checks.yaml": "id: x\nversion: '1'\nchecks: []\n"])
    #expect(library.diagnostics.count { $0.id == "mapping-check-unmapped" } == Checks.definitions.count)
  }

  @Test(arguments: [
    ("  - {id: O-1, title: Again, no-check: No.}\n", "catalog-control-twice"),
    ("  - {id: O-3, parent: P, title: Orphan, no-check: No.}\n", "catalog-unknown-parent"),
    ("  - {id: O-3, title: Silent}\n", "catalog-no-check"),
    ("  - {id: O-3}\n", "catalog-control-incomplete"),
  ])
  func aFaultyCatalogIsReported(line: String, expected: String) throws {
    let library = try library(["frameworks/own.yaml": Self.catalog + line])
    #expect(library.diagnostics.map(\.id) == [expected])
  }

  @Test func aCatalogWithoutVersionIsReported() throws {
    let text = Self.catalog.split(separator: "\n").filter { !$0.hasPrefix("version") }.joined(separator: "\n")
    #expect(try library(["frameworks/own.yaml": text]).diagnostics.map(\.id) == ["catalog-key-missing"])
  }

  @Test func aControlThatIsMappedAndSaysNoCheckIsReported() throws {
    let entry = "      - {framework: own, control: O-1, relation: subset-of, rationale: Because.}\n"
    let library = try library([
      "frameworks/own.yaml": Self.catalog, "checks.yaml": try shipped("checks.yaml") + entry,
    ])
    #expect(library.diagnostics.map(\.summary) == ["O-1 is mapped and says no-check"])
  }

  @Test func textThatIsNoYAMLIsReportedWithItsLine() throws {
    let library = try library(["frameworks/own.yaml": "id: own\ntitle: [\n"])
    let diagnostic = try #require(library.diagnostics.first)
    #expect(diagnostic.file == "mappings/frameworks/own.yaml")
    #expect(diagnostic.line != nil)
  }

  @Test(arguments: [
    ("citations:\n  - {written: X, ruling: maybe, why: No.}\n", "citation-without-ruling"),
    ("citations:\n  - {written: X, ruling: reads-as, why: No.}\n", "citation-without-ruling"),
    (
      "citations:\n  - {written: X, ruling: reads-as, reads-as: [{framework: owasp-asi-2026, control: ASI99}]}\n",
      "citation-unknown-control"
    ),
    ("spellings:\n  - {framework: owasp-asi-2026, pattern: '(', becomes: X}\n", "spelling-bad-pattern"),
  ])
  func aFaultyAliasIsReported(text: String, expected: String) throws {
    #expect(try library(["aliases.yaml": text]).diagnostics.map(\.id) == [expected])
  }

  // MARK: Citations

  private func resolve(_ written: String) -> (controls: [String], ruling: String?) {
    let resolution = MappingLibrary(.embedded).resolve(written)
    return (resolution.references.map(\.control), resolution.ruling?.ruling)
  }

  @Test func anIdNamesItsControl() {
    #expect(resolve("GOVERN 1.1") == (["GOVERN 1.1"], nil))
    #expect(resolve("ASI02") == (["ASI02"], nil))
  }

  @Test func whatReadersCiteNamesTheControl() {
    #expect(resolve("SP 800-207, section 2.1, tenet 3") == (["ZT-T3"], nil))
  }

  @Test(arguments: [
    ("GV-1.1", "GOVERN 1.1"), ("MP-2.1", "MAP 2.1"), ("MS-2.13", "MEASURE 2.13"), ("MG-2.4", "MANAGE 2.4"),
    ("GV-2", "GOVERN 2"), ("NIST SP 800-207 section 2.1 tenet 7", "ZT-T7"),
  ])
  func anotherSpellingIsReadAndSaidToBe(written: String, control: String) {
    #expect(resolve(written) == ([control], "reads-as"))
  }

  @Test(arguments: ["GV-9.9", "GV-1.1 ", "gv-1.1", "XGV-1.1", "GV-1.99"])
  func aSpellingOfNothingNamesNothing(written: String) {
    #expect(resolve(written) == ([], nil))
  }

  @Test func aCitationThatPeopleUseIsReadByARuling() {
    #expect(resolve("OWASP Agentic AI Top 10 | A2") == (["ASI02"], "reads-as"))
    #expect(resolve("SP 800-207 | PR.AC-4") == (["ZT-T3", "ZT-T4", "ZT-T6"], "reads-as"))
  }

  @Test(arguments: [("ASI11", "not-an-id"), ("LLM03", "ambiguous"), ("AI RMF 2.0", "does-not-exist")])
  func aCitationOfNothingIsRuledOn(written: String, ruling: String) {
    #expect(resolve(written) == ([], ruling))
  }

  @Test func anUnknownCitationNamesNothing() {
    #expect(resolve("ISO 42001 | A.6") == ([], nil))
    #expect(resolve("") == ([], nil))
  }
}
