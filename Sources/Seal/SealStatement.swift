package import EvidenceModel
internal import Foundation

/// As what somebody signs a pack.
package enum SealRole: String, Sendable, CaseIterable, Codable {
  case preparedBy = "prepared-by"
  case reviewedBy = "reviewed-by"
}

/// What a seal says: an in-toto Statement v1 over the digest of a pack's manifest, and so over every file of the pack.
/// https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
package struct SealStatement: Codable, Sendable {
  package static let type = "https://in-toto.io/Statement/v1"
  package static let predicateType = "urn:tenure:seal:1"
  package static let manifestName = "manifest.xml"

  package struct Subject: Codable, Sendable {
    package var name: String
    package var digest: [String: String]
  }

  /// The pack in words. What counts is the digest; these stand there for people.
  package struct Pack: Codable, Sendable {
    package var id: String
    package var organisation: String
    package var period: String
    package var level: String

    package init(id: String, organisation: String, period: String, level: String) {
      self.id = id
      self.organisation = organisation
      self.period = period
      self.level = level
    }
  }

  /// A seal that was there before, by the digest of its envelope.
  package struct Earlier: Codable, Sendable {
    package var name: String
    package var sha256: String
  }

  package struct Predicate: Codable, Sendable {
    package var role: SealRole
    /// Who signs, in their own words; nil where they said nothing.
    package var signer: String?
    package var pack: Pack
    /// The manifest of the pack before, where this one names it.
    package var previousManifest: String?
    package var earlierSeals: [Earlier]
  }

  package var type: String
  package var subject: [Subject]
  package var predicateType: String
  package var predicate: Predicate

  private enum CodingKeys: String, CodingKey {
    case type = "_type"
    case subject, predicateType, predicate
  }

  init(
    manifest: Digest, role: SealRole, signer: String?, pack: Pack, previousManifest: Digest?, earlierSeals: [Earlier]
  ) {
    type = Self.type
    subject = [Subject(name: Self.manifestName, digest: ["sha256": manifest.description])]
    predicateType = Self.predicateType
    predicate = Predicate(
      role: role, signer: signer, pack: pack, previousManifest: previousManifest?.description,
      earlierSeals: earlierSeals)
  }

  /// The digest of the manifest that the statement is about; nil where it is about something else.
  package var manifest: Digest? {
    guard type == Self.type, predicateType == Self.predicateType, subject.count == 1,
      subject[0].name == Self.manifestName
    else { return nil }
    return Digest(hexadecimal: subject[0].digest["sha256"] ?? "")
  }

  /// The same statement gives the same bytes: keys in order, no blanks.
  func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self))
  }
}
