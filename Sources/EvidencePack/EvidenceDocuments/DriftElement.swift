internal import Assessment
internal import EvidenceModel

extension DocumentContext {
  /// Weeks that a page lists and draws; a version's first week comes with its later ones.
  private static let weeksShown = 160

  /// How the mix of models under a rule moved, drawn and as rows; places and heights are in thousandths.
  func drift(_ drift: RouteDrift, in xml: inout XMLWriter) {
    let weeks = drift.weeks.suffix(Self.weeksShown)
    let first = weeks.map(\.monday).min() ?? 0
    let span = max(1, (weeks.map(\.monday).max() ?? 0) - first + 7)
    func thousandths(_ share: Double) -> String { String(Int((share * 1000).rounded())) }
    xml.element(
      "drift",
      [
        "compared": String(drift.compared), "outside": String(drift.weeks.count { $0.state == .outside }),
        "shown": String(weeks.count), "of": String(drift.weeks.count),
      ]
    ) { xml in
      for week in weeks {
        xml.element(
          "week",
          [
            "date": CivilDay.text(week.monday), "version": week.version, "version-page": layout.version(week.version),
            "n": String(week.served), "state": week.state.rawValue,
            "baseline": week.baseline.map(CivilDay.text), "distance": week.distance.map(rounded),
            "band": week.band.map(rounded), "set-by": week.setBy.map { FigureText.shortened($0) },
            "review": week.review.map { FigureText.shortened("\($0.reviewer): \($0.result) (\($0.place))", to: 400) },
            "x": String((week.monday - first) * 1000 / span), "width": String(max(1, 7 * 1000 / span)),
            "height": week.distance.map(thousandths), "band-height": week.band.map(thousandths),
          ])
      }
    }
  }
}
