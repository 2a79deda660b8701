import Assets
import Foundation
import Testing
import XMLDocuments

/// `docs/oscal.md` is made from the table of properties that the stylesheets read.
@Suite struct OSCALDocumentTests {
  private static let path: String = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url.path + "/docs/oscal.md"
  }()

  private static let marks = (begin: "<!-- properties -->\n", end: "<!-- /properties -->\n")

  private func table() throws -> String {
    let bytes = try #require(AssetLibrary.embedded.bytes("templates/exchange/oscal-properties.xml"))
    let document = try XMLDocument(bytes, name: "oscal-properties.xml")
    let root = try #require(document.root)
    var text =
      "The namespace is `\(root["ns"] ?? "")`.\n\n| property | on | values | meaning |\n| --- | --- | --- | --- |\n"
    for property in root.children {
      text +=
        "| `\(property["name"] ?? "")` | \(property["on"] ?? "") | \(property["values"] ?? "") | \(property.text) |\n"
    }
    return text
  }

  @Test func theDocumentListsEveryPropertyAsTheStylesheetsReadIt() throws {
    let written = try String(contentsOfFile: Self.path, encoding: .utf8)
    let begin = try #require(written.range(of: Self.marks.begin))
    let end = try #require(written.range(of: Self.marks.end))
    let expected = written[..<begin.upperBound] + (try table()) + written[end.lowerBound...]
    if ProcessInfo.processInfo.environment["TENURE_ACCEPT"] != nil {
      try Data(expected.utf8).write(to: URL(fileURLWithPath: Self.path))
      return
    }
    #expect(written == expected, "`make accept` writes it anew")
  }

  /// Those that are only read, out of component definitions, are written nowhere.
  @Test func everyPropertyIsWrittenOrOnlyRead() throws {
    let library = AssetLibrary.embedded
    let stylesheets = library.paths(under: "templates/exchange/oscal").filter { $0.hasSuffix(".xsl") }
      .map { String(decoding: library.bytes($0) ?? [], as: UTF8.self) }.joined()
    let bytes = try #require(library.bytes("templates/exchange/oscal-properties.xml"))
    let document = try XMLDocument(bytes, name: "oscal-properties.xml")
    for property in document.root?.children ?? [] {
      let name = try #require(property["name"])
      let isWritten = stylesheets.contains(try Regex("['@]\(name)(?![a-z-])"))
      #expect(isWritten == (property["read"] != "only"), "\(name)")
    }
  }
}
