internal import ArgumentParser
internal import Assessment
internal import EvidenceModel
internal import Foundation
internal import Intake

/// What a name of the product or of its records means: a check, a class, a control, a rule, or one decision.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explains a check, a class of decisions, a control, a rule, or one decision.",
    discussion: """
      Tried in this order: a check's id, a class, a control or another spelling of one, a
      rule's id. What is none of them is taken for a request id: the routing logs are read
      until they end, and every line with it is explained by version, rule, owner, class and
      controls.

      Checks, classes and controls need no configuration; with one, its parameters are shown.

      Examples:
        tenure explain RG-OWN-01
        tenure explain ASI02
        tenure explain drift_not_escalated
        tenure explain pii-to-trusted
        tenure explain req-0907-0003

      Exit status: 0 explained, 1 could not finish or nothing has that name, 64 usage.
      """)

  @Argument(
    help: ArgumentHelp("A check, a class, a control, a rule, or a request's id as the log has it.", valueName: "name"))
  var name: String

  @OptionGroup var inputs: InputOptions

  @Option(help: "How results are printed: text, json.")
  var format = OutputFormat.text

  func run() async throws {
    try await finish(format) {
      let hasConfiguration = FileManager.default.fileExists(atPath: inputs.config)
      let plan = hasConfiguration ? try RunPlan(inputs, outFlag: nil, keepStore: false) : nil
      let library = try plan?.library ?? MappingLibrary(try inputs.assets())
      let explanation = CheckExplanation(
        library: library, parameters: plan?.checkParameters ?? CheckParameters(library.parameters), format: format)
      if explanation.explainCheck(name) || explanation.explainClass(name) || explanation.explainControl(name) {
        return .done
      }
      let known = try plan ?? RunPlan(inputs, outFlag: nil, keepStore: false)
      let records = await known.inputs.read()
      Terminal.diagnostics(records.diagnostics, as: format)
      let sentences = try ChangeSentences(known.assets, people: records.ownership.people, time: known.time)
      if RuleExplanation(records: records, sentences: sentences, format: format).explain(name) { return .done }
      if RequestExplanation(records: records, plan: known, format: format).explain(name) { return .done }
      throw CommandEnd.failed(
        "\(name) is no check, class, control or rule, and no valid line has it as its request id. Check the spelling, and the rejects of the pack's sources."
      )
    }
  }
}
