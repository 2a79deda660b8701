internal import ArgumentParser
internal import EvidenceModel
internal import Foundation
internal import Intake

/// Works on field maps.
struct FieldmapCommand: DocumentedCommand {
  static let help = CommandHelp(
    examples: [
      "tenure fieldmap test maps/my-gateway.yaml logs/july.jsonl": "what a map makes of a log"
    ],
    endings: [
      .done: "the help is printed"
    ])

  static let configuration = CommandConfiguration(
    commandName: "fieldmap", abstract: "Works on field maps, which say how a routing log is read.",
    discussion: help.discussion, subcommands: [TestCommand.self, ListCommand.self, PrintCommand.self])

  struct ListCommand: DocumentedCommand {
    static let help = CommandHelp(
      examples: [
        "tenure fieldmap list": "names and titles"
      ],
      endings: [
        .done: "listed"
      ])

    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Lists the field maps that come with the program.",
      discussion: help.discussion)

    @Option(help: "How results are printed: text, json.")
    var format = OutputFormat.text

    func run() async throws {
      try await finish(format) {
        if format == .json {
          for map in FieldMap.presets { Terminal.event("field-map", map.members) }
        } else {
          list()
        }
        return .done
      }
    }

    private func list() {
      let width = FieldMap.presets.map(\.name.count).max() ?? 0
      for map in FieldMap.presets { Terminal.result("\(map.name.filled(to: width))  \(map.title)") }
    }
  }

  struct PrintCommand: DocumentedCommand {
    static let help = CommandHelp(
      examples: [
        "tenure fieldmap show portkey > maps/my-gateway.yaml": "a copy to change"
      ],
      endings: [
        .done: "printed",
        .couldNotFinish: "no such map",
      ])

    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Prints a field map, to begin one of your own with.",
      discussion: help.discussion)

    @Argument(
      help: ArgumentHelp("A field map of tenure fieldmap list.", valueName: "name"),
      completion: .custom { (_, _, _) async in FieldMap.presets.map(\.name) })
    var name: String

    @Option(help: "text prints the map itself; json an object that holds it.")
    var format = OutputFormat.text

    func run() async throws {
      try await finish(format) {
        guard let map = FieldMap.presets.first(where: { $0.name == name }) else { throw FieldmapCommand.unknown(name) }
        if format == .json {
          Terminal.event("field-map", map.members.merging(["text": .text(map.text)]) { $1 })
        } else {
          Terminal.result(bytes: Array(map.text.utf8))
        }
        return .done
      }
    }
  }

  struct TestCommand: DocumentedCommand {
    static let help = CommandHelp(
      examples: [
        "tenure fieldmap test maps/my-gateway.yaml logs/july.jsonl": "what a map of your own makes of a log",
        "tenure fieldmap test portkey export.jsonl --count 3": "the first three decisions by a map of the program",
      ],
      endings: [
        .done: "every record was read",
        .couldNotFinish: "the map or the log cannot be read",
        .findings: "records were rejected",
        .nothingToEvaluate: "no decision was read",
      ])

    static let configuration = CommandConfiguration(
      commandName: "test", abstract: "Shows what a field map makes of a log, and what it cannot read.",
      discussion: help.discussion)

    @Argument(
      help: ArgumentHelp("A field map's file, or a name of tenure fieldmap list.", valueName: "map"),
      completion: .file())
    var map: String

    @Argument(help: ArgumentHelp("The log.", valueName: "file"), completion: .file())
    var file: String

    @Option(
      help: ArgumentHelp("How many decisions, and how many rejects, are shown.", valueName: "number"))
    var count = 10

    @Option(help: "How the result is printed.")
    var format = OutputFormat.text

    func validate() throws {
      if count < 0 { throw ValidationError("--count takes a number from 0.") }
    }

    func run() async throws {
      try await finish(format) {
        let map = try FieldmapCommand.find(map)
        do {
          return try FieldMapTrial(map: map, format: format, most: count).run(file)
        } catch let error as SourceError {
          throw error.diagnostic(name: file)
        }
      }
    }
  }

  /// A preset by its name, or a map by its path.
  private static func find(_ name: String) throws(Diagnostic) -> FieldMap {
    if let preset = FieldMap.presets.first(where: { $0.name == name }) { return preset }
    guard FileManager.default.fileExists(atPath: name) else { throw unknown(name) }
    return try FieldMap(WholeFile(name: name, path: name))
  }

  private static func unknown(_ name: String) -> Diagnostic {
    Diagnostic(
      id: "field-map-unknown", file: name, summary: "is neither a field map of this version nor a file",
      nextStep: "tenure fieldmap list names the maps of this version.")
  }
}

extension FieldMap {
  fileprivate var members: [String: EventValue?] {
    ["name": .text(name), "title": .text(title), "sha256": .text(digest.description)]
  }
}

/// Reads a log by a field map and prints what came of it.
private struct FieldMapTrial {
  let map: FieldMap
  let format: OutputFormat
  let most: Int

  func run(_ file: String) throws -> ExitStatus {
    guard let detected = try RoutingLogFormat.detect(path: file, stated: .mapped(map)) else { return .couldNotFinish }
    var (decisions, rejects) = (0, 0)
    let reader = LogReader(try ByteSource(path: file), format: detected)
    var damage: SourceError?
    var passed = LogReader.Passed()
    do {
      passed = try reader.forEach(in: detected.format) { entry in
        switch entry {
        case .decision(let record, let position, _):
          decisions += 1
          if decisions <= most { show(record, position, decisions) }
        case .reject(let reject):
          rejects += 1
          if rejects <= most { show(reject, file) }
        }
      }
    } catch let error as SourceError {
      damage = error
    }
    show(file, detected, decisions, rejects, passed)
    if let damage { throw damage }
    return decisions == 0 ? .nothingToEvaluate : rejects > 0 ? .findings : .done
  }

  private func show(_ record: RoutingRecord, _ position: SourcePosition, _ number: Int) {
    let rows = record.rows
    if format == .json {
      var fields: [String: EventValue] = [
        "line": .whole(position.line), "byte_offset": .whole(position.byteOffset), "bytes": .whole(position.bytes),
      ]
      for row in rows {
        fields[row.field] = .text(row.value)
        if !row.how.isEmpty { fields[row.field + "_known"] = .text(row.how) }
      }
      return Terminal.event("decision", fields)
    }
    Terminal.result("decision \(number)  line \(position.line), byte \(position.byteOffset)")
    for row in rows {
      let line = "  \(row.field.filled(to: 15))  \(row.how.filled(to: 12))  \(row.value)"
      Terminal.result(String(line.reversed().drop { $0 == " " }.reversed()))
    }
  }

  private func show(_ reject: Reject, _ file: String) {
    if format == .json {
      return Terminal.event(
        "reject",
        [
          "line": .whole(reject.position.line), "byte_offset": .whole(reject.position.byteOffset),
          "bytes": .whole(reject.position.bytes), "reason": .text(reject.reason.rawValue),
          "summary": .text(reject.reason.words), "next_step": .text(reject.reason.nextStep),
        ])
    }
    Terminal.result(
      "reject  line \(reject.position.line), byte \(reject.position.byteOffset): \(reject.reason.words). \(reject.reason.nextStep)"
    )
  }

  private func show(
    _ file: String, _ detected: DetectedFormat, _ decisions: Int, _ rejects: Int, _ passed: LogReader.Passed
  ) {
    if format == .json {
      return Terminal.event(
        "tested",
        [
          "map": .text(map.name), "map_sha256": .text(map.digest.description), "log": .text(file),
          "shape": .text(detected.shapeName), "evidence": .text(detected.evidence), "decisions": .whole(decisions),
          "rejects": .whole(rejects), "folded": .whole(passed.folded), "other": .whole(passed.other),
          "blank": .whole(passed.blank),
        ])
    }
    Terminal.result("\(file), read by \(map.name) as \(detected.shapeName): \(detected.evidence)")
    Terminal.result(
      "decisions \(decisions), rejected \(rejects), part of another decision \(passed.folded), of another kind \(passed.other), blank \(passed.blank)"
    )
  }
}

extension RoutingRecord {
  /// Every field with its value and how that is known.
  fileprivate var rows: [(field: String, how: String, value: String)] {
    func how(_ field: RoutingFields, _ text: BorrowedText) -> String {
      text.isEmpty ? "empty" : known(field)
    }
    func row(_ name: String, _ field: RoutingFields, _ text: BorrowedText) -> (String, String, String) {
      (name, how(field, text), text.shortened)
    }
    return [
      ("ts", zoneAssumed ? "zone assumed" : "", at.description),
      ("request_id", "", requestID.shortened),
      row("agent", .agent, agent),
      row("requested_model", .requestedModel, requestedModel),
      row("served_model", .servedModel, servedModel),
      row("provider", .provider, provider),
      row("deployment", .deployment, deployment),
      row("rule_id", .claimedRule, claimedRule),
      row("escalated_from", .escalatedFrom, escalatedFrom),
      row("trigger", .trigger, trigger),
      row("data_class", .dataClass, dataClass),
      ("tools", tools.isEmpty ? "empty" : known(.tools), tools.prefix(20).map(\.shortened).joined(separator: ", ")),
      ("outcome", known(.outcome), outcome.name),
      ("tokens_in", "", String(tokensIn)),
      ("tokens_out", "", String(tokensOut)),
      ("cost_usd", "", String(format: "%.6f", Double(costMicros) / 1e6)),
    ]
  }

  private func known(_ field: RoutingFields) -> String {
    inferred.contains(field) ? "inferred" : matched.contains(field) ? "matched" : "logged"
  }
}

extension BorrowedText {
  /// For a terminal: a hostile log may hold megabytes.
  fileprivate var shortened: String {
    count <= 200 ? string : BorrowedText(start: start, count: 200).string + "…"
  }
}
