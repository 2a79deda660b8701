internal import EvidenceModel

/// What a directory's log says happened to accounts and memberships, made into spells.
struct DirectoryEvents {
  struct Change {
    var at: Instant
    /// Nil: the account itself.
    var team: String?
    var person: String
    /// Whether the spell begins or ends.
    var begins: Bool
  }

  private var changes: [(change: Change, place: RegisterPlace)] = []

  mutating func add(_ change: Change, _ place: RegisterPlace) { changes.append((change, place)) }

  /// Persons and memberships, each in the order in which the log first names it. A log may have its newest record first.
  var entries: [PeopleEntry] {
    var order: [[UInt8]] = []
    var byKey: [[UInt8]: [(change: Change, place: RegisterPlace)]] = [:]
    for entry in changes {
      // Names hold no control characters, so that nothing else has this key.
      let key = Array(entry.change.person.utf8) + (entry.change.team.map { [0] + Array($0.utf8) } ?? [])
      if byKey[key] == nil { order.append(key) }
      byKey[key, default: []].append(entry)
    }
    let first = changes.map(\.change.at).min()
    return order.flatMap { key in spells(byKey[key] ?? [], logBegan: first) }
  }

  /// - Parameter logBegan: whoever was removed without having been added was a member since then at the latest.
  private func spells(_ changes: [(change: Change, place: RegisterPlace)], logBegan: Instant?) -> [PeopleEntry] {
    let ordered = changes.enumerated().sorted {
      ($0.element.change.at, $0.offset) < ($1.element.change.at, $1.offset)
    }.map(\.element)
    var entries: [PeopleEntry] = []
    var open: (from: Instant?, recordedAt: Instant, place: RegisterPlace)?
    func close(at end: Instant?, of change: Change) {
      guard let spell = open else { return }
      if let team = change.team {
        entries.append(
          .membership(
            Membership(
              team: team, person: change.person, from: spell.from, to: end, recordedAt: spell.recordedAt,
              place: spell.place)))
      } else {
        entries.append(.person(Person(owner: change.person, team: "", joinedAt: spell.from, leftAt: end)))
      }
      open = nil
    }
    for (index, entry) in ordered.enumerated() {
      let change = entry.change
      if change.begins {
        if open == nil { open = (change.at, change.at, entry.place) }
      } else {
        if index == 0 { open = (change.team == nil ? nil : logBegan, change.at, entry.place) }
        close(at: change.at, of: change)
      }
    }
    if let last = ordered.last { close(at: nil, of: last.change) }
    return entries
  }
}
