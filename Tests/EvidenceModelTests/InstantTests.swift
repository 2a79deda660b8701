import EvidenceModel
import Testing

@Suite struct InstantTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0),
    ("1970-01-01T00:00:01Z", 1_000_000),
    ("2026-07-01T00:00:00Z", 1_782_864_000_000_000),
    ("2026-07-01t00:00:00z", 1_782_864_000_000_000),
    ("2000-02-29T12:34:56Z", 951_827_696_000_000),
    ("2026-07-01T02:00:00+02:00", 1_782_864_000_000_000),
    ("2026-06-30T18:30:00-05:30", 1_782_864_000_000_000),
    ("2026-07-01T00:00:00+00:00", 1_782_864_000_000_000),
    ("2026-07-01T00:00:00-00:00", 1_782_864_000_000_000),
    ("2026-07-01T23:59:00+23:59", 1_782_864_000_000_000),
    ("1969-12-31T23:59:59Z", -1_000_000),
    ("1969-12-31T23:59:59.999999Z", -1),
    ("0000-01-01T00:00:00Z", -62_167_219_200_000_000),
    ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
  ])
  func readsRFC3339(text: String, microseconds: Int64) throws {
    #expect(try #require(Instant(rfc3339: text)).microseconds == microseconds)
  }

  @Test(arguments: [
    (".1", 100_000), (".12", 120_000), (".123", 123_000), (".1234", 123_400), (".12345", 123_450),
    (".123456", 123_456), (".1234567", 123_456), (".12345678", 123_456), (".123456789", 123_456),
    (".000000999", 0), (".999999999", 999_999), ("", 0), (".0", 0),
  ])
  func cutsFractionsAfterMicroseconds(fraction: String, microseconds: Int64) throws {
    let instant = try #require(Instant(rfc3339: "1970-01-01T00:00:00\(fraction)Z"))
    #expect(instant.microseconds == microseconds)
  }

  @Test func cutsDigitsBeforeTheEpochToo() throws {
    let instant = try #require(Instant(rfc3339: "1969-12-31T23:59:58.0000019Z"))
    #expect(instant.microseconds == -1_999_999)
  }

  @Test(arguments: [
    "", "2026", "2026-07-01", "2026-07-01T00:00:00", "2026-07-01T00:00Z", "2026-07-01 00:00:00Z",
    "2026-07-01T00:00:00.Z", "2026-07-01T00:00:00.1234567890Z", "2026-07-01T00:00:00,5Z",
    "2026-07-01T00:00:00+0200", "2026-07-01T00:00:00+02", "2026-07-01T00:00:00+24:00", "2026-07-01T00:00:00+01:60",
    "2026-07-01T00:00:00 +02:00", "2026-07-01T00:00:00ZZ", "2026-07-01T00:00:00Z ", " 2026-07-01T00:00:00Z",
    "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-07-00T00:00:00Z", "2026-06-31T00:00:00Z",
    "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-07-01T24:00:00Z", "2026-07-01T00:60:00Z",
    "2026-07-01T00:00:61Z", "2026-7-1T00:00:00Z", "20260701T000000Z", "+026-07-01T00:00:00Z", "2026-07-01T-1:00:00Z",
    "2026-07-01T00:00:00.-1Z", "２026-07-01T00:00:00Z", "2026-07-01T00:00:00+0a:00", "1782864000", "now",
  ])
  func refusesWhatIsNoInstant(text: String) {
    #expect(Instant(rfc3339: text) == nil)
  }

  @Test(arguments: [
    ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
    ("2016-12-31T23:59:60.5Z", "2017-01-01T00:00:00.500000Z"),
    ("2017-01-01T00:59:60+01:00", "2017-01-01T00:00:00Z"),
    ("2016-12-31T18:59:60-05:00", "2017-01-01T00:00:00Z"),
  ])
  func takesALeapSecondAsTheMidnightAfterIt(text: String, meaning: String) throws {
    #expect(try #require(Instant(rfc3339: text)).description == meaning)
  }

  @Test(arguments: [
    "2016-12-31T23:58:60Z", "2016-12-31T12:00:60Z", "2016-12-31T23:59:60+01:00", "2016-12-31T00:00:60Z",
  ])
  func refusesALeapSecondElsewhere(text: String) {
    #expect(Instant(rfc3339: text) == nil)
  }

  @Test(arguments: [
    ("2025-01-24 09:20:46.847371", "2025-01-24T09:20:46.847371Z", true),
    ("2025-01-24T09:20:46", "2025-01-24T09:20:46Z", true),
    ("2025-01-24 09:20:46Z", "2025-01-24T09:20:46Z", false),
    ("2025-01-24T10:20:46+01:00", "2025-01-24T09:20:46Z", false),
  ])
  func lenientReadingSaysWhetherItAssumedTheZone(text: String, meaning: String, assumed: Bool) throws {
    let parsed = try #require(Array(text.utf8).withUnsafeBytes { Instant.parseLenient($0) })
    #expect(parsed.instant.description == meaning)
    #expect(parsed.zoneAssumed == assumed)
  }

  @Test(arguments: ["2025-01-24_09:20:46", "2025-01-24", "2025-01-24 09:20:46 UTC", "24.01.2025 09:20:46"])
  func lenientReadingStillRefusesOtherForms(text: String) {
    #expect(Array(text.utf8).withUnsafeBytes { Instant.parseLenient($0) } == nil)
  }

  @Test(arguments: [
    "1970-01-01T00:00:00Z", "2026-07-01T09:08:07Z", "2026-07-01T09:08:07.000001Z", "1969-12-31T23:59:59.999999Z",
    "1600-02-29T00:00:00Z", "9999-12-31T23:59:59Z",
  ])
  func writesWhatItReads(text: String) throws {
    #expect(try #require(Instant(rfc3339: text)).description == text)
  }

  @Test func daysAndHoursBeforeTheEpochCountDown() {
    let last = Instant(microseconds: -1)
    #expect(last.day == -1)
    #expect(last.hour == -1)
    #expect(Instant(microseconds: -Instant.microsecondsPerDay).day == -1)
    #expect(Instant(microseconds: -Instant.microsecondsPerDay - 1).day == -2)
  }

  @Test func aCivilDateMeansItsMidnight() throws {
    #expect(try #require(Instant(dateOrInstant: "2026-07-01")).description == "2026-07-01T00:00:00Z")
    #expect(try #require(Instant(dateOrInstant: "2026-07-01T09:00:00Z")).description == "2026-07-01T09:00:00Z")
    #expect(Instant(dateOrInstant: "2026-02-30") == nil)
    #expect(Instant(dateOrInstant: "2026-7-1") == nil)
    #expect(Instant(dateOrInstant: "yesterday") == nil)
  }
}
