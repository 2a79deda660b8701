internal import EvidenceModel

/// A table of text for spreadsheets and programs.
struct ExchangeTable {
  var name: String
  var says: String
  var columns: [String]
  var rows: [[String]]
}

extension ExchangeFacts {
  /// The tables of `exchange/spreadsheet/` and `exchange/exact/`.
  var tables: [ExchangeTable] { [checksTable, findingsTable, controlsTable, changesTable, ownersTable] }

  private var checksTable: ExchangeTable {
    ExchangeTable(
      name: "checks", says: "every check with its result and counts",
      columns: [
        "check", "title", "result", "why", "population", "population_text", "passed", "exceptions", "accepted",
        "cannot_tell", "findings", "missing_records", "page",
      ],
      rows: checks.map {
        [
          $0.id, $0.title, $0.result.rawValue, $0.why, String($0.population), $0.populationText, String($0.passed),
          String($0.exceptions), String($0.accepted), String($0.cannotTell), String($0.findings),
          $0.missing.joined(separator: "; "), $0.page,
        ]
      })
  }

  private var findingsTable: ExchangeTable {
    ExchangeTable(
      name: "findings", says: "every finding with its counts and its first place",
      columns: [
        "finding", "check", "result", "subject_kind", "subject", "summary", "n", "of", "of_text", "first", "last",
        "missing_records", "places", "source", "line", "byte_offset", "page",
      ],
      rows: findings.map {
        let place = $0.places.first
        return [
          $0.id, $0.check, $0.result.rawValue, $0.subjectKind, $0.subject, $0.summary, String($0.n), String($0.of),
          $0.populationText ?? "", $0.first ?? "", $0.last ?? "", $0.missing.joined(separator: "; "),
          String($0.places.count), place?.source ?? "", place.map { String($0.line) } ?? "",
          place.map { String($0.byteOffset) } ?? "", $0.page,
        ]
      })
  }

  private var controlsTable: ExchangeTable {
    let rows = frameworks.flatMap { framework in
      framework.controls.map { control in
        [
          framework.id, framework.title, control.display, control.title, control.state, control.why, control.gap,
          control.mapped.map { "\($0.check) \($0.relation)" }.joined(separator: "; "), framework.mappingVersion,
          framework.review, control.page,
        ]
      }
    }
    return ExchangeTable(
      name: "controls", says: "every control of every framework with its state and the checks mapped to it",
      columns: [
        "framework", "framework_title", "control", "title", "state", "why", "gap", "checks", "mapping_version",
        "review", "page",
      ], rows: rows)
  }

  private var changesTable: ExchangeTable {
    ExchangeTable(
      name: "changes", says: "what each version did to each rule while the period lasted",
      columns: [
        "change", "rule", "version", "kind", "direction", "words", "effective", "recorded", "approved", "author",
        "approvers", "ticket", "decisions", "page",
      ],
      rows: changes.shown.map {
        [
          $0.id, $0.rule, $0.version, $0.kind, $0.direction, $0.words ?? "", $0.effective, $0.recorded ?? "",
          $0.approved ?? "", $0.author ?? "", $0.approvers ?? "", $0.ticket ?? "", String($0.decisions), $0.page ?? "",
        ]
      })
  }

  private var ownersTable: ExchangeTable {
    let rows = rules.flatMap { rule in
      rule.tenures.map { tenure in
        [
          rule.id, tenure.owner, tenure.from ?? "", tenure.to ?? "", String(rule.decisions), String(rule.exceptions),
          rule.page ?? "",
        ]
      }
    }
    return ExchangeTable(
      name: "owners", says: "who was accountable for each rule, and from when until when; `to` is no longer part of it",
      columns: ["rule", "owner", "from", "to", "rule_decisions", "rule_exceptions", "page"], rows: rows)
  }
}
