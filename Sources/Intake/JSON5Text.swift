internal import EvidenceModel

/// A JSON5 text, and so JSON too, as the nodes that YAML gives. Foundation's own JSON5 says of an error neither line nor
/// offset and turns numbers into doubles, so the few rules stand here. Capped in size, depth and number of values.
struct JSON5Text {
  private static let deepest = 200
  private static let mostNodes = 2_000_000

  private let bytes: [UInt8]
  private let name: String
  private var at = 0
  private var line = 1
  private var lineStart = 0
  /// UTF-8 continuation bytes on this line so far, since columns count scalars.
  private var continuations = 0
  private var budget = mostNodes

  /// Whether the text is an object of JSON5: after white space and comments it begins with `{`.
  static func begins(_ text: String) -> Bool {
    var reader = JSON5Text(Array(text.utf8), name: "")
    try? reader.skipBlank()
    return reader.byte == UInt8(ascii: "{")
  }

  /// The one value of the text.
  static func read(_ text: String, name: String) throws(Diagnostic) -> YAMLText.Node {
    guard text.utf8.count <= YAMLText.largest else {
      throw Diagnostic(
        id: "json5-too-large", file: name, summary: "larger than 16 MiB",
        nextStep: "Check that the configuration names the right file.")
    }
    var reader = JSON5Text(Array(text.utf8), name: name)
    let node = try reader.value(depth: 0)
    try reader.skipBlank()
    if reader.byte != nil { throw reader.problem("something follows its end") }
    return node
  }

  private init(_ bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
  }

  private var byte: UInt8? { at < bytes.count ? bytes[at] : nil }
  private func follows(_ text: StaticString) -> Bool {
    guard at + text.utf8CodeUnitCount <= bytes.count else { return false }
    return text.withUTF8Buffer { bytes[at..<(at + $0.count)].elementsEqual($0) }
  }

  private mutating func advance(_ count: Int = 1) {
    for _ in 0..<count where at < bytes.count {
      let byte = bytes[at]
      at += 1
      if byte == 0x0A {
        line += 1
        lineStart = at
        continuations = 0
      } else if byte & 0xC0 == 0x80 {
        continuations += 1
      }
    }
  }

  private var mark: YAMLText.Mark { .init(line: line, column: at - lineStart - continuations + 1) }

  /// Never quotes the text, which may hold secrets.
  private func problem(_ what: String, id: String = "json5-syntax") -> Diagnostic {
    Diagnostic(
      id: id, file: name, line: line, byteOffset: at, summary: "no valid JSON5: \(what)",
      nextStep: "Correct the text at this place.")
  }

  private mutating func skipBlank() throws(Diagnostic) {
    while let byte {
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D: advance()
      case 0xC2 where follows("\u{A0}"): advance(2)
      case 0xE2 where follows("\u{2028}") || follows("\u{2029}"): advance(3)
      case 0xEF where follows("\u{FEFF}"): advance(3)
      case UInt8(ascii: "/") where follows("//"):
        while let byte = self.byte, byte != 0x0A { advance() }
      case UInt8(ascii: "/") where follows("/*"):
        advance(2)
        while self.byte != nil, !follows("*/") { advance() }
        if self.byte == nil { throw problem("a comment has no end") }
        advance(2)
      default: return
      }
    }
  }

  private mutating func value(depth: Int) throws(Diagnostic) -> YAMLText.Node {
    try skipBlank()
    budget -= 1
    guard depth < Self.deepest else { throw problem("nested deeper than \(Self.deepest) levels", id: "json5-too-deep") }
    guard budget > 0 else { throw problem("more than \(Self.mostNodes) values", id: "json5-too-many-nodes") }
    let mark = mark
    switch byte {
    case UInt8(ascii: "{"): return try object(mark, depth: depth)
    case UInt8(ascii: "["):
      advance()
      var items: [YAMLText.Node] = []
      while try !closes(UInt8(ascii: "]")) {
        items.append(try value(depth: depth + 1))
        try separate(before: UInt8(ascii: "]"))
      }
      return .sequence(items, mark)
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .scalar(try string(), isQuoted: true, mark)
    default:
      let word = word()
      guard ["true", "false", "null", "NaN", "Infinity"].contains(word) || Self.isNumber(word) else {
        throw problem("a value is missing, or a text stands without quotes")
      }
      return .scalar(word, isQuoted: false, mark)
    }
  }

  private mutating func object(_ mark: YAMLText.Mark, depth: Int) throws(Diagnostic) -> YAMLText.Node {
    advance()
    var members: [(key: String, value: YAMLText.Node)] = []
    var seen: ByName<Bool> = [:]
    while try !closes(UInt8(ascii: "}")) {
      let key: String
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { key = try string() } else { key = word() }
      guard !key.isEmpty || byte == UInt8(ascii: ":") else { throw problem("a key is missing") }
      guard seen[key] == nil else { throw problem("a key stands twice in one object") }
      seen[key] = true
      try skipBlank()
      guard byte == UInt8(ascii: ":") else { throw problem("a colon is missing after a key") }
      advance()
      members.append((key: key, value: try value(depth: depth + 1)))
      try separate(before: UInt8(ascii: "}"))
    }
    return .mapping(members, mark)
  }

  private mutating func closes(_ bracket: UInt8) throws(Diagnostic) -> Bool {
    try skipBlank()
    guard let byte else { throw problem("it ends in the middle") }
    guard byte == bracket else { return false }
    advance()
    return true
  }

  private mutating func separate(before bracket: UInt8) throws(Diagnostic) {
    try skipBlank()
    if byte == UInt8(ascii: ",") {
      advance()
    } else if byte != bracket {
      throw problem(byte == nil ? "it ends in the middle" : "a comma is missing")
    }
  }

  /// A run of letters, digits and signs: a key without quotes, a number, a literal.
  private mutating func word() -> String {
    let start = at
    while let byte {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39, 0x80...0xFF,
        UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"):
        advance()
      default: return String(decoding: bytes[start..<at], as: UTF8.self)
      }
    }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private static func isNumber(_ word: String) -> Bool {
    let unsigned = word.first == "+" || word.first == "-" ? word.dropFirst() : Substring(word)
    if unsigned.hasPrefix("0x") || unsigned.hasPrefix("0X") {
      return unsigned.count > 2 && unsigned.dropFirst(2).allSatisfy(\.isHexDigit)
    }
    guard let first = unsigned.utf8.first, (0x30...0x39).contains(first) || first == 0x2E else {
      return unsigned == "Infinity"
    }
    return Double(
      unsigned.hasPrefix(".") ? "0" + unsigned : unsigned.hasSuffix(".") ? unsigned + "0" : String(unsigned))
      != nil
  }

  private mutating func string() throws(Diagnostic) -> String {
    let quote = byte
    advance()
    var text: [UInt8] = []
    while let byte, byte != quote {
      switch byte {
      case 0x0A, 0x0D: throw problem("a text has no closing quote on its line")
      case UInt8(ascii: "\\"):
        advance()
        try escape(into: &text)
      default:
        text.append(byte)
        advance()
      }
    }
    if byte == nil { throw problem("a text has no closing quote") }
    advance()
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func escape(into text: inout [UInt8]) throws(Diagnostic) {
    guard let byte else { throw problem("it ends in the middle") }
    advance()
    switch byte {
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "v"): text.append(0x0B)
    case UInt8(ascii: "0"): text.append(0)
    case 0x0A: break
    case 0x0D: if self.byte == 0x0A { advance() }
    case UInt8(ascii: "x"): text += Array(String(Unicode.Scalar(UInt8(truncatingIfNeeded: try hexadecimal(2)))).utf8)
    case UInt8(ascii: "u"):
      var code = try hexadecimal(4)
      if (0xD800..<0xDC00).contains(code), follows("\\u") {
        advance(2)
        code = 0x10000 + (code - 0xD800) << 10 + (try hexadecimal(4) &- 0xDC00) & 0x3FF
      }
      text += Array(String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
    default: text.append(byte)
    }
  }

  private mutating func hexadecimal(_ count: Int) throws(Diagnostic) -> UInt32 {
    guard at + count <= bytes.count,
      let code = UInt32(String(decoding: bytes[at..<(at + count)], as: UTF8.self), radix: 16)
    else { throw problem("an escape has too few hexadecimal digits") }
    advance(count)
    return code
  }
}
