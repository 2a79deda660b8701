internal import EvidenceModel

/// Each routing incident has an owner, a timeline and a fix.
struct IncidentIsFollowedUp: Check {
  static let definition = CheckDefinition(
    id: "RG-INC-01", title: "Each routing incident has an owner, a timeline and a fix",
    question:
      "Does every incident about routing name an owner, when it started, was noticed and ended, what it touched, and a change of the policy that followed?",
    method:
      "Counted are the entries of the register of incidents that started or were noticed in the period, and those that state neither. Exceptions are: no owner; a missing time; an end before the start, or notice before the start; no scope, which is a number of decisions or a rule that some version holds; and no follow-up, which is a version of the policy, or a ticket of one, that took effect no earlier than the incident was noticed.",
    population: "incidents of the period",
    cannotShow: "Incidents that nobody recorded: compare with the exceptions found here.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    guard let incidents = facts.records.registers.incidents else {
      return conclude(population: 0, exceptions: 0, missing: [MissingRecord.incidents.words], whenEmpty: "")
    }
    let ofPeriod = incidents.filter { incident in
      let times = [incident.startedAt, incident.noticedAt].compactMap { $0 }
      guard let window = facts.window, !times.isEmpty else { return true }
      return times.contains { window.from <= $0 && $0 < window.to }
    }
    let names = VersionNames(facts.records.history.versions)
    let rules = facts.records.history.ruleIDs
    var findings: [Finding] = []
    for incident in ofPeriod {
      var problems: [String] = []
      if isBlank(incident.owner ?? "") { problems.append("names no owner") }
      problems += times(of: incident)
      if let problem = scope(of: incident, rules) { problems.append(problem) }
      if let problem = followUp(of: incident, names, facts) { problems.append(problem) }
      guard !problems.isEmpty else { continue }
      findings.append(
        Finding(
          check: id, result: .fail, subjectKind: .incident, subject: incident.id,
          summary: "Incident \(incident.id) \(problems.joined(separator: "; ")).", count: 1,
          population: ofPeriod.count, details: ["Register: \(incident.place)"]))
    }
    return conclude(
      population: ofPeriod.count, exceptions: findings.count, findings: findings,
      whenEmpty: "The register of incidents holds none of the period.")
  }

  private func times(of incident: Incident) -> [String] {
    let stated = [
      ("start", incident.startedAt), ("notice", incident.noticedAt), ("end", incident.endedAt),
    ]
    let absent = stated.filter { $0.1 == nil }.map(\.0)
    var problems = absent.isEmpty ? [] : ["states no time of \(absent.joined(separator: ", "))"]
    if let start = incident.startedAt {
      if let end = incident.endedAt, end < start { problems.append("ends before it starts") }
      if let notice = incident.noticedAt, notice < start { problems.append("was noticed before it started") }
    }
    return problems
  }

  private func scope(of incident: Incident, _ rules: [String]) -> String? {
    if let decisions = incident.decisions, decisions >= 0 { return nil }
    if incident.rules.isEmpty { return "does not say what it touched" }
    let isKnown = incident.rules.contains { pattern in rules.contains { pattern.matches($0) } }
    return isKnown ? nil : "touched no rule that a version holds"
  }

  private func followUp(of incident: Incident, _ names: VersionNames, _ facts: AssessmentFacts) -> String? {
    guard let followUp = incident.followUp, !isBlank(followUp) else { return "names no change that followed" }
    let versions = names.versions(named: followUp).map { facts.records.history.versions[$0] }
    guard !versions.isEmpty else {
      return "names \(followUp) as what followed, which is no version or ticket of the policy's history"
    }
    guard let from = incident.noticedAt ?? incident.startedAt else { return nil }
    return versions.contains { $0.effectiveFrom >= from }
      ? nil : "names \(followUp) as what followed, which took effect before it was noticed"
  }
}
