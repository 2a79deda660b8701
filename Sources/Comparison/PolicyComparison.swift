internal import EvidenceModel

/// Versions, rules, owners, and what everything is measured by.
extension PackDelta {
  // MARK: Versions

  /// The history of a policy usually reaches beyond the period of a pack, so a version is new by the time it came into
  /// force; by its absence from the earlier pack where that time lies before the earlier pack's end.
  static func versions(_ before: PackSummary, _ after: PackSummary) -> [VersionChange] {
    let earlier = byName(before.versions, \.id)
    let later = byName(after.versions, \.id)
    let (start, end) = (before.identity.period.to, after.identity.period.to)
    var changes: [VersionChange] = []
    for version in after.versions {
      let isWithin = start.map { version.effective >= $0 } ?? false
      if let end, version.effective >= end { continue }
      guard let old = earlier[version.id] else {
        // Without an end of the earlier period nothing can be told but that the version is new.
        changes.append(
          VersionChange(kind: isWithin || start == nil ? .cameIntoForce : .recordedLater, version: version))
        continue
      }
      if isWithin { changes.append(VersionChange(kind: .cameIntoForce, version: version)) }
      if !old.digest.utf8.elementsEqual(version.digest.utf8) {
        changes.append(VersionChange(kind: .textDiffers, version: version))
      }
      if old.effective != version.effective {
        changes.append(VersionChange(kind: .moved, version: version, effectiveBefore: old.effective))
      }
    }
    for version in before.versions where later[version.id] == nil {
      changes.append(VersionChange(kind: .gone, version: version))
    }
    return VersionChange.Kind.allCases.flatMap { kind in
      changes.filter { $0.kind == kind }.sorted {
        $0.version.effective == $1.version.effective
          ? $0.version.id.precedesBytewise($1.version.id) : $0.version.effective < $1.version.effective
      }
    }
  }

  /// What the new versions did to rules, looser first.
  static func ruleChanges(_ after: PackSummary, _ versions: [VersionChange]) -> [RuleChangeLine] {
    var isNew: ByName<Bool> = [:]
    for change in versions where [.cameIntoForce, .recordedLater].contains(change.kind) {
      isNew[change.version.id] = true
    }
    let versions = byName(after.versions, \.id)
    let lines = after.rules.flatMap { rule in
      rule.changes.filter { isNew[$0.version] != nil }.map { change in
        var change = change
        // A change that its page tells in short names nobody; they are those of its version.
        if let version = versions[change.version] {
          (change.author, change.approvers, change.ticket) = (version.author, version.approvers, version.ticket)
        }
        return RuleChangeLine(rule: rule.id, page: rule.page, change: change)
      }
    }
    let directions: [RuleChange.Direction] = [.looser, .unknown, .stricter, .neutral]
    return directions.flatMap { direction in
      lines.filter { $0.change.direction == direction }.sorted {
        $0.change.effective == $1.change.effective
          ? $0.rule.precedesBytewise($1.rule) : $0.change.effective < $1.change.effective
      }
    }
  }

  // MARK: Rules and owners

  static func rules(
    _ before: PackSummary, _ after: PackSummary
  ) -> (presence: [RulePresence], handOvers: [HandOver], gaps: [GapChange]) {
    let earlier = byName(before.rules, \.id)
    let later = byName(after.rules, \.id)
    let (oldPeriod, newPeriod) = (before.identity.period, after.identity.period)
    var presence: [RulePresence] = []
    var handOvers: [HandOver] = []
    var gaps: [GapChange] = []
    for rule in after.rules {
      let old = earlier[rule.id]
      let wasInForce = old.map { $0.isInForce(atEndOf: oldPeriod) } ?? false
      let isInForce = rule.isInForce(atEndOf: newPeriod)
      if isInForce != wasInForce {
        presence.append(
          RulePresence(
            kind: isInForce ? .added : .removed, rule: rule.id, page: rule.page, earlierPage: old?.page,
            words: rule.words))
      }
      if isInForce, wasInForce, let old, let kind = kind(old.owner, rule.owner) {
        handOvers.append(
          HandOver(kind: kind, rule: rule.id, page: rule.page, before: old.owner, after: rule.owner))
      }
      gaps += self.gaps(old, oldPeriod, rule, newPeriod)
    }
    for rule in before.rules where later[rule.id] == nil && rule.isInForce(atEndOf: oldPeriod) {
      presence.append(RulePresence(kind: .removed, rule: rule.id, earlierPage: rule.page, words: rule.words))
    }
    return (
      sorted(presence, RulePresence.Kind.allCases, by: \.kind, then: \.rule),
      sorted(handOvers, HandOver.Kind.allCases, by: \.kind, then: \.rule),
      sorted(gaps, GapChange.Kind.allCases, by: \.kind, then: \.rule)
    )
  }

  private static func kind(_ before: String, _ after: String) -> HandOver.Kind? {
    if before.utf8.elementsEqual(after.utf8) { return nil }
    return after == "-" ? .lost : before == "-" ? .assigned : .handedOver
  }

  /// What became of a rule's gaps. One that reaches the end of its period is open there.
  private static func gaps(
    _ old: PackSummary.Rule?, _ oldPeriod: Period, _ new: PackSummary.Rule, _ newPeriod: Period
  ) -> [GapChange] {
    func isOpen(_ gap: PackSummary.Gap, _ period: Period) -> Bool { period.to.map { gap.to >= $0 } ?? false }
    // Stretches of one kind do not overlap, so at most one of each is open.
    var open: [PackSummary.Gap] = []
    for gap in old?.gaps ?? [] where isOpen(gap, oldPeriod) && !open.contains(where: { $0.kind == gap.kind }) {
      open.append(gap)
    }
    var changes: [GapChange] = []
    for gap in new.gaps {
      // Where the periods overlap, both packs tell when it began.
      let before = open.firstIndex {
        $0.kind == gap.kind && (gap.from == $0.from || gap.from <= (newPeriod.from ?? gap.from))
      }
      let from = before.map { open.remove(at: $0).from } ?? gap.from
      let kind: GapChange.Kind =
        isOpen(gap, newPeriod)
        ? (before == nil ? .opened : .stillOpen) : (before == nil ? .openedAndClosed : .closed)
      changes.append(
        GapChange(
          kind: kind, rule: new.id, page: new.page, what: gap.kind, from: from,
          to: isOpen(gap, newPeriod) ? nil : gap.to))
    }
    // One that ended with the earlier period, or between the two.
    return changes
      + open.map {
        GapChange(kind: .closed, rule: new.id, page: new.page, what: $0.kind, from: $0.from, to: $0.to)
      }
  }

  // MARK: Rulers

  /// Settings whose difference says nothing: they name the pack.
  private static let namesOfPacks: Set<String> = ["period", "organisation"]

  static func rulers(_ before: PackSummary, _ after: PackSummary) -> [RulerChange] {
    var changes: [RulerChange] = []
    func compare(_ kind: RulerChange.Kind, _ name: String, _ old: String?, _ new: String?) {
      guard (old ?? "").utf8.elementsEqual((new ?? "").utf8) == false || (old == nil) != (new == nil) else { return }
      changes.append(RulerChange(kind: kind, name: name, before: old, after: new))
    }
    compare(.program, "tenure", before.identity.toolVersion, after.identity.toolVersion)
    compare(.semantics, "semantics", before.identity.semantics, after.identity.semantics)
    compare(.mapping, "mapping", before.mapping, after.mapping)
    let (earlier, later) = (byName(before.frameworks, \.id), byName(after.frameworks, \.id))
    var ids: ByName<Bool> = [:]
    for id in earlier.keys + later.keys { ids[id] = true }
    for id in ids.keys.sortedBytewise() {
      compare(.framework, id, earlier[id]?.version, later[id]?.version)
      // A framework that one pack lacks is one difference, not two.
      if earlier[id] != nil, later[id] != nil { compare(.mapping, id, earlier[id]?.mapping, later[id]?.mapping) }
    }
    var names: ByName<Bool> = [:]
    for name in before.parameters.keys + after.parameters.keys { names[name] = true }
    for name in names.keys.sortedBytewise() where !namesOfPacks.contains(name) {
      let (old, new) = (before.parameters[name], after.parameters[name])
      // The seed is the period's name unless somebody set it.
      if name == "sample-seed", (old ?? "").utf8.elementsEqual(before.identity.period.name.utf8),
        (new ?? "").utf8.elementsEqual(after.identity.period.name.utf8)
      {
        continue
      }
      compare(.setting, name, old, new)
    }
    return changes
  }

  // MARK: Remarks

  static func remarks(_ before: PackSummary.Identity, _ after: PackSummary.Identity, rulers: Int) -> [Remark] {
    var remarks: [Remark] = []
    func remark(_ kind: Remark.Kind, _ old: String, _ new: String) {
      remarks.append(Remark(kind: kind, before: old, after: new))
    }
    if let manifest = before.manifest, manifest == after.manifest {
      remark(.samePack, manifest.prefix(12), manifest.prefix(12))
    }
    let link = PeriodLink(from: before.period, to: after.period)
    switch link {
    case .adjoins: break
    case .missing: remark(.missing, link.missing ?? "", "")
    case .overlaps: remark(.overlaps, before.period.name, after.period.name)
    case .wrongOrder: remark(.wrongOrder, before.period.name, after.period.name)
    case .unbounded: remark(.unbounded, before.period.name, after.period.name)
    }
    if !before.organisation.utf8.elementsEqual(after.organisation.utf8) {
      remark(.otherOrganisation, before.organisation, after.organisation)
    }
    if let old = before.period.days, let new = after.period.days, abs(old - new) * 8 > max(old, new) {
      remark(.otherLength, String(old), String(new))
    }
    if rulers > 0 { remark(.otherRuler, String(rulers), "") }
    return remarks
  }
}

extension PackSummary.Rule {
  /// Whether a version in force at the end of the period has the rule.
  func isInForce(atEndOf period: Period) -> Bool {
    inForce.contains { stretch in
      guard let to = period.to else { return stretch.to == nil }
      return stretch.from < to && (stretch.to.map { $0 >= to } ?? true)
    }
  }
}

extension Period {
  /// Its length in days, rounded down; nil where it has no bounds.
  fileprivate var days: Int? {
    guard let from, let to, from < to else { return nil }
    return Int((to.microseconds - from.microseconds) / Instant.microsecondsPerDay)
  }
}
