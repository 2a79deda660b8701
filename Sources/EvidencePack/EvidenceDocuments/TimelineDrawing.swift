internal import Assessment
internal import EvidenceModel
internal import EvidenceStore

/// Lays timelines out in thousandths of the time shown; stylesheets only draw.
extension DocumentContext {
  /// The time that drawings show: the period with some room around it, or for open bounds everything on record.
  var shownTime: (from: Instant, to: Instant) {
    let history = facts.records.history
    let window =
      facts.window ?? (
        history.versions.first?.effectiveFrom ?? Instant(microseconds: 0),
        history.versions.last?.effectiveFrom ?? Instant(microseconds: 1)
      )
    let room = (window.to.microseconds - window.from.microseconds) / 6
    let from = Instant(microseconds: window.from.microseconds - room)
    let to = Instant(microseconds: window.to.microseconds + max(1, room / 3))
    return (from, to)
  }

  private struct Bar {
    var from: Instant
    var to: Instant?
    var kind: String
    var label: String
    var title: String
    var isBackdated = false
    var recorded: Instant?
    /// When the owner left, if that is inside the bar.
    var left: Instant?
    var page: String?
  }

  /// Bars and rows that a lane has room for, the latest; the tables have all.
  private static let barsDrawn = 60
  private static let rowsDrawn = 24

  func timeline(of rule: String, tenures: [Tenure], stretches: [Stretch], in xml: inout XMLWriter) {
    let history = facts.records.history
    var versionBars: [Bar] = []
    for (place, index) in history.inForce.values.enumerated() {
      let version = history.versions[index]
      guard facts.rule(rule, in: version.id) != nil else { continue }
      let to = place + 1 < history.inForce.starts.count ? Instant(microseconds: history.inForce.starts[place + 1]) : nil
      versionBars.append(
        Bar(
          from: version.effectiveFrom, to: to, kind: "version", label: version.id,
          title: "Version \(version.id), in force from \(time.text(version.effectiveFrom))",
          isBackdated: version.isBackdated, recorded: version.recordedAt,
          page: layout.version(version.id)))
    }
    let people = facts.records.ownership.people
    let tenureBars = tenures.filter(\.record.isAccountable).map { tenure in
      bar(
        of: tenure, named: tenure.record.owner, left: people.person(for: tenure.record.owner)?.leftAt,
        page: layout.owner(tenure.record.owner))
    }
    let troubleBars = stretches.map { stretch in
      let label =
        switch stretch.kind {
        case .gap: "no owner"
        case .overlap: "overlap"
        case .departed: "owner had left"
        }
      return Bar(
        from: stretch.from, to: stretch.to, kind: stretch.kind.rawValue, label: label,
        title: "\(label), \(time.text(stretch.from)) to \(time.text(stretch.to))")
    }
    let changeMarks = changes(ofRule: rule).map { change in
      (
        history.versions[change.versionIndex].effectiveFrom, change.kind.rawValue,
        "\(change.kind.rawValue) in \(change.version)"
      )
    }
    let steps = facts.records.ownership.steps(of: rule)
    var handOvers: [(Instant, String, String)] = []
    for (index, start) in steps.starts.enumerated().dropFirst() {
      let (before, after) = (steps.values[index - 1].tenure?.record.owner, steps.values[index].tenure?.record.owner)
      if before != after, before != nil, after != nil {
        handOvers.append(
          (
            Instant(microseconds: start), "hand-over",
            "from \(FigureText.shortened(before ?? "", to: 40)) to \(FigureText.shortened(after ?? "", to: 40))"
          ))
      }
    }
    drawing(in: &xml) { xml in
      lane("versions", "Policy versions that state the rule", versionBars, changeMarks, in: &xml)
      lane("tenures", "Accountable owners", tenureBars, handOvers, in: &xml)
      if !troubleBars.isEmpty {
        lane("ownership", "Gaps, overlaps and leavers in the period", troubleBars, [], in: &xml)
      }
    }
  }

  private func bar(of tenure: Tenure, named name: String, left: Instant?, page: String?) -> Bar {
    let record = tenure.record
    let isInside = left.map { $0 > record.from && $0.microseconds < record.to?.microseconds ?? .max } ?? false
    return Bar(
      from: record.from, to: record.to, kind: "tenure", label: FigureText.shortened(name, to: 40),
      title: "\(FigureText.shortened(name, to: 80)), from \(time.text(record.from))",
      isBackdated: record.isBackdated, recorded: record.recordedAt, left: isInside ? left : nil, page: page)
  }

  /// What one owner held; nothing where the time shown has none of it.
  func timeline(ofOwner tenures: [Tenure], left: Instant?, in xml: inout XMLWriter) {
    let shown = shownTime
    let held = tenures.filter { $0.record.from < shown.to && $0.record.to.map { $0 > shown.from } ?? true }
    guard !held.isEmpty else { return }
    let bars = { (isAccountable: Bool) in
      held.filter { $0.record.isAccountable == isAccountable }.map { tenure in
        bar(of: tenure, named: tenure.rule, left: left, page: layout.rule(tenure.rule))
      }
    }
    drawing(in: &xml) { xml in
      for (kind, title, bars) in [
        ("tenures", "Accountable for", bars(true)), ("other-tenures", "In another role", bars(false)),
      ] where !bars.isEmpty {
        lane(kind, title, bars, [], in: &xml)
      }
      if let left, left < shown.to {
        let label = "had left"
        lane(
          "presence", "Left, as the register of people says",
          [Bar(from: left, kind: "departed", label: label, title: "\(label), from \(time.text(left))")], [], in: &xml)
      }
    }
  }

  private func drawing(in xml: inout XMLWriter, body: (inout XMLWriter) -> Void) {
    let shown = shownTime
    let window = facts.window ?? shown
    func place(_ instant: Instant) -> Double { Double(Permille.text(instant, from: shown.from, to: shown.to)) ?? 0 }
    let periodWidth = place(window.to) - place(window.from)
    xml.element(
      "timeline",
      [
        span(shown.from, shown.to),
        ["period-x": Permille.text(window.from, from: shown.from, to: shown.to), "period-width": tenths(periodWidth)],
      ]
    ) { xml in
      for tick in ticks(from: shown.from, to: shown.to) {
        xml.element(
          "tick",
          ["x": Permille.text(tick.instant, from: shown.from, to: shown.to), "kind": "month", "label": tick.label])
      }
      body(&xml)
    }
  }

  func tenths(_ value: Double) -> String {
    let rounded = Int((max(0, min(1000, value)) * 10).rounded())
    return rounded % 10 == 0 ? String(rounded / 10) : "\(rounded / 10).\(rounded % 10)"
  }

  /// First days of months; of a long time every third, twelfth or sixtieth. A short time has days instead.
  func ticks(from: Instant, to: Instant) -> [(instant: Instant, label: String)] {
    let days = to.day - from.day
    if days < 45 {
      let step = max(1, (days + 7) / 8)
      return stride(from: from.day + 1, through: to.day, by: step).map { (Instant(day: $0), time.day($0)) }
    }
    let months = days / 30
    // Ten labels fit beside each other.
    let step = [1, 3, 12, 60, 120, 1200].first { months / $0 < 9 } ?? 12_000
    let start = CivilDay.parts(from.day)
    var ticks: [(instant: Instant, label: String)] = []
    // Months since year 0; the first one after the beginning that is a multiple of the step.
    let beginning = start.year * 12 + start.month
    let first = beginning + ((step - beginning % step) % step + step) % step
    for month in stride(from: first, through: first + 12 * step, by: step) {
      let ofYear = (month % 12 + 12) % 12
      guard let day = CivilDay.number(year: (month - ofYear) / 12, month: ofYear + 1, day: 1), day <= to.day else {
        break
      }
      let words = time.day(day).split(separator: " ")
      ticks.append((Instant(day: day), step >= 12 ? String(words[2]) : "\(words[1]) \(words[2])"))
    }
    return ticks
  }

  private func lane(
    _ kind: String, _ title: String, _ bars: [Bar], _ marks: [(Instant, String, String)], limit: Int = barsDrawn,
    in xml: inout XMLWriter
  ) {
    let shown = shownTime
    func place(_ instant: Instant) -> Double { Double(Permille.text(instant, from: shown.from, to: shown.to)) ?? 0 }
    let visible = bars.filter { $0.from < shown.to && ($0.to.map { $0 > shown.from } ?? true) }
    // Bars that overlap in time get rows of their own: each takes the first row that is free.
    var rowEnds: [Instant?] = []
    var placed: [(bar: Bar, row: Int)] = []
    for bar in visible.sorted(by: { $0.from < $1.from }).suffix(limit) {
      let row = rowEnds.firstIndex { end in end.map { $0 <= bar.from } ?? false } ?? rowEnds.count
      guard row < Self.rowsDrawn else { continue }
      if row == rowEnds.count { rowEnds.append(bar.to) } else { rowEnds[row] = bar.to }
      placed.append((bar, row))
    }
    xml.element(
      "lane",
      [
        "kind": kind, "title": title, "rows": String(max(1, rowEnds.count)), "shown": String(placed.count),
        "of": String(visible.count),
      ]
    ) { xml in
      for (bar, row) in placed {
        let start = place(max(bar.from, shown.from))
        let end = place(min(bar.to ?? shown.to, shown.to))
        // What was recorded at about the time it began needs no mark.
        let recorded = bar.recorded.flatMap { $0 >= shown.from && $0 < shown.to ? place($0) : nil }
        xml.element(
          "bar",
          [
            "x": tenths(start), "width": tenths(end - start), "row": String(row), "kind": bar.kind, "label": bar.label,
            "title": bar.title + (bar.recorded.map { ", recorded \(time.text($0))" } ?? ""),
            "backdated": bar.isBackdated ? "true" : nil,
            "recorded-x": recorded.flatMap { abs($0 - start) < 4 ? nil : tenths($0) },
            "left-x": bar.left.flatMap { $0 >= shown.from && $0 < shown.to ? tenths(place($0)) : nil },
            "page": bar.page,
          ])
      }
      for mark in marks.filter({ $0.0 >= shown.from && $0.0 < shown.to }).suffix(limit) {
        xml.element("mark", ["x": tenths(place(mark.0)), "kind": mark.1, "label": mark.2])
      }
    }
  }
}
