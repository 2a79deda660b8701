internal import Assets
internal import CXSLT
internal import CXSLTShim
internal import Glibc
internal import Synchronization
internal import XMLDocuments

/// Why a page could not be made.
package enum RenderError: Error, Sendable {
  case cannotCompile(stylesheet: String, message: String)
  case cannotTransform(stylesheet: String, document: String, message: String)
}

/// Where stylesheets may read from: the templates they came with, and nothing else. Files, network and the pack are out of reach.
enum TemplateLoader {
  /// Templates by path, such as `templates/pages/rule.xsl`.
  typealias Templates = [String: [UInt8]]

  /// URIs look like `bundle:///templates/pages/rule.xsl`.
  static let scheme = "bundle:///"

  private struct Reading {
    var templates: Templates
    /// What was asked for and not given.
    var refused: [String] = []
  }

  /// What is under way, by thread: libxslt has one loader for all of them, and does not tell it for whom it asks.
  private static let readings = Mutex<[UInt: Reading]>([:])

  /// Serves what libxslt asks for on this thread while `body` runs. Also returns what it asked for and was not given.
  static func serve<Value>(_ templates: Templates, _ body: () -> Value) -> (Value, refused: [String]) {
    _ = setUp
    let thread = pthread_self()
    readings.withLock { $0[thread] = Reading(templates: templates) }
    let value = body()
    return (value, readings.withLock { $0.removeValue(forKey: thread)?.refused ?? [] })
  }

  private static func bytes(_ uri: String) -> [UInt8]? {
    guard uri.hasPrefix(scheme) else { return nil }
    return readings.withLock { $0[pthread_self()]?.templates[String(uri.dropFirst(scheme.count))] }
  }

  private static func refuse(_ uri: String) { readings.withLock { $0[pthread_self()]?.refused.append(uri) } }

  /// Process-wide settings of libxslt, made once, before any thread.
  private static let setUp: Void = {
    LibXML.ready
    // Its own first use is not safe for threads.
    xsltInit()
    exsltRegisterAll()
    xsltSetLoaderFunc { uri, dictionary, options, _, _ in
      let name = uri.map { String(cString: $0) } ?? ""
      guard let bytes = TemplateLoader.bytes(name) else {
        TemplateLoader.refuse(name)
        return nil
      }
      guard let parser = xmlNewParserCtxt() else { return nil }
      defer { xmlFreeParserCtxt(parser) }
      // libxslt compares modes by address, so every part must take its names from the stylesheet's own dictionary.
      if let dictionary {
        xmlDictFree(parser.pointee.dict)
        parser.pointee.dict = dictionary
        xmlDictReference(dictionary)
      }
      return bytes.withUnsafeBytes { buffer in
        xmlCtxtReadMemory(
          parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), name, nil,
          Int32(XML_PARSE_NONET.rawValue))
      }
    }
    guard let preferences = xsltNewSecurityPrefs() else { return }
    // libxslt takes every scheme but `file` for the network, so the network check is the one that lets templates in.
    let onlyTemplates: xsltSecurityCheck = { _, _, value in
      let name = value.map { String(cString: $0) } ?? ""
      if name.hasPrefix(TemplateLoader.scheme) { return 1 }
      TemplateLoader.refuse(name)
      return 0
    }
    xsltSetSecurityPrefs(preferences, XSLT_SECPREF_READ_FILE, onlyTemplates)
    xsltSetSecurityPrefs(preferences, XSLT_SECPREF_READ_NETWORK, onlyTemplates)
    xsltSetSecurityPrefs(preferences, XSLT_SECPREF_WRITE_FILE, xsltSecurityForbid)
    xsltSetSecurityPrefs(preferences, XSLT_SECPREF_CREATE_DIRECTORY, xsltSecurityForbid)
    xsltSetSecurityPrefs(preferences, XSLT_SECPREF_WRITE_NETWORK, xsltSecurityForbid)
    xsltSetDefaultSecurityPrefs(preferences)
  }()
}

/// One compiled entry stylesheet.
final class Stylesheet {
  let path: String
  private let templates: TemplateLoader.Templates
  private let compiled: xsltStylesheetPtr
  /// What earlier transforms read by `document()`: the strings, with their keys. Reading them again would take longer than most pages.
  private var kept: xsltDocumentPtr?

  init(_ path: String, of templates: TemplateLoader.Templates) throws(RenderError) {
    self.path = path
    self.templates = templates
    let uri = TemplateLoader.scheme + path
    let messages = MessageCollector()
    guard let bytes = templates[path] else {
      throw .cannotCompile(stylesheet: path, message: "there is no such template")
    }
    let (result, refused) = TemplateLoader.serve(templates) {
      messages.collect { sink in Self.compile(bytes, uri, sink) }
    }
    // To libxslt an instruction that it does not know is a warning; the page would have a hole in its place.
    guard let result, result.pointee.errors == 0, result.pointee.warnings == 0, refused.isEmpty else {
      if let result { xsltFreeStylesheet(result) }
      if !refused.isEmpty {
        throw .cannotCompile(stylesheet: path, message: "it tried to read \(refused.joined(separator: ", "))")
      }
      throw .cannotCompile(stylesheet: path, message: messages.text.isEmpty ? LibXML.lastError() : messages.text)
    }
    compiled = result
  }

  private static func compile(
    _ bytes: [UInt8], _ uri: String, _ sink: UnsafeMutablePointer<tenure_message_sink>
  ) -> xsltStylesheetPtr? {
    tenure_set_compile_sink(sink)
    defer { tenure_set_compile_sink(nil) }
    let document = bytes.withUnsafeBytes { buffer in
      xmlReadMemory(
        buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), uri, nil,
        Int32(XML_PARSE_NONET.rawValue))
    }
    guard let document else { return nil }
    guard let compiled = xsltParseStylesheetDoc(document) else {
      xmlFreeDoc(document)
      return nil
    }
    return compiled
  }

  deinit {
    tenure_free_documents(kept)
    xsltFreeStylesheet(compiled)
  }

  /// Transforms one document. A message that terminates, a refused read and an endless recursion all come back as errors.
  func apply(to document: XMLDocument, framework: String? = nil) throws(RenderError) -> [UInt8] {
    let messages = MessageCollector()
    let (output, refused) = TemplateLoader.serve(templates) {
      messages.collect { sink in transform(document, framework, sink) }
    }
    // A page without a heading is no page: no template matched, and only text fell through.
    if let made = output, path.hasPrefix("templates/pages/") ? !made.contains("<h1") : made.isEmpty {
      throw .cannotTransform(stylesheet: path, document: document.name, message: "no template made a page of it")
    }
    guard let output, refused.isEmpty else {
      let reason = refused.isEmpty ? messages.text : "it tried to read \(refused.joined(separator: ", "))"
      throw .cannotTransform(
        stylesheet: path, document: document.name, message: reason.isEmpty ? LibXML.lastError() : reason)
    }
    return output
  }

  private func transform(
    _ document: XMLDocument, _ framework: String?, _ sink: UnsafeMutablePointer<tenure_message_sink>
  ) -> [UInt8]? {
    guard let context = xsltNewTransformContext(compiled, document.pointer) else { return nil }
    defer { xsltFreeTransformContext(context) }
    tenure_set_transform_sink(context, sink)
    context.pointee.maxTemplateDepth = 2000
    tenure_limit_xpath(context, 4_000_000_000)
    tenure_give_documents(context, kept)
    kept = nil
    // Taken as a text; it is never evaluated.
    if let framework, xsltQuoteOneUserParam(context, "framework", framework) != 0 { return nil }
    guard let result = xsltApplyStylesheetUser(compiled, document.pointer, nil, nil, nil, context) else { return nil }
    defer { xmlFreeDoc(result) }
    // A transform that failed may have read what it should not have: nothing of it is kept.
    guard context.pointee.state == XSLT_STATE_OK else { return nil }
    kept = tenure_take_documents(context)
    var bytes: UnsafeMutablePointer<xmlChar>?
    var count: Int32 = 0
    guard xsltSaveResultToString(&bytes, &count, result, compiled) == 0, let bytes else { return nil }
    defer { tenure_xml_free(bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
  }
}

/// Gathers what libxslt says through its variadic callbacks.
private final class MessageCollector {
  private(set) var bytes: [UInt8] = []

  var text: String {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n").joined(separator: "; ")
  }

  func collect<Value>(_ body: (UnsafeMutablePointer<tenure_message_sink>) -> Value) -> Value {
    var sink = tenure_message_sink(
      receive: { context, bytes, count in
        guard let context, let bytes else { return }
        let collector = Unmanaged<MessageCollector>.fromOpaque(context).takeUnretainedValue()
        UnsafeRawBufferPointer(start: bytes, count: count).withMemoryRebound(to: UInt8.self) {
          collector.bytes.append(contentsOf: $0)
        }
      }, context: Unmanaged.passUnretained(self).toOpaque())
    return withUnsafeMutablePointer(to: &sink, body)
  }
}

extension [UInt8] {
  /// Whether the bytes of `text` stand in it.
  fileprivate func contains(_ text: StaticString) -> Bool {
    withUnsafeBytes { tenure_contains($0.baseAddress, $0.count, text.utf8Start, text.utf8CodeUnitCount) }
  }
}
