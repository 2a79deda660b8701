package import EvidenceModel

/// The rule table: one CSV with the rules of all versions, one with the versions. Described in `docs/formats/rule-table.md`.
package enum RuleTable {
  package static func read(
    rules rulesFile: WholeFile, versions versionsFile: WholeFile
  ) throws(Diagnostic) -> (versions: [PolicyVersion], diagnostics: [Diagnostic]) {
    let versionTable = try CSVTable(versionsFile, required: ["version", "effective_from"])
    let rules = Rules(try CSVTable(rulesFile, required: ["version", "rule_id", "action"]))
    var diagnostics = versionTable.diagnostics + rules.diagnostics
    var versions: [PolicyVersion] = []
    var seen = Set<String>()
    var zoneAssumed = 0
    for row in versionTable.rows {
      var reader = RowReader(versionTable, row)
      let id = reader.name("version")
      let approved = row["approved_by"]
      let version = PolicyVersion(
        id: id, effectiveFrom: reader.instant("effective_from"),
        recordedAt: reader.optionalInstant("recorded_at"), author: row["author"].nilIfEmpty,
        approvedBy: approved.split(separator: "|").map { $0.trimmed },
        approvedAt: reader.optionalInstant("approved_at"), ticket: row["ticket"].nilIfEmpty,
        note: row["note"].nilIfEmpty.map(SecretRedaction.redact),
        source: "\(rulesFile.name), \(versionsFile.name):\(row.line)",
        text: "", digest: rules.digest(of: id), isReadable: !rules.unreadable.contains(id),
        rules: rules.unreadable.contains(id) ? [] : rules.byVersion[id] ?? [],
        statesApprovals: versionTable.columns["approved_by"] != nil)
      zoneAssumed += reader.zoneAssumed
      guard reader.problems.isEmpty else {
        diagnostics += reader.problems
        continue
      }
      guard seen.insert(id).inserted else {
        diagnostics.append(
          Diagnostic(
            id: "policy-version-twice", file: versionTable.name, line: row.line, byteOffset: row.byteOffset,
            summary: "version \(id) stands twice; the row was left out", nextStep: "Give each version an id of its own."
          ))
        continue
      }
      versions.append(version)
    }
    diagnostics += versionTable.zoneWarning(zoneAssumed)
    for orphan in rules.byVersion.keys.filter({ !seen.contains($0) }).sorted() {
      diagnostics.append(
        Diagnostic(
          id: "policy-version-unknown", severity: .warning, file: rulesFile.name,
          summary: "rules of version \(orphan), which \(versionTable.name) does not list, were left out",
          nextStep: "Add the version with its effective_from, or remove its rules."))
    }
    return (versions, diagnostics)
  }

  /// The rules of all versions.
  private struct Rules {
    var byVersion: [String: [Rule]] = [:]
    /// Versions of which a rule cannot be read; replay needs every rule.
    var unreadable = Set<String>()
    var diagnostics: [Diagnostic]
    private var digests: [String: Hasher256] = [:]

    init(_ table: CSVTable) {
      diagnostics = table.diagnostics
      for row in table.rows {
        var reader = RowReader(table, row)
        let version = reader.name("version")
        let rule = RuleTable.rule(&reader)
        var text = RuleTable.rowText(table, row) + "\n"
        text.withUTF8 { digests[version, default: Hasher256()].update(UnsafeRawBufferPointer($0)) }
        guard let rule, reader.problems.isEmpty else {
          unreadable.insert(version)
          diagnostics += reader.problems
          if rule == nil {
            diagnostics.append(
              Diagnostic(
                id: "policy-unknown-action", file: table.name, line: row.line, byteOffset: row.byteOffset,
                summary:
                  "the action is none of allow, escalate, block, permit, or an escalation names no single model; version \(version) cannot be replayed",
                nextStep: "Correct action and escalate_to."))
          }
          continue
        }
        if byVersion[version, default: []].contains(where: { $0.id == rule.id }) {
          unreadable.insert(version)
          diagnostics.append(
            Diagnostic(
              id: "policy-rule-twice", file: table.name, line: row.line, byteOffset: row.byteOffset,
              summary: "\(rule.id) stands twice in version \(version); the version cannot be replayed",
              nextStep: "Keep one row a rule and version."))
        }
        byVersion[version, default: []].append(rule)
      }
    }

    func digest(of version: String) -> Digest { digests[version]?.finish() ?? Digest(of: "") }
  }

  private static func rule(_ reader: inout RowReader) -> Rule? {
    let row = reader.row
    guard let action = Action(rawValue: row["action"].trimmed) else { return nil }
    func anything(_ column: String) -> String { row[column].isEmpty ? "*" : row[column] }
    func list(_ column: String) -> [String] {
      let values = row[column].split(separator: "|").map { $0.trimmed }
      return values.isEmpty || values.contains("*") ? ["*"] : values
    }
    let targets = row["escalate_to"].split(separator: "|").map { $0.trimmed }
    if action == .escalate, targets.count != 1 { return nil }
    return Rule(
      id: reader.name("rule_id"), priority: reader.integer("priority", default: 0),
      agent: anything("agent"), dataClass: anything("data_class"), tool: anything("tool"),
      minTokensIn: Int64(reader.integer("min_tokens_in", default: 0)), action: action,
      escalateTo: targets, allowedJurisdictions: list("allowed_jurisdictions"),
      fromModel: anything("from"), triggers: list("triggers"))
  }

  private static func rowText(_ table: CSVTable, _ row: CSVTable.Row) -> String {
    table.columns.sorted { $0.value < $1.value }.map { row[$0.key] }.joined(separator: "\u{1F}")
  }
}

extension String {
  var nilIfEmpty: String? { isEmpty ? nil : self }
}
