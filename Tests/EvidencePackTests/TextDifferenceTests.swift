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
      case .skip: "@ " + line.text
      }
    }
  }

  private func numbered(_ range: ClosedRange<Int>) -> [String] { range.map { "line \($0)" } }

  @Test func equalTextsAreOneUnchangedStretch() {
    let difference = TextDifference(old: numbered(1...3), new: numbered(1...3))
    #expect(difference.lines.map(\.text) == ["3 unchanged lines"])
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
        "@ 6 unchanged lines", "  line 7", "  line 8", "  line 9", "- line 10", "+ other", "  line 11", "  line 12",
        "  line 13", "@ 7 unchanged lines",
      ])
  }

  @Test func linesCarryTheirNumbersOnBothSides() {
    let lines = TextDifference(old: ["a", "b"], new: ["a", "x", "b"]).lines
    #expect(lines.map(\.old) == [1, nil, 2])
    #expect(lines.map(\.new) == [1, 2, 3])
  }

  @Test func oneSkippedLineIsSaidInTheSingular() {
    var new = numbered(1...9)
    new[4] = "other"
    #expect(difference(numbered(1...9), new).first == "@ 1 unchanged line")
  }

  @Test func theFirstVersionIsAllNew() {
    let difference = TextDifference(old: [], new: ["a", "b"])
    #expect(difference.lines.map(\.operation) == [.added, .added])
    #expect(difference.added == 2)
  }

  @Test func aDifferenceTooLongForAPageIsCutAndCounted() {
    let difference = TextDifference(old: [], new: numbered(1...2500))
    #expect(difference.isCut)
    #expect(difference.lines.count == 2000)
    #expect(difference.added == 2500)
  }

  @Test func theLongestThatFitsIsNotCut() {
    let difference = TextDifference(old: [], new: numbered(1...2000))
    #expect(!difference.isCut)
    #expect(difference.lines.count == 2000)
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
