/// The registers that are tables, told apart by their columns.
package enum RegisterKind: String, Sendable, CaseIterable {
  case policyRules = "rules of policy versions"
  case policyVersions = "policy versions"
  case exceptions = "accepted exceptions"
  case ownership
  case aliases = "model aliases"
  case models, deployments, people

  /// The register whose columns a table has; nil when it has those of none.
  package init?(columns: Set<String>) {
    func has(_ names: String...) -> Bool { columns.isSuperset(of: names) }
    if has("version", "rule_id", "action") {
      self = .policyRules
    } else if has("check", "subject", "approver") {
      self = .exceptions
    } else if has("rule_id", "owner", "from") {
      self = .ownership
    } else if has("alias", "model") {
      self = .aliases
    } else if has("model", "tier") {
      self = .models
    } else if has("deployment", "jurisdiction") {
      self = .deployments
    } else if has("version", "effective_from") {
      self = .policyVersions
    } else if has("owner"), has("left_at") || has("team") {
      self = .people
    } else {
      return nil
    }
  }
}
