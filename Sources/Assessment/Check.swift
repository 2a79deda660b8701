package import EvidenceModel
internal import Replay

/// What a check asks, in the words that its page and its documentation show.
package struct CheckDefinition: Sendable {
  package var id: String
  package var title: String
  /// The question, as one sentence that a reader can answer with yes.
  package var question: String
  /// How the answer is found, and what counts as an exception.
  package var method: String
  /// What the figures count, in the plural: "decisions with a tool".
  package var population: String
  /// What a pass does not show.
  package var cannotShow: String

  package init(id: String, title: String, question: String, method: String, population: String, cannotShow: String) {
    self.id = id
    self.title = title
    self.question = question
    self.method = method
    self.population = population
    self.cannotShow = cannotShow
  }
}

/// A question about the records with a population and a result.
package protocol Check: Sendable {
  static var definition: CheckDefinition { get }
  /// Classes of which every decision is an exception of this check.
  static var classes: [DecisionClass] { get }
  /// Classes of which a decision is one under a further condition, which the method states.
  static var classesInPart: [DecisionClass] { get }
  func assess(_ facts: AssessmentFacts) -> CheckOutcome
}

extension Check {
  var id: String { Self.definition.id }
  package static var classes: [DecisionClass] { [] }
  package static var classesInPart: [DecisionClass] { [] }

  /// Draws the result from the counts: what fails outweighs what cannot be told, and no records never read as passed.
  ///
  /// - Parameter notes: whole sentences on what the figures leave out or do not tell apart.
  func conclude(
    population: Int, exceptions: Int, cannotTell: Int = 0, missing: [String] = [], findings: [Finding] = [],
    notes: [String] = [], whenEmpty: String
  ) -> CheckOutcome {
    let words = Self.definition.population
    let result: CheckResult
    let why: String
    if exceptions > 0 {
      result = .fail
      why = "\(exceptions) of \(population) \(words) are exceptions."
    } else if cannotTell > 0 || !missing.isEmpty {
      result = .cannotTell
      why =
        missing.isEmpty
        ? "\(cannotTell) of \(population) \(words) cannot be told."
        : "The records do not settle it; missing: \(missing.joined(separator: "; "))."
    } else if population == 0 {
      result = .notApplicable
      why = whenEmpty
    } else {
      result = .pass
      why = "\(population) of \(population) \(words) hold."
    }
    return CheckOutcome(
      check: id, result: result, why: ([why] + notes).joined(separator: " "), population: population,
      passed: max(0, population - exceptions - cannotTell), exceptions: exceptions, cannotTell: cannotTell,
      missingRecords: missing, findings: findings)
  }

  /// The record that is missing where a version's text is no policy.
  static var unreadableVersions: String { "the policy versions that cannot be read" }

  /// The fields of a decision without which the applicable rule cannot be told.
  static var decidingFields: String { "agent and data class of every decision" }

  /// The record that is missing where a version does not say who wrote it.
  static var versionAuthors: String { "the author of each policy version" }

  /// The records that findings name as missing, each once.
  static func recordsMissing(in findings: [Finding]) -> [String] {
    var seen = Set<String>()
    return findings.flatMap(\.missingRecords).filter { seen.insert($0).inserted }
  }

  /// For checks over decisions: one finding a rule that has exceptions. Where the answer depends on which rule applied,
  /// indeterminate decisions can say at most "cannot tell".
  func concludeOverDecisions(
    _ facts: AssessmentFacts, classes: [DecisionClass], population: (TallyRow) -> Int,
    exceptions: ((TallyRow) -> Int)? = nil,
    dependsOnTheRule: Bool = true, missing: [String] = [], words: String, whenEmpty: String
  ) -> CheckOutcome {
    var total = 0
    var failed = 0
    var unclear = 0
    var unreadable: ByName<Int> = [:]
    var byRule: ByName<(population: Int, failed: Int, unclear: Int)> = [:]
    for row in facts.tally where row.decisionClass != .malformed {
      let all = population(row)
      guard all > 0 else { continue }
      if dependsOnTheRule, facts.isUnreadable(row.version) {
        // Rules that nobody can read are not the same as none.
        total += all
        unclear += all
        unreadable[row.version, default: 0] += all
        continue
      }
      let wrong = classes.contains(row.decisionClass) ? min(all, exceptions?(row) ?? row.sums.n) : 0
      let indeterminate = dependsOnTheRule ? min(row.sums.indeterminate, all) : 0
      // An empty agent or data class may hide the rule that should have decided: such a decision is neither.
      let certainlyWrong = max(0, wrong - indeterminate)
      total += all
      failed += certainlyWrong
      unclear += indeterminate
      let before = byRule[row.rule] ?? (0, 0, 0)
      byRule[row.rule] = (before.population + all, before.failed + certainlyWrong, before.unclear + indeterminate)
    }
    var findings: [Finding] = []
    for rule in byRule.keys.sortedBytewise() {
      guard let counts = byRule[rule] else { continue }
      let subject: (SubjectKind, String) = rule == "-" ? (.period, facts.period.name) : (.rule, rule)
      findings += self.findings(of: subject, counts, DecisionFilter(rule: rule, classes: classes), words)
    }
    for version in unreadable.keys.sortedBytewise() {
      let count = unreadable[version] ?? 0
      findings.append(
        Finding(
          check: id, result: .cannotTell, subjectKind: .version, subject: version,
          summary:
            "\(count) of \(total) \(Self.definition.population) fell under version \(version), which cannot be read.",
          count: count, population: total, missingRecords: [Self.unreadableVersions]))
    }
    return conclude(
      population: total, exceptions: failed, cannotTell: unclear,
      missing: missing + (!unreadable.isEmpty ? [Self.unreadableVersions] : []), findings: findings,
      whenEmpty: whenEmpty)
  }

  /// What is wrong with the decisions of one rule, and what cannot be told of them.
  private func findings(
    of subject: (kind: SubjectKind, name: String), _ counts: (population: Int, failed: Int, unclear: Int),
    _ decisions: DecisionFilter, _ words: String
  ) -> [Finding] {
    let population = "of \(counts.population) \(Self.definition.population)"
    var findings: [Finding] = []
    if counts.failed > 0 {
      findings.append(
        Finding(
          check: id, result: .fail, subjectKind: subject.kind, subject: subject.name,
          summary: "\(counts.failed) \(population) \(words).",
          count: counts.failed, population: counts.population, decisions: decisions))
    }
    if counts.unclear > 0 {
      findings.append(
        Finding(
          check: id, result: .cannotTell, subjectKind: subject.kind, subject: subject.name,
          summary:
            "\(counts.unclear) \(population) lack the agent or the data class that decides which rule applies.",
          count: counts.unclear, population: counts.population, missingRecords: [Self.decidingFields]))
    }
    return findings
  }
}

/// All checks, in the order in which they are shown.
package enum Checks {
  package static let all: [any Check] = [
    OwnerAtEveryInstant(),
    OwnerIsPresentPerson(),
    SeenIsInventoried(),
    VersionAtEveryDecision(),
    PolicyTimeline(),
    ReplayAgrees(),
    SomeoneElseApproved(),
    ApprovedBeforeEffect(),
    ChangeHasReasonAndTest(),
    ApprovedIsWhatRan(),
    NoImplicitEscalation(),
    NoMissedEscalation(),
    ToolsFollowTheirRule(),
    HumanEscalationsAnswered(),
    FallbackIsWrittenDown(),
    BlockedIsNotServed(),
    UncoveredIsRefused(),
    RefusalHasARule(),
    SensitiveDataStaysPut(),
    DataIsClassified(),
    ProviderTermsOnFile(),
    DriftWithinTolerance(),
    ReviewFollowsTrigger(),
    ReviewIsPeriodic(),
    ServedAsApproved(),
    ConcentrationWithinAppetite(),
    ChainsAreBounded(),
    ExceptionIsWhole(),
    SwitchOffWorks(),
    CredentialsOwnedAndRotated(),
    CredentialsScoped(),
    RetiredIsDead(),
    OnlyWritersWrote(),
    LogHasNoHoles(),
    RecordsAreComplete(),
    LogIsUnaltered(),
    LogsAreKept(),
    IncidentIsFollowedUp(),
    NothingGoesRound(),
    EvidenceCanBeMadeAgain(),
  ]

  package static let definitions = all.map { type(of: $0).definition }
}
