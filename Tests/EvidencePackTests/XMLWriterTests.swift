import Testing
import XMLDocuments

@testable import EvidencePack

@Suite struct XMLWriterTests {
  private func written(_ text: String) -> String {
    var xml = XMLWriter()
    xml.root("r", []) { $0.text("t", text, ["a": text]) }
    return String(decoding: xml.bytes, as: UTF8.self)
  }

  /// The attribute, as a reader of the document gets it.
  private func readBack(_ text: String) throws -> String? {
    let document = try XMLDocument(Array(written(text).utf8), name: "test")
    return document.root?.child("t")?["a"]
  }

  @Test func aDocumentIsIndentedAndNamesItsNamespace() {
    var xml = XMLWriter()
    xml.root("r", [["id": "x", "gone": nil]]) { xml in
      xml.element("outer", ["n": "1"]) { xml in
        xml.element("empty")
        xml.text("t", "words")
      }
    }
    #expect(
      String(decoding: xml.bytes, as: UTF8.self) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <r xmlns="urn:tenure:evidence:1" id="x">
         <outer n="1">
          <empty/>
          <t>words</t>
         </outer>
        </r>

        """)
  }

  @Test func markupIsEscaped() {
    #expect(written("<a href=\"x\">&amp;").contains(">&lt;a href=\"x\"&gt;&amp;amp;</t>"))
    #expect(written("<\"&>").contains("a=\"&lt;&quot;&amp;&gt;\""))
    #expect(written("]]>").contains(">]]&gt;</t>"))
  }

  @Test(arguments: [
    "a\tb", "a\nb", "a\rb", "a\r\nb", " a  b ", "]]>", "\"'<>&", "é e\u{301} 🧭", "&#0;", "\u{7F}\u{85}",
  ])
  func attributesComeBackAsTheyWere(text: String) throws {
    let read = try #require(try readBack(text))
    #expect(Array(read.utf8) == Array(text.utf8))
  }

  @Test func controlCharactersAreShownByTheirPictures() throws {
    #expect(try readBack("a\u{0}b\u{1B}c\u{1F}") == "a\u{2400}b\u{241B}c\u{241F}")
  }

  @Test func whatXMLCannotHoldIsReplaced() throws {
    #expect(try readBack("\u{FFFE}|\u{FFFF}") == "\u{FFFD}|\u{FFFD}")
  }

  @Test func everyScalarUpToTheEndOfTheFirstPlaneIsWellFormed() throws {
    var text = ""
    for value in UInt32(0)...0xFFFF { if let scalar = UnicodeScalar(value) { text.unicodeScalars.append(scalar) } }
    _ = try XMLDocument(Array(written(text).utf8), name: "all")
  }

  @Test func lineFeedsInTextStay() {
    #expect(written("a\n\tb").contains(">a\n\tb</t>"))
    #expect(written("a\n\tb").contains("a=\"a&#10;&#9;b\""))
    #expect(written("a\r\nb").contains(">a&#13;\nb</t>"))
  }
}
