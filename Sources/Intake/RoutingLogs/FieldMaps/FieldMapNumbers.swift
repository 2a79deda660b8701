internal import CSimdJSON
internal import EvidenceModel

/// Numbers and times, which may stand as text.
extension FieldMapEvaluator {
  private static let longestNumber = 40
  /// The end of the year 9999.
  private static let latest: Int64 = 253_402_300_800_000_000

  /// The first of several ways that leads to a time.
  func instant(_ ways: [MappedValue]) -> (at: Instant, zoneAssumed: Bool)? {
    for way in ways where meets(way.conditions) {
      guard case .path(let path) = way.source else { continue }
      var found: (at: Instant, zoneAssumed: Bool)?
      visit(path) { value in
        found = self.instant(value, way.time)
        return found != nil
      }
      if let found { return found }
    }
    return nil
  }

  private func instant(_ value: json_value, _ form: MappedValue.TimeForm) -> (at: Instant, zoneAssumed: Bool)? {
    let text = value.text.raw
    switch form {
    case .rfc3339: return Instant.parse(text).map { ($0, false) }
    case .lenient: return Instant.parseLenient(text).map { ($0.instant, $0.zoneAssumed) }
    case .isoNoZone:
      return Instant.parseLenient(text).flatMap { $0.zoneAssumed ? ($0.instant, true) : nil }
    case .epochSeconds: return epoch(value, perSecond: 1)
    case .epochMilliseconds: return epoch(value, perSecond: 1_000)
    case .epochMicroseconds: return epoch(value, perSecond: 1_000_000)
    case .epochNanoseconds: return epoch(value, perSecond: 1_000_000_000)
    }
  }

  /// Whole numbers never pass through a double, which would round nanoseconds.
  private func epoch(_ value: json_value, perSecond: Int64) -> (at: Instant, zoneAssumed: Bool)? {
    let microseconds: Int64?
    if let whole = whole(value) {
      let (product, overflow) = whole.multipliedReportingOverflow(by: max(1, 1_000_000 / perSecond))
      microseconds = overflow ? nil : product / max(1, perSecond / 1_000_000)
    } else {
      microseconds = real(value).flatMap { Int64(exactly: ($0 * (1e6 / Double(perSecond))).rounded(.down)) }
    }
    guard let microseconds, microseconds > 0, microseconds < Self.latest else { return nil }
    return (Instant(microseconds: microseconds), false)
  }

  /// A number of tokens; 0 where there is none, and above a million million, which is no such count.
  func tokenCount(_ ways: [MappedValue]) -> Int64 {
    let count = number(ways) { value, _ in self.whole(value) ?? self.real(value).flatMap { Int64(exactly: $0) } } ?? 0
    return count.magnitude <= 1 << 40 ? count : 0
  }

  /// A cost in millionths of a dollar, rounded to the nearest; 0 where there is none, and above a thousand million dollars.
  func costMicros(_ ways: [MappedValue]) -> Int64 {
    number(ways) { value, way in
      guard let real = self.real(value) else { return nil }
      let micros = (real * way.unit.microsPerUnit).rounded(.toNearestOrAwayFromZero)
      return abs(micros) <= 1e15 ? Int64(exactly: micros) : nil
    } ?? 0
  }

  private func number(_ ways: [MappedValue], _ read: (json_value, MappedValue) -> Int64?) -> Int64? {
    for way in ways where meets(way.conditions) {
      guard case .path(let path) = way.source else { continue }
      var found: Int64?
      visit(path) { value in
        found = read(value, way)
        return found != nil
      }
      if let found { return found }
    }
    return nil
  }

  private func whole(_ value: json_value) -> Int64? {
    switch value.kind {
    case JSON_INTEGER: value.integer
    case JSON_STRING where value.count <= Self.longestNumber: Int64(value.text.string)
    default: nil
    }
  }

  func real(_ value: json_value) -> Double? {
    let real: Double? =
      switch value.kind {
      case JSON_INTEGER: Double(value.integer)
      case JSON_REAL: value.real
      case JSON_STRING where value.count <= Self.longestNumber: Double(value.text.string)
      default: nil
      }
    return real.flatMap { $0.isFinite ? $0 : nil }
  }

  /// The tools of a record: all strings at the ends of the paths, also those of a list; a text may hold several.
  func tools(_ ways: [MappedValue]) -> [BorrowedText] {
    var tools: [BorrowedText] = []
    for way in ways where tools.isEmpty && meets(way.conditions) {
      guard case .path(let path) = way.source else {
        let text = text(way)
        if !text.isEmpty { tools.append(text) }
        continue
      }
      visit(path) { value in
        for item in value.kind == JSON_ARRAY ? elements(of: value).all : [value] {
          tools += split(text(of: item), at: way.separator)
        }
        return tools.count >= Self.mostElements
      }
    }
    return tools
  }

  private func split(_ text: BorrowedText, at separator: UInt8?) -> [BorrowedText] {
    guard let separator else { return text.isEmpty ? [] : [text] }
    return text.raw.split(separator: separator, maxSplits: Self.mostElements).map { part in
      BorrowedText(start: text.start.map { $0 + part.startIndex }, count: part.count)
    }
  }
}
