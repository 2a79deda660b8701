internal import EvidenceModel

/// Paths and anchors are made of names, so whoever knows a name could guess them: parts of them are made anew.
struct DisclosedPaths {
  /// By folder and stem of a page: the id that it was made of.
  private var ids: [String: String] = [:]
  private var stems: [String: String] = [:]
  private var findings: ByName<String> = [:]

  /// Notes that a document is named after an id that gets a pseudonym.
  mutating func learn(_ document: String, id: String) {
    guard document.hasPrefix("evidence/"), document.hasSuffix(".xml") else { return }
    ids[String(document.dropFirst(9).dropLast(4))] = id
  }

  mutating func close(_ book: PseudonymBook, _ key: PackKey) {
    for (stem, id) in ids {
      let folder = stem.prefix { $0 != "/" }
      stems[stem] = folder + "/" + (book[id] ?? key.code("path", stem).prefix(16))
    }
    for (id, pseudonym) in book.pseudonyms { findings[id] = pseudonym }
  }

  /// - Parameter path: of a page, a document or a file, with or without a fragment.
  func path(_ path: String, keptAnchors: Set<String>, key: PackKey) -> String {
    let parts = path.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let file = self.file(parts[0])
    return parts.count == 1 ? file : file + "#" + anchor(parts[1], kept: keptAnchors, key: key)
  }

  private func file(_ path: String) -> String {
    let isDocument = path.hasPrefix("evidence/")
    let inner = isDocument ? String(path.dropFirst(9)) : path
    guard let dot = inner.lastIndex(of: "."), let slash = inner.firstIndex(of: "/") else { return path }
    let (stem, ending) = (String(inner[..<dot]), inner[dot...])
    let folder = inner[..<slash]
    let name = String(stem[inner.index(after: slash)...])
    let new: String
    if let mapped = stems[stem] {
      new = mapped
    } else if folder == "f", let mapped = findings[name] {
      new = "f/" + mapped
    } else if folder == "d", name.hasPrefix("owner-") {
      new = "d/owner-" + group(String(name.dropFirst(6)))
    } else {
      return path
    }
    return (isDocument ? "evidence/" : "") + new + ending
  }

  /// `dana-0001`, `dana-days`, `dana-pages`: the owner's stem, and which page of the group.
  private func group(_ name: String) -> String {
    guard let dash = name.lastIndex(of: "-"), let mapped = stems["o/" + name[..<dash]] else { return name }
    return String(mapped.dropFirst(2)) + String(name[dash...])
  }

  /// Anchors end in a digest of what the row is about. Those of ids that are kept stay.
  func anchor(_ anchor: String, kept: Set<String>, key: PackKey) -> String {
    if anchor.hasPrefix("ref-"), let mapped = findings[String(anchor.dropFirst(4))] { return "ref-" + mapped }
    guard let dash = anchor.lastIndex(of: "-") else { return anchor }
    let code = anchor[anchor.index(after: dash)...]
    let prefix = String(anchor[..<dash])
    guard code.utf8.count == 12, code.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }),
      !kept.contains(prefix)
    else { return anchor }
    return prefix + "-" + key.code("anchor", anchor).prefix(12)
  }
}
