internal import Crypto

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A SHA-256 digest.
package struct Digest: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The digest's 32 bytes as four big-endian words, so that comparing words compares bytes.
  package var words: (UInt64, UInt64, UInt64, UInt64)

  package init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

  package init(of bytes: UnsafeRawBufferPointer) {
    var hasher = Hasher256()
    hasher.update(bytes)
    self = hasher.finish()
  }

  package init(of bytes: [UInt8]) {
    self = bytes.withUnsafeBytes { Digest(of: $0) }
  }

  package init(of text: String) {
    var copy = text
    self = copy.withUTF8 { Digest(of: UnsafeRawBufferPointer($0)) }
  }

  /// Reads 64 lower-case hexadecimal digits.
  package init?(hexadecimal text: some StringProtocol) {
    let digits = Array(text.utf8)
    guard digits.count == 64 else { return nil }
    var words: [UInt64] = [0, 0, 0, 0]
    for (index, digit) in digits.enumerated() {
      let value: UInt64
      switch digit {
      case 0x30...0x39: value = UInt64(digit - 0x30)
      case 0x61...0x66: value = UInt64(digit - 0x61 + 10)
      default: return nil
      }
      words[index / 16] = words[index / 16] << 4 | value
    }
    self.words = (words[0], words[1], words[2], words[3])
  }

  package static func == (left: Digest, right: Digest) -> Bool { left.words == right.words }
  package static func < (left: Digest, right: Digest) -> Bool { left.words < right.words }
  package func hash(into hasher: inout Hasher) { hasher.combine(words.0) }

  /// Lower-case hexadecimal.
  package var description: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(unsafeUninitializedCapacity: 64) { buffer in
      for (index, word) in [words.0, words.1, words.2, words.3].enumerated() {
        for place in 0..<16 {
          buffer[index * 16 + place] = digits[Int((word >> UInt64((15 - place) * 4)) & 15)]
        }
      }
      return 64
    }
  }

  /// The first `count` hexadecimal digits, for suffixes of names.
  package func prefix(_ count: Int) -> String { String(description.prefix(count)) }
}

/// Takes bytes piece by piece and ends in a `Digest`.
package struct Hasher256 {
  private var hasher = SHA256()

  package init() {}

  package mutating func update(_ bytes: UnsafeRawBufferPointer) { hasher.update(bufferPointer: bytes) }

  package func finish() -> Digest {
    hasher.finalize().withUnsafeBytes { bytes in
      func word(_ index: Int) -> UInt64 {
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
      }
      return Digest(words: (word(0), word(1), word(2), word(3)))
    }
  }
}
