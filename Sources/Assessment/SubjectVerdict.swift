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
  /// For checks over things that have a name: one finding a subject with faults or doubts, for so many as a reader can go
  /// through; a log may hold millions of names. Faults outweigh doubts.
  ///
  /// - Parameter absent: a register that was not given and without which no subject passes, though faults may show.
  func concludeOverSubjects(
    _ verdicts: [SubjectVerdict], absent: MissingRecord? = nil, missing: [String] = [], whenEmpty: String
  ) -> CheckOutcome {
    var records = missing
    if let absent, !verdicts.isEmpty { records.append(absent.words) }
    var seen = Set(records)
    for record in verdicts.flatMap(\.missing) where seen.insert(record).inserted { records.append(record) }
    let faulty = verdicts.filter { !$0.faults.isEmpty }
    let open = verdicts.filter { $0.faults.isEmpty && !$0.doubts.isEmpty }
    let findings = findings(faulty, .fail) + findings(open, .cannotTell)
    return conclude(
      population: verdicts.count, exceptions: faulty.count,
      cannotTell: absent == nil ? open.count : verdicts.count - faulty.count, missing: records, findings: findings,
      whenEmpty: whenEmpty)
  }

  private func findings(_ verdicts: [SubjectVerdict], _ result: CheckResult) -> [Finding] {
    let limit = 1000
    var findings = verdicts.prefix(limit).map { finding($0, result) }
    if let next = verdicts.dropFirst(limit).first {
      let rest = verdicts.count - limit
      findings.append(
        Finding(
          check: id, result: result, subjectKind: next.kind, subject: "all others",
          summary: "\(rest) more \(Self.definition.population) are counted here and not listed one by one.",
          count: rest, population: verdicts.count))
    }
    return findings
  }

  private func finding(_ verdict: SubjectVerdict, _ result: CheckResult) -> Finding {
    let name = "\(verdict.kind.rawValue) \(verdict.subject)"
    let doubts = "it cannot be told \(verdict.doubts.joined(separator: ", nor "))"
    let isFault = result == .fail
    return Finding(
      check: id, result: result, subjectKind: verdict.kind, subject: verdict.subject,
      summary: isFault
        ? "\(capitalised(name)) \(verdict.faults.joined(separator: ", and "))." : "Of \(name) \(doubts).",
      count: verdict.decisions ?? 1, population: verdict.decisions ?? 1,
      populationText: verdict.decisions == nil ? nil : "decisions that name it",
      details: verdict.details + (isFault && !verdict.doubts.isEmpty ? [capitalised(doubts) + "."] : []),
      missingRecords: verdict.missing)
  }

  /// The result where the register that a check asks is not among the inputs.
  func concludeWithout(_ record: MissingRecord, population: Int, whenEmpty: String) -> CheckOutcome {
    conclude(
      population: population, exceptions: 0, cannotTell: population, missing: population > 0 ? [record.words] : [],
      whenEmpty: whenEmpty)
  }
}

private func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

/// The first lines of a list, and how many more there are; a page shows no more than a hundred.
func shortLines(_ lines: [String], limit: Int = 50) -> [String] {
  let rest = lines.count - limit
  return lines.prefix(limit) + (rest > 0 ? ["… and \(rest) more of this kind."] : [])
}

extension String {
  /// Whether two names are one (SEMANTICS §1).
  func isSameName(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
