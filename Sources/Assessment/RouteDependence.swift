internal import EvidenceModel
internal import Replay

/// How much passes through one front-line model or one rule: what stands still, or goes wrong, when it does.
package struct RouteDependence: Sendable, Hashable {
  /// Names of one kind that pass through a route.
  package struct Reach: Sendable, Hashable {
    package var names: Int
    package var allNames: Int
    /// Decisions of these names that pass through, of all that they made. A decision counts with each of its tools.
    package var decisions: Int
    package var allDecisions: Int
  }

  package enum Kind: String, Sendable {
    case model, rule
  }

  /// A model as it is asked for, or a rule as it applies.
  package var kind: Kind
  package var name: String
  package var decisions: Int
  /// Decisions that some rule applied to; only of those is it known what they passed through.
  package var allDecisions: Int
  package var dataClasses, agents, tools: Reach

  /// Every front-line model, then every rule, each list by decisions, the most first.
  package static func all(_ facts: AssessmentFacts) -> [RouteDependence] {
    let total = facts.tally.filter { !$0.rule.utf8.elementsEqual("-".utf8) }.reduce(0) { $0 + $1.sums.n }
    let routed = facts.links.filter { $0.side == .requestedModel && $0.otherSide == .rule }
    var models: ByName<Int> = [:]
    var rules: ByName<Int> = [:]
    for link in routed { models[link.name, default: 0] += link.n }
    for row in facts.tally where !row.rule.utf8.elementsEqual("-".utf8) { rules[row.rule, default: 0] += row.sums.n }
    var seen: [LinkRow.Side: ByName<Int>] = [:]
    for row in facts.seen {
      guard let side = LinkRow.Side(rawValue: row.kind.rawValue) else { continue }
      seen[side, default: [:]][row.name, default: 0] += row.n
    }
    // By route and side: who passes through it.
    var passing: ByName<[LinkRow.Side: [LinkRow]]> = [:]
    for link in facts.links where [.requestedModel, .rule].contains(link.otherSide) && link.side != .requestedModel {
      passing["\(link.otherSide.rawValue) \(link.other)", default: [:]][link.side, default: []].append(link)
    }
    func dependence(_ kind: Kind, _ side: LinkRow.Side, _ name: String, _ n: Int) -> RouteDependence {
      func reach(_ subject: LinkRow.Side) -> Reach {
        let links = passing["\(side.rawValue) \(name)"]?[subject] ?? []
        let all = seen[subject] ?? [:]
        return Reach(
          names: links.count, allNames: all.count, decisions: links.reduce(0) { $0 + $1.n },
          allDecisions: links.reduce(0) { $0 + (all[$1.name] ?? 0) })
      }
      return RouteDependence(
        kind: kind, name: name, decisions: n, allDecisions: total, dataClasses: reach(.dataClass),
        agents: reach(.agent),
        tools: reach(.tool))
    }
    func sorted(_ sums: ByName<Int>) -> [(key: String, value: Int)] {
      sums.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key.precedesBytewise($1.key) }
    }
    return sorted(models).map { dependence(.model, .requestedModel, $0.key, $0.value) }
      + sorted(rules).map { dependence(.rule, .rule, $0.key, $0.value) }
  }

  /// One sentence with its figures.
  package var words: String {
    let route = kind == .model ? "are asked of model \(name)" : "fall under rule \(name)"
    func part(_ reach: Reach, _ word: String) -> String? {
      reach.allNames == 0
        ? nil
        : "\(reach.names) of \(reach.allNames) \(word) (\(reach.decisions) of their \(reach.allDecisions) decisions)"
    }
    let parts = [part(dataClasses, "data classes"), part(agents, "agents"), part(tools, "tools")].compactMap(\.self)
    return "\(decisions) of \(allDecisions) decisions under a rule \(route)"
      + (parts.isEmpty ? "." : ": \(parts.joined(separator: ", ")).")
  }
}
