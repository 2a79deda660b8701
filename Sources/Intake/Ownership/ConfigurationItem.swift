internal import EvidenceModel

/// Who owned a configuration item of ServiceNow (formats.md §10.3), from an export of its table and of `sys_audit`. Described
/// in `docs/formats/servicenow.md`.
struct ConfigurationItem {
  /// The fields that name somebody, with the role and the kind of whom they name.
  private static let fields: [(name: String, role: String, kind: OwnerKind)] = [
    ("owned_by", OwnershipRecord.accountable, .person), ("support_group", "support-group", .team),
    ("managed_by", "managed-by", .person),
  ]

  /// From an instant on a field had a value, and that is how long it is known to have had it.
  private struct Stretch {
    var value: String
    var from: Instant
    var to: Instant?
    var source: String
    var line: Int
  }

  static func reading(
    of table: WholeFile, audit: WholeFile?, item: String
  ) throws(Diagnostic) -> OwnershipReading {
    let items = try CSVTable(table, required: ["sys_id", "name", "sys_created_on", "sys_updated_on"])
    let found = items.rows.filter {
      $0["sys_id"].utf8.elementsEqual(item.utf8) || $0["name"].utf8.elementsEqual(item.utf8)
    }
    guard let row = found.first, found.count == 1 else {
      throw Diagnostic(
        id: "servicenow-item-unclear", file: table.name,
        summary: "\(found.count) rows have \(item) as their sys_id or name", nextStep: "Name one item by its sys_id.")
    }
    guard let created = instant(row["sys_created_on"]), let updated = instant(row["sys_updated_on"]) else {
      throw Diagnostic(
        id: "servicenow-bad-instant", file: table.name, line: row.line, byteOffset: row.byteOffset,
        summary: "sys_created_on or sys_updated_on is no time such as 2026-02-19 07:05:41",
        nextStep: "Export values, not display values: their times are UTC.")
    }
    var reading = OwnershipReading()
    reading.diagnostics = items.diagnostics
    let changes = try audit.map { (file) throws(Diagnostic) in
      try readAudit(file, of: row["sys_id"], &reading.diagnostics)
    }
    var stretches: [[Stretch]] = []
    for field in fields {
      let now = Stretch(
        value: row[field.name], from: created == updated ? created : updated, source: table.name, line: row.line)
      stretches.append(
        history(
          of: now, created: created, changes: changes?.filter { $0.field == field.name } ?? [],
          audit: audit?.name ?? "",
          &reading.diagnostics))
    }
    reading.records = records(stretches)
    reading.inputs = [table, audit].compactMap(\.self).map { file in
      InputFile(
        kind: .ownership, name: file.name, format: "servicenow", bytes: file.bytes.count, digest: file.digest,
        records: file.name == table.name ? reading.records.count : changes?.count ?? 0)
    }
    return reading
  }

  /// `2026-02-19 07:05:41`, UTC.
  private static func instant(_ text: String) -> Instant? {
    var text = text.trimmed
    return text.withUTF8 { Instant.parseLenient(UnsafeRawBufferPointer($0))?.instant }
  }

  // MARK: The audit

  private struct Change {
    var field: String
    var old: String
    var new: String
    var at: Instant
    var line: Int
  }

  /// The changes of one item, by time. A row that cannot be read is left out.
  private static func readAudit(
    _ file: WholeFile, of item: String, _ diagnostics: inout [Diagnostic]
  ) throws(Diagnostic) -> [Change] {
    let table = try CSVTable(
      file, required: ["documentkey", "fieldname", "oldvalue", "newvalue", "sys_created_on"])
    diagnostics += table.diagnostics
    var changes: [Change] = []
    for row in table.rows where row["documentkey"].utf8.elementsEqual(item.utf8) {
      guard let at = instant(row["sys_created_on"]) else {
        diagnostics.append(
          Diagnostic(
            id: "servicenow-bad-instant", file: file.name, line: row.line, byteOffset: row.byteOffset,
            summary: "sys_created_on is no time such as 2026-02-19 07:05:41; the row was left out",
            nextStep: "Export values, not display values: their times are UTC."))
        continue
      }
      changes.append(
        Change(field: row["fieldname"], old: row["oldvalue"], new: row["newvalue"], at: at, line: row.line))
    }
    return changes.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
  }

  /// What a field held over time. Without changes on record the value is known from the last update of the row on, whatever
  /// that changed.
  private static func history(
    of now: Stretch, created: Instant, changes: [Change], audit: String, _ diagnostics: inout [Diagnostic]
  ) -> [Stretch] {
    guard let first = changes.first, let last = changes.last else { return [now] }
    var stretches = [Stretch(value: first.old, from: created, to: first.at, source: audit, line: first.line)]
    for (change, next) in zip(changes, changes.dropFirst().map(Optional.some) + [nil]) {
      stretches.append(
        Stretch(value: change.new, from: change.at, to: next?.at, source: audit, line: change.line))
    }
    guard !last.new.utf8.elementsEqual(now.value.utf8) else { return stretches }
    diagnostics.append(
      Diagnostic(
        id: "servicenow-audit-incomplete", file: audit, line: last.line,
        summary: "the last change of \(last.field) on record gives another value than the item has",
        nextStep: "Export the whole audit, and values of one kind: both names, or both ids."))
    stretches[stretches.count - 1].to = now.from
    return stretches + [now]
  }

  // MARK: Records

  private static func records(_ stretches: [[Stretch]]) -> [OwnershipRecord] {
    var records: [OwnershipRecord] = []
    func add(_ stretch: Stretch, _ role: String, _ kind: OwnerKind, from: Instant, to: Instant?) {
      if let to, to <= from { return }
      records.append(
        OwnershipRecord(
          rulePattern: "*", owner: stretch.value, role: role, from: from, to: to, sequence: records.count + 1,
          recordedAt: from, source: stretch.source, line: stretch.line, provenance: .inferred, ownerKind: kind))
    }
    for (field, stretches) in zip(fields, stretches) {
      for stretch in stretches where RuleList.isName(stretch.value) {
        add(stretch, field.role, field.kind, from: stretch.from, to: stretch.to)
      }
    }
    return records
  }
}
