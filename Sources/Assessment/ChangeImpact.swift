package import EvidenceModel
package import Replay

/// What a change meant for the decisions of the period: its blast radius, replayed and exact.
package struct ChangeImpact: Sendable, Hashable {
  /// Why decisions cannot be judged by the version before, or not for one rule alone.
  package enum Obstacle: String, Sendable {
    case noVersionBefore = "no-version-before"
    /// Another version took its place at the same instant.
    case neverInForce = "never-in-force"
    case unreadable
    /// Replay says that a fallback was permitted, and not by which of several permits.
    case severalPermits = "several-permits"
  }

  /// Decisions under one version that another one would have classed otherwise.
  package struct Comparison: Sendable, Hashable {
    /// In force at the decisions, and the one that they are judged by instead.
    package var version, other: Int
    /// Rows of different classes, the greatest number first.
    package var rows: [NeighbourRow]
    /// Decisions under the version, in all.
    package var of: Int

    package var n: Int { rows.reduce(0) { $0 + $1.n } }
  }

  /// Decisions under the rule from this change to its next one, or fallbacks that it covered; of a change of no single
  /// rule, decisions under the version.
  package var decisions: Int
  /// Decisions under this version, judged by the version before.
  package var underBefore: Comparison?
  /// Decisions under the version before, judged by this version.
  package var beforeUnderThis: Comparison?
  /// Why there are no comparisons.
  package var obstacle: Obstacle?
}

extension AssessmentFacts {
  /// - Returns: figures that count each decision once for each rule that it touches: the one that decided it, and the one
  ///   that would have.
  package func impact(of change: RuleChange) -> ChangeImpact {
    var impact = ChangeImpact(decisions: decisions(under: change))
    let index = change.versionIndex
    if let obstacle = obstacle(of: index) {
      impact.obstacle = obstacle
      return impact
    }
    guard let before = versionInForce(before: index) else { return impact }
    if change.isOfPermit, permitChanges[index, default: 0] > 1 {
      impact.obstacle = .severalPermits
      return impact
    }
    impact.underBefore = comparison(index, under: before) { rows(of: change, under: $0) }
    impact.beforeUnderThis = comparison(before, under: index) { rows(of: change, under: $0) }
    return impact
  }

  private func decisions(under change: RuleChange) -> Int {
    guard change.kind != .removed else { return 0 }
    let versions = records.history.versions
    let isOfRule = change.rule != RuleChange.noRule
    let later =
      isOfRule
      ? changesByRule[change.rule]?.first { $0 > change.versionIndex } ?? versions.count : change.versionIndex + 1
    return versions[change.versionIndex..<later].reduce(0) { sum, version in
      if change.isOfPermit { return sum + (fallbacksByPermit[change.rule]?[version.id] ?? 0) }
      return sum + (isOfRule ? decisionsByRule[change.rule]?[version.id] ?? 0 : decisions(underVersion: version.id))
    }
  }

  /// What decisions of a version a change of rules has to do with.
  private func rows(of change: RuleChange, under version: String) -> [NeighbourRow] {
    guard change.rule != RuleChange.noRule else { return neighboursByVersion[version] ?? [] }
    if change.isOfPermit {
      return (neighboursByVersion[version] ?? []).filter { row in
        (row.decisionClass == .permittedFallback) != (row.neighbourClass == .permittedFallback)
          || row.isAbout(change.rule) || change.formerRule.map(row.isAbout) == true
      }
    }
    let rows = neighboursByRule[version]?[change.rule] ?? []
    guard let former = change.formerRule else { return rows }
    return rows + (neighboursByRule[version]?[former] ?? []).filter { !$0.isAbout(change.rule) }
  }

  /// Decisions of a version in force, judged by another version next to it; nil where one of the two cannot be read.
  package func comparison(_ index: Int, under other: Int) -> ChangeImpact.Comparison? {
    comparison(index, under: other) { neighboursByVersion[$0] ?? [] }
  }

  private func comparison(
    _ index: Int, under other: Int, _ rows: (_ version: String) -> [NeighbourRow]
  ) -> ChangeImpact.Comparison? {
    let versions = records.history.versions
    guard versions[index].isReadable, versions[other].isReadable else { return nil }
    let name = versions[other].id
    let differing = rows(versions[index].id).filter { row in
      row.isBefore == (other < index) && row.decisionClass != row.neighbourClass
        && row.neighbour.utf8.elementsEqual(name.utf8)
    }
    return ChangeImpact.Comparison(
      version: index, other: other, rows: differing.sorted { $0.precedes($1) },
      of: decisions(underVersion: versions[index].id))
  }

  private func obstacle(of index: Int) -> ChangeImpact.Obstacle? {
    let versions = records.history.versions
    guard versions[index].isReadable else { return .unreadable }
    guard let place = inForcePlaces[index] else { return .neverInForce }
    guard place > 0 else { return .noVersionBefore }
    return versions[records.history.inForce.values[place - 1]].isReadable ? nil : .unreadable
  }

  /// Decisions that were judged under a version.
  package func decisions(underVersion version: String) -> Int { decisionsByVersion[version] ?? 0 }

  /// The version that was in force for some time before another one came; nil where none was, or the other never came.
  package func versionInForce(before index: Int) -> Int? {
    guard let place = inForcePlaces[index], place > 0 else { return nil }
    return records.history.inForce.values[place - 1]
  }

  /// The version that came after.
  package func versionInForce(after index: Int) -> Int? {
    let inForce = records.history.inForce.values
    guard let place = inForcePlaces[index], place + 1 < inForce.count else { return nil }
    return inForce[place + 1]
  }
}

extension RuleChange {
  fileprivate var isOfPermit: Bool { rule != Self.noRule && action == .permit }
}

extension NeighbourRow {
  fileprivate func isAbout(_ rule: String) -> Bool {
    self.rule.utf8.elementsEqual(rule.utf8) || neighbourRule.utf8.elementsEqual(rule.utf8)
  }

  /// The greatest first, then by what they say.
  fileprivate func precedes(_ other: NeighbourRow) -> Bool {
    if n != other.n { return n > other.n }
    if decisionClass != other.decisionClass { return decisionClass.rawValue < other.decisionClass.rawValue }
    if neighbourClass != other.neighbourClass { return neighbourClass.rawValue < other.neighbourClass.rawValue }
    if !rule.utf8.elementsEqual(other.rule.utf8) { return rule.precedesBytewise(other.rule) }
    return neighbourRule.precedesBytewise(other.neighbourRule)
  }
}
