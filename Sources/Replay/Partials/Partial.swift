package import EvidenceModel
package import Intake

/// One key of the tally and its sums (SEMANTICS §7). The counts after the sums lie beside the key; projecting them away gives the tally.
package struct TallyRow: Sendable, Hashable {
  /// Days since 1970-01-01; nil for malformed lines.
  package var day: Int?
  package var rule: String
  package var version: String
  package var owner: String
  package var ownerStatus: OwnerStatus
  package var decisionClass: DecisionClass
  package var sums: TallySums

  package init(
    day: Int?, rule: String, version: String, owner: String, ownerStatus: OwnerStatus,
    decisionClass: DecisionClass, sums: TallySums
  ) {
    self.day = day
    self.rule = rule
    self.version = version
    self.owner = owner
    self.ownerStatus = ownerStatus
    self.decisionClass = decisionClass
    self.sums = sums
  }
}

/// Integer sums; everything merges by addition.
package struct TallySums: Sendable, Hashable, BitwiseCopyable {
  package var n = 0
  package var tokensIn: Int64 = 0
  package var tokensOut: Int64 = 0
  package var costMicros: Int64 = 0
  package var indeterminate = 0
  /// Outcome success.
  package var served = 0
  /// Outcome blocked.
  package var blocked = 0
  package var withTools = 0
  /// With a trigger that is a failure, not a choice.
  package var afterFailure = 0
  /// With a model first tried, and no such trigger.
  package var moved = 0
  /// Successes of a sensitive data class.
  package var sensitiveServed = 0
  /// Of those, served by a deployment that no register places.
  package var sensitiveUnplaced = 0
  package var unclassified = 0
  /// With a cost above the bound of the settings.
  package var overCost = 0
  /// Served by the very model first tried: the request went round.
  package var returned = 0

  package init() {}

  package mutating func add(_ other: TallySums) {
    n &+= other.n
    tokensIn &+= other.tokensIn
    tokensOut &+= other.tokensOut
    costMicros &+= other.costMicros
    indeterminate &+= other.indeterminate
    served &+= other.served
    blocked &+= other.blocked
    withTools &+= other.withTools
    afterFailure &+= other.afterFailure
    moved &+= other.moved
    sensitiveServed &+= other.sensitiveServed
    sensitiveUnplaced &+= other.sensitiveUnplaced
    unclassified &+= other.unclassified
    overCost &+= other.overCost
    returned &+= other.returned
  }
}

/// Something that appeared in the logs: how often, when, and how often without being on record at that instant.
package struct SeenRow: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    case model, deployment, agent, tool, provider, credential
    case dataClass = "data-class"
  }
  package var kind: Kind
  package var name: String
  package var n: Int
  /// Not on its register at that instant, or not yet.
  package var unlisted: Int
  /// At or after the instant at which its register says that it was retired.
  package var retired: Int
  /// While it was switched off, after the seconds allowed for that to take effect.
  package var switchedOff: Int
  package var first: Instant
  package var last: Instant

  package init(
    kind: Kind, name: String, n: Int, unlisted: Int, retired: Int = 0, switchedOff: Int = 0, first: Instant,
    last: Instant
  ) {
    self.kind = kind
    self.name = name
    self.n = n
    self.unlisted = unlisted
    self.retired = retired
    self.switchedOff = switchedOff
    self.first = first
    self.last = last
  }
}

/// Two names that stood in one decision, in these parts: how often, and when first and last.
package struct LinkRow: Sendable, Hashable {
  package enum Side: String, Sendable, CaseIterable {
    case agent, tool, credential, rule, provider, jurisdiction, deployment
    case dataClass = "data-class"
    case requestedModel = "requested-model"
    /// A model that the request reached: one that was tried, or that is named as the one that answered, whatever the outcome.
    case reachedModel = "reached-model"
  }

  package var side: Side
  package var name: String
  package var otherSide: Side
  package var other: String
  package var n: Int
  package var first: Instant
  package var last: Instant

  package init(
    side: Side, name: String, otherSide: Side, other: String, n: Int, first: Instant, last: Instant
  ) {
    self.side = side
    self.name = name
    self.otherSide = otherSide
    self.other = other
    self.n = n
    self.first = first
    self.last = last
  }
}

/// Decisions that the version before or after the one in force would have judged otherwise: another class, or another rule.
package struct NeighbourRow: Sendable, Hashable {
  /// In force at the decision.
  package var version: String
  /// The version that was in force before it, or that came into force after it.
  package var neighbour: String
  package var isBefore: Bool
  /// As judged; `-` where no rule applied.
  package var rule: String
  package var decisionClass: DecisionClass
  /// As the neighbour would have it.
  package var neighbourRule: String
  package var neighbourClass: DecisionClass
  package var n: Int

  package init(
    version: String, neighbour: String, isBefore: Bool, rule: String, decisionClass: DecisionClass,
    neighbourRule: String, neighbourClass: DecisionClass, n: Int
  ) {
    self.version = version
    self.neighbour = neighbour
    self.isBefore = isBefore
    self.rule = rule
    self.decisionClass = decisionClass
    self.neighbourRule = neighbourRule
    self.neighbourClass = neighbourClass
    self.n = n
  }
}

/// Successes by who served them.
package struct TrafficRow: Sendable, Hashable {
  package var servedModel: String
  package var provider: String
  package var jurisdiction: String
  package var isSensitive: Bool
  package var hasTools: Bool
  package var n: Int

  package init(servedModel: String, provider: String, jurisdiction: String, isSensitive: Bool, hasTools: Bool, n: Int) {
    self.servedModel = servedModel
    self.provider = provider
    self.jurisdiction = jurisdiction
    self.isSensitive = isSensitive
    self.hasTools = hasTools
    self.n = n
  }
}

/// Successes by rule, version, week and the model that answered.
package struct RoutedRow: Sendable, Hashable {
  package var rule: String
  package var version: String
  /// The week's Monday, as days since 1970-01-01.
  package var week: Int
  package var servedModel: String
  package var n: Int

  package init(rule: String, version: String, week: Int, servedModel: String, n: Int) {
    self.rule = rule
    self.version = version
    self.week = week
    self.servedModel = servedModel
    self.n = n
  }
}

/// Permitted fallbacks that one `permit` rule covers. A decision that several cover counts with the first, as ambiguous.
package struct PermittedRow: Sendable, Hashable {
  package var rule: String
  package var version: String
  package var n: Int
  package var ambiguous: Int

  package init(rule: String, version: String, n: Int, ambiguous: Int) {
    self.rule = rule
    self.version = version
    self.n = n
    self.ambiguous = ambiguous
  }
}

/// Decisions of one day that one model answered, or that cost something there, to compare with totals from elsewhere.
package struct ServedDayRow: Sendable, Hashable {
  /// Days since 1970-01-01.
  package var day: Int
  package var servedModel: String
  package var n: Int
  package var tokensIn: Int64
  package var tokensOut: Int64
  package var costMicros: Int64

  package init(day: Int, servedModel: String, n: Int, tokensIn: Int64, tokensOut: Int64, costMicros: Int64) {
    self.day = day
    self.servedModel = servedModel
    self.n = n
    self.tokensIn = tokensIn
    self.tokensOut = tokensOut
    self.costMicros = costMicros
  }
}

/// Decisions under one tenure.
package struct TenureRow: Sendable, Hashable {
  package var rule: String
  package var recordIndex: Int
  package var n: Int
  /// Decisions whose owner this backdated record changed after the fact.
  package var redecided: Int

  package init(rule: String, recordIndex: Int, n: Int, redecided: Int) {
    self.rule = rule
    self.recordIndex = recordIndex
    self.n = n
    self.redecided = redecided
  }
}

/// One candidate for the sample of its stratum.
package struct SampleRow: Sendable {
  package var digest: Digest
  package var decision: JudgedDecision
  /// Name of the log it stands in, where partials of several logs are added up.
  package var source = ""
  /// Number of the chunk from whose beginning the decision's line counts, until that chunk's first line is known.
  var chunk = 0

  package init(digest: Digest, decision: JudgedDecision, source: String = "", chunk: Int = 0) {
    self.digest = digest
    self.decision = decision
    self.source = source
    self.chunk = chunk
  }
}

/// A candidate for what stands next to a change: under its rule the earliest or the latest decision between two changes of
/// the version in force or of the rule's owner.
package struct BoundaryRow: Sendable {
  /// When the first of these two changes took effect.
  package var since: Instant
  package var row: SampleRow

  package init(since: Instant, row: SampleRow) {
    self.since = since
    self.row = row
  }
}

/// How the records of a split were counted. Lines = blank + malformed + out of period + judged (SEMANTICS §2).
package struct LineCounts: Sendable, Hashable {
  package var lines = 0
  package var blank = 0
  package var malformed = 0
  package var outOfPeriod = 0
  package var judged = 0
  /// Records of the log that are no line in that sense: part of a decision that stands elsewhere in the log.
  package var folded = 0
  /// Records of the log that are no line in that sense: of another kind than decisions.
  package var other = 0
  package var zoneAssumed = 0
  package var fields = FieldCounts()
  var firstAt = Int64.max
  var lastAt = Int64.min

  package init() {}

  /// When the first judged decision was made; nil without one.
  package var first: Instant? { judged == 0 ? nil : Instant(microseconds: firstAt) }
  package var last: Instant? { judged == 0 ? nil : Instant(microseconds: lastAt) }

  package mutating func add(_ other: LineCounts) {
    lines &+= other.lines
    blank &+= other.blank
    malformed &+= other.malformed
    outOfPeriod &+= other.outOfPeriod
    judged &+= other.judged
    folded &+= other.folded
    self.other &+= other.other
    zoneAssumed &+= other.zoneAssumed
    fields.add(other.fields)
    firstAt = min(firstAt, other.firstAt)
    lastAt = max(lastAt, other.lastAt)
  }
}

/// In how many judged decisions each field is empty, inferred or matched; in all others it is what the log says.
package struct FieldCounts: Sendable, Hashable {
  package struct Counts: Sendable, Hashable {
    package var empty = 0
    package var inferred = 0
    package var matched = 0

    package init(empty: Int = 0, inferred: Int = 0, matched: Int = 0) {
      self.empty = empty
      self.inferred = inferred
      self.matched = matched
    }
  }

  private var counts: [RoutingField: Counts] = [:]

  package init() {}

  package subscript(field: RoutingField) -> Counts {
    get { counts[field] ?? Counts() }
    set { counts[field] = newValue == Counts() ? nil : newValue }
  }

  /// Adds `n` decisions whose fields are alike.
  mutating func add(_ n: Int, empty: RoutingFields, inferred: RoutingFields, matched: RoutingFields) {
    for field in RoutingField.allCases {
      let bit = RoutingFields(field)
      if empty.contains(bit) {
        self[field].empty += n
      } else if inferred.contains(bit) {
        self[field].inferred += n
      } else if matched.contains(bit) {
        self[field].matched += n
      }
    }
  }

  package mutating func add(_ other: FieldCounts) {
    for (field, counts) in other.counts {
      self[field].empty &+= counts.empty
      self[field].inferred &+= counts.inferred
      self[field].matched &+= counts.matched
    }
  }
}

/// What scanning a split came to, in words. Partials of one plan merge by addition, in any order.
package struct Partial: Sendable {
  package var counts = LineCounts()
  package var tally: [TallyRow] = []
  /// Judged decisions and exceptions by hours since 1970-01-01T00:00Z.
  package var hours: [Int: (judged: Int, exceptions: Int)] = [:]
  package var seen: [SeenRow] = []
  package var traffic: [TrafficRow] = []
  package var routed: [RoutedRow] = []
  package var permitted: [PermittedRow] = []
  package var servedDays: [ServedDayRow] = []
  package var links: [LinkRow] = []
  package var neighbours: [NeighbourRow] = []
  package var tenures: [TenureRow] = []
  /// By version: decisions whose version a backdated record changed after the fact.
  package var redecidedVersions: ByName<Int> = [:]
  package var sample: [SampleRow] = []
  /// The smallest digests of all judged decisions.
  package var attributeSample: [SampleRow] = []
  package var boundaries: [BoundaryRow] = []

  package init() {}
}
