/// The result of a check, or of one of its findings.
package enum CheckResult: String, Sendable, CaseIterable {
  case fail
  case exception
  case cannotTell = "cannot-tell"
  case pass
  case notApplicable = "not-applicable"
}

/// What a finding is about.
package enum SubjectKind: String, Sendable {
  case rule, version, owner, model, deployment, agent, tool, provider, jurisdiction, source, input, field, period
  case dataClass = "data-class"
  case change, credential, incident, trigger, escalation, exception
}

/// A check's result for one subject.
package struct Finding: Sendable {
  package var check: String
  package var result: CheckResult
  package var subjectKind: SubjectKind
  package var subject: String
  /// One sentence with its figures.
  package var summary: String
  /// How many of `population` the result is about.
  package var count: Int
  package var population: Int
  /// What `population` counts, where it is not what the check counts.
  package var populationText: String?
  package var details: [String]
  package var stretches: [Stretch]
  /// Records that would settle what cannot be told.
  package var missingRecords: [String]
  /// The decisions behind the finding, where it is about decisions.
  package var decisions: DecisionFilter?

  package init(
    check: String, result: CheckResult, subjectKind: SubjectKind, subject: String, summary: String,
    count: Int, population: Int, populationText: String? = nil, details: [String] = [], stretches: [Stretch] = [],
    missingRecords: [String] = [], decisions: DecisionFilter? = nil
  ) {
    self.check = check
    self.result = result
    self.subjectKind = subjectKind
    self.subject = subject
    self.summary = summary
    self.count = count
    self.population = population
    self.populationText = populationText
    self.details = details
    self.stretches = stretches
    self.missingRecords = missingRecords
    self.decisions = decisions
  }

  /// Does not move between runs: made of the check, the kind and the subject alone.
  package var id: String {
    "\(check.lowercased())-\(Digest(of: "\(check)\u{0}\(subjectKind.rawValue)\u{0}\(subject)\u{0}\(result.rawValue)").prefix(10))"
  }
}

/// A stretch of time in which something about a rule's ownership was off.
package struct Stretch: Sendable, Hashable {
  package enum Kind: String, Sendable { case gap, overlap, departed }
  package var kind: Kind
  package var from: Instant
  package var to: Instant
  package var owners: [String]

  package init(kind: Kind, from: Instant, to: Instant, owners: [String]) {
    self.kind = kind
    self.from = from
    self.to = to
    self.owners = owners
  }
}

/// Picks exceptions: every part that is set must hold.
package struct DecisionFilter: Sendable, Hashable {
  package var rule: String?
  package var version: String?
  package var owner: String?
  package var ownerStatus: OwnerStatus?
  package var classes: [DecisionClass]

  package init(
    rule: String? = nil, version: String? = nil, owner: String? = nil,
    ownerStatus: OwnerStatus? = nil, classes: [DecisionClass] = []
  ) {
    self.rule = rule
    self.version = version
    self.owner = owner
    self.ownerStatus = ownerStatus
    self.classes = classes
  }
}

/// What a check says of all its subjects together.
package struct CheckOutcome: Sendable {
  package var check: String
  package var result: CheckResult
  /// One sentence: why this result.
  package var why: String
  package var population: Int
  package var passed: Int
  package var exceptions: Int
  /// Exceptions that someone accepted until a day that has not passed.
  package var accepted: Int
  package var cannotTell: Int
  package var missingRecords: [String]
  package var findings: [Finding]

  package init(
    check: String, result: CheckResult, why: String, population: Int, passed: Int, exceptions: Int,
    accepted: Int = 0, cannotTell: Int, missingRecords: [String], findings: [Finding]
  ) {
    self.check = check
    self.result = result
    self.why = why
    self.population = population
    self.passed = passed
    self.exceptions = exceptions
    self.accepted = accepted
    self.cannotTell = cannotTell
    self.missingRecords = missingRecords
    self.findings = findings
  }
}
