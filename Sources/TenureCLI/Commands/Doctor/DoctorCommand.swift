internal import ArgumentParser
internal import EvidenceModel
internal import Foundation
internal import Intake

/// Says whether a run would find what it needs, without running.
struct DoctorCommand: DocumentedCommand {
  static let help = CommandHelp(
    examples: [
      "tenure doctor": "with the tenure.yaml of this folder",
      "tenure doctor --config /etc/tenure/tenure.yaml -p previous-quarter": "before a run by a timer",
      "tenure doctor --format json": "for a monitor: one object a finding",
    ],
    about: """
      Looks at the program (libraries, templates, mappings, programs that it calls), the machine (clock, disk), the store,
      and every input that the configuration names, and says what would be evaluated. One line a finding: ok, a note, or a
      problem with the next step. It reads only: the store is never repaired, nothing is written, and no network is opened.
      Logs are recognised by their beginning; tenure detect reads them whole.
      """,
    endings: [
      .done: "nothing to mend; notes may stand",
      .couldNotFinish: "a run could not finish: no configuration, or a problem that stops it",
      .incomplete: "there are problems; a run would go on without what they concern",
    ])

  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Says whether a run would find what it needs, and what it would evaluate.",
    discussion: help.discussion)

  @OptionGroup var inputs: InputOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The folder that would receive the pack.", valueName: "folder"),
    completion: .directory)
  var out: String?

  @Option(help: "How results are printed: text, json.")
  var format = OutputFormat.text

  func run() async throws {
    try await finish(format) {
      var report = DoctorReport(format: format)
      await ProgramExamination(assets: try inputs.assets()).examine(&report)
      do {
        let plan = try RunPlan(inputs, outFlag: out)
        MachineExamination(plan: plan).examine(&report)
        await InputExamination(plan: plan).examine(&report)
      } catch {
        let isThere = FileManager.default.fileExists(atPath: inputs.config)
        report.problem(
          "configuration", Terminal.failure(error),
          next: isThere ? "" : "tenure init writes one from the records of a folder.", stopsRun: true)
      }
      return report.end()
    }
  }
}

/// What was found, said as it is found.
struct DoctorReport {
  enum Verdict: String {
    case ok, note, problem
  }

  let format: OutputFormat
  private var counts: [Verdict: Int] = [:]
  private var stopsRun = false
  /// What the program says of its own mappings, a run says of the ones that it takes.
  private var told: Set<Diagnostic> = []

  init(format: OutputFormat) { self.format = format }

  mutating func ok(_ area: String, _ text: String) { add(.ok, area, text) }

  mutating func note(_ area: String, _ text: String, next: String = "") { add(.note, area, text, next: next) }

  /// - Parameter stopsRun: a run would end with 1 for it.
  mutating func problem(_ area: String, _ text: String, next: String, stopsRun: Bool = false) {
    add(.problem, area, text, next: next, stopsRun: stopsRun)
  }

  /// A diagnostic of a run: an error is a problem, a warning a note.
  mutating func add(_ diagnostic: Diagnostic, as area: String) {
    let diagnostic = diagnostic.withoutSecrets
    guard told.insert(diagnostic).inserted else { return }
    add(
      diagnostic.severity == .error ? .problem : .note, area, "\(diagnostic.place): \(diagnostic.summary).",
      next: diagnostic.nextStep, id: diagnostic.id)
  }

  private mutating func add(
    _ verdict: Verdict, _ area: String, _ text: String, next: String = "", stopsRun: Bool = false, id: String? = nil
  ) {
    counts[verdict, default: 0] += 1
    self.stopsRun = self.stopsRun || stopsRun
    guard format == .json else {
      let line = "\(verdict.rawValue.filled(to: 7))  \(area.filled(to: 14))  \(text)" + (next.isEmpty ? "" : " \(next)")
      return Terminal.result(line.replacing("\n", with: " "))
    }
    Terminal.event(
      "examined",
      [
        "area": .text(area), "verdict": .text(verdict.rawValue), "summary": .text(text), "next_step": .stated(next),
        "id": id.map { .text($0) }, "stops_run": verdict == .problem ? .flag(stopsRun) : nil,
      ])
  }

  func end() -> ExitStatus {
    let (problems, notes) = (counts[.problem] ?? 0, counts[.note] ?? 0)
    if format == .text {
      Terminal.talk(
        problems == 0
          ? "Nothing to mend; \(notes) \(notes == 1 ? "note" : "notes")."
          : "\(problems) \(problems == 1 ? "problem" : "problems") to mend.")
    }
    return stopsRun ? .couldNotFinish : problems > 0 ? .incomplete : .done
  }
}
