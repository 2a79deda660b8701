internal import Assessment
internal import EvidenceModel
internal import EvidenceStore
internal import Replay

/// Decisions of one day, or of one week.
struct DayCounts {
  var judged = 0
  var byClass: [DecisionClass: Int] = [:]

  var exceptions: Int { byClass.reduce(0) { $0 + ($1.key.isException ? $1.value : 0) } }

  mutating func add(_ decisionClass: DecisionClass, _ n: Int) {
    judged += n
    byClass[decisionClass, default: 0] += n
  }
}

/// Why there was no decision on a day.
enum QuietDay: String {
  /// A log has records before and after it.
  case empty
  /// No log reaches it.
  case noLog = "no-log"
  case notInForce = "not-in-force"
}

/// Days or weeks in a row.
enum DayUnit: String {
  case day, week

  var days: Int { self == .day ? 1 : 7 }

  /// The day that a day's row stands under: itself, or the Monday of its week.
  func start(of day: Int) -> Int {
    // 1970-01-01 was a Thursday.
    self == .day ? day : day - ((day + 3) % 7 + 7) % 7
  }
}

extension DocumentContext {
  /// Days that a drawing has room for; more are drawn by the week.
  private static let daysDrawn = 100
  private static let daysListed = 400
  private static let weeksListed = 160

  /// Decisions of the whole pack, day by day from the period's beginning to its end.
  func days(in xml: inout XMLWriter) {
    let range = facts.window.map { $0.from.day...Instant(microseconds: $0.to.microseconds - 1).day }
    days(
      Self.byDay(daysByRule.values.joined()), in: range, rows: .day, exceptions: (.time, ""),
      quiet: { day in isCovered(day...day) ? .empty : .noLog }, xml: &xml)
  }

  /// Decisions of one source, from its first day to its last.
  func days(ofSource counts: [RunEvidence.DayCount], in xml: inout XMLWriter) {
    days(Self.byDay(counts), in: nil, rows: .day, exceptions: nil, quiet: { _ in .empty }, xml: &xml)
  }

  /// Decisions under one rule, week by week.
  func weeks(ofRule rule: String, in xml: inout XMLWriter) {
    let counts = daysByRule[rule] ?? []
    guard !counts.isEmpty, let window = facts.window else { return }
    let stretches = facts.rulesInForceByID[rule] ?? []
    let range = window.from.day...Instant(microseconds: window.to.microseconds - 1).day
    days(
      Self.byDay(counts), in: range, rows: .week, exceptions: (.rule, rule),
      quiet: { monday in
        let (from, to) = (Instant(day: monday), Instant(day: monday + 7))
        guard stretches.contains(where: { $0.from < to && $0.to > from }) else { return .notInForce }
        return isCovered(monday...(monday + 6)) ? .empty : .noLog
      }, xml: &xml)
  }

  private static func byDay(_ counts: some Sequence<RunEvidence.DayCount>) -> [Int: DayCounts] {
    var days: [Int: DayCounts] = [:]
    for count in counts { days[count.day, default: DayCounts()].add(count.decisionClass, count.n) }
    return days
  }

  /// Whether some log has its first record before the end of these days and its last after their beginning.
  private func isCovered(_ days: ClosedRange<Int>) -> Bool { coveredDays.contains { $0.overlaps(days) } }

  /// Days between the first and the last record of some log, neighbours joined.
  static func coveredDays(_ sources: [ScannedSource]) -> [ClosedRange<Int>] {
    let spans = sources.compactMap { source in source.first.flatMap { first in source.last.map { first.day...$0.day } }
    }
    var covered: [ClosedRange<Int>] = []
    for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = covered.last, span.lowerBound <= last.upperBound + 1 {
        covered[covered.count - 1] = last.lowerBound...max(last.upperBound, span.upperBound)
      } else {
        covered.append(span)
      }
    }
    return covered
  }

  /// - Parameter list: The exceptions that are counted here, in the order of time, so that a day's number can open its first page.
  private func days(
    _ counts: [Int: DayCounts], in range: ClosedRange<Int>?, rows unit: DayUnit,
    exceptions list: (order: DecisionOrder, key: String)?, quiet: (Int) -> QuietDay, xml: inout XMLWriter
  ) {
    guard let first = counts.keys.min(), let last = counts.keys.max() else {
      xml.element("days", ["unit": unit.rawValue, "drawn": unit.rawValue, "shown": "0", "of": "0"])
      return
    }
    let rows = Self.sums(counts, by: unit)
    let all = Self.starts(min(first, range?.lowerBound ?? first)...max(last, range?.upperBound ?? last), rows, unit)
    let shown = all.suffix(unit == .day ? Self.daysListed : Self.weeksListed)
    let drawn = shown.count > Self.daysDrawn ? DayUnit.week : unit
    xml.element(
      "days",
      [
        "unit": unit.rawValue, "drawn": drawn.rawValue, "shown": String(shown.count), "of": String(all.count),
        "judged": String(shown.reduce(0) { $0 + (rows[$1]?.judged ?? 0) }),
        "exceptions": String(shown.reduce(0) { $0 + (rows[$1]?.exceptions ?? 0) }),
      ]
    ) { xml in
      var place = rows.reduce(0) { $0 + ($1.key < shown.first ?? 0 ? $1.value.exceptions : 0) }
      for day in shown {
        let counts = rows[day] ?? DayCounts()
        let page = list.map { layout.decisions($0.order, $0.key, page: place / Self.decisionPageSize + 1) }
        row(counts, day, page: counts.exceptions > 0 ? page : nil, quiet: quiet, in: &xml)
        place += counts.exceptions
      }
      let slots = drawn == unit ? rows : Self.sums(rows.filter { $0.key >= shown.first ?? 0 }, by: drawn)
      let starts = drawn == unit ? Array(shown) : Self.starts((shown.first ?? 0)...(shown.last ?? 0), slots, drawn)
      draw(slots, starts, quiet: drawn == unit ? quiet : { isCovered($0...($0 + 6)) ? .empty : .noLog }, in: &xml)
      strips(slots, starts, in: &xml)
    }
  }

  private static func sums(_ counts: [Int: DayCounts], by unit: DayUnit) -> [Int: DayCounts] {
    guard unit == .week else { return counts }
    var weeks: [Int: DayCounts] = [:]
    for (day, counts) in counts {
      for (decisionClass, n) in counts.byClass {
        weeks[unit.start(of: day), default: DayCounts()].add(decisionClass, n)
      }
    }
    return weeks
  }

  /// Days without a decision stand too, unless stray instants would make years of them.
  private static func starts(_ range: ClosedRange<Int>, _ counts: [Int: DayCounts], _ unit: DayUnit) -> [Int] {
    let (first, last) = (unit.start(of: range.lowerBound), unit.start(of: range.upperBound))
    guard (last - first) / unit.days < 4000 else { return counts.keys.sorted() }
    return Array(stride(from: first, through: last, by: unit.days))
  }

  private func row(
    _ counts: DayCounts, _ day: Int, page: String?, quiet: (Int) -> QuietDay, in xml: inout XMLWriter
  ) {
    xml.element(
      "day",
      [
        "date": CivilDay.text(day), "judged": String(counts.judged), "exceptions": String(counts.exceptions),
        "page": page, "state": counts.judged == 0 ? quiet(day).rawValue : nil,
      ]
    ) { xml in
      for decisionClass in DecisionClass.allCases where decisionClass.isException {
        guard let n = counts.byClass[decisionClass] else { continue }
        xml.element("part", ["class": decisionClass.name, "n": String(n)])
      }
    }
  }

  /// A place for each day or week, and the dates below.
  private func draw(_ counts: [Int: DayCounts], _ starts: [Int], quiet: (Int) -> QuietDay, in xml: inout XMLWriter) {
    let highest = max(1, starts.reduce(0) { max($0, counts[$1]?.judged ?? 0) })
    // A label takes 90 thousandths.
    let step = max(1, (starts.count + 8) / 9)
    for index in stride(from: 0, to: starts.count, by: step) where index * 1000 <= starts.count * 910 {
      xml.element(
        "tick", ["x": Permille.text(index, of: starts.count), "kind": "day", "label": time.day(starts[index])])
    }
    for (index, start) in starts.enumerated() {
      let day = counts[start] ?? DayCounts()
      xml.element(
        "slot",
        [
          "date": CivilDay.text(start), "judged": String(day.judged), "exceptions": String(day.exceptions),
          "x": Permille.text(index, of: starts.count), "width": Permille.text(1, of: starts.count),
          "height": Permille.text(day.judged, of: highest),
          "exception-height": Permille.text(day.exceptions, of: highest),
          "most": day.judged == highest ? "true" : nil, "state": day.judged == 0 ? quiet(start).rawValue : nil,
        ])
    }
  }

  /// A strip for each class of exceptions, each in a scale of its own: a rare class must not vanish beside a common one.
  private func strips(_ counts: [Int: DayCounts], _ starts: [Int], in xml: inout XMLWriter) {
    for decisionClass in DecisionClass.allCases where decisionClass.isException {
      let days = starts.enumerated().compactMap { index, start in
        counts[start]?.byClass[decisionClass].map { (index: index, n: $0) }
      }
      guard let most = days.map(\.n).max() else { continue }
      xml.element(
        "strip",
        [
          "class": decisionClass.name, "n": String(days.reduce(0) { $0 + $1.n }), "most": String(most),
          "slots": String(days.count),
        ]
      ) { xml in
        for day in days {
          xml.element(
            "bar",
            [
              "x": Permille.text(day.index, of: starts.count), "width": Permille.text(1, of: starts.count),
              "height": Permille.text(day.n, of: most),
            ])
        }
      }
    }
  }
}
