internal import EvidenceModel
internal import Replay

/// Concentration on the front-line model is within appetite.
struct ConcentrationWithinAppetite: Check {
  static let definition = CheckDefinition(
    id: "RG-CON-01", title: "Concentration on the front-line model is within appetite",
    question: "Does no one model, provider or place carry more of the traffic than the stated limit?",
    method:
      "The greatest share of served decisions on one model, provider and jurisdiction is taken of all traffic, of sensitive traffic and of traffic with tools. A share above the limit is an exception, until the register of exceptions holds its acceptance. A share that decisions without a provider or a place could bring above the limit cannot be told. Beside each stand the rules and the agents that lean on the same name for more than the limit of their own decisions.",
    population: "shares compared with the limit",
    cannotShow:
      "A common dependence behind different provider names; whether the one who accepted a share was the one to do so.")

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
    var findings: [Finding] = []
    var population = 0
    for (slice, contains) in slices {
      let rows = facts.traffic.filter(contains)
      let total = rows.reduce(0) { $0 + $1.n }
      guard total > 0 else { continue }
      for (kind, value) in dimensions {
        var sums: ByName<Int> = [:]
        for row in rows where !value(row).isEmpty { sums[value(row), default: 0] += row.n }
        let largest = sums.max {
          $0.value != $1.value ? $0.value < $1.value : $1.key.precedesBytewise($0.key)
        }
        population += 1
        let most = largest?.value ?? 0
        let share = Double(most) / Double(total)
        guard share > limit, let largest else {
          // All that name nothing may have gone to one, and to the largest.
          let unnamed = total - sums.values.reduce(0, +)
          if Double(most + unnamed) / Double(total) > limit {
            findings.append(untold(kind, slice, unnamed, of: total))
          }
          continue
        }
        findings.append(
          Finding(
            check: id, result: .fail, subjectKind: kind, subject: "\(largest.key) (\(slice))",
            summary:
              "\(largest.value) of \(total) served decisions of \(slice) depend on \(kind.rawValue) \(largest.key): \(rounded(share)), above \(rounded(limit)).",
            count: largest.value, population: total, populationText: "served decisions of \(slice)",
            details: rulesLeaning(on: largest.key, as: kind, limit, facts)
              + agentsLeaning(on: largest.key, as: kind, limit, facts)))
      }
    }
    let untold = findings.filter { $0.result == .cannotTell }
    return conclude(
      population: population, exceptions: findings.count - untold.count, cannotTell: untold.count,
      missing: Self.recordsMissing(in: untold), findings: findings, whenEmpty: "No decision was served.")
  }

  /// A share that is below the limit only while nobody knows where some of the decisions went.
  private func untold(_ kind: SubjectKind, _ slice: String, _ unnamed: Int, of total: Int) -> Finding {
    Finding(
      check: id, result: .cannotTell, subjectKind: kind, subject: "any \(kind.rawValue) (\(slice))",
      summary:
        "\(unnamed) of \(total) served decisions of \(slice) state no \(kind.rawValue): the greatest share may be above the limit.",
      count: unnamed, population: total, populationText: "served decisions of \(slice)",
      missingRecords: [
        kind == .jurisdiction ? "the jurisdiction of every deployment" : "the \(kind.rawValue) of every served decision"
      ])
  }

  /// Rules whose served decisions one model answered to more than the limit.
  private func rulesLeaning(
    on name: String, as kind: SubjectKind, _ limit: Double, _ facts: AssessmentFacts
  ) -> [String] {
    guard kind == .model else { return [] }
    var rules: ByName<(all: Int, onName: Int)> = [:]
    for row in facts.routed {
      rules[row.rule, default: (0, 0)].all += row.n
      if row.servedModel.isSameName(as: name) { rules[row.rule, default: (0, 0)].onName += row.n }
    }
    return words(rules, "rules", limit)
  }

  /// Agents whose decisions reached one model, provider or place to more than the limit.
  private func agentsLeaning(
    on name: String, as kind: SubjectKind, _ limit: Double, _ facts: AssessmentFacts
  ) -> [String] {
    let side: LinkRow.Side =
      switch kind {
      case .provider: .provider
      case .jurisdiction: .jurisdiction
      default: .reachedModel
      }
    var agents: ByName<(all: Int, onName: Int)> = [:]
    for row in facts.seen where row.kind == .agent { agents[row.name] = (row.n, 0) }
    for link in facts.links
    where link.side == .agent && link.otherSide == side && link.other.isSameName(as: name) {
      agents[link.name]?.onName += link.n
    }
    return facts.links.isEmpty ? [] : words(agents, "agents", limit)
  }

  private func words(_ shares: ByName<(all: Int, onName: Int)>, _ what: String, _ limit: Double) -> [String] {
    let leaning = shares.filter { Double($0.value.onName) > limit * Double($0.value.all) }
      .sorted { $0.key.precedesBytewise($1.key) }
      .map { "\($0.key) (\(rounded(Double($0.value.onName) / Double($0.value.all))))" }
    guard !leaning.isEmpty else { return [] }
    return [
      "\(leaning.count) of \(shares.count) \(what) lean on it for more than \(rounded(limit)) of their decisions: \(listed(leaning))."
    ]
  }
}
