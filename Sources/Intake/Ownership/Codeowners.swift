internal import EvidenceModel

/// Whose rules a CODEOWNERS file is read by.
package enum CodeownersDialect: String, Sendable, CaseIterable {
  case github, gitlab

  /// Where the host looks, in this order; the first file found counts.
  var places: [String] {
    switch self {
    case .github: [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"]
    case .gitlab: ["CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"]
    }
  }
}

/// A CODEOWNERS file (formats.md §10.1, §10.2). In each section the last line that matches a path decides; GitHub's files are
/// one section.
struct Codeowners: Sendable {
  struct Entry: Sendable, Hashable {
    var pattern: String
    var owners: [String]
    var line: Int
    /// `!pattern` of GitLab: takes what it matches out of its section.
    var isExclusion = false

    /// Whether the pattern names nothing: it is made of `*` and `/` alone.
    var isCatchAll: Bool { pattern.utf8.allSatisfy { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "/") } }
  }

  struct Section: Sendable, Hashable {
    /// As first written; nil for the lines before any heading.
    var name: String?
    var isOptional = false
    var entries: [Entry] = []
  }

  /// A line, or a word of one, that the host passes over.
  struct Skipped: Sendable, Hashable {
    var line: Int
    var text: String
    var reason: String
  }

  /// No path is longer, so no pattern that is can match.
  static let longestLine = 4096

  let dialect: CodeownersDialect
  let sections: [Section]
  let skipped: [Skipped]

  init(_ text: String, dialect: CodeownersDialect) {
    self.dialect = dialect
    switch dialect {
    case .github: (sections, skipped) = Self.readGitHub(text)
    case .gitlab: (sections, skipped) = Self.readGitLab(text)
    }
  }

  /// Whether a text reads as such a file of either host: four lines with owners for each that the host passes over.
  static func isOne(_ text: String) -> Bool {
    CodeownersDialect.allCases.contains { dialect in
      let file = Codeowners(text, dialect: dialect)
      let owned = file.sections.reduce(0) { sum, section in sum + section.entries.count { !$0.owners.isEmpty } }
      return owned > 0 && owned >= 4 * file.skipped.count
    }
  }

  /// The lines with their numbers, comments and blank ones left out.
  static func lines(_ text: String) -> [(number: Int, text: String)] {
    // Some editors begin a text with a byte order mark; no pattern does.
    let start = text.utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let lines = text.utf8.dropFirst(start).split(separator: 0x0A, omittingEmptySubsequences: false)
    return lines.enumerated().compactMap { index, line in
      let words = String(Substring(line.last == 0x0D ? line.dropLast() : line)).trimmed
      return words.isEmpty || words.hasPrefix("#") ? nil : (index + 1, words)
    }
  }

  /// The words of a line; blanks after a backslash do not separate.
  static func words(_ line: String) -> [String] {
    var words: [String] = []
    var current = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in line.unicodeScalars {
      if !isEscaped, scalar == " " || scalar == "\t" {
        if !current.isEmpty { words.append(String(current)) }
        current = String.UnicodeScalarView()
      } else {
        current.append(scalar)
      }
      isEscaped = !isEscaped && scalar == "\\"
    }
    if !current.isEmpty { words.append(String(current)) }
    return words
  }

  /// The lines that decide for a path, one a section at most, in the order of the sections. Lines without owners are left out:
  /// they take ownership away.
  func deciding(for path: String) -> [(section: Section, entry: Entry)] {
    func matches(_ entry: Entry) -> Bool {
      switch dialect {
      case .github: PathPattern(github: entry.pattern).matches(path)
      case .gitlab: PathPattern(gitlab: entry.pattern).matches(path)
      }
    }
    return sections.compactMap { section in
      guard let entry = section.entries.last(where: { !$0.isExclusion && matches($0) }), !entry.owners.isEmpty,
        !section.entries.contains(where: { $0.isExclusion && matches($0) })
      else { return nil }
      return (section, entry)
    }
  }

  /// What the file says of a path: one accountable entry, with all owners of the first section that has to approve, and each
  /// single owner with the section that names it.
  func claims(for path: String, file: String) -> [OwnershipClaim] {
    let deciding = deciding(for: path)
    guard let first = deciding.firstIndex(where: { !$0.section.isOptional }) ?? deciding.indices.first else {
      return []
    }
    var claims: [OwnershipClaim] = []
    for (index, (section, entry)) in deciding.enumerated() {
      func claim(_ owner: String, _ role: String, _ kind: OwnerKind?) {
        claims.append(
          OwnershipClaim(
            owner: owner, role: role, kind: kind,
            provenance: entry.isCatchAll ? .inferred : .matched, file: file, line: entry.line)
        )
      }
      let kinds = entry.owners.map(kind(of:))
      if index == first {
        claim(entry.owners.joined(separator: " "), OwnershipRecord.accountable, OwnershipClaim.kind(ofAll: kinds))
        guard entry.owners.count > 1 else { continue }
      }
      let label = section.name.map { " (\($0)\(section.isOptional ? ", optional" : ""))" } ?? ""
      for (owner, kind) in zip(entry.owners, kinds) {
        claim(owner, "code-owner" + (index == first ? "" : label), kind)
      }
    }
    return claims
  }

  /// On GitHub `@name` is a user; on GitLab it may be a user or a group.
  private func kind(of owner: String) -> OwnerKind? {
    if owner.hasPrefix("@@") { return .role }
    if !owner.hasPrefix("@") { return .person }
    if owner.contains("/") { return .team }
    return dialect == .github ? .person : nil
  }
}

// MARK: - GitHub

extension Codeowners {
  /// GitHub passes over lines with syntax that it does not know, and says so on the file's page.
  private static func readGitHub(_ text: String) -> ([Section], [Skipped]) {
    var section = Section()
    var skipped: [Skipped] = []
    for (number, line) in lines(text) {
      guard line.utf8.count <= longestLine else {
        skipped.append(Skipped(line: number, text: "", reason: "the line is longer than \(longestLine) bytes"))
        continue
      }
      var words = words(line)
      if let comment = words.firstIndex(where: { $0.hasPrefix("#") }) { words.removeSubrange(comment...) }
      guard let pattern = words.first else { continue }
      let owners = Array(words.dropFirst())
      var reason: String?
      if pattern.hasPrefix("!") || pattern.contains("[") || pattern.hasPrefix("\\#") {
        reason = "GitHub does not know the pattern \(pattern)"
      } else if let owner = owners.first(where: { !isGitHubOwner($0) }) {
        reason = "\(owner) is neither @user, @organisation/team nor an address"
      }
      if let reason {
        skipped.append(Skipped(line: number, text: line, reason: reason))
      } else {
        section.entries.append(Entry(pattern: pattern, owners: owners, line: number))
      }
    }
    return ([section], skipped)
  }

  private static func isGitHubOwner(_ word: String) -> Bool {
    if word.hasPrefix("@") {
      let parts = word.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
      return parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && !$0.contains("@") }
    }
    return isAddress(word)
  }

  static func isAddress(_ word: String) -> Bool {
    let parts = word.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
  }
}
