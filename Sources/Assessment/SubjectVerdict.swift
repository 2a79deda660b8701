internal import EvidenceModel

/// What speaks against one subject of a check, and what cannot be told of it.
struct SubjectVerdict {
  var kind: SubjectKind
  var subject: String
  /// What the subject did, in words that follow its name: "has no owner on the register".
  var faults: [String] = []
  /// What cannot be told, in words that follow "it cannot be told": "whether it was found in clear".
  private(set) var doubts: [String] = []
  /// Records that would settle the doubts.
  private(set) var missing: [String] = []
  var details: [String] = []
  /// Decisions that name the subject, where the figures of its finding are decisions; nil: the finding is about one subject.
  var decisions: Int?

  init(_ kind: SubjectKind, _ subject: String, decisions: Int? = nil) {
    self.kind = kind
    self.subject = subject
    self.decisions = decisions
  }

  mutating func doubt(_ words: String, missing record: String) {
    doubts.append(words)
    if !missing.contains(record) { missing.append(record) }
  }
}

extension Check {
  /// For checks over things that have a name: one finding a subject with faults or doubts. Faults outweigh doubts.
  ///
  /// - Parameter absent: a register that was not given and without which no subject passes, though faults may show.
  func concludeOverSubjects(
    _ verdicts: [SubjectVerdict], absent: MissingRecord? = nil, missing: [String] = [], whenEmpty: String
  ) -> CheckOutcome {
    var findings: [Finding] = []
    var records = missing
    if let absent, !verdicts.isEmpty { records.append(absent.words) }
    for verdict in verdicts {
      for record in verdict.missing where !records.contains(record) { records.append(record) }
      guard !verdict.faults.isEmpty || !verdict.doubts.isEmpty else { continue }
      let name = "\(verdict.kind.rawValue) \(verdict.subject)"
      let doubts = "it cannot be told \(verdict.doubts.joined(separator: ", nor "))"
      let isFault = !verdict.faults.isEmpty
      findings.append(
        Finding(
          check: id, result: isFault ? .fail : .cannotTell, subjectKind: verdict.kind, subject: verdict.subject,
          summary: isFault
            ? "\(capitalised(name)) \(verdict.faults.joined(separator: ", and "))." : "Of \(name) \(doubts).",
          count: verdict.decisions ?? 1, population: verdict.decisions ?? 1,
          populationText: verdict.decisions == nil ? nil : "decisions that name it",
          details: verdict.details + (isFault && !verdict.doubts.isEmpty ? [capitalised(doubts) + "."] : []),
          missingRecords: verdict.missing))
    }
    let failed = verdicts.count { !$0.faults.isEmpty }
    return conclude(
      population: verdicts.count, exceptions: failed,
      cannotTell: verdicts.count { $0.faults.isEmpty && (absent != nil || !$0.doubts.isEmpty) }, missing: records,
      findings: findings,
      whenEmpty: whenEmpty)
  }

  /// The result where the register that a check asks is not among the inputs.
  func concludeWithout(_ record: MissingRecord, population: Int, whenEmpty: String) -> CheckOutcome {
    conclude(
      population: population, exceptions: 0, cannotTell: population, missing: population > 0 ? [record.words] : [],
      whenEmpty: whenEmpty)
  }
}

private func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

/// The first names of a list, and how many more there are.
func shortList(_ names: [String], limit: Int = 20) -> String {
  let rest = names.count - limit
  return names.prefix(limit).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
}

/// The first lines of a list, and how many more there are; a page shows no more than a hundred.
func shortLines(_ lines: [String], limit: Int = 50) -> [String] {
  let rest = lines.count - limit
  return lines.prefix(limit) + (rest > 0 ? ["… and \(rest) more of this kind."] : [])
}

extension String {
  /// Whether two names are one (SEMANTICS §1).
  func isSameName(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
