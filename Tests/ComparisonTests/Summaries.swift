import EvidenceModel

@testable import Comparison

/// A small pack of a period, to be given rows by a test.
func pack(_ period: String, _ fill: (inout PackSummary) -> Void = { _ in }) throws -> PackSummary {
  var pack = PackSummary(
    identity: .init(
      organisation: "Example Mutual", period: try Period(parsing: period, now: Instant(microseconds: 0)),
      periodText: period, toolVersion: "1", semantics: "1", zone: "UTC", mappingReview: "draft",
      manifest: Digest(of: period), judged: 100, exceptions: 10))
  fill(&pack)
  return pack
}

func check(_ id: String, _ result: CheckResult, _ exceptions: Int = 0) -> PackSummary.Check {
  .init(
    id: id, title: "Title of \(id)", page: "k/\(id).html",
    outcome: .init(result: result, population: 10, exceptions: exceptions, cannotTell: 0))
}

func framework(_ id: String, _ states: [(String, ControlState)]) -> PackSummary.Framework {
  .init(
    id: id, title: id, version: "1", page: nil, mapping: "1, draft",
    controls: states.map { .init(id: $0.0, display: $0.0, title: $0.0, page: nil, state: $0.1) })
}

/// - Parameter text: a date or an instant that is one.
func instant(_ text: String) -> Instant { Instant(dateOrInstant: text) ?? Instant(microseconds: 0) }

func version(_ id: String, _ effective: String, text: String = "text") -> PackSummary.Version {
  .init(
    id: id, page: "v/\(id).html", effective: instant(effective), recorded: nil, author: nil, approvers: nil,
    ticket: nil,
    digest: text, rules: 1, decisions: 1)
}

func rule(
  _ id: String, owner: String = "dana", from: String = "2026-01-01", to: String? = nil,
  gaps: [(kind: String, from: String, to: String)] = [], changes: [PackSummary.Change] = []
) -> PackSummary.Rule {
  .init(
    id: id, page: "r/\(id).html", words: "Words.", owner: owner,
    inForce: [(instant(from), to.map { instant($0) })],
    gaps: gaps.map { .init(kind: $0.kind, from: instant($0.from), to: instant($0.to)) }, changes: changes)
}

func finding(
  _ check: String, _ subject: String, _ result: CheckResult = .fail, kind: String = "rule", count: Int = 1
) -> PackSummary.Finding {
  .init(
    id: "\(check)-\(subject)-\(result.rawValue)", page: nil, check: check, result: result, subjectKind: kind,
    subject: subject, summary: "Summary.", count: count, population: 10)
}
