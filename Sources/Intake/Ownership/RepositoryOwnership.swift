internal import EvidenceModel

/// What a source says, as of one commit or version, of who owns the policy.
struct OwnershipClaim: Sendable, Hashable {
  var owner: String
  var role = OwnershipRecord.accountable
  var kind: OwnerKind?
  var provenance: Provenance
  /// The file in the repository.
  var file: String
  var line: Int

  /// What an entry of these owners is: of several a team or a role where all are, else `several`.
  static func kind(ofAll kinds: [OwnerKind?]) -> OwnerKind? {
    guard kinds.count > 1 else { return kinds.first ?? nil }
    guard let first = kinds[0], first != .person, kinds.allSatisfy({ $0 == first }) else { return .several }
    return first
  }
}

/// Claims over the commits of a repository as ownership records: one a stretch in which one party was claimed in one role, in one way.
///
/// The records cover every rule of the policy. What a commit says holds from its date on and was recorded then.
struct ClaimedStretches {
  let repository: String
  private var records: [OwnershipRecord] = []
  /// Indexes of the records that go on, by role, owner and how it is known.
  private var open: [[UInt8]: Int] = [:]

  init(repository: String) { self.repository = repository }

  /// States all claims that hold from a commit on.
  mutating func state(_ claims: [OwnershipClaim], at commit: GitRepository.Change) {
    var claimed: [[UInt8]: OwnershipClaim] = [:]
    var order: [[UInt8]] = []
    for claim in claims {
      // A party that owned the file by name and goes on by a catch-all alone begins another tenure.
      let key = Array("\(claim.role)\u{0}\(claim.provenance.rawValue)\u{0}\(claim.owner)".utf8)
      if claimed.updateValue(claim, forKey: key) == nil { order.append(key) }
    }
    for (key, index) in open where claimed[key] == nil {
      records[index].to = commit.committedAt
      open[key] = nil
    }
    for key in order where open[key] == nil {
      guard let claim = claimed[key] else { continue }
      open[key] = records.count
      records.append(
        OwnershipRecord(
          rulePattern: "*", owner: claim.owner, role: claim.role, from: commit.committedAt, to: nil,
          sequence: records.count + 1, recordedAt: commit.committedAt,
          source: "\(repository):\(claim.file)@\(commit.shortID)", line: claim.line, provenance: claim.provenance,
          ownerKind: claim.kind))
    }
  }

  /// Adds the records to what was read. A stretch that ended at the instant at which it began was never in force; one that
  /// ended earlier, since dates of commits may go back, is told.
  func finish(_ reading: inout OwnershipReading) {
    var notes = HistoryNotes()
    for record in records {
      guard let to = record.to, to <= record.from else {
        reading.records.append(record)
        continue
      }
      if to < record.from {
        notes.add(
          record.source,
          Diagnostic(
            id: "ownership-ends-before-it-begins", severity: .warning, file: record.source, line: record.line,
            summary: "a later commit is dated \(to), before this one, so what it says of owners covers no instant",
            nextStep: "Check the dates of both commits; whoever commits can set them."))
      }
    }
    reading.diagnostics += notes.diagnostics
  }
}

/// The commits at which the owners of a policy may change, oldest first, and the policy's path as of each.
struct OwnershipMoments {
  let moments: [(commit: GitRepository.Change, path: String?)]

  /// - Parameters:
  ///   - edits: the commits that changed a file which names owners.
  ///   - policyChanges: those that changed the policy's file, under whatever name it had.
  init(edits: [GitRepository.Change], policyChanges: [GitRepository.Change]) {
    var byCommit: [String: GitRepository.Change] = [:]
    for change in edits + policyChanges { byCommit[change.commit] = byCommit[change.commit] ?? change }
    let changes = policyChanges.sorted { $0.position < $1.position }
    var next = 0
    var path: String?
    moments = byCommit.values.sorted { $0.position < $1.position }.map { commit in
      while next < changes.count, changes[next].position <= commit.position {
        path = changes[next].path
        next += 1
      }
      return (commit, path)
    }
  }
}

/// Files of a repository as of many commits. Each content is fetched once, and none that is too large.
struct RepositoryFiles {
  /// In bytes. GitHub reads no larger CODEOWNERS.
  static let largest = 3 << 20
  static let mostLookUps = 400_000

  /// The id of the content of each commit and path asked for; nil where there is no such file.
  let ids: [String?]
  private(set) var texts: [String: String] = [:]
  private var digests: [String: Digest] = [:]
  private(set) var diagnostics: [Diagnostic] = []

  init(_ objects: [(commit: String, path: String)], in repository: GitRepository) async throws(Diagnostic) {
    guard objects.count <= Self.mostLookUps else {
      throw Diagnostic(
        id: "ownership-too-many-commits", file: repository.name,
        summary:
          "\(objects.count) look-ups of commits and files would be needed, more than the \(Self.mostLookUps) that are made",
        nextStep: "Name the owners in an ownership register.")
    }
    let blobs = try await repository.blobs(of: objects)
    ids = blobs.map { $0?.id }
    var wanted: [String] = []
    var seen = Set<String>()
    for (blob, object) in zip(blobs, objects) {
      guard let blob, seen.insert(blob.id).inserted else { continue }
      if blob.size <= Self.largest {
        wanted.append(blob.id)
      } else {
        diagnostics.append(
          Diagnostic(
            id: "ownership-file-too-large", file: "\(repository.name):\(object.path)@\(object.commit.prefix(12))",
            summary: "larger than 3 MiB, so it names nobody", nextStep: "Split or shorten the file."))
      }
    }
    for (id, object) in zip(wanted, try await repository.objects(wanted)) {
      guard let object else { continue }
      texts[id] = String(decoding: object.bytes, as: UTF8.self)
      digests[id] = Digest(of: object.bytes)
    }
  }

  /// Of a line `COMMIT PATH SHA256` for each file found, in the order in which they were asked for.
  func digest(of objects: [(commit: String, path: String)]) -> Digest {
    var hasher = Hasher256()
    for (id, object) in zip(ids, objects) {
      guard let digest = id.flatMap({ digests[$0] }) else { continue }
      var line = "\(object.commit) \(object.path) \(digest)\n"
      line.withUTF8 { hasher.update(UnsafeRawBufferPointer($0)) }
    }
    return hasher.finish()
  }
}

/// Diagnostics about the files of a history: one for each line or content, however many commits carry it, and no more than
/// a stated number.
struct HistoryNotes {
  static let most = 20
  private var seen = Set<[UInt8]>()
  private(set) var diagnostics: [Diagnostic] = []

  /// - Parameter key: what makes two notes one.
  mutating func add(_ key: String, _ diagnostic: @autoclosure () -> Diagnostic) {
    guard seen.count <= Self.most, seen.insert(Array(key.utf8)).inserted else { return }
    if diagnostics.count < Self.most { diagnostics.append(diagnostic()) }
    if seen.count == Self.most + 1, var last = diagnostics.last {
      last.line = nil
      last.summary = "more is wrong than the \(Self.most) places listed; the others are of the same kinds"
      last.severity = .warning
      diagnostics.append(last)
    }
  }
}
