/// Values: what is replaced once a key, a shape or a place says that it is a secret.
extension SecretScanner {
  mutating func readSecret(column: Int, isMany: Bool, isAssignment: Bool, isComment: Bool) {
    copyBlanks()
    // A tag or an anchor may stand before the value.
    while byte == UInt8(ascii: "!") || byte == UInt8(ascii: "&"), !isAssignment, depth == 0 {
      while byte != nil, byte != 0x20 { copy() }
      copyBlanks()
    }
    let below = isComment || isAssignment ? Mode.plain : Mode.below(column: column, isAwaited: false)
    if byte == nil || self.isComment {
      if !isComment, !isAssignment { mode = .below(column: column, isAwaited: true) }
      return
    }
    switch byte {
    case UInt8(ascii: "|"), UInt8(ascii: ">"):
      if isComment { return redact(to: end) }
      // The sign, how to end and how far to indent; what else stands there is no sign of a block text.
      while let byte, [0x7C, 0x3E, 0x2B, 0x2D].contains(byte) || (0x31...0x39).contains(byte) { copy() }
      copyBlanks()
      if byte != nil, !self.isComment { redact(to: end) }
      if !isAssignment { mode = .block(column: column) }
    case UInt8(ascii: "{"):
      if isMany { manyDepth = manyDepth ?? depth + 1 }
      holderDepth = holderDepth ?? depth + 1
    case UInt8(ascii: "[") where isMark: redact(to: at + SecretRedaction.mark.utf8.count)
    case UInt8(ascii: "["):
      let outside = depth
      copy()
      depth += 1
      redactTexts(outside: outside)
      if depth > outside {
        mode = below
        listDepth = depth
        if isMany { manyDepth = manyDepth ?? depth }
      }
    default:
      redactText(isAssignment: isAssignment, isComment: isComment)
      if case .plain = mode, depth == 0, !isAssignment { mode = below }
    }
  }

  /// Whether a secret stood here that was redacted before.
  private var isMark: Bool { bytes[at..<end].starts(with: SecretRedaction.mark.utf8) }

  /// Texts one after another, up to the end of the line or of their list. An object among them is read by its keys.
  mutating func redactTexts(outside: Int = 0) {
    while let byte {
      switch byte {
      case 0x20, 0x09, 0x0D, UInt8(ascii: ","): copy()
      case UInt8(ascii: "[") where isMark: redact(to: at + SecretRedaction.mark.utf8.count)
      case UInt8(ascii: "["):
        depth += 1
        copy()
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        copy()
        if depth <= outside { return }
      case UInt8(ascii: "{"): return
      case _ where isComment: return
      default:
        let place = at
        redactText(isAssignment: false, isComment: false)
        if at == place { copy() }
      }
    }
  }

  /// One text, with its quotes or without.
  mutating func redactText(isAssignment: Bool, isComment: Bool) {
    while byte == UInt8(ascii: "\\") { copy() }
    if let quote = byte, quote == 0x22 || quote == 0x27 {
      copy()
      let close = closing(quote, from: at)
      if !SecretShapes.isReference(bytes[at..<(close ?? end)]) || close == nil {
        redact(to: close ?? end)
      }
      while at < close ?? end { copy() }
      if close == nil, !isComment { mode = .quoted(quote) }
      if close != nil { while byte == UInt8(ascii: "\\") { copy() } }
      if byte == quote { copy() }
      return
    }
    var place = at
    while place < end {
      let byte = bytes[place]
      if isAssignment, [0x20, 0x26, 0x3B, 0x22, 0x27, 0x2C].contains(byte) { break }
      if depth > 0, [0x2C, 0x7D, 0x5D].contains(byte) { break }
      if byte == UInt8(ascii: "#"), place > start, bytes[place - 1] == 0x20 { break }
      place += 1
    }
    var valueEnd = place
    while valueEnd > at, [0x20, 0x09, 0x0D, 0x2C].contains(bytes[valueEnd - 1]) { valueEnd -= 1 }
    if SecretShapes.isReference(bytes[at..<valueEnd]) { while at < valueEnd { copy() } } else { redact(to: valueEnd) }
  }

  /// Where a quoted text ends: at its quote, which `\` or a second `'` escapes. An escaped quote ends what one began.
  func closing(_ quote: UInt8, from place: Int) -> Int? {
    let isEscaped = place >= start + 2 && bytes[place - 1] == quote && bytes[place - 2] == UInt8(ascii: "\\")
    var place = place
    while place < end {
      if bytes[place] == UInt8(ascii: "\\"), quote == 0x22 {
        if isEscaped, place + 1 < end, bytes[place + 1] == quote { return place }
        place += 2
      } else if bytes[place] == quote {
        guard quote == 0x27, place + 1 < end, bytes[place + 1] == quote else { return place }
        place += 2
      } else {
        place += 1
      }
    }
    return nil
  }

  mutating func readBearer(_ wordEnd: Int) {
    while at < wordEnd || byte == 0x20 { copy() }
    var place = at
    while place < end, bytes[place] > 0x20, ![0x22, 0x27, 0x2C, 0x5C].contains(bytes[place]) { place += 1 }
    let token = bytes[at..<place]
    guard token.count >= 8, !SecretShapes.isReference(token),
      token.count >= 20 || token.contains(where: { (0x30...0x39).contains($0) })
    else { return }
    redact(to: place)
  }

  /// The user and the password of a URL.
  mutating func readAuthority() {
    for _ in 0..<3 { copy() }
    var place = at
    var colon: Int?
    var sign: Int?
    while place < end, ![0x20, 0x22, 0x27, 0x2F, 0x3F, 0x23, 0x5C, 0x2C].contains(bytes[place]) {
      if bytes[place] == UInt8(ascii: ":"), colon == nil { colon = place }
      if bytes[place] == UInt8(ascii: "@") { sign = place }
      place += 1
    }
    guard let sign else {
      let slack = Array("hooks.slack.com".utf8)
      if bytes[at..<place].elementsEqual(slack) {
        while at < place { copy() }
        while place < end, bytes[place] > 0x20, ![0x22, 0x27, 0x2C].contains(bytes[place]) { place += 1 }
        redact(to: place)
      }
      return
    }
    if let colon, colon < sign {
      while at <= colon { copy() }
      if SecretShapes.isReference(bytes[at..<sign]) { while at < sign { copy() } } else { redact(to: sign) }
    } else if sign - at >= 16, !SecretShapes.isReference(bytes[at..<sign]) {
      redact(to: sign)
    }
  }

  mutating func readPEM() {
    if let close = index(of: "-----END", from: at) {
      var place = close + 8
      while place < end, bytes[place] != 0x22, bytes[place] != 0x27, bytes[place] != 0x2C { place += 1 }
      redact(to: place)
    } else {
      redact(to: end)
      mode = .pem
    }
  }

  /// Whether a line may stand inside a PEM block.
  var isOfPEM: Bool {
    if index(of: "-----END", from: at) != nil || index(of: "Proc-Type:", from: at) != nil { return true }
    if index(of: "DEK-Info:", from: at) != nil { return true }
    return bytes[at..<end].allSatisfy { byte in
      SecretShapes.isLetterOrDigit(byte)
        || [0x2B, 0x2F, 0x3D, 0x23, 0x20, 0x09, 0x0D, 0x22, 0x27, 0x2C, 0x5C].contains(byte)
    }
  }

  /// Where a text stands on this line; with a limit, only among that many bytes.
  func index(of text: StaticString, from place: Int, limit: Int? = nil) -> Int? {
    let last = min(end, limit.map { place + $0 } ?? end) - text.utf8CodeUnitCount
    guard place <= last else { return nil }
    return text.withUTF8Buffer { wanted in
      (place...last).first { bytes[$0] == wanted[0] && bytes[$0..<($0 + wanted.count)].elementsEqual(wanted) }
    }
  }
}
