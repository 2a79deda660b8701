internal import EvidenceModel

/// A Kubernetes OWNERS file (formats.md §10.3): approvers and reviewers of a folder and, unless it says otherwise, of those below.
struct KubernetesOwners {
  static let name = "OWNERS"
  static let aliasesName = "OWNERS_ALIASES"
  /// Of one role, aliases expanded; no more of them count.
  static let mostPeople = 1_000

  struct Named: Hashable {
    var name: String
    var line: Int
  }

  struct Rule {
    /// Nil: any path below the folder.
    var filter: PathExpression?
    var approvers: [Named]
    var reviewers: [Named]
  }

  private(set) var rules: [Rule] = []
  /// Whether the owners of folders above do not count.
  private(set) var isLast = false
  private(set) var diagnostics: [Diagnostic] = []

  /// - Parameter name: for diagnostics.
  init(_ text: String, name: String) throws(Diagnostic) {
    guard let root = try YAMLText(text, name: name).root else { return }
    isLast = root["options"]?["no-parent-owners"]?.text == "true"
    guard let filters = root["filters"] else {
      rules = [Self.rule(root, filter: nil)]
      return
    }
    for (pattern, node) in filters.members {
      do throws(PathExpression.Refusal) {
        rules.append(Self.rule(node, filter: pattern == ".*" ? nil : try PathExpression(pattern)))
      } catch {
        diagnostics.append(
          Diagnostic(
            id: "owners-filter-unreadable", file: name, line: node.mark.line,
            summary: "the filter \(pattern) is not read (\(error.reason)); its owners were left out",
            nextStep: "Write the filter with plain characters, . * + ? | ( ) [ ] ^ and $."))
      }
    }
  }

  private static func rule(_ node: YAMLText.Node, filter: PathExpression?) -> Rule {
    func named(_ key: String) -> [Named] {
      (node[key]?.items ?? []).prefix(mostPeople).compactMap { item in
        item.text.flatMap { RuleList.isName($0) ? Named(name: $0, line: item.mark.line) : nil }
      }
    }
    return Rule(filter: filter, approvers: named("approvers"), reviewers: named("reviewers"))
  }

  /// Aliases by name in lower case, as names are compared in these files.
  static func aliases(_ text: String, name: String) throws(Diagnostic) -> ByName<[String]> {
    var aliases: ByName<[String]> = [:]
    for (alias, members) in try YAMLText(text, name: name).root?["aliases"]?.members ?? [] {
      aliases[alias.lowercased()] = members.items.prefix(mostPeople).compactMap(\.text).filter(RuleList.isName)
    }
    return aliases
  }

  /// People by role for a path below the file's folder, each once, in the order of the file.
  func people(for path: String, aliases: ByName<[String]>) -> (approvers: [Named], reviewers: [Named]) {
    let rules = rules.filter { $0.filter?.matches(path) ?? true }
    func expand(_ named: [Named]) -> [Named] {
      var seen: ByName<Bool> = [:]
      var people: [Named] = []
      for entry in named {
        for person in aliases[entry.name.lowercased()] ?? [entry.name] where people.count < Self.mostPeople {
          if seen[person.lowercased()] == nil { people.append(Named(name: person, line: entry.line)) }
          seen[person.lowercased()] = true
        }
      }
      return people
    }
    return (expand(rules.flatMap(\.approvers)), expand(rules.flatMap(\.reviewers)))
  }
}

extension KubernetesOwners {
  /// The claims for a path of a chain of files, the nearest first. Approvers add up on the way to the root and are one
  /// accountable entry; each approver and reviewer is claimed besides.
  static func claims(
    _ chain: [(file: String, owners: KubernetesOwners)], path: String, aliases: ByName<[String]>
  ) -> [OwnershipClaim] {
    var approvers: [OwnershipClaim] = []
    var reviewers: [OwnershipClaim] = []
    var seen: Set<[UInt8]> = []
    for (file, owners) in chain {
      let folder = file.dropLast(name.count)
      let people = owners.people(for: String(path.dropFirst(folder.count)), aliases: aliases)
      let provenance: Provenance = folder.isEmpty ? .inferred : .matched
      func add(_ named: [Named], _ role: String, to claims: inout [OwnershipClaim]) {
        for person in named where claims.count < mostPeople {
          guard seen.insert(Array("\(role) \(person.name.lowercased())".utf8)).inserted else { continue }
          claims.append(
            OwnershipClaim(
              owner: person.name, role: role, kind: .person, provenance: provenance, file: file, line: person.line))
        }
      }
      add(people.approvers, "approver", to: &approvers)
      add(people.reviewers, "reviewer", to: &reviewers)
      if owners.isLast { break }
    }
    guard var accountable = approvers.first else { return reviewers }
    accountable.role = OwnershipRecord.accountable
    accountable.owner = approvers.map(\.owner).joined(separator: " ")
    accountable.kind = OwnershipClaim.kind(ofAll: approvers.map(\.kind))
    return [accountable] + approvers + reviewers
  }
}
