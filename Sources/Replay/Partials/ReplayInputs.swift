package import EvidenceModel
package import Intake

/// A log as the splits of a plan see it.
package struct PlannedLog: Sendable {
  package var name: String
  /// As stored.
  package var bytes: Int
  package var compression: Compression
  package var format: DetectedFormat

  package init(name: String, bytes: Int, compression: Compression, format: DetectedFormat) {
    self.name = name
    self.bytes = bytes
    self.compression = compression
    self.format = format
  }
}

/// All that judging a split asks for besides the log itself, for one file that goes to the workers: the settings, the rules
/// of each version, the owners, the registers that replay asks, and what each log is. No text of a policy is in it.
package struct ReplayInputs: Sendable {
  package var settings: ReplaySettings
  package var records: Records
  package var logs: [PlannedLog]

  package init(settings: ReplaySettings, records: Records, logs: [PlannedLog]) {
    self.settings = settings
    self.records = records
    self.logs = logs
  }

  /// Writes the file, described in `docs/formats/splits.md`.
  package func write(to path: String, plan: ReplayPlan) throws(PartialError) {
    let writer = try PartialWriter(path: path)
    try writer.write(InputsHeader(plan).line)
    try writer.write(settingsLine)
    try writePolicy(to: writer)
    try writeOwners(to: writer)
    try writeInventory(to: writer)
    try writeLogs(to: writer)
    try writer.finish()
  }

  private var settingsLine: [PartialValue] {
    [
      .text("settings"), .text(settings.period.name), PartialValue(settings.period.from),
      PartialValue(settings.period.to),
      .text(settings.sampleSeed), .number(settings.sampleSize), .number(settings.attributeSampleSize),
      .texts(settings.sensitiveClasses), PartialValue(settings.maximumCostMicros.map { Int($0) }),
      .number(settings.secondsToSwitchOff),
    ]
  }

  private func writePolicy(to writer: PartialWriter) throws(PartialError) {
    for version in records.history.versions {
      try writer.write([
        .text("version"), .text(version.id), PartialValue(version.effectiveFrom), PartialValue(version.recordedAt),
        .number(version.isReadable ? 1 : 0),
      ])
      for rule in version.rules {
        try writer.write([
          .text("rule"), .text(rule.id), .number(rule.priority), .text(rule.agent), .text(rule.dataClass),
          .text(rule.tool), .number(Int(rule.minTokensIn)), .text(rule.action.rawValue), .texts(rule.escalateTo),
          .texts(rule.allowedJurisdictions), .text(rule.fromModel), .texts(rule.triggers), .texts(rule.claims),
        ])
      }
    }
  }

  private func writeOwners(to writer: PartialWriter) throws(PartialError) {
    var owners: ByName<Bool> = [:]
    for record in records.ownership.records {
      owners[record.owner] = true
      try writer.write([
        .text("owner"), .text(record.rulePattern), .text(record.owner), .text(record.role), PartialValue(record.from),
        PartialValue(record.to), .number(record.sequence), PartialValue(record.recordedAt),
      ])
    }
    for owner in owners.keys.sortedBytewise() {
      for absence in records.ownership.people.absences(of: owner) {
        try writer.write([
          .text("absence"), .text(owner), PartialValue(absence.from), PartialValue(absence.to),
        ])
      }
    }
  }

  private func writeInventory(to writer: PartialWriter) throws(PartialError) {
    let inventory = records.inventory
    for model in inventory.models.values.sorted(by: { $0.name.precedesBytewise($1.name) }) {
      try writer.write([
        .text("model"), .text(model.name), .number(model.tier), PartialValue(model.approvedFrom),
        PartialValue(model.retiredAt),
      ])
    }
    for alias in inventory.aliases.keys.sortedBytewise() {
      try writer.write([.text("alias"), .text(alias), .text(inventory.aliases[alias] ?? "")])
    }
    for key in inventory.deployments.keys.sortedBytewise() {
      guard let rows = inventory.deployments[key] else { continue }
      for (start, row) in zip(rows.starts, rows.values) {
        try writer.write([
          .text("deployment"), .text(key), .number(Int(start)), .text(row.name), .text(row.jurisdiction),
          PartialValue(row.hosting?.name), PartialValue(row.retiredAt),
        ])
      }
    }
    for (kind, register) in [("agent", inventory.agents), ("tool", inventory.tools)] {
      guard let register else { continue }
      try writer.write([.text("register"), .text(kind)])
      for entry in register.values.sorted(by: { $0.name.precedesBytewise($1.name) }) {
        try writer.write([
          .text(kind), .text(entry.name), PartialValue(entry.from), PartialValue(entry.retiredAt),
        ])
      }
    }
    for entry in records.registers.switchOffs ?? [] {
      try writer.write([
        .text("switch-off"), .text(entry.subjectKind.rawValue), .text(entry.subject), PartialValue(entry.at),
        PartialValue(entry.restoredAt),
      ])
    }
  }

  private func writeLogs(to writer: PartialWriter) throws(PartialError) {
    var written = Set(FieldMap.presets)
    for case .mapped(let map) in logs.map(\.format.format) where written.insert(map).inserted {
      try writer.write([.text("field-map"), .text(map.name), .text(map.text)])
    }
    for log in logs {
      try writer.write([
        .text("log"), .text(log.name), .number(log.bytes), .text(log.compression.rawValue),
        .text(log.format.format.identity), .text(log.format.shape.rawValue), PartialValue(log.format.envelope),
      ])
    }
  }
}

/// The first line of a file of inputs: what results made with it hold for.
struct InputsHeader: SealedHeader, Equatable {
  /// The version of the file's form.
  static let version = 1
  static let kind = "a file of inputs of version \(version)"

  var semantics: String
  var settings: String
  var policy: String
  var registers: String

  init(_ plan: ReplayPlan) {
    semantics = PlanBinding.semantics
    settings = plan.binding.settings.description
    policy = plan.binding.policy.description
    registers = plan.binding.registers.description
  }

  init?(_ line: [PartialValue]) {
    let texts = line.dropFirst(2).compactMap(\.text)
    guard line.count == 6, line[0].text == "tenure-inputs", line[1].number == Self.version, texts.count == 4 else {
      return nil
    }
    (semantics, settings, policy, registers) = (texts[0], texts[1], texts[2], texts[3])
  }

  var line: [PartialValue] {
    [
      .text("tenure-inputs"), .number(Self.version), .text(semantics), .text(settings), .text(policy), .text(registers),
    ]
  }
}

extension PartialValue {
  /// Microseconds, or nothing.
  init(_ instant: Instant?) { self.init(instant.map { Int($0.microseconds) }) }

  /// Nil where this is neither an instant nor nothing.
  var instant: Instant?? {
    switch self {
    case .number(let microseconds): .some(Instant(microseconds: Int64(microseconds)))
    case .none: .some(nil)
    default: nil
    }
  }
}
