package import EvidenceModel
internal import Foundation

/// What the seals of a pack are worth to somebody who trusts certain keys.
package struct SealReport: Sendable {
  package struct Seal: Sendable {
    package enum Worth: String, Sendable {
      /// Signed by a key that the verifier named.
      case trusted
      /// By a key that nobody named: who made it is not known, and the signature was not checked.
      case unknownKey = "unknown-key"
      case broken
    }

    package var name: String
    package var worth: Worth
    package var role: String
    package var signer: String?
    package var keyID: String
    /// Of a time stamp that names the signature; whose word that is, `openssl ts -verify` says.
    package var stampedAt: String?
  }

  package var seals: [Seal] = []
  package var faults: [Diagnostic] = []

  package init() {}

  /// Checks every seal, and that each of the trusted keys made one.
  /// - Parameters:
  ///   - manifest: the digest of the pack's `manifest.xml`, as the verifier took it.
  ///   - trusted: keys from the verifier's side, never from the pack.
  package static func check(
    _ folder: SealFolder, manifest: Digest, previousManifest: Digest?, trusted: [SealPublicKey]
  ) -> SealReport {
    var report = SealReport()
    let stems = folder.stems()
    if stems.count > SealFolder.mostSeals {
      report.fault("seal-too-many", SealFolder.name, "there are \(stems.count) seals; \(SealFolder.mostSeals) are read")
    }
    let known = stems.prefix(SealFolder.mostSeals)
    for stem in known { report.check(stem, folder, manifest, previousManifest, trusted) }
    for name in folder.names() where !known.contains(where: { isPart(name, of: $0) }) {
      report.fault("seal-extra", "\(SealFolder.name)/\(name)", "this file belongs to no seal", "Remove it.")
    }
    for key in trusted where !report.seals.contains(where: { $0.worth == .trusted && $0.keyID == key.id }) {
      report.fault(
        "seal-missing", SealFolder.name, "the trusted key \(key.id.prefix(16)) has not sealed this pack",
        "Ask its owner for the seal, or name the key that did.")
    }
    return report
  }

  private static func isPart(_ name: String, of stem: String) -> Bool {
    [".statement.json", ".envelope.json", ".sig", ".tsr"].contains { name == stem + $0 }
  }

  private mutating func fault(
    _ id: String, _ file: String, _ summary: String, _ nextStep: String = "Ask the signer for the seal again."
  ) {
    faults.append(Diagnostic(id: id, file: file, summary: summary, nextStep: nextStep))
  }

  private mutating func check(
    _ stem: String, _ folder: SealFolder, _ manifest: Digest, _ previousManifest: Digest?, _ trusted: [SealPublicKey]
  ) {
    let path = "\(SealFolder.name)/\(stem)"
    guard let bytes = folder.bytes(stem + ".envelope.json"),
      let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(bytes)),
      envelope.payloadType == Envelope.payloadType, let payload = Data(base64Encoded: envelope.payload),
      envelope.signatures.count == 1, let signature = Data(base64Encoded: envelope.signatures[0].sig),
      let statement = try? JSONDecoder().decode(SealStatement.self, from: payload)
    else {
      fault("seal-unreadable", path + ".envelope.json", "is no envelope with one signature over a seal's statement")
      return
    }
    let keyID = envelope.signatures[0].keyid
    var seal = Seal(
      name: stem, worth: .unknownKey, role: statement.predicate.role.rawValue, signer: statement.predicate.signer,
      keyID: keyID)
    let before = faults.count
    if folder.bytes(stem + ".statement.json") != Array(payload) {
      fault("seal-differs", path + ".statement.json", "is not what the envelope holds")
    }
    if folder.bytes(stem + ".sig") != Array(signature) {
      fault("seal-differs", path + ".sig", "is not the signature of the envelope")
    }
    if statement.manifest != manifest {
      fault("seal-of-another-pack", path + ".envelope.json", "it seals another manifest than this pack's")
    }
    if statement.predicate.previousManifest != previousManifest?.description {
      fault("seal-chain-broken", path + ".envelope.json", "it names another pack before this one than the pack does")
    }
    if let key = trusted.first(where: { $0.id == keyID }) {
      if key.hasSigned(Envelope.signedBytes(of: Array(payload)), with: Array(signature)) {
        seal.worth = .trusted
      } else {
        fault("seal-forged", path + ".envelope.json", "the signature is not by the key that it names")
      }
    }
    checkEarlier(statement, stem, folder)
    checkStamp(&seal, stem, Array(signature), folder)
    if faults.count > before { seal.worth = .broken }
    seals.append(seal)
  }

  /// A reviewer signs what the preparer signed: those envelopes must still be there, byte for byte.
  private mutating func checkEarlier(_ statement: SealStatement, _ stem: String, _ folder: SealFolder) {
    for earlier in statement.predicate.earlierSeals {
      let isPlain = earlier.name.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D
      }
      guard isPlain, let bytes = folder.bytes(earlier.name + ".envelope.json"),
        Digest(of: bytes).description == earlier.sha256
      else {
        fault(
          "seal-earlier-changed", "\(SealFolder.name)/\(stem).envelope.json",
          "a seal that was there when this one was made is gone or was changed")
        continue
      }
    }
  }

  private mutating func checkStamp(_ seal: inout Seal, _ stem: String, _ signature: [UInt8], _ folder: SealFolder) {
    guard folder.names().contains(stem + ".tsr") else { return }
    let path = "\(SealFolder.name)/\(stem).tsr"
    guard let bytes = folder.bytes(stem + ".tsr"), let stamp = try? Timestamp(bytes, file: path) else {
      fault("seal-timestamp-unreadable", path, "is no time-stamp response that holds a token")
      return
    }
    if stamp.names(signature) {
      seal.stampedAt = stamp.time
    } else {
      fault("seal-timestamp-other", path, "it names other bytes than this signature")
    }
  }
}
