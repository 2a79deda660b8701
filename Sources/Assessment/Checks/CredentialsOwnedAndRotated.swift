internal import EvidenceModel
internal import Replay

/// Model endpoint credentials are owned and rotated.
struct CredentialsOwnedAndRotated: Check {
  static let definition = CheckDefinition(
    id: "RG-NHI-01", title: "Model endpoint credentials are owned and rotated",
    question:
      "Is every credential in use on the register, with an owner who is still there, and was it rotated within its limit?",
    method:
      "Each credential that the logs name is looked up in the register of credentials as of its last use in the period. One that the register lacks, without an owner or with one who had left, older than the limit since its last rotation (or its creation, where it was never rotated), found in clear text, or used after it was revoked is an exception.",
    population: "credentials in use in the period",
    cannotShow:
      "Secret values, which are never read; how old a credential was before its last rotation; credentials that the logs do not name."
  )

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    concludeOverCredentials(facts) { row, entries in
      let limit = facts.parameters.number("max-age-days", of: id) ?? 90
      var verdict = SubjectVerdict(.credential, row.name, decisions: row.n)
      verdict.details = ["First used \(row.first), last used \(row.last)."]
      guard let entry = entries.last else {
        guard facts.records.registers.credentials != nil else { return verdict }
        verdict.faults.append("is not on the register")
        return verdict
      }
      verdict.details += shortLines(entries.map { "On the register at \($0.place)." })
      if let owner = entry.owner {
        if facts.records.ownership.status(of: owner, at: row.last) == .departed {
          verdict.faults.append("belonged to \(owner), who had left before it was last used")
        } else if !facts.records.ownership.hasPeopleRegister {
          verdict.doubt("whether \(owner) was still there", missing: MissingRecord.people.words)
        }
      } else {
        verdict.faults.append("has no owner on the register")
      }
      judgeAge(entries, row.last, limit, &verdict)
      if entries.contains(where: { $0.isInClear == true }) {
        verdict.faults.append("was found in clear text")
      } else if entry.isInClear == nil {
        verdict.doubt(
          "whether it was found in clear text",
          missing: "in the register of credentials, whether each was looked for in clear text")
      }
      if let revoked = entry.revokedAt, revoked <= row.last {
        verdict.faults.append("was used after it was revoked at \(revoked)")
      }
      return verdict
    }
  }

  /// The age at the last use. A rotation after that says nothing of the age before it.
  private func judgeAge(
    _ entries: [Credential], _ lastUse: Instant, _ limit: Double, _ verdict: inout SubjectVerdict
  ) {
    let all = entries.flatMap { [$0.rotatedAt, $0.createdAt] }.compactMap { $0 }
    let before = all.filter { $0 <= lastUse }.max()
    let isOld = before.map {
      Double(lastUse.microseconds - $0.microseconds) > limit * Double(Instant.microsecondsPerDay)
    }
    if isOld == false { return }
    if let before, all.allSatisfy({ $0 <= lastUse }) {
      verdict.faults.append("was last rotated or created at \(before), longer before its last use than the limit")
    } else {
      verdict.doubt(
        all.isEmpty ? "how old it was" : "how old it was before the rotation or creation that the register states",
        missing: "in the register of credentials, when each was created and rotated")
    }
  }
}

extension Check {
  /// For checks over the credentials that the logs name. Logs that name none, or not in every decision, cannot tell.
  func concludeOverCredentials(
    _ facts: AssessmentFacts, _ judge: (SeenRow, [Credential]) -> SubjectVerdict
  ) -> CheckOutcome {
    let seen = facts.seen.filter { $0.kind == .credential }
    let register = facts.records.registers.credentials
    let named = seen.reduce(0) { $0 + $1.n }
    var entries: ByName<[Credential]> = [:]
    for entry in register ?? [] { entries[entry.name, default: []].append(entry) }
    return concludeOverSubjects(
      seen.map { judge($0, entries[$0.name] ?? []) }, absent: register == nil ? .credentials : nil,
      missing: named < facts.judged ? ["the log field api_key_alias"] : [], whenEmpty: "No decision was judged.")
  }
}
