internal import EvidenceModel

/// Names from A to Z lose the names that are hidden: a letter would tell how they begin. Their counts go with them.
struct AlphabetLosses {
  /// By letter, and by path of the document.
  private var letters: [String: Int] = [:]
  private var documents: [String: Int] = [:]

  fileprivate mutating func note(_ n: Int, letter: String, path: String) {
    letters[letter, default: 0] += n
    documents[path, default: 0] += n
  }

  private var all: Int { letters.values.reduce(0, +) }

  func mend(_ root: inout DocumentElement, path: String) {
    let own = letters[root["id"] ?? ""]
    root.reduce("n", by: own ?? all)
    root.updateChildren { child in
      switch child.name {
      case "letter":
        child.reduce("n", by: letters[child["id"] ?? ""] ?? 0)
        if child["n"] == "0" { child["page"] = nil }
      case "names": return child.child("named") != nil
      case "index-entry":
        child.reduce("n", by: documents["evidence/" + (child["page"] ?? "").dropLast(5) + ".xml"] ?? 0)
      case "pages":
        // Earlier pages of the letter sort before this one.
        let stem = path.prefix { $0 != "-" }
        let before = documents.filter { $0.key.hasPrefix(stem) && $0.key.precedesPage(path) }.values.reduce(0, +)
        child.reduce("first-row", by: before)
        child.reduce("last-row", by: before + (documents[path] ?? 0))
        child.reduce("rows", by: own ?? all)
      default: break
      }
      return true
    }
  }
}

extension Redactor {
  /// Counts what will be dropped, before any of the documents is written.
  func alphabetLosses(_ documents: [(path: String, root: DocumentElement)]) -> AlphabetLosses {
    var losses = AlphabetLosses()
    for (path, root) in documents {
      for case .element(let names) in root.nodes where names.name == "names" {
        var n = 0
        for case .element(let named) in names.nodes where isDropped(named) { n += 1 }
        losses.note(n, letter: names["letter"] ?? "", path: path)
      }
    }
    return losses
  }
}

extension DocumentElement {
  fileprivate mutating func reduce(_ attribute: String, by n: Int) {
    if let value = self[attribute].flatMap({ Int($0) }) { self[attribute] = String(max(0, value - n)) }
  }
}

extension String {
  /// `d.xml` stands before `d-0002.xml`.
  fileprivate func precedesPage(_ other: String) -> Bool {
    utf8.count == other.utf8.count ? precedesBytewise(other) : utf8.count < other.utf8.count
  }
}
