internal import EvidenceModel
internal import EvidenceStore

/// Counts decisions that an accepted exception would have covered, had it not ended: one decision counts for the
/// exception of its rule and check that ended last, and for none while another one covers it.
struct ExpiredExceptions {
  private struct Group {
    /// By start, each with the latest end of all up to it.
    var starts: [(from: Instant, until: Instant)] = []
    /// Ends, each with the place of its exception in the register.
    var ends: [(until: Instant, index: Int)] = []

    mutating func sort() {
      starts.sort { $0.from < $1.from }
      for index in starts.indices.dropFirst() {
        starts[index].until = max(starts[index].until, starts[index - 1].until)
      }
      ends.sort { ($0.until, $0.index) < ($1.until, $1.index) }
    }

    func covers(_ instant: Instant) -> Bool {
      let count = Self.count(starts) { $0.from <= instant }
      return count > 0 && instant < starts[count - 1].until
    }

    func lastEnded(by instant: Instant) -> (until: Instant, index: Int)? {
      let count = Self.count(ends) { $0.until <= instant }
      return count > 0 ? ends[count - 1] : nil
    }

    /// How many elements at the front hold.
    private static func count<Element>(_ elements: [Element], _ holds: (Element) -> Bool) -> Int {
      var low = 0
      var high = elements.count
      while low < high {
        let middle = (low + high) / 2
        if holds(elements[middle]) { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  private var groups: [String: ByName<Group>] = [:]
  private let checksByClass: [DecisionClass: [String]]
  /// Decisions after the end, by the exception's place in the register.
  private(set) var counts: [Int: Int] = [:]

  /// - Parameter accepted: only those of checks that the class of a decision answers alone are looked at.
  init(_ accepted: [AcceptedException]) {
    var checksByClass: [DecisionClass: [String]] = [:]
    for check in Checks.all.map({ type(of: $0) }) {
      for decisionClass in check.classes { checksByClass[decisionClass, default: []].append(check.definition.id) }
    }
    self.checksByClass = checksByClass
    let counted = Set(checksByClass.values.joined())
    for (index, exception) in accepted.enumerated() where counted.contains(exception.check) {
      guard let until = exception.until else { continue }
      groups[exception.check, default: [:]][exception.subject, default: Group()].starts.append((exception.from, until))
      groups[exception.check]?[exception.subject]?.ends.append((until, index))
    }
    for (check, bySubject) in groups {
      for subject in bySubject.keys { groups[check]?[subject]?.sort() }
    }
  }

  /// From when on decisions can matter; nil: never.
  var since: Instant? { groups.values.flatMap { $0.values.compactMap(\.ends.first?.until) }.min() }

  mutating func add(rule: String, _ decisionClass: DecisionClass, at instant: Instant) {
    for check in checksByClass[decisionClass] ?? [] {
      guard let bySubject = groups[check] else { continue }
      let candidates = [bySubject[rule], bySubject["*"]].compactMap { $0 }
      if candidates.contains(where: { $0.covers(instant) }) { continue }
      let ended = candidates.compactMap { $0.lastEnded(by: instant) }
      if let last = ended.max(by: { ($0.until, $0.index) < ($1.until, $1.index) }) {
        counts[last.index, default: 0] += 1
      }
    }
  }
}
