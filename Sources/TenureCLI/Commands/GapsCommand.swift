internal import ArgumentParser
internal import Assessment
internal import Assets
internal import EvidenceModel
internal import EvidencePack
internal import Foundation
internal import Verification

/// A row for every control of every chosen framework, by its id.
struct GapsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gaps", abstract: "Lists every control with its state, the gap, and the record that would settle it.",
    discussion: """
      Examples:
        tenure gaps reports/2026q3                     from a pack
        tenure gaps --config tenure.yaml --format csv  from the inputs, without writing a pack
        tenure gaps reports/2026q3 --control "OWASP Agentic AI Top 10 | A2"

      Exit status: 0 done, 1 could not finish, 2 a control at or above --fail-on, 5 nothing to
      evaluate, 64 usage.
      """)

  @Argument(help: ArgumentHelp("The folder of a pack; without it the inputs are evaluated.", valueName: "pack"))
  var pack: String?

  @OptionGroup var inputs: InputOptions
  @OptionGroup var scanning: ScanOptions

  @Option(help: "table, json (one object a line) or csv.")
  var format = TableFormat.table

  @Option(
    help: ArgumentHelp("Only the controls that this citation names; how it was read is printed.", valueName: "citation")
  )
  var control: String?

  @Option(help: "End with status 2 if a control is contradicted, or cannot-tell: contradicted, cannot-tell, never.")
  var failOn = GapThreshold.never

  enum GapThreshold: String, ExpressibleByArgument, CaseIterable {
    case contradicted
    case cannotTell = "cannot-tell"
    case never
  }

  func run() async throws {
    try await finish {
      var rows: [CoverageRow]
      if let pack {
        rows = try PackReader.coverage(of: pack)
      } else {
        let plan = try RunPlan(inputs, outFlag: nil, keepStore: false)
        let evaluation = try await Evaluation.run(plan, threads: scanning.threads)
        Terminal.diagnostics(evaluation.facts.facts.records.diagnostics)
        guard evaluation.facts.facts.judged > 0 else {
          Terminal.talk(
            "Nothing to evaluate: no decision of \(plan.period.name) was read. Check routing-logs and the period.")
          return .nothingToEvaluate
        }
        rows = evaluation.facts.assessment.coverage.rows
      }
      if let control {
        let library = MappingLibrary(try inputs.assets())
        let (references, ruling) = library.resolve(control)
        if let ruling { Terminal.talk("\(control): \(ruling.ruling). \(ruling.why)") }
        guard !references.isEmpty else {
          if ruling == nil {
            Terminal.talk("error: \(control) names no control. tenure gaps without --control lists all ids.")
          }
          return .couldNotFinish
        }
        rows = rows.filter { row in references.contains { $0.framework == row.framework && $0.control == row.control } }
        Terminal.talk("reads as: \(references.map { "\($0.framework) \($0.control)" }.joined(separator: ", "))")
      }
      try GapTable.print(rows, as: format)
      switch failOn {
      case .never: return .done
      case .contradicted: return rows.contains { $0.state == ControlState.contradicted.rawValue } ? .findings : .done
      case .cannotTell:
        return rows.contains {
          [ControlState.contradicted.rawValue, ControlState.cannotTell.rawValue].contains($0.state)
        } ? .findings : .done
      }
    }
  }
}

extension Coverage {
  var rows: [CoverageRow] {
    frameworks.flatMap { framework in
      (assessments[framework.id] ?? []).map { assessment in
        CoverageRow(
          framework: framework.id, control: assessment.control.id, display: assessment.control.display,
          title: assessment.control.title,
          state: assessment.state.rawValue, gap: assessment.gap,
          record: assessment.records.isEmpty ? "–" : assessment.records.joined(separator: "; "))
      }
    }
  }
}

private enum GapTable {
  private struct Line: Encodable {
    var version = 1
    var kind = "gap"
    var framework, control, display, title, state, gap, record: String
  }

  static func print(_ rows: [CoverageRow], as format: TableFormat) throws {
    switch format {
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      for row in rows {
        let line = Line(
          framework: row.framework, control: row.control, display: row.display, title: row.title, state: row.state,
          gap: row.gap, record: row.record)
        Terminal.result(String(decoding: try encoder.encode(line), as: UTF8.self))
      }
    case .csv:
      var bytes = CanonicalCSV.line(["framework", "control", "display", "title", "state", "gap", "record"])
      for row in rows {
        bytes += CanonicalCSV.line([row.framework, row.control, row.display, row.title, row.state, row.gap, row.record])
      }
      FileHandle.standardOutput.write(Data(bytes))
    case .table:
      let width = rows.map(\.control.count).max() ?? 0
      let stateWidth = rows.map(\.state.count).max() ?? 0
      var framework = ""
      for row in rows {
        if row.framework != framework {
          framework = row.framework
          let own = rows.filter { $0.framework == framework }
          let states = ControlState.allCases.compactMap { state in
            let n = own.count { $0.state == state.rawValue }
            return n == 0 ? nil : "\(n) \(state.rawValue)"
          }
          Terminal.result("\(framework): \(own.count) controls = \(states.joined(separator: " + "))")
        }
        Terminal.result("  \(row.control.filled(to: width))  \(row.state.filled(to: stateWidth))  \(row.gap)")
        if row.record != "–" {
          Terminal.result("  \("".filled(to: width))  \("".filled(to: stateWidth))  settled by: \(row.record)")
        }
      }
    }
  }
}

extension String {
  func filled(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
