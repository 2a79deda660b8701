internal import ArgumentParser
internal import Assessment
internal import EvidenceModel
internal import Foundation
internal import Intake

/// What a name of the product or of its records means: a check, a class, a control, a rule, or one decision.
struct ExplainCommand: DocumentedCommand {
  static let help = CommandHelp(
    examples: [
      "tenure explain RG-OWN-01": "a check",
      "tenure explain ASI02": "a control, in any spelling",
      "tenure explain drift_not_escalated": "a class of decisions",
      "tenure explain cannot-tell": "a state of checks or controls",
      "tenure explain register-columns-missing": "the id of a diagnostic",
      "tenure explain pii-to-trusted": "a rule: its changes and its owners",
      "tenure explain req-0907-0003": "a decision, from the logs",
    ],
    about: """
      Tried in this order: a check's id, a class, a state, the id of a diagnostic, a control or another spelling of one, a
      rule's id. What is none of them is taken for a request id: the routing logs are read until they end, and every line with
      it is explained by version, rule, owner, class and controls.

      Rules and requests need a configuration. The others need none; with one, a check shows its parameters.
      """,
    endings: [
      .done: "explained",
      .couldNotFinish: "nothing has that name, or an input cannot be read",
    ])

  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explains a check, a class, a state, a diagnostic, a control, a rule, or one decision.",
    discussion: help.discussion)

  @Argument(
    help: ArgumentHelp(
      "A check, a class, a state, a diagnostic's id, a control, a rule, or a request's id as the log has it.",
      valueName: "name"), completion: NameCompletion.explainable)
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
      let words = WordExplanation(assets: try plan?.assets ?? inputs.assets(), format: format)
      if explanation.explainCheck(name) || explanation.explainClass(name) { return .done }
      if try words.explainState(name) || words.explainDiagnostic(name) || explanation.explainControl(name) {
        return .done
      }
      let known = try plan ?? RunPlan(inputs, outFlag: nil, keepStore: false)
      let records = await known.inputs.read()
      Terminal.diagnostics(records.diagnostics, as: format)
      let sentences = try ChangeSentences(known.assets, people: records.ownership.people, time: known.time)
      if RuleExplanation(records: records, sentences: sentences, format: format).explain(name) { return .done }
      if RequestExplanation(records: records, plan: known, format: format).explain(name) { return .done }
      throw CommandEnd.failed(
        "\(name) is no check, class, state, diagnostic, control or rule, and no valid line has it as its request id. Check the spelling, and the rejects of the pack's sources."
      )
    }
  }
}
