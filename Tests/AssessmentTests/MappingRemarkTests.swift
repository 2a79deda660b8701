import Assessment
import Assets
import EvidenceModel
import TestSupport
import Testing

/// What `tenure mappings lint` says beyond what stops a run.
@Suite struct MappingRemarkTests {
  /// The remarks on the shipped mappings with files laid over them.
  private func remarks(_ files: [String: String]) throws -> [Diagnostic] {
    try withTemporaryFolder { folder in
      for (name, text) in files { try folder.write(text, to: name) }
      let library = MappingLibrary(try AssetLibrary.embedded.overlaid("mappings", with: folder.path))
      #expect(library.diagnostics == [])
      return MappingLint.remarks(library)
    }
  }

  private func catalog(_ controls: String...) -> String {
    "id: own\ntitle: Own\nversion: '1'\npublisher: Us\ncontrols:\n" + controls.map { "  - \($0)\n" }.joined()
  }

  private func mapping(_ entries: String..., rest: String = "") -> String {
    "framework: own\nchecks:\n  - check: RG-OWN-01\n    controls:\n"
      + entries.map { "      - \($0)\n" }.joined() + rest
  }

  private let plain = "{control: A, relation: subset-of, rationale: It asks who owns a rule.}"

  private func shipped(_ name: String) throws -> String {
    String(decoding: try #require(AssetLibrary.embedded.bytes("mappings/" + name)), as: UTF8.self)
  }

  @Test func aControlWithoutACheckSaysWhyAndNoOther() throws {
    let found = try remarks([
      "frameworks/own.yaml": catalog("{id: A, title: A, no-check: No.}", "{id: B, title: B}"),
      "checks/own.yaml": mapping(plain),
    ])
    #expect(found.map(\.id) == ["catalog-no-check", "catalog-no-check"])
    #expect(found.map(\.line) == [6, 7])
    #expect(found.allSatisfy { $0.severity == .warning && $0.file == "mappings/frameworks/own.yaml" })
  }

  @Test func oneSentenceForTwoPairsIsReported() throws {
    let found = try remarks([
      "frameworks/own.yaml": catalog("{id: A, title: A}", "{id: B, title: B}"),
      "checks/own.yaml": mapping(plain, "{control: B, relation: subset-of, rationale: it asks who owns a rule.}"),
    ])
    #expect(found.map(\.id) == ["mapping-shared-rationale"])
    #expect(found.first?.line == 6)
  }

  @Test(arguments: ["makes the rule compliant", "Certified", "it satisfies all", "AUDIT-READY.", "guarantees, in part"])
  func wordsThatNoRecordCanDecideAreReported(words: String) throws {
    let found = try remarks([
      "frameworks/own.yaml": catalog("{id: A, title: A}"),
      "checks/own.yaml": mapping("{control: A, relation: subset-of, rationale: '\(words)'}"),
    ])
    #expect(found.map(\.id) == ["mapping-forbidden-word"])
  }

  @Test func officialTitlesAreLeftAsPublished() throws {
    let catalog = catalog(
      "{id: A, title: Certified parts}", "{id: B, title: Certified parts, title-origin: own-label, no-check: No.}",
      "{id: C, title: C, summary: Asks for what conforms., no-check: Is never certified by logs.}")
    let found = try remarks(["frameworks/own.yaml": catalog, "checks/own.yaml": mapping(plain)])
    #expect(found.map(\.line) == [7, 8, 8])
  }

  @Test func aCheckThatACoreFrameworkLacksIsExplained() throws {
    let text = try shipped("checks/owasp-asi-2026.yaml")
    let unexplained = text.split(separator: "\n").filter { !$0.contains("RG-EVD-01") && !$0.contains("made again") }
      .joined(separator: "\n")
    #expect(
      try remarks(["checks/owasp-asi-2026.yaml": unexplained]).map(\.summary) == [
        "RG-EVD-01 maps to no control of owasp-asi-2026, and nothing says why"
      ])
    let wrong = "  - {check: RG-OWN-01, why: No.}\n  - {check: RG-NOT-99, why: No.}\n"
    #expect(
      try remarks(["checks/owasp-asi-2026.yaml": text + wrong]).map(\.id) == [
        "unmapped-not-so", "unmapped-unknown-check",
      ])
  }

  @Test func everyCheckSaysWhatItCannotShow() {
    let definition = CheckDefinition(
      id: "RG-X-01", title: "T", question: "Q?", method: "M", population: "p", cannotShow: "")
    #expect(MappingLint.blindSpots([definition]).map(\.id) == ["check-without-blind-spot"])
    #expect(MappingLint.blindSpots(Checks.definitions) == [])
  }

  @Test(arguments: [
    (
      "citations:\n  - {written: X, ruling: reads-as, reads-as: [{framework: owasp-asi-2026, control: ASI99}]}\n",
      "citation-unknown-control"
    ),
    ("spellings:\n  - {framework: none, pattern: 'x', becomes: X}\n", "spelling-unknown-framework"),
  ])
  func anAliasThatLeadsNowhereIsReported(text: String, expected: String) throws {
    let found = try remarks(["aliases.yaml": text])
    #expect(found.map(\.id) == [expected])
    #expect(found.first?.line == 2)
  }
}
