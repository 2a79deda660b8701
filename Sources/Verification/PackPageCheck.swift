package import Assets
package import EvidenceModel
package import XMLDocuments

/// Pages made once more from their documents.
extension PackVerifier {
  /// Makes a page from a document with a stylesheet of the program's own templates; some are told a framework.
  package typealias Renderer = (_ document: XMLDocument, _ stylesheet: String, _ framework: String?) throws -> [UInt8]

  /// Makes every page again and compares the bytes. Only stylesheets that are this program's are run: those of a pack are a
  /// stranger's program, and might never end.
  mutating func checkPages(_ render: Renderer) {
    let others = listed.keys.filter { path in
      listed[path]?.role == "template" && assets.bytes(path).map { Digest(of: $0) } != listed[path]?.digest
    }
    if let first = others.sortedBytewise().first {
      fault(
        "pack-templates-other", first,
        "\(others.count) of the pack's templates are not this program's, so its pages were not made again",
        "Verify with the release that made the pack (its tool-version), with --templates, or as verify.html says.")
      return
    }
    var document: (path: String, parsed: XMLDocument)?
    // Whoever takes the source of a page off the manifest would otherwise have it passed over.
    for (page, entry) in listed.sorted(by: { $0.key.precedesBytewise($1.key) })
    where (page.hasSuffix(".html") || entry.role == "page") && (entry.document == nil || entry.stylesheet == nil) {
      fault("pack-page-unsourced", page, "the manifest does not say what it was made from, so it was not made again")
    }
    // By document, so that each is parsed once.
    let pages = listed.compactMap { page, entry in entry.document.map { (document: $0, page: page, entry: entry) } }
      .sorted { ($0.document + " " + $0.page).precedesBytewise($1.document + " " + $1.page) }
    for (path, page, entry) in pages {
      guard let stylesheet = entry.stylesheet else { continue }
      if document?.path != path {
        guard listed[path] != nil, let bytes = readable(path), let parsed = try? XMLDocument(bytes, name: path) else {
          fault("pack-page-differs", page, "its document \(path) is not there or cannot be read")
          continue
        }
        document = (path, parsed)
      }
      guard let parsed = document?.parsed, let made = try? render(parsed, stylesheet, entry.framework) else {
        fault("pack-page-differs", page, "\(stylesheet) makes no page of \(path)")
        continue
      }
      report.pagesMade += 1
      if Digest(of: made) != entry.digest {
        fault("pack-page-differs", page, "it is not what \(stylesheet) makes of \(path)")
      }
    }
  }
}
