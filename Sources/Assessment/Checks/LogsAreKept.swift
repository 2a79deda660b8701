internal import EvidenceModel
internal import EvidenceStore

/// Logs are kept as long as they must be.
struct LogsAreKept: Check {
  static let definition = CheckDefinition(
    id: "RG-LOG-04", title: "Logs are kept as long as they must be",
    question: "Do the logs reach back as far as they must be kept, and was nothing deleted before its time?",
    method:
      "For each routing log the register of log retention is asked for entries that were checked in the period or after it. An entry whose oldest record is younger, at the check, than the stated number of days, or which says that records were deleted without a schedule, or younger than that, makes the log an exception. A log that no such entry covers holds where the logs of this run themselves reach back that far from the period's end; otherwise it cannot be told.",
    population: "routing logs",
    cannotShow: "Copies elsewhere; on which day logging began.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    let days = facts.days("min-retention-days", of: id, default: 184)
    let reachesBack =
      facts.window.flatMap { window in facts.first.map { $0 <= window.to.adding(days: -days) } } ?? false
    guard let register = facts.records.registers.retention else {
      let untold = reachesBack ? 0 : facts.sources.count
      return conclude(
        population: facts.sources.count, exceptions: 0, cannotTell: untold,
        missing: untold > 0 ? [MissingRecord.retention.words] : [], whenEmpty: Self.empty)
    }
    var findings: [Finding] = []
    var untold = 0
    for source in facts.sources {
      let entries = register.filter { entry in
        covers(entry, source.name) && facts.window.map { entry.checkedAt >= $0.from } ?? true
      }
      let problems = entries.flatMap { shortcomings(of: $0, days) }
      if !problems.isEmpty {
        findings.append(
          Finding(
            check: id, result: .fail, subjectKind: .source, subject: source.name,
            summary: "The log \(source.name) \(problems[0].words).", count: 1, population: facts.sources.count,
            details: problems.map { "It \($0.words) (\($0.place))." }))
      } else if entries.isEmpty && !reachesBack {
        untold += 1
        findings.append(
          Finding(
            check: id, result: .cannotTell, subjectKind: .source, subject: source.name,
            summary:
              "No entry says how far back the log \(source.name) reaches, and the logs of this run do not reach back \(dayWords(days)) from the period's end.",
            count: 1, population: facts.sources.count, missingRecords: [MissingRecord.retention.words]))
      }
    }
    return conclude(
      population: facts.sources.count, exceptions: findings.count - untold, cannotTell: untold,
      missing: untold > 0 ? [MissingRecord.retention.words] : [], findings: findings, whenEmpty: Self.empty)
  }

  private static let empty = "No log was read."

  /// An entry names a log as it is, by a pattern, or by a folder above it.
  private func covers(_ entry: LogRetention, _ log: String) -> Bool {
    entry.logs.matches(log) || log.utf8.starts(with: (entry.logs.text + "/").utf8)
  }

  private func shortcomings(of entry: LogRetention, _ days: Double) -> [(words: String, place: RegisterPlace)] {
    let needed = entry.checkedAt.adding(days: -days)
    var problems: [String] = []
    if entry.oldestAt > needed {
      problems.append(
        "reached back to \(entry.oldestAt) when checked at \(entry.checkedAt), less than \(dayWords(days))")
    }
    if let deleted = entry.deletedBefore {
      if isBlank(entry.schedule) { problems.append("lost its records before \(deleted) without a schedule") }
      if deleted > needed { problems.append("lost records before \(deleted) that were younger than \(dayWords(days))") }
    }
    return problems.map { ($0, entry.place) }
  }
}
