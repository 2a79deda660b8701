internal import EvidenceModel
internal import Replay

/// Switch-off works and was tried.
struct SwitchOffWorks: Check {
  static let definition = CheckDefinition(
    id: "RG-KIL-01", title: "Switch-off works and was tried",
    question:
      "Was the switch-off of every model with traffic used or tried within the interval, and was nothing served by a route after it was switched off?",
    method:
      "Each model that answered needs an entry of its own in the register of switch-offs, real or trial, that began no longer than the interval before the end of the period. One that was open again within the seconds that a switch-off may take shows nothing and does not count. Each model, deployment or provider that was switched off during the period is looked at too: a request that it served after those seconds and before it was opened again is an exception.",
    population: "models with traffic, and routes that were switched off",
    cannotShow: "Agents that talk to the model without the gateway; RG-BYP-01 asks for those.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    var answered: ByName<Bool> = [:]
    for row in facts.traffic { answered[row.servedModel] = true }
    let models = facts.seen.filter { $0.kind == .model && answered[$0.name] != nil }
    let whenEmpty = "No decision was served, and no route was switched off."
    guard let register = facts.records.registers.switchOffs else {
      return concludeWithout(.switchOffs, population: models.count, whenEmpty: whenEmpty)
    }
    guard let window = facts.window else { return conclude(population: 0, exceptions: 0, whenEmpty: whenEmpty) }
    let seconds = facts.parameters.number("max-seconds-to-effect", of: id) ?? 60
    let aliases = facts.records.inventory.aliases
    var routes: [SwitchOff.SubjectKind: ByName<[SwitchOff]>] = [:]
    for entry in register where entry.at < window.to {
      let subject = entry.subjectKind == .model ? aliases[entry.subject] ?? entry.subject : entry.subject
      routes[entry.subjectKind, default: [:]][subject, default: []].append(entry)
    }
    let days = facts.parameters.number("test-interval-days", of: id) ?? 90
    var verdicts = models.map { row in
      trialVerdict(row, routes[.model]?[row.name] ?? [], window.to, days: days, seconds: seconds)
    }
    for kind in SwitchOff.SubjectKind.allCases {
      var seen: ByName<SeenRow> = [:]
      for row in facts.seen where row.kind.rawValue == kind.rawValue { seen[row.name] = row }
      let entries = routes[kind] ?? [:]
      for subject in entries.keys.sortedBytewise() {
        let inWindow = (entries[subject] ?? []).filter { entry in entry.restoredAt.map { window.from < $0 } ?? true }
        guard !inWindow.isEmpty else { continue }
        verdicts.append(effectVerdict(kind, subject, inWindow, seen[subject], seconds: seconds))
      }
    }
    return concludeOverSubjects(verdicts, whenEmpty: whenEmpty)
  }

  /// Whether a model's switch-off was tried within the interval.
  private func trialVerdict(
    _ row: SeenRow, _ entries: [SwitchOff], _ end: Instant, days: Double, seconds: Double
  ) -> SubjectVerdict {
    var verdict = SubjectVerdict(.model, row.name, decisions: row.n)
    let lasting = entries.filter { entry in
      entry.restoredAt.map { Double($0.microseconds - entry.at.microseconds) > seconds * 1e6 } ?? true
    }
    verdict.details = shortLines(entries.sorted { $0.at < $1.at }.map(words))
    if let last = lasting.map(\.at).max() {
      if Double(end.microseconds - last.microseconds) > days * Double(Instant.microsecondsPerDay) {
        verdict.faults.append("was last switched off at \(last), longer ago than the interval allows")
      }
    } else if entries.isEmpty {
      verdict.faults.append("was never switched off, not even as a trial")
    } else {
      verdict.faults.append("was never switched off for longer than the seconds that a switch-off may take")
    }
    return verdict
  }

  /// Whether a route that was switched off stayed off.
  private func effectVerdict(
    _ kind: SwitchOff.SubjectKind, _ subject: String, _ entries: [SwitchOff], _ row: SeenRow?, seconds: Double
  ) -> SubjectVerdict {
    let subjectKind: SubjectKind =
      switch kind {
      case .model: .model
      case .deployment: .deployment
      case .provider: .provider
      }
    var verdict = SubjectVerdict(subjectKind, subject, decisions: row?.n ?? 0)
    verdict.details = shortLines(entries.sorted { $0.at < $1.at }.map(words))
    if let row, row.switchedOff > 0 {
      verdict.faults.append(
        "served \(counted(row.switchedOff, "request")) while it was switched off, after the \(Int(exactly: seconds).map(String.init) ?? rounded(seconds)) seconds allowed"
      )
    }
    return verdict
  }

  private func words(_ entry: SwitchOff) -> String {
    let end = entry.restoredAt.map { "opened again \($0)" } ?? "not opened again"
    return "\(entry.isTrial ? "Trial" : "Switched off") \(entry.at) by \(entry.by), \(end) (\(entry.place))."
  }
}
