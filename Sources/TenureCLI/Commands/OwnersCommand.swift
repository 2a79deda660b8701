internal import ArgumentParser
internal import EvidenceModel
internal import Foundation
internal import Intake

/// Who owned a rule at an instant, as known now and, where asked, as known at another instant.
struct OwnersCommand: DocumentedCommand {
  static let help = CommandHelp(
    examples: [
      "tenure owners pii-to-trusted --at 2026-08-12T09:30:00Z": "who owned a rule then",
      "tenure owners pii-to-trusted --at 2026-08-24 --as-known-at 2026-08-20":
        "also whom the records named on the 20th, and what was recorded since",
    ],
    endings: [
      .done: "somebody owned it",
      .couldNotFinish: "no such rule, or an input cannot be read",
      .findings: "nobody owned it, or the owner had left, as known now",
    ])

  static let configuration = CommandConfiguration(
    commandName: "owners", abstract: "Says who owned a rule at an instant, and by which record.",
    discussion: help.discussion)

  @Argument(help: ArgumentHelp("The rule's id.", valueName: "rule"), completion: NameCompletion.rule)
  var rule: String

  @Option(help: ArgumentHelp("An RFC 3339 instant, or a date, which means 00:00:00 UTC.", valueName: "instant"))
  var at: String

  @Option(
    help: ArgumentHelp("An instant or a date; what the records said by then is printed too.", valueName: "instant"))
  var asKnownAt: String?

  @Option(help: "table or json (one object).")
  var format = AnswerFormat.table

  @OptionGroup var inputs: InputOptions

  func validate() throws {
    for text in [at, asKnownAt].compactMap(\.self) where Instant(dateOrInstant: text) == nil {
      throw ValidationError(
        "\(text) is neither a date nor an RFC 3339 instant. Write 2026-08-12 or 2026-08-12T09:30:00Z.")
    }
  }

  func run() async throws {
    try await finish(format.talk) {
      guard let instant = Instant(dateOrInstant: at) else { return .couldNotFinish }
      let plan = try RunPlan(inputs, outFlag: nil, keepStore: false)
      let records = await plan.inputs.read()
      Terminal.diagnostics(records.diagnostics, as: format.talk)
      guard records.history.ruleIDs.contains(where: { $0.utf8.elementsEqual(rule.utf8) }) else {
        throw CommandEnd.failed(
          "No version of the policy has a rule \(rule). Known rules: \(records.history.ruleIDs.sortedBytewise().prefix(20).joined(separator: ", "))."
        )
      }
      let answer = OwnershipAnswer(
        records, rule: rule, at: instant, knownAt: asKnownAt.flatMap { Instant(dateOrInstant: $0) })
      switch format {
      case .table: for line in answer.lines { Terminal.result(line) }
      case .json: Terminal.event("owners", answer.members)
      }
      return answer.status == .owned ? .done : .findings
    }
  }
}

/// Who owned a rule at an instant, with the records that say so.
private struct OwnershipAnswer {
  let rule: String
  let instant: Instant
  let knownAt: Instant?
  let version: PolicyVersion?
  let now: EvidenceModel.Tenure?
  /// Who decided with the records of `knownAt` alone.
  let then: EvidenceModel.Tenure?
  /// Every other record that covers the instant.
  let others: [EvidenceModel.Tenure]
  let status: OwnerStatus
  let leftAt: Instant?
  private let ownership: OwnershipHistory

  init(_ records: Records, rule: String, at instant: Instant, knownAt: Instant?) {
    self.rule = rule
    self.instant = instant
    self.knownAt = knownAt
    let tenures = records.ownership.tenures(of: rule)
    version = records.history.inForce.value(at: instant.microseconds).map { records.history.versions[$0] }
    let now = OwnershipHistory.deciding(among: tenures, at: instant)
    self.now = now
    then = knownAt.flatMap { OwnershipHistory.deciding(among: tenures, at: instant, knownAt: $0) }
    others = tenures.filter { $0 != now && $0.record.covers(instant) }
    status = now.map { records.ownership.status(of: $0.record.owner, at: instant) } ?? .none
    leftAt = now.flatMap { now in
      records.ownership.people.absences(of: now.record.owner).first { $0.covers(instant) }?.from
    }
    ownership = records.ownership
  }

  private var hasRule: Bool { version?.rules.contains { $0.id.utf8.elementsEqual(rule.utf8) } ?? false }

  // MARK: For people

  var lines: [String] {
    var lines = [
      line("rule", rule), line("at", "\(instant)"),
      line("version", version.map { $0.id + (hasRule ? "" : ", which does not have the rule") } ?? "none in force"),
    ]
    if let now {
      let record = now.record
      lines += [
        line("owner", record.owner + (record.ownerKind.map { " (\($0.rawValue))" } ?? "")),
        line("status", status.name + (status == .departed ? leftAt.map { ", left at \($0)" } ?? "" : "")),
        line("basis", basis(now)), line("since", "\(record.from)\(record.to.map { ", until \($0)" } ?? "")"),
        line("record", "\(record.place), \(record.provenance.rawValue)"),
      ]
      if let recorded = record.recordedAt {
        lines.append(line("recorded", "\(recorded)\(record.isBackdated ? ", later than it took effect" : "")"))
      }
    } else {
      lines.append(line("owner", "nobody on record"))
    }
    if let knownAt { lines += comparison(knownAt) }
    return lines
      + others.map {
        line("also", "\($0.record.owner), \($0.record.role), since \($0.record.from) (\($0.record.place))")
      }
  }

  private func basis(_ tenure: EvidenceModel.Tenure) -> String { ownership.basis(of: tenure, at: instant).rawValue }

  private func comparison(_ knownAt: Instant) -> [String] {
    var lines = [line("known at", "\(knownAt)"), line("then", then.map { claim($0.record) } ?? "nobody on record")]
    if then == now {
      lines.append(line("changed", "nothing since"))
    } else if let record = now?.record {
      lines.append(line("changed", claim(record)))
    }
    return lines
  }

  private func claim(_ record: OwnershipRecord) -> String {
    let recorded = record.recordedAt.map { "recorded \($0)" } ?? "which does not say when it was recorded"
    return "\(record.owner), since \(record.from) (\(record.place)), \(recorded)"
  }

  private func line(_ name: String, _ value: String) -> String {
    name.padding(toLength: 10, withPad: " ", startingAt: 0) + value
  }

  // MARK: For programs

  /// Described in `docs/events.md`.
  var members: [String: EventValue?] {
    [
      "rule": .text(rule), "at": .text("\(instant)"), "policy_version": version.map { .text($0.id) },
      "has_rule": .flag(hasRule), "status": .text(status.name),
      "left_at": status == .departed ? leftAt.map { .text("\($0)") } : nil, "owner": now.map(object),
      "known_at": knownAt.map { .text("\($0)") }, "owner_then": then.map(object),
      // Whether another record decides now than then.
      "changed": knownAt.map { _ in .flag(then != now) }, "others": .list(others.map(object)),
    ]
  }

  private func object(_ tenure: EvidenceModel.Tenure) -> EventValue { tenure.record.object(basis: basis(tenure)) }
}

extension OwnershipRecord {
  fileprivate var place: String { line > 0 ? "\(source):\(line)" : source }

  fileprivate func object(basis: String) -> EventValue {
    .object([
      "owner": .text(owner), "role": .text(role), "owner_kind": ownerKind.map { .text($0.rawValue) },
      "basis": .text(basis), "from": .text("\(from)"), "to": to.map { .text("\($0)") }, "source": .text(source),
      "line": line > 0 ? .whole(line) : nil, "how": .text(provenance.rawValue),
      "recorded_at": recordedAt.map { .text("\($0)") }, "backdated": .flag(isBackdated),
    ])
  }
}
