package import CXSLT
internal import CXSLTShim
internal import Glibc

/// Sets libxml2 up once: no network, no external entities, nothing on standard error.
package enum LibXML {
  /// Evaluate before any other use of the library.
  package static let ready: Void = {
    tenure_end_without_memory()
    xmlInitParser()
    tenure_quiet_libraries()
    // Whatever a document asks for, no DTD and no entity is ever opened.
    xmlSetExternalEntityLoader { _, _, _ in nil }
  }()

  /// Every thread has handlers of its own: call it first on a thread that handles documents.
  package static func silenceThread() {
    ready
    tenure_quiet_thread()
  }

  /// The version that is loaded: `2.9.14`.
  package static var version: String {
    let number = tenure_libxml_version()
    return "\(number / 10000).\(number / 100 % 100).\(number % 100)"
  }

  /// The library's last word on the calling thread.
  package static func lastError() -> String {
    guard let error = xmlGetLastError(), let message = error.pointee.message else { return "no reason given" }
    return String(cString: message).filter { $0 != "\n" }
      + (error.pointee.line > 0 ? " (line \(error.pointee.line))" : "")
  }
}

/// What is wrong with an XML document.
package struct XMLProblem: Error, Sendable {
  package var document: String
  package var line: Int?
  package var message: String

  package init(document: String, line: Int?, message: String) {
    self.document = document
    self.line = line
    self.message = message
  }
}

/// A parsed XML document: well-formed, without a document type, no larger than allowed.
package final class XMLDocument {
  package let pointer: xmlDocPtr
  package let name: String

  /// Larger trees are never built: a page is made from a small document.
  package static let largest = 20 << 20

  /// - Parameter largest: in bytes, for what is no evidence document.
  package init(_ bytes: [UInt8], name: String, largest: Int = largest) throws(XMLProblem) {
    LibXML.ready
    self.name = name
    guard bytes.count <= largest else {
      throw XMLProblem(document: name, line: nil, message: "larger than \(largest >> 20) MB")
    }
    xmlResetLastError()
    let options = Int32(XML_PARSE_NONET.rawValue)
    let parsed = bytes.withUnsafeBytes { buffer in
      xmlReadMemory(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), name, nil, options)
    }
    guard let parsed else {
      throw XMLProblem(document: name, line: nil, message: LibXML.lastError())
    }
    guard parsed.pointee.intSubset == nil else {
      xmlFreeDoc(parsed)
      throw XMLProblem(document: name, line: nil, message: "it has a document type, which no evidence document has")
    }
    pointer = parsed
  }

  deinit { xmlFreeDoc(pointer) }

  /// The root element's attributes and children, for readers that want values rather than nodes.
  package var root: Element? { xmlDocGetRootElement(pointer).map { Element(node: $0, document: self) } }

  /// One element. It keeps its document alive.
  package struct Element {
    package let node: xmlNodePtr
    let document: XMLDocument

    package var name: String { String(cString: node.pointee.name) }

    package subscript(_ attribute: String) -> String? {
      guard let value = xmlGetNoNsProp(node, attribute) else { return nil }
      defer { tenure_xml_free(value) }
      return String(cString: value)
    }

    /// In the order of the document; those without a namespace of their own, as all of ours are.
    package var attributes: [(name: String, value: String)] {
      var attributes: [(name: String, value: String)] = []
      var next = node.pointee.properties
      while let attribute = next {
        if let name = attribute.pointee.name, attribute.pointee.ns == nil {
          let text = xmlNodeListGetString(document.pointer, attribute.pointee.children, 1)
          attributes.append((String(cString: name), text.map { String(cString: $0) } ?? ""))
          tenure_xml_free(text)
        }
        next = attribute.pointee.next
      }
      return attributes
    }

    package var children: [Element] {
      var children: [Element] = []
      var next = node.pointee.children
      while let child = next {
        if child.pointee.type == XML_ELEMENT_NODE { children.append(Element(node: child, document: document)) }
        next = child.pointee.next
      }
      return children
    }

    /// What stands inside, in the order of the document; comments and instructions are left out.
    package enum Node {
      case element(Element)
      case text(String)
    }

    package var nodes: [Node] {
      var nodes: [Node] = []
      var next = node.pointee.children
      while let child = next {
        switch child.pointee.type {
        case XML_ELEMENT_NODE: nodes.append(.element(Element(node: child, document: document)))
        case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
          if let text = child.pointee.content { nodes.append(.text(String(cString: text))) }
        default: break
        }
        next = child.pointee.next
      }
      return nodes
    }

    /// All text inside, that of its descendants too.
    package var text: String {
      guard let value = xmlNodeGetContent(node) else { return "" }
      defer { tenure_xml_free(value) }
      return String(cString: value)
    }

    /// All text inside, in which some elements are replaced.
    ///
    /// - Parameter replacement: what stands for an element and its text; nil for the text itself.
    package func text(replacing replacement: (Element) -> String?) -> String {
      var text = ""
      var next = node.pointee.children
      while let child = next {
        next = child.pointee.next
        if child.pointee.type == XML_ELEMENT_NODE {
          let element = Element(node: child, document: document)
          text += replacement(element) ?? element.text(replacing: replacement)
        } else if child.pointee.type == XML_TEXT_NODE || child.pointee.type == XML_CDATA_SECTION_NODE,
          let content = child.pointee.content
        {
          text += String(cString: content)
        }
      }
      return text
    }

    /// The address that the element's name belongs to; nil where it belongs to none.
    package var namespace: String? { node.pointee.ns.flatMap { $0.pointee.href }.map { String(cString: $0) } }

    /// Counted from 1.
    package var line: Int { xmlGetLineNo(node) }

    package func children(named name: String) -> [Element] { children.filter { $0.name == name } }
    package func child(_ name: String) -> Element? { children.first { $0.name == name } }
  }
}

/// The schema that every evidence document is valid against.
package final class EvidenceSchema {
  private let schema: xmlSchemaPtr

  package init(_ bytes: [UInt8]) throws(XMLProblem) {
    LibXML.ready
    let parsed = bytes.withUnsafeBytes { buffer -> xmlSchemaPtr? in
      guard
        let context = xmlSchemaNewMemParserCtxt(
          buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count))
      else { return nil }
      defer { xmlSchemaFreeParserCtxt(context) }
      return xmlSchemaParse(context)
    }
    guard let parsed else {
      throw XMLProblem(document: "evidence.xsd", line: nil, message: LibXML.lastError())
    }
    schema = parsed
  }

  deinit { xmlSchemaFree(schema) }

  /// Throws the first thing that the schema refuses.
  package func validate(_ document: XMLDocument) throws(XMLProblem) {
    guard let context = xmlSchemaNewValidCtxt(schema) else {
      throw XMLProblem(document: document.name, line: nil, message: "no memory to validate it")
    }
    defer { xmlSchemaFreeValidCtxt(context) }
    let collector = Collector()
    xmlSchemaSetValidStructuredErrors(
      context,
      { user, error in
        guard let user, let error, let message = error.pointee.message else { return }
        let collector = Unmanaged<Collector>.fromOpaque(user).takeUnretainedValue()
        if collector.first == nil {
          collector.first = (Int(error.pointee.line), String(cString: message).filter { $0 != "\n" })
        }
      }, Unmanaged.passUnretained(collector).toOpaque())
    let status = xmlSchemaValidateDoc(context, document.pointer)
    if status != 0 {
      throw XMLProblem(
        document: document.name, line: collector.first?.line, message: collector.first?.message ?? "not valid")
    }
  }

  private final class Collector {
    var first: (line: Int, message: String)?
  }
}
