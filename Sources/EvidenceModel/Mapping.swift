/// Reading: the check `relation` the control.
package struct Mapping: Sendable, Hashable {
  package var check: String
  package var framework: String
  package var control: String
  package var relation: String
  package var effects: [String]
  package var rationale: String
  /// Under which circumstances the control concerns anyone at all, such as a class of systems; nil: always.
  package var condition: String?
  /// Where its file lists it.
  package var place: RegisterPlace?

  package init(
    check: String, framework: String, control: String, relation: String, effects: [String],
    rationale: String, condition: String? = nil, place: RegisterPlace? = nil
  ) {
    self.check = check
    self.framework = framework
    self.control = control
    self.relation = relation
    self.effects = effects
    self.rationale = rationale
    self.condition = condition
    self.place = place
  }
}

/// Somebody's decision to map one check and one control otherwise than the mapping's file does.
package struct MappingOverride: Sendable, Hashable {
  package enum Change: String, Sendable {
    /// The file does not list the pair.
    case added
    case changed
    /// The check is no longer taken as evidence for the control.
    case removed
  }

  package var check: String
  package var framework: String
  package var control: String
  package var change: Change
  /// The relation from now on; nil where the pair was removed.
  package var relation: String?
  /// The relation that the file states; nil where it lists no such pair.
  package var before: String?
  package var reason: String
  package var decidedBy: String
  /// A civil day, as written.
  package var date: String?
  package var place: RegisterPlace

  package init(
    check: String, framework: String, control: String, change: Change, relation: String?, before: String?,
    reason: String, decidedBy: String, date: String?, place: RegisterPlace
  ) {
    self.check = check
    self.framework = framework
    self.control = control
    self.change = change
    self.relation = relation
    self.before = before
    self.reason = reason
    self.decidedBy = decidedBy
    self.date = date
    self.place = place
  }
}

/// How far people have read the mapping of one framework.
package struct MappingReview: Sendable, Hashable {
  package enum Status: String, Sendable, CaseIterable {
    /// No person with the authority to assess has read it yet.
    case draft
    case reviewed
    /// There is no mapping to review: no check maps to the framework.
    case none
  }

  package struct Reviewer: Sendable, Hashable {
    package var name: String
    package var role: String
    /// A civil day, as written.
    package var date: String

    package init(name: String, role: String, date: String) {
      self.name = name
      self.role = role
      self.date = date
    }
  }

  package var framework: String
  package var version: String
  package var status: Status
  package var reviewers: [Reviewer]

  package init(framework: String, version: String, status: Status, reviewers: [Reviewer]) {
    self.framework = framework
    self.version = version
    self.status = status
    self.reviewers = reviewers
  }
}
