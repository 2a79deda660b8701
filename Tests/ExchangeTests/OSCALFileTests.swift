import Testing
import XMLDocuments

@testable import Exchange

@Suite struct OSCALFileTests {
  private func json(_ body: String, root: String = "assessment-results") throws -> String {
    let xml = "<\(root) xmlns=\"http://csrc.nist.gov/ns/oscal/1.0\" uuid=\"u\">\(body)</\(root)>"
    let document = try OSCALFile.document(Array(xml.utf8), name: "test.xml")
    let text = String(decoding: try OSCALFile.json(document), as: UTF8.self)
    return text.split(separator: "\n").map { $0.trimmingPrefix(while: { $0 == " " }) }.joined()
  }

  @Test func repeatedElementsAreListsAndSingleOnesAreNot() throws {
    #expect(
      try json("<metadata><title>T</title><prop name=\"a\" value=\"1\"/><prop name=\"b\" value=\"2\"/></metadata>")
        == #"{"assessment-results": {"uuid": "u","metadata": {"title": "T","props": [{"name": "a","value": "1"},{"name": "b","value": "2"}]}}}"#
    )
  }

  @Test func oneElementOfAListIsAListToo() throws {
    #expect(
      try json("<result><risk><status>open</status></risk></result>").contains(
        #""results": [{"risks": [{"status": "open"}]}]"#))
  }

  @Test func aTargetIsAListInAMapAlone() throws {
    #expect(
      try json("<mapping><map><target id-ref=\"x\"/></map></mapping>", root: "mapping-collection").contains(
        #""targets": [{"id-ref": "x"}]"#))
    #expect(
      try json("<result><finding><target><status state=\"satisfied\"/></target></finding></result>").contains(
        #""target": {"status": {"state": "satisfied"}}"#))
  }

  @Test func paragraphsBecomeMarkdown() throws {
    #expect(
      try json("<result><description><p>One *star*</p><p># two</p></description></result>").contains(
        ##""description": "One \\*star\\*\n\n\\# two""##))
    #expect(
      try json("<control id=\"c\"><part name=\"statement\"><p>Do.</p></part></control>", root: "catalog").contains(
        #""parts": [{"name": "statement","prose": "Do."}]"#))
  }

  @Test func aHashKeepsItsAlgorithmAndItsText() throws {
    #expect(
      try json("<back-matter><resource><rlink><hash algorithm=\"SHA-256\">ab</hash></rlink></resource></back-matter>")
        .contains(#""hashes": [{"algorithm": "SHA-256","value": "ab"}]"#))
  }

  @Test func whatHasNoFormInJSONIsNotLostSilently() {
    #expect(throws: XMLProblem.self) { try json("<surprise/>") }
    #expect(throws: XMLProblem.self) { try json("<metadata/><metadata/>") }
    #expect(throws: XMLProblem.self) { try OSCALFile.json(OSCALFile.document(Array("<x/>".utf8), name: "x")) }
  }

  @Test func endlessNestingEndsInAnError() {
    let groups = String(repeating: "<group>", count: 200) + String(repeating: "</group>", count: 200)
    #expect(throws: XMLProblem.self) { try json(groups, root: "catalog") }
  }

  @Test func aStringOfJSONHoldsAnything() throws {
    #expect(
      try json("<metadata><title>a\"\\&#9;&#127;\u{2028}</title></metadata>").contains(#""a\\\"\\\\\u0009\u007f"#))
  }
}
