import Assets
import EvidenceModel
import Testing
import XMLDocuments

@testable import Disclosure

struct RedactorTests {
  private static let secret = Array("0123456789abcdef0123456789abcdef".utf8)

  private func redactor(_ manifest: String = "a", _ level: DisclosureLevel = .auditor) throws -> Redactor {
    Redactor(
      table: try DisclosureTable(AssetLibrary.embedded.bytes("templates/disclosure.xml") ?? [], level: level),
      level: level, key: PackKey(secret: Self.secret, internalManifest: Digest(of: manifest), level: level))
  }

  private func element(_ xml: String) throws -> DocumentElement {
    DocumentElement(try #require(try XMLDocument(Array(xml.utf8), name: "test").root))
  }

  private func redacted(_ xml: String, _ redactor: Redactor) throws -> DocumentElement {
    var redactor = redactor
    var root = try element(xml)
    redactor.learn(root, path: "evidence/x.xml")
    try redactor.close(fixed: [])
    redactor.redact(&root, path: "evidence/x.xml")
    return root
  }

  @Test func oneNameHasOnePseudonymInAPackAndAnotherInTheNext() throws {
    let xml = "<x><change author=\"dana\" approvers=\"dana, sam\"/></x>"
    let change = try #require(try redacted(xml, try redactor()).child("change"))
    let author = try #require(change["author"])
    #expect(author.hasPrefix("person-") && author.utf8.count == 19)
    #expect(change["approvers"]?.split(separator: ", ").contains(Substring(author)) == true)
    #expect(try redacted(xml, try redactor("b")).child("change")?["author"] != author)
    #expect(try redacted(xml, try redactor("a", .public)).child("change")?["author"] != author)
  }

  @Test func namesInsideSentencesGoToo() throws {
    let xml = "<x><change author=\"dana\"/><finding-ref summary=\"dana, of dana-lee, and “dana”.\"/></x>"
    let root = try redacted(xml, try redactor())
    let author = try #require(root.child("change")?["author"])
    #expect(root.child("finding-ref")?["summary"] == "\(author), of dana-lee, and “\(author)”.")
  }

  @Test func aNameThatRunsAcrossMarksIsFound() throws {
    let xml = "<x><change author=\"dana lee\"/><line op=\"added\">author: dana <word>lee</word></line></x>"
    let root = try redacted(xml, try redactor())
    let author = try #require(root.child("change")?["author"])
    #expect(root.child("line")?.text == "author: \(author)")
  }

  @Test func aValueThatIsATeamAnywhereIsATeamEverywhere() throws {
    let root = try redacted("<x><tenure owner=\"gateway-team\"/><member team=\"gateway-team\"/></x>", try redactor())
    let owner = try #require(root.child("tenure")?["owner"])
    #expect(owner.hasPrefix("team-"))
    #expect(root.child("member")?["team"] == owner)
  }

  @Test func aFieldWithoutAnEntryIsWithheld() throws {
    let root = try redacted("<x><change nickname=\"dd\"/></x>", try redactor())
    #expect(root.child("change")?["nickname"] == "withheld")
  }

  @Test func anIdThatIsKeptAndIsANameIsToldAsAConflict() throws {
    var redactor = try redactor()
    var root = try element("<x><change author=\"dana\" rule=\"dana\"/></x>")
    redactor.learn(root, path: "evidence/x.xml")
    try redactor.close(fixed: [])
    redactor.redact(&root, path: "evidence/x.xml")
    #expect(redactor.names.conflictKinds.map(\.n) == [1])
    #expect(!redactor.names.leaks(into: Array("dana".utf8)))
  }

  @Test func aNameThatIsLeftInAFileIsALeakHoweverItIsWritten() throws {
    var redactor = try redactor()
    let root = try element("<x><decision request-id=\"a&amp;b &quot;c&quot;\"/><change author=\"dana\"/></x>")
    redactor.learn(root, path: "evidence/x.xml")
    try redactor.close(fixed: [])
    for text in ["by dana.", "a&amp;b &quot;c&quot;", "\"a&b \"\"c\"\"\"", "[\"a&b \\\"c\\\"\"]"] {
      #expect(redactor.names.leaks(into: Array(text.utf8)), "\(text)")
    }
    #expect(!redactor.names.leaks(into: Array("danas a&b".utf8)))
  }

  @Test func rowsInTheOrderOfNamesTakeTheOrderOfPseudonyms() throws {
    let names = ["alex", "dana", "lee", "noor", "priya", "sam"]
    let rows = names.map { "<owner-line owner=\"\($0)\"/>" }.joined()
    let root = try redacted("<x>\(rows)</x>", try redactor())
    var owners: [String] = []
    for case .element(let row) in root.nodes { owners.append(row["owner"] ?? "") }
    #expect(owners == owners.sortedBytewise())
    #expect(Set(owners).count == names.count)
  }

  @Test func pathsAndAnchorsThatAreMadeOfNamesCannotBeGuessed() throws {
    var redactor = try redactor()
    let owner = try element("<owner id=\"dana\"/>")
    redactor.learn(owner, path: "evidence/o/dana.xml")
    try redactor.close(fixed: [])
    func path(_ path: String) -> String {
      redactor.paths.path(path, keptAnchors: redactor.table.keptAnchors, key: redactor.key)
    }
    let person = try #require(redactor.book["dana"])
    #expect(path("o/dana.html") == "o/\(person).html")
    #expect(path("evidence/o/dana.xml") == "evidence/o/\(person).xml")
    #expect(path("d/owner-dana-0001.html#decision-d39800cd649a") == "d/owner-\(person)-0001.html#decision-d39800cd649a")
    #expect(path("r/rest.html#tenure-d39800cd649a") != "r/rest.html#tenure-d39800cd649a")
    #expect(path("r/rest.html#tally") == "r/rest.html#tally")
  }
}
