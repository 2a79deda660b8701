internal import EvidenceModel

/// Reads what `git log` prints. Fields are told apart by NUL, which no commit holds, so that no name or subject can pass for
/// another commit.
enum GitLog {
  /// Names as the commits state them: a `.mailmap` could rename people after the fact.
  static let format = "--format=%H%x00%P%x00%ct%x00%at%x00%an%x00%cn%x00%s%x00"
  private static let fieldCount = 7

  /// Commits with their raw changes, as listed: `FIELDS… NUL`, then `:MODE MODE ID ID STATUS NUL PATH NUL` each.
  static func changes(
    in output: [UInt8], paths: [String], order: [String: Int]
  ) -> [GitRepository.Change] {
    let fields = output.split(separator: 0, omittingEmptySubsequences: false)
    func text(_ index: Int) -> String { String(decoding: fields[index], as: UTF8.self) }
    func instant(_ index: Int) -> Instant? {
      guard let seconds = Int64(text(index)), seconds.magnitude < 1 << 40 else { return nil }
      return Instant(microseconds: seconds * 1_000_000)
    }
    var changes: [GitRepository.Change] = []
    var index = 0
    while index < fields.count {
      let field = fields[index].first == 0x0A ? fields[index].dropFirst() : fields[index]
      if field.first == 0x3A {
        // Of several paths only that one was touched is of interest; and a path may be a folder's.
        if paths.count == 1, !changes.isEmpty, index + 1 < fields.count, fields[index + 1].elementsEqual(paths[0].utf8)
        {
          let words = String(decoding: field, as: UTF8.self).split(separator: " ")
          let isRemoved = words.last == "D"
          changes[changes.count - 1].path = isRemoved ? nil : paths.first
          changes[changes.count - 1].blob = isRemoved || words.count < 4 ? nil : String(words[3])
        }
        index += 2
      } else if field.isEmpty {
        index += 1
      } else {
        guard index + fieldCount <= fields.count else { break }
        if let committedAt = instant(index + 2), let authoredAt = instant(index + 3) {
          let commit = String(decoding: field, as: UTF8.self)
          changes.append(
            GitRepository.Change(
              commit: commit, parents: text(index + 1).split(separator: " ").map(String.init),
              committedAt: committedAt, authoredAt: authoredAt, author: text(index + 4), committer: text(index + 5),
              subject: text(index + 6), path: paths.first, position: order[commit] ?? 0))
        }
        index += fieldCount
      }
    }
    return changes
  }

  /// - Parameters:
  ///   - written: `ID NUL AUTHOR NUL` of every commit that is no merge and changed a path.
  ///   - graph: `ID PARENT…` a line, of these commits and of merges.
  static func mergedAuthors(written: [UInt8], graph: [UInt8]) -> [String: ByName<Bool>] {
    var authors: [String: String] = [:]
    let fields = written.split(separator: 0, omittingEmptySubsequences: false)
    for index in stride(from: 0, to: fields.count - 1, by: 2) {
      authors[String(decoding: fields[index], as: UTF8.self)] = String(decoding: fields[index + 1], as: UTF8.self)
    }
    var parents: [Substring: [Substring]] = [:]
    var line: [Substring] = []
    for entry in String(decoding: graph, as: UTF8.self).split(separator: "\n") {
      let words = entry.split(separator: " ")
      guard let commit = words.first else { continue }
      parents[commit] = Array(words.dropFirst())
      if line.isEmpty { line.append(commit) }
    }
    // A line that came back to a commit would have no end.
    var isOnLine = Set(line)
    while let last = line.last, let parent = parents[last]?.first, isOnLine.insert(parent).inserted {
      line.append(parent)
    }

    // Oldest first: what a merge brings is what none before it has brought.
    var seen = Set<Substring>()
    var merged: [String: ByName<Bool>] = [:]
    for commit in line.reversed() {
      seen.insert(commit)
      var open = Array((parents[commit] ?? []).dropFirst())
      while let next = open.popLast() {
        guard seen.insert(next).inserted else { continue }
        if let author = authors[String(next)] { merged[String(commit), default: [:]][author] = true }
        open += parents[next] ?? []
      }
    }
    return merged
  }
}
