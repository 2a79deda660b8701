internal import EvidenceModel
internal import EvidenceStore
internal import Replay

/// Data is classified before it is routed.
struct DataIsClassified: Check {
  static let definition = CheckDefinition(
    id: "RG-DAT-02", title: "Data is classified before it is routed",
    question: "Does every record carry a data class from the approved list?",
    method:
      "Decisions without a data class, and those whose class is not on the configuration's list, are exceptions; without a list, the classes that the rules name are taken for it. The log does not say when the class was set.",
    population: "decisions",
    cannotShow: "Whether the classifier was right; whether the class was set before the decision.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    let named = facts.records.history.versions.flatMap { $0.rules.map(\.dataClass) }.filter { $0 != "*" }
    var known: ByName<Bool> = [:]
    for name in facts.knownDataClasses.isEmpty ? named : facts.knownDataClasses { known[name] = true }
    var findings: [Finding] = []
    var exceptions = facts.tally.reduce(0) { $0 + $1.sums.unclassified }
    if exceptions > 0 {
      findings.append(
        Finding(
          check: id, result: .fail, subjectKind: .field, subject: "data_class",
          summary: "\(exceptions) of \(facts.judged) decisions carry no data class.", count: exceptions,
          population: facts.judged))
    }
    var unlisted = 0
    for row in facts.seen where row.kind == .dataClass && known[row.name] == nil {
      // Without a list there is nothing to be missing from.
      guard !known.isEmpty else {
        unlisted += row.n
        continue
      }
      exceptions += row.n
      findings.append(
        Finding(
          check: id, result: .fail, subjectKind: .dataClass, subject: row.name,
          summary: "\(row.n) of \(facts.judged) decisions carry a class that is not on the list.", count: row.n,
          population: facts.judged))
    }
    return conclude(
      population: facts.judged, exceptions: exceptions, cannotTell: unlisted,
      missing: known.isEmpty ? ["a list of approved data classes"] : [], findings: findings,
      whenEmpty: "No decision was judged.")
  }
}
