internal import Assessment
internal import Comparison
internal import EvidenceModel
internal import EvidencePack
internal import Foundation
internal import Intake

/// What a run would read, and what of it would be evaluated.
struct InputExamination {
  let plan: RunPlan

  func examine(_ report: inout DoctorReport) async {
    for diagnostic in plan.configuration.diagnostics + plan.library.diagnostics {
      report.add(diagnostic, as: "configuration")
    }
    examineLogs(&report)
    let records = await plan.inputs.read()
    examineRecords(records, &report)
    examineRest(&report)
    examinePeriod(records, &report)
    examineFrameworks(&report)
    examineMissing(records, &report)
  }

  /// One line an entry of the configuration, since a glob may stand for thousands of files.
  private func examineLogs(_ report: inout DoctorReport) {
    let finder = LogFinder(inputs: plan.inputs)
    if plan.configuration.routingLogs.isEmpty {
      report.problem(
        "routing-logs", "the configuration names none, so there is nothing to judge.",
        next: "Name them under routing-logs.",
        stopsRun: true)
    }
    for entry in plan.configuration.routingLogs {
      if entry.path == "-" {
        report.note("routing-logs", "standard input, which is not looked at here.")
        continue
      }
      let (logs, diagnostics) = finder.find([entry])
      for diagnostic in diagnostics { report.add(diagnostic, as: "routing-logs") }
      var formats: [String: Int] = [:]
      var bytes = 0
      for log in logs {
        do throws(SourceError) {
          if let format = try RoutingLogFormat.detect(path: log.path, stated: log.format) {
            formats[format.format.name, default: 0] += 1
          } else {
            report.problem(
              "routing-logs", "\(log.name): no format of this version is recognised.",
              next: "Say tenure detect \(FigureText.shortened(log.name)) to see why, or state its format.")
          }
          bytes += ByteSource.storedSize(of: log.path)
        } catch {
          report.add(error.diagnostic(name: log.name), as: "routing-logs")
        }
      }
      guard !formats.isEmpty else { continue }
      let names = formats.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
      report.ok(
        "routing-logs",
        "\(entry.path): \(logs.count) \(logs.count == 1 ? "file" : "files"), \(ProgressWords.bytes(bytes)): \(names.joined(separator: ", "))"
      )
    }
  }

  private func examineRecords(_ records: Records, _ report: inout DoctorReport) {
    for input in records.inputs where input.digest != nil {
      let count = "\(input.records) \(input.records == 1 ? "record" : "records")"
      report.ok(input.kind.rawValue, "\(input.name): \(input.format.isEmpty ? count : "\(input.format), \(count)")")
    }
    for diagnostic in records.diagnostics { report.add(diagnostic, as: "inputs") }
    if plan.configuration.policy.isEmpty {
      report.problem(
        "policy", "the configuration names none, so no decision can be judged.",
        next: "Name the policy's folder, repository or tables under policy.")
    }
  }

  /// What ends a run at once where it is refused: the pack before, and the key of packs for others.
  private func examineRest(_ report: inout DoctorReport) {
    if let previous = plan.previousPack {
      do {
        let summary = try PackSummary.read(previous)
        report.ok("previous-pack", "\(FigureText.shortened(previous, to: 200)): \(summary.identity.period.name)")
      } catch {
        report.problem("previous-pack", Terminal.failure(error), next: "", stopsRun: true)
      }
    }
    if let disclosure = plan.configuration.disclosure {
      do {
        try disclosure.checkKey(for: plan.out + "/" + plan.period.folderName)
        report.ok("disclosure", "the key is there, for its owner alone")
      } catch {
        report.problem("disclosure", Terminal.failure(error), next: "", stopsRun: true)
      }
    }
  }

  private func examinePeriod(_ records: Records, _ report: inout DoctorReport) {
    let now = (try? RunPlan.today(ProcessInfo.processInfo.environment)) ?? Instant(microseconds: 0)
    if let to = plan.period.to, to > now {
      report.note(
        "period", "\(plan.periodWords) has not ended; a pack of it shows what there is so far.",
        next: "Make it again after \(to).")
    } else {
      report.ok("period", plan.periodWords)
    }
    let history = records.history
    let inPeriod = history.versions.indices.filter { index in
      plan.period.overlaps(from: history.versions[index].effectiveFrom, to: history.until(index))
    }
    let rules = Set(inPeriod.flatMap { history.versions[$0].rules.map { Array($0.id.utf8) } })
    let owners = ByName(grouping: records.ownership.records) { $0.owner }
    let text =
      "\(inPeriod.count) of \(history.versions.count) policy versions in force in the period, \(rules.count) rules, \(owners.count) owners on record"
    inPeriod.isEmpty
      ? report.problem(
        "evaluated", text + ".", next: "Without a policy in force no decision can be judged: check policy and period.")
      : report.ok("evaluated", text)
  }

  private func examineFrameworks(_ report: inout DoctorReport) {
    let controls = plan.library.frameworks.filter { plan.frameworks.contains($0.id) }
      .reduce(0) { $0 + $1.controls.count { !$0.isGroup } }
    report.ok(
      "evaluated",
      "\(Checks.definitions.count) checks, \(controls) controls of \(plan.frameworks.joined(separator: ", "))")
  }

  /// Registers that no input gives, each with the checks that ask for it.
  private func examineMissing(_ records: Records, _ report: inout DoctorReport) {
    for record in MissingRecord.allCases where record.isMissing(from: records) {
      let checks = Checks.definitions.map(\.id).filter { Checks.inputs[$0]?.contains(record.asked) == true }
      report.note(
        "cannot-tell", "\(checks.joined(separator: ", ")) may be unable to tell without \(record.words).",
        next: "Name it under \(record.place).")
    }
  }
}

extension MissingRecord {
  /// In the words in which a check says what it reads.
  fileprivate var asked: String {
    switch self {
    case .ownership: "ownership records"
    case .people: "people and identities"
    default: words
    }
  }

  fileprivate var kind: InputFile.Kind {
    switch self {
    case .reviews: .reviews
    case .triggers: .triggers
    case .incidents: .incidents
    case .changes: .changes
    case .writers: .writers
    case .credentials: .credentials
    case .terms: .terms
    case .switchOffs: .switchOffs
    case .escalations: .escalations
    case .retention: .retention
    case .logDigests: .logDigests
    case .agents: .agents
    case .tools: .tools
    case .exceptions: .exceptions
    case .ownership: .ownership
    case .people: .people
    }
  }

  /// The key of the configuration that names such files.
  fileprivate var place: String { Configuration.place(of: kind) }

  fileprivate func isMissing(from records: Records) -> Bool {
    self == .people
      ? !records.ownership.hasPeopleRegister : !records.inputs.contains { $0.kind == kind && $0.digest != nil }
  }
}
