internal import EvidenceModel
internal import EvidenceStore

/// The log was not altered and its clock is right.
struct LogIsUnaltered: Check {
  static let definition = CheckDefinition(
    id: "RG-LOG-03", title: "The log was not altered and its clock is right",
    question:
      "Does every log have the SHA-256 that was written down when it was put away, and does each of its times carry an offset?",
    method:
      "The digest of each log's stored bytes is compared with the register of digests, by the log's whole name, else by its last part; where the register has several digests for it, one of them must agree. A log that differs, and one with times that carry no offset, are exceptions; a log that the register lacks cannot be told.",
    population: "routing logs",
    cannotShow:
      "Alteration before the digest was taken; whether a signature on the list of digests holds. The order of times within a log, and whether the clocks of several systems agree, are not examined."
  )

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    var byName: ByName<[LogDigest]> = [:]
    var byLastPart: ByName<[LogDigest]> = [:]
    let register = facts.records.registers.logDigests
    for entry in register ?? [] {
      byName[entry.name, default: []].append(entry)
      byLastPart[lastPart(entry.name), default: []].append(entry)
    }
    let verdicts = facts.sources.map { source in
      var verdict = SubjectVerdict(.source, source.name)
      if source.zoneAssumed > 0 {
        verdict.faults.append(
          "has \(counted(source.zoneAssumed, "decision")) whose time carries no offset; it was taken as UTC")
      }
      guard register != nil else { return verdict }
      let entries = byName[source.name] ?? byLastPart[lastPart(source.name)] ?? []
      if entries.isEmpty {
        verdict.doubt("whether it is as it was put away", missing: MissingRecord.logDigests.words)
      } else if let entry = entries.first(where: { $0.digest == source.digest }) {
        verdict.details.append("Its digest is that of \(words(entry)).")
      } else if let damage = source.damage {
        verdict.doubt("whether it is as it was put away: \(damage)", missing: "the whole of every damaged log")
      } else {
        verdict.faults.append("differs from what was put away")
        verdict.details.append("Its digest is \(source.digest).")
        verdict.details += shortLines(entries.map { "Written down: \($0.digest), \(words($0))." })
      }
      return verdict
    }
    return concludeOverSubjects(
      verdicts, absent: register == nil ? .logDigests : nil, whenEmpty: "No routing log was named.")
  }

  private func lastPart(_ name: String) -> String {
    name.utf8.split(separator: UInt8(ascii: "/")).last.map { String($0) ?? name } ?? name
  }

  private func words(_ entry: LogDigest) -> String {
    let time = entry.recordedAt.map { " of \($0)" } ?? ""
    let signer = entry.signedBy.map { ", on a list signed by \($0)" } ?? ""
    return "\(entry.place)\(time)\(signer)"
  }
}
