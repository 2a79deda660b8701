import EvidenceModel
import Foundation
import Testing

@testable import EvidencePack

@Suite struct SearchIndexTests {
  private func thing(_ name: String, _ kind: String = "rule", note: String? = nil) -> NamedThing {
    NamedThing(name: name, kind: kind, note: note, page: "r/\(Digest(of: name).prefix(8)).html")
  }

  /// The rows of a shard, read as JSON.
  private func rows(_ file: (path: String, bytes: [UInt8])) throws -> [[Any]] {
    let text = String(decoding: file.bytes, as: UTF8.self)
    let from = try #require(text.firstIndex(of: "["))
    let to = try #require(text.lastIndex(of: "]"))
    return try #require(try JSONSerialization.jsonObject(with: Data(text[from...to].utf8)) as? [[Any]])
  }

  private func shards(_ things: [NamedThing]) -> (index: SearchIndex, files: [(path: String, bytes: [UInt8])]) {
    var index = SearchIndex()
    index.writeNames(things) { $0.page ?? "-" }
    return (index, index.takeFiles())
  }

  @Test(arguments: [
    ("RG-OWN-01", ["rg", "own", "01"]), ("pii to trusted", ["pii", "to", "trusted"]), ("Größe, 規則", ["größe", "規則"]),
    ("", []), ("<b>&amp;", ["b", "amp"]),
  ])
  func aNameIsFoundByItsWords(name: String, words: [String]) {
    #expect(SearchIndex.words(name) == words)
  }

  @Test func aFewNamesAreOneShard() throws {
    let (index, files) = shards([thing("beta gamma"), thing("alpha", note: "delta")])
    #expect(files.map(\.path) == ["assets/search/names-0000.js"])
    #expect(index.names.bounds == ["alpha"] && index.names.rows == 2 && index.names.leftOut == 0)
    #expect(try rows(files[0]).map { $0[0] as? String } == ["alpha", "beta gamma"])
  }

  @Test func everyNameStandsInTheShardOfEachOfItsWords() throws {
    let things = (0..<8000).map { thing("rule-\($0 * 7919 % 8000) of team\($0 % 40)", note: "in words \($0)") }
    let (index, files) = shards(things)
    #expect(files.count > 5 && files.count == index.names.bounds.count)
    #expect(files.allSatisfy { $0.bytes.count < 200_000 })
    let bounds = index.names.bounds
    #expect(zip(bounds, bounds.dropFirst()).allSatisfy { !$1.precedesBytewise($0) })
    let names = try files.map { Set(try rows($0).compactMap { $0[0] as? String }) }
    for thing in things.prefix(200) {
      for word in SearchIndex.words(thing.name) {
        let found = bounds.indices.contains { place in
          !word.precedesBytewise(bounds[place]) && names[place].contains(thing.name)
            && (place + 1 == bounds.count || !bounds[place + 1].precedesBytewise(word))
        }
        #expect(found, "\(thing.name) by \(word)")
      }
    }
  }

  @Test func ofVeryManyNamesFindingsAreLeftOutAndCounted() {
    let findings = (0..<100).map { thing("f-\($0)", "finding") }
    let (index, _) = shards(findings + (0..<SearchIndex.mostNames - 10).map { thing("r\($0)") })
    #expect(index.names.rows == SearchIndex.mostNames && index.names.leftOut == 90)
  }

  @Test(arguments: [
    "</script><script>alert(1)</script>", "]]>", "\u{2028}\u{2029}", "\"\\\n\r\t\u{0}", "<!--", "🧭 規則", "\u{FFFE}",
  ])
  func anyTextIsALiteralThatEndsNothing(text: String) throws {
    let literal = JavaScript.string(text)
    #expect(!literal.contains { "<>&\u{2028}\u{2029}\n\r".contains($0) })
    let read = try JSONSerialization.jsonObject(with: Data("[\(literal)]".utf8)) as? [String]
    #expect(read == [text])
  }

  @Test func requestIDsStandInTheOrderOfTheStore() throws {
    var index = SearchIndex()
    var shard = index.idShards()
    for number in 0..<3000 {
      index.add("REQ-\(10_000 + number)", page: number / 200 + 1, anchor: "decision-\(number)", at: "1 Jul", to: &shard)
    }
    index.finish(&shard)
    let files = index.takeFiles()
    #expect(files.count == 2 && index.ids.rows == 3000 && index.ids.bounds.first == "req-10000")
    #expect(try files.reduce(0) { $0 + (try rows($1).count) } == 3000)
    #expect(try rows(files[0]).first?[1] as? Int == 1)
  }

  @Test func namesOfVeryManyWordsDoNotSwellTheIndex() {
    let long = (0..<100).map { "w\($0)" }.joined(separator: " ")
    var index = SearchIndex()
    index.mostWords = 5000
    index.writeNames((0..<50).map { thing("\(long) r\($0)") }) { $0.page ?? "-" }
    #expect(index.names.rows == 49 && index.names.leftOut == 1)
  }

  @Test func theIndexSaysWhatWasLeftOut() throws {
    var index = SearchIndex()
    index.leaveOutRequestIDs(1_000_000)
    index.writeIndex(words: [("search.label", "Look \"here\"")])
    let file = try #require(index.takeFiles().first)
    #expect(file.path == "assets/search/index.js")
    let text = String(decoding: file.bytes, as: UTF8.self)
    #expect(text.hasPrefix("tenureSearch(\"index\",0,{") && text.contains("\"leftOut\":1000000"))
    #expect(text.contains(#""search.label":"Look \"here\"""#))
  }
}
