internal import Crypto
package import EvidenceModel
internal import Foundation
internal import Glibc

/// The secret of one pack at one level, derived from a key file and the digest of the internal pack's manifest (HKDF,
/// RFC 5869, with SHA-256). Another pack, or another level, has another one.
package struct PackKey: Sendable {
  private let key: SymmetricKey

  /// - Parameter secret: the bytes of the key file.
  package init(secret: [UInt8], internalManifest: EvidenceModel.Digest, level: DisclosureLevel) {
    key = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: secret), salt: Array(internalManifest.description.utf8),
      info: Array("tenure disclosure 1 \(level.rawValue)".utf8), outputByteCount: 32)
  }

  /// HMAC-SHA256 (RFC 2104) of the parts, each with its length before it, so that no two lists are one text.
  func code(_ parts: String...) -> EvidenceModel.Digest {
    var authentication = HMAC<SHA256>(key: key)
    for part in parts {
      authentication.update(data: Array("\(part.utf8.count) ".utf8))
      authentication.update(data: Array(part.utf8))
    }
    return authentication.finalize().withUnsafeBytes { bytes in
      func word(_ index: Int) -> UInt64 {
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
      }
      return Digest(words: (word(0), word(1), word(2), word(3)))
    }
  }
}

/// The file that all pseudonyms hang on. It lies outside of every pack.
package enum KeyFile {
  static let fewestBytes = 32
  static let mostBytes = 4096

  /// Makes a key of 32 random bytes, as hexadecimal, in a new file that only its owner may read.
  package static func make(_ path: String) throws(Diagnostic) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw problem(path, "cannot be made: \(String(cString: strerror(errno)))", "Name a new file.")
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    let digits = SymmetricKey(size: .bits256).withUnsafeBytes { bytes in
      bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
    do {
      try handle.write(contentsOf: Data((digits + "\n").utf8))
    } catch {
      throw problem(path, "cannot be written: \(error.localizedDescription)", "Check the disk.")
    }
  }

  /// Reads a key file: a regular file, for its owner alone, of 32 bytes or more, and in none of the folders.
  ///
  /// - Parameter folders: packs, which the key must not lie in.
  package static func read(_ path: String, outside folders: [String]) throws(Diagnostic) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw problem(
        path, "cannot be opened: \(String(cString: strerror(errno)))", "Make one with tenure disclose --new-key.")
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw problem(path, "is no file", "Name a key file.")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw problem(path, "may be read by others than its owner", "Run chmod 600 on it.")
    }
    for folder in folders where isInside(path, folder) {
      throw problem(path, "lies in the pack's folder, which is handed over", "Keep it elsewhere.")
    }
    let bytes = (try? handle.read(upToCount: mostBytes + 1)).map { Array($0) } ?? []
    guard bytes.count >= fewestBytes, bytes.count <= mostBytes else {
      throw problem(
        path, "has \(bytes.count > mostBytes ? "more than \(mostBytes)" : "only \(bytes.count)") bytes",
        "Make one with tenure disclose --new-key.")
    }
    return bytes
  }

  private static func isInside(_ path: String, _ folder: String) -> Bool {
    func real(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
    return real(path).hasPrefix(real(folder) + "/")
  }

  private static func problem(_ path: String, _ summary: String, _ nextStep: String) -> Diagnostic {
    Diagnostic(id: "disclosure-key", file: path, summary: summary, nextStep: nextStep)
  }
}
