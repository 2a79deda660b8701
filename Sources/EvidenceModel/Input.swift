/// A file or repository that a run read, named by digest.
package struct InputFile: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    case routingLog = "routing-log"
    case policy, ownership, people, identities, models, deployments, agents, tools, exceptions, reviews, triggers,
      incidents
    case changes, writers, credentials, terms, escalations, retention, tolerances
    case switchOffs = "switch-offs"
    case legalHolds = "legal-holds"
    case logDigests = "log-digests"
    case controlTotals = "control-totals"
    case modelAliases = "aliases"
  }

  package var kind: Kind
  /// As the configuration names it; a configuration with relative paths keeps machines out of the pack.
  package var name: String
  package var format: String
  package var bytes: Int?
  /// Nil when the input could not be read.
  package var digest: Digest?
  package var records: Int
  package var note: String?

  package init(
    kind: Kind, name: String, format: String, bytes: Int?, digest: Digest?, records: Int,
    note: String? = nil
  ) {
    self.kind = kind
    self.name = name
    self.format = format
    self.bytes = bytes
    self.digest = digest
    self.records = records
    self.note = note
  }
}

/// Everything that decides how a line is judged, read and ready.
package struct Records: Sendable {
  package var history: PolicyHistory
  package var ownership: OwnershipHistory
  package var inventory: Inventory
  package var acceptedExceptions: [AcceptedException]
  package var controlTotals: [ControlTotals]
  package var registers: Registers
  package var inputs: [InputFile]
  package var diagnostics: [Diagnostic]

  package init(
    history: PolicyHistory, ownership: OwnershipHistory, inventory: Inventory,
    acceptedExceptions: [AcceptedException], controlTotals: [ControlTotals] = [], registers: Registers = Registers(),
    inputs: [InputFile], diagnostics: [Diagnostic]
  ) {
    self.history = history
    self.ownership = ownership
    self.inventory = inventory
    self.acceptedExceptions = acceptedExceptions
    self.controlTotals = controlTotals
    self.registers = registers
    self.inputs = inputs
    self.diagnostics = diagnostics
  }
}

/// An independent total: what somebody else's books say of days and models.
package struct ControlTotals: Sendable {
  /// The file, as the configuration names it.
  package var name: String
  /// Which logs it covers: a path or pattern as in `routing-logs`; nil is all of them.
  package var covers: String?
  package var rows: [ControlTotal]

  package init(name: String, covers: String?, rows: [ControlTotal]) {
    self.name = name
    self.covers = covers
    self.rows = rows
  }
}
