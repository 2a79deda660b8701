import Assets
import Testing
import XMLDocuments

@Suite struct EvidenceSchemaTests {
  private func schema() throws -> EvidenceSchema {
    try EvidenceSchema(try #require(AssetLibrary.embedded.bytes("templates/evidence.xsd")))
  }

  private func problem(_ text: String) throws -> XMLProblem {
    let document = try XMLDocument(Array(text.utf8), name: "own.xml")
    let schema = try schema()
    return try #require(throws: XMLProblem.self) { try schema.validate(document) }
  }

  @Test func theFirstFaultIsNamedWithItsLine() throws {
    let problem = try problem(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <check xmlns="urn:tenure:evidence:1">
       <unforeseen/>
       <another/>
      </check>
      """)
    #expect(problem.document == "own.xml")
    #expect(problem.line == 2 || problem.line == 3)
    #expect(!problem.message.contains("\n"))
    #expect(problem.message.contains("urn:tenure:evidence:1"))
  }

  @Test func anotherNamespaceIsRefused() throws {
    let problem = try problem("<check/>")
    #expect(problem.line == 1)
    #expect(problem.message.contains("check"))
  }

  @Test func anUnknownRootIsRefused() throws {
    #expect(try problem("<nope xmlns=\"urn:tenure:evidence:1\"/>").message.contains("nope"))
  }

  @Test(arguments: ["", "<r/>", "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element/></xs:schema>"])
  func whatIsNoSchemaIsRefused(text: String) throws {
    #expect(throws: XMLProblem.self) { try EvidenceSchema(Array(text.utf8)) }
  }

  @Test func aSchemaCannotReachOutside() throws {
    let own = """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
      <xs:include schemaLocation="file:///etc/passwd"/><xs:element name="r"/>
      </xs:schema>
      """
    #expect(throws: XMLProblem.self) { try EvidenceSchema(Array(own.utf8)) }
  }
}
