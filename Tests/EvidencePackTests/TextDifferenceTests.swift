import Assessment
import Assets
import EvidenceModel
import EvidenceStore
import Replay
import TestSupport
import Testing

@testable import EvidencePack

@Suite struct TextDifferenceTests {
  /// Each line with its sign.
  private func difference(_ old: [String], _ new: [String]) -> [String] {
    TextDifference(old: old, new: new).lines.map { line in
      switch line.operation {
      case .same: "  " + line.text
      case .added: "+ " + line.text
      case .removed: "- " + line.text
      case .skip: "@ \(line.count)"
      }
    }
  }

  private func numbered(_ range: ClosedRange<Int>) -> [String] { range.map { "line \($0)" } }

  @Test func equalTextsAreOneUnchangedStretch() {
    let difference = TextDifference(old: numbered(1...3), new: numbered(1...3))
    #expect(difference.lines.map(\.operation) == [.skip])
    #expect(difference.lines.map(\.count) == [3])
    #expect((difference.added, difference.removed) == (0, 0))
    #expect(!difference.isCut)
  }

  @Test func twoEmptyTextsHaveNoLines() {
    #expect(difference([], []) == [])
  }

  @Test func aChangeHasThreeLinesAroundIt() {
    var new = numbered(1...20)
    new[9] = "other"
    #expect(
      difference(numbered(1...20), new) == [
        "@ 6", "  line 7", "  line 8", "  line 9", "- line 10", "+ other", "  line 11", "  line 12",
        "  line 13", "@ 7",
      ])
  }

  @Test func linesCarryTheirNumbersOnBothSides() {
    let lines = TextDifference(old: ["a", "b"], new: ["a", "x", "b"]).lines
    #expect(lines.map(\.old) == [1, nil, 2])
    #expect(lines.map(\.new) == [1, 2, 3])
  }

  @Test func theFirstVersionIsAllNew() {
    let difference = TextDifference(old: [], new: ["a", "b"])
    #expect(difference.lines.map(\.operation) == [.added, .added])
    #expect(difference.added == 2)
  }

  @Test func aDifferenceTooLongForAPageIsCutAndCounted() {
    let difference = TextDifference(old: [], new: numbered(1...2500))
    #expect(difference.isCut)
    #expect(difference.lines.count == 1000)
    #expect(difference.added == 2500)
  }

  @Test func theLongestThatFitsIsNotCut() {
    let difference = TextDifference(old: [], new: numbered(1...1000))
    #expect(!difference.isCut)
    #expect(difference.lines.count == 1000)
  }

  @Test func longLinesCutItSooner() {
    let difference = TextDifference(old: [], new: numbered(1...900).map { $0 + String(repeating: "x", count: 500) })
    #expect(difference.isCut)
    #expect(difference.lines.reduce(0) { $0 + $1.text.utf8.count } <= 120_000)
  }

  @Test func textsTooLargeAreNotCompared() {
    let difference = TextDifference(old: [], new: Array(repeating: "", count: 200_001))
    #expect(difference.isTooLarge && difference.lines.isEmpty)
  }

  @Test func whatWentStandsBeforeWhatCame() {
    #expect(
      difference(["a", "one", "two", "z"], ["a", "three", "four", "z"])
        == ["  a", "- one", "- two", "+ three", "+ four", "  z"])
  }

  @Test func wordsThatDifferAreMarkedOnBothSides() {
    let lines = TextDifference(old: ["  min-tokens-in: 32000"], new: ["  min-tokens-in: 16000"]).lines
    #expect(lines.map { $0.parts.filter(\.isChanged).map(\.text) } == [["32000"], ["16000"]])
    #expect(lines.map(\.text) == ["  min-tokens-in: 32000", "  min-tokens-in: 16000"])
  }

  @Test func aDateIsOneWord() {
    let lines = TextDifference(
      old: ["effective-from: 2026-06-15T08:00:00Z"], new: ["effective-from: 2026-07-13T06:00:00Z"]
    ).lines
    #expect(
      lines.map { $0.parts.filter(\.isChanged).map(\.text) } == [["2026-06-15T08:00:00Z"], ["2026-07-13T06:00:00Z"]])
  }

  @Test func linesWithLittleInCommonAreReplacedWhole() {
    let lines = TextDifference(old: ["note: First policy of all"], new: ["note: Underwriting may fall back"]).lines
    #expect(lines.allSatisfy { !$0.parts.contains(where: \.isChanged) })
  }

  @Test func aLongLineIsShortenedAndNotLookedInto() {
    let long = "key: " + String(repeating: "x", count: 5000)
    let lines = TextDifference(old: [long + "a"], new: [long + "b"]).lines
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { $0.parts.count == 1 && $0.text.hasSuffix("… (5006 bytes in all)") })
  }

  @Test func theVersionsOwnRecordIsTold() {
    let difference = TextDifference(
      old: ["version: v1", "author: dana", "rules:", "  - a"], new: ["version: v2", "author: lee", "rules:", "  - b"])
    #expect((difference.headerAdded, difference.headerRemoved) == (2, 2))
    #expect(difference.lines.map(\.isHeader) == [true, true, true, true, false, false, false])
  }

  @Test func rulesThatOnlyMovedAreSaidToHaveMoved() {
    let rules = ["rules:", "- a", "- b", "- c"]
    let moved = ["rules:", "- c", "- a", "- b"]
    #expect(TextDifference(old: ["version: v1"] + rules, new: ["version: v2"] + moved).isOnlyMoved)
    #expect(!TextDifference(old: ["version: v1"] + rules, new: ["version: v2"] + rules).isOnlyMoved)
    #expect(!TextDifference(old: rules, new: moved + ["- d"]).isOnlyMoved)
  }

  @Test func aChangeOfBytesThatLooksTheSameIsSeen() {
    // é as one scalar, and as e with an accent that combines.
    let difference = TextDifference(old: ["agent: caf\u{E9}"], new: ["agent: cafe\u{301}"])
    #expect((difference.added, difference.removed) == (1, 1))
  }

  @Test func aTextWithCarriageReturnsIsComparedLineByLine() throws {
    var first = version("v1", from: "2026-01-01", [.allow("r")])
    first.text = "rules:\r\n- a\r\n"
    var second = version("v2", from: "2026-07-10", [.allow("r")])
    second.text = "rules:\r\n- b\r\n"
    let document = try #require(try documents([first, second])["v/v2.html"])
    #expect(document.contains("<line op=\"same\" old=\"1\" new=\"1\">rules:</line>"))
    #expect(document.contains("<line op=\"removed\" old=\"2\">- a</line>"))
    #expect(document.contains("<line op=\"added\" new=\"2\">- b</line>"))
  }

  @Test func aTextWithLineFeedsIsComparedLineByLine() throws {
    var first = version("v1", from: "2026-01-01", [.allow("r")])
    first.text = "rules:\n- a\n"
    var second = version("v2", from: "2026-07-10", [.allow("r")])
    second.text = "rules:\n- b\n"
    let document = try #require(try documents([first, second])["v/v2.html"])
    #expect(document.contains("<line op=\"same\" old=\"1\" new=\"1\">rules:</line>"))
  }

  /// The documents of versions, by page.
  private func documents(_ versions: [PolicyVersion]) throws -> [String: String] {
    let records = records(versions)
    let settings = ReplaySettings.test(period: .all)
    let store = try EvidenceStore(path: nil)
    let evidence = try store.begin(
      RunRecord(
        period: "all", plan: ReplayPlan(records, settings: settings).binding.digest, sources: [], versions: [],
        changes: [],
        tenures: []))
    let facts = try AssessmentFacts(
      records: records, evidence: evidence, period: .all, knownDataClasses: [], holeHours: 24,
      parameters: CheckParameters(values: [:]))
    let library = MappingLibrary(.embedded)
    let assessment = Assessment(facts, library: library, frameworks: [], outOfScope: [], accepted: [])
    let context = try DocumentContext(
      PackFacts(
        organisation: "Org", toolVersion: "0", time: try #require(TimeText(zone: nil)), parameters: [],
        settings: settings, library: library, facts: facts, assessment: assessment, evidence: evidence))
    var documents: [String: String] = [:]
    try context.versionDocuments { documents[$0.page] = String(decoding: $0.bytes, as: UTF8.self) }
    return documents
  }
}
