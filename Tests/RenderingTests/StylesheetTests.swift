import Assets
import Foundation
import Rendering
import TestSupport
import Testing
import XMLDocuments

/// libxslt's settings are the process's own, so these tests run one after another.
struct StylesheetTests {
  /// Makes a page of a document with one stylesheet, `pages/own.xsl`, and what else is laid over the templates.
  private func page(
    _ body: String, from document: String = "<r><item>words</item></r>", parts: [String: String] = [:]
  ) throws -> String {
    try withTemporaryFolder { folder in
      try folder.write(stylesheet(body), to: "pages/own.xsl")
      for (name, text) in parts { try folder.write(text, to: name) }
      let renderer = PageRenderer(try AssetLibrary.embedded.overlaid("templates", with: folder.path))
      let parsed = try XMLDocument(Array(document.utf8), name: "own.xml")
      return String(decoding: try renderer.page(from: parsed, stylesheet: "templates/pages/own.xsl"), as: UTF8.self)
    }
  }

  private func stylesheet(_ body: String) -> String {
    """
    <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                    xmlns:exsl="http://exslt.org/common" extension-element-prefixes="exsl">
    \(body)
    </xsl:stylesheet>
    """
  }

  /// A template for the root that makes a page with this in it.
  private func root(_ content: String) -> String {
    "<xsl:template match=\"/r\"><html><body><h1>Title</h1>\(content)</body></html></xsl:template>"
  }

  private func refused(_ body: String, parts: [String: String] = [:]) throws -> RenderError {
    try #require(throws: RenderError.self) { try page(body, parts: parts) }
  }

  private func message(_ error: RenderError) -> String {
    switch error {
    case .cannotCompile(let stylesheet, let message):
      #expect(stylesheet == "templates/pages/own.xsl")
      return message
    case .cannotTransform(let stylesheet, let document, let message):
      #expect(stylesheet == "templates/pages/own.xsl")
      #expect(document == "own.xml")
      return message
    }
  }

  /// A page that calls its own template by the name of a shared one would lose the shared one's words.
  @Test func aNamedTemplateHasOneMeaning() {
    let paths = AssetLibrary.embedded.paths(under: "templates/").filter { $0.hasSuffix(".xsl") }
    var names: [String: [String]] = [:]
    for path in paths {
      let text = String(decoding: AssetLibrary.embedded.bytes(path) ?? [], as: UTF8.self)
      for match in text.matches(of: /<xsl:template name="([^"]*)"/) { names[String(match.1), default: []].append(path) }
    }
    #expect(names.count > 20)
    for (name, places) in names where places.contains(where: { $0.contains("/parts/") }) {
      #expect(places.count == 1, "\(name) in \(places)")
    }
  }

  /// Only text beside the marks of a string is filled.
  @Test func noStringHasASlotInsideAMark() throws {
    let strings = try XMLDocument(AssetLibrary.embedded.bytes("templates/strings/en.xml") ?? [], name: "en.xml")
    let root = try #require(strings.root)
    for string in root.children(named: "s") {
      for mark in string.children {
        #expect(!mark.text.contains("{"), "\(string["id"] ?? "")")
      }
    }
  }

  // MARK: What works

  @Test func aStylesheetMakesAPage() throws {
    #expect(try page(root("<p><xsl:value-of select=\"item\"/></p>")).contains("<p>words</p>"))
  }

  @Test func templatesCanReadOtherTemplates() throws {
    let body = root("<p><xsl:value-of select=\"document('../strings/own.xml')/strings/s\"/></p>")
    #expect(try page(body, parts: ["strings/own.xml": "<strings><s>said</s></strings>"]).contains("<p>said</p>"))
  }

  @Test func templatesCanImportAndIncludeOtherTemplates() throws {
    let body = """
      <xsl:import href="../parts/own-a.xsl"/>
      <xsl:include href="../parts/own-b.xsl"/>
      \(root("<xsl:apply-templates mode=\"a\"/><xsl:apply-templates mode=\"b\"/>"))
      """
    let page = try page(
      body,
      parts: [
        "parts/own-a.xsl": stylesheet("<xsl:template match=\"item\" mode=\"a\"><p>imported</p></xsl:template>"),
        "parts/own-b.xsl": stylesheet("<xsl:template match=\"item\" mode=\"b\"><p>included</p></xsl:template>"),
      ])
    #expect(page.contains("<p>imported</p>") && page.contains("<p>included</p>"))
  }

  @Test func markupInADocumentStaysText() throws {
    let page = try page(
      root("<p><xsl:value-of select=\"item\"/></p>"),
      from: "<r><item>&lt;script&gt;alert(1)&lt;/script&gt;</item></r>")
    #expect(page.contains("&lt;script&gt;"))
    #expect(!page.contains("<script>"))
  }

  // MARK: Reading

  @Test(arguments: [
    "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:9/x", "ftp://127.0.0.1:9/x", "../../../../etc/passwd",
    "bundle:///mappings/checks.yaml", "bundle:///templates/../etc/passwd",
  ])
  func aStylesheetCannotReadAFile(address: String) throws {
    let body = root("<p><xsl:copy-of select=\"document('\(address)')\"/></p>")
    #expect(message(try refused(body)).hasPrefix("it tried to read "))
  }

  @Test func aDocumentCannotNameAFileToRead() throws {
    let body = root("<p><xsl:copy-of select=\"document(item)\"/></p>")
    let error = try #require(throws: RenderError.self) { try page(body, from: "<r><item>/etc/hostname</item></r>") }
    #expect(message(error) == "it tried to read /etc/hostname" || message(error).contains("hostname"))
  }

  @Test(
    arguments: ["import", "include"], ["file:///etc/passwd", "http://127.0.0.1:9/x.xsl", "/etc/passwd", "nope.xsl"])
  func aStylesheetCannotBeMadeOfOtherFiles(instruction: String, address: String) throws {
    let error = try refused("<xsl:\(instruction) href=\"\(address)\"/>\(root(""))")
    guard case .cannotCompile(_, let message) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(!message.isEmpty)
    clearRefusals()
  }

  @Test func whatOneStylesheetWasRefusedIsNotHeldAgainstTheNext() throws {
    _ = try refused("<xsl:import href=\"file:///etc/passwd\"/>\(root(""))")
    let page = try page(root("<p>fine</p>"))
    #expect(page.contains("<p>fine</p>"))
  }

  /// Makes one page, so that nothing refused before is left over.
  private func clearRefusals() { _ = try? page(root("")) }

  // MARK: Writing

  @Test func aStylesheetCannotWriteAFile() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("written.txt")
      let body = root("<exsl:document href=\"\(path)\"><x/></exsl:document>")
      #expect(throws: RenderError.self) { try page(body) }
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  /// The names under which libxslt knows instructions that write, by their namespaces.
  @Test(arguments: [
    ("xsl:document", "http://www.w3.org/1999/XSL/Transform", "href"),
    ("o:document", "http://exslt.org/common", "href"), ("o:document", "http://www.jclark.com/xt", "href"),
    ("o:output", "http://icl.com/saxon", "href"), ("o:output", "http://icl.com/saxon", "file"),
    ("o:write", "org.apache.xalan.xslt.extensions.Redirect", "select"),
    ("o:write", "http://xml.apache.org/xalan/redirect", "file"),
    ("xsl:result-document", "http://www.w3.org/1999/XSL/Transform", "href"),
  ])
  func noInstructionWritesAFile(instruction: String, namespace: String, attribute: String) throws {
    try withTemporaryFolder { folder in
      let path = folder.path("written.txt")
      let target = attribute == "select" ? "'\(path)'" : path
      let own = instruction.hasPrefix("o:") ? " xmlns:o=\"\(namespace)\" xsl:extension-element-prefixes=\"o\"" : ""
      let body = root(
        "<p\(own)><\(instruction) \(attribute)=\"\(target)\"><x/></\(instruction)></p>")
      _ = try? page(body)
      #expect(!FileManager.default.fileExists(atPath: path))
      clearRefusals()
    }
  }

  /// What a document says is text to a stylesheet, also to those extensions that evaluate.
  @Test func aDocumentCannotNameAStylesheetOfItsOwn() throws {
    let document =
      "<?xml-stylesheet type=\"text/xsl\" href=\"file:///etc/passwd\"?><r><item>document('/etc/passwd')</item></r>"
    #expect(
      try page(root("<p><xsl:value-of select=\"item\"/></p>"), from: document).contains("document('/etc/passwd')"))
  }

  @Test(arguments: ["/etc/passwd", "http://127.0.0.1:9/x"])
  func anExpressionThatIsEvaluatedCannotReadEither(address: String) throws {
    let body = """
      <xsl:template match="/r" xmlns:dyn="http://exslt.org/dynamic"><html><body><h1>Title</h1>
      <xsl:copy-of select="dyn:evaluate(concat('document(', &quot;&apos;\(address)&apos;&quot;, ')'))"/></body></html></xsl:template>
      """
    #expect(message(try refused(body)).hasPrefix("it tried to read "))
  }

  @Test func noShippedTemplateEvaluatesAnExpression() {
    for path in AssetLibrary.embedded.paths(under: "templates/") where path.hasSuffix(".xsl") {
      let text = String(decoding: AssetLibrary.embedded.bytes(path) ?? [], as: UTF8.self)
      for word in [
        "dyn:", "exslt.org/dynamic", "exslt.org/functions", "saxon", "exsl:document", "disable-output-escaping",
      ] {
        #expect(!text.contains(word), "\(path): \(word)")
      }
    }
  }

  @Test func aStylesheetCannotMakeAFolder() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("new/written.txt")
      #expect(throws: RenderError.self) { try page(root("<exsl:document href=\"\(path)\"><x/></exsl:document>")) }
      #expect(!FileManager.default.fileExists(atPath: folder.path("new")))
    }
  }

  // MARK: Stopping

  @Test func aMessageThatTerminatesFailsThePage() throws {
    let error = try refused(root("<xsl:message terminate=\"yes\">no such string</xsl:message>"))
    #expect(message(error).contains("no such string"))
  }

  @Test func aMessageThatDoesNotTerminateIsNoFailure() throws {
    #expect(try page(root("<xsl:message>by the way</xsl:message><p>made</p>")).contains("<p>made</p>"))
  }

  @Test func endlessRecursionFails() throws {
    let body = """
      <xsl:template name="again"><xsl:call-template name="again"/></xsl:template>
      \(root("<xsl:call-template name=\"again\"/>"))
      """
    #expect(!message(try refused(body)).isEmpty)
  }

  @Test func endlessApplicationFails() throws {
    let body = """
      <xsl:template match="item"><xsl:apply-templates select="."/></xsl:template>
      \(root("<xsl:apply-templates/>"))
      """
    #expect(!message(try refused(body)).isEmpty)
  }

  @Test(arguments: ["", "body", "row", "headline", "draw", "prose", "string"])
  func anElementThatNoTemplateKnowsFails(mode: String) throws {
    let attribute = mode.isEmpty ? "" : " mode=\"\(mode)\""
    let error = try refused(
      "<xsl:import href=\"../parts/last-resort.xsl\"/>\(root("<xsl:apply-templates select=\"item\"\(attribute)/>"))")
    #expect(message(error).contains("No template for element \"item\" in \"r\""))
  }

  @Test func aPageWithoutAHeadingFails() throws {
    let error = try refused("<xsl:template match=\"nothing\"/>")
    #expect(message(error) == "no template made a page of it")
  }

  @Test(arguments: [
    "<xsl:template match=\"[\"/>", "<xsl:template match=\"r\"><xsl:value-of/></xsl:template>",
    "<xsl:template match=\"r\">", "<xsl:template/>",
  ])
  func aFaultyStylesheetIsNotCompiled(body: String) throws {
    let error = try refused(body)
    guard case .cannotCompile(_, let message) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(!message.isEmpty)
  }

  @Test func anInstructionThatXSLTLacksFailsThePage() throws {
    let outcome = Result { try page(root("<xsl:unheard-of/>")) }
    #expect(throws: RenderError.self) { try outcome.get() }
  }

  @Test func aStylesheetThatIsNotThereIsSaid() throws {
    let renderer = PageRenderer(.embedded)
    let document = try XMLDocument(Array("<r/>".utf8), name: "own.xml")
    let error = try #require(throws: RenderError.self) {
      try renderer.page(from: document, stylesheet: "templates/pages/nope.xsl")
    }
    guard case .cannotCompile("templates/pages/nope.xsl", "there is no such template") = error else {
      Issue.record("\(error)")
      return
    }
  }

  @Test func everyShippedPageCompiles() throws {
    let renderer = PageRenderer(.embedded)
    let document = try XMLDocument(Array("<unforeseen xmlns=\"urn:tenure:evidence:1\"/>".utf8), name: "x.xml")
    let pages = AssetLibrary.embedded.paths(under: "templates/pages/")
    #expect(pages.count >= 25)
    for page in pages {
      let error = #expect(throws: RenderError.self, "\(page)") { try renderer.page(from: document, stylesheet: page) }
      if case .cannotCompile(_, let message) = error { Issue.record("\(page): \(message)") }
    }
  }
}
