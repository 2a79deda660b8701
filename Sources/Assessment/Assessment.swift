package import EvidenceModel

/// Checks, findings and coverage of one run. Pure: made of facts alone.
package struct Assessment: Sendable {
  package var outcomes: [CheckOutcome]
  package var coverage: Coverage

  package init(
    _ facts: AssessmentFacts, library: MappingLibrary, frameworks: [String], outOfScope: [ScopeDecision],
    accepted: [AcceptedException]
  ) {
    outcomes = Checks.all.map { $0.assess(facts).withFindingsOnce.accepting(accepted, in: facts) }
    coverage = Coverage(library, frameworks: frameworks, outcomes: outcomes, outOfScope: outOfScope)
  }

  /// All findings: by check, then result, then subject.
  package var findings: [Finding] { outcomes.flatMap(\.findings) }

  package func outcome(_ check: String) -> CheckOutcome? { outcomes.first { $0.check == check } }
}

extension CheckOutcome {
  /// Two findings with one subject and result are one: the pack gives each a page of its own name.
  fileprivate var withFindingsOnce: CheckOutcome {
    var outcome = self
    var places: [String: Int] = [:]
    outcome.findings = []
    for finding in findings {
      if let place = places[finding.id] {
        outcome.findings[place].details.append(finding.summary)
      } else {
        places[finding.id] = outcome.findings.count
        outcome.findings.append(finding)
      }
    }
    return outcome
  }

  /// Turns failed findings that someone accepted into exceptions, while the acceptance covers the whole window.
  func accepting(_ accepted: [AcceptedException], in facts: AssessmentFacts) -> CheckOutcome {
    guard result == .fail, let window = facts.window else { return self }
    var outcome = self
    var acceptedFindings = 0
    var acceptedCount = 0
    let failedBefore = findings.count { $0.result == .fail }
    for index in outcome.findings.indices where outcome.findings[index].result == .fail {
      guard
        let acceptance = accepted.first(where: {
          $0.isWhole && $0.check == check
            && ($0.subject == "*" || $0.subject.isSameName(as: outcome.findings[index].subject))
            && $0.from <= window.from && ($0.until.map { $0 >= window.to } ?? false)
        }), let until = acceptance.until
      else { continue }
      outcome.findings[index].result = .exception
      outcome.findings[index].details.append(
        "Accepted by \(acceptance.approver) until \(until): \(acceptance.reason)")
      acceptedFindings += 1
      acceptedCount += outcome.findings[index].count
    }
    guard acceptedFindings > 0 else { return self }
    if acceptedFindings == failedBefore {
      outcome.result = cannotTell > 0 || !missingRecords.isEmpty ? .cannotTell : .exception
      outcome.why = "All \(exceptions) exceptions were accepted."
      outcome.accepted = exceptions
    } else {
      // A finding may count decisions where the check counts subjects; what still fails is at least one each.
      outcome.accepted = max(0, min(acceptedCount, exceptions - (failedBefore - acceptedFindings)))
    }
    return outcome
  }
}
