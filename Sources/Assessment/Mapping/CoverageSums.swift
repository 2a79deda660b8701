package import EvidenceModel

extension Framework {
  /// By place in `controls`: the places of the groups and controls that it stands under, the nearest first.
  package var ancestors: [[Int]] {
    var places: ByName<Int> = [:]
    var found: [[Int]] = []
    for (place, control) in controls.enumerated() {
      // Deeper than 32 nothing is read from OSCAL, and a catalog of ours has three levels.
      found.append(control.parent.flatMap { places[$0] }.map { [$0] + found[$0].prefix(63) } ?? [])
      places[control.id] = place
    }
    return found
  }
}

extension Coverage {
  /// A heading of a framework, and the states of all controls below it.
  package struct Category: Sendable {
    package var group: Control
    /// Headings above it.
    package var depth: Int
    package var counts: [(state: ControlState, n: Int)]
  }

  /// The headings of a framework in catalog order; empty where it has none.
  package func categories(_ framework: Framework) -> [Category] {
    let ancestors = framework.ancestors
    var states: ByName<ControlState> = [:]
    for assessment in assessments[framework.id] ?? [] { states[assessment.control.id] = assessment.state }
    var counts: [Int: [ControlState: Int]] = [:]
    for (place, control) in framework.controls.enumerated() where !control.isGroup {
      guard let state = states[control.id] else { continue }
      for ancestor in ancestors[place] { counts[ancestor, default: [:]][state, default: 0] += 1 }
    }
    return framework.controls.indices.filter { framework.controls[$0].isGroup }.map { place in
      Category(
        group: framework.controls[place], depth: ancestors[place].count,
        counts: ControlState.allCases.map { ($0, counts[place]?[$0] ?? 0) })
    }
  }

  /// The nearest heading above each control of a framework, by the control's id.
  package func headings(_ framework: Framework) -> ByName<Control> {
    let ancestors = framework.ancestors
    var headings: ByName<Control> = [:]
    for (place, control) in framework.controls.enumerated() {
      headings[control.id] = ancestors[place].first { framework.controls[$0].isGroup }.map { framework.controls[$0] }
    }
    return headings
  }
}

extension Coverage {
  /// The conditions of a framework's mappings, and for how many of its controls each is stated.
  package func conditions(_ framework: String) -> [(text: String, n: Int)] {
    var order: [String] = []
    var counts: ByName<Int> = [:]
    for condition in (assessments[framework] ?? []).flatMap(\.conditions) {
      if counts[condition] == nil { order.append(condition) }
      counts[condition, default: 0] += 1
    }
    return order.map { ($0, counts[$0] ?? 0) }
  }
}

/// What one more kind of record would do for the controls of a framework.
package struct RecordUnlock: Sendable, Hashable {
  package var record: String
  /// Controls about which no check would be left that cannot tell.
  package var settles: Int
  /// Further controls for which at least one check waits for this record, among others.
  package var helps: Int

  package init(record: String, settles: Int, helps: Int) {
    self.record = record
    self.settles = settles
    self.helps = helps
  }

  /// As a list is shown: what settles most comes first.
  package static func isShownBefore(_ left: RecordUnlock, _ right: RecordUnlock) -> Bool {
    if left.settles != right.settles { return left.settles > right.settles }
    if left.helps != right.helps { return left.helps > right.helps }
    return left.record.precedesBytewise(right.record)
  }
}

extension Coverage {
  /// Over controls that the records contradict a record settles nothing, so for those it can only help.
  package func unlocks(_ framework: String) -> [RecordUnlock] {
    var unlocks: ByName<RecordUnlock> = [:]
    for assessment in assessments[framework] ?? [] {
      guard [.cannotTell, .partial, .contradicted].contains(assessment.state) else { continue }
      let waiting = assessment.checks.filter { $0.outcome.result == .cannotTell }.map(\.outcome.missingRecords)
      var records: ByName<Bool> = [:]
      for record in waiting.joined() { records[record] = true }
      for record in records.keys {
        let isEnough = waiting.allSatisfy { $0.count == 1 && $0[0].isSame(as: record) }
        if isEnough, assessment.state != .contradicted {
          unlocks[record, default: RecordUnlock(record: record, settles: 0, helps: 0)].settles += 1
        } else {
          unlocks[record, default: RecordUnlock(record: record, settles: 0, helps: 0)].helps += 1
        }
      }
    }
    return unlocks.values.sorted(by: RecordUnlock.isShownBefore)
  }
}
