package import EvidenceModel

/// Where ownership records come from.
package enum OwnershipSource: Sendable, Hashable {
  case register(String)
  /// A repository whose CODEOWNERS names the owners of a policy kept in the same repository.
  case codeowners(String, dialect: CodeownersDialect? = nil)
  /// A repository whose OWNER or OWNERS files name them.
  case ownerFiles(String)
  /// A Backstage catalog: a file in a repository, or one file with the instant from which it holds.
  case backstage(String, path: String? = nil, entity: String? = nil, from: Instant? = nil)
  /// An export of a ServiceNow table, with the item that stands for the policy and, where kept, the audit of its changes.
  case serviceNow(String, audit: String?, item: String)
  /// Owners that the rules of the policy itself name.
  case policyAnnotations

  /// By which inputs and diagnostics call it.
  var format: String {
    switch self {
    case .register: "csv"
    case .codeowners: "codeowners"
    case .ownerFiles: "owner-files"
    case .backstage: "backstage"
    case .serviceNow: "servicenow"
    case .policyAnnotations: "policy-annotations"
    }
  }

  var fileName: String {
    switch self {
    case .register, .serviceNow, .policyAnnotations: format
    case .codeowners: "CODEOWNERS"
    case .ownerFiles: "OWNER"
    case .backstage(_, let path, _, _): path ?? "catalog-info.yaml"
    }
  }

  var inputName: String {
    switch self {
    case .register(let name), .serviceNow(let name, _, _): name
    case .codeowners(let name, _), .ownerFiles(let name): "\(name):\(fileName)"
    case .backstage(let name, let path, _, _): path.map { "\(name):\($0)" } ?? name
    case .policyAnnotations: "annotations of the policy"
    }
  }
}

/// What was read of one ownership source.
struct OwnershipReading {
  var records: [OwnershipRecord] = []
  var inputs: [InputFile] = []
  var diagnostics: [Diagnostic] = []
}
