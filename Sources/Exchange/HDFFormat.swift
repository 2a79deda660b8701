internal import EvidenceModel
internal import XMLDocuments

/// Results of checks for Heimdall and the tools around it, in the form that InSpec prints.
struct HDFFormat: DescribedFormat {
  static let description = FormatDescription(
    name: "hdf", title: "HDF: results for Heimdall", standard: "Heimdall Data Format, InSpec exec JSON (MITRE SAF)",
    validated:
      "the list of fields below, which is that of the exec-json schema of inspecjs; no package on PyPI carries it",
    files: [
      .init(
        path: "hdf.json", says: "one profile, a control for each check, a result for the check and for each finding")
    ],
    results: [
      "`failed`", "`skipped`, with `exception:` at the head of `skip_message`",
      "`skipped`, with `cannot-tell:` at the head of `skip_message`; Heimdall shows it as not reviewed", "`passed`",
      "`skipped`, and the control has impact 0, which Heimdall shows as not applicable",
    ],
    fields: [
      .init(
        name: "platform.name, .release, .target_id", holds: "`Tenure`, its version, the organisation with the period"),
      .init(name: "version", holds: "the version of Tenure"),
      .init(name: "statistics.controls", holds: "checks by status; `duration` is left out, as a pack has no clock"),
      .init(name: "profiles[].name, .title, .version, .sha256", holds: "the checks; a digest of their words"),
      .init(name: "profiles[].supports", holds: "nothing"),
      .init(
        name: "profiles[].attributes[]", holds: "the settings of the run: `name`, `options.value`, `options.origin`"),
      .init(name: "profiles[].groups[]", holds: "a framework, with the checks that are mapped to its controls"),
      .init(name: "controls[].id, .title, .desc", holds: "a check: its id, title and question"),
      .init(name: "controls[].descriptions[]", holds: "`check` (method), `population`, `limits`"),
      .init(name: "controls[].impact", holds: "0.5, since checks have no severity; 0 where not applicable"),
      .init(name: "controls[].tags.nist", holds: "controls of NIST SP 800-53 that the check is evidence for"),
      .init(
        name: "controls[].tags.controls[]", holds: "every control, with its framework, relation and state"),
      .init(name: "controls[].tags", holds: "the result and the counts of the check, as the pack says them"),
      .init(name: "controls[].refs[]", holds: "the page of the check in the pack"),
      .init(name: "controls[].source_location, .code", holds: "nothing; a check is no file"),
      .init(name: "controls[].results[0]", holds: "the check itself: why it has this result"),
      .init(
        name: "controls[].results[1…]",
        holds:
          "its findings: `code_desc` has id, kind and subject; `message` or `skip_message` has result, sentence and counts"
      ),
      .init(
        name: "results[].start_time",
        holds: "the `time` of the exchange document: the end of what was examined, as a pack has no clock"),
    ],
    notes: ["An accepted exception does not count as passed: somebody took the risk, and the reader should see it."],
    cannotExpress: [
      "How many findings the pack has, where the exchange document shows only the first: `tags.findings` has the number of each check.",
      "Owners, versions, changes and places in logs have no field; the page of a finding has them.",
      "The states of controls stand in tags; Heimdall works out its own state of a control from the results.",
    ])

  func files(of exchange: XMLDocument) throws -> [ExchangeFile] {
    let facts = try ExchangeFacts(exchange)
    return [ExchangeFile(path: "hdf.json", bytes: try ExchangeJSON.document(HDFReport(facts)))]
  }
}

private struct HDFReport: Encodable {
  var platform: Platform
  var version: String
  var statistics: Statistics
  var profiles: [HDFProfile]

  struct Platform: Encodable { var name, release, target_id: String }
  struct Statistics: Encodable { var controls: Totals }
  struct Totals: Encodable { var passed, failed, skipped: Total }
  struct Total: Encodable { var total: Int }

  init(_ facts: ExchangeFacts) {
    platform = Platform(
      name: "Tenure", release: facts.toolVersion, target_id: "\(facts.organisation), \(facts.period)")
    version = facts.toolVersion
    func total(_ status: String) -> Total { Total(total: facts.checks.count { HDFResult.status($0.result) == status }) }
    statistics = Statistics(
      controls: Totals(passed: total("passed"), failed: total("failed"), skipped: total("skipped")))
    profiles = [HDFProfile(facts)]
  }
}

private struct HDFProfile: Encodable {
  var name = "tenure-checks"
  var title, version, sha256, summary: String
  var status = "loaded"
  var supports: [String] = []
  var attributes: [Attribute]
  var groups: [Group]
  var controls: [HDFControl]

  struct Attribute: Encodable {
    var name: String
    var options: Options
  }
  struct Options: Encodable { var value, origin: String }
  struct Group: Encodable {
    var id, title: String
    var controls: [String]
  }

  init(_ facts: ExchangeFacts) {
    title = facts.title
    version = facts.toolVersion
    summary = facts.periodText
    let words = facts.checks.flatMap { [$0.id, $0.title, $0.question, $0.method, $0.populationText, $0.cannotShow] }
    sha256 = Digest(of: CanonicalCSV.line(words)).description
    attributes = facts.parameters.map {
      Attribute(name: $0.name, options: Options(value: $0.value, origin: $0.origin))
    }
    let placed = facts.controlsByCheck()
    groups = facts.frameworks.map { framework in
      var mapped: ByName<Bool> = [:]
      for control in framework.controls { for mapping in control.mapped { mapped[mapping.check] = true } }
      return Group(
        id: framework.id, title: framework.title, controls: facts.checks.map(\.id).filter { mapped[$0] == true })
    }
    let findings = ByName(grouping: facts.findings, by: \.check)
    controls = facts.checks.map {
      HDFControl($0, findings[$0.id] ?? [], placed[$0.id] ?? [], at: facts.time)
    }
  }
}

private struct HDFControl: Encodable {
  var id, title, desc: String
  var descriptions: [Description]
  var impact: Double
  var refs: [Reference]
  var tags: Tags
  var source_location = SourceLocation()
  var results: [HDFResult]

  struct Description: Encodable { var label, data: String }
  struct Reference: Encodable { var ref: String }
  struct SourceLocation: Encodable {}
  struct Tags: Encodable {
    var result: String
    var population, passed, exceptions, accepted, cannot_tell, findings: Int
    var nist: [String]
    var controls: [Control]
    var missing_records: [String]
  }
  struct Control: Encodable {
    var framework, control, relation, state: String
    var effect: String?
  }

  init(
    _ check: ExchangeFacts.Check, _ findings: [ExchangeFacts.Finding], _ controls: [ExchangeFacts.PlacedControl],
    at time: String
  ) {
    id = check.id
    title = check.title
    desc = check.question
    descriptions = [
      Description(label: "check", data: check.method), Description(label: "population", data: check.populationText),
      Description(label: "limits", data: check.cannotShow),
    ]
    impact = check.result == .notApplicable ? 0 : 0.5
    refs = [Reference(ref: check.page)]
    tags = Tags(
      result: check.result.rawValue, population: check.population, passed: check.passed, exceptions: check.exceptions,
      accepted: check.accepted, cannot_tell: check.cannotTell, findings: check.findings,
      nist: controls.filter { $0.framework.id.hasPrefix("nist-sp-800-53") }.map(\.control.display),
      controls: controls.map {
        Control(
          framework: $0.framework.id, control: $0.control.display, relation: $0.mapped.relation,
          state: $0.control.state, effect: $0.mapped.effect)
      }, missing_records: check.missing)
    let own = HDFResult(
      "\(check.id): \(check.title)", check.result,
      "\(check.why) (\(check.passed) of \(check.population) \(check.populationText) passed)", at: time)
    results =
      [own]
      + findings.map {
        HDFResult(
          "\($0.id): \($0.subjectKind) \($0.subject)", $0.result, "\($0.summary) (\($0.n) of \($0.of))", at: time)
      }
  }
}

private struct HDFResult: Encodable {
  var code_desc, status, start_time: String
  var message, skip_message: String?

  init(_ description: String, _ result: CheckResult, _ words: String, at time: String) {
    code_desc = description
    status = Self.status(result)
    start_time = time
    let said = "\(result.rawValue): \(words)"
    if status == "skipped" { skip_message = said } else { message = said }
  }

  static func status(_ result: CheckResult) -> String {
    switch result {
    case .fail: "failed"
    case .pass: "passed"
    case .exception, .cannotTell, .notApplicable: "skipped"
    }
  }
}
