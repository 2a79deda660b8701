internal import EvidenceModel

/// Every override has an approver, a reason and an end.
struct ExceptionIsWhole: Check {
  static let definition = CheckDefinition(
    id: "RG-EXC-01", title: "Every override has an approver, a reason and an end",
    question:
      "Does every accepted exception name who approved it, why, and until when, was it approved by somebody else than who gains by it, and did it end when it ended?",
    method:
      "Counted are the entries of the register of accepted exceptions that held at some instant of the period, or that decisions of the period still leaned on. Exceptions are: no approver, reason or end; an end before the beginning; longer than the stated number of days; approved by whoever asked for it, by the owner whom it is about, or by the owner or owning team of its rule at its beginning; and use after its end, which means decisions of its rule that its check counts, at or after its end and under no other entry. Use can be told for checks that the class of a decision answers. Whether an entry for every subject of a check concerns the approver's own rules cannot be told.",
    population: "accepted exceptions of the period",
    cannotShow: "Whether the reason was good; overrides that stand on no register.")

  private struct Verdict {
    var problems: [String] = []
    /// What cannot be told, in words that follow the exception's name, and the record that would tell.
    var doubt: (words: String, missing: String)?
  }

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    guard facts.hasInput(.exceptions) else {
      return conclude(population: 0, exceptions: 0, missing: [MissingRecord.exceptions.words], whenEmpty: "")
    }
    let days = facts.days("max-days", of: id, default: 30)
    let owners = facts.rulesInForce.map { facts.records.ownership.steps(of: $0.rule) }
    var population = 0
    var findings: [Finding] = []
    for (index, exception) in facts.records.acceptedExceptions.enumerated() {
      let used = facts.usedAfterEnd[index] ?? 0
      guard let window = facts.window, exception.from < window.to,
        used > 0 || (exception.until.map { $0 > window.from || exception.from >= window.from } ?? true)
      else { continue }
      population += 1
      var verdict = parts(of: exception, within: days)
      judgeApproval(of: exception, owners, facts, &verdict)
      if used > 0, let until = exception.until {
        verdict.problems.append("was used after its end at \(until), by \(counted(used, "decision"))")
      }
      let doubt = verdict.problems.isEmpty ? verdict.doubt : nil
      guard !verdict.problems.isEmpty || doubt != nil else { continue }
      let words = doubt?.words ?? verdict.problems.joined(separator: "; ")
      findings.append(
        Finding(
          check: id, result: doubt == nil ? .fail : .cannotTell, subjectKind: .exception,
          subject: "\(exception.check) \(exception.subject)",
          summary: "The exception for \(exception.subject) of \(exception.check) \(words).", count: 1, population: 1,
          populationText: "entries of the register", details: ["Register: \(exception.place)"],
          missingRecords: doubt.map { [$0.missing] } ?? [],
          decisions: used > 0 ? filter(exception) : nil))
    }
    let untold = findings.filter { $0.result == .cannotTell }
    return conclude(
      population: population, exceptions: findings.count - untold.count, cannotTell: untold.count,
      missing: Self.recordsMissing(in: untold), findings: findings,
      whenEmpty: "No exception was accepted for the period.")
  }

  private static let subjects = "the subject of each accepted exception"
  private static let unknownOwners = (
    words: "may concern its approver's own rule, as no record says who owned it",
    missing: MissingRecord.ownership.words
  )

  private func parts(of exception: AcceptedException, within days: Double) -> Verdict {
    var verdict = Verdict()
    if isBlank(exception.approver) { verdict.problems.append("names no approver") }
    if isBlank(exception.reason) { verdict.problems.append("gives no reason") }
    guard let until = exception.until else {
      verdict.problems.append("has no end")
      return verdict
    }
    if until <= exception.from {
      verdict.problems.append("ends before it begins")
    } else if until > exception.from.adding(days: days) {
      verdict.problems.append("runs from \(exception.from) to \(until), longer than \(dayWords(days))")
    }
    return verdict
  }

  private func judgeApproval(
    of exception: AcceptedException, _ owners: [Timeline<OwnershipHistory.Step>], _ facts: AssessmentFacts,
    _ verdict: inout Verdict
  ) {
    let approver = exception.approver
    guard !isBlank(approver) else { return }
    let people = facts.records.ownership.people
    func owns(_ owners: Timeline<OwnershipHistory.Step>) -> Bool {
      owners.value(at: exception.from.microseconds)?.tenure
        .map { facts.isParty(approver, to: $0.record.owner, at: exception.from) } ?? false
    }
    if let requester = exception.requestedBy, people.isSame(requester, approver) {
      verdict.problems.append("was approved by \(approver), who had asked for it")
    } else if people.isSame(exception.subject, approver) {
      verdict.problems.append("was approved by \(approver), whom it is about")
    } else if exception.subject == "*" {
      let isOfRules = Checks.all.contains { check in
        check.id.utf8.elementsEqual(exception.check.utf8) && !type(of: check).classes.isEmpty
      }
      guard isOfRules else { return }
      if !facts.hasOwnership {
        verdict.doubt = Self.unknownOwners
      } else if owners.contains(where: owns) {
        verdict.doubt = ("covers every subject of its check, and its approver owns rules", Self.subjects)
      }
    } else if !facts.hasOwnership, facts.rulesInForceByID[exception.subject] != nil {
      verdict.doubt = Self.unknownOwners
    } else if owns(facts.records.ownership.steps(of: exception.subject)) {
      verdict.problems.append("was approved by \(approver), who owned the rule")
    }
  }

  private func filter(_ exception: AcceptedException) -> DecisionFilter? {
    Checks.all.first { $0.id == exception.check }.map { check in
      DecisionFilter(
        rule: exception.subject == "*" ? nil : exception.subject, classes: type(of: check).classes)
    }
  }
}
