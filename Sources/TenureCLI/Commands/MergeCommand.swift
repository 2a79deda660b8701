internal import ArgumentParser
internal import Replay

/// Partials of several workers into one.
struct MergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Adds partials up into one.",
    discussion: """
      The partials come from tenure scan --split, or from tenure merge itself, and may be compressed. In whatever order and
      groups they are merged, the same splits give the same bytes. A partial of other policies, registers or settings is
      refused, and so are two that hold the same bytes of a log; the same partial twice counts once.

      Examples:
        tenure merge part-0.partial part-1.partial --out quarter.partial

      Exit status: 0 done, 1 could not finish, 3 done, but a log was damaged, 64 usage.
      """)

  @Argument(help: ArgumentHelp("The partials.", valueName: "partial"))
  var partials: [String]

  @Option(name: .shortAndLong, help: ArgumentHelp("The partial to write.", valueName: "file"))
  var out: String

  func run() async throws {
    try await finish {
      let summary = try PartialMerge.merge(partials, into: out)
      for path in summary.repeated {
        Terminal.talk("warning: \(path): it holds what another one holds, and counts once.")
      }
      let counts = summary.counts
      Terminal.result("period       \(summary.header.period)")
      Terminal.result("ranges       \(summary.ranges.count) of \(Set(summary.ranges.map(\.log)).count) logs")
      Terminal.result("lines        \(LineWords.sum(counts))")
      Terminal.result(out)
      let damaged = summary.ranges.filter { $0.damage != nil }
      for range in damaged {
        Terminal.talk(
          "error: \(range.log): \(range.damage ?? ""). Fetch the log again and scan its split from byte \(range.range.lowerBound) on."
        )
      }
      return damaged.isEmpty ? .done : .incomplete
    }
  }
}
