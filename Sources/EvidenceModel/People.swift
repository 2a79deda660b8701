/// What a party is, as a register states it. Nothing is concluded from a name.
package enum PartyKind: String, Sendable, CaseIterable {
  case person, team, service, mailbox, unknown
}

/// A row of a people register: somebody who can own a rule, for one spell.
package struct Person: Sendable, Hashable {
  package var owner: String
  package var team: String
  package var kind: PartyKind
  /// Nil: the register states no start.
  package var joinedAt: Instant?
  /// The first instant at which they were gone; nil: none is stated.
  package var leftAt: Instant?

  package init(
    owner: String, team: String, kind: PartyKind = .unknown, joinedAt: Instant? = nil, leftAt: Instant?
  ) {
    self.owner = owner
    self.team = team
    self.kind = kind
    self.joinedAt = joinedAt
    self.leftAt = leftAt
  }
}

/// Somebody belonged to a team.
package struct Membership: Sendable, Hashable {
  package var team: String
  package var person: String
  /// Nil: since always, as far as the register says.
  package var from: Instant?
  /// Nil: open.
  package var to: Instant?
  package var recordedAt: Instant?
  /// False where the register does not say of which day it is: such a membership is shown and decides nothing.
  package var isDated: Bool
  /// Nil where it follows from the team of a person's own row.
  package var place: RegisterPlace?

  package init(
    team: String, person: String, from: Instant? = nil, to: Instant? = nil, recordedAt: Instant? = nil,
    isDated: Bool = true, place: RegisterPlace? = nil
  ) {
    self.team = team
    self.person = person
    self.from = from
    self.to = to
    self.recordedAt = recordedAt
    self.isDated = isDated
    self.place = place
  }

  package func covers(_ instant: Instant) -> Bool {
    isDated && (from.map { $0 <= instant } ?? true) && (to.map { instant < $0 } ?? true)
  }
}

/// Another spelling of a party's name.
package struct Identity: Sendable, Hashable {
  package var alias: String
  package var person: String
  package var place: RegisterPlace

  package init(alias: String, person: String, place: RegisterPlace) {
    self.alias = alias
    self.person = person
    self.place = place
  }
}

/// Who there is: persons with their spells, teams with their members, and one party under several spellings.
package struct People: Sendable {
  /// A time during which somebody was gone.
  package struct Absence: Sendable, Hashable {
    package var from: Instant
    /// When they were back; nil: they are gone for good.
    package var to: Instant?

    package init(from: Instant, to: Instant?) {
      self.from = from
      self.to = to
    }

    package func covers(_ instant: Instant) -> Bool { from <= instant && (to.map { instant < $0 } ?? true) }
  }

  package let memberships: [Membership]
  /// Rows of the alias table that give an alias to a second person; the first row counts.
  package let contradictions: [Identity]
  private let names: ByName<String>
  private let persons: ByName<Person>
  private let absences: ByName<[Absence]>
  private let membershipsByTeam: ByName<[Membership]>

  package init(_ rows: [Person] = [], memberships: [Membership] = [], identities: [Identity] = []) {
    let (names, contradictions) = Self.names(identities)
    self.names = names
    self.contradictions = contradictions
    func name(_ spelling: String) -> String { names[spelling] ?? spelling }

    var rowsByName: ByName<[Person]> = [:]
    var all: [Membership] = []
    for row in rows {
      rowsByName[name(row.owner), default: []].append(row)
      if !row.team.isEmpty {
        all.append(Membership(team: row.team, person: row.owner, from: row.joinedAt, to: row.leftAt))
      }
    }
    all += memberships
    self.memberships = all

    var persons: ByName<Person> = [:]
    var absences: ByName<[Absence]> = [:]
    for (name, rows) in rowsByName {
      let gone = Self.absences(rows)
      absences[name] = gone
      persons[name] = Person(
        owner: name, team: rows.last { !$0.team.isEmpty }?.team ?? "",
        kind: rows.last { $0.kind != .unknown }?.kind ?? .unknown, joinedAt: rows.compactMap(\.joinedAt).min(),
        leftAt: gone.last.flatMap { $0.to == nil ? $0.from : nil })
    }
    var byTeam: ByName<[Membership]> = [:]
    for membership in all {
      let (team, person) = (name(membership.team), name(membership.person))
      byTeam[team, default: []].append(membership)
      if persons[person] == nil { persons[person] = Person(owner: person, team: team, leftAt: nil) }
      // A kind that a row states is not overruled by a name in another's row.
      if (persons[team]?.kind ?? .unknown) == .unknown {
        persons[team, default: Person(owner: team, team: "", leftAt: nil)].kind = .team
      }
    }
    self.persons = persons
    self.absences = absences
    membershipsByTeam = byTeam
  }

  // MARK: Look-ups

  /// What the registers say of an owner; nil where they do not know it. Its `leftAt` is when it left for good.
  package func person(for owner: String) -> Person? { persons[name(of: owner)] }

  /// When an owner left for good; nil while no register says so.
  package func leftAt(of owner: String) -> Instant? { person(for: owner)?.leftAt }

  /// The times during which an owner was gone, in order.
  package func absences(of owner: String) -> [Absence] { absences[name(of: owner)] ?? [] }

  /// The same, as far as they lie between two instants.
  package func absences(of owner: String, from: Instant, to: Instant) -> [(from: Instant, to: Instant)] {
    absences(of: owner).compactMap { absence in
      let (start, end) = (max(absence.from, from), min(absence.to ?? to, to))
      return start < end ? (start, end) : nil
    }
  }

  package func isTeam(_ owner: String) -> Bool { person(for: owner)?.kind == .team }

  /// Whether two spellings name one party.
  package func isSame(_ one: String, _ other: String) -> Bool {
    name(of: one).utf8.elementsEqual(name(of: other).utf8)
  }

  /// The members of a team at an instant, by the names that the alias table gives them, in the order of their bytes.
  package func members(of team: String, at instant: Instant) -> [String] {
    var members: ByName<Bool> = [:]
    for membership in membershipsByTeam[name(of: team)] ?? [] where membership.covers(instant) {
      members[name(of: membership.person)] = true
    }
    return members.keys.sortedBytewise()
  }

  /// Everybody who was ever a member of a team, by start, then name.
  package func memberships(of team: String) -> [Membership] {
    (membershipsByTeam[name(of: team)] ?? []).sorted { left, right in
      let always = Instant(microseconds: .min)
      let (from, other) = (left.from ?? always, right.from ?? always)
      return from == other ? left.person.precedesBytewise(right.person) : from < other
    }
  }

  /// The one name of a party that the alias table knows under several; any other name as it is.
  package func name(of spelling: String) -> String { names[spelling] ?? spelling }

  // MARK: Making

  /// Follows each alias to its end, also through a person who is an alias of another.
  private static func names(_ identities: [Identity]) -> (ByName<String>, contradictions: [Identity]) {
    var targets: ByName<String> = [:]
    var contradictions: [Identity] = []
    for identity in identities where !identity.alias.utf8.elementsEqual(identity.person.utf8) {
      if let first = targets[identity.alias] {
        if !first.utf8.elementsEqual(identity.person.utf8) { contradictions.append(identity) }
      } else {
        targets[identity.alias] = identity.person
      }
    }
    var names: ByName<String> = [:]
    for identity in identities {
      var chain: [String] = []
      var seen: ByName<Bool> = [:]
      var name = identity.alias
      while names[name] == nil, seen[name] == nil, let next = targets[name] {
        seen[name] = true
        chain.append(name)
        name = next
      }
      let last = names[name] ?? name
      for link in chain { names[link] = last }
    }
    return (names, contradictions)
  }

  /// The times between and after the spells of one party.
  ///
  /// A row without a start is a spell from always; of several such rows one that states a leaving counts, and of those the
  /// last. One that states neither says nothing of when the party was there, and leaves that to the others.
  private static func absences(_ rows: [Person]) -> [Absence] {
    var spells = rows.compactMap { row in row.joinedAt.map { (from: $0, to: row.leftAt) } }
    if let left = rows.last(where: { $0.joinedAt == nil && $0.leftAt != nil })?.leftAt {
      spells.append((from: Instant(microseconds: .min), to: left))
    }
    // A spell that ends before it begins covers nothing; that its party was gone from its end on stays true.
    spells = spells.map { (from: min($0.from, $0.to ?? $0.from), to: $0.to) }.sorted { $0.from < $1.from }
    guard var end = spells.first?.to else { return [] }
    var absences: [Absence] = []
    for spell in spells.dropFirst() {
      if spell.from > end { absences.append(Absence(from: end, to: spell.from)) }
      guard let to = spell.to else { return absences }
      end = max(end, to)
    }
    return absences + [Absence(from: end, to: nil)]
  }
}
