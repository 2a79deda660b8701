import Testing

@testable import EvidenceModel

@Suite struct LookAlikeTests {
  private func pairs(_ names: String...) -> [[String]] {
    LookAlikes.pairs(among: names).map { [$0.first, $0.second] }
  }

  @Test(arguments: [
    ("payment", "p\u{430}yment"), ("admin", "\u{FF41}dmin"), ("a-b", "a\u{2011}b"), ("pii", "p\u{200B}ii"),
    ("pii", "\u{202E}pii"), ("a b", "a\u{A0}b"), ("caf\u{E9}", "cafe\u{301}"), ("OTP", "\u{41E}\u{422}\u{420}"),
  ])
  func namesOfOneLookAreAPair(first: String, second: String) {
    let pairs = LookAlikes.pairs(among: [second, first])
    #expect(pairs.count == 1)
    #expect(
      Set(pairs.flatMap { [Array($0.first.utf8), Array($0.second.utf8)] }) == [Array(first.utf8), Array(second.utf8)])
  }

  @Test func namesThatLookOtherwiseAreNone() {
    #expect(pairs("a", "b", "A", "l", "1", "rule-1", "rule_1", "\u{436}", "\u{444}", "").isEmpty)
  }

  @Test func eachNameIsHeldAgainstTheFirstOfItsLook() {
    #expect(pairs("a", "\u{430}", "\u{3B1}") == [["a", "\u{3B1}"], ["a", "\u{430}"]])
  }

  @Test func codePointsPastASCIIAreSaid() {
    #expect(LookAlikes.codePoints(of: "p\u{430}y") == "U+0430")
    #expect(LookAlikes.codePoints(of: "pay") == "")
    #expect(LookAlikes.codePoints(of: "\u{1F600}\u{430}\u{E9}\u{E8}") == "U+1F600, U+0430, U+00E9")
  }
}
