internal import EvidenceModel

/// An OWNER file (formats.md §10.3): one `@handle` or address a line, for the folder that it stands in and those below.
struct OwnerFile {
  static let name = "OWNER"

  private(set) var owners: [(owner: String, line: Int)] = []
  /// Lines that name nobody.
  private(set) var skipped: [(line: Int, text: String)] = []

  init(_ text: String) {
    for (number, line) in Codeowners.lines(text) {
      let entry = line.hasPrefix("- ") ? String(line.dropFirst(2)).trimmed : line
      let words = entry.split { $0 == " " || $0 == "\t" }
      if let word = words.first, word.utf8.count > 1, word.contains("@"), word.utf8.count <= RuleList.longestName,
        words.dropFirst().first.map({ $0.hasPrefix("#") }) ?? true
      {
        owners.append((String(word), number))
      } else {
        skipped.append((number, entry))
      }
    }
  }

  /// All owners as one accountable entry, and each of several.
  func claims(file: String) -> [OwnershipClaim] {
    let owners = owners.prefix(KubernetesOwners.mostPeople)
    guard let first = owners.first else { return [] }
    // The file at the root is for whatever no other one is for.
    let provenance: Provenance = file == Self.name ? .inferred : .matched
    func kind(_ owner: String) -> OwnerKind? {
      if !owner.hasPrefix("@") { return .person }
      return owner.contains("/") ? .team : nil
    }
    let all = OwnershipClaim(
      owner: owners.map(\.owner).joined(separator: " "),
      kind: OwnershipClaim.kind(ofAll: owners.map { kind($0.owner) }), provenance: provenance, file: file,
      line: first.line)
    guard owners.count > 1 else { return [all] }
    return [all]
      + owners.map { entry in
        OwnershipClaim(
          owner: entry.owner, role: "code-owner", kind: kind(entry.owner), provenance: provenance, file: file,
          line: entry.line)
      }
  }
}
