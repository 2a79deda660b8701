import Testing
import XMLDocuments

@testable import Exchange

/// Every fault here passes NIST's XML schemas, or compliance-trestle, or both.
@Suite struct OSCALChecksTests {
  private static let sound = """
    <assessment-results xmlns="http://csrc.nist.gov/ns/oscal/1.0" uuid="1">
    <metadata><party uuid="p" type="person"/><responsible-party><party-uuid>p</party-uuid></responsible-party></metadata>
    <import-ap href="#r"/>
    <result uuid="2"><start>2026-07-01T00:00:00Z</start><end>2026-07-01T00:00:00.500000Z</end>
    <observation uuid="o"><method>EXAMINE</method></observation>
    <risk uuid="k"><status>open</status></risk>
    <finding uuid="f"><target type="objective-id"><status state="satisfied" reason="pass"/></target>
    <related-observation observation-uuid="o"/><associated-risk risk-uuid="k"/></finding></result>
    <back-matter><resource uuid="r"><rlink href="x"><hash algorithm="SHA-256">0</hash></rlink></resource></back-matter>
    </assessment-results>
    """

  private func faults(_ xml: String) throws -> [OSCALChecks.Fault] {
    OSCALChecks.faults(in: try OSCALFile.document(Array(xml.utf8), name: "test.xml"))
  }

  @Test func aSoundDocumentHasNone() throws {
    #expect(try faults(Self.sound) == [])
  }

  @Test(arguments: [
    ("href=\"#r\"", "href=\"#gone\""), ("observation-uuid=\"o\"", "observation-uuid=\"gone\""),
    ("risk-uuid=\"k\"", "risk-uuid=\"gone\""), ("<party-uuid>p<", "<party-uuid>gone<"),
    ("uuid=\"k\"><status>", "uuid=\"o\"><status>"), ("state=\"satisfied\"", "state=\"partial\""),
    ("type=\"objective-id\"", "type=\"rule-id\""), ("<status>open<", "<status>ignored<"),
    ("SHA-256", "CRC"), (">EXAMINE<", ">LOOK<"), ("type=\"person\"", "type=\"robot\""),
    ("<end>2026-07-01T00:00:00.500000Z", "<end>2026-06-30T23:59:59Z"),
  ])
  func aPlantedFaultIsFound(sound: String, fault: String) throws {
    let planted = Self.sound.replacing(sound, with: fault)
    #expect(planted != Self.sound)
    let faults = try faults(planted)
    #expect(!faults.isEmpty && faults.allSatisfy { $0.line > 0 })
  }
}
