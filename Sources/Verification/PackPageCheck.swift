internal import Assets
internal import EvidenceModel
internal import Exchange
package import XMLDocuments

/// Pages and exchange files made once more from their documents.
extension PackVerifier {
  /// Makes a page from a document with a stylesheet of the program's own templates; some are told a framework.
  package typealias Renderer = (_ document: XMLDocument, _ stylesheet: String, _ framework: String?) throws -> [UInt8]

  /// Makes every page again and compares the bytes. Only stylesheets that are this program's are run: those of a pack are a
  /// stranger's program, and might never end.
  mutating func checkPages(_ render: Renderer) {
    let others = otherTemplates
    if let first = others.first {
      fault(
        "pack-templates-other", first,
        "\(others.count) of the pack's templates are not this program's, so its pages were not made again",
        "Verify with the release that made the pack (its tool-version), with --templates, or as verify.html says.")
      return
    }
    var document: (path: String, parsed: XMLDocument)?
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

  /// Makes the exchange files again that no stylesheet makes: JSON, tables, the database.
  mutating func checkFormats() {
    let source = "evidence/exchange.xml"
    guard listed[source] != nil, let bytes = readable(source), let exchange = try? XMLDocument(bytes, name: source)
    else { return }
    var made: Set<String> = []
    for format in ExchangeFormats.all {
      guard let files = try? format.files(of: exchange) else {
        fault("pack-exchange-differs", source, "nothing of the format \(format.name) can be made of it")
        continue
      }
      for file in files {
        let path = "exchange/" + file.path
        made.insert(path)
        report.pagesMade += 1
        guard let entry = listed[path] else {
          fault("pack-exchange-differs", path, "the manifest does not list this file, which \(source) gives")
          continue
        }
        if Digest(of: file.bytes) != entry.digest, !saysTheSame(path, as: file.bytes, in: format) {
          fault("pack-exchange-differs", path, "it is not what \(source) gives")
        }
      }
    }
    for (path, entry) in listed.sorted(by: { $0.key.precedesBytewise($1.key) })
    where entry.role == "exchange" && entry.stylesheet == nil && !made.contains(path)
      && !path.hasPrefix(OSCALFile.folder)
    {
      fault("pack-exchange-differs", path, "\(source) gives no such file")
    }
  }

  /// Another release of SQLite may lay the same rows out in other pages.
  private func saysTheSame(_ path: String, as made: [UInt8], in format: any ExchangeFormat) -> Bool {
    guard format.name == "sqlite", let bytes = bytes(path, limit: 2 * made.count) else { return false }
    return SQLiteContents.areEqual(bytes, made)
  }
}
