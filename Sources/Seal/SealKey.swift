internal import Crypto
internal import CryptoExtras
package import EvidenceModel
internal import Foundation
internal import Glibc

/// A public Ed25519 key out of a PEM file, as `openssl pkey -pubout` writes it (RFC 8410).
package struct SealPublicKey: Sendable {
  private let key: Curve25519.Signing.PublicKey
  /// The SHA-256 of the key's SubjectPublicKeyInfo in DER, in hexadecimal.
  package let id: String

  fileprivate init(_ key: Curve25519.Signing.PublicKey) {
    self.key = key
    id = EvidenceModel.Digest(of: Array(key.derRepresentation)).description
  }

  package init(contentsOf path: String) throws(Diagnostic) {
    let text = try KeyFile.text(path)
    guard let key = try? Curve25519.Signing.PublicKey(pemRepresentation: text) else {
      throw Diagnostic(
        id: "seal-key-unreadable", file: path, summary: "is no public Ed25519 key in PEM",
        nextStep: "Write one with `openssl pkey -in KEY.pem -pubout -out PUB.pem`.")
    }
    self.init(key)
  }

  func hasSigned(_ bytes: [UInt8], with signature: [UInt8]) -> Bool { key.isValidSignature(signature, for: bytes) }
}

/// A private Ed25519 key out of a PEM file, as `openssl genpkey -algorithm ed25519` writes it (RFC 8410).
package struct SealPrivateKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey

  package init(contentsOf path: String) throws(Diagnostic) {
    let text = try KeyFile.text(path)
    guard let key = try? Curve25519.Signing.PrivateKey(pemRepresentation: text) else {
      throw Diagnostic(
        id: "seal-key-unreadable", file: path, summary: "is no private Ed25519 key in PEM without a passphrase",
        nextStep: "Make one with `openssl genpkey -algorithm ed25519 -out KEY.pem`, and chmod 600 it.")
    }
    try KeyFile.expectPrivate(path)
    self.key = key
  }

  package var publicKey: SealPublicKey { SealPublicKey(key.publicKey) }

  func signature(of bytes: [UInt8]) throws -> [UInt8] { Array(try key.signature(for: bytes)) }
}

enum KeyFile {
  /// A PEM file of one key is some hundred bytes.
  private static let largest = 16 << 10

  static func text(_ path: String) throws(Diagnostic) -> String {
    guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.read(upToCount: largest + 1),
      data.count <= largest
    else {
      throw Diagnostic(
        id: "seal-key-missing", file: path, summary: "cannot be read as a key", nextStep: "Name a PEM file of one key.")
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// A key that others can read proves nothing about who signed.
  static func expectPrivate(_ path: String) throws(Diagnostic) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & 0o077 == 0 else {
      throw Diagnostic(
        id: "seal-key-open", file: path, summary: "others than its owner may read this private key",
        nextStep: "Run `chmod 600` on it, and think about a new key.")
    }
  }
}
