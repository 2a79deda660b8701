package import Assets
package import XMLDocuments

/// Makes pages from evidence documents. Each stylesheet is compiled once.
package final class PageRenderer {
  private var stylesheets: [String: Stylesheet] = [:]

  package init(_ library: AssetLibrary) { TemplateLoader.install(library) }

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
      stylesheet = try Stylesheet(path)
      stylesheets[path] = stylesheet
    }
    return try stylesheet.apply(to: document, framework: framework)
  }
}
