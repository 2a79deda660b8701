package import Assets
package import XMLDocuments

/// Makes pages from evidence documents. Each stylesheet is compiled once.
package final class PageRenderer {
  private var stylesheets: [String: Stylesheet] = [:]

  package init(_ library: AssetLibrary) { TemplateLoader.install(library) }

  /// - Parameter stylesheet: its path among the templates, such as `templates/pages/rule.xsl`.
  package func page(from document: XMLDocument, stylesheet path: String) throws(RenderError) -> [UInt8] {
    let stylesheet: Stylesheet
    if let compiled = stylesheets[path] {
      stylesheet = compiled
    } else {
      stylesheet = try Stylesheet(path)
      stylesheets[path] = stylesheet
    }
    return try stylesheet.apply(to: document)
  }
}
