/// What a rule orders (SEMANTICS §1).
package enum Action: String, Sendable, CaseIterable, BitwiseCopyable {
  case allow, escalate, block, permit
}

/// Where a value comes from. Every derived value carries it.
package enum Provenance: String, Sendable {
  case logged, matched, inferred, assumed, unknown
}

/// An escalation rule, as one policy version states it. `*` matches anything.
package struct Rule: Hashable, Sendable {
  package var id: String
  /// Smaller goes first.
  package var priority: Int
  package var agent: String
  package var dataClass: String
  package var tool: String
  package var minTokensIn: Int64
  package var action: Action
  /// One model for `escalate`, a list for `permit`.
  package var escalateTo: [String]
  /// `["*"]` allows any place.
  package var allowedJurisdictions: [String]
  /// `permit` only: the requested model that may be left; `*` is any.
  package var fromModel: String
  /// `permit` only: why it may be left; `["*"]` is any reason.
  package var triggers: [String]
  /// How the rule came to be: `matched` when the policy states it, `inferred` when it was derived from a gateway's config.
  package var provenance: Provenance
  /// Other words by which a log may claim the rule while this version is in force, such as its place in a list.
  package var claims: [String]
  /// What a gateway's config says of the rule that no log lets replay test, such as a budget or a weight; followed through
  /// versions all the same. Sorted by name.
  package var settings: [Setting]

  package struct Setting: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(
    id: String, priority: Int, agent: String = "*", dataClass: String = "*", tool: String = "*",
    minTokensIn: Int64 = 0, action: Action, escalateTo: [String] = [],
    allowedJurisdictions: [String] = ["*"], fromModel: String = "*", triggers: [String] = ["*"],
    provenance: Provenance = .matched, claims: [String] = [], settings: [Setting] = []
  ) {
    self.id = id
    self.priority = priority
    self.agent = agent
    self.dataClass = dataClass
    self.tool = tool
    self.minTokensIn = minTokensIn
    self.action = action
    self.escalateTo = escalateTo
    self.allowedJurisdictions = allowedJurisdictions
    self.fromModel = fromModel
    self.triggers = triggers
    self.provenance = provenance
    self.claims = claims
    self.settings = settings.sorted { ($0.name, $0.value) < ($1.name, $1.value) }
  }
}

/// A full snapshot of the rules, and the instant it came into force.
package struct PolicyVersion: Sendable, Hashable {
  package var id: String
  package var effectiveFrom: Instant
  /// When the source learnt it (commit or upload time); nil where it does not say.
  package var recordedAt: Instant?
  package var author: String?
  package var approvedBy: [String]
  package var approvedAt: Instant?
  package var ticket: String?
  /// One line that the author gave: a note or a commit's subject.
  package var note: String?
  /// The file, and the commit where there is one.
  package var source: String
  /// The source text, for the text difference; empty where the version is a table of many.
  package var text: String
  package var digest: Digest
  /// False when the text could not be read as a policy: the version was in force, its rules are unknown.
  package var isReadable: Bool
  package var rules: [Rule]
  /// Whether the source can hold approvals at all; where it cannot, their absence says nothing.
  package var statesApprovals: Bool
  /// The generation of the config's own schema, in words; nil where the format has one only.
  package var schema: String?
  /// When the author wrote the change, where the source says so; often long before it was brought into the main line.
  package var authoredAt: Instant?
  /// Who brought the version into the main line, where that is known and may differ from the author.
  package var committer: String?
  /// Whether the commit carries a signature; nil where the source has none to carry. Nobody checked it.
  package var isSigned: Bool?
  /// What says that the version took effect when it did, such as a line of a deployment record; nil: commit or text.
  package var effectiveSource: String?

  package init(
    id: String, effectiveFrom: Instant, recordedAt: Instant? = nil, author: String? = nil,
    approvedBy: [String] = [], approvedAt: Instant? = nil, ticket: String? = nil,
    note: String? = nil, source: String, text: String = "", digest: Digest,
    isReadable: Bool = true, rules: [Rule], statesApprovals: Bool = false, schema: String? = nil,
    authoredAt: Instant? = nil, committer: String? = nil, isSigned: Bool? = nil, effectiveSource: String? = nil
  ) {
    self.id = id
    self.effectiveFrom = effectiveFrom
    self.recordedAt = recordedAt
    self.author = author
    self.approvedBy = approvedBy
    self.approvedAt = approvedAt
    self.ticket = ticket
    self.note = note
    self.source = source
    self.text = text
    self.digest = digest
    self.isReadable = isReadable
    self.rules = rules
    self.statesApprovals = statesApprovals
    self.schema = schema
    self.authoredAt = authoredAt
    self.committer = committer
    self.isSigned = isSigned
    self.effectiveSource = effectiveSource
  }

  /// Effective earlier than it was recorded (SEMANTICS §6).
  package var isBackdated: Bool { recordedAt.map { effectiveFrom < $0 } ?? false }
}

/// The versions of a policy, and which was in force when.
package struct PolicyHistory: Sendable {
  /// In the order of SEMANTICS §3: effective, then recorded, then place in the source.
  package private(set) var versions: [PolicyVersion]
  /// Index into `versions`, by time.
  package private(set) var inForce: Timeline<Int>

  /// - Parameter versions: in the order of their source.
  package init(_ versions: [PolicyVersion]) {
    self.versions = versions.enumerated().sorted { left, right in
      let leftKey = (left.element.effectiveFrom, left.element.recordedAt ?? left.element.effectiveFrom, left.offset)
      let rightKey = (
        right.element.effectiveFrom, right.element.recordedAt ?? right.element.effectiveFrom, right.offset
      )
      return leftKey < rightKey
    }.map(\.element)
    inForce = Timeline()
    for (index, version) in self.versions.enumerated() {
      inForce.append(from: version.effectiveFrom, index)
    }
  }

  /// When the version stopped being in force; nil for the last one. A version shadowed by a later one at the same instant was never in force.
  package func until(_ index: Int) -> Instant? {
    index + 1 < versions.count ? versions[index + 1].effectiveFrom : nil
  }

  /// Versions whose config is of another schema generation than the readable version before that states one.
  package var schemaChanges: [(versionIndex: Int, from: String, to: String)] {
    var changes: [(versionIndex: Int, from: String, to: String)] = []
    var before: String?
    for (index, version) in versions.enumerated() where version.isReadable {
      guard let schema = version.schema else { continue }
      if let before, !before.utf8.elementsEqual(schema.utf8) {
        changes.append((versionIndex: index, from: before, to: schema))
      }
      before = schema
    }
    return changes
  }

  /// Every rule id of every version, sorted.
  package var ruleIDs: [String] {
    var seen: ByName<Bool> = [:]
    for version in versions { for rule in version.rules { seen[rule.id] = true } }
    return seen.keys.sortedBytewise()
  }
}
