internal import Crypto
internal import EvidenceModel
internal import Foundation
internal import SwiftASN1

/// A time-stamp response of RFC 3161: somebody else's word that a digest existed at an instant. What it names and when is read
/// here; whether it is signed by an authority that one trusts, `openssl ts -verify` says.
package struct Timestamp: Sendable {
  /// As the authority wrote it: `2026-10-05T09:12:33Z`.
  package let time: String
  private let algorithm: ASN1ObjectIdentifier
  private let digest: [UInt8]

  private static let signedData: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 7, 2]
  private static let timeStampInfo: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 9, 16, 1, 4]
  private static let sha256: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 2, 1]
  private static let sha512: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 2, 3]

  init(_ bytes: [UInt8], file: String) throws(Diagnostic) {
    do {
      let token = try Self.children(try BER.parse(bytes))
      // TimeStampResp (RFC 3161 §2.4.2): status, token.
      let content = try Self.children(try Self.at(token, 1))
      guard try ASN1ObjectIdentifier(derEncoded: try Self.at(content, 0)) == Self.signedData else { throw Malformed() }
      let signed = try Self.children(try Self.at(try Self.children(try Self.at(content, 1)), 0))
      // SignedData (RFC 5652 §5.1): version, digestAlgorithms, encapContentInfo.
      let encapsulated = try Self.children(try Self.at(signed, 2))
      guard try ASN1ObjectIdentifier(derEncoded: try Self.at(encapsulated, 0)) == Self.timeStampInfo else {
        throw Malformed()
      }
      let octets = try ASN1OctetString(
        derEncoded: try Self.at(try Self.children(try Self.at(encapsulated, 1)), 0))
      // TSTInfo (RFC 3161 §2.4.2): version, policy, messageImprint, serialNumber, genTime.
      let info = try Self.children(try BER.parse(Array(octets.bytes)))
      let imprint = try Self.children(try Self.at(info, 2))
      algorithm = try ASN1ObjectIdentifier(derEncoded: try Self.at(try Self.children(try Self.at(imprint, 0)), 0))
      digest = Array(try ASN1OctetString(derEncoded: try Self.at(imprint, 1)).bytes)
      let time = try GeneralizedTime(derEncoded: try Self.at(info, 4))
      self.time = Self.text(time)
    } catch {
      throw Diagnostic(
        id: "seal-timestamp-unreadable", file: file,
        summary: "is no time-stamp response of RFC 3161 that holds a token",
        nextStep: "Name the answer of a time-stamp authority, as `curl` or `openssl ts` saved it.")
    }
  }

  /// Whether the stamp is about these bytes.
  func names(_ bytes: [UInt8]) -> Bool {
    switch algorithm {
    case Self.sha256: Array(SHA256.hash(data: bytes)) == digest
    case Self.sha512: Array(SHA512.hash(data: bytes)) == digest
    default: false
    }
  }

  private struct Malformed: Error {}

  private static func children(_ node: ASN1Node) throws -> [ASN1Node] {
    guard case .constructed(let nodes) = node.content else { throw Malformed() }
    return Array(nodes)
  }

  private static func at(_ nodes: [ASN1Node], _ index: Int) throws -> ASN1Node {
    guard nodes.indices.contains(index) else { throw Malformed() }
    return nodes[index]
  }

  private static func text(_ time: GeneralizedTime) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return
      "\(time.year)-\(two(time.month))-\(two(time.day))T\(two(time.hours)):\(two(time.minutes)):\(two(time.seconds))Z"
  }
}
