internal import EvidenceModel
internal import EvidenceStore

/// How one group of exceptions falls into pages and days, found before a row is written.
struct ExceptionLayout {
  struct Day {
    /// In the zone of the pack, as days since 1970.
    var number: Int
    var n: Int
    /// The page that its first exception stands on.
    var page: Int
    var first: ExceptionPlace
  }

  private var bounds: [(from: Instant, to: Instant)] = []
  /// Only of groups that need a list of days.
  private(set) var days: [Day] = []
  private var n = 0

  mutating func add(_ place: ExceptionPlace, pageSize: Int, day: Int?) {
    if n % pageSize == 0 { bounds.append((place.at, place.at)) }
    bounds[bounds.count - 1].to = place.at
    n += 1
    guard let day else { return }
    if days.last?.number == day {
      days[days.count - 1].n += 1
    } else {
      days.append(Day(number: day, n: 1, page: bounds.count, first: place))
    }
  }

  /// `1 Jul 00:12 – 3 Jul 08:40`, of a page that is numbered from 1.
  func range(ofPage number: Int, _ time: TimeText, withYear: Bool) -> String {
    guard bounds.indices.contains(number - 1) else { return "–" }
    return time.range(bounds[number - 1].from, bounds[number - 1].to, withYear: withYear)
  }
}

extension DocumentContext {
  /// The layout of each group of one order. What is kept grows with pages and days, never with rows.
  func exceptionLayouts(_ group: Group, pageSize: Int) throws -> ByName<ExceptionLayout> {
    var long: ByName<Bool> = [:]
    for entry in group.entries {
      long[entry.key] = group.order == .time || entry.n > pageSize * Self.mostPagesInPager
    }
    var layouts: ByName<ExceptionLayout> = [:]
    try pack.evidence.forEachExceptionPlace(by: group.order.grouping) { place in
      let day = long[place.group] == true ? time.dayNumber(place.at) : nil
      layouts[place.group, default: ExceptionLayout()].add(place, pageSize: pageSize, day: day)
    }
    return layouts
  }
}
