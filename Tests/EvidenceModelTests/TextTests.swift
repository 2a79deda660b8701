import EvidenceModel
import Testing

@Suite struct DigestTests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
  ])
  func isSHA256(text: String, hexadecimal: String) {
    #expect(Digest(of: text).description == hexadecimal)
    #expect(Digest(of: Array(text.utf8)) == Digest(of: text))
    #expect(Digest(of: text).prefix(8) == String(hexadecimal.prefix(8)))
  }

  @Test func readsItsOwnHexadecimal() throws {
    let digest = Digest(of: "abc")
    #expect(try #require(Digest(hexadecimal: digest.description)) == digest)
  }

  @Test func refusesOtherHexadecimal() {
    let text = Digest(of: "abc").description
    #expect(Digest(hexadecimal: text.uppercased()) == nil)
    #expect(Digest(hexadecimal: text.dropLast()) == nil)
    #expect(Digest(hexadecimal: text + "0") == nil)
    #expect(Digest(hexadecimal: "g" + text.dropFirst()) == nil)
    #expect(Digest(hexadecimal: "") == nil)
  }

  @Test func ordersLikeItsHexadecimal() {
    let digests = (0..<200).map { Digest(of: "\($0)") }
    #expect(digests.sorted().map(\.description) == digests.map(\.description).sorted())
  }

  @Test func piecesGiveTheDigestOfTheWhole() {
    var hasher = Hasher256()
    for piece in ["a", "", "bc"] { Array(piece.utf8).withUnsafeBytes { hasher.update($0) } }
    #expect(hasher.finish() == Digest(of: "abc"))
  }
}

@Suite struct CanonicalCSVTests {
  @Test(arguments: [
    (["a", "b"], "a,b\n"), ([""], "\n"), (["", ""], ",\n"), (["a,b"], "\"a,b\"\n"), (["a\"b"], "\"a\"\"b\"\n"),
    (["a\nb"], "\"a\nb\"\n"), (["a\rb"], "\"a\rb\"\n"), (["\r\n"], "\"\r\n\"\n"), ([" a "], " a \n"),
    (["=1+1"], "=1+1\n"), (["-"], "-\n"), (["é"], "é\n"), (["\""], "\"\"\"\"\n"), (["a;b"], "a;b\n"),
  ])
  func quotesOnlyWhereNeeded(fields: [String], line: String) {
    #expect(CanonicalCSV.line(fields) == Array(line.utf8))
  }
}

@Suite struct BytewiseTests {
  @Test func sortsByBytesNotByMeaning() {
    #expect(["b", "a", "B", "é", "e", "z", ""].sortedBytewise() == ["", "B", "a", "b", "e", "z", "é"])
  }

  @Test func sortsBeyondTheBasicPlaneByBytes() {
    // UTF-16 would put the second one first.
    #expect(["\u{10000}", "\u{FFFD}"].sortedBytewise() == ["\u{FFFD}", "\u{10000}"])
  }

  @Test func canonicallyEquivalentTextsHaveAnOrder() {
    #expect("e\u{301}".precedesBytewise("\u{E9}"))
    #expect(!"\u{E9}".precedesBytewise("e\u{301}"))
    #expect(!"a".precedesBytewise("a"))
    #expect("a".precedesBytewise("ab"))
  }
}

@Suite struct DecisionClassTests {
  @Test func namesComeBack() {
    #expect(DecisionClass.allCases.allSatisfy { DecisionClass(name: $0.name) == $0 })
    #expect(DecisionClass(name: "unheard_of") == nil)
    #expect(Outcome.allCases.allSatisfy { Outcome(name: $0.name) == $0 })
    #expect(Outcome(name: "Success") == nil)
    #expect([OwnerStatus.notAsked, .none, .departed, .owned].allSatisfy { OwnerStatus(name: $0.name) == $0 })
  }

  @Test func allButFourAreExceptions() {
    let calm = DecisionClass.allCases.filter { !$0.isException }
    #expect(calm.map(\.name) == ["malformed", "not_served", "permitted_fallback", "compliant"])
  }
}

@Suite struct DiagnosticTests {
  @Test func namesItsPlaceAsFarAsItIsKnown() {
    func place(_ line: Int?, _ offset: Int?) -> String {
      Diagnostic(id: "x", file: "f.csv", line: line, byteOffset: offset, summary: "", nextStep: "").place
    }
    #expect(place(nil, nil) == "f.csv")
    #expect(place(7, nil) == "f.csv:7")
    #expect(place(7, 312) == "f.csv:7 (byte 312)")
  }
}
