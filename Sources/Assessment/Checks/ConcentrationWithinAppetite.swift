internal import EvidenceModel
internal import Replay

/// Concentration on the front-line model is within appetite.
struct ConcentrationWithinAppetite: Check {
  static let definition = CheckDefinition(
    id: "RG-CON-01", title: "Concentration on the front-line model is within appetite",
    question: "Does no one model, provider or place carry more of the traffic than the stated limit?",
    method:
      "The greatest share of served decisions on one model, provider and jurisdiction is taken of all traffic, of sensitive traffic and of traffic with tools. A share above the limit is an exception.",
    population: "shares compared with the limit",
    cannotShow: "A common dependence behind different provider names.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    let limit = facts.parameters.number("max-share", of: id) ?? 0.7
    let slices: [(String, (TrafficRow) -> Bool)] = [
      ("all traffic", { _ in true }), ("sensitive traffic", { $0.isSensitive }),
      ("traffic with tools", { $0.hasTools }),
    ]
    let dimensions: [(SubjectKind, (TrafficRow) -> String)] = [
      (.model, { $0.servedModel }), (.provider, { $0.provider }),
      // A deployment that no register places stands in no place that could carry too much.
      (.jurisdiction, { $0.jurisdiction == Inventory.unknownJurisdiction ? "" : $0.jurisdiction }),
    ]
    let dependences = RouteDependence.all(facts)
    var findings: [Finding] = []
    var population = 0
    for (slice, contains) in slices {
      let rows = facts.traffic.filter(contains)
      let total = rows.reduce(0) { $0 + $1.n }
      guard total > 0 else { continue }
      for (kind, value) in dimensions {
        var sums: [String: Int] = [:]
        for row in rows where !value(row).isEmpty { sums[value(row), default: 0] += row.n }
        guard let largest = sums.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).first else { continue }
        population += 1
        let share = Double(largest.value) / Double(total)
        guard share > limit else { continue }
        findings.append(
          Finding(
            check: id, result: .fail, subjectKind: kind, subject: "\(largest.key) (\(slice))",
            summary:
              "\(largest.value) of \(total) served decisions of \(slice) depend on \(kind.rawValue) \(largest.key): \(rounded(share)), above \(rounded(limit)).",
            count: largest.value, population: total, populationText: "served decisions of \(slice)",
            details: kind == .model ? Self.dependence(on: largest.key, in: dependences) : []))
      }
    }
    return conclude(
      population: population, exceptions: findings.count, findings: findings, whenEmpty: "No decision was served.")
  }

  /// What passes through a model, and through the rule that most decisions fall under.
  private static func dependence(on model: String, in all: [RouteDependence]) -> [String] {
    [
      all.first { $0.kind == .model && $0.name.utf8.elementsEqual(model.utf8) }, all.first { $0.kind == .rule },
    ].compactMap { $0?.words }
  }
}
