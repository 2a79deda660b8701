/// What an owner is, as the source that names it states it.
package enum OwnerKind: String, Sendable, Hashable {
  case person, team, role
  /// One entry of more than one party, joined by blanks, as files of code owners have them.
  case several
}

/// One line of an ownership register: who owned which rules, from when to when.
package struct OwnershipRecord: Sendable, Hashable {
  /// Exact, or a pattern in which `*` stands for any run of characters.
  package var rulePattern: String
  package var owner: String
  /// `accountable` decides who the owner is; other roles are shown.
  package var role: String
  package var from: Instant
  /// Nil: open.
  package var to: Instant?
  package var sequence: Int
  package var recordedAt: Instant?
  package var source: String
  /// Counted from 1; 0 where the source is a text as a whole.
  package var line: Int
  /// `matched` when the record names the rule, `inferred` when a pattern or a file's owner covers it.
  package var provenance: Provenance
  /// Nil where the source does not say what its owner is.
  package var ownerKind: OwnerKind?

  package init(
    rulePattern: String, owner: String, role: String = "accountable", from: Instant, to: Instant?,
    sequence: Int, recordedAt: Instant? = nil, source: String, line: Int,
    provenance: Provenance = .matched, ownerKind: OwnerKind? = nil
  ) {
    self.rulePattern = rulePattern
    self.owner = owner
    self.role = role
    self.from = from
    self.to = to
    self.sequence = sequence
    self.recordedAt = recordedAt
    self.source = source
    self.line = line
    self.provenance = provenance
    self.ownerKind = ownerKind
  }

  package var isBackdated: Bool { recordedAt.map { from < $0 } ?? false }
  package static let accountable = "accountable"
  package var isAccountable: Bool { role == Self.accountable }

  package var isPattern: Bool { NamePattern(rulePattern).isPattern }

  package func covers(_ rule: String) -> Bool { NamePattern(rulePattern).matches(rule) }

  /// Whether an interval covers an instant.
  package func covers(_ instant: Instant) -> Bool {
    from <= instant && (to.map { instant < $0 } ?? true)
  }
}

/// An interval in which one party owned one rule: an ownership record, seen from one of the rules it covers.
package struct Tenure: Sendable, Hashable {
  package var rule: String
  package var record: OwnershipRecord
  /// Index of the record among all of the run's ownership records.
  package var recordIndex: Int
}

/// What a tenure rests on.
package enum OwnershipBasis: String, Sendable, CaseIterable {
  /// The record names the rule or the policy's file.
  case explicit
  /// A pattern or a catch-all covers the rule.
  case inherited
  /// The owner is a team, and no member of it is named for the rule.
  case teamOnly = "team-only"
}

/// All ownership records, and who owned which rule when.
package struct OwnershipHistory: Sendable {
  package let records: [OwnershipRecord]
  package let people: People
  /// Whether a people register was given; without one nobody can be said to have left, or to be no person.
  package let hasPeopleRegister: Bool
  /// Indexes of the records that name a rule as it is, and of those that match by a pattern.
  private let exact: ByName<[Int]>
  private let patterns: [Int]

  package init(records: [OwnershipRecord], people: People, hasPeopleRegister: Bool) {
    self.records = records
    self.people = people
    self.hasPeopleRegister = hasPeopleRegister
    var exact: ByName<[Int]> = [:]
    for (index, record) in records.enumerated() where !record.isPattern {
      exact[record.rulePattern, default: []].append(index)
    }
    self.exact = exact
    patterns = records.indices.filter { records[$0].isPattern }
  }

  /// The tenures of a rule, by start, then sequence.
  package func tenures(of rule: String) -> [Tenure] {
    ((exact[rule] ?? []) + patterns.filter { records[$0].covers(rule) })
      .map { Tenure(rule: rule, record: records[$0], recordIndex: $0) }
      .sorted {
        ($0.record.from, $0.record.sequence, $0.recordIndex) < ($1.record.from, $1.record.sequence, $1.recordIndex)
      }
  }

  /// The accountable tenure that decides at an instant (SEMANTICS §3): the greatest start, then the greatest sequence.
  ///
  /// - Parameter knownAt: nil looks with everything known when the run began; else only records recorded by then count.
  package static func deciding(
    among tenures: [Tenure], at instant: Instant, knownAt: Instant? = nil
  ) -> Tenure? {
    tenures.last { tenure in
      tenure.record.isAccountable && tenure.record.covers(instant)
        && (knownAt.map { known in (tenure.record.recordedAt ?? tenure.record.from) <= known } ?? true)
    }
  }

  /// Who owned a rule over time, as steps. `changedAfterwards` marks stretches where the answer differs from what the records said then.
  package struct Step: Sendable, Equatable {
    package var tenure: Tenure?
    package var changedAfterwards: Bool
  }

  package func steps(of rule: String) -> Timeline<Step> {
    let tenures = tenures(of: rule).filter(\.record.isAccountable)
    var instants = Set<Instant>()
    for tenure in tenures {
      instants.insert(tenure.record.from)
      if let to = tenure.record.to { instants.insert(to) }
      if let recorded = tenure.record.recordedAt { instants.insert(recorded) }
    }
    // Tenures stand in the order in which the later one decides. Each comes in once, when it begins or when it was on record,
    // and goes once, so that a long register does not take the square of its length.
    func onRecord(_ place: Int) -> Instant {
      let record = tenures[place].record
      return max(record.from, record.recordedAt ?? record.from)
    }
    func deciding(_ begun: inout GreatestFirst, _ instant: Instant) -> Tenure? {
      while let place = begun.greatest {
        if tenures[place].record.covers(instant) { return tenures[place] }
        begun.removeGreatest()
      }
      return nil
    }
    let recorded = tenures.indices.sorted { onRecord($0) < onRecord($1) }
    var (begun, begunOnRecord) = (GreatestFirst(), GreatestFirst())
    var (next, nextOnRecord) = (0, 0)
    var steps = Timeline<Step>()
    for instant in instants.sorted() {
      while next < tenures.count, tenures[next].record.from <= instant {
        begun.insert(next)
        next += 1
      }
      while nextOnRecord < recorded.count, onRecord(recorded[nextOnRecord]) <= instant {
        begunOnRecord.insert(recorded[nextOnRecord])
        nextOnRecord += 1
      }
      let now = deciding(&begun, instant)
      let then = deciding(&begunOnRecord, instant)
      let isSame = (now?.record.owner ?? "").utf8.elementsEqual((then?.record.owner ?? "").utf8)
      steps.append(from: instant, Step(tenure: now, changedAfterwards: !isSame))
    }
    return steps
  }

  package func status(of owner: String, at instant: Instant) -> OwnerStatus {
    people.absences(of: owner).contains { $0.covers(instant) } ? .departed : .owned
  }

  /// What a tenure rests on at an instant. A team's tenure is `teamOnly` however its record covers the rule, unless another
  /// record names a member of the team for the rule at that instant.
  package func basis(of tenure: Tenure, at instant: Instant) -> OwnershipBasis {
    var bases = TenureBases(self, rule: tenure.rule)
    return bases.basis(of: tenure, at: instant)
  }
}
