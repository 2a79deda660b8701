import Foundation
import Testing
import XMLDocuments

@Suite struct XMLDocumentTests {
  private func problem(_ bytes: [UInt8]) throws -> XMLProblem {
    let problem = try #require(throws: XMLProblem.self) { try XMLDocument(bytes, name: "own.xml") }
    #expect(problem.document == "own.xml")
    #expect(!problem.message.isEmpty)
    return problem
  }

  private func problem(_ text: String) throws -> XMLProblem { try problem(Array(text.utf8)) }

  @Test func elementsAndAttributesAreRead() throws {
    let document = try XMLDocument(Array("<r id=\"x\"><a n=\"1\"/> <b/><a n=\"2\"/></r>".utf8), name: "own.xml")
    let root = try #require(document.root)
    #expect(root.name == "r")
    #expect(root["id"] == "x")
    #expect(root["nope"] == nil)
    #expect(root.children.map(\.name) == ["a", "b", "a"])
    #expect(root.children(named: "a").map { $0["n"] } == ["1", "2"])
    #expect(root.child("c") == nil)
  }

  @Test(arguments: [
    "<!DOCTYPE r><r/>", "<!DOCTYPE r SYSTEM \"http://127.0.0.1:9/x.dtd\"><r/>",
    "<!DOCTYPE r [<!ELEMENT r ANY>]><r/>",
  ])
  func aDocumentTypeIsRefused(text: String) throws {
    #expect(try problem(text).message == "it has a document type, which no evidence document has")
  }

  @Test(arguments: ["file:///etc/passwd", "http://127.0.0.1:9/x", "/etc/passwd"])
  func anExternalEntityIsRefused(address: String) throws {
    _ = try problem("<!DOCTYPE r [<!ENTITY x SYSTEM \"\(address)\">]><r>&x;</r>")
    _ = try problem("<!DOCTYPE r [<!ENTITY % x SYSTEM \"\(address)\"> %x;]><r/>")
  }

  @Test func entitiesThatMultiplyAreRefused() throws {
    var entities = "<!ENTITY e0 \"ha\">"
    for level in 1...20 {
      entities += "<!ENTITY e\(level) \"\(String(repeating: "&e\(level - 1);", count: 10))\">"
    }
    _ = try problem("<!DOCTYPE r [\(entities)]><r>&e20;</r>")
    _ = try problem("<!DOCTYPE r [\(entities)]><r a=\"&e20;\"/>")
  }

  @Test func anEntityThatHoldsItselfIsRefused() throws {
    _ = try problem("<!DOCTYPE r [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]><r>&a;</r>")
  }

  @Test func deepNestingIsRefused() throws {
    let levels = 10_000
    _ = try problem(String(repeating: "<a>", count: levels) + String(repeating: "</a>", count: levels))
  }

  @Test func ordinaryNestingIsRead() throws {
    let text = String(repeating: "<a>", count: 100) + String(repeating: "</a>", count: 100)
    _ = try XMLDocument(Array(text.utf8), name: "own.xml")
  }

  @Test func whatIsTooLargeIsRefused() throws {
    let bytes = [UInt8](repeating: 0x20, count: XMLDocument.largest + 1)
    #expect(try problem(bytes).message == "larger than 20 MB")
  }

  @Test(arguments: [
    [0xFF], [0xC3, 0x28], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x00], [0x0B],
    [0xEF, 0xBF, 0xBE],
  ])
  func badUTF8AndForbiddenCharactersAreRefused(bytes: [Int]) throws {
    _ = try problem(Array("<r>".utf8) + bytes.map { UInt8($0) } + Array("</r>".utf8))
  }

  @Test(arguments: [
    "", " ", "words", "<r>", "<r></s>", "<r/><r/>", "<r a=1/>", "<r>&nope;</r>", "<r>]]></r>", "<r a='<'/>",
  ])
  func whatIsNotWellFormedIsRefused(text: String) throws {
    _ = try problem(text)
  }

  @Test func theProblemNamesItsLine() throws {
    #expect(try problem("<r>\n<a>\n</b></r>").message.contains("line 3"))
  }

  /// Whatever the encoding, a document type is seen.
  @Test(arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian, .utf16, .utf32])
  func aDocumentTypeInAnotherEncodingIsRefused(encoding: String.Encoding) throws {
    let name = encoding == .utf32 ? "UTF-32" : "UTF-16"
    let text =
      "<?xml version=\"1.0\" encoding=\"\(name)\"?><!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r>&x;</r>"
    _ = try problem(Array(try #require(text.data(using: encoding))))
  }

  @Test(arguments: ["UTF-7", "EBCDIC-US", "IBM037", "ISO-2022-JP", "x-user-defined"])
  func aDocumentTypeHiddenByAnEncodingIsRefusedOrStaysText(encoding: String) throws {
    let hidden = "+ADwAIQ-DOCTYPE r +AFsAPAAh-ENTITY x SYSTEM +ACI-file:///etc/hostname+ACI-+AD4AXQA+-"
    let text = "<?xml version=\"1.0\" encoding=\"\(encoding)\"?>\(hidden)<r>+ACY-x;</r>"
    let document = try? XMLDocument(Array(text.utf8), name: "own.xml")
    #expect(document == nil)
    let plain = "<?xml version=\"1.0\" encoding=\"\(encoding)\"?><r>+ADw-script+AD4-</r>"
    let read = try? XMLDocument(Array(plain.utf8), name: "own.xml")
    #expect(read?.root?.children.isEmpty ?? true)
  }

  @Test func hugeTextIsRefused() throws {
    _ = try problem("<r a=\"" + String(repeating: "x", count: 10_100_000) + "\"/>")
    // Of a text in one piece the limit is the document's.
    _ = try problem("<r>" + String(repeating: "x", count: XMLDocument.largest) + "</r>")
  }

  @Test func manyAttributesAreReadOrRefusedInTime() throws {
    let text = "<r" + (0..<20_000).map { " a\($0)=\"\"" }.joined() + "/>"
    _ = try? XMLDocument(Array(text.utf8), name: "own.xml")
  }

  @Test func inclusionsAreLeftAsTheyStand() throws {
    let text = "<r xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"/etc/passwd\" parse=\"text\"/></r>"
    let document = try XMLDocument(Array(text.utf8), name: "own.xml")
    #expect(document.root?.children.map(\.name) == ["include"])
  }
}
