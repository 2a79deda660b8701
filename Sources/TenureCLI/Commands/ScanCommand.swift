internal import ArgumentParser
internal import EvidenceModel
internal import EvidenceStore
internal import Foundation
internal import Intake
internal import Replay

/// The first step of a run alone: logs into the store.
struct ScanCommand: DocumentedCommand {
  static let help = CommandHelp(
    examples: [
      "tenure scan --config tenure.yaml -p 2026-Q3": "brings the store up to date",
      "tenure scan --split logs/july.jsonl:0-1000000000 --out a.partial": "scans one split of a log, on any machine",
    ],
    about: """
      Only bytes that were not judged before are read: run it each day, and the quarter's pack takes seconds. A scan that is
      killed goes on from the last gigabyte that it finished.

      A split holds the records that begin in its range of bytes. A compressed log is one split: FILE:0-. With --inputs a
      worker needs no configuration: only the file that tenure splits wrote, and the bytes of the log. --log - reads them from
      standard input, which begins one byte before the split, or with the log, and reaches to the end of the last record.
      """,
    endings: [
      .done: "every log was read",
      .couldNotFinish: "could not finish; standard error says why, and the next step",
      .incomplete: "done, but an input is missing or damaged",
      .nothingToEvaluate: "no decision of the period was read; a split never ends so",
    ])

  static let configuration = CommandConfiguration(
    commandName: "scan", abstract: "Judges the routing logs and keeps what they came to.",
    discussion: help.discussion)

  @OptionGroup var inputs: InputOptions
  @OptionGroup var scanning: ScanOptions

  @Option(help: ArgumentHelp("Scan one range of bytes of one log.", valueName: "file:start-end"), completion: .file())
  var split: String?

  @Option(
    name: .customLong("inputs"),
    help: ArgumentHelp("What tenure splits wrote for workers, in place of a configuration.", valueName: "file"),
    completion: .file())
  var inputsFile: String?

  @Option(
    help: ArgumentHelp(
      "With --inputs: where the log is to be read, if not under its name; - is standard input.", valueName: "file"),
    completion: .file())
  var log: String?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The partial that a split's result goes into.", valueName: "file"),
    completion: .file())
  var out: String?

  @Flag(help: "Print the SHA-256 of what a pack's tally.csv, exceptions.csv and sample.csv would be.")
  var digests = false

  @Option(help: "How results are printed: text, json.")
  var format = OutputFormat.text

  func run() async throws {
    try await finish(format) {
      if split != nil { return try await scanSplit() }
      let plan = try RunPlan(inputs, outFlag: nil)
      let run = try await ScannedRun.make(plan, threads: scanning.threads, voice: ProgressVoice(format))
      try run.evidence.dropUnusedPartials()
      Terminal.diagnostics(run.records.diagnostics, as: format)
      let sources = try run.evidence.sources()
      let judged = sources.reduce(0) { $0 + $1.judged }
      try report(run, sources, plan)
      if judged == 0 { return .nothingToEvaluate }
      return run.records.diagnostics.contains { $0.severity == .error } ? .incomplete : .done
    }
  }

  func validate() throws {
    if (split == nil) != (out == nil) { throw ValidationError("--split and --out go together.") }
    if inputsFile != nil, split == nil { throw ValidationError("--inputs goes with --split.") }
    if log != nil, inputsFile == nil { throw ValidationError("--log goes with --inputs.") }
    if split != nil, digests { throw ValidationError("--digests needs all splits; use it without --split.") }
    if let split, SplitArgument(split) == nil {
      throw ValidationError("--split takes FILE:START-END in bytes; without END it goes to the end of the file.")
    }
  }

  private func scanSplit() async throws -> ExitStatus {
    guard let argument = split.flatMap({ SplitArgument($0) }), let out else { return .couldNotFinish }
    let (split, replay, diagnostics) = try await find(argument)
    Terminal.diagnostics(diagnostics, as: format)
    let voice = ProgressVoice(format)
    let range = try split.scan(into: out, plan: replay, threads: scanning.threads) {
      voice.report($0, of: argument.size(of: split))
    }
    voice.end()
    if let damage = range.damage {
      Terminal.diagnostics(
        [
          Diagnostic(
            id: "source-damaged", file: range.log, summary: damage,
            nextStep: "Fetch the log again; records before the damage were read.")
        ], as: format)
    }
    if format == .json {
      Terminal.event(
        "split-scanned",
        [
          "log": .text(range.log), "from": .whole(range.range.lowerBound), "to": .whole(range.range.upperBound),
          "sha256": .text(range.sha256), "lines": .whole(range.counts.lines), "judged": .whole(range.counts.judged),
          "partial": .text(out),
        ])
    } else {
      Terminal.result("log          \(range.log), bytes \(range.range.lowerBound) to \(range.range.upperBound)")
      Terminal.result("lines        \(LineWords.sum(range.counts))")
      Terminal.result(out)
    }
    let isIncomplete = range.damage != nil || diagnostics.contains { $0.severity == .error }
    return isIncomplete ? .incomplete : .done
  }

  /// The split, and what judges it: from one file, or from the configuration and all that it names.
  private func find(_ argument: SplitArgument) async throws -> (LogSplit, ReplayPlan, [Diagnostic]) {
    if let inputsFile {
      let (inputs, replay) = try ReplayInputs.read(inputsFile)
      return (try argument.find(in: inputs, path: log), replay, [])
    }
    let plan = try RunPlan(inputs, outFlag: nil, keepStore: false)
    let records = await plan.inputs.read()
    let split = try argument.find(in: LogFinder(inputs: plan.inputs), plan.configuration.routingLogs)
    return (split, ReplayPlan(records, settings: plan.settings), records.diagnostics)
  }

  private func report(_ run: ScannedRun, _ sources: [ScannedSource], _ plan: RunPlan) throws {
    let digests = digests ? try run.evidence.canonicalDigests(sampleSize: plan.settings.sampleSize) : nil
    let duplicates = try run.evidence.duplicateRequestIDs()
    func sum(_ value: (ScannedSource) -> Int) -> Int { sources.reduce(0) { $0 + value($1) } }
    if format == .json {
      var fields: [String: EventValue?] = [
        "sources": .whole(sources.count), "scanned": .whole(run.scan.scanned),
        "continued": .whole(run.scan.continued), "remembered": .whole(run.scan.remembered),
        "lines": .whole(sum(\.lines)), "blank": .whole(sum(\.blank)), "malformed": .whole(sum(\.malformed)),
        "out_of_period": .whole(sum(\.outOfPeriod)), "judged": .whole(sum(\.judged)),
        "folded": .whole(sum(\.folded)), "other": .whole(sum(\.other)),
        "exceptions": .whole(sum(\.exceptions)), "duplicate_request_ids": .whole(duplicates),
        "store": .text(run.store.path),
      ]
      fields.merge(plan.period.members) { $1 }
      fields["tally_sha256"] = (digests?.tally).map { .text($0.description) }
      fields["exceptions_sha256"] = (digests?.exceptions).map { .text($0.description) }
      fields["sample_sha256"] = (digests?.sample).map { .text($0.description) }
      Terminal.event("scanned", fields)
      return
    }
    Terminal.result("period       \(plan.periodWords)")
    Terminal.result("sources      \(sources.count) (\(run.scan.words))")
    Terminal.result("lines        \(LineWords.sum(sources))")
    Terminal.result("exceptions   \(sum(\.exceptions)) of \(sum(\.judged))")
    Terminal.result("duplicates   \(duplicates) request ids")
    if let digests {
      Terminal.result("tally        SHA-256 \(digests.tally)")
      Terminal.result("exceptions   SHA-256 \(digests.exceptions)")
      Terminal.result("sample       SHA-256 \(digests.sample)")
    }
    Terminal.result("store        \(run.store.path)")
  }
}

/// The equation that always holds, in words.
enum LineWords {
  static func sum(_ sources: [ScannedSource]) -> String {
    func sum(_ value: (ScannedSource) -> Int) -> Int { sources.reduce(0) { $0 + value($1) } }
    return words(sum(\.lines), sum(\.blank), sum(\.malformed), sum(\.outOfPeriod), sum(\.judged))
      + besides(folded: sum(\.folded), other: sum(\.other))
  }

  static func sum(_ counts: LineCounts) -> String {
    words(counts.lines, counts.blank, counts.malformed, counts.outOfPeriod, counts.judged)
      + besides(folded: counts.folded, other: counts.other)
  }

  /// Records that are no line of their own; nothing where there are none.
  private static func besides(folded: Int, other: Int) -> String {
    folded + other == 0
      ? "" : "; besides, \(folded) records are part of these decisions and \(other) are of another kind"
  }

  private static func words(_ lines: Int, _ blank: Int, _ malformed: Int, _ outOfPeriod: Int, _ judged: Int) -> String {
    "\(lines) = \(blank) blank + \(malformed) malformed + \(outOfPeriod) out of period + \(judged) judged"
  }
}
