package import EvidenceModel

/// The columns of incidents, and the names under which Jira, ServiceNow and PagerDuty export them, Jira in English and German.
private enum IncidentColumn {
  static let id = ["id", "issue_key", "vorgangsschlüssel", "number", "nummer"]
  static let owner = ["owner", "assignee", "zugewiesene_person", "bearbeiter", "assigned_to", "zugewiesen_an"]
  static let started = ["started_at", "custom_field_(started_at)"]
  static let noticed = ["noticed_at", "opened_at", "created_on", "created", "erstellt", "opened", "geöffnet"]
  static let ended = ["ended_at", "resolved_at", "resolved_on", "resolved", "erledigt", "closed_at", "closed"]
  static let rules = ["rules", "custom_field_(rules)"]
  static let labels = ["labels", "stichwörter"]
  static let decisions = ["decisions", "custom_field_(decisions)"]
  static let followUp = ["follow_up", "custom_field_(follow_up)"]
  static let summary = ["summary", "zusammenfassung", "short_description", "kurzbeschreibung", "title", "description"]
  static let table = ["table_name", "sys_class_name"]
}

/// Reads incidents about routing: Tenure's own table (`id` and, where kept,
/// `owner,started_at,noticed_at,ended_at,rules,decisions,follow_up,summary`), exports of Jira and ServiceNow as CSV, of
/// PagerDuty and ServiceNow as JSON. Described in `docs/formats/registers.md`.
package func readIncidentRegister(_ file: WholeFile) throws(Diagnostic) -> Register<Incident> {
  let (table, format, problems) = try incidentTable(file)
  guard let id = table.column(IncidentColumn.id) else {
    try table.requireColumns([["id"]])
    return Register()
  }
  func column(_ names: [String]) -> String { table.column(names) ?? names[0] }
  let (owner, started, noticed) = (
    column(IncidentColumn.owner), column(IncidentColumn.started), column(IncidentColumn.noticed)
  )
  // A time of closing counts where no time of resolving is kept.
  let ended = IncidentColumn.ended.filter { table.columns[$0] != nil }
  let (rules, decisions) = (column(IncidentColumn.rules), column(IncidentColumn.decisions))
  let (followUp, summary, kind) = (
    column(IncidentColumn.followUp), column(IncidentColumn.summary), column(IncidentColumn.table)
  )
  let labels = table.places(of: IncidentColumn.labels)
  var found = Register<Incident?>()
  found.read(table) { reader in
    // A table export of ServiceNow may hold changes and tasks too.
    let words = reader.row[kind].trimmed.lowercased()
    guard words.isEmpty || ["incident", "problem", "störung"].contains(words) else { return nil }
    let end = ended.first { !reader.row[$0].trimmed.isEmpty }
    let named = labels.compactMap { place -> NamePattern? in
      let label = reader.row[place].trimmed
      return label.hasPrefix("rule:") ? NamePattern(String(label.dropFirst("rule:".count))) : nil
    }
    return Incident(
      id: reader.name(id), owner: reader.row[owner].trimmed.nilIfEmpty, startedAt: reader.optionalInstant(started),
      noticedAt: reader.optionalInstant(noticed), endedAt: end.flatMap { reader.optionalInstant($0) },
      rules: reader.patterns(rules) + named, decisions: reader.optionalInteger(decisions),
      followUp: reader.row[followUp].trimmed.nilIfEmpty, summary: reader.row[summary], place: reader.place)
  }
  var register = Register<Incident>()
  register.entries = found.entries.compactMap(\.self)
  register.diagnostics = problems + found.diagnostics
  register.format = format
  let others = found.entries.count - register.entries.count
  if others > 0 {
    register.note = "\(others) \(others == 1 ? "row is" : "rows are") of another table than incident or problem"
  }
  return register
}

/// Reads events after which rules have to be reviewed: `id,kind,at` and, where kept, `rules,days_allowed,summary`, the kind
/// being `incident`, `prompt-change`, `integration` or `model-change`; or incidents, in each form in which these are read.
package func readTriggerRegister(_ file: WholeFile) throws(Diagnostic) -> Register<ReviewTrigger> {
  var register = Register<ReviewTrigger>()
  if !JSONExport.isJSON(file) {
    let table = try CSVTable(file, required: [])
    let isIncidents = table.column(IncidentColumn.noticed + IncidentColumn.started) != nil
    if !isIncidents || table.columns["kind"] != nil {
      try table.requireColumns([["id"], ["kind"], ["at"]])
      register.read(table) { reader in
        ReviewTrigger(
          id: reader.name("id"), kind: reader.choice("kind", default: .incident), at: reader.instant("at"),
          rules: reader.patterns("rules", default: "*"), daysAllowed: reader.optionalInteger("days_allowed"),
          summary: reader.row["summary"], place: reader.place)
      }
      return register
    }
  }
  let incidents = try readIncidentRegister(file)
  register.format = incidents.format
  register.note = incidents.note
  register.diagnostics = incidents.diagnostics
  for incident in incidents.entries {
    guard let at = incident.noticedAt ?? incident.startedAt ?? incident.endedAt else {
      register.diagnostics.append(
        Diagnostic(
          id: "trigger-undated", file: file.name, line: incident.place.line,
          summary: "\(incident.id) has no time, so no review can be due after it; it was left out",
          nextStep: "State when it was noticed."))
      continue
    }
    register.entries.append(
      ReviewTrigger(
        id: incident.id, kind: .incident, at: at, rules: incident.rules.isEmpty ? [NamePattern("*")] : incident.rules,
        summary: incident.summary, place: incident.place))
  }
  return register
}

// MARK: - Tables

private func incidentTable(
  _ file: WholeFile
) throws(Diagnostic) -> (table: CSVTable, format: String, problems: [Diagnostic]) {
  guard JSONExport.isJSON(file) else {
    let table = try CSVTable(file, required: [])
    let format: String =
      switch table.column(IncidentColumn.id) {
      case "issue_key", "vorgangsschlüssel": "jira"
      case "number", "nummer": "servicenow"
      default: table.columns["incident_number"] == nil ? "csv" : "pagerduty"
      }
    return (table, format, [])
  }
  var records: [(line: Int, byteOffset: Int, fields: [String])] = []
  var formats: [String: Int] = [:]
  var unknown = 0
  var problems = try JSONExport(file: file).forEach { record, line, byteOffset in
    guard let format = IncidentFormat(record) else {
      unknown += 1
      return
    }
    formats[format.rawValue, default: 0] += 1
    records.append((line, byteOffset, format.fields(of: record)))
  }
  guard let format = formats.keys.sortedBytewise().max(by: { formats[$0, default: 0] < formats[$1, default: 0] }) else {
    throw problems.first
      ?? Diagnostic(
        id: "incidents-unknown-format", file: file.name, line: 1,
        summary: "its records are neither incidents of PagerDuty nor rows of ServiceNow",
        nextStep: "Export one of these, or write a table with the columns id, owner, noticed_at, ended_at.")
  }
  if unknown > 0 {
    problems.append(
      Diagnostic(
        id: "incidents-other-records", severity: .warning, file: file.name,
        summary: "\(unknown) \(unknown == 1 ? "record is" : "records are") of another kind; they were passed over",
        nextStep: "Check that the file holds what it should."))
  }
  return (CSVTable(name: file.name, columns: IncidentFormat.columns, records: records), format, problems)
}

/// An incident in JSON.
enum IncidentFormat: String {
  case pagerDuty = "pagerduty"
  case serviceNow = "servicenow"

  static let columns = ["id", "owner", "noticed_at", "ended_at", "summary", "table_name"]

  /// By its members; nil for anything else.
  init?(_ record: JSONNode) {
    if !record["incident_number"].isMissing, !record["created_at"].isMissing {
      self = .pagerDuty
    } else if !record["number"].isMissing, !record["short_description"].isMissing {
      self = .serviceNow
    } else {
      return nil
    }
  }

  /// In the order of `columns`.
  func fields(of record: JSONNode) -> [String] {
    switch self {
    case .pagerDuty:
      let assignee = record["assignments"].elements.first?["assignee"]["summary"].string
      return [
        record["id"].string ?? "", assignee ?? "", record["created_at"].string ?? "",
        record["resolved_at"].string ?? "", record["title"].string ?? "", "",
      ]
    case .serviceNow:
      let resolved = Self.time(record["resolved_at"])
      return [
        Self.text(record["number"]), Self.text(record["assigned_to"]), Self.time(record["opened_at"]),
        resolved.isEmpty ? Self.time(record["closed_at"]) : resolved, Self.text(record["short_description"]),
        record["table_name"].isMissing ? Self.text(record["sys_class_name"]) : Self.text(record["table_name"]),
      ]
    }
  }

  /// What people see, where a value is kept beside it.
  private static func text(_ node: JSONNode) -> String {
    node.string ?? node["display_value"].string ?? node["value"].string ?? ""
  }

  /// `value` is in UTC where it is written as ServiceNow writes it; `display_value` is in the zone and form of whoever exported.
  private static func time(_ node: JSONNode) -> String {
    guard let value = node["value"].string else { return node.string ?? node["display_value"].string ?? "" }
    let utc = value.split(separator: " ").joined(separator: "T") + "Z"
    return Instant(rfc3339: utc) == nil ? value : utc
  }
}

extension CSVTable {
  /// Where columns of these names stand; several may have one name.
  fileprivate func places(of names: [String]) -> [Int] {
    columnNames.indices.filter { names.contains(columnNames[$0]) }
  }
}
