internal import EvidenceModel

/// In which order a column writes day and month of a date with slashes.
enum SlashOrder: Sendable {
  case dayFirst, monthFirst

  /// What the cells of a column show: a number above 12 in one of the two places and none in the other.
  ///
  /// Nothing else tells the two orders apart, and nothing here guesses.
  struct Evidence {
    private var firstIsOver = false
    private var secondIsOver = false

    mutating func add(_ cell: String) {
      guard let (first, second) = SlashOrder.numbers(cell) else { return }
      firstIsOver = firstIsOver || first > 12
      secondIsOver = secondIsOver || second > 12
    }

    var order: SlashOrder? {
      guard firstIsOver != secondIsOver else { return nil }
      return firstIsOver ? .dayFirst : .monthFirst
    }
  }

  /// As a column's name states it: `left_at (MM/DD/YYYY)`.
  init?(statedIn title: String) {
    let title = title.lowercased()
    if title.hasSuffix("(mm/dd/yyyy)") {
      self = .monthFirst
    } else if title.hasSuffix("(dd/mm/yyyy)") {
      self = .dayFirst
    } else {
      return nil
    }
  }

  /// The two numbers before the year; nil for anything else.
  private static func numbers(_ cell: String) -> (Int, Int)? {
    guard cell.utf8.count <= CellTime.longest else { return nil }
    let date = cell.prefix { $0 != " " && $0 != "," }.split(separator: "/", omittingEmptySubsequences: false)
    guard date.count == 3, date[0].utf8.count <= 2, let first = Int(date[0]), let second = Int(date[1]) else {
      return nil
    }
    return (first, second)
  }
}

/// A time as people and their spreadsheets write it.
struct CellTime: Equatable {
  var instant: Instant
  /// A civil day without a time.
  var isDay: Bool
  /// A time without a zone, taken as UTC.
  var zoneAssumed: Bool

  enum Failure: Error { case noTime, orderUnknown }

  static let longest = 40

  /// Reads `2026-07-01`, RFC 3339 and ISO 8601 without a zone, `31.12.2026`, `02/Mar/26`, and, where the order is known,
  /// `12/31/2026`; the days each with or without a time such as `14:30` or `2:30 PM`.
  ///
  /// - Parameter order: the column's order of day and month.
  init(_ text: String, order: SlashOrder?) throws(Failure) {
    guard text.utf8.count <= Self.longest else { throw .noTime }
    if let day = CivilDay.parse(text) {
      self.init(instant: Instant(day: day), isDay: true, zoneAssumed: false)
    } else if let (instant, zoneAssumed) = Self.isoInstant(text) {
      self.init(instant: instant, isDay: false, zoneAssumed: zoneAssumed)
    } else {
      let words = text.split(separator: " ")
      guard let date = words.first, words.count <= 3 else { throw .noTime }
      let day = try Self.day(date.hasSuffix(",") ? date.dropLast() : date, order: order)
      guard words.count > 1 else {
        self.init(instant: Instant(day: day), isDay: true, zoneAssumed: false)
        return
      }
      guard let seconds = Self.secondOfDay(words[1], half: words.count == 3 ? words[2] : nil) else { throw .noTime }
      let instant = Instant(microseconds: Instant(day: day).microseconds + seconds * Instant.microsecondsPerSecond)
      self.init(instant: instant, isDay: false, zoneAssumed: true)
    }
  }

  private init(instant: Instant, isDay: Bool, zoneAssumed: Bool) {
    self.instant = instant
    self.isDay = isDay
    self.zoneAssumed = zoneAssumed
  }

  private static func isoInstant(_ text: String) -> (instant: Instant, zoneAssumed: Bool)? {
    var text = text
    // Jira's REST interface writes +0100.
    let zone = text.utf8.suffix(5)
    if text.utf8.count > 19, let sign = zone.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      zone.dropFirst().allSatisfy({ (0x30...0x39).contains($0) })
    {
      text.insert(":", at: text.utf8.index(text.endIndex, offsetBy: -2))
    }
    return text.withUTF8 { Instant.parseLenient(UnsafeRawBufferPointer($0)) }
  }

  private static func day(_ date: Substring, order: SlashOrder?) throws(Failure) -> Int {
    if let day = CivilDay.parse(date) { return day }
    let separator: Character = date.contains(".") && !date.contains("/") ? "." : date.contains("/") ? "/" : "-"
    let parts = date.split(separator: separator, omittingEmptySubsequences: false)
    guard parts.count == 3, let year = Self.year(parts[2]) else { throw .noTime }
    let found: Int?
    if let month = month(named: parts[1]) {
      found = number(parts[0]).flatMap { CivilDay.number(year: year, month: month, day: $0) }
    } else {
      guard separator != "-", let first = number(parts[0]), let second = number(parts[1]) else { throw .noTime }
      switch separator == "." ? .dayFirst : order {
      case .dayFirst: found = CivilDay.number(year: year, month: second, day: first)
      case .monthFirst: found = CivilDay.number(year: year, month: first, day: second)
      case nil:
        // Where day and month are one number, either order says the same.
        guard first == second else { throw .orderUnknown }
        found = CivilDay.number(year: year, month: first, day: second)
      }
    }
    guard let found else { throw .noTime }
    return found
  }

  /// Digits only, at most `most` of them.
  private static func number(_ text: Substring, most: Int = 2) -> Int? {
    text.utf8.count <= most && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }

  /// Four digits, or two of this century.
  private static func year(_ text: Substring) -> Int? {
    switch text.utf8.count {
    case 2: number(text).map { 2000 + $0 }
    case 4: number(text, most: 4)
    default: nil
    }
  }

  /// English and German abbreviations, as Jira writes them.
  private static func month(named text: Substring) -> Int? {
    switch text.prefix(3).lowercased() {
    case "jan": 1
    case "feb": 2
    case "mar", "mär", "mrz": 3
    case "apr": 4
    case "may", "mai": 5
    case "jun": 6
    case "jul": 7
    case "aug": 8
    case "sep": 9
    case "oct", "okt": 10
    case "nov": 11
    case "dec", "dez": 12
    default: nil
    }
  }

  /// `14:30`, `14:30:05`, or `2:30` with AM or PM.
  private static func secondOfDay(_ clock: Substring, half: Substring?) -> Int64? {
    let parts = clock.split(separator: ":", omittingEmptySubsequences: false).map { number($0) }
    guard (2...3).contains(parts.count), var hour = parts[0], let minute = parts[1], minute < 60,
      let second = parts.count == 3 ? parts[2] : 0, second < 60
    else { return nil }
    if let half {
      guard (1...12).contains(hour) else { return nil }
      switch half.uppercased() {
      case "AM": hour %= 12
      case "PM": hour = hour % 12 + 12
      default: return nil
      }
    }
    return hour < 24 ? Int64(hour * 3600 + minute * 60 + second) : nil
  }
}
