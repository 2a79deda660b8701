internal import EvidenceModel
internal import GRDB

/// A table of `evidence.sqlite`.
struct SQLiteTable: Sendable {
  struct Column: Sendable {
    var name, type, says: String
  }

  var name, says: String
  var columns: [Column]
  var rows: @Sendable (ExchangeFacts) -> [[(any DatabaseValueConvertible)?]]
}

struct SQLiteView: Sendable {
  var name, says, query: String
}

enum SQLiteTables {
  typealias Column = SQLiteTable.Column

  static func text(_ name: String, _ says: String) -> Column { .init(name: name, type: "TEXT NOT NULL", says: says) }
  static func maybe(_ name: String, _ says: String) -> Column { .init(name: name, type: "TEXT", says: says) }
  static func count(_ name: String, _ says: String) -> Column {
    .init(name: name, type: "INTEGER NOT NULL", says: says)
  }
  static func maybeCount(_ name: String, _ says: String) -> Column { .init(name: name, type: "INTEGER", says: says) }

  /// An instant with all six digits of its fraction, so that the order of texts is that of time.
  static func instant(_ text: String?) -> String? {
    guard let text, text.hasSuffix("Z"), !text.utf8.contains(0x2E) else { return text }
    return text.dropLast() + ".000000Z"
  }

  static let definitions: [SQLiteTable] = [
    pack, parameters, inputs, dataFiles, classes, parties, rules, tenures, versions, changes, checks, observations,
    findings, findingDetails, places, stretches, missingRecords, frameworks, groups, controls, mappings, accepted,
    cuts, description,
  ]

  private static let pack = SQLiteTable(
    name: "pack", says: "facts of the whole pack",
    columns: [text("name", "which fact"), text("value", "the fact")]
  ) { facts in
    let values: KeyValuePairs = [
      "findings_of": String(facts.findingsOf), "id": facts.id, "title": facts.title, "organisation": facts.organisation,
      "period": facts.period,
      "period_text": facts.periodText, "level": facts.level, "tool_version": facts.toolVersion,
      "starts": instant(facts.from) ?? "",
      "ends": instant(facts.to) ?? "", "judged": String(facts.judged), "exceptions": String(facts.exceptions),
      "malformed": String(facts.malformed), "complete": String(facts.isComplete),
      "changes_shown": String(facts.changes.shown.count), "changes_of": String(facts.changes.of),
      "observations_shown": String(facts.observations.shown.count), "observations_of": String(facts.observations.of),
    ]
    return values.map { [$0.key, $0.value] }
  }

  private static let parameters = SQLiteTable(
    name: "parameters", says: "settings of the run",
    columns: [text("name", "the setting"), text("value", "its value"), text("origin", "where it was set")]
  ) { $0.parameters.map { [$0.name, $0.value, $0.origin] } }

  private static let inputs = SQLiteTable(
    name: "inputs", says: "files that were read",
    columns: [
      text("input", "id"), text("kind", "what it is"), text("name", "its name"), maybe("format", "its format"),
      maybeCount("bytes", "its size"), maybe("sha256", "its digest"), maybeCount("records", "records in it"),
    ]
  ) { $0.inputs.map { [$0.id, $0.kind, $0.name, $0.format, $0.bytes, $0.sha256, $0.records] } }

  private static let dataFiles = SQLiteTable(
    name: "data_files", says: "tables of data/ in the pack",
    columns: [
      text("path", "in the pack"), text("sha256", "its digest"), count("bytes", "its size"), count("rows", "its rows"),
    ]
  ) { $0.dataFiles.map { [$0.path, $0.sha256, $0.bytes, $0.rows] } }

  private static let classes = SQLiteTable(
    name: "classes", says: "decisions by class",
    columns: [
      text("class", "the class"), count("n", "decisions of it"), count("of", "decisions judged"),
      count("is_exception", "1 where the class departs from the policy"),
    ]
  ) { $0.classes.map { [$0.name, $0.n, $0.of, $0.isException ? 1 : 0] } }

  private static let parties = SQLiteTable(
    name: "parties", says: "people and teams on record",
    columns: [text("party", "the name"), text("kind", "person or team"), maybe("page", "in the pack")]
  ) { $0.parties.map { [$0.id, $0.kind, $0.page] } }

  private static let rules = SQLiteTable(
    name: "rules", says: "rules of the policy",
    columns: [
      text("rule", "id"), maybe("words", "what it says"), count("decisions", "judged under it"),
      count("exceptions", "of them, those that depart"), maybe("page", "in the pack"),
    ]
  ) { $0.rules.map { [$0.id, $0.words, $0.decisions, $0.exceptions, $0.page] } }

  private static let tenures = SQLiteTable(
    name: "tenures", says: "who was accountable for a rule, and when",
    columns: [
      text("rule", "the rule"), text("owner", "accountable"), maybe("starts", "from this instant"),
      maybe("ends", "until before this instant"),
    ]
  ) { $0.rules.flatMap { rule in rule.tenures.map { [rule.id, $0.owner, instant($0.from), instant($0.to)] } } }

  private static let versions = SQLiteTable(
    name: "versions", says: "versions of the policy",
    columns: [
      text("version", "id"), text("source", "the file or repository"), text("sha256", "digest of its text"),
      text("starts", "in force from"), maybe("ends", "until before"), maybe("page", "in the pack"),
    ]
  ) { $0.versions.map { [$0.id, $0.source, $0.sha256, instant($0.from), instant($0.to), $0.page] } }

  private static let changes = SQLiteTable(
    name: "changes", says: "what one version did to one rule in the period",
    columns: [
      text("change", "id"), text("rule", "the rule"), text("version", "the version"), text("kind", "what was done"),
      text("direction", "stricter, looser, neutral or unknown"), maybe("words", "what the rule says since"),
      text("effective", "when it took effect"), maybe("recorded", "when it was recorded"),
      maybe("approved", "when it was approved"), maybe("author", "who wrote it"), maybe("approvers", "who approved it"),
      maybe("ticket", "the ticket"), count("decisions", "judged while it was in force"), maybe("page", "in the pack"),
    ]
  ) {
    $0.changes.shown.map {
      [
        $0.id, $0.rule, $0.version, $0.kind, $0.direction, $0.words, instant($0.effective), instant($0.recorded),
        instant($0.approved), $0.author,
        $0.approvers, $0.ticket, $0.decisions, $0.page,
      ]
    }
  }

  private static let cuts = SQLiteTable(
    name: "cuts", says: "lists of which not everything is here",
    columns: [text("list", "its name"), count("shown", "how many are here"), count("of", "out of how many")]
  ) { $0.cuts.map { [$0.list, $0.shown, $0.of] } }

  private static let description = SQLiteTable(
    name: "description", says: "what every table, column and view holds",
    columns: [
      text("object", "table or view"), maybe("column", "a column of it; null for the whole"),
      text("says", "what it holds"),
    ]
  ) { _ in
    definitions.flatMap { table in
      [[table.name, nil, table.says]] + table.columns.map { [table.name, $0.name, $0.says] }
    } + views.map { [$0.name, nil, $0.says] }
  }
}
