/// Reads a text once from front to back, line by line, and copies it without its secrets.
struct SecretScanner {
  /// What the lines before say of this one.
  enum Mode {
    case plain, pem
    /// A block text under a secret's key: all that is indented deeper.
    case block(column: Int)
    /// A secret in quotes that are still open.
    case quoted(UInt8)
    /// Below a secret's key: texts without a key of their own. Inside brackets that span lines the text is known by its
    /// quotes, wherever it stands.
    case below(column: Int, isAwaited: Bool)
  }

  let bytes: [UInt8]
  var output: [UInt8] = []
  var mode = Mode.plain
  /// This line, and where reading stands in it.
  var at = 0
  var start = 0
  var end = 0
  /// Brackets open on this line.
  var depth = 0
  /// Where the key stands below which every value is a secret; and the same inside the brackets of one line.
  var manyColumn: Int?
  var manyDepth: Int?
  /// The same for a secret's key whose value is a mapping, of which `value` and `inline` are the secret.
  var holderColumn: Int?
  var holderDepth: Int?
  /// How deep the list on this line is whose texts are secrets.
  var listDepth: Int?
  /// The last `name:` was that of a secret, so that the next `value:` is one.
  var nameIsSecret = false
  /// Inside a Kubernetes Secret, where everything under `data` is one.
  var isSecretResource = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    output.reserveCapacity(bytes.count)
  }

  mutating func run() -> String {
    var next = 0
    while next <= bytes.count {
      let line = line(from: next)
      if next == 0 || Self.isSeparator(line) { isSecretResource = holdsSecretResource(from: next) }
      (start, at, end, depth) = (line.startIndex, line.startIndex, line.endIndex, 0)
      (manyDepth, holderDepth, listDepth) = (nil, nil, nil)
      readLine()
      if end < bytes.count { output.append(0x0A) }
      next = end + 1
    }
    return String(decoding: output, as: UTF8.self)
  }

  private func line(from place: Int) -> ArraySlice<UInt8> {
    let rest = bytes[place...]
    return rest[..<(rest.firstIndex(of: 0x0A) ?? rest.endIndex)]
  }

  private static func isSeparator(_ line: ArraySlice<UInt8>) -> Bool {
    line.starts(with: [0x2D, 0x2D, 0x2D]) && line.dropFirst(3).first != 0x2D
  }

  /// Whether the YAML document that begins here says `kind: Secret`.
  private func holdsSecretResource(from place: Int) -> Bool {
    var next = place
    while next <= bytes.count {
      let line = line(from: next)
      if next > place, Self.isSeparator(line) { return false }
      if Self.saysSecret(line) { return true }
      next = line.endIndex + 1
    }
    return false
  }

  /// Whether `kind: Secret` stands on a line, in quotes, brackets or neither.
  private static func saysSecret(_ line: ArraySlice<UInt8>) -> Bool {
    let (key, value) = (Array("kind".utf8), Array("Secret".utf8))
    for place in line.indices where line[place] == key[0] && line[place...].starts(with: key) {
      let after = line[(place + key.count)...].drop { [0x20, 0x09, 0x22, 0x27].contains($0) }
      guard after.first == UInt8(ascii: ":") else { continue }
      let word = after.dropFirst().drop { [0x20, 0x09, 0x22, 0x27].contains($0) }
      if word.starts(with: value), word.dropFirst(value.count).first.map({ !isOfWord($0) }) ?? true { return true }
    }
    return false
  }

  var byte: UInt8? { at < end ? bytes[at] : nil }
  mutating func copy() {
    output.append(bytes[at])
    at += 1
  }
  mutating func copyBlanks() { while byte == 0x20 || byte == 0x09 || byte == 0x0D { copy() } }
  mutating func redact(to place: Int) {
    output += Array(SecretRedaction.mark.utf8)
    at = place
  }

  mutating func readLine() {
    copyBlanks()
    let column = at - start
    guard at < end else { return }
    if let many = manyColumn, column < many || (column == many && byte != UInt8(ascii: "-")) { manyColumn = nil }
    if let holder = holderColumn, column <= holder { holderColumn = nil }
    switch mode {
    case .plain: break
    case .pem where isOfPEM:
      let isLast = index(of: "-----END", from: at) != nil
      redact(to: end)
      if isLast { mode = .plain }
      return
    case .block(let key) where column > key: return redact(to: end)
    case .quoted(let quote):
      let close = closing(quote, from: at)
      redact(to: close ?? end)
      if close == nil { return }
      mode = .plain
    case .below(_, isAwaited: true) where isComment: break
    case .below(_, isAwaited: true) where (byte == 0x22 || byte == 0x27) && !beginsWithKey:
      mode = .plain
      redactText(isAssignment: false, isComment: false)
    case .below(let key, _) where column > key || (column == key && byte == UInt8(ascii: "-")):
      while byte == UInt8(ascii: "-") { copy(); copyBlanks() }
      if beginsWithKey {
        // What stands below are members, each a secret or not by its own key.
        mode = .plain
      } else if byte != UInt8(ascii: "#") {
        redactTexts()
      }
    default: mode = .plain
    }
    readInline()
  }

  /// Whether a comment of YAML or JSON5 begins here.
  var isComment: Bool {
    if byte == UInt8(ascii: "#") { return at == start || bytes[at - 1] <= 0x20 }
    guard byte == UInt8(ascii: "/"), at + 1 < end, bytes[at + 1] == UInt8(ascii: "/") else { return false }
    return at + 2 == end || bytes[at + 2] <= 0x20
  }

  /// Keys with their values, tokens, URLs and PEM blocks of the rest of the line.
  mutating func readInline() {
    let isComment = byte == UInt8(ascii: "#")
    while let byte {
      if listDepth != nil, self.isComment { listDepth = nil }
      if let listDepth, depth == listDepth, byte > 0x20, ![0x2C, 0x5B, 0x5D, 0x7B, 0x7D].contains(byte) {
        redactTexts(outside: listDepth - 1)
        forgetClosed()
      } else if SecretShapes.isLetterOrDigit(byte) || byte == 0x5F || byte == 0x24 {
        readWord(isComment: isComment)
      } else if byte == UInt8(ascii: ":"), index(of: "://", from: at, limit: 3) == at {
        readAuthority()
      } else if byte == UInt8(ascii: "-"), index(of: "-----BEGIN", from: at, limit: 10) == at {
        readPEM()
      } else {
        if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { depth += 1 }
        if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
          depth -= 1
          forgetClosed()
        }
        copy()
      }
    }
  }

  /// Forgets what held inside brackets that are closed by now.
  mutating func forgetClosed() {
    if let many = manyDepth, depth < many { manyDepth = nil }
    if let holder = holderDepth, depth < holder { holderDepth = nil }
    if let list = listDepth, depth < list { listDepth = nil }
  }

  static func isOfWord(_ byte: UInt8) -> Bool {
    SecretShapes.isLetterOrDigit(byte) || byte == 0x5F || byte == 0x24 || byte == 0x2E || byte == 0x2D
  }

  func endOfWord(from place: Int) -> Int {
    var place = place
    while place < end, Self.isOfWord(bytes[place]) { place += 1 }
    return place
  }

  /// Where the value of a key begins that ends before `place`; nil where no `:` or `=` follows.
  func valueStart(after place: Int) -> Int? {
    var place = place
    while place < end, bytes[place] == UInt8(ascii: "\\") { place += 1 }
    let isQuoted = place < end && (bytes[place] == 0x22 || bytes[place] == 0x27)
    if isQuoted { place += 1 }
    while place < end, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
    guard place < end else { return nil }
    let next = place + 1 < end ? bytes[place + 1] : 0x20
    switch bytes[place] {
    case UInt8(ascii: "="): return next == UInt8(ascii: "=") || next == UInt8(ascii: ">") ? nil : place + 1
    case UInt8(ascii: ":"):
      // The scheme of a URL is no key, inside brackets neither.
      if !isQuoted, place + 2 < end, next == UInt8(ascii: "/"), bytes[place + 2] == next { return nil }
      let isPlain = !isQuoted && depth == 0
      return isPlain && ![0x20, 0x09, 0x0D, 0x22, 0x27, 0x5B, 0x7B, 0x5C].contains(next) ? nil : place + 1
    default: return nil
    }
  }

  /// Whether the line from here on begins with a key, in quotes or not.
  var beginsWithKey: Bool {
    var place = at
    while place < end, [0x22, 0x27, 0x7B, 0x5B, 0x20].contains(bytes[place]) { place += 1 }
    let wordEnd = endOfWord(from: place)
    return wordEnd > place && valueStart(after: wordEnd) != nil
  }

  mutating func readWord(isComment: Bool) {
    let wordEnd = endOfWord(from: at)
    let word = bytes[at..<wordEnd]
    let column = at - start - (at > start && (bytes[at - 1] == 0x22 || bytes[at - 1] == 0x27) ? 1 : 0)
    if SecretShapes.isToken(word) { return redact(to: wordEnd) }
    if word.count == 6, word.elementsEqual("bearer".utf8, by: { $0 | 0x20 == $1 }) { return readBearer(wordEnd) }
    let valueAt = valueStart(after: wordEnd)
    let isName = valueAt != nil && word.elementsEqual("name".utf8)
    let isData = isSecretResource && (word.elementsEqual("data".utf8) || word.elementsEqual("stringData".utf8))
    let isMany = isData || SecretShapes.isNameOfMany(word)
    let isAmongMany = manyColumn.map { column > $0 } ?? false || manyDepth.map { depth >= $0 } ?? false
    let isHeld = holderColumn.map { column > $0 } ?? false || holderDepth.map { depth >= $0 } ?? false
    let isValueOfSecret =
      (nameIsSecret || isHeld) && word.elementsEqual("value".utf8) || isHeld && word.elementsEqual("inline".utf8)
    let sign = valueAt.map { bytes[$0 - 1] }
    while at < valueAt ?? wordEnd { copy() }
    guard let valueAt else { return }
    if isName {
      let name = bytes[valueAt..<end].drop { !SecretShapes.isLetterOrDigit($0) }
      nameIsSecret = SecretShapes.isSecretName(name.prefix(while: Self.isOfWord))
    }
    guard isMany || isAmongMany || isValueOfSecret || SecretShapes.isSecretName(word) else { return }
    if isMany, !isComment, manyColumn == nil, depth == 0 { manyColumn = column }
    if !isComment, holderColumn == nil, depth == 0 { holderColumn = column }
    readSecret(
      column: column, isMany: isMany, isAssignment: sign == UInt8(ascii: "="), isComment: isComment)
  }
}
