internal import ArgumentParser
internal import Assessment
internal import Comparison
internal import EvidenceModel
internal import EvidencePack
internal import EvidenceStore
internal import Foundation
internal import Rendering
internal import Verification

/// Everything, from the inputs to a verified pack.
struct RunCommand: DocumentedCommand {
  static let help = CommandHelp(
    examples: [
      "tenure run --config tenure.yaml -p 2026-Q3": "makes the pack of a quarter",
      "tenure run -p previous-quarter --previous-pack reports/2026q2":
        "the quarter that ended last, with what changed since the one before",
      "tenure run -p 2026-Q3 --fail-on fail": "for a pipeline: ends with 2 when a check fails",
    ],
    about: """
      Reads the inputs that the configuration names, replays every decision, and writes the pack as a folder named after the
      period. The pack is made in a temporary folder, verified, and then renamed into place. The last line on standard
      output is its path.
      """,
    endings: [
      .done: "the pack is written",
      .couldNotFinish: "could not finish; standard error says why, and the next step",
      .findings: "the pack is written, and a result is at or above --fail-on",
      .incomplete: "the pack is written, but something is missing from what it rests on",
      .nothingToEvaluate: "no decision of the period was read; no pack was written",
    ])

  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Makes the evidence pack of a period.",
    discussion: help.discussion)

  @OptionGroup var inputs: InputOptions
  @OptionGroup var scanning: ScanOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The folder that receives the pack.", valueName: "folder"),
    completion: .directory)
  var out: String?

  @Option(
    help: ArgumentHelp("The pack before this one; what changed since it is shown.", valueName: "folder"),
    completion: .directory)
  var previousPack: String?

  @Option(
    help: ArgumentHelp(
      "Make the pack from what workers wrote, files named *.partial here, instead of scanning.", valueName: "folder"),
    completion: .directory)
  var partials: String?

  @Option(
    help: ArgumentHelp("The manifest of their splits; splits.jsonl in that folder unless given.", valueName: "file"),
    completion: .file())
  var splits: String?

  @Option(help: "End with status 2 from this result on: fail, exception, cannot-tell, never.")
  var failOn = FailOn.never

  @Option(help: "How results are printed: text, json.")
  var format = OutputFormat.text

  func validate() throws {
    if splits != nil, partials == nil { throw ValidationError("--splits goes with --partials.") }
  }

  func run() async throws {
    try await finish(format) {
      let started = Date()
      var plan = try RunPlan(inputs, outFlag: out, previousFlag: previousPack)
      plan.partials = try partials.map { try PartialFolder($0, manifest: splits) }
      // Read before the logs: a pack that is refused ends the run at once.
      let previous = try plan.previousPack.map { try PackSummary.read($0) }
      try plan.configuration.disclosure?.checkKey(for: plan.out + "/" + plan.period.folderName)
      var evaluation = try await Evaluation.run(plan, threads: scanning.threads, voice: ProgressVoice(format))
      evaluation.facts.previous = previous
      Terminal.diagnostics(evaluation.facts.facts.records.diagnostics, as: format)
      guard evaluation.facts.facts.judged > 0 else {
        throw CommandEnd.nothing(
          "Nothing to evaluate: no decision of \(plan.periodWords) was read. Check routing-logs and the period; no pack was written."
        )
      }
      let (path, summary) = try PackPublisher(plan: plan, threads: scanning.threads).publish(evaluation)
      try writeRunRecord(beside: path, plan, evaluation, started: started)
      let status = status(of: evaluation)
      for made in try plan.configuration.disclosure?.publish(path, plan) ?? [] {
        DisclosureWords.tell(made.summary, made.path, format, isShort: true)
      }
      if format == .json {
        reportEvent(evaluation, summary, path, status)
      } else {
        report(plan, evaluation, summary)
        Terminal.result(path)
      }
      if status == .incomplete {
        Terminal.talk("The pack is incomplete: \(evaluation.shortcomings.joined(separator: "; ")).")
      }
      return status
    }
  }

  private func status(of evaluation: Evaluation) -> ExitStatus {
    if !evaluation.shortcomings.isEmpty { return .incomplete }
    return failOn.isReached(by: evaluation.facts.assessment.outcomes.map(\.result)) ? .findings : .done
  }

  private func reportEvent(
    _ evaluation: Evaluation, _ summary: PackWriter.Summary, _ path: String, _ status: ExitStatus
  ) {
    let facts = evaluation.facts.facts
    func sum(_ value: (ScannedSource) -> Int) -> Int { facts.sources.reduce(0) { $0 + value($1) } }
    var fields: [String: EventValue?] = [
      "sources": .whole(facts.sources.count),
      "scanned": .whole(evaluation.scan.scanned), "continued": .whole(evaluation.scan.continued),
      "remembered": .whole(evaluation.scan.remembered), "lines": .whole(sum(\.lines)), "blank": .whole(sum(\.blank)),
      "malformed": .whole(sum(\.malformed)), "out_of_period": .whole(sum(\.outOfPeriod)),
      "judged": .whole(sum(\.judged)), "folded": .whole(sum(\.folded)), "other": .whole(sum(\.other)),
      "exceptions": .whole(sum(\.exceptions)),
      "duplicate_request_ids": .whole(summary.duplicates), "pages": .whole(summary.pages),
      "files": .whole(summary.files), "manifest_sha256": .text(summary.manifestDigest.description),
      "pack": .text(path), "shortcomings": .texts(evaluation.shortcomings),
      "exit_status": .whole(Int(status.rawValue)),
    ]
    fields.merge(facts.period.members) { $1 }
    for result in CheckResult.allCases {
      let n = evaluation.facts.assessment.outcomes.count { $0.result == result }
      fields["checks_" + result.rawValue.replacing("-", with: "_")] = .whole(n)
    }
    if let delta = summary.delta {
      fields["previous_manifest_sha256"] = delta.before.manifest.map { .text($0.description) }
      fields["newly_failing"] = .whole(delta.count(.newlyFailing))
    }
    Terminal.event("finished", fields)
  }

  private func report(_ plan: RunPlan, _ evaluation: Evaluation, _ summary: PackWriter.Summary) {
    let facts = evaluation.facts.facts
    Terminal.result("period       \(plan.periodWords)")
    Terminal.result("sources      \(facts.sources.count) (\(evaluation.scan.words))")
    Terminal.result("lines        \(LineWords.sum(facts.sources))")
    Terminal.result("exceptions   \(facts.sources.reduce(0) { $0 + $1.exceptions }) of \(facts.judged)")
    Terminal.result("duplicates   \(summary.duplicates) request ids")
    let outcomes = evaluation.facts.assessment.outcomes
    let results = CheckResult.allCases.map { result in "\(outcomes.count { $0.result == result }) \(result.rawValue)" }
    Terminal.result("checks       \(outcomes.count) = \(results.joined(separator: " + "))")
    for framework in evaluation.facts.assessment.coverage.frameworks {
      let counts = evaluation.facts.assessment.coverage.counts(framework.id)
      let states = counts.filter { $0.n > 0 }.map { "\($0.n) \($0.state.rawValue)" }
      Terminal.result(
        "controls     \(framework.id): \(counts.reduce(0) { $0 + $1.n }) = \(states.joined(separator: " + "))")
    }
    if let delta = summary.delta {
      Terminal.result("since        \(delta.before.period.name): \(DeltaText.headline(delta))")
      for entry in delta.chain.entries {
        if let missing = entry.link.missing { Terminal.result("missing      \(missing)") }
      }
    }
    Terminal.result("pack         \(summary.pages) pages, \(summary.files) files, manifest \(summary.manifestDigest)")
    Terminal.result("open         index.html in the folder below")
  }

  /// When and by what the pack was made: beside it, since nothing inside may depend on the clock.
  private func writeRunRecord(beside path: String, _ plan: RunPlan, _ evaluation: Evaluation, started: Date) throws {
    let record = RunRecordFile(
      toolVersion: Evaluation.toolVersion, period: plan.period.name,
      started: Instant(microseconds: Int64(started.timeIntervalSince1970) * 1_000_000).description,
      finished: Instant(microseconds: Int64(Date().timeIntervalSince1970) * 1_000_000).description,
      operatingUser: OperatingUser.name,
      sourcesScanned: evaluation.scan.scanned + evaluation.scan.continued,
      sourcesRemembered: evaluation.scan.remembered)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    let temporary = "\(plan.out)/\(PackShelf.temporaryName(of: plan.period.folderName)).run.json"
    do {
      try encoder.encode(record).write(to: URL(fileURLWithPath: temporary))
      try PackShelf.rename(temporary, to: path + ".run.json")
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      throw PackError.cannotWrite(path: path + ".run.json", reason: error.localizedDescription)
    }
  }

  private struct RunRecordFile: Encodable {
    var toolVersion, period, started, finished, operatingUser: String
    var sourcesScanned, sourcesRemembered: Int
  }
}

extension FailOn {
  func isReached(by results: [CheckResult]) -> Bool {
    switch self {
    case .never: false
    case .fail: results.contains(.fail)
    case .exception: results.contains(.fail) || results.contains(.exception)
    case .cannotTell: results.contains(.fail) || results.contains(.exception) || results.contains(.cannotTell)
    }
  }
}

/// Makes a pack in a temporary folder, verifies it, and renames it into place.
struct PackPublisher {
  let plan: RunPlan
  let threads: Int

  /// Something in the way that is no pack.
  struct InTheWay: Error, CustomStringConvertible {
    var path: String
    var description: String { "\(path) exists and is no pack. Move it away, or name another folder with --out." }
  }

  /// The pack that was just made does not verify: a defect of Tenure.
  struct NotSound: Error, CustomStringConvertible {
    var faults: [Diagnostic]
    var description: String {
      "The pack does not verify, so it was not published: "
        + faults.prefix(5).map { "\($0.file): \($0.summary)" }.joined(separator: "; ") + ". Please report it."
    }
  }

  func publish(_ evaluation: Evaluation) throws -> (path: String, summary: PackWriter.Summary) {
    let files = FileManager.default
    let name = plan.period.folderName
    let target = plan.out + "/" + name
    if files.fileExists(atPath: target), !files.fileExists(atPath: target + "/manifest.xml") {
      throw InTheWay(path: target)
    }
    let shelf = try PackShelf(plan.out)
    let temporary = try shelf.temporary(for: name)
    do {
      let assets = plan.assets
      let summary = try PackWriter.write(evaluation.facts, into: temporary, assets: assets, threads: threads) {
        let renderer = PageRenderer(assets)
        return { document, stylesheet, framework in
          try renderer.page(from: document, stylesheet: stylesheet, framework: framework)
        }
      }
      let report = PackVerifier.verify(temporary, assets: plan.assets, valid: summary.validDocuments)
      guard report.isSound else { throw NotSound(faults: report.faults) }
      try SealKeeper.keepSeals(of: target, in: temporary, manifest: summary.manifestDigest)
      try shelf.put(temporary, as: name)
      return (target, summary)
    } catch {
      try? files.removeItem(atPath: temporary)
      throw error
    }
  }
}
