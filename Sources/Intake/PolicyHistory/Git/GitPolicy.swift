internal import EvidenceModel

extension GitRepository.Change {
  /// By which pages and diagnostics call the commit.
  var shortID: String { String(commit.prefix(12)) }
}

extension PolicyReading {
  /// The first-parent history of one path; a version is a commit that changed it, in force from its commit time unless the text says otherwise.
  ///
  /// The changes come in the order of the versions. Described in `docs/formats/git-history.md`.
  static func git(
    _ repository: GitRepository, path: String, format: PolicyFormat?
  ) async throws(Diagnostic) -> (reading: PolicyReading, changes: [GitRepository.Change]) {
    var reading = PolicyReading()
    let changes = try await attributed(try await repository.history(of: path), in: repository)
    guard !changes.isEmpty else {
      throw Diagnostic(
        id: "policy-path-unknown", file: "\(repository.name):\(path)",
        summary: "no commit of the first-parent line touches this path",
        nextStep: "Check the path with git log --first-parent -- PATH.")
    }
    let signed = try await repository.objects(changes.map(\.commit)).map { $0.map { isSigned($0.bytes) } }
    let blobs = try await blobs(of: changes, in: repository)
    let texts = try await texts(of: blobs.read, in: repository, format: format)

    for (change, isSigned) in zip(changes, signed) {
      let shown = "\(repository.name):\(change.path ?? path)@\(change.shortID)"
      var version: PolicyVersion?
      if change.path == nil {
        version = change.bareVersion(source: shown, note: change.subject + " (the policy's file was removed)")
      } else if let known = change.blob.flatMap({ texts[$0] }) {
        var file = known.file
        file.name = shown
        version = reading.version(of: file, parsed: known.policy, change: change, fallback: nil)
      } else {
        let isTooLarge = change.blob.map(blobs.tooLarge.contains) ?? false
        reading.diagnostics.append(
          isTooLarge
            ? Diagnostic(
              id: "policy-version-too-large", file: shown,
              summary: "larger than 16 MiB, so it was not read; its rules are unknown",
              nextStep: "Check that the configuration names the right file.")
            : Diagnostic(
              id: "policy-version-missing", file: shown, summary: "the repository lacks this file's content",
              nextStep: "Fetch the repository whole; a shallow or partial clone has no history."))
        version = change.bareVersion(source: shown, note: change.subject)
        version?.isReadable = false
      }
      version?.isSigned = isSigned
      if let version { reading.versions.append(version) }
    }
    reading.inputs.append(
      try await input(of: reading.versions, name: "\(repository.name):\(path)", repository: repository))
    return (reading, changes)
  }

  /// Which blobs are read. Their sizes are known before any is fetched.
  private static func blobs(
    of changes: [GitRepository.Change], in repository: GitRepository
  ) async throws(Diagnostic) -> (read: [String], tooLarge: Set<String>) {
    let blobs = try await repository.blobs(named: Array(Set(changes.compactMap(\.blob)))).compactMap(\.self)
    return (
      blobs.filter { $0.size <= YAMLText.largest }.map(\.id),
      Set(blobs.filter { $0.size > YAMLText.largest }.map(\.id))
    )
  }

  /// The texts by their blob. One that came back is one blob, fetched and read once; reading is most of the work, so it is
  /// done on all processors.
  private static func texts(
    of blobs: [String], in repository: GitRepository, format: PolicyFormat?
  ) async throws(Diagnostic) -> [String: (file: WholeFile, policy: ParsedPolicy)] {
    let objects = try await repository.objects(blobs)
    return await withTaskGroup(of: (String, WholeFile, ParsedPolicy).self) { group in
      for (blob, object) in zip(blobs, objects) {
        guard let object, object.kind == "blob" else { continue }
        group.addTask {
          let file = WholeFile(name: repository.name, bytes: object.bytes)
          return (blob, file, ParsedPolicy(file, format: format))
        }
      }
      var texts: [String: (file: WholeFile, policy: ParsedPolicy)] = [:]
      for await (blob, file, policy) in group { texts[blob] = (file, policy) }
      return texts
    }
  }

  private static func input(
    of versions: [PolicyVersion], name: String, repository: GitRepository
  ) async throws(Diagnostic) -> InputFile {
    let head = try await repository.head()
    var hasher = Hasher256()
    for version in versions {
      var line = "\(version.id) \(version.digest)\n"
      line.withUTF8 { hasher.update(UnsafeRawBufferPointer($0)) }
    }
    return InputFile(
      kind: .policy, name: name, format: "git", bytes: nil, digest: hasher.finish(), records: versions.count,
      note: "\(versions.count) versions up to commit \(head); the digest is of their ids and digests, one a line")
  }

  /// Who merged a change is not who made it: where exactly one person made what a merge brought in, that one is the author
  /// and who merged is the committer.
  private static func attributed(
    _ changes: [GitRepository.Change], in repository: GitRepository
  ) async throws(Diagnostic) -> [GitRepository.Change] {
    guard changes.contains(where: { $0.parents.count > 1 }) else { return changes }
    var paths: ByName<Bool> = [:]
    for change in changes { if let path = change.path { paths[path] = true } }
    let merged = try await repository.mergedAuthors(of: paths.keys.sortedBytewise())
    return changes.map { change in
      guard change.parents.count > 1, let authors = merged[change.commit], authors.count == 1,
        let author = authors.keys.first, !author.utf8.elementsEqual(change.author.utf8)
      else { return change }
      var change = change
      change.committer = change.author
      change.author = author
      return change
    }
  }

  /// Whether a commit object has a signature among its headers, which end at the first empty line.
  private static func isSigned(_ commit: [UInt8]) -> Bool {
    commit.split(separator: 0x0A, omittingEmptySubsequences: false).prefix { !$0.isEmpty }.contains {
      $0.starts(with: "gpgsig ".utf8) || $0.starts(with: "gpgsig-sha256 ".utf8)
    }
  }
}

extension GitRepository.Change {
  /// A version without a text.
  fileprivate func bareVersion(source: String, note: String) -> PolicyVersion {
    PolicyVersion(
      id: shortID, effectiveFrom: committedAt, recordedAt: committedAt, author: author,
      note: SecretRedaction.redact(note), source: source,
      digest: Digest(of: ""), rules: [], authoredAt: authoredAt, committer: committer)
  }
}
