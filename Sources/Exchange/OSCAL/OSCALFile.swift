package import XMLDocuments

/// The OSCAL files of a pack: XML that stylesheets made, and JSON that is made from it.
package enum OSCALFile {
  package static let folder = "exchange/oscal/"
  /// Twice what any other document may have: OSCAL takes many words.
  package static let largest = 64 << 20

  package static func isXML(_ path: String) -> Bool { path.hasPrefix(folder) && path.hasSuffix(".xml") }

  /// The path of the JSON that says the same.
  package static func twin(of path: String) -> String { path.dropLast(".xml".utf8.count) + ".json" }

  package static func document(_ bytes: [UInt8], name: String) throws(XMLProblem) -> XMLDocument {
    try XMLDocument(bytes, name: name, largest: largest)
  }

  /// The document as OSCAL writes it in JSON.
  package static func json(_ document: XMLDocument) throws(XMLProblem) -> [UInt8] {
    guard let root = document.root, root.namespace == OSCALNames.namespace else {
      throw XMLProblem(document: document.name, line: 1, message: "it is no OSCAL document")
    }
    var writer = JSONText()
    writer.open("{")
    writer.key(root.name)
    try OSCALConverter(name: document.name).write(root, to: &writer)
    writer.close("}")
    return writer.bytes
  }
}
