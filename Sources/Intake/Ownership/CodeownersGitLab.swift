/// GitLab's dialect: sections, exclusions, roles.
extension Codeowners {
  static func readGitLab(_ text: String) -> ([Section], [Skipped]) {
    var sections = [Section()]
    var places: [[UInt8]: Int] = [:]
    var current = 0
    var defaults: [String] = []
    var skipped: [Skipped] = []
    for (number, line) in lines(text) {
      guard line.utf8.count <= longestLine else {
        skipped.append(Skipped(line: number, text: "", reason: "the line is longer than \(longestLine) bytes"))
        continue
      }
      if let heading = Heading(line) {
        // Names are compared without case, and sections of one name are one; it is optional when all its headings are.
        let key = Array(heading.name.lowercased().utf8)
        if let known = places[key] {
          current = known
          if !heading.isOptional { sections[known].isOptional = false }
        } else {
          current = sections.count
          places[key] = current
          sections.append(Section(name: heading.name, isOptional: heading.isOptional))
        }
        defaults = heading.owners
        continue
      }
      let words = words(line)
      guard let first = words.first else { continue }
      let isExclusion = first.hasPrefix("!")
      let (owners, other) = gitLabOwners(words.dropFirst())
      if let other {
        skipped.append(
          Skipped(line: number, text: line, reason: "\(other) is neither @name, @@role nor an address"))
      }
      let pattern = isExclusion ? String(first.dropFirst()) : first
      guard !pattern.isEmpty else { continue }
      sections[current].entries.append(
        Entry(
          pattern: pattern, owners: owners.isEmpty ? defaults : owners, line: number, isExclusion: isExclusion))
    }
    return (sections, skipped)
  }

  /// Words that are no owners are passed over, the first of them is told. Owners in what was meant as a comment count.
  private static func gitLabOwners(_ words: ArraySlice<String>) -> (owners: [String], other: String?) {
    var owners: [String] = []
    var other: String?
    var isComment = false
    for word in words {
      if word.hasPrefix("#") { isComment = true }
      if word.hasPrefix("@@") {
        let role = word.dropFirst(2).lowercased()
        if ["developer", "maintainer", "owner"].contains(role.hasSuffix("s") ? String(role.dropLast()) : role) {
          owners.append(word)
        } else if !isComment {
          other = other ?? word
        }
      } else if word.hasPrefix("@") ? word.utf8.count > 1 : isAddress(word) {
        owners.append(word)
      } else if !isComment {
        other = other ?? word
      }
    }
    return (owners, other)
  }

  /// `^[Name][2] @default @owners`. The number of approvals is not kept: no record says how many were given.
  private struct Heading {
    var name: String
    var isOptional: Bool
    var owners: [String]

    init?(_ line: String) {
      var rest = line[...]
      isOptional = rest.hasPrefix("^")
      if isOptional { rest = rest.dropFirst() }
      guard rest.hasPrefix("["), let end = rest.firstIndex(of: "]") else { return nil }
      name = String(rest[rest.index(after: rest.startIndex)..<end]).trimmed
      guard !name.isEmpty else { return nil }
      rest = rest[rest.index(after: end)...]
      if rest.hasPrefix("["), let end = rest.firstIndex(of: "]"),
        rest[..<end].dropFirst().allSatisfy({ $0.isASCII && $0.isNumber })
      {
        rest = rest[rest.index(after: end)...]
      }
      owners = Codeowners.gitLabOwners(Codeowners.words(String(rest))[...]).owners
    }
  }

  /// Whether a text has a heading of a section, with nothing but owners after it, as only GitLab's files do.
  static func hasSections(_ text: String) -> Bool {
    lines(text).contains { _, line in
      guard line.hasPrefix("[") || line.hasPrefix("^["), line.utf8.count <= longestLine, Heading(line) != nil,
        let end = line.lastIndex(of: "]")
      else { return false }
      let rest = line[line.index(after: end)...]
      return rest.isEmpty || rest.hasPrefix(" ") || rest.hasPrefix("\t")
    }
  }
}
