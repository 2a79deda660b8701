package import Assets
internal import EvidenceModel
internal import Foundation

/// Shows one value of a pack below the internal level: the owner of the key makes the commitment again.
package enum Revelation {
  /// - Returns: the value, its salt and the commitment that the pack holds.
  package static func reveal(
    record: String, field: String, of pack: InternalPack, from original: InternalPack, secret: [UInt8],
    assets: AssetLibrary
  ) throws -> Commitment {
    guard let level = DisclosureLevel(rawValue: pack.level) else {
      throw InternalPack.problem("manifest.xml", "is of level \(pack.level), which hides nothing")
    }
    guard pack.madeFrom == original.manifest else {
      throw Diagnostic(
        id: "reveal-other-pack", file: original.root,
        summary:
          "is not the pack that this one was made from; that has the manifest \(pack.madeFrom?.description ?? "-")",
        nextStep: "Name that one with --internal.")
    }
    let held = try held(record, field, pack)
    var redactor = try PackDisclosure.redactor(of: original, level, secret, assets)
    for entry in original.entries where entry.role == "evidence" {
      redactor.learn(try original.document(entry), path: entry.path)
    }
    try redactor.close(fixed: [])
    for entry in original.entries where entry.role == "evidence" {
      var root = try original.document(entry)
      redactor.redact(&root, path: entry.path)
      guard let found = redactor.commitments[record, field] else { continue }
      guard found.commitment == held else {
        throw Diagnostic(
          id: "reveal-differs", file: PackDisclosure.commitmentsPath,
          summary: "the pack binds this field to another digest than this key gives",
          nextStep: "Use the key file that the pack was made with.")
      }
      return found
    }
    throw Diagnostic(
      id: "reveal-unknown", file: PackDisclosure.commitmentsPath,
      summary: "this key gives \(record) no \(field)", nextStep: "Use the key file that the pack was made with.")
  }

  private static func held(_ record: String, _ field: String, _ pack: InternalPack) throws -> Digest {
    var held: Digest?
    if let entry = pack.entries.first(where: { $0.path == PackDisclosure.commitmentsPath }) {
      var rows = TableRows()
      try pack.forEachChunk(entry) { chunk in
        rows.take(chunk) { fields in
          guard fields.count == 3, fields[0].utf8.elementsEqual(record.utf8), fields[1].utf8.elementsEqual(field.utf8)
          else { return }
          held = Digest(hexadecimal: fields[2])
        }
      }
    }
    guard let held else {
      throw Diagnostic(
        id: "reveal-unknown", file: PackDisclosure.commitmentsPath, summary: "binds no \(field) of \(record)",
        nextStep: "Name a record and a field of that table.")
    }
    return held
  }
}
