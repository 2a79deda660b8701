internal import Assessment
internal import EvidenceModel
internal import EvidenceStore
internal import Replay

/// How much of the traffic stands on few models, providers, places and rules.
extension DocumentContext {
  private static let sharesShown = 10
  static let concentrationCheck = "RG-CON-01"

  func concentration(in xml: inout XMLWriter) {
    let served = facts.traffic.reduce(0) { $0 + $1.n }
    guard served > 0, let outcome = pack.assessment.outcomes.first(where: { $0.check == Self.concentrationCheck })
    else { return }
    let limit = facts.parameters.number("max-share", of: Self.concentrationCheck)
    xml.element(
      "concentration",
      [
        "n": String(served), "limit": limit.map(rounded), "limit-x": limit.map { permille($0) },
        "set-by": facts.parameters.values[Self.concentrationCheck]?["max-share"]?.origin.rawValue,
        "check": Self.concentrationCheck,
        "check-page": layout.check(Self.concentrationCheck), "result": outcome.result.rawValue,
      ]
    ) { xml in
      shares("model", limit, in: &xml) { $0.servedModel }
      shares("provider", limit, in: &xml) { $0.provider }
      shares("jurisdiction", limit, in: &xml) {
        $0.jurisdiction == Inventory.unknownJurisdiction ? "" : $0.jurisdiction
      }
      ranking("decisions", in: &xml) { _ in true }
      ranking("escalations", in: &xml) { facts.rule($0.rule, in: $0.version)?.action == .escalate }
      ranking("exceptions", in: &xml) { $0.decisionClass.isException }
    }
  }

  private func permille(_ share: Double) -> String {
    Permille.text(Int((min(share, 1) * 10_000).rounded()), of: 10_000)
  }

  /// The slices that the check compares, each of what was served.
  private static let slices: [(name: String, contains: @Sendable (TrafficRow) -> Bool)] = [
    ("all", { _ in true }), ("sensitive", { $0.isSensitive }), ("tools", { $0.hasTools }),
  ]

  private func shares(
    _ kind: String, _ limit: Double?, in xml: inout XMLWriter, _ name: (TrafficRow) -> String
  ) {
    let totals = Self.slices.map { slice in facts.traffic.reduce(0) { $0 + (slice.contains($1) ? $1.n : 0) } }
    var sums: ByName<[Int]> = [:]
    for row in facts.traffic {
      for (place, slice) in Self.slices.enumerated() where slice.contains(row) {
        sums[name(row), default: Self.slices.map { _ in 0 }][place] += row.n
      }
    }
    var all: ByName<Int> = [:]
    for (name, counts) in sums where !name.isEmpty { all[name] = counts[0] }
    let named = ranked(all)
    let shown = named.prefix(Self.sharesShown)
    let rest = named.dropFirst(Self.sharesShown).compactMap { sums[$0.name] }
    func share(_ attributes: XMLWriter.Attributes, _ counts: [Int], _ limit: Double?, in xml: inout XMLWriter) {
      xml.element("share", attributes) { xml in
        for (place, n) in counts.enumerated() where totals[place] > 0 {
          xml.element(
            "slice",
            [
              "kind": Self.slices[place].name, "n": String(n), "of": String(totals[place]),
              "share-text": FigureText.share(n, of: totals[place]), "width": Permille.text(n, of: totals[place]),
              "above": limit.map { String(Double(n) / Double(totals[place]) > $0) },
            ])
        }
      }
    }
    xml.element("shares", ["kind": kind, "shown": String(shown.count), "of": String(named.count)]) { xml in
      for row in shown { share(["name": FigureText.shortened(row.name)], sums[row.name] ?? [], limit, in: &xml) }
      if !rest.isEmpty {
        share(["kind": "rest"], Self.slices.indices.map { place in rest.reduce(0) { $0 + $1[place] } }, nil, in: &xml)
      }
      if let unnamed = sums[""] { share(["kind": "unnamed"], unnamed, nil, in: &xml) }
    }
  }

  /// Rules by how much of something falls under them, the most first, each with what those before it come to.
  private func ranking(_ kind: String, in xml: inout XMLWriter, _ counts: (TallyRow) -> Bool) {
    var sums: ByName<Int> = [:]
    for row in tally where layout.rule(row.rule) != nil && counts(row) { sums[row.rule, default: 0] += row.sums.n }
    let rules = ranked(sums)
    let all = rules.reduce(0) { $0 + $1.n }
    guard all > 0 else { return }
    var most = 0
    var heads = 0
    for rule in rules where most * 10 < all * 9 {
      most += rule.n
      heads += 1
    }
    let shown = rules.prefix(Self.sharesShown)
    xml.element(
      "ranking",
      [
        "kind": kind, "heads": String(heads), "rules": String(ruleIDs.count), "n": String(all),
        "shown": String(shown.count), "of": String(rules.count),
      ]
    ) { xml in
      var before = 0
      for rule in shown {
        xml.element(
          "rank",
          [
            "rule": FigureText.shortened(rule.name), "page": layout.rule(rule.name), "n": String(rule.n),
            "of": String(all), "x": Permille.text(before, of: all), "width": Permille.text(rule.n, of: all),
            "cumulative": String(before + rule.n), "share-text": FigureText.share(before + rule.n, of: all),
          ])
        before += rule.n
      }
    }
  }

  private func ranked(_ sums: ByName<Int>) -> [(name: String, n: Int)] {
    sums.map { (name: $0.key, n: $0.value) }
      .sorted { $0.n != $1.n ? $0.n > $1.n : $0.name.precedesBytewise($1.name) }
  }
}
