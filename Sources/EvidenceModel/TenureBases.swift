/// What the tenures of one rule rest on, over time: a team's rests on persons while another record names a member for the rule.
package struct TenureBases: Sendable {
  package typealias Span = (from: Instant, to: Instant)

  private let ownership: OwnershipHistory
  /// When the rule's records name each party, by the one name of it; spans that touch are one.
  private var named: ByName<[Span]> = [:]
  /// When a member of each team is named, as far as it was asked for.
  private var namedMembers: ByName<[Span]> = [:]

  package init(_ ownership: OwnershipHistory, rule: String) {
    self.ownership = ownership
    for tenure in ownership.tenures(of: rule) {
      let record = tenure.record
      named[ownership.people.name(of: record.owner), default: []].append((record.from, record.to ?? Self.open))
    }
  }

  /// The basis at one instant.
  package mutating func basis(of tenure: Tenure, at instant: Instant) -> OwnershipBasis {
    let end = Instant(microseconds: instant.microseconds + 1)
    return pieces(of: tenure, from: instant, to: end).first?.basis ?? ownBasis(of: tenure)
  }

  /// The basis between two instants: pieces that cover all of that time.
  package mutating func pieces(
    of tenure: Tenure, from start: Instant, to end: Instant
  ) -> [(from: Instant, to: Instant, basis: OwnershipBasis)] {
    guard isTeam(tenure.record) else { return [(start, end, ownBasis(of: tenure))] }
    let spans = membersNamed(of: tenure.record.owner)
    var pieces: [(from: Instant, to: Instant, basis: OwnershipBasis)] = []
    var index = Self.first(in: spans, endingAfter: start)
    var from = start
    while from < end {
      let isNamed = index < spans.count && spans[index].from <= from
      let to = index < spans.count ? min(isNamed ? spans[index].to : spans[index].from, end) : end
      pieces.append((from, to, isNamed ? ownBasis(of: tenure) : .teamOnly))
      if isNamed { index += 1 }
      from = to
    }
    return pieces
  }

  private func ownBasis(of tenure: Tenure) -> OwnershipBasis {
    tenure.record.provenance == .inferred ? .inherited : .explicit
  }

  private func isTeam(_ record: OwnershipRecord) -> Bool {
    switch record.ownerKind {
    case .team, .role: true
    case .person, .several: false
    case nil: ownership.people.isTeam(record.owner)
    }
  }

  private mutating func membersNamed(of team: String) -> [Span] {
    if let known = namedMembers[team] { return known }
    var memberships: ByName<[Span]> = [:]
    for membership in ownership.people.memberships(of: team) where membership.isDated {
      memberships[ownership.people.name(of: membership.person), default: []].append(
        (membership.from ?? Instant(microseconds: .min), membership.to ?? Self.open))
    }
    var spans: [Span] = []
    for (member, times) in memberships {
      guard let records = named[member] else { continue }
      spans += Self.common(Self.united(times), Self.united(records))
    }
    let united = Self.united(spans)
    namedMembers[team] = united
    return united
  }

  // MARK: Spans

  /// The end of what has none.
  private static let open = Instant(microseconds: .max)

  /// In order, without overlaps.
  private static func united(_ spans: [Span]) -> [Span] {
    var united: [Span] = []
    for span in spans.sorted(by: { $0.from < $1.from }) where span.from < span.to {
      if let last = united.last, span.from <= last.to {
        united[united.count - 1].to = max(last.to, span.to)
      } else {
        united.append(span)
      }
    }
    return united
  }

  /// The time that lies in both; each in order, without overlaps.
  private static func common(_ one: [Span], _ other: [Span]) -> [Span] {
    var common: [Span] = []
    var (left, right) = (0, 0)
    while left < one.count, right < other.count {
      let (from, to) = (max(one[left].from, other[right].from), min(one[left].to, other[right].to))
      if from < to { common.append((from, to)) }
      if one[left].to < other[right].to { left += 1 } else { right += 1 }
    }
    return common
  }

  private static func first(in spans: [Span], endingAfter instant: Instant) -> Int {
    var (low, high) = (0, spans.count)
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].to <= instant { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
