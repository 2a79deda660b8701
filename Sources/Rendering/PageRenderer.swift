package import Assets
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
}
