package import EvidenceModel

/// What changed from one pack to another. Lists are in the order of their weight, then by name.
package struct PackDelta: Sendable {
  package var before: PackSummary.Identity
  package var after: PackSummary.Identity
  package var chain: PackChain
  package var remarks: [Remark]
  package var checks: [CheckChange]
  /// Checks with the same result in both that is no failure.
  package var unchangedChecks: Int
  package var controls: [FrameworkDelta]
  package var versions: [VersionChange]
  package var ruleChanges: [RuleChangeLine]
  package var handOvers: [HandOver]
  package var gaps: [GapChange]
  package var rules: [RulePresence]
  package var findings: [FindingChange]
  /// Findings that both packs have.
  package var findingsInBoth: Int
  package var figures: [Figure]
  package var classes: [ClassChange]
  package var rulers: [RulerChange]

  /// Something to know before any row is read.
  package struct Remark: Sendable, Equatable {
    package enum Kind: String, Sendable {
      case missing, overlaps
      case wrongOrder = "wrong-order"
      case unbounded
      case samePack = "same-pack"
      case otherOrganisation = "other-organisation"
      case otherLength = "other-length"
      case otherRuler = "other-ruler"
    }
    package var kind: Kind
    package var before: String
    package var after: String
  }

  package struct CheckChange: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
      case newlyFailing = "newly-failing"
      case newlyCannotTell = "newly-cannot-tell"
      case stillFailing = "still-failing"
      case newlyPassing = "newly-passing"
      case other, added, removed
    }
    package var kind: Kind
    package var id: String
    package var title: String
    package var page: String?
    package var earlierPage: String?
    package var before: PackSummary.Check.Outcome?
    package var after: PackSummary.Check.Outcome?
  }

  package struct FrameworkDelta: Sendable {
    package var id: String
    package var title: String
    package var page: String?
    /// Controls that both packs have.
    package var compared: Int
    package var changes: [ControlChange]
  }

  package struct ControlChange: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
      /// Evidence for it went away, wholly or in part.
      case lost
      /// It is contradicted, and was not; no evidence for it was lost.
      case contradicted
      case gained
      /// It was contradicted; now nothing speaks for or against it.
      case cleared
      case other, added, removed
    }
    package var kind: Kind
    package var id: String
    package var display: String
    package var title: String
    package var page: String?
    package var earlierPage: String?
    package var before: ControlState?
    package var after: ControlState?
  }

  package struct VersionChange: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
      /// In both packs under one name, with another text.
      case textDiffers = "text-differs"
      /// In both packs, in force from another instant.
      case moved
      case gone
      /// In force within the earlier period, and unknown to the earlier pack.
      case recordedLater = "recorded-later"
      case cameIntoForce = "came-into-force"
    }
    package var kind: Kind
    package var version: PackSummary.Version
    /// In force from, as the earlier pack says; where it differs.
    package var effectiveBefore: Instant?
  }

  package struct RuleChangeLine: Sendable {
    package var rule: String
    package var page: String?
    package var change: PackSummary.Change
  }

  package struct HandOver: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
      case lost
      case handedOver = "handed-over"
      case assigned
    }
    package var kind: Kind
    package var rule: String
    package var page: String?
    package var before: String
    package var after: String
  }

  package struct GapChange: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
      case opened
      case stillOpen = "still-open"
      case openedAndClosed = "opened-and-closed"
      case closed
    }
    package var kind: Kind
    package var rule: String
    package var page: String?
    /// `gap` or `departed`.
    package var what: String
    package var from: Instant
    /// Nil while it is open.
    package var to: Instant?
  }

  package struct RulePresence: Sendable {
    package enum Kind: String, Sendable, CaseIterable { case removed, added }
    package var kind: Kind
    package var rule: String
    package var page: String?
    package var earlierPage: String?
    package var words: String
  }

  package struct FindingChange: Sendable {
    package enum Kind: String, Sendable, CaseIterable { case new, gone }
    package var kind: Kind
    package var finding: PackSummary.Finding
    /// What the other pack says of the same subject and check, where it says anything.
    package var otherResult: CheckResult?
  }

  /// A count of which both packs state the whole.
  package struct Figure: Sendable {
    package var name: String
    package var before: Int
    package var beforeOf: Int?
    package var after: Int
    package var afterOf: Int?
  }

  package struct ClassChange: Sendable {
    package var decisionClass: DecisionClass
    package var page: String?
    package var before: Int
    package var after: Int
  }

  /// Something that the results are measured by.
  package struct RulerChange: Sendable {
    package enum Kind: String, Sendable, CaseIterable { case program, semantics, mapping, framework, setting }
    package var kind: Kind
    package var name: String
    package var before: String?
    package var after: String?
  }
}

extension PackDelta {
  package func count(_ kind: CheckChange.Kind) -> Int { checks.count { $0.kind == kind } }
  package func count(_ kind: ControlChange.Kind) -> Int {
    controls.reduce(0) { $0 + $1.changes.count { $0.kind == kind } }
  }
  package func count(_ direction: RuleChange.Direction) -> Int {
    ruleChanges.count { $0.change.direction == direction }
  }
  package func count(_ kind: GapChange.Kind) -> Int { gaps.count { $0.kind == kind } }
  package var rulesAdded: Int { rules.count { $0.kind == .added } }
  package var rulesRemoved: Int { rules.count { $0.kind == .removed } }
  package func count(_ kind: FindingChange.Kind) -> Int { findings.count { $0.kind == kind } }
  /// Versions that are new in the later pack, or known to it otherwise.
  package var versionsNew: Int {
    versions.count { $0.kind == .cameIntoForce || $0.kind == .recordedLater }
  }
  /// Checks that the later pack asked.
  package var checksAsked: Int { unchangedChecks + checks.count { $0.after != nil } }
  /// Controls that both packs have.
  package var controlsCompared: Int { controls.reduce(0) { $0 + $1.compared } }
}
