import Testing

@testable import EvidencePack

@Suite struct AlphabetTests {
  private func things(_ names: [String], page: String? = "r/x.html") -> [NamedThing] {
    names.map { NamedThing(name: $0, kind: "rule", page: page) }
  }

  @Test(arguments: [
    ("alpha", "a"), ("Zulu", "z"), ("Étage", "e"), ("e\u{301}tage", "e"), ("7 days", "0-9"), ("", "0-9"), ("_x", "0-9"),
    ("規則", "0-9"), ("ß", "0-9"),
  ])
  func aNameStandsUnderItsLetter(name: String, letter: String) {
    #expect(NamedThing(name: name, kind: "rule").letter == letter)
  }

  @Test func fewNamesShareOnePage() {
    let alphabet = Alphabet(things(["alpha", "beta"]))
    #expect(alphabet.isShort)
    #expect(alphabet.start(of: "b") == "a-z/index.html#letter-b")
    #expect(alphabet.start(of: "c") == nil)
  }

  @Test func aLetterOfAShortListIsOneRun() {
    let alphabet = Alphabet(things((0..<900).map { "a\($0)" }))
    #expect(alphabet.pages("a").map(\.things.count) == [900])
  }

  @Test func aLongLetterHasSeveralPages() {
    let alphabet = Alphabet(things((0..<1100).map { "a\(1000 + $0)" } + ["beta"]))
    #expect(alphabet.pages("a").map(\.path) == ["a-z/a.html", "a-z/a-0002.html", "a-z/a-0003.html"])
    #expect(alphabet.pages("a").map(\.things.count) == [400, 400, 300])
    #expect(alphabet.count("a") == 1100)
    #expect(alphabet.pages("b").map(\.path) == ["a-z/b.html"])
  }

  @Test func aNameWithoutAPageLeadsToItsRow() throws {
    let agent = NamedThing(name: "a2999", kind: "agent")
    let alphabet = Alphabet(things((0..<1100).map { "a\(1000 + $0)" }) + [agent])
    #expect(alphabet.target(of: agent) == "a-z/a-0003.html#" + agent.rowID)
    #expect(alphabet.target(of: try #require(alphabet.things.first)) == "r/x.html")
  }
}
