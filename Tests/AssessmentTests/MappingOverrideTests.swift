import Assessment
import Assets
import EvidenceModel
import TestSupport
import Testing

@Suite struct MappingOverrideTests {
  private func library(
    _ overrides: String, frameworks: MappingLibrary.Selection = .all
  ) throws -> MappingLibrary {
    try withTemporaryFolder { folder in
      try folder.write("overrides:\n" + overrides, to: "overrides.yaml")
      return MappingLibrary(
        try AssetLibrary.embedded.overlaid("mappings", with: folder.path), frameworks: frameworks)
    }
  }

  private let pair = "check: RG-OWN-02, framework: owasp-asi-2026, control: ASI03"
  private let decided = "reason: We revoke keys otherwise., decided-by: dana, date: 2026-08-01"

  private func mapping(_ library: MappingLibrary, _ control: String = "ASI03") -> Mapping? {
    library.mappings.first { $0.check == "RG-OWN-02" && $0.control == control }
  }

  @Test func aRelationIsOverruledWithAReason() throws {
    let before = try #require(mapping(MappingLibrary(.embedded)))
    let library = try library("  - {\(pair), relation: subset-of, \(decided)}\n")
    #expect(library.diagnostics == [])
    #expect(mapping(library)?.relation == "subset-of")
    #expect(mapping(library)?.rationale == before.rationale)
    let override = try #require(library.overrides.first)
    #expect(override.change == .changed && override.before == before.relation && override.relation == "subset-of")
    #expect(override.decidedBy == "dana" && override.date == "2026-08-01")
    #expect(override.place.description == "mappings/overrides.yaml:2")
  }

  @Test func aRemovedPairIsNoEvidenceAndTheControlSaysSo() throws {
    let library = try library("  - {\(pair), remove: true, \(decided)}\n")
    #expect(mapping(library) == nil)
    #expect(library.overrides.map(\.change) == [.removed])
    #expect(MappingLint.remarks(library) == [])
  }

  @Test func aControlThatLosesItsLastCheckSaysWhoTookIt() throws {
    var library = MappingLibrary(.embedded, frameworks: .named(["owasp-asi-2026"]))
    library.mappings = []
    library.overrides = [
      MappingOverride(
        check: "RG-OWN-02", framework: "owasp-asi-2026", control: "ASI03", change: .removed, relation: nil,
        before: "subset-of", reason: "No keys here.", decidedBy: "dana", date: nil,
        place: RegisterPlace(source: "o", line: 1))
    ]
    let coverage = Coverage(library, frameworks: ["owasp-asi-2026"], outcomes: [], outOfScope: [])
    let control = coverage.assessments["owasp-asi-2026"]?.first { $0.control.id == "ASI03" }
    #expect(control?.state == .noCheck)
    #expect(control?.gap == "Overruled by dana: No keys here.")
  }

  @Test func aPairCanBeAdded() throws {
    let library = try library(
      "  - {check: RG-OWN-02, framework: owasp-asi-2026, control: ASI01, relation: intersects-with, rationale: Ours., \(decided)}\n"
    )
    #expect(library.diagnostics == [])
    #expect(mapping(library, "ASI01")?.rationale == "Ours.")
    #expect(library.overrides.map(\.change) == [.added])
    #expect(MappingLint.remarks(library) == [])
  }

  @Test(arguments: [
    ("{PAIR, relation: subset-of, decided-by: dana}", "override-incomplete"),
    ("{PAIR, relation: subset-of, reason: Because.}", "override-incomplete"),
    ("{PAIR, reason: Because., decided-by: dana}", "override-unclear"),
    ("{PAIR, relation: subset-of, remove: true, reason: Because., decided-by: dana}", "override-unclear"),
    ("{PAIR, relation: subset-of, reason: Because., decided-by: dana, date: soon}", "override-unclear"),
    (
      "{check: RG-OWN-02, framework: owasp-asi-2026, control: ASI01, remove: true, reason: R., decided-by: dana}",
      "override-of-nothing"
    ),
    (
      "{check: RG-OWN-02, framework: none, control: X, relation: subset-of, reason: R., decided-by: dana}",
      "override-of-nothing"
    ),
  ])
  func anOverrideThatSaysTooLittleChangesNothing(entry: String, expected: String) throws {
    let library = try library("  - \(entry.replacing("PAIR", with: pair))\n")
    #expect(library.diagnostics.map(\.id) == [expected])
    #expect(library.diagnostics.first?.line == 2)
    #expect(library.mappings == MappingLibrary(.embedded).mappings)
  }

  @Test func anAddedPairNeedsARationale() throws {
    let added = "check: RG-OWN-02, framework: owasp-asi-2026, control: ASI01, relation: subset-of"
    #expect(try library("  - {\(added), \(decided)}\n").diagnostics.map(\.id) == ["mapping-without-rationale"])
  }

  @Test func whatIsSaidOfOtherFrameworksIsOfNoConcern() throws {
    let library = try library(
      "  - {\(pair), remove: true, \(decided)}\n", frameworks: .named(["nist-ai-rmf-1.0"]))
    #expect(library.diagnostics == [])
    #expect(library.overrides == [])
  }

  @Test func theNumberOfOverridesIsBounded() throws {
    let entry = "  - {\(pair), relation: subset-of, \(decided)}\n"
    let library = try library(String(repeating: entry, count: 1003))
    #expect(library.overrides.count == 1000)
    #expect(library.diagnostics.map(\.id) == ["overrides-too-many"])
    #expect(library.diagnostics.first?.line == 1002)
  }
}
