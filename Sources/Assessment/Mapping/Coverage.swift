package import EvidenceModel

/// What the evidence says of one control, and what would say more.
package struct ControlAssessment: Sendable {
  package var framework: String
  package var control: Control
  package var state: ControlState
  /// One sentence: why this state.
  package var why: String
  /// What is missing; never empty, since no control is ever shown whole by routing records.
  package var gap: String
  /// Records that would settle it.
  package var records: [String]
  package var checks: [(mapping: Mapping, outcome: CheckOutcome)]

  /// Under which circumstances its mappings speak about anyone at all; each condition once.
  package var conditions: [String] {
    var conditions: [String] = []
    for condition in checks.compactMap(\.mapping.condition) where !conditions.contains(where: condition.isSame) {
      conditions.append(condition)
    }
    return conditions
  }
}

/// What the controls of the chosen frameworks have evidence for. Every control is listed, the empty ones too.
package struct Coverage: Sendable {
  package var frameworks: [Framework]
  /// By framework, in catalog order; headings are left out.
  package var assessments: [String: [ControlAssessment]]

  /// - Parameter outOfScope: decisions that hold for all of the period; see `ScopeDecisions`.
  package init(
    _ library: MappingLibrary, frameworks chosen: [String], outcomes: [CheckOutcome], outOfScope: [ScopeDecision]
  ) {
    let byCheck = Dictionary(outcomes.map { ($0.check, $0) }, uniquingKeysWith: { first, _ in first })
    var mappings: ByName<[Mapping]> = [:]
    for mapping in library.mappings { mappings[.pair(mapping.framework, mapping.control), default: []].append(mapping) }
    var removed: ByName<MappingOverride> = [:]
    for override in library.overrides where override.change == .removed {
      removed[.pair(override.framework, override.control)] = override
    }
    var decisions: ByName<ScopeDecision> = [:]
    for decision in outOfScope {
      for reference in library.resolve(decision.control).references {
        let key = String.pair(reference.framework, reference.control)
        if decisions[key] == nil { decisions[key] = decision }
      }
    }
    frameworks = chosen.compactMap { id in library.frameworks.first { $0.id.isSame(as: id) } }
    assessments = [:]
    for framework in frameworks {
      assessments[framework.id] = framework.controls.filter { !$0.isGroup }.map { control in
        let key = String.pair(framework.id, control.id)
        let checks = (mappings[key] ?? []).compactMap { mapping in
          byCheck[mapping.check].map { (mapping: mapping, outcome: $0) }
        }
        return Self.assess(framework.id, control, checks, decisions[key], removed[key])
      }
    }
  }

  private static func assess(
    _ framework: String, _ control: Control, _ checks: [(mapping: Mapping, outcome: CheckOutcome)],
    _ decision: ScopeDecision?, _ removed: MappingOverride?
  ) -> ControlAssessment {
    func names(_ result: CheckResult) -> [String] { checks.filter { $0.outcome.result == result }.map(\.outcome.check) }
    let failed = names(.fail)
    let unclear = names(.cannotTell)
    let passed = names(.pass)
    let accepted = names(.exception)
    let empty = names(.notApplicable)
    var records: [String] = []
    for check in checks {
      for record in check.outcome.missingRecords where !records.contains(record) { records.append(record) }
    }

    func list(_ ids: [String]) -> String { ids.joined(separator: ", ") }
    let state: ControlState
    let why: String
    var gap: String
    if let decision {
      state = .outOfScope
      why = "\(decision.decidedBy) decided that it is out of scope\(decision.duration): \(decision.why)"
      gap = "Not asked, by that decision."
    } else if checks.isEmpty {
      state = .noCheck
      why = "No check maps to it."
      gap =
        control.noCheckReason ?? removed.map { "Overruled by \($0.decidedBy): \($0.reason)" }
        ?? "No check of this version speaks about it."
    } else if !failed.isEmpty {
      state = .contradicted
      why = "The records contradict it: \(list(failed)) found exceptions."
      records.insert("an accepted exception with approver and end, or the corrected cause, for \(list(failed))", at: 0)
      gap = "Exceptions in \(list(failed))" + (unclear.isEmpty ? "." : "; \(list(unclear)) cannot tell.")
    } else if passed.isEmpty && accepted.isEmpty {
      state = .cannotTell
      why =
        unclear.isEmpty
        ? "There were no records of the kind that \(list(empty)) asks about."
        : "The records do not settle it: \(list(unclear)) cannot tell."
      gap = unclear.isEmpty ? "No records of this kind in the period." : "\(list(unclear)) cannot tell."
      if records.isEmpty { records = ["records of the kind that \(list(empty)) asks about"] }
    } else if !unclear.isEmpty || !accepted.isEmpty {
      state = .partial
      why =
        "There is evidence from \(list(passed + accepted))"
        + (accepted.isEmpty ? "" : ", with accepted exceptions in \(list(accepted))")
        + (unclear.isEmpty ? "." : "; \(list(unclear)) cannot tell.")
      gap = unclear.isEmpty ? "Accepted exceptions in \(list(accepted))." : "\(list(unclear)) cannot tell."
    } else {
      state = .evidenced
      why = "There is evidence for it from \(list(passed))."
      gap =
        "What routing records cannot show: "
        + (checks.first { $0.outcome.result == .pass }.map { definition($0.outcome.check)?.cannotShow ?? "" } ?? "")
    }
    return ControlAssessment(
      framework: framework, control: control, state: state, why: why, gap: gap, records: records, checks: checks)
  }

  private static func definition(_ check: String) -> CheckDefinition? { Checks.definitions.first { $0.id == check } }

  /// How many controls of a framework are in each state; the states add up to all of its controls.
  package func counts(_ framework: String) -> [(state: ControlState, n: Int)] {
    let all = assessments[framework] ?? []
    return ControlState.allCases.map { state in (state, all.count { $0.state == state }) }
  }
}
