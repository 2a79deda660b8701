internal import Crypto

/// A UUID of version 5 (RFC 9562 §5.5): the same name, the same UUID, on every machine. SHA-1 is what the standard asks for;
/// nothing is kept safe by it.
package enum NameBasedUUID {
  /// The namespace of every name of Tenure's, drawn once: 7b1f3c6e-52d4-4b0a-9c8e-0f6a2d9e4c17.
  private static let namespace: [UInt8] = [
    0x7B, 0x1F, 0x3C, 0x6E, 0x52, 0xD4, 0x4B, 0x0A, 0x9C, 0x8E, 0x0F, 0x6A, 0x2D, 0x9E, 0x4C, 0x17,
  ]

  /// - Parameter parts: joined by NUL, which no name holds, so that two lists of parts never make one name.
  package static func text(_ parts: String...) -> String {
    var hasher = Insecure.SHA1()
    hasher.update(data: namespace)
    hasher.update(data: Array(parts.joined(separator: "\u{0}").utf8))
    var bytes = Array(hasher.finalize().prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x50
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text.append(0x2D) }
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
