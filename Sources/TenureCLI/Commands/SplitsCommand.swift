internal import ArgumentParser
internal import EvidenceModel
internal import Foundation
internal import Intake
internal import Replay

/// How the logs of a period are cut for several machines.
struct SplitsCommand: DocumentedCommand {
  static let help = CommandHelp(
    examples: [
      "tenure splits -p 2026-Q3 --out work/splits.jsonl --out-inputs work/tenure.inputs": "plans the splits",
      "tenure scan --inputs work/tenure.inputs --split logs/july.jsonl:0-500000000 --out work/1.partial":
        "what a worker runs",
      "tenure run -p 2026-Q3 --partials work": "makes the pack from what the workers wrote",
    ],
    about: """
      Writes a manifest, one split a line, and one file with the rules, owners and registers that judging asks for. A worker
      scans one split with this program, that file and the bytes of the log; tenure run makes the pack from what the workers
      wrote. Nothing else needs to be on a worker.
      """,
    endings: [
      .done: "the splits are planned",
      .couldNotFinish: "could not finish; standard error says why, and the next step",
      .incomplete: "planned, but an input is missing or a log was left out",
      .nothingToEvaluate: "no log could be read",
    ])

  static let configuration = CommandConfiguration(
    commandName: "splits", abstract: "Plans how several machines share the logs of a period.",
    discussion: help.discussion)

  @OptionGroup var inputs: InputOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("The manifest to write.", valueName: "file"), completion: .file())
  var out: String

  @Option(
    help: ArgumentHelp("The file of rules, owners and registers to write, for the workers.", valueName: "file"),
    completion: .file())
  var outInputs: String

  @Option(help: ArgumentHelp("How large a split is at most.", valueName: "bytes"))
  var size = SplitPlan.usualSize

  @Flag(inversion: .prefixedNo, help: "Read each log for its SHA-256, which the pack names.")
  var digests = true

  @Option(
    help: ArgumentHelp(
      "Logs that are not here, as JSON lines of log, bytes and sha256; those of routing-logs unless given.",
      valueName: "file"), completion: .file())
  var listing: String?

  @Option(help: "How results are printed: text, json.")
  var format = OutputFormat.text

  func validate() throws {
    if size < 1 { throw ValidationError("--size takes a number of bytes from 1 on.") }
  }

  func run() async throws {
    try await finish(format) {
      let plan = try RunPlan(inputs, outFlag: nil, keepStore: false)
      let records = await plan.inputs.read()
      let replay = ReplayPlan(records, settings: plan.settings)
      let result = try SplitPlan(
        finder: LogFinder(inputs: plan.inputs), entries: plan.configuration.routingLogs, plan: replay, size: size,
        takesDigests: digests, listing: listing.map { try LogListing(WholeFile(name: $0, path: $0)) }
      ).make()
      let diagnostics = plan.configuration.diagnostics + records.diagnostics + result.diagnostics
      Terminal.diagnostics(diagnostics, as: format)
      guard !result.manifest.splits.isEmpty else {
        throw CommandEnd.nothing(
          "Nothing to split: no routing log could be read. Check routing-logs; nothing was written.")
      }
      try ReplayInputs(settings: plan.settings, records: records, logs: result.logs).write(to: outInputs, plan: replay)
      do {
        try result.manifest.text.write(to: URL(fileURLWithPath: out), options: .atomic)
      } catch {
        throw PartialError.cannotWrite(path: out, reason: error.localizedDescription)
      }
      report(result, plan)
      return diagnostics.contains { $0.severity == .error } ? .incomplete : .done
    }
  }

  private func report(_ result: SplitPlan.Result, _ plan: RunPlan) {
    let manifest = result.manifest
    let bytes = result.logs.reduce(0) { $0 + $1.bytes }
    if format == .json {
      Terminal.event(
        "splits-planned",
        [
          "period": .text(plan.period.name), "splits": .whole(manifest.splits.count), "logs": .whole(result.logs.count),
          "left_out": .whole(manifest.leftOut.count), "bytes": .whole(bytes), "manifest": .text(out),
          "inputs": .text(outInputs),
        ])
      return
    }
    Terminal.result("period       \(plan.periodWords)")
    Terminal.result("splits       \(manifest.splits.count) of \(result.logs.count) logs, \(ProgressWords.bytes(bytes))")
    if !manifest.leftOut.isEmpty { Terminal.result("left out     \(manifest.leftOut.count) logs") }
    Terminal.result("inputs       \(outInputs)")
    Terminal.result(out)
  }
}
