import Foundation
import Testing

/// Pages of a pack, made again by `xsltproc` in the other language that the pack brings.
struct GermanPagesTests {
  /// One page of each stylesheet that made a page of the pack.
  private static let pages = Result {
    let manifest = try String(contentsOfFile: try Months.august() + "/manifest.xml", encoding: .utf8)
    var seen = Set<String>()
    return manifest.split(separator: "\n").compactMap { line -> (stylesheet: String, document: String)? in
      func attribute(_ name: String) -> String? {
        line.components(separatedBy: " \(name)=\"").dropFirst().first?.components(separatedBy: "\"").first
      }
      guard let stylesheet = attribute("stylesheet"), let document = attribute("document"),
        stylesheet.hasPrefix("templates/pages/"), seen.insert(stylesheet).inserted
      else { return nil }
      return (stylesheet, document)
    }
  }

  /// What stands around the content, by id: heads, leads, captions. Strings with slots are left out.
  private func frame(_ language: String) throws -> [String: String] {
    let text = try String(
      contentsOfFile: try Months.august() + "/templates/strings/\(language).xml", encoding: .utf8)
    var frame: [String: String] = [:]
    for (start, end) in [("<s id=\"", "</s>"), ("<table id=\"", "</caption>")] {
      for part in text.components(separatedBy: start).dropFirst() {
        let id = part.components(separatedBy: "\"")[0]
        let words = part.components(separatedBy: end)[0].components(separatedBy: ">").dropFirst().joined(separator: ">")
          .replacingOccurrences(of: "<caption>", with: "")
        let stands = start.hasPrefix("<t") || ["frame.", "section.", "lead."].contains(where: id.hasPrefix)
        if stands, !words.contains("{"), !words.contains("<") { frame[id] = words }
      }
    }
    return frame
  }

  @Test func everyKindOfPageIsMadeInGerman() throws {
    let pack = try Months.august()
    let english = try frame("en")
    let german = try frame("de")
    #expect(english.count > 150 && Set(english.keys) == Set(german.keys))
    let pages = try Self.pages.get()
    // Only packs below the internal level have a ledger.
    let stylesheets = try files(of: pack + "/templates/pages").keys.filter { $0 != "redaction.xsl" }.sorted()
    #expect(pages.map { $0.stylesheet.replacingOccurrences(of: "templates/pages/", with: "") }.sorted() == stylesheets)
    for (stylesheet, document) in pages {
      let outcome = try Program.tool(
        "xsltproc", "--nonet", "--stringparam", "language", "de", stylesheet, document, in: pack)
      #expect(outcome.status == 0, "\(stylesheet): \(outcome.errors)")
      let page = outcome.output
      let isGerman = page.contains("<html lang=\"de\">") && page.contains(">\(german["frame.skip"] ?? "")<")
      #expect(isGerman, "\(document) by \(stylesheet)")
      // Titles that the documents hold may be the same words; they stand in other elements.
      let left = english.filter { id, words in
        words != german[id] && ["</h2>", "</p>", "</caption>"].contains { page.contains(">\(words)\($0)") }
      }
      #expect(left == [:], "\(document) by \(stylesheet)")
    }
  }

  @Test func anUnknownLanguageIsRefusedAndNotShownEmpty() throws {
    let outcome = try Program.tool(
      "xsltproc", "--nonet", "--stringparam", "language", "xx", "templates/pages/scope.xsl", "evidence/pack.xml",
      in: try Months.august())
    #expect(outcome.status != 0 && outcome.output.isEmpty)
  }
}
