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

  /// A mapping of one pair to the catalog above, with other lines in place of its own where given.
  private func mapping(_ lines: [String: String] = [:], to framework: String = "own") -> String {
    let entry = ["control: O-1", "relation: subset-of", "rationale: Because."].map { line in
      lines[String(line.prefix { $0 != ":" })].map { "\(line.prefix { $0 != ":" }): \($0)" } ?? line
    }
    let rest = lines.filter { !["control", "relation", "rationale", "check"].contains($0.key) }
      .map { "\($0.key): \($0.value)" }.sorted()
    return """
      framework: \(framework)
      version: "7"
      checks:
        - check: \(lines["check"] ?? "RG-OWN-01")
          controls:
            - \((entry + rest).joined(separator: "\n        "))

      """
  }

  private func own(_ mapping: String, catalog: String = catalog, then files: [String: String] = [:]) throws
    -> MappingLibrary
  {
    try library(["frameworks/own.yaml": catalog, "checks/own.yaml": mapping].merging(files) { $1 })
  }

  @Test func whatIsShippedHasNoFault() {
    let library = MappingLibrary(.embedded)
    #expect(library.diagnostics == [])
    #expect(MappingLint.remarks(library) == [])
    #expect(library.digest == MappingLibrary(.embedded).digest)
  }

  // MARK: What is read

  @Test func theCoreIsThreeFrameworks() {
    let library = MappingLibrary(.embedded, frameworks: .core)
    #expect(library.frameworks.map(\.id) == ["nist-ai-rmf-1.0", "nist-sp-800-207", "owasp-asi-2026"])
    #expect(library.frameworks.count { $0.isCore } == 3)
    #expect(Set(library.mappings.map(\.framework)) == Set(library.frameworks.map(\.id)))
  }

  @Test func onlyWhatIsNamedIsReadInTheOrderNamed() {
    let library = MappingLibrary(.embedded, frameworks: .named(["owasp-asi-2026", "nist-ai-rmf-1.0", "none"]))
    #expect(library.frameworks.map(\.id) == ["owasp-asi-2026", "nist-ai-rmf-1.0"])
    #expect(library.diagnostics == [])
    #expect(!library.mappings.contains { $0.framework == "nist-sp-800-207" })
    #expect(library.digest != MappingLibrary(.embedded).digest)
  }

  @Test func aCatalogCanBeAdded() throws {
    let library = try library(["frameworks/own.yaml": Self.catalog])
    #expect(library.diagnostics == [])
    let own = try #require(library.frameworks.first { $0.id == "own" })
    #expect(own.shortTitle == "Our own rules")
    #expect(own.controls.map(\.id) == ["O", "O-1", "O-2"])
    #expect(own.controls.map(\.isGroup) == [true, false, false])
    #expect(library.digest != MappingLibrary(.embedded).digest)
    #expect(library.review(of: "own").status == .none)
  }

  @Test func aCatalogMayBeCalledOtherwiseThanItsFile() throws {
    try withTemporaryFolder { folder in
      try folder.write(Self.catalog, to: "frameworks/policies.yaml")
      try folder.write(mapping(), to: "checks/house.yaml")
      let assets = try AssetLibrary.embedded.overlaid("mappings", with: folder.path)
      let library = MappingLibrary(assets, frameworks: .named(["own"]))
      #expect(library.frameworks.map(\.id) == ["own"])
      #expect(library.mappings.map(\.control) == ["O-1"])
      #expect(MappingLibrary(assets, frameworks: .core).mappings.allSatisfy { $0.framework != "own" })
    }
  }

  // MARK: Faults

  @Test(arguments: [
    ("control", "O-9", "mapping-unknown-control"), ("control", "O", "mapping-to-group"),
    ("relation", "resembles", "mapping-unknown-relation"), ("relation", "''", "mapping-unknown-relation"),
    ("relation", "equivalent-to", "mapping-relation-too-strong"),
    ("relation", "superset-of", "mapping-relation-too-strong"),
    ("rationale", "''", "mapping-without-rationale"), ("effect", "[prevents]", "mapping-unknown-effect"),
    ("check", "RG-NOT-99", "mapping-unknown-check"),
  ])
  func aFaultyMappingIsReportedWithItsPlace(key: String, value: String, expected: String) throws {
    let diagnostics = try own(mapping([key: value])).diagnostics
    #expect(diagnostics.map(\.id) == [expected])
    #expect(diagnostics.allSatisfy { $0.file == "mappings/checks/own.yaml" && $0.line == 6 && !$0.nextStep.isEmpty })
  }

  @Test func aMappingOfNoFrameworkIsReported() throws {
    #expect(try own(mapping(to: "iso-0")).diagnostics.map(\.id) == ["mapping-unknown-framework"])
    #expect(try own("checks: []\n").diagnostics.map(\.id) == ["mapping-without-framework"])
  }

  @Test func aMappingThatStandsTwiceIsReported() throws {
    let twice = mapping() + "      - {control: O-1, relation: intersects-with, rationale: Once more.}\n"
    #expect(try own(twice).diagnostics.map(\.id) == ["mapping-twice"])
  }

  @Test func aCheckWithoutAnIdIsReportedWithItsLine() throws {
    let diagnostics = try own(mapping() + "  - controls: []\n").diagnostics
    #expect(diagnostics.map(\.id) == ["mapping-check-without-id"])
    #expect(diagnostics.first?.line == 9)
  }

  @Test(arguments: [
    ("  - {id: O-1, title: Again, no-check: No.}\n", "catalog-control-twice"),
    ("  - {id: O-3, parent: P, title: Orphan, no-check: No.}\n", "catalog-unknown-parent"),
    ("  - {id: O-3, parent: O-3, title: Its own, no-check: No.}\n", "catalog-unknown-parent"),
    ("  - {id: O-3}\n", "catalog-control-incomplete"),
  ])
  func aFaultyCatalogIsReportedWithItsLine(line: String, expected: String) throws {
    let library = try library(["frameworks/own.yaml": Self.catalog + line])
    #expect(library.diagnostics.map(\.id) == [expected])
    #expect(library.diagnostics.first?.line == 9)
  }

  @Test func aCatalogWithoutVersionIsReported() throws {
    let text = Self.catalog.split(separator: "\n").filter { !$0.hasPrefix("version") }.joined(separator: "\n")
    #expect(try library(["frameworks/own.yaml": text]).diagnostics.map(\.id) == ["catalog-key-missing"])
  }

  @Test func twoCatalogsOfOneIdAreReported() throws {
    let library = try library(["frameworks/own.yaml": Self.catalog, "frameworks/own2.yaml": Self.catalog])
    #expect(library.diagnostics.map(\.id) == ["catalog-twice"])
  }

  @Test(arguments: ["id: own\ntitle: [\n", "\u{0}"])
  func textThatIsNoYAMLIsReported(text: String) throws {
    let diagnostic = try #require(try library(["frameworks/own.yaml": text]).diagnostics.first)
    #expect(diagnostic.file == "mappings/frameworks/own.yaml")
  }

  // MARK: Review

  private func reviewed(_ review: String) throws -> MappingLibrary {
    try own(mapping().replacing("version: \"7\"", with: "version: \"7\"\nreview: \(review)"))
  }

  @Test func aMappingSaysWhoReadIt() throws {
    let library = try reviewed("{status: reviewed, reviewed-by: [{name: dana, role: assessor, date: 2026-11-02}]}")
    let review = library.review(of: "own")
    #expect(library.diagnostics == [])
    #expect(review.status == .reviewed && review.version == "7")
    #expect(review.reviewers == [.init(name: "dana", role: "assessor", date: "2026-11-02")])
    #expect(library.review(of: ["own"]) == "reviewed")
    #expect(library.review(of: ["own", "owasp-asi-2026"]) == "mixed")
    #expect(library.review(of: []) == "none")
  }

  @Test(arguments: [
    ("{status: reviewed, reviewed-by: []}", ["review-incomplete"]),
    ("{status: reviewed, reviewed-by: [{name: dana}]}", ["review-incomplete", "review-incomplete"]),
    ("{status: reviewed, reviewed-by: [{name: dana, date: soon}]}", ["review-incomplete", "review-incomplete"]),
    ("{status: approved}", ["review-unknown-status"]),
  ])
  func aReviewWithoutNameAndDateIsNoReview(review: String, expected: [String]) throws {
    let library = try reviewed(review)
    #expect(library.diagnostics.map(\.id) == expected)
    #expect(library.review(of: "own").status == .draft)
  }

  @Test(arguments: [
    ("citations:\n  - {written: X, ruling: maybe, why: No.}\n", "citation-without-ruling"),
    ("citations:\n  - {written: X, ruling: reads-as, why: No.}\n", "citation-without-ruling"),
    ("spellings:\n  - {framework: owasp-asi-2026, pattern: '(', becomes: X}\n", "spelling-bad-pattern"),
  ])
  func aFaultyAliasIsReported(text: String, expected: String) throws {
    let library = try library(["aliases.yaml": text])
    #expect(library.diagnostics.map(\.id) == [expected])
    #expect(library.diagnostics.first?.line == 2)
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
