internal import EvidenceModel
internal import EvidenceStore
internal import Intake
internal import Replay

/// Each record carries what is needed to judge it. SEMANTICS §1 and §2.
struct RecordsAreComplete: Check {
  static let definition = CheckDefinition(
    id: "RG-LOG-02", title: "Each record carries what is needed to judge it",
    question: "Does every record carry the agent, data class, deployment and rule that a judgement rests on?",
    method:
      "Four fields are looked for in every record: agent, data_class, deployment, rule_id. Each one that is empty is an exception, and so are all four of a malformed line.",
    population: "required fields of all records",
    cannotShow: "Whether a field is true.")

  static let classes: [DecisionClass] = [.malformed]

  private static let required: [RoutingField] = [.agent, .dataClass, .deployment, .claimedRule]

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    let malformed = facts.sources.reduce(0) { $0 + $1.malformed }
    let records = facts.judged + malformed
    var findings: [Finding] = []
    if malformed > 0 {
      findings.append(
        Finding(
          check: id, result: .fail, subjectKind: .period, subject: facts.period.name,
          summary: "\(malformed) of \(records) records are malformed and could not be judged.", count: malformed,
          population: records, populationText: "records"))
    }
    var empty = 0
    for field in Self.required {
      let n = facts.fields[field].empty
      guard n > 0 else { continue }
      empty += n
      findings.append(
        Finding(
          check: id, result: .fail, subjectKind: .field, subject: field.rawValue,
          summary: "\(field.rawValue) is empty in \(n) of \(facts.judged) records.", count: n, population: facts.judged,
          populationText: "decisions")
      )
    }
    return conclude(
      population: records * Self.required.count, exceptions: empty + malformed * Self.required.count,
      findings: findings,
      whenEmpty: "No record was read.")
  }
}
