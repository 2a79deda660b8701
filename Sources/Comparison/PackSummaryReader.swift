package import EvidenceModel
package import XMLDocuments

/// Reads what packs are compared by. The documents may come from anybody: what is of no known form is left out or taken
/// as absent, a text is kept to a bearable length, and the rows are bounded.
package struct PackSummaryReader {
  package typealias Open = (_ path: String) throws(Diagnostic) -> XMLDocument

  /// More rows than any pack within the bounds of `docs/pack-format.md` has.
  private static let mostRows = 1_000_000
  private static let longestText = 4096

  private var summary: PackSummary
  private let name: String
  private var rows = 0
  private var seen: ByName<Bool> = [:]

  /// - Parameters:
  ///   - pack: `evidence/pack.xml`, which names the other documents.
  ///   - manifest: what names the pack; nil while it is being made.
  ///   - name: what diagnostics call the pack.
  ///   - open: hands out a document by its path in the pack.
  package static func read(
    _ pack: XMLDocument, manifest: Digest?, name: String, open: Open
  ) throws(Diagnostic) -> PackSummary {
    guard let root = pack.root, root.name == "pack", root.namespace == "urn:tenure:evidence:1" else {
      throw Diagnostic(
        id: "pack-document-invalid", file: name + "/evidence/pack.xml", summary: "it is no index of a pack",
        nextStep: "Name the folder of a pack.")
    }
    var reader = PackSummaryReader(summary: PackSummary(identity: identity(root, manifest)), name: name)
    reader.readIndex(root)
    try reader.readDocuments(root, open)
    return reader.summary
  }

  private static func identity(_ root: XMLDocument.Element, _ manifest: Digest?) -> PackSummary.Identity {
    let context = root.child("context")
    let totals = root.child("totals")
    let zone = root.child("parameters")?.children.first { $0["name"] == "timezone" }
    return PackSummary.Identity(
      organisation: text(context?["organisation"]), period: period(context?["period"], root),
      periodText: text(context?["period-text"]), toolVersion: text(context?["tool-version"]),
      semantics: text(root["semantics"]), zone: text(zone?["value"] ?? "UTC"),
      mappingReview: text(context?["mapping-review"]), manifest: manifest,
      judged: count(totals?["judged"]), exceptions: count(totals?["exceptions"]))
  }

  private static func period(_ name: String?, _ element: XMLDocument.Element) -> Period {
    Period(
      name: text(name), from: element["from"].flatMap { Instant(rfc3339: $0) },
      to: element["to"].flatMap { Instant(rfc3339: $0) })
  }

  private mutating func readIndex(_ root: XMLDocument.Element) {
    let totals = root.child("totals")
    summary.lines = Self.count(totals?["lines"])
    summary.malformed = Self.count(totals?["malformed"])
    summary.indeterminate = Self.count(totals?["indeterminate"])
    for parameter in root.child("parameters")?.children ?? [] {
      summary.parameters[Self.text(parameter["name"])] = Self.text(parameter["value"])
    }
    for row in root.child("classes")?.children(named: "class-count") ?? [] {
      guard let decisionClass = row["class"].flatMap({ DecisionClass(name: $0) }) else { continue }
      summary.classes.append(
        .init(decisionClass: decisionClass, count: Self.count(row["n"]), page: Self.page(row["page"])))
    }
    if let mapping = root.child("mapping") { summary.mapping = Self.text(mapping["id"]) }
    guard let chain = root.child("previous")?.child("chain") else { return }
    summary.earlierIsCut = chain["cut"] == "true"
    for pack in chain.children(named: "earlier-pack").prefix(PackChain.longest) {
      guard let manifest = pack["manifest-sha256"].flatMap({ Digest(hexadecimal: $0) }) else { continue }
      summary.earlier.append(
        EarlierPack(
          period: Self.period(pack["period"], pack), periodText: Self.text(pack["period-text"]), manifest: manifest,
          toolVersion: Self.text(pack["tool-version"]), judged: Self.count(pack["judged"]),
          exceptions: Self.count(pack["exceptions"])))
    }
  }

  private mutating func readDocuments(_ root: XMLDocument.Element, _ open: Open) throws(Diagnostic) {
    let reviews = root.child("mapping")?.children(named: "review") ?? []
    // Each once: else one large document could be asked for without end.
    for entry in root.child("documents")?.children(named: "document") ?? [] {
      guard let path = entry["path"], let kind = entry["kind"],
        ["checks-list", "findings-list", "framework", "versions", "rule"].contains(kind), isFirst("document", path)
      else { continue }
      let document = try open(path)
      // Elements live no longer than their document.
      defer { withExtendedLifetime(document) {} }
      guard let content = document.root, content.name == kind else {
        throw Diagnostic(
          id: "pack-document-invalid", file: name + "/" + path, summary: "it is no document of kind \(kind)",
          nextStep: "Run tenure verify on that pack, and ask for it again from where it was made.")
      }
      switch kind {
      case "checks-list": for line in content.children(named: "check-line") { try check(line) }
      case "findings-list": for line in content.children(named: "finding-ref") { try finding(line) }
      case "versions": for line in content.children(named: "version-facts") { try version(line) }
      case "framework": try framework(content, review: reviews.first { $0["framework"] == content["id"] })
      default: try rule(content)
      }
    }
  }

  private mutating func countRow() throws(Diagnostic) {
    rows += 1
    guard rows <= Self.mostRows else {
      throw Diagnostic(
        id: "pack-too-large", file: name, summary: "has more than \(Self.mostRows) rows to compare",
        nextStep: "Compare packs of shorter periods.")
    }
  }

  // MARK: Rows

  /// Whether nothing of these names came before. A list stands in the pack in several orders, and a pack that somebody
  /// else made may hold a row twice.
  private mutating func isFirst(_ names: String...) -> Bool {
    let key = names.joined(separator: "\u{0}")
    guard seen[key] == nil else { return false }
    seen[key] = true
    return true
  }

  private mutating func check(_ line: XMLDocument.Element) throws(Diagnostic) {
    try countRow()
    guard let id = line["id"], let result = line["result"].flatMap({ CheckResult(rawValue: $0) }),
      isFirst("check", id)
    else { return }
    summary.checks.append(
      .init(
        id: Self.text(id), title: Self.text(line["title"]), page: Self.page(line["page"]),
        outcome: .init(
          result: result, population: Self.count(line["population"]), exceptions: Self.count(line["exceptions"]),
          cannotTell: Self.count(line["cannot-tell"]))))
  }

  private mutating func finding(_ line: XMLDocument.Element) throws(Diagnostic) {
    try countRow()
    guard let id = line["id"], let result = line["result"].flatMap({ CheckResult(rawValue: $0) }),
      isFirst("finding", id)
    else { return }
    summary.findings.append(
      .init(
        id: Self.text(id), page: Self.page(line["page"]), check: Self.text(line["check"]), result: result,
        subjectKind: Self.text(line["subject-kind"]), subject: Self.text(line["subject"]),
        summary: Self.text(line["summary"]), count: Self.count(line["n"]), population: Self.count(line["of"])))
  }

  private mutating func version(_ line: XMLDocument.Element) throws(Diagnostic) {
    try countRow()
    guard let id = line["version"], let effective = line["effective"].flatMap({ Instant(rfc3339: $0) }),
      isFirst("version", id)
    else { return }
    summary.versions.append(
      .init(
        id: Self.text(id), page: Self.page(line["page"]), effective: effective,
        recorded: line["recorded"].flatMap { Instant(rfc3339: $0) }, author: line["author"].map(Self.text),
        approvers: line["approvers"].map(Self.text), ticket: line["ticket"].map(Self.text),
        digest: Self.text(line["sha256"]), rules: Self.count(line["rules"]),
        decisions: Self.count(line["decisions"])))
  }

  private mutating func framework(
    _ root: XMLDocument.Element, review: XMLDocument.Element?
  ) throws(Diagnostic) {
    guard isFirst("framework", root["id"] ?? "") else { return }
    let state = root.child("review")
    var framework = PackSummary.Framework(
      id: Self.text(root["id"]), title: Self.text(review?["title"] ?? root["title"]),
      version: Self.text(root["version"]), page: Self.page(root.child("context")?["page"]),
      mapping: "\(Self.text(state?["version"])), \(Self.text(state?["status"]))")
    for line in root.children(named: "control-line") {
      try countRow()
      guard let id = line["id"], let state = line["state"].flatMap({ ControlState(rawValue: $0) }),
        isFirst("control", framework.id, id)
      else { continue }
      framework.controls.append(
        .init(
          id: Self.text(id), display: Self.text(line["display"]), title: Self.text(line["title"]),
          page: Self.page(line["page"]), state: state))
    }
    summary.frameworks.append(framework)
  }

  private mutating func rule(_ root: XMLDocument.Element) throws(Diagnostic) {
    try countRow()
    guard let id = root.child("definition")?["rule"], isFirst("rule", id) else { return }
    var rule = PackSummary.Rule(
      id: Self.text(id), page: Self.page(root.child("context")?["page"]), words: Self.text(root["words"]),
      owner: Self.text(root["owner"] ?? "-"), inForce: [], gaps: [], changes: [])
    for definition in root.child("definitions")?.children(named: "definition") ?? [] {
      try countRow()
      guard let from = definition["from"].flatMap({ Instant(rfc3339: $0) }) else { continue }
      rule.inForce.append((from, definition["to"].flatMap { Instant(rfc3339: $0) }))
    }
    for stretch in (root.child("stretches") ?? root.child("tenures"))?.children(named: "stretch") ?? [] {
      try countRow()
      guard let kind = stretch["kind"], ["gap", "departed"].contains(kind),
        let from = stretch["from"].flatMap({ Instant(rfc3339: $0) }),
        let to = stretch["to"].flatMap({ Instant(rfc3339: $0) }), isFirst("gap", id, kind, from.description)
      else { continue }
      rule.gaps.append(.init(kind: kind, from: from, to: to))
    }
    let changes = root.child("changes")?.children ?? []
    for change in changes where ["change", "change-line"].contains(change.name) {
      try countRow()
      guard let version = change["version"], let kind = change["kind"].flatMap({ RuleChange.Kind(rawValue: $0) }),
        let direction = change["direction"].flatMap({ RuleChange.Direction(rawValue: $0) }),
        let effective = change["effective"].flatMap({ Instant(rfc3339: $0) }),
        isFirst("change", id, version, kind.rawValue)
      else { continue }
      rule.changes.append(
        .init(
          version: Self.text(version), versionPage: Self.page(change["version-page"]), kind: kind,
          direction: direction, words: ChangeWords.words(of: change, kind: kind, text: Self.text), effective: effective,
          author: change["author"].map(Self.text), approvers: change["approvers"].map(Self.text),
          ticket: change["ticket"].map(Self.text)))
    }
    summary.rules.append(rule)
  }

  // MARK: Values

  /// A text that is too long keeps its beginning and a digest, so that two of them stay two.
  private static func text(_ text: String?) -> String {
    guard let text, text.utf8.count > longestText else { return text ?? "" }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(200))) + "… " + Digest(of: text).prefix(12)
  }

  /// Kept below what arithmetic with shares can hold, which takes ten thousandths of it.
  private static func count(_ text: String?) -> Int {
    min(100_000_000_000_000, max(0, text.flatMap { Int($0) } ?? 0))
  }

  private static func page(_ text: String?) -> String? { text.flatMap { PagePath.isSafe($0) ? $0 : nil } }
}
