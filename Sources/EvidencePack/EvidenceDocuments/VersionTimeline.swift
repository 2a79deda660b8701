internal import Assessment
internal import EvidenceModel

/// Versions over time: where each came into force, and when it was recorded. Places are in thousandths of the time shown.
extension DocumentContext {
  /// Past this number single versions cannot be told apart, and are counted.
  private static let drawnSingly = 60
  /// Versions on either side of the one that a page is about, where there are more than can be drawn.
  private static let neighbours = 8
  private static let mostColumns = 120

  /// - Parameter marked: the version that the page is about; nil draws all, or counts them.
  func versionTimeline(of marked: Int? = nil, in xml: inout XMLWriter) {
    let history = facts.records.history
    var places = Array(history.inForce.values.indices)
    var shown = shownTime
    if places.count > Self.drawnSingly, let marked {
      guard let place = facts.inForcePlaces[marked] else { return }
      places = Array(max(0, place - Self.neighbours)...min(places.count - 1, place + Self.neighbours))
      shown = around(places)
    }
    let visible = places.filter { place in
      Instant(microseconds: history.inForce.starts[place]) < shown.to && end(of: place).map { $0 > shown.from } ?? true
    }
    guard !visible.isEmpty else { return }
    let isCounted = visible.count > Self.drawnSingly
    // The one that was in force already is no column.
    let drawn = isCounted ? visible.filter { history.inForce.starts[$0] >= shown.from.microseconds } : visible
    let window = facts.window ?? shown
    let (periodFrom, periodTo) = (clamped(window.from, shown), clamped(window.to, shown))
    let weeks = isCounted ? weeksPerColumn(drawn) : 0
    xml.element(
      "version-timeline",
      [
        span(shown.from, shown.to),
        [
          "period-x": tenths(periodFrom), "period-width": tenths(periodTo - periodFrom), "shown": String(drawn.count),
          "of": String(history.versions.count), "weeks": isCounted ? String(weeks) : nil,
        ],
      ]
    ) { xml in
      for tick in ticks(from: shown.from, to: shown.to) {
        xml.element("tick", ["x": tenths(clamped(tick.instant, shown)), "kind": "month", "label": tick.label])
      }
      holes(shown, in: &xml)
      if isCounted {
        columns(drawn, weeks: weeks, shown, in: &xml)
      } else {
        for place in drawn { moment(place, isMarked: history.inForce.values[place] == marked, shown, in: &xml) }
      }
    }
  }

  private typealias Time = (from: Instant, to: Instant)

  /// In thousandths; what lies outside stands at the edge.
  private func clamped(_ instant: Instant, _ shown: Time) -> Double {
    Double(Permille.text(instant, from: shown.from, to: shown.to)) ?? 0
  }

  private func end(of place: Int) -> Instant? {
    let starts = facts.records.history.inForce.starts
    return place + 1 < starts.count ? Instant(microseconds: starts[place + 1]) : nil
  }

  /// The time of some versions, with room for the last one.
  private func around(_ places: [Int]) -> Time {
    let starts = facts.records.history.inForce.starts
    let from = starts[places[0]]
    let last = starts[places[places.count - 1]]
    let room = max(Instant.microsecondsPerHour, (last - from) / 12)
    return (Instant(microseconds: from - room / 2), Instant(microseconds: last + room))
  }

  /// Time without a policy that can be read.
  private func holes(_ shown: Time, in xml: inout XMLWriter) {
    let history = facts.records.history
    func hole(_ kind: String, _ from: Instant, _ to: Instant) {
      let (start, end) = (clamped(from, shown), clamped(to, shown))
      guard end > start else { return }
      xml.element("without-policy", ["kind": kind, "x": tenths(start), "width": tenths(end - start)])
    }
    if let first = history.inForce.starts.first { hole("no-policy", shown.from, Instant(microseconds: first)) }
    var last: (from: Instant, to: Instant)?
    for (place, index) in history.inForce.values.enumerated() where !history.versions[index].isReadable {
      let from = max(shown.from, Instant(microseconds: history.inForce.starts[place]))
      let to = min(shown.to, end(of: place) ?? shown.to)
      guard from < to else { continue }
      // Neighbours are one stretch.
      if let open = last, open.to == from {
        last = (open.from, to)
      } else {
        if let last { hole("unreadable", last.from, last.to) }
        last = (from, to)
      }
    }
    if let last { hole("unreadable", last.from, last.to) }
  }

  private func moment(_ place: Int, isMarked: Bool, _ shown: Time, in xml: inout XMLWriter) {
    let history = facts.records.history
    let index = history.inForce.values[place]
    let version = history.versions[index]
    let (start, end) = (clamped(version.effectiveFrom, shown), clamped(self.end(of: place) ?? shown.to, shown))
    let counts = directions(of: [index])
    let recorded = version.recordedAt
    xml.element(
      "moment",
      [
        [
          "version": version.id, "label": FigureText.shortened(version.id, to: 24), "x": tenths(start),
          "width": tenths(end - start), "started": version.effectiveFrom >= shown.from ? "true" : nil,
          "effective": version.effectiveFrom.description, "effective-text": time.text(version.effectiveFrom),
          "recorded": recorded?.description, "recorded-text": recorded.map(time.text),
          "recorded-x": recorded.map { tenths(clamped($0, shown)) },
          "recorded-at-edge": recorded.map { $0 < shown.from || $0 > shown.to } == true ? "true" : nil,
          "effect-order": RecordStory(version, people: facts.records.ownership.people, time: time).effect.rawValue,
          "readable": String(version.isReadable), "marked": isMarked ? "true" : nil,
        ],
        counts,
      ])
  }

  private func directions(of versions: [Int]) -> XMLWriter.Attributes {
    var counts: [RuleChange.Direction: Int] = [:]
    for index in versions {
      for change in changesByVersion[index] ?? [] where change.reasons != [.firstVersion] {
        counts[change.direction, default: 0] += 1
      }
    }
    func count(_ direction: RuleChange.Direction) -> String { String(counts[direction] ?? 0) }
    return [
      "looser": count(.looser), "stricter": count(.stricter), "neutral": count(.neutral), "unknown": count(.unknown),
    ]
  }

  // MARK: Many versions

  private func monday(_ instant: Instant) -> Int {
    // 1 January 1970 was a Thursday.
    let day = time.localDay(instant)
    return day - ((day + 3) % 7 + 7) % 7
  }

  /// The fewest weeks to a column that keep the columns apart.
  private func weeksPerColumn(_ places: [Int]) -> Int {
    let starts = facts.records.history.inForce.starts
    let days =
      monday(Instant(microseconds: starts[places[places.count - 1]]))
      - monday(Instant(microseconds: starts[places[0]]))
    return max(1, (days / 7 + Self.mostColumns) / Self.mostColumns)
  }

  private func columns(_ places: [Int], weeks: Int, _ shown: Time, in xml: inout XMLWriter) {
    let history = facts.records.history
    let first = monday(Instant(microseconds: history.inForce.starts[places[0]]))
    let columns = Dictionary(
      grouping: places.map { history.inForce.values[$0] },
      by: { (monday(history.versions[$0].effectiveFrom) - first) / (7 * weeks) })
    let most = columns.values.map(\.count).max() ?? 1
    for (column, versions) in columns.sorted(by: { $0.key < $1.key }) {
      let from = Instant(day: first + column * 7 * weeks)
      let to = Instant(day: first + (column + 1) * 7 * weeks)
      let (start, end) = (clamped(from, shown), clamped(to, shown))
      xml.element(
        "versions-column",
        [
          [
            "date": CivilDay.text(from.day), "date-text": time.day(from.day), "x": tenths(start),
            "width": tenths(max(1, end - start)), "height": String(versions.count * 1000 / most),
            "n": String(versions.count),
            "backdated": String(versions.count { history.versions[$0].isBackdated }),
            "first-version": versions.first.map { history.versions[$0].id } ?? "",
            "page": versions.first.flatMap { layout.version(history.versions[$0].id) },
          ],
          directions(of: versions),
        ])
    }
  }
}
