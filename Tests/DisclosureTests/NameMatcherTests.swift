import Testing

@testable import Disclosure

struct NameMatcherTests {
  private func found(_ names: [String], in text: String) -> [String] {
    var matcher = NameMatcher()
    for (index, name) in names.enumerated() { matcher.add(Array(name.utf8), original: index) }
    let bytes = Array(text.utf8)
    var found: [String] = []
    bytes.withUnsafeBufferPointer { buffer in
      matcher.forEachMatch(in: buffer) { _, original in
        found.append(names[original])
        return true
      }
    }
    return found
  }

  @Test func aNameIsFoundAsAWholeWordOnly() {
    #expect(found(["dana"], in: "by dana, not by dana-lee, danas or bandana") == ["dana"])
    #expect(found(["dana"], in: "o/dana.html dana") == ["dana", "dana"])
  }

  @Test func theLongestNameCounts() {
    #expect(found(["dana", "dana lee"], in: "dana lee and dana") == ["dana lee", "dana"])
  }

  @Test func namesWithSignsAroundThemAreFound() {
    #expect(found(["../../etc/passwd", "=HYPERLINK(\"x\")"], in: "a ../../etc/passwd =HYPERLINK(\"x\")!").count == 2)
    #expect(found(["../../etc/passwd"], in: "etc/passwd").isEmpty)
  }

  @Test func namesBeyondASCIIAreWordsAndTheirQuotesAreNot() {
    #expect(found(["zoë"], in: "“zoë” zoëlle zoë’s") == ["zoë", "zoë"])
  }

  @Test func aNameWithoutLettersCannotBeLookedFor() {
    var matcher = NameMatcher()
    let isTaken = matcher.add(Array("***".utf8), original: 0)
    #expect(!isTaken)
  }
}
