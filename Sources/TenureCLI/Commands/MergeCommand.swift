internal import ArgumentParser
internal import EvidenceModel
internal import Replay

/// Partials of several workers into one.
struct MergeCommand: DocumentedCommand {
  static let help = CommandHelp(
    examples: [
      "tenure merge part-0.partial part-1.partial --out quarter.partial": "adds two up"
    ],
    about: """
      The partials come from tenure scan --split, or from tenure merge itself, and may be compressed. In whatever order and
      groups they are merged, the same splits give the same bytes. A partial of other policies, registers or settings is
      refused, and so are two that hold the same bytes of a log; the same partial twice counts once.
      """,
    endings: [
      .done: "merged",
      .couldNotFinish: "a partial is refused or cannot be read",
      .incomplete: "merged, but a log was damaged",
    ])

  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Adds partials up into one.",
    discussion: help.discussion)

  @Argument(help: ArgumentHelp("The partials.", valueName: "partial"), completion: .file())
  var partials: [String]

  @Option(name: .shortAndLong, help: ArgumentHelp("The partial to write.", valueName: "file"), completion: .file())
  var out: String

  @Option(help: "How results are printed: text, json.")
  var format = OutputFormat.text

  func run() async throws {
    try await finish(format) {
      let summary = try PartialMerge.merge(partials, into: out)
      Terminal.diagnostics(
        summary.repeated.map {
          Diagnostic(
            id: "partial-repeated", severity: .warning, file: $0,
            summary: "it holds what another one holds, and counts once", nextStep: "Leave it out next time.")
        }, as: format)
      let damaged = summary.ranges.filter { $0.damage != nil }
      report(summary)
      Terminal.diagnostics(damaged.map(\.diagnostic), as: format)
      return damaged.isEmpty ? .done : .incomplete
    }
  }

  private func report(_ summary: PartialMerge.Summary) {
    let logs = Set(summary.ranges.map(\.log)).count
    if format == .json {
      Terminal.event(
        "merged",
        summary.counts.members.merging([
          "period": .text(summary.header.period), "ranges": .whole(summary.ranges.count), "logs": .whole(logs),
          "partial": .text(out),
        ]) { $1 })
      return
    }
    Terminal.result("period       \(summary.header.period)")
    Terminal.result("ranges       \(summary.ranges.count) of \(logs) logs")
    Terminal.result("lines        \(LineWords.sum(summary.counts))")
    Terminal.result(out)
  }
}

extension PartialRange {
  fileprivate var diagnostic: Diagnostic {
    Diagnostic(
      id: "source-damaged", file: log, summary: damage ?? "",
      nextStep: "Fetch the log again and scan its split from byte \(range.lowerBound) on.")
  }
}
