import EvidenceModel
import TestSupport
import Testing

@testable import Intake

@Suite struct CellTimeTests {
  private func read(_ text: String, order: SlashOrder? = nil) throws -> String {
    let time = try CellTime(text, order: order)
    return "\(time.instant)\(time.isDay ? " day" : "")\(time.zoneAssumed ? " assumed" : "")"
  }

  @Test(arguments: [
    ("2026-07-01", "2026-07-01T00:00:00Z day"), ("2026-07-01T09:00:00+02:00", "2026-07-01T07:00:00Z"),
    ("2026-03-02T08:20:31.000+0100", "2026-03-02T07:20:31Z"), ("2026-07-01 09:00:00", "2026-07-01T09:00:00Z assumed"),
    ("2026-07-01T09:00:00.5", "2026-07-01T09:00:00.500000Z assumed"),
    ("2026-07-01 09:00", "2026-07-01T09:00:00Z assumed"), ("31.12.2026", "2026-12-31T00:00:00Z day"),
    ("1.7.26", "2026-07-01T00:00:00Z day"), ("31.12.2026 14:30", "2026-12-31T14:30:00Z assumed"),
    ("31.12.2026, 14:30:05", "2026-12-31T14:30:05Z assumed"),
    ("02/Mar/26 8:20 AM", "2026-03-02T08:20:00Z assumed"), ("02/Mär/26 14:20", "2026-03-02T14:20:00Z assumed"),
    ("2-Dez-2026", "2026-12-02T00:00:00Z day"), ("7/7/2026", "2026-07-07T00:00:00Z day"),
  ])
  func readsTimesAsOfficesWriteThem(text: String, time: String) throws { #expect(try read(text) == time) }

  @Test(arguments: [
    ("12/31/2026", "2026-12-31T00:00:00Z day"), ("12/31/2026 2:30 PM", "2026-12-31T14:30:00Z assumed"),
    ("12/31/2026 12:05 AM", "2026-12-31T00:05:00Z assumed"), ("1/2/2026", "2026-01-02T00:00:00Z day"),
  ])
  func readsUSDatesWhereTheOrderIsKnown(text: String, time: String) throws {
    #expect(try read(text, order: .monthFirst) == time)
  }

  @Test func theOrderOfSlashesIsNeverGuessed() throws {
    #expect(throws: CellTime.Failure.orderUnknown) { try CellTime("1/2/2026", order: nil) }
    #expect(try read("1/2/2026", order: .dayFirst) == "2026-02-01T00:00:00Z day")
    #expect(throws: CellTime.Failure.noTime) { try CellTime("31/12/2026", order: .monthFirst) }
  }

  @Test(arguments: [
    "soon", "2026-02-30", "31.02.2026", "1.2.3.4", "12/31", "31.12.2026 25:00", "31.12.2026 1:00 XM",
    "31.12.2026 13:00 PM",
    "+1.07.2026", "31.12.126", String(repeating: "1", count: 100), "1/Foo/26", "..", "//", "-",
  ])
  func anythingElseIsNoTime(text: String) {
    #expect(throws: CellTime.Failure.noTime) { try CellTime(text, order: nil) }
  }

  @Test(arguments: [
    (["1/2/2026", "12/31/2026"], SlashOrder.monthFirst), (["1/2/2026", "31/12/2026 10:00"], .dayFirst),
    (["1/2/2026", "2/1/2026"], nil), (["31/12/2026", "12/31/2026"], nil), (["02/Mar/26", "x", "", "99/1"], nil),
  ])
  func aColumnShowsItsOrderByANumberAboveTwelve(cells: [String], order: SlashOrder?) {
    var evidence = SlashOrder.Evidence()
    for cell in cells { evidence.add(cell) }
    #expect(evidence.order == order)
  }
}
