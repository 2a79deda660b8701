internal import EvidenceModel
internal import EvidenceStore

/// The evidence can be made again.
struct EvidenceCanBeMadeAgain: Check {
  static let definition = CheckDefinition(
    id: "RG-EVD-01", title: "The evidence can be made again",
    question: "Is every input named by a digest, and does a second run from the same inputs give the same pack?",
    method:
      "Every input that the configuration names must have been read whole and be named by its SHA-256; one that was not, or that is no longer present, is an exception. That a second run gives the same bytes cannot be shown by the pack itself.",
    population: "inputs",
    cannotShow: "Whether the inputs were true.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    var findings = facts.records.inputs.filter { $0.digest == nil }.map { input in
      Finding(
        check: id, result: .fail, subjectKind: .input, subject: input.name,
        summary: "The \(input.kind.rawValue) input \(input.name) could not be read, so no digest names it.", count: 1,
        population: 1)
    }
    findings += facts.sources.filter { $0.damage != nil }.map { source in
      Finding(
        check: id, result: .fail, subjectKind: .source, subject: source.name,
        summary: "The routing log \(source.name) could not be read to its end: \(source.damage ?? "").", count: 1,
        population: 1)
    }
    findings += facts.sources.filter { !$0.isPresent && $0.damage == nil }.map { source in
      Finding(
        check: id, result: .fail, subjectKind: .source, subject: source.name,
        summary:
          "The routing log \(source.name) is no longer present: its \(source.judged) decisions cannot be replayed again.",
        count: 1, population: 1)
    }
    let unread = facts.records.inputs.filter { $0.kind == .routingLog && $0.digest == nil }.count
    let registers = facts.records.inputs.filter { $0.kind != .routingLog }.count
    return conclude(
      population: registers + facts.sources.count + unread, exceptions: findings.count,
      missing: ["a second run from the same inputs, and its SHA256SUMS to compare with"], findings: findings,
      whenEmpty: "No input was named.")
  }
}
