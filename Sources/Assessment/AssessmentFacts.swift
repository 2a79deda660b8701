package import EvidenceModel
package import EvidenceStore
internal import Intake
package import Replay

/// Everything that checks may ask about, fetched once.
package struct AssessmentFacts: Sendable {
  package let records: Records
  package let period: Period
  package var sources: [ScannedSource]
  /// Without days.
  package var tally: [TallyRow]
  package let hours: [RunEvidence.HourCount]
  package var seen: [SeenRow]
  package var traffic: [TrafficRow]
  package let routed: [RoutedRow]
  package var links: [LinkRow]
  package let neighbours: [NeighbourRow]
  /// How many request ids stand on how many decisions each, for ids with more than one.
  package var requestRepeats: [(decisions: Int, ids: Int)]
  package let fields: FieldCounts
  package let changes: [RuleChange]
  package let unrecordedChanges: [UnrecordedChange]
  /// Decisions that each `permit` rule covered.
  package let permitted: [PermittedRow]
  package var controlTotals: [ControlTotalComparison]
  /// Decisions that accepted exceptions would have covered, had they not ended, by their places in the register.
  package let usedAfterEnd: [Int: Int]
  package let knownDataClasses: [String]
  package let holeHours: Int
  package let parameters: CheckParameters
  package private(set) var rulesInForceByID: ByName<[(from: Instant, to: Instant)]> = [:]
  /// Decisions by rule and version, and by version.
  let decisionsByRule: ByName<ByName<Int>>
  let decisionsByVersion: ByName<Int>
  /// Fallbacks by the `permit` rule that covered them, and version.
  let fallbacksByPermit: ByName<ByName<Int>>
  /// Where each version that was ever in force stands among those, by its index.
  package let inForcePlaces: [Int: Int]
  /// Indexes of the versions that changed each rule, rising.
  let changesByRule: ByName<[Int]>
  let neighboursByVersion: ByName<[NeighbourRow]>
  /// By version, then by each rule that a row is about: the one that decided, and the one that would have.
  let neighboursByRule: ByName<ByName<[NeighbourRow]>>
  /// Kept parts of logs that are gone, of which it can no longer be told what other versions would have said.
  package let forgottenParts: Int
  /// How many permits each version changed.
  let permitChanges: [Int: Int]
  /// Rules by version and id.
  private let rules: ByName<ByName<Rule>>
  private let unreadableVersions: ByName<Bool>

  package init(
    records: Records, evidence: RunEvidence, period: Period, knownDataClasses: [String], holeHours: Int,
    parameters: CheckParameters, unrecordedChanges: [UnrecordedChange] = [],
    controlTotals: [ControlTotalComparison] = []
  ) throws(StoreError) {
    self.records = records
    self.period = period
    self.knownDataClasses = knownDataClasses
    self.holeHours = holeHours
    self.parameters = parameters
    sources = try evidence.sources()
    tally = try evidence.tally(byDay: false)
    hours = try evidence.hours()
    seen = try evidence.seen()
    traffic = try evidence.traffic()
    routed = try evidence.routed()
    var fields = FieldCounts()
    for source in sources { fields.add(try evidence.fieldCounts(of: source)) }
    self.fields = fields
    links = try evidence.links()
    neighbours = try evidence.neighbours()
    requestRepeats = try evidence.requestRepeats()
    permitted = try evidence.permitted()
    var expired = ExpiredExceptions(records.acceptedExceptions)
    if let since = expired.since {
      try evidence.forEachException(since: since) { expired.add(rule: $0, $1, at: $2) }
    }
    usedAfterEnd = expired.counts
    changes = records.history.changes
    var changesByRule: ByName<[Int]> = [:]
    for change in changes { changesByRule[change.rule, default: []].append(change.versionIndex) }
    self.changesByRule = changesByRule
    var decisionsByRule: ByName<ByName<Int>> = [:]
    var decisionsByVersion: ByName<Int> = [:]
    for row in tally {
      decisionsByRule[row.rule, default: [:]][row.version, default: 0] += row.sums.n
      decisionsByVersion[row.version, default: 0] += row.sums.n
    }
    self.decisionsByRule = decisionsByRule
    self.decisionsByVersion = decisionsByVersion
    var fallbacksByPermit: ByName<ByName<Int>> = [:]
    for row in permitted { fallbacksByPermit[row.rule, default: [:]][row.version, default: 0] += row.n }
    self.fallbacksByPermit = fallbacksByPermit
    inForcePlaces = Dictionary(
      records.history.inForce.values.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var neighboursByVersion: ByName<[NeighbourRow]> = [:]
    var neighboursByRule: ByName<ByName<[NeighbourRow]>> = [:]
    for row in neighbours {
      neighboursByVersion[row.version, default: []].append(row)
      neighboursByRule[row.version, default: [:]][row.rule, default: []].append(row)
      if !row.rule.utf8.elementsEqual(row.neighbourRule.utf8) {
        neighboursByRule[row.version, default: [:]][row.neighbourRule, default: []].append(row)
      }
    }
    self.neighboursByVersion = neighboursByVersion
    self.neighboursByRule = neighboursByRule
    forgottenParts = try evidence.partsWithoutNeighbours()
    permitChanges = changes.filter { $0.action == .permit }
      .reduce(into: [:]) { $0[$1.versionIndex, default: 0] += 1 }
    self.unrecordedChanges = unrecordedChanges
    self.controlTotals = controlTotals
    var rules: ByName<ByName<Rule>> = [:]
    for version in records.history.versions where rules[version.id] == nil {
      var byID: ByName<Rule> = [:]
      for rule in version.rules where byID[rule.id] == nil { byID[rule.id] = rule }
      rules[version.id] = byID
    }
    self.rules = rules
    var unreadable: ByName<Bool> = [:]
    for version in records.history.versions where !version.isReadable { unreadable[version.id] = true }
    unreadableVersions = unreadable
    rulesInForceByID = findRulesInForce()
  }

  package func rule(_ id: String, in version: String) -> Rule? { rules[version]?[id] }

  /// Whether a version's text says nothing about its rules, so that no decision under it could be replayed.
  package func isUnreadable(_ version: String) -> Bool { unreadableVersions[version] ?? false }

  package var judged: Int { sources.reduce(0) { $0 + $1.judged } }
  package var first: Instant? { sources.compactMap(\.first).min() }
  package var last: Instant? { sources.compactMap(\.last).max() }

  /// The stretch that questions about time are asked of: the period, or for open bounds the decisions' own first and last instant.
  package var window: (from: Instant, to: Instant)? {
    guard let from = period.from ?? first,
      let to = period.to ?? last.map({ Instant(microseconds: $0.microseconds + 1) }), from < to
    else { return nil }
    return (from, to)
  }

  /// Versions in force at some instant of the window, with that part of their time.
  package var versionsInWindow: [(index: Int, version: PolicyVersion, from: Instant, to: Instant)] {
    guard let window else { return [] }
    let history = records.history
    return zip(history.inForce.starts, history.inForce.values).enumerated().compactMap { place, step in
      let from = Instant(microseconds: step.0)
      let to =
        place + 1 < history.inForce.starts.count ? Instant(microseconds: history.inForce.starts[place + 1]) : window.to
      guard from < window.to, to > window.from else { return nil }
      return (step.1, history.versions[step.1], max(from, window.from), min(to, window.to))
    }
  }

  /// When each rule was in force inside the window, neighbours joined.
  package var rulesInForce: [(rule: String, stretches: [(from: Instant, to: Instant)])] {
    rulesInForceByID.keys.sortedBytewise().map { ($0, rulesInForceByID[$0] ?? []) }
  }

  /// Rules that were in force in the window, and under which nothing was decided: no decision applied one that decides,
  /// no fallback was covered by one that permits. None where nothing was decided at all.
  package var dormantRules: [(rule: String, stretches: [(from: Instant, to: Instant)])] {
    guard judged > 0 else { return [] }
    var used: ByName<Bool> = [:]
    for row in tally { used[row.rule] = true }
    for row in permitted { used[row.rule] = true }
    return rulesInForce.filter { used[$0.rule] == nil }
  }

  private func findRulesInForce() -> ByName<[(from: Instant, to: Instant)]> {
    var stretches: ByName<[(from: Instant, to: Instant)]> = [:]
    for entry in versionsInWindow {
      for rule in entry.version.rules {
        let last = stretches[rule.id]?.last
        if let last, last.to == entry.from {
          stretches[rule.id]?.removeLast()
          stretches[rule.id, default: []].append((last.from, entry.to))
        } else {
          stretches[rule.id, default: []].append((entry.from, entry.to))
        }
      }
    }
    return stretches
  }

  /// Who owned a rule while it was in force in the window: pieces that cover all of it; nil is nobody.
  package func ownership(
    of rule: String, during stretches: [(from: Instant, to: Instant)]
  ) -> [(from: Instant, to: Instant, tenure: Tenure?)] {
    let steps = records.ownership.steps(of: rule)
    var pieces: [(from: Instant, to: Instant, tenure: Tenure?)] = []
    for stretch in stretches {
      var start = stretch.from
      while start < stretch.to {
        let index = steps.index(at: start.microseconds)
        let nextStep = (index ?? -1) + 1
        let end =
          nextStep < steps.starts.count ? min(stretch.to, Instant(microseconds: steps.starts[nextStep])) : stretch.to
        let tenure = index.flatMap { steps.values[$0].tenure }
        if let last = pieces.last, last.to == start, last.tenure == tenure {
          pieces[pieces.count - 1].to = end
        } else {
          pieces.append((start, end, tenure))
        }
        start = end
      }
    }
    return pieces
  }

  /// Hours in a row without one record, at least as many as are tolerated, from the window's start to its end.
  package var holes: [(from: Instant, to: Instant, hours: Int)] {
    guard let window, judged > 0 else { return [] }
    let firstHour = window.from.hour
    let lastHour = Instant(microseconds: window.to.microseconds - 1).hour
    var holes: [(from: Instant, to: Instant, hours: Int)] = []
    var previous = firstHour - 1
    for hour in hours.map(\.hour) + [lastHour + 1] {
      let empty = hour - previous - 1
      if empty >= holeHours {
        holes.append(
          (
            Instant(microseconds: Int64(previous + 1) * Instant.microsecondsPerHour),
            Instant(microseconds: Int64(hour) * Instant.microsecondsPerHour), empty
          ))
      }
      previous = hour
    }
    return holes
  }

  /// Whether an input of a kind was read; one that could not be opened says nothing.
  package func hasInput(_ kind: InputFile.Kind) -> Bool {
    records.inputs.contains { $0.kind == kind && $0.digest != nil }
  }

  /// Whether some source says who owns rules, if only that nobody does.
  var hasOwnership: Bool { hasInput(.ownership) || !records.ownership.records.isEmpty }
}

/// Numbers that checks compare with, by check and name; each knows who stated it.
package struct CheckParameters: Sendable, Hashable {
  package enum Origin: String, Sendable {
    case owner = "stated in the configuration", mapping = "default of the mapping"
  }
  package struct Value: Sendable, Hashable {
    package var text: String
    package var origin: Origin

    package init(text: String, origin: Origin) {
      self.text = text
      self.origin = origin
    }
  }

  package var values: [String: [String: Value]]

  package init(values: [String: [String: Value]]) { self.values = values }

  /// The mapping's own numbers, by check and name.
  package init(_ defaults: [String: [String: String]]) {
    values = defaults.mapValues { $0.mapValues { Value(text: $0, origin: .mapping) } }
  }

  /// With what the owner states in place of the mapping's.
  package func stating(_ stated: [(check: String, name: String, text: String)]) -> CheckParameters {
    var parameters = self
    for (check, name, text) in stated {
      parameters.values[check, default: [:]][name] = Value(text: text, origin: .owner)
    }
    return parameters
  }

  /// What is no number that anything could be counted against leaves the default in place.
  package func number(_ name: String, of check: String) -> Double? {
    values[check]?[name].flatMap { Self.number($0.text) }
  }

  /// - Returns: nil for what is no number, and for one below nothing.
  package static func number(_ text: String) -> Double? {
    Double(text).flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
  }
}
