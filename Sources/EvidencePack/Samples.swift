internal import Assessment
internal import EvidenceModel
internal import EvidenceStore
internal import Replay

/// What is drawn for testing by hand: from all judged decisions, from each stratum, and around each change.
struct Samples {
  let attribute: [SampledDecision]
  /// In the order of `data/sample.csv`.
  let stratified: [SampledDecision]
  let boundary: BoundarySample

  init(_ pack: PackFacts) throws(StoreError) {
    attribute = try pack.evidence.attributeSample(size: pack.settings.attributeSampleSize)
    stratified = try pack.evidence.sample(size: pack.settings.sampleSize)
    boundary = try BoundarySample(pack.facts, pack.evidence)
  }
}

/// Around every change of the version in force and of a rule's owner inside the period: what the rule decided last before it
/// and first after it.
struct BoundarySample {
  struct Change {
    enum Kind: String {
      case version, owner
    }

    var kind: Kind
    var at: Instant
    /// Version or owner; nil is none.
    var before, after: String?
    /// Whose owner changed; nil for a version.
    var rule: String?
  }

  enum Side: String {
    case before, after
  }

  struct Item {
    var change: Int
    var rule: String
    var side: Side
    var place: KeptPlace
  }

  /// In time; at one instant versions first, then owners by rule.
  private(set) var changes: [Change] = []
  /// In the order of the changes, then of rules, before ahead of after.
  private(set) var items: [Item] = []

  /// Decisions that stand in it, each counted once.
  var decisions: Int { Set(items.map(\.place)).count }
  /// Changes with a decision beside them.
  var changesWithItems: Int { Set(items.map(\.change)).count }

  init(_ facts: AssessmentFacts, _ evidence: RunEvidence) throws(StoreError) {
    let history = facts.records.history
    let rules = history.ruleIDs.sortedBytewise()
    var found: [(change: Change, rules: [String])] = []
    for (index, at) in Self.instants(of: history.inForce, in: facts.period) {
      let after = history.versions[history.inForce.values[index]]
      let before = index > 0 ? history.versions[history.inForce.values[index - 1]] : nil
      var concerned: ByName<Bool> = [:]
      for rule in (before?.rules ?? []) + after.rules { concerned[rule.id] = true }
      found.append(
        (Change(kind: .version, at: at, before: before?.id, after: after.id), rules.filter { concerned[$0] != nil }))
    }
    for rule in rules {
      let steps = facts.records.ownership.steps(of: rule)
      let owners = steps.values.map { $0.tenure?.record.owner }
      for (index, at) in Self.instants(of: steps, in: facts.period) {
        let before = index > 0 ? owners[index - 1] : nil
        if (before ?? "").utf8.elementsEqual((owners[index] ?? "").utf8) { continue }
        guard history.holds(rule, around: at) else { continue }
        found.append((Change(kind: .owner, at: at, before: before, after: owners[index], rule: rule), [rule]))
      }
    }
    // What was found first stays first at one instant.
    found = found.enumerated().sorted {
      ($0.element.change.at, $0.offset) < ($1.element.change.at, $1.offset)
    }.map(\.element)
    changes = found.map(\.change)

    var instants: ByName<[Instant]> = [:]
    for (change, rules) in found {
      for rule in rules where instants[rule]?.last != change.at { instants[rule, default: []].append(change.at) }
    }
    let boundaries = try evidence.boundaries(at: instants)
    var next: ByName<Int> = [:]
    for (number, (change, rules)) in found.enumerated() {
      for rule in rules {
        guard let own = boundaries[rule], let known = instants[rule] else { continue }
        var place = next[rule] ?? 0
        while known[place] < change.at { place += 1 }
        next[rule] = place
        if let before = own[place].before {
          items.append(Item(change: number, rule: rule, side: .before, place: before))
        }
        if let after = own[place].after {
          items.append(Item(change: number, rule: rule, side: .after, place: after))
        }
      }
    }
  }

  /// Steps that begin inside the period, by index.
  private static func instants<Value>(of steps: Timeline<Value>, in period: Period) -> [(index: Int, at: Instant)] {
    steps.starts.enumerated().map { ($0.offset, Instant(microseconds: $0.element)) }.filter { period.contains($0.1) }
  }
}

extension PolicyHistory {
  /// Whether the version in force at an instant has a rule, or the one until then.
  fileprivate func holds(_ rule: String, around instant: Instant) -> Bool {
    [instant.microseconds, instant.microseconds - 1].contains { at in
      inForce.value(at: at).map { versions[$0].rules.contains { $0.id.utf8.elementsEqual(rule.utf8) } } ?? false
    }
  }
}
