internal import EvidenceModel

/// A CODEOWNERS file in GitHub's dialect (formats.md §10.1): the last matching line wins; a line without owners removes ownership.
struct Codeowners: Sendable {
  struct Entry: Sendable, Hashable {
    var pattern: String
    var owners: [String]
    var line: Int
  }

  let entries: [Entry]

  /// Where GitHub looks, in this order.
  static let places = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"]

  init(_ text: String) {
    var entries: [Entry] = []
    for (index, rawLine) in text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" })
      .enumerated()
    {
      var words = rawLine.split { $0 == " " || $0 == "\t" || $0 == "\r" }.map(String.init)
      if let comment = words.firstIndex(where: { $0.hasPrefix("#") }) { words.removeSubrange(comment...) }
      guard let pattern = words.first else { continue }
      // GitHub skips lines with syntax it does not know.
      guard !pattern.hasPrefix("!"), !pattern.contains("["), !pattern.hasPrefix("\\#") else { continue }
      entries.append(Entry(pattern: pattern, owners: Array(words.dropFirst()), line: index + 1))
    }
    self.entries = entries
  }

  /// The line that decides for a path, if any matches.
  func deciding(for path: String) -> Entry? {
    entries.last { Self.matches(pattern: $0.pattern, path: path) }
  }

  /// gitignore-like: `*` stays inside a folder, `**` does not; a leading or inner `/` anchors; a trailing `/` means the tree below.
  static func matches(pattern: String, path: String) -> Bool {
    var body = pattern[...]
    let anchored = body.dropLast().contains("/")
    if body.hasPrefix("/") { body = body.dropFirst() }
    let onlyTree = body.hasSuffix("/")
    if onlyTree { body = body.dropLast() }
    let pieces = body.split(separator: "/", omittingEmptySubsequences: false).map { Array($0.utf8) }
    let parts = path.split(separator: "/").map { Array($0.utf8) }
    // `docs/*` names the files in docs, not those of folders below it; any other pattern also names the tree below what it matches.
    let wholeTree = onlyTree || pieces.last != Array("*".utf8) || !anchored
    func match(_ pieceIndex: Int, _ partIndex: Int) -> Bool {
      if pieceIndex == pieces.count {
        if partIndex == parts.count { return !onlyTree }
        return wholeTree
      }
      if pieces[pieceIndex] == Array("**".utf8) {
        return (partIndex...parts.count).contains { match(pieceIndex + 1, $0) }
      }
      guard partIndex < parts.count, glob(pieces[pieceIndex][...], parts[partIndex][...]) else { return false }
      return match(pieceIndex + 1, partIndex + 1)
    }
    if anchored { return match(0, 0) }
    return (0..<parts.count).contains { match(0, $0) }
  }

  private static func glob(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first == 0x2A {
      let rest = pattern.drop { $0 == 0x2A }
      return (text.startIndex...text.endIndex).contains { glob(rest, text[$0...]) }
    }
    guard let letter = text.first, first == 0x3F || first == letter else { return false }
    return glob(pattern.dropFirst(), text.dropFirst())
  }
}

extension Codeowners {
  /// Who owned a policy's file over time, from the history of CODEOWNERS and of the file's own path.
  ///
  /// One record a stretch with the same owners; it covers every rule of the policy. Several owners on one line stay one entry, in their order.
  static func history(
    in repository: GitRepository, policyChanges: [GitRepository.Change]
  ) async throws(Diagnostic) -> (records: [OwnershipRecord], input: InputFile) {
    let edits = try await repository.commits(changing: places)
    var moments: [String: GitRepository.Change] = [:]
    for change in edits + policyChanges { moments[change.commit] = moments[change.commit] ?? change }
    let ordered = moments.values.sorted { $0.position < $1.position }
    let texts = try await repository.contents(of: ordered.flatMap { moment in places.map { (moment.commit, $0) } })

    var records: [OwnershipRecord] = []
    var current: (owner: String, entry: Entry, moment: GitRepository.Change, place: String)?
    var hasher = Hasher256()

    func close(at end: Instant?) {
      guard let open = current else { return }
      current = nil
      if let end, end <= open.moment.committedAt { return }
      records.append(
        OwnershipRecord(
          rulePattern: "*", owner: open.owner, from: open.moment.committedAt, to: end,
          sequence: records.count + 1, recordedAt: open.moment.committedAt,
          source: "\(repository.name):\(open.place)@\(open.moment.commit.prefix(12))", line: open.entry.line,
          provenance: open.entry.pattern == "*" || open.entry.pattern == "/**" ? .inferred : .matched))
    }

    for (index, moment) in ordered.enumerated() {
      let path = policyChanges.last { $0.position <= moment.position }?.path
      var decided: (Entry, String)?
      for (place, bytes) in zip(places, texts[index * places.count..<(index + 1) * places.count]) {
        guard let bytes else { continue }
        hasher.update(Array(bytes))
        if let path, let entry = Codeowners(String(decoding: bytes, as: UTF8.self)).deciding(for: path),
          !entry.owners.isEmpty
        {
          decided = (entry, place)
        }
        break
      }
      let owner = decided.map { $0.0.owners.joined(separator: " ") }
      if owner != current?.owner {
        close(at: moment.committedAt)
        if let decided, let owner { current = (owner, decided.0, moment, decided.1) }
      }
    }
    close(at: nil)
    return (
      records,
      InputFile(
        kind: .ownership, name: "\(repository.name):CODEOWNERS", format: "codeowners", bytes: nil,
        digest: hasher.finish(), records: records.count,
        note:
          "\(edits.count) commits changed CODEOWNERS; the digest is of its contents at every commit looked at, oldest first"
      )
    )
  }
}

extension Hasher256 {
  mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }
}
