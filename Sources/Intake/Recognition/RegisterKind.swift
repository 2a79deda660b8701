package import EvidenceModel

/// The registers, told apart by their columns or, in JSON, by their members.
package enum RegisterKind: String, Sendable, CaseIterable {
  case policyRules = "rules of policy versions"
  case policyVersions = "policy versions"
  case exceptions = "accepted exceptions"
  case ownership
  case aliases = "model aliases"
  case identities = "aliases of people"
  case models, deployments, people, agents, tools
  case reviews
  case triggers = "review triggers"
  case incidents
  case changes = "records of changes"
  case writers = "who may change the policy"
  case credentials
  case terms = "provider terms"
  case switchOffs = "switch-offs"
  case escalations = "human escalations"
  case retention = "log retention"
  case legalHolds = "legal holds"
  case logDigests = "digests of logs"
  case tolerances = "tolerances of drift"

  /// The input that reads it; nil for the tables of a policy, which stand under `policy`.
  package var input: InputFile.Kind? {
    switch self {
    case .policyRules, .policyVersions: nil
    case .exceptions: .exceptions
    case .ownership: .ownership
    case .aliases: .modelAliases
    case .identities: .identities
    case .models: .models
    case .deployments: .deployments
    case .people: .people
    case .agents: .agents
    case .tools: .tools
    case .reviews: .reviews
    case .triggers: .triggers
    case .incidents: .incidents
    case .changes: .changes
    case .writers: .writers
    case .credentials: .credentials
    case .terms: .terms
    case .switchOffs: .switchOffs
    case .escalations: .escalations
    case .retention: .retention
    case .legalHolds: .legalHolds
    case .logDigests: .logDigests
    case .tolerances: .tolerances
    }
  }

  /// The columns that tell a register from the others, the stricter ones first.
  private static let columns: [(kind: RegisterKind, names: [String])] = [
    (.policyRules, ["version", "rule_id", "action"]), (.exceptions, ["check", "subject", "approver"]),
    (.ownership, ["rule_id", "owner", "from"]), (.tolerances, ["rule_id", "band", "set_by"]),
    (.reviews, ["rule_id", "reviewed_at", "reviewer"]),
    (.aliases, ["alias", "model"]), (.identities, ["alias", "person"]), (.models, ["model", "tier"]),
    (.deployments, ["deployment", "jurisdiction"]), (.policyVersions, ["version", "effective_from"]),
    (.changes, ["version", "reason"]), (.changes, ["version", "approved_sha256"]),
    (.triggers, ["id", "kind", "at"]), (.writers, ["identity", "from"]),
    (.switchOffs, ["kind", "subject", "at", "trial"]),
    (.escalations, ["id", "asked_at", "requester"]), (.retention, ["log", "oldest_at", "checked_at"]),
    (.legalHolds, ["id", "from", "ordered_by"]), (.logDigests, ["file", "sha256"]), (.credentials, ["credential"]),
    (.terms, ["provider", "from", "document"]),
    (.terms, ["provider", "from", "jurisdictions"]), (.incidents, ["issue_key"]), (.incidents, ["vorgangsschlüssel"]),
    (.incidents, ["number", "short_description"]), (.incidents, ["incident_number", "created_on"]),
    (.incidents, ["id", "noticed_at"]), (.incidents, ["id", "started_at"]), (.agents, ["agent", "owner"]),
    (.tools, ["tool", "owner"]), (.people, ["userprincipalname"]), (.people, ["owner", "left_at"]),
    (.people, ["owner", "team"]), (.people, ["employee_id"]), (.people, ["personalnummer"]),
  ]

  /// The register whose columns a table has; nil when it has those of none.
  package init?(columns: Set<String>) {
    guard let kind = Self.columns.first(where: { columns.isSuperset(of: $0.names) })?.kind else { return nil }
    self = kind
  }

  /// The register that a file holds, with the number of its rows; nil where it holds none.
  package static func recognise(_ file: WholeFile) -> (kind: RegisterKind, rows: Int)? {
    if !JSONExport.isJSON(file) {
      guard let kind = Self(columns: CSVTable.columns(of: file)), let table = try? CSVTable(file, required: []) else {
        return nil
      }
      return (kind, table.rows.count)
    }
    var counts: [RegisterKind: Int] = [:]
    _ = try? JSONExport(file: file).forEach { record, _, _ in
      if DirectoryExport.format(of: record) != nil {
        counts[.people, default: 0] += 1
      } else if IncidentFormat(record) != nil {
        counts[.incidents, default: 0] += 1
      }
    }
    return counts.first { $0.value == counts.values.max() }.map { ($0.key, $0.value) }
  }
}
