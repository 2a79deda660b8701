internal import EvidenceModel
internal import Exchange

/// What each page and each exchange file has to be made from, as `docs/pack-format.md` lays the pack out. A page whose manifest
/// names another document, or another stylesheet, would say what is true of something else.
extension PackVerifier {
  private struct Source: Equatable {
    var document, stylesheet: String
  }

  /// Stylesheets by the root of the document; an index of pages and the pack's own pages aside.
  private static let stylesheets: [String: String] = [
    "alphabet": "alphabet", "check": "check", "checks-list": "checks", "control": "control",
    "coverage-matrix": "coverage", "decision-groups": "decision-groups", "decisions": "decisions", "delta": "delta",
    "finding": "finding", "findings-list": "findings", "framework": "framework", "frameworks-list": "frameworks",
    "owner": "owner", "owners": "owners", "page-index": "page-index", "redaction": "redaction", "rule": "rule",
    "rules": "rules", "sample-items": "sample-items", "sample-plan": "sample", "source": "source",
    "sources-list": "sources", "version": "version", "versions": "versions",
  ]
  private static let packPages = [
    "index", "read-me-first", "glossary", "scope", "reconciliation", "verify", "sign-off",
  ]
  /// Files of `exchange/` that a stylesheet makes, but for catalogs.
  private static let exchangeSheets: [String: String] = [
    "exchange/junit.xml": "junit", "exchange/summary.md": "summary",
    "exchange/oscal/assessment-plan.xml": "oscal-assessment-plan",
    "exchange/oscal/assessment-results.xml": "oscal-assessment-results",
    "exchange/oscal/catalog-checks.xml": "oscal-catalog-checks",
    "exchange/oscal/mapping-collection.xml": "oscal-mapping", "exchange/oscal/poam.xml": "oscal-poam",
  ]

  /// The pages of a document, by the name of its root.
  private static func pages(of document: String, _ root: String) -> [String: Source]? {
    func source(_ name: String) -> Source {
      Source(document: document, stylesheet: "templates/pages/\(name).xsl")
    }
    if document == "evidence/pack.xml" {
      return Dictionary(uniqueKeysWithValues: packPages.map { ($0 + ".html", source($0)) })
    }
    if root == "exchange" { return [:] }
    guard let stylesheet = stylesheets[root], document.hasPrefix("evidence/"), document.hasSuffix(".xml") else {
      return nil
    }
    let page = document.dropFirst("evidence/".count).dropLast(".xml".count) + ".html"
    var pages = [String(page): source(stylesheet)]
    for (kind, folder) in [("rule", "r/"), ("control", "c/")] where root == kind && page.hasPrefix(folder) {
      pages[folder + "print/" + page.dropFirst(folder.count)] = source(kind + "-dossier")
    }
    return pages
  }

  mutating func checkSources() {
    var expected: [String: Source] = [:]
    for (document, root) in roots.sorted(by: { $0.key.precedesBytewise($1.key) }) {
      guard let pages = Self.pages(of: document, root) else {
        fault("pack-document-misplaced", document, "no document of a pack of the kind \(root) has this path")
        continue
      }
      expected.merge(pages) { first, _ in first }
    }
    for page in expected.keys.sortedBytewise() where listed[page] == nil {
      fault("pack-page-missing", page, "the manifest lists no such page of \(expected[page]?.document ?? "")")
    }
    for (path, entry) in listed.sorted(by: { $0.key.precedesBytewise($1.key) }) {
      if path.hasSuffix(".html") || entry.role == "page" {
        checkSource(of: path, entry, isPage: true, expected[path])
      } else if entry.role == "exchange" || path.hasPrefix("exchange/") {
        checkExchangeSource(of: path, entry)
      }
    }
  }

  private mutating func checkSource(of path: String, _ entry: Entry, isPage: Bool, _ expected: Source?) {
    guard let document = entry.document, let stylesheet = entry.stylesheet else {
      return fault("pack-page-unsourced", path, "the manifest does not say what it was made from")
    }
    guard let expected else {
      return fault("pack-page-source", path, "no document of the pack has this page")
    }
    if Source(document: document, stylesheet: stylesheet) != expected || entry.role != (isPage ? "page" : "exchange") {
      fault(
        "pack-page-source", path,
        "by the manifest it is \(stylesheet) of \(document), and it has to be \(expected.stylesheet) of \(expected.document)"
      )
    }
  }

  private mutating func checkExchangeSource(of path: String, _ entry: Entry) {
    let exchange = "evidence/exchange.xml"
    let isCatalog = path.hasPrefix(OSCALFile.folder + "catalog-") && OSCALFile.isXML(path)
    if let name = Self.exchangeSheets[path] ?? (isCatalog ? "oscal-catalog" : nil) {
      checkSource(
        of: path, entry, isPage: false,
        Source(document: exchange, stylesheet: "templates/exchange/\(name).xsl"))
      if (entry.framework != nil) != (name == "oscal-catalog") {
        fault("pack-page-source", path, "a catalog alone is made of one framework")
      }
    } else if path.hasPrefix(OSCALFile.folder), path.hasSuffix(".json") {
      // Its bytes are held against the XML whatever the manifest says of it.
      if listed[path.dropLast(".json".utf8.count) + ".xml"] == nil {
        fault("pack-page-source", path, "there is no XML that it says the same as")
      }
    } else if entry.role != "exchange" || entry.document != exchange || entry.stylesheet != nil {
      fault("pack-page-source", path, "it has to be made from \(exchange), and the manifest says otherwise")
    }
  }
}
