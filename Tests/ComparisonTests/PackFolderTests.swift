import EvidenceModel
import Foundation
import TestSupport
import Testing
import XMLDocuments

@testable import Comparison

/// Packs that somebody damaged, or made to do harm.
@Suite struct PackFolderTests {
  private static let checks =
    "<checks-list xmlns=\"urn:tenure:evidence:1\" id=\"checks\" title=\"Checks\"><check-line id=\"K\" title=\"T\" page=\"../../etc/passwd\" result=\"fail\" population=\"99999999999999999999\" exceptions=\"-4\" cannot-tell=\"x\"/></checks-list>"

  private func index(_ documents: String = "", previous: String = "") -> String {
    """
    <pack xmlns="urn:tenure:evidence:1" from="2026-07-01T00:00:00Z" to="2026-10-01T00:00:00Z" semantics="1">\
    <context organisation="Example" period="2026-Q3" period-text="Q3" tool-version="1" mapping-review="draft"/>\
    <parameters/><totals judged="9223372036854775807" exceptions="9223372036854775807"/>\(previous)\
    <documents>\(documents)</documents></pack>
    """
  }

  private func entry(_ path: String, _ bytes: [UInt8]) -> String {
    "<file path=\"\(path)\" sha256=\"\(Digest(of: bytes))\" bytes=\"\(bytes.count)\" role=\"evidence\"/>"
  }

  /// Writes the documents and a manifest that lists them.
  private func write(_ documents: [(path: String, text: String)], in folder: TemporaryFolder) throws {
    for (path, text) in documents { try folder.write(text, to: path) }
    let entries = documents.map { entry($0.path, Array($0.text.utf8)) }.joined()
    try folder.write("<manifest xmlns=\"urn:tenure:evidence:1\">\(entries)</manifest>", to: "manifest.xml")
  }

  private func refused(_ folder: TemporaryFolder) throws -> Diagnostic {
    try #require(throws: Diagnostic.self) { try PackFolder(folder.path).summary() }
  }

  @Test func aPackIsNamedByTheDigestOfItsManifest() throws {
    try withTemporaryFolder { folder in
      try write([("evidence/pack.xml", index())], in: folder)
      let summary = try PackFolder(folder.path).summary()
      #expect(summary.identity.manifest == Digest(of: try folder.bytes(of: "manifest.xml")))
      #expect(summary.identity.period.name == "2026-Q3")
    }
  }

  @Test func valuesThatAreOutOfAllMeasureAreTamed() throws {
    try withTemporaryFolder { folder in
      let line = "<document path=\"evidence/k/index.xml\" kind=\"checks-list\"/>"
      try write([("evidence/pack.xml", index(line)), ("evidence/k/index.xml", Self.checks)], in: folder)
      let summary = try PackFolder(folder.path).summary()
      let check = try #require(summary.checks.first)
      #expect(check.page == nil)
      #expect(check.outcome == .init(result: .fail, population: 0, exceptions: 0, cannotTell: 0))
      #expect(summary.identity.judged == 100_000_000_000_000)
    }
  }

  /// Lists of more than 20 rows stand in other orders too.
  @Test func aListThatStandsInSeveralOrdersCountsOnce() throws {
    try withTemporaryFolder { folder in
      let lines = ["by-id", "index"].map { "<document path=\"evidence/k/\($0).xml\" kind=\"checks-list\"/>" }.joined()
      try write(
        [
          ("evidence/pack.xml", index(lines)), ("evidence/k/by-id.xml", Self.checks),
          ("evidence/k/index.xml", Self.checks),
        ], in: folder)
      #expect(try PackFolder(folder.path).summary().checks.map(\.id) == ["K"])
    }
  }

  /// An index that names one large document a hundred thousand times would be read for hours.
  @Test func aDocumentThatIsNamedOftenIsReadOnce() throws {
    let line = "<document path=\"evidence/k/index.xml\" kind=\"checks-list\"/>"
    var opened = 0
    let pack = try XMLDocument(Array(index(String(repeating: line, count: 3)).utf8), name: "pack.xml")
    _ = try PackSummaryReader.read(pack, manifest: nil, name: "pack") { (name) throws(Diagnostic) in
      opened += 1
      do throws(XMLProblem) {
        return try XMLDocument(Array(Self.checks.utf8), name: name)
      } catch {
        throw Diagnostic(id: "test", file: name, summary: error.message, nextStep: "")
      }
    }
    #expect(opened == 1)
  }

  @Test func aRuleThatStandsTwiceCountsOnce() throws {
    let change = """
      <change version="v1" kind="changed" direction="looser" effective="2026-08-01T00:00:00Z"/>
      """
    let gap = "<stretch kind=\"gap\" from=\"2026-08-01T00:00:00Z\" to=\"2026-08-02T00:00:00Z\"/>"
    let rule = """
      <rule xmlns="urn:tenure:evidence:1"><definition rule="r"/><tenures>\(gap)\(gap)</tenures>\
      <changes>\(change)\(change)</changes></rule>
      """
    try withTemporaryFolder { folder in
      let lines = ["a", "b"].map { "<document path=\"evidence/r/\($0).xml\" kind=\"rule\"/>" }.joined()
      try write(
        [("evidence/pack.xml", index(lines)), ("evidence/r/a.xml", rule), ("evidence/r/b.xml", rule)], in: folder)
      let rules = try PackFolder(folder.path).summary().rules
      #expect(rules.map(\.id) == ["r"])
      #expect(rules.map(\.gaps.count) == [1])
      #expect(rules.map(\.changes.count) == [1])
    }
  }

  /// A rule's page tells its last changes in full and the others in a line.
  @Test func everyChangeIsReadAndSaysWhatChanged() throws {
    let rule = """
      <rule xmlns="urn:tenure:evidence:1"><definition rule="r"/><changes>\
      <change version="v2" kind="changed" direction="looser" effective="2026-08-01T00:00:00Z" words="Words.">\
      <field name="allowed-jurisdictions" before="EU" after="EU|UK"/><field name="tool" after="crm"/></change>\
      <change-line version="v1" kind="created" direction="looser" effective="2026-07-02T00:00:00Z" words="Words."/>\
      </changes></rule>
      """
    try withTemporaryFolder { folder in
      let line = "<document path=\"evidence/r/r.xml\" kind=\"rule\"/>"
      try write([("evidence/pack.xml", index(line)), ("evidence/r/r.xml", rule)], in: folder)
      #expect(
        try PackFolder(folder.path).summary().rules.flatMap(\.changes).map(\.words) == [
          "allowed-jurisdictions went from EU to EU, UK; tool is now crm.", "New rule. Words.",
        ])
    }
  }

  @Test func anIndexThatLeadsElsewhereIsRefused() throws {
    for path in ["../outside.xml", "/etc/passwd", "evidence/not-listed.xml"] {
      try withTemporaryFolder { folder in
        try write(
          [("evidence/pack.xml", index("<document path=\"\(path)\" kind=\"rule\"/>"))], in: folder)
        #expect(try refused(folder).id == "pack-file-missing")
      }
    }
  }

  @Test func aManifestWithAnUnsafePathIsRefused() throws {
    for path in ["../x.xml", "/etc/passwd", "a//b", "a/./b", "-x", "a b"] {
      try withTemporaryFolder { folder in
        try folder.write(
          "<manifest xmlns=\"urn:tenure:evidence:1\">\(entry(path, []))</manifest>", to: "manifest.xml")
        #expect(try refused(folder).id == "pack-manifest-entry")
      }
    }
  }

  @Test func aChangedDocumentIsRefusedByName() throws {
    try withTemporaryFolder { folder in
      let line = "<document path=\"evidence/k/index.xml\" kind=\"checks-list\"/>"
      try write([("evidence/pack.xml", index(line)), ("evidence/k/index.xml", Self.checks)], in: folder)
      try folder.write(Self.checks.replacing("fail", with: "pass"), to: "evidence/k/index.xml")
      let diagnostic = try refused(folder)
      #expect(diagnostic.id == "pack-file-changed")
      #expect(diagnostic.file.hasSuffix("/evidence/k/index.xml"))
      #expect(diagnostic.nextStep.contains("tenure verify"))
    }
  }

  @Test func aMissingDocumentIsRefused() throws {
    try withTemporaryFolder { folder in
      try write([("evidence/pack.xml", index())], in: folder)
      try folder.remove("evidence/pack.xml")
      #expect(try refused(folder).id == "pack-file-missing")
    }
  }

  @Test func aDocumentTypeIsRefused() throws {
    try withTemporaryFolder { folder in
      let bomb = "<!DOCTYPE pack [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>" + index("&b;")
      try write([("evidence/pack.xml", bomb)], in: folder)
      #expect(try refused(folder).id == "pack-document-invalid")
    }
  }

  @Test func aFileThatIsTooLargeIsNotRead() throws {
    try withTemporaryFolder { folder in
      try folder.write("", to: "manifest.xml")
      let handle = try #require(FileHandle(forWritingAtPath: folder.path("manifest.xml")))
      try handle.truncate(atOffset: 21 << 20)
      try handle.close()
      #expect(try refused(folder).id == "pack-too-large")
    }
  }

  @Test func linksAndPipesAreNotOpened() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("manifest.xml"), withDestinationPath: "/etc/passwd")
      #expect(try refused(folder).id == "pack-special-file")
    }
    try withTemporaryFolder { folder in
      #expect(mkfifo(folder.path("manifest.xml"), 0o600) == 0)
      let diagnostic = try refused(folder)
      #expect(diagnostic.id == "pack-special-file")
    }
    try withTemporaryFolder { folder in
      try write([("evidence/pack.xml", index())], in: folder)
      try FileManager.default.moveItem(atPath: folder.path("evidence"), toPath: folder.path("elsewhere"))
      try FileManager.default.createSymbolicLink(atPath: folder.path("evidence"), withDestinationPath: "elsewhere")
      #expect(try refused(folder).id == "pack-special-file")
    }
  }

  @Test func somethingElseThanAPackIsRefused() throws {
    try withTemporaryFolder { folder in
      #expect(try refused(folder).id == "pack-file-missing")
      try write([("evidence/pack.xml", "<pack/>")], in: folder)
      #expect(try refused(folder).id == "pack-document-invalid")
    }
    let nowhere = try #require(throws: Diagnostic.self) { try PackFolder("/nowhere/at/all") }
    #expect(nowhere.id == "pack-not-a-folder")
  }

  @Test func theChainIsReadAsFarAsItIsTold() throws {
    try withTemporaryFolder { folder in
      let digest = Digest(of: "before")
      let previous =
        "<previous><chain cut=\"true\"><earlier-pack period=\"2026-Q2\" manifest-sha256=\"\(digest)\"/><earlier-pack period=\"x\" manifest-sha256=\"none\"/></chain></previous>"
      try write([("evidence/pack.xml", index(previous: previous))], in: folder)
      let opened = try PackFolder(folder.path)
      #expect(try opened.previousManifest() == digest)
      let summary = try opened.summary()
      #expect(summary.earlier.map(\.manifest) == [digest])
      #expect(summary.earlierIsCut)
    }
  }
}
