import EvidenceModel
import Testing

@Suite struct CivilDayTests {
  @Test(arguments: [
    (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 3, 1, 11017), (2026, 7, 1, 20635), (1, 1, 1, -719_162),
  ])
  func countsFromTheEpoch(year: Int, month: Int, day: Int, number: Int) throws {
    #expect(try #require(CivilDay.number(year: year, month: month, day: day)) == number)
  }

  @Test func everyDayOfFourCenturiesComesBack() {
    var expected = (year: 1800, month: 1, day: 1)
    var failures = 0
    guard let first = CivilDay.number(year: 1800, month: 1, day: 1) else { return #expect(Bool(false)) }
    for number in first..<first + 146_097 {
      let parts = CivilDay.parts(number)
      if parts != expected || CivilDay.number(year: parts.year, month: parts.month, day: parts.day) != number {
        failures += 1
      }
      expected.day += 1
      if expected.day > CivilDay.length(year: expected.year, month: expected.month) {
        expected = expected.month == 12 ? (expected.year + 1, 1, 1) : (expected.year, expected.month + 1, 1)
      }
    }
    #expect(failures == 0)
    #expect(expected == (2200, 1, 1))
  }

  @Test(arguments: [(1900, 28), (2000, 29), (2023, 28), (2024, 29), (2100, 28)])
  func februaryFollowsTheGregorianRule(year: Int, length: Int) {
    #expect(CivilDay.length(year: year, month: 2) == length)
  }

  @Test(arguments: [
    "2026-00-01", "2026-13-01", "2026-04-31", "2026-02-29", "2026-01-00", "2026-1-01", "26-01-01", "", "2026-01-01-01",
    "२०२६-01-01",
  ])
  func refusesWhatIsNoDay(text: String) {
    #expect(CivilDay.parse(text) == nil)
  }

  @Test func writesWithLeadingZeros() throws {
    #expect(CivilDay.text(try #require(CivilDay.parse("0007-01-02"))) == "0007-01-02")
  }

  @Test(arguments: [
    ("2026-07-06", "2026-07-06"), ("2026-07-12", "2026-07-06"), ("2026-07-05", "2026-06-29"),
    ("2027-01-01", "2026-12-28"), ("1970-01-01", "1969-12-29"), ("1969-12-28", "1969-12-22"),
    ("1969-12-29", "1969-12-29"),
  ])
  func weeksBeginOnMonday(day: String, monday: String) throws {
    #expect(CivilDay.text(CivilDay.monday(of: try #require(CivilDay.parse(day)))) == monday)
  }

  @Test(arguments: [(7, 2, "07"), (123, 2, "123"), (0, 4, "0000"), (-5, 2, "-05")])
  func padsNumbers(value: Int, width: Int, text: String) {
    #expect(padded(value, width) == text)
  }
}
