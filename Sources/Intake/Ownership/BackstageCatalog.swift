internal import EvidenceModel

/// A Backstage `catalog-info.yaml` (formats.md §10.3): which entities it holds, and who owns them. Described in
/// `docs/formats/backstage.md`.
struct BackstageCatalog {
  /// `kind:namespace/name`, in lower case, as Backstage compares references.
  struct Reference: Hashable, CustomStringConvertible {
    var kind: String
    var namespace: String
    var name: String

    /// - Parameter kind: what a reference without a kind is.
    init?(_ text: String, kind: String) {
      var rest = text.lowercased()[...]
      self.kind = kind
      namespace = "default"
      if let colon = rest.firstIndex(of: ":") {
        self.kind = String(rest[..<colon])
        rest = rest[rest.index(after: colon)...]
      }
      if let slash = rest.firstIndex(of: "/") {
        namespace = String(rest[..<slash])
        rest = rest[rest.index(after: slash)...]
      }
      name = String(rest)
      guard [self.kind, namespace, name].allSatisfy(RuleList.isName) else { return nil }
    }

    var description: String { "\(kind):\(namespace)/\(name)" }
  }

  struct Entity {
    var reference: Reference
    var owner: Reference?
    var line: Int
  }

  private static let mostEntities = 10_000
  private static let ownedKinds = ["component", "api", "resource", "system", "domain"]

  private(set) var entities: [Entity] = []
  private let name: String

  init(_ text: String, name: String) throws(Diagnostic) {
    self.name = name
    let documents = try YAMLText(text, name: name, allowsMany: true).documents
    guard documents.count <= Self.mostEntities else {
      throw Diagnostic(
        id: "backstage-too-many", file: name, summary: "it holds more than \(Self.mostEntities) documents",
        nextStep: "Name a catalog of its own for the component that holds the policy.")
    }
    for document in documents {
      guard let kind = document["kind"]?.text, let title = document["metadata"]?["name"]?.text,
        let reference = Reference(
          "\(kind):\(document["metadata"]?["namespace"]?.text ?? "default")/\(title)", kind: "component")
      else { continue }
      let owner = document["spec"]?["owner"]
      entities.append(
        Entity(
          reference: reference, owner: owner?.text.flatMap { Reference($0, kind: "group") },
          line: (owner ?? document).mark.line))
    }
  }

  /// The entity asked for; where none is named, the only one that can have an owner.
  func entity(_ stated: Reference?) throws(Diagnostic) -> Entity {
    if let stated {
      if let entity = entities.first(where: { $0.reference == stated }) { return entity }
      throw Diagnostic(
        id: "backstage-entity-missing", file: name, summary: "\(stated) does not stand in it; \(listed)",
        nextStep: "Name one of them under entity.")
    }
    var owned = entities.filter { $0.reference.kind == "component" }
    if owned.isEmpty { owned = entities.filter { Self.ownedKinds.contains($0.reference.kind) } }
    guard owned.count == 1 else {
      throw Diagnostic(
        id: "backstage-entity-unstated", file: name,
        summary: "the configuration does not say which entity stands for the policy; \(listed)",
        nextStep: "Write entity: component:default/NAME beside backstage.")
    }
    return owned[0]
  }

  private var listed: String {
    let names = entities.filter { Self.ownedKinds.contains($0.reference.kind) }.map(\.reference.description)
    return names.isEmpty
      ? "no entity in it can have an owner" : "it holds \(names.prefix(8).joined(separator: ", "))"
  }

  /// What the file says of the entity: its owner, if it names one.
  func claim(_ stated: Reference?, file: String) throws(Diagnostic) -> OwnershipClaim? {
    let entity = try entity(stated)
    guard let owner = entity.owner else { return nil }
    let kind: OwnerKind? = ["group": .team, "user": .person][owner.kind]
    return OwnershipClaim(
      owner: owner.description, kind: kind, provenance: .inferred, file: file, line: entity.line)
  }
}

extension BackstageCatalog {
  /// The owner over time, from the history of the file.
  static func history(
    in repository: GitRepository, path: String, entity: Reference?
  ) async throws(Diagnostic) -> OwnershipReading {
    let changes = try await repository.history(of: path)
    guard !changes.isEmpty else {
      throw Diagnostic(
        id: "ownership-path-unknown", file: "\(repository.name):\(path)",
        summary: "no commit of the first-parent line touches this path",
        nextStep: "Check the path with git log --first-parent -- PATH.")
    }
    let objects = changes.map { (commit: $0.commit, path: $0.path ?? path) }
    let files = try await RepositoryFiles(objects, in: repository)
    var reading = OwnershipReading()
    var notes = HistoryNotes()
    var stretches = ClaimedStretches(repository: repository.name)
    var claimsOfContent: [String: [OwnershipClaim]] = [:]
    for (change, id) in zip(changes, files.ids) {
      guard change.path != nil, let id, let text = files.texts[id] else {
        stretches.state([], at: change)
        continue
      }
      if claimsOfContent[id] == nil {
        let file = change.path ?? path
        do throws(Diagnostic) {
          let catalog = try BackstageCatalog(text, name: "\(repository.name):\(file)@\(change.shortID)")
          claimsOfContent[id] = try catalog.claim(entity, file: file).map { [$0] } ?? []
        } catch {
          // What cannot be read names nobody, until the next commit.
          notes.add(id, error)
          claimsOfContent[id] = []
        }
      }
      stretches.state(claimsOfContent[id] ?? [], at: change)
    }
    stretches.finish(&reading)
    reading.diagnostics += files.diagnostics + notes.diagnostics
    reading.inputs = [
      InputFile(
        kind: .ownership, name: "\(repository.name):\(path)", format: "backstage", bytes: nil,
        digest: files.digest(of: objects), records: reading.records.count,
        note: "\(changes.count) commits; the digest is of a line COMMIT PATH SHA256 for each")
    ]
    return reading
  }

  /// The owner from one file, which says nothing of when.
  static func single(
    _ file: WholeFile, entity: Reference?, from: Instant?
  ) throws(Diagnostic) -> OwnershipReading {
    let claim = try BackstageCatalog(try file.text(), name: file.name).claim(entity, file: file.name)
    guard let from else {
      throw Diagnostic(
        id: "backstage-without-time", file: file.name,
        summary: "a single catalog file does not say since when its owner holds, so it names nobody",
        nextStep: "Write from: with the day of the export beside backstage, or name the repository with path.")
    }
    var reading = OwnershipReading()
    if let claim {
      reading.records = [
        OwnershipRecord(
          rulePattern: "*", owner: claim.owner, from: from, to: nil, sequence: 1, source: file.name, line: claim.line,
          provenance: claim.provenance, ownerKind: claim.kind)
      ]
    }
    reading.inputs = [
      InputFile(
        kind: .ownership, name: file.name, format: "backstage", bytes: file.bytes.count, digest: file.digest,
        records: reading.records.count, note: "one file, taken to hold from \(from), as the configuration states")
    ]
    return reading
  }
}
