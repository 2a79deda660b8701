internal import EvidenceModel
internal import Replay

/// Sums of decisions, by rule, version, owner and class.
extension DocumentContext {
  /// - Parameters:
  ///   - limit: more rows than that are summed over versions, and if that is not enough, the page has as many.
  ///   - exceptionsPage: what opens the exceptions among them.
  func tally(_ all: [TallyRow], limit: Int, exceptionsPage: String?, in xml: inout XMLWriter) {
    let isSummed = all.count > limit
    let rows = isSummed ? summedOverVersions(all) : all
    let shown = foremost(rows, limit)
    let isCut = shown.count < rows.count
    xml.element(
      "tally",
      [
        "n": String(rows.reduce(0) { $0 + $1.sums.n }), "shown": isCut ? String(shown.count) : nil,
        "of": isCut ? String(rows.count) : nil, "page": isCut ? "data/tally.csv" : nil,
      ]
    ) { xml in
      for row in shown {
        xml.element(
          "tally-row",
          [
            "anchor": anchor("tally", row.rule, row.version, row.owner, row.ownerStatus.name, row.decisionClass.name),
            "rule": row.rule, "rule-page": layout.rule(row.rule), "version": row.version,
            "version-page": isSummed ? nil : layout.version(row.version), "all-versions": isSummed ? "true" : nil,
            "owner": FigureText.shortened(row.owner), "owner-page": layout.owner(row.owner),
            "owner-status": row.ownerStatus.name,
            "class": row.decisionClass.name, "exception": String(row.decisionClass.isException),
            "n": String(row.sums.n),
            "indeterminate": String(row.sums.indeterminate), "tokens-in": String(row.sums.tokensIn),
            "tokens-out": String(row.sums.tokensOut), "cost-micros": String(row.sums.costMicros),
            "cost-text": FigureText.dollars(row.sums.costMicros),
            "page": row.decisionClass.isException ? exceptionsPage : nil,
          ])
      }
    }
  }

  private func summedOverVersions(_ rows: [TallyRow]) -> [TallyRow] {
    var sums: ByName<TallyRow> = [:]
    for row in rows {
      var first = row
      first.version = ""
      first.sums = TallySums()
      let key = [row.rule, row.owner, row.ownerStatus.name, row.decisionClass.name].joined(separator: "\u{0}")
      sums[key, default: first].sums.add(row.sums)
    }
    return sums.keys.sortedBytewise().compactMap { sums[$0] }
  }

  /// Exceptions before others, and larger sums before smaller; in the order of the rows.
  private func foremost(_ rows: [TallyRow], _ limit: Int) -> [TallyRow] {
    guard rows.count > limit else { return rows }
    let places = rows.indices.sorted {
      let (one, other) = (rows[$0], rows[$1])
      let isException = one.decisionClass.isException
      guard isException == other.decisionClass.isException else { return isException }
      return (-one.sums.n, $0) < (-other.sums.n, $1)
    }
    return places.prefix(limit).sorted().map { rows[$0] }
  }
}
