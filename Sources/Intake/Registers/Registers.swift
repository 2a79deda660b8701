package import EvidenceModel

/// A register after reading: what it says, and what is wrong with it.
package struct Register<Entry: Sendable>: Sendable {
  package var entries: [Entry] = []
  package var diagnostics: [Diagnostic] = []
  /// What the file is, as the pack names it.
  package var format = "csv"
  /// What else the pack says of the file.
  package var note: String?

  mutating func read(
    _ file: WholeFile, required: [String], _ makeEntry: (inout RowReader) -> Entry
  ) throws(Diagnostic) {
    read(try CSVTable(file, required: required), makeEntry)
  }

  mutating func read(_ table: CSVTable, _ makeEntry: (inout RowReader) -> Entry) {
    diagnostics += table.diagnostics
    var zoneAssumed = 0
    for row in table.rows {
      var reader = RowReader(table, row)
      let entry = makeEntry(&reader)
      zoneAssumed += reader.zoneAssumed
      if reader.problems.isEmpty { entries.append(entry) } else { diagnostics += reader.problems }
    }
    diagnostics += table.zoneWarning(zoneAssumed)
  }
}

/// The ownership register: `rule_id,owner,from,to` and, where kept, `seq,role,recorded_at`, or an OSCAL component definition.
/// Described in `docs/formats/registers.md` and `docs/formats/oscal-components.md`.
package func readOwnershipRegister(_ file: WholeFile) throws(Diagnostic) -> Register<OwnershipRecord> {
  var register = Register<OwnershipRecord>()
  if ComponentDefinition.isOne(file) {
    register = try ComponentDefinition(file).owners
  } else {
    try readOwners(file, &register)
  }
  for entry in register.entries {
    if let to = entry.to, to <= entry.from {
      register.diagnostics.append(
        Diagnostic(
          id: "ownership-ends-before-it-begins", severity: .warning, file: file.name, line: entry.line,
          summary: "the interval ends before it begins, so it covers no instant",
          nextStep: "Correct from or to; `to` is the first instant no longer covered."))
    }
  }
  return register
}

private func readOwners(_ file: WholeFile, _ register: inout Register<OwnershipRecord>) throws(Diagnostic) {
  try register.read(file, required: ["rule_id", "owner", "from"]) { reader in
    let pattern = reader.name("rule_id")
    let from = reader.instant("from")
    let to = reader.optionalInstant("to")
    let role = reader.row["role"].trimmed
    return OwnershipRecord(
      rulePattern: pattern, owner: reader.name("owner"), role: role.isEmpty ? "accountable" : role,
      from: from, to: to, sequence: reader.integer("seq", default: reader.row.line),
      recordedAt: reader.optionalInstant("recorded_at"), source: file.name, line: reader.row.line,
      provenance: NamePattern(pattern).isPattern ? .inferred : .matched)
  }
}

/// The alias table of people: `alias,person`. Two spellings are one party where a row says so, and nowhere else.
package func readIdentityRegister(_ file: WholeFile) throws(Diagnostic) -> Register<Identity> {
  var register = Register<Identity>()
  try register.read(file, required: ["alias", "person"]) { reader in
    Identity(alias: reader.name("alias"), person: reader.name("person"), place: reader.place)
  }
  return register
}

/// The model inventory: `model,tier` and, where kept, `aliases` separated by `|`, `owner,approved_from,retired_at`.
package func readModelRegister(_ file: WholeFile) throws(Diagnostic) -> Register<(model: Model, aliases: [String])> {
  var register = Register<(model: Model, aliases: [String])>()
  try register.read(file, required: ["model", "tier"]) { reader in
    (
      Model(
        name: reader.name("model"), tier: reader.integer("tier", default: 0), owner: reader.row["owner"].nilIfEmpty,
        approvedFrom: reader.optionalInstant("approved_from"), retiredAt: reader.optionalInstant("retired_at")),
      reader.row["aliases"].split(separator: "|").map { $0.trimmed }.filter { !$0.isEmpty }
    )
  }
  return register
}

/// The alias table: `alias,model`.
package func readAliasRegister(_ file: WholeFile) throws(Diagnostic) -> Register<(alias: String, model: String)> {
  var register = Register<(alias: String, model: String)>()
  try register.read(file, required: ["alias", "model"]) { reader in
    (reader.name("alias"), reader.name("model"))
  }
  return register
}

/// The deployment register: `deployment,provider,jurisdiction,effective_from`; a row holds until the next one of its deployment.
package func readDeploymentRegister(_ file: WholeFile) throws(Diagnostic) -> Register<Deployment> {
  var register = Register<Deployment>()
  try register.read(file, required: ["deployment", "jurisdiction"]) { reader in
    Deployment(
      name: reader.name("deployment"), provider: reader.row["provider"],
      jurisdiction: reader.name("jurisdiction"),
      effectiveFrom: reader.optionalInstant("effective_from") ?? Instant(microseconds: .min / 2),
      endpoint: reader.row["endpoint"].nilIfEmpty, hosting: Hosting(name: reader.row["hosting"]),
      owner: reader.row["owner"].nilIfEmpty, environment: reader.row["environment"].nilIfEmpty,
      retiredAt: reader.optionalInstant("retired_at"))
  }
  return register
}

/// An inventory of agents or tools: its name and, where kept, `owner,from,retired_at`.
///
/// - Parameter column: the column of the name.
package func readInventoryRegister(_ file: WholeFile, of column: String) throws(Diagnostic) -> Register<InventoryEntry>
{
  var register = Register<InventoryEntry>()
  try register.read(file, required: [column]) { reader in
    InventoryEntry(
      name: reader.name(column), owner: reader.row["owner"].nilIfEmpty, from: reader.optionalInstant("from"),
      retiredAt: reader.optionalInstant("retired_at"))
  }
  return register
}

/// The register of accepted exceptions: `check,subject,approver,from,until` and, where kept, `reason,requested_by`, or an
/// OSCAL component definition. An empty approver or end is kept as it is, for a check to find.
package func readExceptionRegister(_ file: WholeFile) throws(Diagnostic) -> Register<AcceptedException> {
  if ComponentDefinition.isOne(file) { return try ComponentDefinition(file).exceptions }
  var register = Register<AcceptedException>()
  try register.read(file, required: ["check", "subject", "approver", "from", "until"]) { reader in
    AcceptedException(
      check: reader.name("check"), subject: reader.name("subject"), approver: reader.row["approver"].trimmed,
      reason: reader.row["reason"].trimmed, from: reader.instant("from"), until: reader.optionalInstant("until"),
      requestedBy: reader.row["requested_by"].nilIfEmpty, place: reader.place)
  }
  return register
}
