internal import EvidenceModel

/// Takes secrets out of what is kept of the inputs, since it goes into the store and the pack. Described in
/// `docs/threat-model.md`. Reads bytes once from front to back and needs no valid YAML or JSON; lines stay lines.
package enum SecretRedaction {
  static let mark = "[redacted]"

  package static func redact(_ text: String) -> String {
    var scanner = SecretScanner(Array(text.utf8))
    return scanner.run()
  }

  /// One value of a config, known by its key.
  static func value(_ text: String, key: String) -> String {
    if SecretShapes.isSecretName(key.utf8) || SecretShapes.isNameOfMany(key.utf8) {
      return SecretShapes.isReference(ArraySlice(text.utf8)) ? text : mark
    }
    return redact(text)
  }

  /// A name or a short text of an input as it may be kept. A single word with a token in it, and a key in PEM, become the
  /// beginning of their digest, so that equal names stay one and different ones two.
  package static func shown(_ text: String) -> String {
    var text = text
    return text.withUTF8 { shown(UnsafeRawBufferPointer($0)) }.map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  /// The same of bytes; nil where they may be kept as they are.
  package static func shown(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    guard mayHoldSecret(bytes) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    let redacted = settled(text)
    if redacted.utf8.elementsEqual(bytes) { return nil }
    let isPEM = redacted.utf8.split(separator: 0x0A).allSatisfy { $0.elementsEqual(mark.utf8) }
    let isWord = !bytes.contains { $0 <= 0x20 }
    // A password can be guessed, so that its digest would give it away.
    let isKey = isPEM || isWord && hasWord(in: bytes) { SecretShapes.isToken($0) }
    return Array((isKey ? digest(of: bytes) : redacted).utf8)
  }

  /// What is left where a text is redacted again and again, so that what was shown once stays as it is.
  private static func settled(_ text: String) -> String {
    var text = text
    for _ in 0..<4 {
      let redacted = redact(text)
      if redacted.utf8.elementsEqual(text.utf8) { return text }
      text = redacted
    }
    return mark
  }

  private static let shownDigits = 12

  static func digest(of bytes: UnsafeRawBufferPointer) -> String {
    "sha256:\(Digest(of: bytes).description.prefix(shownDigits))"
  }

  /// Whether a text is worth reading through: almost no name is.
  private static func mayHoldSecret(_ bytes: UnsafeRawBufferPointer) -> Bool {
    for index in bytes.indices {
      switch bytes[index] {
      case UInt8(ascii: "="): return true
      case UInt8(ascii: ":") where index + 1 < bytes.count && !SecretShapes.isLetterOrDigit(bytes[index + 1]):
        return true
      case UInt8(ascii: "-") where bytes[index...].starts(with: pemStart): return true
      default: break
      }
    }
    return hasWord(in: bytes) { SecretShapes.isToken($0) || isBearer($0) }
  }

  private static let pemStart = Array("-----BEGIN".utf8)
  private static let bearer = Array("bearer".utf8)

  private static func isBearer(_ word: UnsafeRawBufferPointer) -> Bool {
    word.count == bearer.count && word.elementsEqual(bearer, by: { $0 | 0x20 == $1 })
  }

  private static func hasWord(
    in bytes: UnsafeRawBufferPointer, where isSought: (UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    var start = 0
    for index in 0...bytes.count where index == bytes.count || !SecretScanner.isOfWord(bytes[index]) {
      if index > start, isSought(UnsafeRawBufferPointer(rebasing: bytes[start..<index])) { return true }
      start = index + 1
    }
    return false
  }
}
