import EvidenceModel
import TestSupport
import Testing

@testable import EvidencePack
@testable import EvidenceStore

@Suite struct DrawnDaysTests {
  @Test(arguments: [
    ("2026-07-06", "2026-07-06"), ("2026-07-12", "2026-07-06"), ("2026-07-13", "2026-07-13"),
    ("1970-01-01", "1969-12-29"), ("1969-12-28", "1969-12-22"),
  ])
  func aWeekBeginsOnItsMonday(day: String, monday: String) {
    #expect(CivilDay.text(DayUnit.week.start(of: at(day).day)) == monday)
  }

  private func source(_ first: String?, _ last: String?) -> ScannedSource {
    ScannedSource(
      ordinal: 0, name: "a", isPresent: true, format: "native", compression: "none", storedBytes: 0,
      digest: Digest(of: "a"), damage: nil, lines: 0, blank: 0, malformed: 0, outOfPeriod: 0, judged: 0, folded: 0,
      other: 0, zoneAssumed: 0, first: first.map { at($0) }, last: last.map { at($0) }, exceptions: 0)
  }

  @Test func daysThatLogsReachAreJoined() {
    let covered = DocumentContext.coveredDays([
      source("2026-08-01", "2026-08-05"), source("2026-07-01", "2026-07-03"), source("2026-07-04", "2026-07-10"),
      source("2026-07-02", "2026-07-03"), source(nil, nil),
    ])
    #expect(
      covered == [at("2026-07-01").day...at("2026-07-10").day, at("2026-08-01").day...at("2026-08-05").day])
  }

  @Test func exceptionsOfADayAreThoseOfItsClasses() {
    var counts = DayCounts()
    counts.add(.compliant, 5)
    counts.add(.wrongTarget, 2)
    counts.add(.permittedFallback, 1)
    #expect(counts.judged == 8 && counts.exceptions == 2)
  }

  @Test func logsAreNamedBelowTheFolderThatTheyShare() {
    let names = ["logs/eu/2026-07.jsonl", "logs/eu/2026-08.jsonl", "logs/us/2026-08.jsonl"]
    let folder = DocumentContext.sharedFolder(names)
    #expect(
      names.map { DocumentContext.label($0, below: folder) } == [
        "eu/2026-07.jsonl", "eu/2026-08.jsonl", "us/2026-08.jsonl",
      ])
    #expect(DocumentContext.sharedFolder(["a/b.jsonl"]) == 2)
    #expect(DocumentContext.sharedFolder([]) == 0)
  }

  @Test func aLongNameKeepsItsBeginningAndItsEnd() {
    let label = DocumentContext.label("gateway-region-000-some-long-folder-name.jsonl", below: 0)
    #expect(label == "gateway-region-000-…name.jsonl")
    #expect(label.count == 30)
  }
}
