internal import EvidenceModel
internal import GRDB

/// Tables on checks, findings and controls.
extension SQLiteTables {
  static let checks = SQLiteTable(
    name: "checks", says: "every check with its result",
    columns: [
      text("check_id", "id"), text("title", "its title"), text("question", "what it asks"), text("method", "how"),
      text("cannot_show", "its limits"), text("result", "fail, exception, cannot-tell, pass or not-applicable"),
      text("why", "why this result"), count("population", "how many were looked at"),
      text("population_text", "what they are"), count("passed", "of them, those that passed"),
      count("exceptions", "of them, those that did not"), count("accepted", "exceptions that somebody accepted"),
      count("cannot_tell", "of them, those that could not be told"), count("findings", "its findings"),
      text("page", "in the pack"),
    ]
  ) {
    $0.checks.map {
      [
        $0.id, $0.title, $0.question, $0.method, $0.cannotShow, $0.result.rawValue, $0.why, $0.population,
        $0.populationText, $0.passed, $0.exceptions, $0.accepted, $0.cannotTell, $0.findings, $0.page,
      ]
    }
  }

  static let observations = SQLiteTable(
    name: "observations", says: "decisions that depart, by check, rule and version",
    columns: [
      text("observation", "id"), text("check_id", "the check"), maybe("rule", "the rule"),
      maybe("version", "the version"), maybeCount("rest", "how many observations it stands for, where it is a sum"),
      count("n", "decisions that depart"), count("of", "decisions under the rule and version"),
      maybe("page", "in the pack"),
    ]
  ) { $0.observations.shown.map { [$0.id, $0.check, $0.rule, $0.version, $0.rest, $0.n, $0.of, $0.page] } }

  static let findings = SQLiteTable(
    name: "findings", says: "every finding",
    columns: [
      text("finding", "id; no run moves it"), text("check_id", "the check"), text("result", "as in checks"),
      text("subject_kind", "what it is about"), text("subject", "its name"), text("summary", "one sentence"),
      count("n", "how many it is about"), count("of", "out of how many"), maybe("of_text", "what these are"),
      maybe("first", "its first decision or stretch"), maybe("last", "its last"), text("page", "in the pack"),
    ]
  ) {
    $0.findings.map {
      [
        $0.id, $0.check, $0.result.rawValue, $0.subjectKind, $0.subject, $0.summary, $0.n, $0.of, $0.populationText,
        instant($0.first), instant($0.last), $0.page,
      ]
    }
  }

  static let findingDetails = SQLiteTable(
    name: "finding_details", says: "what was seen, in sentences",
    columns: [text("finding", "the finding"), count("line", "counted from 1"), text("words", "the sentence")]
  ) {
    $0.findings.flatMap { finding in
      finding.paragraphs.enumerated().map { [finding.id, $0.offset + 1, $0.element] }
    }
  }

  static let places = SQLiteTable(
    name: "places", says: "where the first decisions of a finding stand in logs",
    columns: [
      text("finding", "the finding"), text("source", "the log"), count("line", "counted from 1"),
      count("byte_offset", "counted from 0"), count("bytes", "its size"), maybe("sha256", "digest of the line"),
    ]
  ) {
    $0.findings.flatMap { finding in
      finding.places.map { [finding.id, $0.source, $0.line, $0.byteOffset, $0.bytes, $0.sha256] }
    }
  }

  static let stretches = SQLiteTable(
    name: "stretches", says: "stretches of time that a finding is about",
    columns: [
      text("finding", "the finding"), text("kind", "gap, overlap or departed"), text("starts", "from"),
      text("ends", "until before"),
    ]
  ) {
    $0.findings.flatMap { finding in finding.stretches.map { [finding.id, $0.kind, instant($0.from), instant($0.to)] } }
  }

  static let missingRecords = SQLiteTable(
    name: "missing_records", says: "records that would settle what cannot be told",
    columns: [
      text("check_id", "the check"), maybe("finding", "the finding; null for the check as a whole"),
      text("record", "what is missing"),
    ]
  ) { facts in
    facts.checks.flatMap { check in check.missing.map { [check.id, nil, $0] } }
      + facts.findings.flatMap { finding in finding.missing.map { [finding.check, finding.id, $0] } }
  }

  static let frameworks = SQLiteTable(
    name: "frameworks", says: "frameworks in scope",
    columns: [
      text("framework", "id"), text("title", "its title"), text("version", "its version"),
      text("publisher", "who publishes it"), text("licence", "of its words"),
      text("mapping_version", "version of the mapping"), text("review", "draft, reviewed or none"),
      text("page", "in the pack"),
    ]
  ) {
    $0.frameworks.map {
      [$0.id, $0.title, $0.version, $0.publisher, $0.licence, $0.mappingVersion, $0.review, $0.page]
    }
  }

  static let groups = SQLiteTable(
    name: "control_groups", says: "headings of a framework",
    columns: [
      text("framework", "the framework"), text("heading", "id"), text("title", "its title"),
      maybe("parent", "the heading above"),
    ]
  ) { $0.frameworks.flatMap { framework in framework.groups.map { [framework.id, $0.id, $0.title, $0.parent] } } }

  static let controls = SQLiteTable(
    name: "controls", says: "every control with its state",
    columns: [
      text("framework", "the framework"), text("control", "id"), text("display", "as the framework writes it"),
      text("title", "its title"), text("title_origin", "whose words the title is"), text("summary", "in short"),
      maybe("heading", "the heading it stands under"),
      text("state", "evidenced, contradicted, partial, cannot-tell, no-check or out-of-scope"),
      text("why", "why this state"), text("gap", "what is missing"), text("page", "in the pack"),
    ]
  ) {
    $0.frameworks.flatMap { framework in
      framework.controls.map {
        [
          framework.id, $0.id, $0.display, $0.title, $0.titleOrigin, $0.summary, $0.group, $0.state, $0.why, $0.gap,
          $0.page,
        ]
      }
    }
  }

  static let mappings = SQLiteTable(
    name: "mappings", says: "read as: the check `relation` the control",
    columns: [
      text("check_id", "the check"), text("framework", "the framework"), text("control", "the control"),
      text("relation", "how closely"), maybe("effect", "for lists of risks"), text("rationale", "why"),
      maybe("condition", "when the control concerns anyone"),
    ]
  ) {
    $0.frameworks.flatMap { framework in
      framework.controls.flatMap { control in
        control.mapped.map { [$0.check, framework.id, control.id, $0.relation, $0.effect, $0.rationale, $0.condition] }
      }
    }
  }

  static let accepted = SQLiteTable(
    name: "accepted_exceptions", says: "exceptions that somebody accepted, out of a register",
    columns: [
      text("exception", "id"), text("check_id", "the check"),
      text("subject", "what findings are about; * is every one"), maybe("accepted_by", "who"), maybe("reason", "why"),
      maybe("starts", "from"), maybe("ends", "until before"), maybe("source", "the register"),
      maybeCount("line", "in the register"),
    ]
  ) {
    $0.accepted.map {
      [$0.id, $0.check, $0.subject, $0.acceptedBy, $0.reason, instant($0.from), instant($0.to), $0.source, $0.line]
    }
  }

  static let views: [SQLiteView] = [
    SQLiteView(
      name: "open_findings", says: "findings that failed or cannot be told, with the title of their check",
      query: """
        SELECT f.finding, f.check_id, c.title, f.result, f.subject_kind, f.subject, f.summary, f.n, f."of", f.page
        FROM findings f JOIN checks c USING (check_id) WHERE f.result IN ('fail', 'cannot-tell')
        """),
    SQLiteView(
      name: "results", says: "checks and findings by result",
      query: """
        SELECT 'check' AS kind, result, count(*) AS n FROM checks GROUP BY result
        UNION ALL SELECT 'finding', result, count(*) FROM findings GROUP BY result
        """),
    SQLiteView(
      name: "controls_without_evidence", says: "controls in scope that no check supports, with what is missing",
      query: """
        SELECT framework, control, display, title, state, why, gap, page FROM controls
        WHERE state IN ('no-check', 'cannot-tell')
        """),
    SQLiteView(
      name: "control_findings", says: "for each control, the findings of the checks that are mapped to it",
      query: """
        SELECT m.framework, m.control, m.relation, f.finding, f.check_id, f.result, f.summary, f.n, f."of", f.page
        FROM mappings m JOIN findings f USING (check_id)
        """),
    SQLiteView(
      name: "owner_of_rule", says: "tenures with both ends filled in, to be compared with an instant",
      query: """
        SELECT rule, owner, coalesce(starts, '') AS starts, coalesce(ends, '9999') AS ends FROM tenures
        """),
    SQLiteView(
      name: "owner_at_change", says: "every change with who was accountable for the rule when it took effect",
      query: """
        SELECT c.change, c.rule, c.version, c.direction, c.effective, c.author, c.approvers, o.owner
        FROM changes c LEFT JOIN owner_of_rule o
        ON o.rule = c.rule AND o.starts <= c.effective AND c.effective < o.ends
        """),
  ]
}
