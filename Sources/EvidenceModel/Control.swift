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
  /// Where its catalog lists it.
  package var place: RegisterPlace?

  package init(
    id: String, parent: String?, display: String, title: String, titleOrigin: String,
    summary: String, isGroup: Bool, noCheckReason: String?, place: RegisterPlace? = nil
  ) {
    self.id = id
    self.parent = parent
    self.display = display
    self.title = title
    self.titleOrigin = titleOrigin
    self.summary = summary
    self.isGroup = isGroup
    self.noCheckReason = noCheckReason
    self.place = place
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
  /// Shown where the configuration names no frameworks.
  package var isCore: Bool
  /// Where it was read.
  package var file: String
  /// Controls that the publisher has withdrawn; they are left out.
  package var withdrawn: Int

  package init(
    id: String, title: String, shortTitle: String, version: String, publisher: String,
    licence: String, controls: [Control], isCore: Bool = false, file: String = "", withdrawn: Int = 0
  ) {
    self.id = id
    self.title = title
    self.shortTitle = shortTitle
    self.version = version
    self.publisher = publisher
    self.licence = licence
    self.controls = controls
    self.isCore = isCore
    self.file = file
    self.withdrawn = withdrawn
  }
}

/// What the evidence says of one control.
package enum ControlState: String, Sendable, CaseIterable {
  case evidenced, contradicted, partial
  case cannotTell = "cannot-tell"
  case noCheck = "no-check"
  case outOfScope = "out-of-scope"
}
