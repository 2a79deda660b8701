package import EvidenceModel
internal import Replay

/// What a change meant for the decisions of the period: its blast radius, replayed and exact.
package struct ChangeImpact: Sendable, Hashable {
  /// Decisions under the rule from this change to its next one, or fallbacks that it covered; of a change of no single
  /// rule, decisions under the version.
  package var decisions: Int
  /// Decisions under this version that the version before would have classed otherwise, by this rule or for want of it. Nil
  /// where there is no version before, one of the two cannot be read, or the version changed several permits at once.
  package var otherwiseUnderBefore: Int?
  /// Decisions under the version before that this version would have classed otherwise.
  package var beforeOtherwiseUnderThis: Int?

  package init(decisions: Int, otherwiseUnderBefore: Int? = nil, beforeOtherwiseUnderThis: Int? = nil) {
    self.decisions = decisions
    self.otherwiseUnderBefore = otherwiseUnderBefore
    self.beforeOtherwiseUnderThis = beforeOtherwiseUnderThis
  }
}

extension AssessmentFacts {
  /// - Returns: figures that count each decision once for each rule that it touches: the one that decided it, and the one
  ///   that would have.
  package func impact(of change: RuleChange) -> ChangeImpact {
    let versions = records.history.versions
    let isOfRule = change.rule != RuleChange.noRule
    let later =
      isOfRule
      ? changesByRule[change.rule]?.first { $0 > change.versionIndex } ?? versions.count : change.versionIndex + 1
    var decisions = 0
    let isPermit = isOfRule && change.action == .permit
    if change.kind != .removed {
      for version in versions[change.versionIndex..<later] {
        if isPermit {
          decisions += permittedBy(change.rule, in: version.id)
        } else {
          decisions += isOfRule ? decisionsByRule[change.rule]?[version.id] ?? 0 : decisionsByVersion[version.id] ?? 0
        }
      }
    }
    var impact = ChangeImpact(decisions: decisions)
    guard let before = versionInForce(before: change.versionIndex), versions[before].isReadable,
      versions[change.versionIndex].isReadable
    else { return impact }
    // Replay says that a fallback was permitted, and not by which of several permits: then it is nobody's figure.
    if isPermit, changes.count(where: { $0.versionIndex == change.versionIndex && $0.action == .permit }) > 1 {
      return impact
    }
    let names = [change.rule, change.formerRule].compactMap(\.self)
    func otherwise(_ version: String, under neighbour: String, isBefore: Bool) -> Int {
      (neighboursByVersion[version] ?? []).reduce(0) { sum, row in
        guard row.isBefore == isBefore, row.decisionClass != row.neighbourClass,
          row.neighbour.utf8.elementsEqual(neighbour.utf8),
          !isOfRule
            || (isPermit && (row.decisionClass == .permittedFallback) != (row.neighbourClass == .permittedFallback))
            || names.contains(where: {
              row.rule.utf8.elementsEqual($0.utf8) || row.neighbourRule.utf8.elementsEqual($0.utf8)
            })
        else { return sum }
        return sum + row.n
      }
    }
    impact.otherwiseUnderBefore = otherwise(change.version, under: versions[before].id, isBefore: true)
    impact.beforeOtherwiseUnderThis = otherwise(versions[before].id, under: change.version, isBefore: false)
    return impact
  }

  /// Fallbacks that a permit covered.
  private func permittedBy(_ rule: String, in version: String) -> Int {
    permitted.reduce(0) { sum, row in
      row.rule.utf8.elementsEqual(rule.utf8) && row.version.utf8.elementsEqual(version.utf8) ? sum + row.n : sum
    }
  }

  /// The version that was in force for some time before another one came; nil where none was, or the other never came.
  package func versionInForce(before index: Int) -> Int? {
    let inForce = records.history.inForce.values
    guard let place = inForce.firstIndex(of: index), place > 0 else { return nil }
    return inForce[place - 1]
  }

  /// The version that came after.
  package func versionInForce(after index: Int) -> Int? {
    let inForce = records.history.inForce.values
    guard let place = inForce.firstIndex(of: index), place + 1 < inForce.count else { return nil }
    return inForce[place + 1]
  }

  /// Decisions of a version that a neighbour of it would have classed otherwise; nil where the neighbour cannot be read.
  package func otherwise(_ index: Int, under neighbour: Int) -> Int? {
    let versions = records.history.versions
    guard versions[index].isReadable, versions[neighbour].isReadable else { return nil }
    return (neighboursByVersion[versions[index].id] ?? []).reduce(0) { sum, row in
      row.decisionClass != row.neighbourClass && row.neighbour.utf8.elementsEqual(versions[neighbour].id.utf8)
        ? sum + row.n : sum
    }
  }
}
