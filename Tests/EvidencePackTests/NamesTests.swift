import EvidenceModel
import Testing

@testable import EvidencePack

@Suite struct NamesTests {
  private func name(_ id: String) throws -> String { try #require(Names([id])[id]) }

  @Test(arguments: [
    ("rule-1", "rule-1"), ("Rule_A.2", "rule_a.2"), ("pay ments", "pay-ments"), ("7", "7"),
    (String(repeating: "a", count: 48), String(repeating: "a", count: 48)),
  ])
  func aSafeIDIsItsOwnName(id: String, expected: String) throws {
    #expect(try name(id) == expected)
  }

  @Test(arguments: [
    "", ".", "..", "../../etc/passwd", "a/b", "a\\b", "a..b", ".hidden", "trailing.", "trailing ", "-a", "a_", "a:b",
    "a*b", "a\u{0}b", "a\nb", "%2e%2e", "é", "規則", "🧭", String(repeating: "a", count: 49),
    String(repeating: "規", count: 200), "con", "CON", "nul.txt", "com1", "LPT9", "aux", "prn", "index", "Index-0002",
    "sample", "none", "unknown", "print", "by-owner", "By-Change-0002",
  ])
  func anUnsafeIDGetsADigest(id: String) throws {
    let name = try name(id)
    #expect(name.hasSuffix("-" + Digest(of: id).prefix(10)))
    #expect(name.utf8.count <= 48)
    let plain = name.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D
    }
    #expect(plain && name.utf8.first != 0x2D, "\(name)")
  }

  @Test func whatIsReadableOfAnUnsafeIDStays() throws {
    #expect(try name("../Pay ments/EU!").hasPrefix("pay-ments-eu-"))
    #expect(try name("規則").hasPrefix("id-"))
  }

  @Test func idsThatDifferInCaseAloneBothGetADigest() throws {
    let names = Names(["Rule", "rule"])
    let (upper, lower) = (try #require(names["Rule"]), try #require(names["rule"]))
    #expect(upper != lower)
    #expect(upper == "rule-" + Digest(of: "Rule").prefix(10))
    #expect(lower == "rule-" + Digest(of: "rule").prefix(10))
  }

  @Test func blanksAndHyphensDoNotCollide() throws {
    let names = Names(["a b", "a-b"])
    #expect(names["a b"] != names["a-b"])
  }

  @Test func anIDThatImitatesADigestDoesNotTakeAnothersName() throws {
    let imitation = "rule-" + Digest(of: "rule").prefix(10)
    let names = Names(["Rule", "rule", imitation])
    #expect(names["rule"] != names[imitation])
  }

  @Test func idsThatDifferInBytesAloneDoNotShareAName() throws {
    // é as one scalar, and as e with an accent that combines.
    let names = Names(["\u{E9}", "e\u{301}"])
    #expect(names["\u{E9}"] != names["e\u{301}"])
  }

  @Test func namesDoNotDependOnOrder() {
    let ids = ["Rule", "rule", "a b", "a-b", "../x", "plain", "ÀB"]
    let names = Names(ids)
    let reversed = Names(ids.reversed())
    for id in ids { #expect(names[id] == reversed[id]) }
  }

  @Test func anUnknownIDHasNoName() {
    #expect(Names(["a"])["b"] == nil)
  }

  @Test func pagesAndDocumentsLieSideBySide() {
    #expect(PackLayout.document(of: "r/a.b.html") == "evidence/r/a.b.xml")
  }

  @Test func anchorsTellTheirPartsApart() {
    #expect(anchor("f", "a", "b") == anchor("f", "a", "b"))
    #expect(anchor("f", "a", "b") != anchor("f", "ab"))
    #expect(anchor("f", "a", "b") != anchor("f", "b", "a"))
  }
}
