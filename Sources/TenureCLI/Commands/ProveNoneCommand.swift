internal import ArgumentParser
internal import Assessment
internal import EvidenceModel
internal import Foundation
internal import Replay

/// Whether something never happened, as far as the logs can tell.
struct ProveNoneCommand: DocumentedCommand {
  static let help = CommandHelp(
    examples: [
      "tenure prove-none --data-class pci --model 'minimax*' -p 2026-Q3":
        "did card data ever reach one of these models?",
      "tenure prove-none --agent 'claims-*' --jurisdiction us --format json": "did these agents ever reach a place?",
    ],
    about: """
      The answer names what was looked at, what was left out, and what the logs cannot tell. It takes one
      of --data-class, --agent, --tool and one of --model, --provider, --jurisdiction. * in a name stands
      for any text. Other names of a model are known from the inventory.
      """,
    endings: [
      .done: "none was found",
      .couldNotFinish: "could not finish; standard error says why, and the next step",
      .findings: "some were found",
      .incomplete: "none was found, but a hole in the logs, damage or too many malformed lines weaken that",
      .nothingToEvaluate: "no decision that the question is about was read",
    ])

  static let configuration = CommandConfiguration(
    commandName: "prove-none",
    abstract: "Says whether a class of data, an agent or a tool ever reached a model or a place.",
    discussion: help.discussion)

  @Option(help: ArgumentHelp("The data class that the question is about.", valueName: "name"))
  var dataClass: String?

  @Option(help: ArgumentHelp("The agent that the question is about.", valueName: "name"))
  var agent: String?

  @Option(help: ArgumentHelp("The tool that the question is about.", valueName: "name"))
  var tool: String?

  @Option(
    help: ArgumentHelp(
      "The model that was not to be reached: tried, or named as the one that answered.", valueName: "name"))
  var model: String?

  @Option(help: ArgumentHelp("The provider that was not to be reached.", valueName: "name"))
  var provider: String?

  @Option(help: ArgumentHelp("The jurisdiction that was not to be reached.", valueName: "name"))
  var jurisdiction: String?

  @OptionGroup var inputs: InputOptions
  @OptionGroup var scanning: ScanOptions

  @Option(help: "How the answer is printed: table, json.")
  var format = AnswerFormat.table

  func validate() throws {
    guard question != nil else {
      throw ValidationError(
        "Name one of --data-class, --agent, --tool and one of --model, --provider, --jurisdiction; none may be empty.")
    }
  }

  private var question: NegativeQuestion? {
    let subjects = [(NegativeQuestion.Subject.dataClass, dataClass), (.agent, agent), (.tool, tool)]
      .compactMap { kind, name in name.map { (kind, $0) } }
    let targets = [(NegativeQuestion.Target.model, model), (.provider, provider), (.jurisdiction, jurisdiction)]
      .compactMap { kind, name in name.map { (kind, $0) } }
    guard subjects.count == 1, targets.count == 1, !subjects[0].1.isEmpty, !targets[0].1.isEmpty else { return nil }
    return NegativeQuestion(
      subject: subjects[0].0, NamePattern(subjects[0].1), target: targets[0].0, NamePattern(targets[0].1))
  }

  func run() async throws {
    try await finish(format.talk) {
      guard let question else { return .couldNotFinish }
      let plan = try RunPlan(inputs, outFlag: nil)
      let run = try await ScannedRun.make(plan, threads: scanning.threads, voice: ProgressVoice(format.talk))
      Terminal.diagnostics(run.records.diagnostics, as: format.talk)
      let facts = try AssessmentFacts(
        records: run.records, evidence: run.evidence, period: plan.period,
        knownDataClasses: plan.configuration.dataClasses, holeHours: plan.holeHours, parameters: plan.checkParameters)
      let proof = NegativeProof(question, facts, unread: run.scan.unread.count)
      guard proof.population > 0 else {
        let seen =
          proof.seenNames.isEmpty ? "" : " The logs hold: \(proof.seenNames.prefix(20).joined(separator: ", "))."
        throw CommandEnd.nothing(
          "Nothing to evaluate: no decision of \(plan.periodWords) has a \(question.subject.words) that is or matches \(question.subjectPattern).\(seen)"
        )
      }
      let weaknesses = Evaluation.shortcomings(facts, plan)
      let status: ExitStatus = !proof.found.isEmpty ? .findings : weaknesses.isEmpty ? .done : .incomplete
      if format == .json {
        printEvent(proof, plan, weaknesses, status)
      } else {
        printText(proof, plan, weaknesses)
      }
      return status
    }
  }

  private func printText(_ proof: NegativeProof, _ plan: RunPlan, _ weaknesses: [String]) {
    Terminal.result("question     \(proof.question)")
    Terminal.result("answer       \(proof.answer)")
    Terminal.result("period       \(plan.periodWords)")
    Terminal.result("looked at    \(proof.population) decisions, of \(proof.judged) judged")
    Terminal.result("how          \(proof.method)")
    for link in proof.found {
      Terminal.result("found        \(link.n)  \(link.name) -> \(link.other), first \(link.first), last \(link.last)")
    }
    Terminal.result("left out     \(proof.exclusions.map { "\($0.n) \($0.name)" }.joined(separator: ", "))")
    for spot in proof.blindSpots {
      Terminal.result("cannot tell  \(spot.words)\(spot.figure.map { ": \($0)" } ?? "")")
    }
    for weakness in weaknesses { Terminal.result("weakened by  \(weakness)") }
  }

  private func printEvent(_ proof: NegativeProof, _ plan: RunPlan, _ weaknesses: [String], _ status: ExitStatus) {
    var members = plan.period.members
    members["question"] = .text(proof.question)
    members["answer"] = .text(proof.answer)
    members["method"] = .text(proof.method)
    members["population"] = .whole(proof.population)
    members["judged"] = .whole(proof.judged)
    members["found"] = .list(
      proof.found.map {
        .object([
          "name": .text($0.name), "reached": .text($0.other), "first": .text($0.first.description),
          "last": .text($0.last.description), "n": .whole($0.n),
        ])
      })
    members["left_out"] = .list(proof.exclusions.map { .object(["what": .text($0.name), "n": .whole($0.n)]) })
    members["cannot_tell"] = .list(
      proof.blindSpots.map { spot in
        .object(["id": .text(spot.id), "words": .text(spot.words), "n": spot.figure.map { .whole($0) }])
      })
    members["weakened_by"] = .texts(weaknesses)
    members["exit_status"] = .whole(Int(status.rawValue))
    Terminal.event("negative-proof", members)
  }
}
