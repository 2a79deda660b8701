internal import EvidenceModel
internal import XMLDocuments

/// What a pack below the internal level owes: the pack it was made from, a ledger, and a commitment a hidden value.
extension PackVerifier {
  private static let commitments = "data/commitments.csv"
  private static let ledger = "evidence/redaction.xml"

  mutating func checkLevel() {
    guard let level else { return }
    if level.name == "internal" {
      if level.madeFrom != nil {
        fault("pack-level", "manifest.xml", "it is of level internal and names an internal pack all the same")
      }
      return
    }
    if level.madeFrom == nil {
      fault("pack-level", "manifest.xml", "it is of level \(level.name) and does not name the internal pack")
    }
    guard listed[Self.commitments] != nil, listed[Self.ledger] != nil else {
      return fault(
        "pack-level", "manifest.xml", "it is of level \(level.name) and lists no ledger or no commitments")
    }
    var (previous, disordered) = ("", 0)
    let rows = eachRow(Self.commitments) { row in
      let key = row[0] + "\u{0}" + row[1]
      if !previous.precedesBytewise(key) { disordered += 1 }
      previous = key
      return !row.bytes(0).isEmpty && !row.bytes(1).isEmpty && Digest(hexadecimal: row[2]) != nil
    }
    if disordered > 0 {
      fault("pack-commitments", Self.commitments, "\(disordered) rows are out of order, or bind one field twice")
    }
    guard let bytes = readable(Self.ledger), let root = (try? XMLDocument(bytes, name: Self.ledger))?.root else {
      return
    }
    if let rows, PackCount.read(root["commitments"]) != rows {
      fault("pack-commitments", Self.commitments, "it has \(rows) rows, which is not what the ledger states")
    }
    if root["level"] != level.name || root["internal-manifest"] != level.madeFrom?.description {
      fault("pack-level", Self.ledger, "its level or its internal pack is not the manifest's")
    }
  }
}
