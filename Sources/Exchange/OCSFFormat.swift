internal import EvidenceModel
internal import XMLDocuments

/// Findings as events for a security data lake, one line each.
struct OCSFFormat: DescribedFormat {
  static let description = FormatDescription(
    name: "ocsf", title: "OCSF: compliance findings", standard: "OCSF 1.5.0, class Compliance Finding (2003)",
    validated:
      "the models of the package py-ocsf-models; no field stands in a line that they do not know, but for `compliance.status`, which OCSF has and they lack",
    files: [.init(path: "ocsf.jsonl", says: "a line for each finding, and a line for each check that has none")],
    results: [
      "`compliance.status_id` 3, Fail", "`compliance.status_id` 99, Other, with `status` `exception`",
      "`compliance.status_id` 2, Warning: no result, for want of a record", "`compliance.status_id` 1, Pass",
      "`compliance.status_id` 99, Other, with `status` `not-applicable`",
    ],
    fields: [
      .init(
        name: "category_uid, class_uid, type_uid, activity_id",
        holds: "2, 2003, 200301, 1: a finding that was created"),
      .init(
        name: "time",
        holds:
          "the `time` of the exchange document in milliseconds since 1970: the end of what was examined, as a pack has no clock"
      ),
      .init(
        name: "start_time, end_time",
        holds: "the first and the last decision or stretch of the finding, where it has any"),
      .init(
        name: "severity_id",
        holds: "0, Unknown, since checks have no severity; 1, Informational, for what passed or does not apply"),
      .init(name: "message", holds: "the sentence of the finding, or why the check has its result"),
      .init(
        name: "finding_info.uid, .title, .desc",
        holds: "the id of the finding, or of the check; the title of the check; its question"),
      .init(name: "finding_info.analytic", holds: "the check, as a rule"),
      .init(
        name: "compliance.standards[]",
        holds: "titles of the frameworks whose controls the check is mapped to; `Tenure checks` where there is none"),
      .init(name: "compliance.control", holds: "the id of the check"),
      .init(
        name: "compliance.requirements[]", holds: "framework and control, for each control that the check is mapped to"),
      .init(name: "resources[]", holds: "what the finding is about: kind and name"),
      .init(name: "metadata.product", holds: "Tenure and its version"),
      .init(
        name: "unmapped",
        holds: "`result`, `check_result`, `n`, `of`, `page`, `organisation`, `period`, missing records"),
    ],
    cannotExpress: [
      "A check with findings has no line of its own; `unmapped.check_result` on the lines of its findings says its result.",
      "How many findings the pack has, where the exchange document shows only the first.",
      "Owners, versions, changes and the states of controls have no field.",
    ])

  func files(of exchange: XMLDocument) throws -> [ExchangeFile] {
    let facts = try ExchangeFacts(exchange)
    let findings = ByName(grouping: facts.findings, by: \.check)
    let controls = facts.controlsByCheck()
    var lines: [UInt8] = []
    for check in facts.checks {
      let common = OCSFCommon(check, controls[check.id] ?? [], facts)
      let own = findings[check.id] ?? []
      for finding in own { lines += try ExchangeJSON.line(OCSFEvent(common, finding)) }
      if own.isEmpty { lines += try ExchangeJSON.line(OCSFEvent(common)) }
    }
    return [ExchangeFile(path: "ocsf.jsonl", bytes: lines)]
  }
}

/// What all lines of one check share.
private struct OCSFCommon {
  var facts: ExchangeFacts
  var check: ExchangeFacts.Check
  var standards: [String] = []
  var requirements: [String] = []

  init(_ check: ExchangeFacts.Check, _ controls: [ExchangeFacts.PlacedControl], _ facts: ExchangeFacts) {
    self.facts = facts
    self.check = check
    for placed in controls {
      let title = placed.framework.title
      // Controls come in the order of their frameworks.
      if standards.last.map({ $0.utf8.elementsEqual(title.utf8) }) != true { standards.append(title) }
      requirements.append("\(title) \(placed.control.display)")
    }
    if standards.isEmpty { standards = ["Tenure checks"] }
  }
}

private struct OCSFEvent: Encodable {
  var activity_id = 1
  var activity_name = "Create"
  var category_uid = 2
  var category_name = "Findings"
  var class_uid = 2003
  var class_name = "Compliance Finding"
  var type_uid = 200301
  var type_name = "Compliance Finding: Create"
  var severity_id: Int
  var severity: String
  var time: Int64
  var start_time, end_time: Int64?
  var message: String
  var metadata: Metadata
  var finding_info: FindingInfo
  var compliance: Compliance
  var resources: [Resource]?
  var unmapped: Unmapped

  struct Metadata: Encodable {
    var version = "1.5.0"
    var product: Product
  }
  struct Product: Encodable {
    var name = "Tenure"
    var vendor_name = "Tenure"
    var version: String
  }
  struct FindingInfo: Encodable {
    var uid, title, desc: String
    var analytic: Analytic
  }
  struct Analytic: Encodable {
    var name, uid: String
    var type_id = 1
    var type = "Rule"
  }
  struct Compliance: Encodable {
    var control: String
    var standards, requirements: [String]
    var status_id: Int
    var status: String
  }
  struct Resource: Encodable { var name, type: String }
  struct Unmapped: Encodable {
    var check, check_result, result, page, organisation, period: String
    var n, of: Int
    var missing_records: [String]
  }

  /// A check without findings.
  init(_ common: OCSFCommon) {
    let check = common.check
    self.init(
      common, uid: check.id, check.result, check.why, page: check.page, n: check.passed, of: check.population,
      missing: check.missing)
  }

  init(_ common: OCSFCommon, _ finding: ExchangeFacts.Finding) {
    self.init(
      common, uid: finding.id, finding.result, finding.summary, page: finding.page, n: finding.n, of: finding.of,
      missing: finding.missing)
    start_time = finding.first.flatMap(Self.milliseconds)
    end_time = finding.last.flatMap(Self.milliseconds)
    resources = [Resource(name: finding.subject, type: finding.subjectKind)]
  }

  private init(
    _ common: OCSFCommon, uid: String, _ result: CheckResult, _ words: String, page: String, n: Int, of: Int,
    missing: [String]
  ) {
    let (check, facts) = (common.check, common.facts)
    let isQuiet = result == .pass || result == .notApplicable
    severity_id = isQuiet ? 1 : 0
    severity = isQuiet ? "Informational" : "Unknown"
    time = Self.milliseconds(facts.time) ?? 0
    message = words
    metadata = Metadata(product: Product(version: facts.toolVersion))
    finding_info = FindingInfo(
      uid: uid, title: check.title, desc: check.question, analytic: Analytic(name: check.title, uid: check.id))
    let (status, name) =
      switch result {
      case .fail: (3, "Fail")
      case .cannotTell: (2, "Warning")
      case .pass: (1, "Pass")
      case .exception, .notApplicable: (99, result.rawValue)
      }
    compliance = Compliance(
      control: check.id, standards: common.standards, requirements: common.requirements, status_id: status,
      status: name)
    unmapped = Unmapped(
      check: check.id, check_result: check.result.rawValue, result: result.rawValue, page: page,
      organisation: facts.organisation, period: facts.period, n: n, of: of, missing_records: missing)
  }

  private static func milliseconds(_ instant: String) -> Int64? {
    Instant(rfc3339: instant).map { $0.microseconds / 1000 }
  }
}
