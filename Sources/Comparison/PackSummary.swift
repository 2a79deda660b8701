package import EvidenceModel

/// What one pack says, as far as packs are compared. Read from its evidence documents and from nothing else.
package struct PackSummary: Sendable {
  /// Which pack it is.
  package struct Identity: Sendable {
    package var organisation: String
    package var period: Period
    package var periodText: String
    package var toolVersion: String
    package var semantics: String
    /// The zone that its pages tell instants in, as its settings name it.
    package var zone: String
    /// How far people have read its mappings, as its pages say it.
    package var mappingReview: String
    /// The digest of its manifest; nil while the pack is being made.
    package var manifest: Digest?
    package var judged: Int
    package var exceptions: Int
  }

  package struct Check: Sendable, Hashable {
    package var id: String
    package var title: String
    package var page: String?
    package var outcome: Outcome

    package struct Outcome: Sendable, Hashable {
      package var result: CheckResult
      package var population: Int
      package var exceptions: Int
      package var cannotTell: Int
    }
  }

  package struct Control: Sendable, Hashable {
    package var id: String
    package var display: String
    package var title: String
    package var page: String?
    package var state: ControlState
  }

  package struct Framework: Sendable {
    package var id: String
    package var title: String
    package var version: String
    package var page: String?
    /// Version and review state of the mapping to it.
    package var mapping: String
    package var controls: [Control] = []
  }

  package struct Version: Sendable, Hashable {
    package var id: String
    package var page: String?
    package var effective: Instant
    package var recorded: Instant?
    package var author: String?
    package var approvers: String?
    package var ticket: String?
    package var digest: String
    package var rules: Int
    package var decisions: Int
  }

  /// A stretch of the period in which nobody owned a rule in force, or its owner had left.
  package struct Gap: Sendable, Hashable {
    package var kind: String
    package var from: Instant
    package var to: Instant
  }

  package struct Change: Sendable, Hashable {
    package var version: String
    package var versionPage: String?
    package var kind: RuleChange.Kind
    package var direction: RuleChange.Direction
    package var words: String
    package var effective: Instant
    package var author: String?
    package var approvers: String?
    package var ticket: String?
  }

  package struct Rule: Sendable {
    package var id: String
    package var page: String?
    package var words: String
    /// The owner at the end of the period; `-` for nobody.
    package var owner: String
    /// When a version in force had the rule; a missing end is open.
    package var inForce: [(from: Instant, to: Instant?)]
    package var gaps: [Gap]
    package var changes: [Change]
  }

  package struct Finding: Sendable, Hashable {
    package var id: String
    package var page: String?
    package var check: String
    package var result: CheckResult
    package var subjectKind: String
    package var subject: String
    package var summary: String
    package var count: Int
    package var population: Int
  }

  package struct ClassCount: Sendable, Hashable {
    package var decisionClass: DecisionClass
    package var count: Int
    /// The page that lists them, for exceptions.
    package var page: String?
  }

  package var identity: Identity
  /// The packs before it, the latest first, as it tells them.
  package var earlier: [EarlierPack] = []
  /// Whether packs before those were left out.
  package var earlierIsCut = false
  package var lines = 0
  package var malformed = 0
  package var indeterminate = 0
  package var parameters: ByName<String> = [:]
  package var mapping = ""
  package var classes: [ClassCount] = []
  package var frameworks: [Framework] = []
  package var checks: [Check] = []
  package var versions: [Version] = []
  package var rules: [Rule] = []
  package var findings: [Finding] = []

  /// - Parameter identity: which pack it is.
  package init(identity: Identity) { self.identity = identity }
}

/// A pack before another one in the chain.
package struct EarlierPack: Sendable, Hashable {
  package var period: Period
  package var periodText: String
  package var manifest: Digest
  package var toolVersion: String
  package var judged: Int
  package var exceptions: Int

  package init(
    period: Period, periodText: String, manifest: Digest, toolVersion: String, judged: Int, exceptions: Int
  ) {
    self.period = period
    self.periodText = periodText
    self.manifest = manifest
    self.toolVersion = toolVersion
    self.judged = judged
    self.exceptions = exceptions
  }
}
