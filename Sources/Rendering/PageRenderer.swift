package import Assets
internal import CXSLTShim
package import XMLDocuments

/// Makes pages from evidence documents. Each stylesheet is compiled once.
package final class PageRenderer {
  private let templates: TemplateLoader.Templates
  private var stylesheets: [String: Stylesheet] = [:]

  package init(_ library: AssetLibrary) {
    let files = library.paths(under: "templates/").map { ($0, library.bytes($0) ?? []) }
    templates = Dictionary(files) { $1 }
  }

  /// - Parameters:
  ///   - stylesheet: its path among the templates, such as `templates/pages/rule.xsl`.
  ///   - framework: the parameter of that name, for stylesheets that take one.
  package func page(
    from document: XMLDocument, stylesheet path: String, framework: String? = nil
  ) throws(RenderError) -> [UInt8] {
    let stylesheet: Stylesheet
    if let compiled = stylesheets[path] {
      stylesheet = compiled
    } else {
      stylesheet = try Stylesheet(path, of: templates)
      stylesheets[path] = stylesheet
    }
    return try stylesheet.apply(to: document, framework: framework)
  }

  /// Compiles every stylesheet of pages, without a document; returns how many there are, and what is wrong with those
  /// that no page could be made by.
  package func compileAll() -> (count: Int, faults: [RenderError]) {
    var faults: [RenderError] = []
    let paths = templates.keys.filter { $0.hasPrefix("templates/pages/") && $0.hasSuffix(".xsl") }.sorted()
    for path in paths {
      do throws(RenderError) { _ = try Stylesheet(path, of: templates) } catch { faults.append(error) }
    }
    return (paths.count, faults)
  }

  /// The version of libxslt that is loaded: `1.1.35`.
  package static var libraryVersion: String {
    let number = tenure_libxslt_version()
    return "\(number / 10000).\(number / 100 % 100).\(number % 100)"
  }
}
