internal import EvidenceModel

/// Each change carries a reason, an impact note and a test.
struct ChangeHasReasonAndTest: Check {
  static let definition = CheckDefinition(
    id: "RG-CHG-03", title: "Each change carries a reason, an impact note and a test",
    question: "Does the record of every change hold why it was made, what could go wrong, and a test with its result?",
    method:
      "Each version that changed a rule and took effect in the period is looked up in the register of changes, by its id or its ticket. Where no entry states the reason, the impact, the test or the test's result, or no entry is about the version, its changes are exceptions. A commit's subject is no reason here.",
    population: "rule changes effective in the period",
    cannotShow: "Whether the reason was the true one; whether the test was good.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    let register = ChangeRecords(facts)
    let parts: [(name: String, text: (ChangeRecord) -> String)] = [
      ("a reason", { $0.reason }), ("what could go wrong", { $0.impact }), ("a test", { $0.test }),
      ("the test's result", { $0.testResult }),
    ]
    return assessVersions(facts) { index, _ in
      guard let register else {
        return .cannotTell("cannot be looked up", missing: MissingRecord.changes.words)
      }
      let records = register.records(of: index)
      guard !records.isEmpty else { return .fails("has no entry in the register of changes") }
      let absent = parts.filter { part in records.allSatisfy { isBlank(part.text($0)) } }.map(\.name)
      return absent.isEmpty ? .holds : .fails("lacks \(absent.joined(separator: ", ")) in the register of changes")
    }
  }
}

/// Whether a register's cell says nothing.
func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }
