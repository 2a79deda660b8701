internal import XMLDocuments

/// An evidence document as values that can be changed, and its bytes again.
struct DocumentElement {
  enum Node {
    case element(DocumentElement)
    case text(String)
  }

  var name: String
  var attributes: [(name: String, value: String)] = []
  var nodes: [Node] = []

  init(name: String, attributes: [(name: String, value: String)] = [], nodes: [Node] = []) {
    self.name = name
    self.attributes = attributes
    self.nodes = nodes
  }

  init(_ element: XMLDocument.Element) {
    name = element.name
    attributes = element.attributes
    nodes = element.nodes.map { node in
      switch node {
      case .element(let child): .element(DocumentElement(child))
      case .text(let text): .text(text)
      }
    }
  }

  subscript(_ attribute: String) -> String? {
    get { attributes.first { $0.name == attribute }?.value }
    set {
      let index = attributes.firstIndex { $0.name == attribute }
      switch (index, newValue) {
      case (let index?, let value?): attributes[index].value = value
      case (let index?, nil): attributes.remove(at: index)
      case (nil, let value?): attributes.append((attribute, value))
      case (nil, nil): break
      }
    }
  }

  var text: String {
    nodes.map { node in
      switch node {
      case .element(let child): child.text
      case .text(let text): text
      }
    }.joined()
  }

  func child(_ name: String) -> DocumentElement? {
    for case .element(let child) in nodes where child.name == name { return child }
    return nil
  }

  /// Changes children in place; those for which `body` gives false go.
  mutating func updateChildren(_ body: (inout DocumentElement) -> Bool) {
    var kept: [Node] = []
    kept.reserveCapacity(nodes.count)
    for node in nodes {
      guard case .element(var child) = node else {
        kept.append(node)
        continue
      }
      if body(&child) { kept.append(.element(child)) }
    }
    nodes = kept
  }

  /// As a whole document.
  var bytes: [UInt8] {
    var bytes = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
    write(to: &bytes, isRoot: true)
    bytes.append(0x0A)
    return bytes
  }

  private func write(to bytes: inout [UInt8], isRoot: Bool = false) {
    bytes.append(contentsOf: "<\(name)".utf8)
    if isRoot { bytes.append(contentsOf: " xmlns=\"urn:tenure:evidence:1\"".utf8) }
    for attribute in attributes {
      bytes.append(contentsOf: " \(attribute.name)=\"".utf8)
      Self.escape(attribute.value, inAttribute: true, to: &bytes)
      bytes.append(0x22)
    }
    guard !nodes.isEmpty else {
      bytes.append(contentsOf: "/>".utf8)
      return
    }
    bytes.append(0x3E)
    for node in nodes {
      switch node {
      case .element(let child): child.write(to: &bytes)
      case .text(let text): Self.escape(text, inAttribute: false, to: &bytes)
      }
    }
    bytes.append(contentsOf: "</\(name)>".utf8)
  }

  static func escape(_ text: String, inAttribute: Bool, to bytes: inout [UInt8]) {
    for byte in text.utf8 {
      switch byte {
      case 0x26: bytes.append(contentsOf: "&amp;".utf8)
      case 0x3C: bytes.append(contentsOf: "&lt;".utf8)
      case 0x3E: bytes.append(contentsOf: "&gt;".utf8)
      case 0x22 where inAttribute: bytes.append(contentsOf: "&quot;".utf8)
      case 0x09 where inAttribute: bytes.append(contentsOf: "&#9;".utf8)
      case 0x0A where inAttribute: bytes.append(contentsOf: "&#10;".utf8)
      case 0x0D: bytes.append(contentsOf: "&#13;".utf8)
      default: bytes.append(byte)
      }
    }
  }
}
