/// An entry of a framework.
package struct Control: Sendable, Hashable {
  package var id: String
  package var parent: String?
  /// How a reader cites it.
  package var display: String
  package var title: String
  package var titleOrigin: String
  package var summary: String
  /// A heading: not a control of its own, never counted.
  package var isGroup: Bool
  /// Why no check maps to it.
  package var noCheckReason: String?

  package init(
    id: String, parent: String?, display: String, title: String, titleOrigin: String,
    summary: String, isGroup: Bool, noCheckReason: String?
  ) {
    self.id = id
    self.parent = parent
    self.display = display
    self.title = title
    self.titleOrigin = titleOrigin
    self.summary = summary
    self.isGroup = isGroup
    self.noCheckReason = noCheckReason
  }
}

/// A catalog of controls.
package struct Framework: Sendable {
  package var id: String
  package var title: String
  package var shortTitle: String
  package var version: String
  package var publisher: String
  package var licence: String
  /// Depth first: a group, then its children.
  package var controls: [Control]

  package init(
    id: String, title: String, shortTitle: String, version: String, publisher: String,
    licence: String, controls: [Control]
  ) {
    self.id = id
    self.title = title
    self.shortTitle = shortTitle
    self.version = version
    self.publisher = publisher
    self.licence = licence
    self.controls = controls
  }
}

/// What the evidence says of one control.
package enum ControlState: String, Sendable, CaseIterable {
  case evidenced, contradicted, partial
  case cannotTell = "cannot-tell"
  case noCheck = "no-check"
  case outOfScope = "out-of-scope"
}

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

  package init(
    check: String, framework: String, control: String, relation: String, effects: [String],
    rationale: String, condition: String? = nil
  ) {
    self.check = check
    self.framework = framework
    self.control = control
    self.relation = relation
    self.effects = effects
    self.rationale = rationale
    self.condition = condition
  }
}
