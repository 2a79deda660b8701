/// Names of credentials as they may be kept. A log that holds a key, or a key's hash, where its name belongs must not
/// hand it on: such a name is shown as the beginning of its digest, under which equal ones stay one. One a thread.
final class CredentialName {
  /// A key's hash, as gateways log it, has at least as many hexadecimal digits.
  private static let shortestHash = 32

  private let arena = TextArena()

  /// What may be kept in place of a name; it lives until the next one.
  @inline(__always)
  func shown(_ name: BorrowedText) -> BorrowedText {
    name.count < SecretShapes.shortestToken || !holdsSecret(name.raw) ? name : digest(of: name)
  }

  private func digest(of name: BorrowedText) -> BorrowedText {
    arena.reset()
    return arena.text(SecretRedaction.digest(of: name.raw).utf8)
  }

  private func holdsSecret(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var start = 0
    for index in 0...bytes.count where index == bytes.count || Self.separates(bytes[index]) {
      let word = UnsafeRawBufferPointer(rebasing: bytes[start..<index])
      if word.count >= SecretShapes.shortestToken, SecretShapes.isToken(word) || Self.isHash(word) { return true }
      start = index + 1
    }
    return false
  }

  private static func separates(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, 0x22, 0x27, 0x2C, 0x2F, 0x3A, 0x3B, 0x3D: true
    default: false
    }
  }

  private static func isHash(_ word: UnsafeRawBufferPointer) -> Bool {
    word.count >= shortestHash
      && word.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x46).contains($0) || (0x61...0x66).contains($0) }
  }
}
