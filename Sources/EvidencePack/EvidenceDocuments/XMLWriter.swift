/// Writes one evidence document. Whatever a text holds, the result is well-formed.
struct XMLWriter {
  private(set) var bytes: [UInt8] = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
  private var depth: Int

  /// - Parameter depth: how far in the elements stand, of a part that goes into another document.
  init(depth: Int = 0) {
    self.depth = depth
    if depth > 0 { bytes = [] }
  }

  /// Takes in the elements of a part.
  mutating func elements(of part: XMLWriter) { bytes += part.bytes }

  static let namespace = "urn:tenure:evidence:1"

  /// Attributes whose value is nil are left out.
  typealias Attributes = KeyValuePairs<String, String?>

  mutating func root(_ name: String, _ attributes: [Attributes], _ body: (inout XMLWriter) throws -> Void) rethrows {
    open(name, [["xmlns": Self.namespace]] + attributes)
    append(">\n")
    depth += 1
    try body(&self)
    depth -= 1
    append("</\(name)>\n")
  }

  mutating func element(_ name: String, _ attributes: Attributes...) {
    open(name, attributes)
    append("/>\n")
  }

  mutating func element(_ name: String, _ attributes: [Attributes]) {
    open(name, attributes)
    append("/>\n")
  }

  mutating func element(_ name: String, _ attributes: Attributes..., body: (inout XMLWriter) -> Void) {
    element(name, attributes, body: body)
  }

  mutating func element(_ name: String, _ attributes: [Attributes], body: (inout XMLWriter) -> Void) {
    open(name, attributes)
    append(">\n")
    depth += 1
    body(&self)
    depth -= 1
    indent()
    append("</\(name)>\n")
  }

  mutating func text(_ name: String, _ text: String, _ attributes: Attributes...) {
    open(name, attributes)
    append(">")
    escape(text, inAttribute: false)
    append("</\(name)>\n")
  }

  /// Text of which some pieces stand in an element of their own, named by `mark`.
  mutating func pieces(_ name: String, _ pieces: [(text: String, mark: String?)], _ attributes: Attributes...) {
    open(name, attributes)
    append(">")
    for piece in pieces {
      if let mark = piece.mark { append("<\(mark)>") }
      escape(piece.text, inAttribute: false)
      if let mark = piece.mark { append("</\(mark)>") }
    }
    append("</\(name)>\n")
  }

  private mutating func open(_ name: String, _ attributes: [Attributes]) {
    indent()
    append("<\(name)")
    for group in attributes {
      for case let (key, value?) in group {
        append(" \(key)=\"")
        escape(value, inAttribute: true)
        append("\"")
      }
    }
  }

  private mutating func indent() { append(String(repeating: " ", count: depth)) }
  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Characters that XML cannot hold are shown by a picture of them: U+2400 and following, or U+FFFD.
  private mutating func escape(_ text: String, inAttribute: Bool) {
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x26: append("&amp;")
      case 0x3C: append("&lt;")
      case 0x3E: append("&gt;")
      case 0x22 where inAttribute: append("&quot;")
      case 0x09 where inAttribute: append("&#9;")
      case 0x0A where inAttribute: append("&#10;")
      case 0x0D: append("&#13;")
      case 0x09, 0x0A: bytes.append(UInt8(scalar.value))
      case 0x00...0x1F: bytes.append(contentsOf: String(UnicodeScalar(0x2400 + scalar.value) ?? "\u{FFFD}").utf8)
      case 0xFFFE, 0xFFFF: append("\u{FFFD}")
      default: bytes.append(contentsOf: String(scalar).utf8)
      }
    }
  }
}
