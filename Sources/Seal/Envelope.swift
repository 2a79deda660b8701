internal import Foundation

/// A DSSE envelope: a payload and who signed it.
/// https://github.com/secure-systems-lab/dsse/blob/master/envelope.md
package struct Envelope: Codable, Sendable {
  package static let payloadType = "application/vnd.in-toto+json"

  package struct Signature: Codable, Sendable {
    package var keyid: String
    /// Base64.
    package var sig: String
  }

  package var payloadType: String
  /// Base64.
  package var payload: String
  package var signatures: [Signature]

  init(payload: [UInt8], signatures: [(keyID: String, signature: [UInt8])]) {
    payloadType = Self.payloadType
    self.payload = Data(payload).base64EncodedString()
    self.signatures = signatures.map {
      Signature(keyid: $0.keyID, sig: Data($0.signature).base64EncodedString())
    }
  }

  func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [0x0A]
  }

  /// What is signed in place of the payload, so that its type is signed too: the pre-authentication encoding of DSSE.
  /// https://github.com/secure-systems-lab/dsse/blob/master/protocol.md
  static func signedBytes(of payload: [UInt8]) -> [UInt8] {
    Array("DSSEv1 \(payloadType.utf8.count) \(payloadType) \(payload.count) ".utf8) + payload
  }
}
