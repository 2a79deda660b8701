internal import EvidenceModel
internal import Intake

extension OwnershipSource {
  /// An item under `ownership`.
  ///
  /// - Parameter file: the configuration's name, for diagnostics.
  init(_ item: YAMLText.Node, file: String) throws(Diagnostic) {
    func problem(_ node: YAMLText.Node, _ summary: String, _ nextStep: String) -> Diagnostic {
      Diagnostic(
        id: "config-bad-value", file: file, line: node.mark.line, summary: summary, nextStep: nextStep)
    }
    // Before path, which says where in its repository a catalog lies.
    if let catalog = item["backstage"]?.text {
      var from: Instant?
      if let node = item["from"] {
        from = node.text.flatMap { Instant(dateOrInstant: $0) }
        guard from != nil else {
          throw problem(
            node, "from is neither a date nor an RFC 3339 instant", "Write 2026-07-01 or 2026-07-01T09:00:00Z.")
        }
      }
      self = .backstage(catalog, path: item["path"]?.text, entity: item["entity"]?.text, from: from)
    } else if let path = item["path"]?.text {
      self = .register(path)
    } else if let repository = item["codeowners"]?.text {
      var dialect: CodeownersDialect?
      if let node = item["dialect"] {
        dialect = node.text.flatMap(CodeownersDialect.init(rawValue:))
        guard dialect != nil else {
          throw problem(
            node, "the dialect of CODEOWNERS is none that is known",
            "Write \(CodeownersDialect.allCases.map(\.rawValue).joined(separator: " or ")), or leave dialect out.")
        }
      }
      self = .codeowners(repository, dialect: dialect)
    } else if let repository = item["owner-files"]?.text {
      self = .ownerFiles(repository)
    } else if let table = item["servicenow"]?.text {
      guard let name = item["item"]?.text else {
        throw problem(item, "no item of the ServiceNow table is named", "Write item: with its sys_id or name.")
      }
      self = .serviceNow(table, audit: item["audit"]?.text, item: name)
    } else if item["policy-annotations"]?.text == "true" {
      self = .policyAnnotations
    } else {
      throw problem(
        item,
        "an ownership source is none of path, codeowners, owner-files, backstage, servicenow and policy-annotations",
        "Write path: ownership.csv, codeowners: REPOSITORY, owner-files: REPOSITORY, backstage: REPOSITORY, servicenow: TABLE.csv or policy-annotations: true."
      )
    }
  }
}
