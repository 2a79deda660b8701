internal import Assessment
internal import EvidenceModel

extension DocumentContext {
  /// Weeks that a page lists and draws; a version's first week comes with its later ones.
  private static let weeksShown = 160
  /// Room that the name of a band takes, in ten thousandths of the drawing.
  private static let labelWidth = 1200

  /// Where weeks stand. Versions that share a week share its place, side by side.
  private struct WeekPlaces {
    var first: Int
    var span: Int
    var versions: [Int: [String]]

    func of(_ week: RouteDrift.Week) -> (x: Int, width: Int) {
      let sharing = versions[week.monday] ?? []
      let number = sharing.firstIndex { $0.utf8.elementsEqual(week.version.utf8) } ?? 0
      let width = 70_000 / span / max(1, sharing.count)
      return ((week.monday - first) * 10_000 / span + number * width, width)
    }
  }

  private func places(of weeks: ArraySlice<RouteDrift.Week>) -> WeekPlaces {
    let first = weeks.map(\.monday).min() ?? 0
    let span = max(7, (weeks.map(\.monday).max() ?? 0) - first + 7)
    return WeekPlaces(
      first: first, span: span, versions: Dictionary(grouping: weeks, by: \.monday).mapValues { $0.map(\.version) })
  }

  /// Mondays between the first and the last week in which nothing was served under the rule.
  private func quietWeeks(among weeks: ArraySlice<RouteDrift.Week>) -> [Int] {
    let mondays = Set(weeks.map(\.monday))
    guard let first = mondays.min(), let last = mondays.max(), (last - first) / 7 < 4 * Self.weeksShown else {
      return []
    }
    return stride(from: first, through: last, by: 7).filter { !mondays.contains($0) }
  }

  /// How the mix of models under a rule moved, drawn and as rows; places and heights are in thousandths.
  func drift(_ drift: RouteDrift, in xml: inout XMLWriter) {
    let weeks = drift.weeks.suffix(Self.weeksShown)
    let places = places(of: weeks)
    func thousandths(_ share: Double) -> String { String(Int((min(share, 1) * 1000).rounded())) }
    var band: Double?
    var labelled = -Self.labelWidth
    xml.element(
      "drift",
      [
        "compared": String(drift.compared), "outside": String(drift.weeks.count { $0.state == .outside }),
        "shown": String(weeks.count), "of": String(drift.weeks.count),
      ]
    ) { xml in
      for week in weeks {
        let place = places.of(week)
        // A band is named where it begins, if the name before it has ended.
        let isNamed = week.band != nil && week.band != band && place.x - labelled >= Self.labelWidth
        if isNamed { (band, labelled) = (week.band, place.x) }
        xml.element(
          "week",
          [
            "date": CivilDay.text(week.monday), "version": week.version, "version-page": layout.version(week.version),
            "n": String(week.served), "state": week.state.rawValue,
            "baseline": week.baseline.map(CivilDay.text), "distance": week.distance.map(rounded),
            "band": week.band.map(rounded), "set-by": week.setBy.map { FigureText.shortened($0) },
            "review": week.review.map { FigureText.shortened("\($0.reviewer): \($0.result) (\($0.place))", to: 400) },
            "x": Permille.text(place.x, of: 10_000), "width": Permille.text(place.width, of: 10_000),
            "band-named": isNamed ? "true" : nil, "height": week.distance.map(thousandths),
            "band-height": week.band.map(thousandths),
          ])
      }
      for monday in quietWeeks(among: weeks) {
        xml.element(
          "quiet-week",
          [
            "date": CivilDay.text(monday), "x": Permille.text(monday - places.first, of: places.span),
            "width": Permille.text(7, of: places.span),
          ])
      }
    }
  }
}
