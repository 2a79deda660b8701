internal import EvidenceModel

/// Who owned a policy's file over time, from OWNER and OWNERS files of the folders that it lay in. Described in
/// `docs/formats/owner-files.md`.
struct OwnerFilesHistory {
  /// Of a policy's file. Deeper ones are looked for in the folders nearest to the root only.
  static let mostFolders = 32

  private let repository: GitRepository
  private let places: [String]
  private let indexOfPlace: [String: Int]
  private let moments: [(commit: GitRepository.Change, path: String?)]
  private let objects: [(commit: String, path: String)]
  private let files: RepositoryFiles
  private var owners: [String: OwnerFile] = [:]
  private var kubernetes: [String: KubernetesOwners] = [:]
  private var aliases: [String: ByName<[String]>] = [:]
  private var notes = HistoryNotes()

  static func reading(
    of repository: GitRepository, policyChanges: [GitRepository.Change]
  ) async throws(Diagnostic) -> OwnershipReading {
    var history = try await OwnerFilesHistory(repository, policyChanges)
    return history.reading()
  }

  private init(_ repository: GitRepository, _ policyChanges: [GitRepository.Change]) async throws(Diagnostic) {
    self.repository = repository
    var named: ByName<Bool> = [KubernetesOwners.aliasesName: true]
    for change in policyChanges {
      for folder in Self.folders(of: change.path ?? "") {
        named[folder + OwnerFile.name] = true
        named[folder + KubernetesOwners.name] = true
      }
    }
    let places = named.keys.sortedBytewise()
    self.places = places
    indexOfPlace = Dictionary(places.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let edits = try await repository.commits(changing: places)
    moments = OwnershipMoments(edits: edits, policyChanges: policyChanges).moments
    objects = moments.flatMap { moment in places.map { (commit: moment.commit.commit, path: $0) } }
    files = try await RepositoryFiles(objects, in: repository)
  }

  /// The folders that hold a path, each with its `/`, the nearest first; the last one is the root.
  private static func folders(of path: String) -> [String] {
    var folders = [""]
    for name in path.split(separator: "/").dropLast().prefix(mostFolders) {
      folders.append((folders.last ?? "") + name + "/")
    }
    return folders.reversed()
  }

  private mutating func reading() -> OwnershipReading {
    var reading = OwnershipReading()
    var stretches = ClaimedStretches(repository: repository.name)
    var last: (key: [String], claims: [OwnershipClaim])?
    for (index, moment) in moments.enumerated() {
      // Most commits change the policy and none of these files.
      let ids = files.ids[index * places.count..<(index + 1) * places.count].map { $0 ?? "" }
      let key = ids + [moment.path ?? ""]
      let claims = last?.key == key ? last?.claims ?? [] : claims(at: index)
      if claims.count >= KubernetesOwners.mostPeople { noteMany(claims, at: index) }
      last = (key, claims)
      stretches.state(claims, at: moment.commit)
    }
    stretches.finish(&reading)
    reading.diagnostics += files.diagnostics + notes.diagnostics
    reading.inputs = [
      InputFile(
        kind: .ownership, name: "\(repository.name):OWNER", format: "owner-files", bytes: nil,
        digest: files.digest(of: objects), records: reading.records.count,
        note: "the digest is of a line COMMIT PATH SHA256 for each OWNER or OWNERS file at each commit looked at")
    ]
    return reading
  }

  /// OWNERS where there is one on the way to the root, since its files add up; else the nearest OWNER.
  private mutating func claims(at index: Int) -> [OwnershipClaim] {
    guard let path = moments[index].path else { return [] }
    let folders = Self.folders(of: path)
    var chain: [(file: String, owners: KubernetesOwners)] = []
    for folder in folders {
      let file = folder + KubernetesOwners.name
      guard let content = content(file, at: index) else { continue }
      if let owners = readKubernetes(content, file: file, at: index) { chain.append((file, owners)) }
    }
    if !chain.isEmpty {
      let aliases = content(KubernetesOwners.aliasesName, at: index).map { readAliases($0, at: index) }
      return KubernetesOwners.claims(chain, path: path, aliases: aliases ?? [:])
    }
    for folder in folders {
      guard let content = content(folder + OwnerFile.name, at: index) else { continue }
      let file = readOwners(content, file: folder + OwnerFile.name, at: index)
      return file.claims(file: folder + OwnerFile.name)
    }
    return []
  }

  private mutating func noteMany(_ claims: [OwnershipClaim], at index: Int) {
    let file = shown(claims.first?.file ?? "", index)
    notes.add(
      "many",
      Diagnostic(
        id: "owners-too-many", severity: .warning, file: file,
        summary: "\(KubernetesOwners.mostPeople) people or more are named; of each role no more than that many count",
        nextStep: "Check that the right files are read."))
  }

  private func content(_ place: String, at index: Int) -> (id: String, text: String)? {
    guard let offset = indexOfPlace[place], let id = files.ids[index * places.count + offset],
      let text = files.texts[id]
    else { return nil }
    return (id, text)
  }

  private func shown(_ file: String, _ index: Int) -> String {
    "\(repository.name):\(file)@\(moments[index].commit.shortID)"
  }

  private mutating func readOwners(_ content: (id: String, text: String), file: String, at index: Int) -> OwnerFile {
    if let known = owners[content.id] { return known }
    let read = OwnerFile(content.text)
    let shown = shown(file, index)
    for line in read.skipped {
      notes.add(
        line.text,
        Diagnostic(
          id: "owner-line-skipped", severity: .warning, file: shown, line: line.line,
          summary: "the line names nobody and was passed over", nextStep: "Write one @handle or address a line."))
    }
    owners[content.id] = read
    return read
  }

  private mutating func readKubernetes(
    _ content: (id: String, text: String), file: String, at index: Int
  ) -> KubernetesOwners? {
    if let known = kubernetes[content.id] { return known }
    do throws(Diagnostic) {
      let read = try KubernetesOwners(content.text, name: shown(file, index))
      for diagnostic in read.diagnostics { notes.add("\(content.id) \(diagnostic.line ?? 0)", diagnostic) }
      kubernetes[content.id] = read
      return read
    } catch {
      notes.add(content.id, error)
      return nil
    }
  }

  private mutating func readAliases(_ content: (id: String, text: String), at index: Int) -> ByName<[String]> {
    if let known = aliases[content.id] { return known }
    do throws(Diagnostic) {
      let read = try KubernetesOwners.aliases(content.text, name: shown(KubernetesOwners.aliasesName, index))
      aliases[content.id] = read
      return read
    } catch {
      notes.add(content.id, error)
      return [:]
    }
  }
}
