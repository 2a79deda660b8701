/// What one version did to one rule, or to the way in which all rules are written.
package struct RuleChange: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    case created, changed, removed, reinstated
    /// The same rule under another id.
    case renamed
    /// It stands elsewhere among the rules, and says the same.
    case reordered
    /// The config is written in another generation of its format; no single rule.
    case schemaMigrated = "schema-migrated"
  }

  /// Whether a change narrows or widens what may stay on, or be reached from, the front-line model. `unknown` where the
  /// records do not order it; never guessed.
  package enum Direction: String, Sendable { case stricter, looser, neutral, unknown }

  package struct Field: Sendable, Hashable {
    package var name: String
    package var before: String?
    package var after: String?

    package init(name: String, before: String?, after: String?) {
      self.name = name
      self.before = before
      self.after = after
    }
  }

  package var version: String
  package var versionIndex: Int
  /// `-` where the change is of no single rule.
  package var rule: String
  package var kind: Kind
  /// What the rule orders after the change; before it, where it was removed.
  package var action: Action
  package var fields: [Field]
  package var direction: Direction
  /// What the direction rests on, in the order of the cases; where it is unknown, all that stands against an order.
  package var reasons: [ChangeReason]
  /// The id before, of a renamed rule.
  package var formerRule: String?

  /// Stands for a rule where a change is of none.
  package static let noRule = "-"
}
