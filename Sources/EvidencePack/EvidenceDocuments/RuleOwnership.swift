internal import Assessment
internal import EvidenceModel
internal import EvidenceStore
internal import Replay

/// Who owned a rule, and when nobody or several did.
extension DocumentContext {
  private static let mostTenures = 150
  private static let mostStretches = 150

  /// The instant of which "now" is said: the end of the window, or of what is on record.
  private var lastInstant: Int64 { facts.window.map { $0.to.microseconds - 1 } ?? .max }

  /// The tenure that decides at the end of the window.
  func currentTenure(of rule: String) -> Tenure? {
    facts.records.ownership.steps(of: rule).value(at: lastInstant)?.tenure
  }

  /// Of very many tenures those that touch the window stand before others, and of those the later ones.
  func tenures(_ tenures: [Tenure], stretches: [Stretch], of rule: String, in xml: inout XMLWriter) {
    var shown = tenures
    if tenures.count > Self.mostTenures {
      let isInside = { (tenure: Tenure) in
        guard let window = facts.window else { return true }
        return tenure.record.from < window.to && tenure.record.to.map { $0 > window.from } ?? true
      }
      let places = tenures.indices.reversed()
      let kept = (places.filter { isInside(tenures[$0]) } + places.filter { !isInside(tenures[$0]) })
      shown = kept.prefix(Self.mostTenures).sorted().map { tenures[$0] }
    }
    xml.element("tenures", ["shown": String(shown.count), "of": String(tenures.count)]) { xml in
      var bases = TenureBases(facts.records.ownership, rule: rule)
      for tenure in shown { self.tenure(tenure, basis: basis(of: tenure, among: &bases), in: &xml) }
    }
    xml.element(
      "stretches", ["shown": String(min(stretches.count, Self.mostStretches)), "of": String(stretches.count)]
    ) { xml in
      for stretch in stretches.prefix(Self.mostStretches) { self.stretch(stretch, of: rule, in: &xml) }
    }
  }

  /// Gaps, overlaps and stretches under a leaver, while the rule was in force in the period.
  func stretches(of id: String, tenures: [Tenure]) -> [Stretch] {
    guard let inForce = facts.rulesInForceByID[id] else { return [] }
    var stretches: [Stretch] = []
    let people = facts.records.ownership.people
    for piece in facts.ownership(of: id, during: inForce) {
      guard let owner = piece.tenure?.record.owner else {
        stretches.append(Stretch(kind: .gap, from: piece.from, to: piece.to, owners: []))
        continue
      }
      stretches += people.absences(of: owner, from: piece.from, to: piece.to).map {
        Stretch(kind: .departed, from: $0.from, to: $0.to, owners: [owner])
      }
    }
    stretches += OwnerOverlaps.find(
      tenures.filter(\.record.isAccountable).map(\.record), during: inForce, people: people, named: Self.mostStretches)
    return stretches.sorted { ($0.from, $0.kind.rawValue) < ($1.from, $1.kind.rawValue) }
  }
}

/// When several parties owned one rule at once, found in one pass over the instants at which tenures begin and end.
enum OwnerOverlaps {
  /// - Parameters:
  ///   - named: so many of them, from the beginning, carry the names of their owners.
  /// - Returns: stretches in the order of time; neighbours with the same owners are one.
  static func find(
    _ records: [OwnershipRecord], during inForce: [(from: Instant, to: Instant)], people: People, named: Int
  ) -> [Stretch] {
    var turns: [Instant: [(owner: String, change: Int)]] = [:]
    for record in records where record.to.map({ $0 > record.from }) ?? true {
      turns[record.from, default: []].append((record.owner, 1))
      if let to = record.to { turns[to, default: []].append((record.owner, -1)) }
    }
    var stretches: [Stretch] = []
    // How many tenures of each owner hold, and how many spellings of each party do.
    var tenures: ByName<Int> = [:]
    var spellings: ByName<Int> = [:]
    var rest = inForce[...]
    let instants = turns.keys.sorted()
    for (place, instant) in instants.enumerated() {
      var changes: ByName<Int> = [:]
      for turn in turns[instant] ?? [] { changes[turn.owner, default: 0] += turn.change }
      var isSame = true
      for (owner, change) in changes {
        let before = tenures[owner] ?? 0
        let after = before + change
        tenures[owner] = after == 0 ? nil : after
        guard (before == 0) != (after == 0) else { continue }
        isSame = false
        let party = people.name(of: owner)
        let count = (spellings[party] ?? 0) + (after == 0 ? -1 : 1)
        spellings[party] = count == 0 ? nil : count
      }
      guard spellings.count > 1 else { continue }
      let end = place + 1 < instants.count ? instants[place + 1] : nil
      while let first = rest.first, first.to <= instant { rest.removeFirst() }
      for stretch in rest {
        if let end, stretch.from >= end { break }
        let (from, to) = (max(stretch.from, instant), min(stretch.to, end ?? stretch.to))
        if isSame, let last = stretches.last, last.to == from {
          stretches[stretches.count - 1].to = to
        } else {
          let owners = stretches.count < named ? tenures.keys.sortedBytewise() : []
          stretches.append(Stretch(kind: .overlap, from: from, to: to, owners: owners))
        }
      }
    }
    return stretches
  }
}
