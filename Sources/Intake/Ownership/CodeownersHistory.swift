internal import EvidenceModel

extension Codeowners {
  /// Who owned a policy's file over time, from the history of CODEOWNERS and of the file's own path. Described in
  /// `docs/formats/codeowners.md`.
  ///
  /// - Parameter stated: the dialect, where the configuration states it; else the places and the contents tell.
  static func history(
    in repository: GitRepository, policyChanges: [GitRepository.Change], stated: CodeownersDialect?
  ) async throws(Diagnostic) -> OwnershipReading {
    let places = stated?.places ?? [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"]
    let edits = try await repository.commits(changing: places)
    let moments = OwnershipMoments(edits: edits, policyChanges: policyChanges).moments
    let objects = moments.flatMap { moment in places.map { (commit: moment.commit.commit, path: $0) } }
    let files = try await RepositoryFiles(objects, in: repository)
    var reading = OwnershipReading()
    reading.diagnostics = files.diagnostics
    let dialect = stated ?? dialect(of: files, objects, repository: repository.name, &reading.diagnostics)

    var claimsOfContent: [String: [OwnershipClaim]] = [:]
    var notes = HistoryNotes()
    var stretches = ClaimedStretches(repository: repository.name)
    for (index, moment) in moments.enumerated() {
      var claims: [OwnershipClaim] = []
      let first = index * places.count
      for place in dialect.places {
        guard let offset = places.firstIndex(of: place), let id = files.ids[first + offset] else { continue }
        // The first file found counts, even one that says nothing of the path or cannot be read.
        guard let path = moment.path, let text = files.texts[id] else { break }
        let key = "\(id) \(place) \(path)"
        if let known = claimsOfContent[key] {
          claims = known
        } else {
          let file = Codeowners(text, dialect: dialect)
          for line in file.skipped {
            notes.add(line.text, skippedLine(line, "\(repository.name):\(place)@\(moment.commit.shortID)"))
          }
          claims = file.claims(for: path, file: place)
          claimsOfContent[key] = claims
        }
        break
      }
      stretches.state(claims, at: moment.commit)
    }
    stretches.finish(&reading)
    reading.diagnostics += notes.diagnostics
    reading.inputs = [
      InputFile(
        kind: .ownership, name: "\(repository.name):CODEOWNERS", format: "codeowners (\(dialect.rawValue))", bytes: nil,
        digest: files.digest(of: objects), records: reading.records.count,
        note:
          "\(edits.count) commits changed CODEOWNERS; the digest is of a line COMMIT PATH SHA256 for each file at each commit looked at"
      )
    ]
    return reading
  }

  private static func skippedLine(_ line: Skipped, _ file: String) -> Diagnostic {
    Diagnostic(
      id: "codeowners-line-skipped", severity: .warning, file: file, line: line.line,
      summary: "\(line.reason); it was passed over, as the host passes over it",
      nextStep: "Correct the line, or state the dialect in the configuration.")
  }

  /// GitLab's own folder or a section tells GitLab; GitHub's own folder, or neither, tells GitHub.
  private static func dialect(
    of files: RepositoryFiles, _ objects: [(commit: String, path: String)], repository: String,
    _ diagnostics: inout [Diagnostic]
  ) -> CodeownersDialect {
    var found: Set<String> = []
    var ids = Set<String>()
    for (object, id) in zip(objects, files.ids) {
      guard let id else { continue }
      found.insert(object.path)
      ids.insert(id)
    }
    let isGitLab = found.contains(".gitlab/CODEOWNERS")
    if found.contains(".github/CODEOWNERS") {
      if isGitLab {
        diagnostics.append(
          Diagnostic(
            id: "codeowners-dialect-unclear", severity: .warning, file: repository,
            summary: "CODEOWNERS stands under .github and under .gitlab; the one of GitHub was read",
            nextStep: "Write dialect: github or dialect: gitlab beside codeowners."))
      }
      return .github
    }
    return isGitLab || ids.contains { files.texts[$0].map(hasSections) ?? false } ? .gitlab : .github
  }
}
