import EvidenceModel
import TestSupport

@testable import Intake

let policyText = "rules: [{id: a, action: allow}]\n"

/// A text long enough that git sees a rename in spite of a small change.
let longPolicyText = "rules:\n" + (0..<20).map { "  - {id: rule-\($0), action: allow}\n" }.joined()

/// Reads a policy out of a repository, with one source of ownership.
func readOwnership(
  _ fixture: GitFixture, _ source: OwnershipSource, policy: String = "policy.yaml"
) async -> Records {
  await InputPlan(
    directory: fixture.folder.path, policy: [.git("repository", path: policy, format: nil)], ownership: [source]
  ).read()
}

/// `owner from..to` of every record in one role.
func stretches(_ records: Records, role: String = "accountable") -> [String] {
  records.ownership.records.filter { $0.role == role }.map { record in
    "\(record.owner) \(CivilDay.text(record.from.day))..\(record.to.map { CivilDay.text($0.day) } ?? "")"
  }
}
