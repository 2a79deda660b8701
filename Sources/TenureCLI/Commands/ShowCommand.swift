internal import ArgumentParser
internal import EvidencePack

/// Shows what a run would use.
struct ShowCommand: DocumentedCommand {
  static let help = CommandHelp(
    examples: [
      "tenure show config": "every value that a run would use"
    ],
    endings: [
      .done: "the help is printed"
    ])

  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows what a run would use.",
    discussion: help.discussion, subcommands: [ConfigCommand.self])

  struct ConfigCommand: DocumentedCommand {
    static let help = CommandHelp(
      examples: [
        "tenure show config --config tenure.yaml": "every value and its origin",
        "TENURE_PERIOD=2026-07 tenure show config": "what a variable changes",
      ],
      about: """
        Flags override the environment (TENURE_PERIOD and so on), which overrides the file.
        """,
      endings: [
        .done: "shown",
        .couldNotFinish: "the configuration cannot be read",
      ])

    static let configuration = CommandConfiguration(
      commandName: "config", abstract: "Prints the effective values and where each came from.",
      discussion: help.discussion)

    @OptionGroup var inputs: InputOptions

    @Option(help: "How results are printed: text, json.")
    var format = OutputFormat.text

    func run() async throws {
      try await finish(format) {
        let plan = try RunPlan(inputs, outFlag: nil)
        Terminal.diagnostics(plan.configuration.diagnostics, as: format)
        let paths: [(name: String, value: String, origin: String)] = [
          ("out", plan.out, plan.configuration["out"]?.origin ?? "default"),
          ("store", plan.store ?? "in memory", plan.configuration["store"]?.origin ?? "default"),
          ("previous-pack", plan.previousPack ?? "none", plan.configuration["previous-pack"]?.origin ?? "default"),
        ]
        let rows = plan.parameters.map { (name: $0.name, value: $0.value, origin: $0.origin) } + paths
        if format == .json {
          for row in rows {
            Terminal.event(
              "parameter", ["name": .text(row.name), "value": .text(row.value), "origin": .text(row.origin)])
          }
          return .done
        }
        let width = rows.map(\.name.count).max() ?? 0
        for row in rows { Terminal.result("\(row.name.filled(to: width))  \(row.value)  (\(row.origin))") }
        return .done
      }
    }
  }
}
