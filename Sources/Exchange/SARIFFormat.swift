internal import XMLDocuments

/// Findings with a place in a log, for tools that show results beside lines of files.
struct SARIFFormat: DescribedFormat {
  static let description = FormatDescription(
    name: "sarif", title: "SARIF: findings with a file and a line", standard: "SARIF 2.1.0 (OASIS)",
    validated: "the JSON Schema of SARIF 2.1.0, as the sources of sarif-pydantic carry it",
    files: [.init(path: "findings.sarif", says: "the findings that have a place in a log; the checks as rules")],
    results: [
      "`kind` `fail`, `level` `error`",
      "`kind` `fail`, `level` `warning`, with a suppression of kind `external`",
      "`kind` `open`, which says that there is not enough to decide", "`kind` `pass`", "`kind` `notApplicable`",
    ],
    fields: [
      .init(name: "runs[].tool.driver.rules[]", holds: "every check, with its question, method and limits"),
      .init(name: "runs[].results[]", holds: "the findings with a place, in the order of the pack"),
      .init(name: "results[].locations[]", holds: "the first place: the log, the line, the bytes"),
      .init(name: "results[].relatedLocations[]", holds: "the other places that the pack names"),
      .init(
        name: "results[].partialFingerprints", holds: "`tenureFinding/v1`: the id of the finding, which no run moves"),
      .init(name: "results[].occurrenceCount", holds: "how many decisions it is about, where there is one or more"),
      .init(name: "results[].properties", holds: "`n` and `of`, the subject, the result as the pack says it, the page"),
      .init(
        name: "runs[].artifacts[]",
        holds: "the inputs that places stand in, with their digests; `description` has the name"),
      .init(name: "runs[].automationDetails.id", holds: "`tenure/` and the period"),
      .init(
        name: "runs[].invocations[].toolExecutionNotifications[]",
        holds: "how many findings are left out"),
      .init(name: "runs[].properties", holds: "checks and findings by result, of all, with a place or without"),
    ],
    notes: [
      "The address of a log is its name, percent-encoded, without dot segments: no name can lead anywhere else.",
      "A suppression has no `status`: one that has none is accepted, and the schema at hand calls the field by its name in a draft.",
      "Brackets and braces that a viewer could take for a link or a slot are escaped as SARIF says.",
    ],
    cannotExpress: [
      "Findings without a place in a file (a rule without an owner, a register that lacks a record) are left out; a notification counts them.",
      "Owners, versions of the policy and controls have no place in it.",
    ])

  func files(of exchange: XMLDocument) throws -> [ExchangeFile] {
    let facts = try ExchangeFacts(exchange)
    return [ExchangeFile(path: "findings.sarif", bytes: try ExchangeJSON.document(SARIFLog(facts)))]
  }
}
