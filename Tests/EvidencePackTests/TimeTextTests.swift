import EvidenceModel
import TestSupport
import Testing

@testable import EvidencePack

@Suite struct TimeTextTests {
  private func time(_ zone: String?) throws -> TimeText { try #require(TimeText(zone: zone)) }

  @Test(arguments: [
    (nil, "2026-07-01T00:00:00Z", "1 Jul 2026, 00:00:00 UTC"),
    ("UTC", "2026-12-31T23:59:59Z", "31 Dec 2026, 23:59:59 UTC"),
    (nil, "2026-07-01T00:00:00.000001Z", "1 Jul 2026, 00:00:00.000001 UTC"),
    (nil, "2026-07-01T00:00:00.5Z", "1 Jul 2026, 00:00:00.500000 UTC"),
    ("Europe/London", "2026-07-01T00:00:00Z", "1 Jul 2026, 01:00:00 UTC+01:00"),
    ("Europe/London", "2026-01-01T00:00:00Z", "1 Jan 2026, 00:00:00 UTC+00:00"),
    ("America/New_York", "2026-07-01T00:00:00Z", "30 Jun 2026, 20:00:00 UTC-04:00"),
    ("Asia/Kolkata", "2026-12-31T20:00:00Z", "1 Jan 2027, 01:30:00 UTC+05:30"),
    ("America/St_Johns", "2026-07-01T00:00:00Z", "30 Jun 2026, 21:30:00 UTC-02:30"),
  ])
  func instantsAreSaidInTheirZone(zone: String?, instant: String, expected: String) throws {
    #expect(try time(zone).text(at(instant)) == expected)
  }

  @Test func theHourThatTheClocksRepeatIsToldApart() throws {
    let london = try time("Europe/London")
    #expect(london.text(at("2026-10-25T00:30:00Z")) == "25 Oct 2026, 01:30:00 UTC+01:00")
    #expect(london.text(at("2026-10-25T01:30:00Z")) == "25 Oct 2026, 01:30:00 UTC+00:00")
  }

  @Test(arguments: [
    (nil, "2026-07-01T00:12:59Z", "2026-07-03T08:40:00Z", false, "1 Jul 00:12 – 3 Jul 08:40"),
    (nil, "2026-07-03T08:40:00Z", "2026-07-03T09:15:00Z", false, "3 Jul 08:40 – 09:15"),
    (nil, "2026-07-03T08:40:01Z", "2026-07-03T08:40:59Z", false, "3 Jul 08:40"),
    (nil, "2025-12-31T23:59:00Z", "2026-01-01T00:00:00Z", true, "31 Dec 2025 23:59 – 1 Jan 2026 00:00"),
    ("Europe/London", "2026-06-30T23:30:00Z", "2026-07-01T00:30:00Z", false, "1 Jul 00:30 – 01:30"),
  ])
  func aPageIsNamedByItsFirstAndLastMinute(zone: String?, from: String, to: String, withYear: Bool, expected: String)
    throws
  {
    #expect(try time(zone).range(at(from), at(to), withYear: withYear) == expected)
  }

  @Test func anUnknownZoneIsRefused() {
    #expect(TimeText(zone: "Europe/Atlantis") == nil)
  }

  @Test func aPeriodOfWholeDaysNamesItsLastDay() throws {
    let quarter = try Period(parsing: "2026-Q3", now: at("2026-10-01"))
    #expect(try time(nil).period(quarter) == "1 Jul 2026 to 30 Sep 2026")
    #expect(try time("Asia/Kolkata").period(quarter) == "1 Jul 2026 to 30 Sep 2026")
  }

  @Test func anotherPeriodNamesItsInstants() throws {
    let period = Period(name: "p", from: at("2026-07-01T06:00:00Z"), to: at("2026-07-02"))
    #expect(try time(nil).period(period) == "1 Jul 2026, 06:00:00 UTC to 2 Jul 2026, 00:00:00 UTC")
  }

  @Test func anOpenPeriodIsSaidInWords() throws {
    #expect(try time(nil).period(.all) == "everything in the logs")
  }

  @Test(arguments: [
    ("2026-07-01T00:00:00Z", "under a second"), ("2026-07-01T00:00:00.999999Z", "under a second"),
    ("2026-07-01T00:00:01Z", "1 second"), ("2026-07-01T00:02:01Z", "2 minutes 1 second"),
    ("2026-07-02T01:00:00Z", "1 day 1 hour"), ("2026-07-04T12:30:30Z", "3 days 12 hours"),
    ("2026-07-03T00:00:05Z", "2 days 5 seconds"),
  ])
  func lengthsHaveTwoPartsAtMost(to: String, expected: String) throws {
    #expect(try time(nil).length(from: at("2026-07-01"), to: at(to)) == expected)
  }
}

@Suite struct FigureTextTests {
  @Test(arguments: [
    (0, 10, "0.0 %"), (10, 10, "100.0 %"), (1, 3, "33.3 %"), (2, 3, "66.7 %"), (1, 8, "12.5 %"), (1, 2000, "0.1 %"),
    (1, 2001, "under 0.1 %"), (1, 1_000_000, "under 0.1 %"), (999_999, 1_000_000, "over 99.9 %"),
    (9994, 10_000, "99.9 %"), (9995, 10_000, "over 99.9 %"), (0, 0, "–"),
  ])
  func sharesNeverRoundToNothingOrAll(part: Int, whole: Int, expected: String) {
    #expect(FigureText.share(part, of: whole) == expected)
  }

  @Test(arguments: [
    (0, "0.000000 USD"), (1, "0.000001 USD"), (-1, "-0.000001 USD"), (1_234_567_890, "1,234.567890 USD"),
    (999_000_000, "999.000000 USD"), (1_000_000_000_000, "1,000,000.000000 USD"),
    (Int64.min, "-9,223,372,036,854.775808 USD"),
  ])
  func dollarsAreExact(micros: Int64, expected: String) {
    #expect(FigureText.dollars(micros) == expected)
  }

  @Test func aShortTextIsLeftAlone() {
    #expect(FigureText.shortened("abc", to: 3) == "abc")
    #expect(FigureText.shortened("ééé", to: 3) == "ééé")
  }

  @Test func aLongTextSaysHowLongItIs() {
    #expect(FigureText.shortened("abcd", to: 3) == "abc… (4 bytes in all)")
    #expect(FigureText.shortened("éééé", to: 3) == "ééé… (8 bytes in all)")
  }

  @Test(arguments: [
    (0, 10, "0"), (1, 3, "333.3"), (1, 2, "500"), (3, 3, "1000"), (5, 3, "1000"), (-1, 3, "0"), (1, 0, "0"),
    (1, 100_000, "0"),
  ])
  func placesOnADrawingStayOnIt(part: Int, whole: Int, expected: String) {
    #expect(Permille.text(part, of: whole) == expected)
  }

  @Test(arguments: [
    ("2026-07-01", "0"), ("2026-06-01", "0"), ("2026-07-06", "500"), ("2026-07-11", "1000"), ("2027-01-01", "1000"),
    ("2026-07-01T12:00:00Z", "50"), ("2026-07-02T08:00:00Z", "133.3"),
  ])
  func instantsHaveAPlaceOnADrawing(instant: String, expected: String) {
    #expect(Permille.text(at(instant), from: at("2026-07-01"), to: at("2026-07-11")) == expected)
  }

  @Test func aDrawingOfNoTimeHasOnePlace() {
    #expect(Permille.text(at("2026-07-01"), from: at("2026-07-01"), to: at("2026-07-01")) == "0")
  }
}
