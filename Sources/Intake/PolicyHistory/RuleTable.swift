package import EvidenceModel

/// The rule table: one CSV with the rules of all versions, one with the versions. Described in `docs/formats/rule-table.md`.
package enum RuleTable {
  package static func read(
    rules rulesFile: WholeFile, versions versionsFile: WholeFile
  ) throws(Diagnostic) -> (versions: [PolicyVersion], diagnostics: [Diagnostic]) {
    let versionTable = try CSVTable(versionsFile, required: ["version", "effective_from"])
    let ruleTable = try CSVTable(rulesFile, required: ["version", "rule_id", "action"])
    var diagnostics = versionTable.diagnostics + ruleTable.diagnostics
    var rulesByVersion: [String: [Rule]] = [:]
    var digestByVersion: [String: Hasher256] = [:]
    var unreadable = Set<String>()

    for row in ruleTable.rows {
      var reader = RowReader(ruleTable, row)
      let version = reader.name("version")
      let rule = self.rule(&reader)
      var text = rowText(ruleTable, row) + "\n"
      text.withUTF8 { digestByVersion[version, default: Hasher256()].update(UnsafeRawBufferPointer($0)) }
      if let rule, reader.problems.isEmpty {
        if rulesByVersion[version, default: []].contains(where: { $0.id == rule.id }) {
          diagnostics.append(
            Diagnostic(
              id: "policy-rule-twice", file: ruleTable.name, line: row.line, byteOffset: row.byteOffset,
              summary: "\(rule.id) stands twice in version \(version); the version cannot be replayed",
              nextStep: "Keep one row a rule and version."))
          unreadable.insert(version)
        }
        rulesByVersion[version, default: []].append(rule)
      } else {
        unreadable.insert(version)
        diagnostics += reader.problems
        if rule == nil {
          diagnostics.append(
            Diagnostic(
              id: "policy-unknown-action", file: ruleTable.name, line: row.line, byteOffset: row.byteOffset,
              summary:
                "the action is none of allow, escalate, block, permit, or an escalation names no single model; version \(version) cannot be replayed",
              nextStep: "Correct action and escalate_to."))
        }
      }
    }

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
        text: "", digest: digestByVersion[id]?.finish() ?? Digest(of: ""),
        isReadable: !unreadable.contains(id), rules: unreadable.contains(id) ? [] : rulesByVersion[id] ?? [],
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
    for orphan in rulesByVersion.keys.filter({ !seen.contains($0) }).sorted() {
      diagnostics.append(
        Diagnostic(
          id: "policy-version-unknown", severity: .warning, file: ruleTable.name,
          summary: "rules of version \(orphan), which \(versionTable.name) does not list, were left out",
          nextStep: "Add the version with its effective_from, or remove its rules."))
    }
    return (versions, diagnostics)
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
