internal import EvidenceModel

extension PackDelta {
  /// Compares two packs.
  ///
  /// - Parameters:
  ///   - before: the pack that was handed over first.
  ///   - after: the pack that tells what changed.
  package init(from before: PackSummary, to after: PackSummary) {
    self.before = before.identity
    self.after = after.identity
    chain = PackChain(before: before, after: after.identity.period)
    (checks, unchangedChecks) = Self.checks(before.checks, after.checks)
    controls = Self.controls(before.frameworks, after.frameworks)
    versions = Self.versions(before, after)
    ruleChanges = Self.ruleChanges(after, versions)
    (rules, handOvers, gaps) = Self.rules(before, after)
    (findings, findingsInBoth) = Self.findings(before, after)
    figures = Self.figures(before, after)
    classes = Self.classes(before.classes, after.classes)
    rulers = Self.rulers(before, after)
    remarks = Self.remarks(before.identity, after.identity, rulers: rulers.count)
  }

  // MARK: Checks

  private static func checks(
    _ before: [PackSummary.Check], _ after: [PackSummary.Check]
  ) -> (changes: [CheckChange], unchanged: Int) {
    let earlier = byName(before, \.id)
    let later = byName(after, \.id)
    var changes: [CheckChange] = []
    var unchanged = 0
    for check in after {
      let old = earlier[check.id]
      guard let kind = kind(old?.outcome.result, check.outcome.result) else {
        unchanged += 1
        continue
      }
      changes.append(
        CheckChange(
          kind: kind, id: check.id, title: check.title, page: check.page, earlierPage: old?.page,
          before: old?.outcome, after: check.outcome))
    }
    for check in before where later[check.id] == nil {
      changes.append(
        CheckChange(
          kind: .removed, id: check.id, title: check.title, earlierPage: check.page, before: check.outcome))
    }
    return (sorted(changes, CheckChange.Kind.allCases, by: \.kind, then: \.id), unchanged)
  }

  /// Nil where nothing changed that a reader must see.
  private static func kind(_ before: CheckResult?, _ after: CheckResult) -> CheckChange.Kind? {
    switch (before, after) {
    case (.fail, .fail): .stillFailing
    case (_, .fail): .newlyFailing
    case (nil, _): .added
    case (let before?, let after) where before == after: nil
    case (_, .cannotTell): .newlyCannotTell
    case (_, .pass): .newlyPassing
    default: .other
    }
  }

  // MARK: Controls

  private static func controls(
    _ before: [PackSummary.Framework], _ after: [PackSummary.Framework]
  ) -> [FrameworkDelta] {
    let earlier = byName(before, \.id)
    let later = byName(after, \.id)
    let both = after.map { ($0, earlier[$0.id]?.controls ?? [], $0.controls) }
    let gone = before.filter { later[$0.id] == nil }.map { ($0, $0.controls, [PackSummary.Control]()) }
    return (both + gone).map { framework, old, new in
      let (oldByID, newByID) = (byName(old, \.id), byName(new, \.id))
      var changes: [ControlChange] = []
      for control in new {
        let other = oldByID[control.id]
        guard let kind = kind(other?.state, control.state) else { continue }
        changes.append(
          ControlChange(
            kind: kind, id: control.id, display: control.display, title: control.title, page: control.page,
            earlierPage: other?.page, before: other?.state, after: control.state))
      }
      for control in old where newByID[control.id] == nil {
        changes.append(
          ControlChange(
            kind: .removed, id: control.id, display: control.display, title: control.title,
            earlierPage: control.page, before: control.state))
      }
      let order = ControlChange.Kind.allCases
      return FrameworkDelta(
        id: framework.id, title: framework.title, page: later[framework.id]?.page,
        compared: new.count { oldByID[$0.id] != nil },
        // Within a kind the framework's own order says more than the names do.
        changes: order.flatMap { kind in changes.filter { $0.kind == kind } })
    }
  }

  private static func kind(_ before: ControlState?, _ after: ControlState) -> ControlChange.Kind? {
    guard let before else { return .added }
    guard before != after else { return nil }
    func weight(_ state: ControlState) -> Int { state == .evidenced ? 2 : state == .partial ? 1 : 0 }
    if weight(after) > weight(before) { return .gained }
    if weight(after) < weight(before) { return .lost }
    return after == .contradicted ? .contradicted : before == .contradicted ? .cleared : .other
  }

  // MARK: Findings

  private static func findings(
    _ before: PackSummary, _ after: PackSummary
  ) -> (changes: [FindingChange], both: Int) {
    /// A finding about the whole period is the same finding in the next one.
    func subject(_ finding: PackSummary.Finding, _ period: Period) -> String {
      let isOfPeriod = finding.subjectKind == "period" && finding.subject.utf8.elementsEqual(period.name.utf8)
      return [finding.check, finding.subjectKind, isOfPeriod ? "" : finding.subject].joined(separator: "\u{0}")
    }
    func told(_ pack: PackSummary) -> (all: ByName<PackSummary.Finding>, bySubject: ByName<PackSummary.Finding>) {
      let told = pack.findings.filter { ![.pass, .notApplicable].contains($0.result) }
      let period = pack.identity.period
      return (
        byName(told) { $0.result.rawValue + "\u{0}" + subject($0, period) }, byName(told) { subject($0, period) }
      )
    }
    let (earlier, earlierSubjects) = told(before)
    let (later, laterSubjects) = told(after)
    var changes: [FindingChange] = []
    for (key, finding) in later where earlier[key] == nil {
      let other = earlierSubjects[subject(finding, after.identity.period)]?.result
      changes.append(FindingChange(kind: .new, finding: finding, otherResult: other))
    }
    for (key, finding) in earlier where later[key] == nil {
      // With another result it stands among the new ones.
      guard laterSubjects[subject(finding, before.identity.period)] == nil else { continue }
      changes.append(FindingChange(kind: .gone, finding: finding))
    }
    let results = CheckResult.allCases
    func rank(_ change: FindingChange) -> (Int, Int, Int) {
      (
        change.kind == .new ? 0 : 1, results.firstIndex(of: change.finding.result) ?? 0, -change.finding.count
      )
    }
    return (
      changes.sorted {
        rank($0) == rank($1) ? $0.finding.id.precedesBytewise($1.finding.id) : rank($0) < rank($1)
      }, later.keys.count { earlier[$0] != nil }
    )
  }

  // MARK: Sums

  private static func figures(_ before: PackSummary, _ after: PackSummary) -> [Figure] {
    let (old, new) = (before.identity, after.identity)
    return [
      Figure(name: "judged", before: old.judged, after: new.judged),
      Figure(
        name: "exceptions", before: old.exceptions, beforeOf: old.judged, after: new.exceptions, afterOf: new.judged),
      Figure(
        name: "malformed", before: before.malformed, beforeOf: before.lines, after: after.malformed,
        afterOf: after.lines),
      Figure(
        name: "indeterminate", before: before.indeterminate, beforeOf: old.judged, after: after.indeterminate,
        afterOf: new.judged),
    ]
  }

  private static func classes(_ before: [PackSummary.ClassCount], _ after: [PackSummary.ClassCount]) -> [ClassChange] {
    DecisionClass.allCases.compactMap { decisionClass in
      let old = before.first { $0.decisionClass == decisionClass }?.count ?? 0
      let later = after.first { $0.decisionClass == decisionClass }
      let new = later?.count ?? 0
      if old == 0, new == 0 { return nil }
      return ClassChange(decisionClass: decisionClass, page: later?.page, before: old, after: new)
    }
  }

  // MARK: Shared

  /// The first of each name.
  static func byName<Element>(_ elements: some Sequence<Element>, _ name: (Element) -> String) -> ByName<Element> {
    var found: ByName<Element> = [:]
    for element in elements where found[name(element)] == nil { found[name(element)] = element }
    return found
  }

  /// By the order of kinds, then by a name.
  static func sorted<Element, Kind: Equatable>(
    _ elements: [Element], _ kinds: [Kind], by kind: (Element) -> Kind, then name: (Element) -> String
  ) -> [Element] {
    kinds.flatMap { wanted in
      elements.filter { kind($0) == wanted }.sorted { name($0).precedesBytewise(name($1)) }
    }
  }
}
