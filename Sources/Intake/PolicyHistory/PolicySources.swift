internal import EvidenceModel
internal import Foundation

/// Where policy versions come from, as the configuration names it.
package enum PolicySource: Sendable, Hashable {
  /// With the name of OpenClaw's audit of its config, which says when each text was written.
  case folder(String, format: PolicyFormat?, audit: String? = nil)
  /// OpenRouter's presets and their versions: a file or a folder of its API's answers.
  case presets(String)
  case git(String, path: String, format: PolicyFormat?)
  case table(rules: String, versions: String)
}

/// Versions of one source, and how it was named and hashed.
struct PolicyReading {
  var versions: [PolicyVersion] = []
  var inputs: [InputFile] = []
  var diagnostics: [Diagnostic] = []
}

extension PolicyReading {
  /// A folder with one text a version. A text that does not say when it came into force takes the date its file name begins with.
  static func folder(
    _ name: String, path: String, format: PolicyFormat?, audit: (name: String, path: String)? = nil
  ) -> PolicyReading {
    var reading = PolicyReading()
    /// Stands for a time that only the audit can tell.
    let unknown = Instant(microseconds: .min)
    var undated: [PolicyVersion] = []
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
      .filter { file in [".yaml", ".yml", ".json", ".json5"].contains { file.hasSuffix($0) } }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    if names.isEmpty {
      reading.diagnostics.append(
        Diagnostic(
          id: "policy-folder-empty", file: name, summary: "holds no .yaml or .json file",
          nextStep: "Put one text a version into the folder, or name another source of the policy."))
    }
    for fileName in names {
      let shown = name.hasSuffix("/") ? name + fileName : name + "/" + fileName
      do throws(Diagnostic) {
        let file = try WholeFile(name: shown, path: path + "/" + fileName)
        let dated = CivilDay.parse(fileName.prefix(10)).map { Instant(day: $0) }
        let version = reading.version(
          of: file, format: format, identity: nil, fallback: dated ?? (audit == nil ? nil : unknown))
        if let version, version.effectiveFrom == unknown {
          undated.append(version)
        } else if let version {
          reading.versions.append(version)
        }
        reading.inputs.append(
          InputFile(
            kind: .policy, name: shown, format: format?.rawValue ?? "yaml", bytes: file.bytes.count,
            digest: file.digest, records: version?.rules.count ?? 0))
      } catch {
        reading.diagnostics.append(error)
        reading.inputs.append(
          InputFile(kind: .policy, name: shown, format: "yaml", bytes: nil, digest: nil, records: 0))
      }
    }
    if let audit { reading.read(audit, undated: undated) }
    return reading
  }

  static func undated(_ file: String) -> Diagnostic {
    Diagnostic(
      id: "policy-no-effective-time", file: file,
      summary: "it is not known when this version came into force; it was left out",
      nextStep: "Write effective-from into the text, or begin the file name with a date such as 2026-07-01.")
  }

  /// Who made a version and when, where a git history says so rather than the text.
  struct Identity {
    var id: String
    var committedAt: Instant
    var author: String
    var subject: String
  }

  /// Reads one text as a version. When it cannot be read, the version still stands: it was in force, its rules are unknown.
  private mutating func version(
    of file: WholeFile, format: PolicyFormat?, identity: Identity?, fallback: Instant?
  ) -> PolicyVersion? {
    var policy = PolicyText()
    var text = ""
    var isReadable = true
    do throws(Diagnostic) {
      text = try file.text()
      policy = try PolicyFormat.read(text, name: file.name, stated: format).policy
      diagnostics += policy.diagnostics
    } catch {
      isReadable = false
      diagnostics.append(error)
    }
    guard let effective = policy.effectiveFrom ?? identity?.committedAt ?? fallback else {
      diagnostics.append(Self.undated(file.name))
      return nil
    }
    return PolicyVersion(
      id: identity?.id ?? policy.version ?? String(file.name.split(separator: "/").last ?? ""),
      effectiveFrom: effective, recordedAt: identity?.committedAt ?? policy.recordedAt,
      author: policy.author ?? identity?.author, approvedBy: policy.approvedBy,
      approvedAt: policy.approvedAt, ticket: policy.ticket,
      note: (policy.note ?? identity?.subject).map(SecretRedaction.redact),
      source: file.name, text: SecretRedaction.redact(text), digest: file.digest, isReadable: isReadable,
      rules: policy.rules, statesApprovals: policy.statesApprovals)
  }

  /// The first-parent history of one path; a version is a commit that changed it, in force from its commit time unless the text says otherwise.
  static func git(
    _ repository: GitRepository, path: String, format: PolicyFormat?
  ) async throws(Diagnostic) -> (reading: PolicyReading, changes: [GitRepository.Change]) {
    var reading = PolicyReading()
    let changes = try await repository.history(of: path)
    guard !changes.isEmpty else {
      throw Diagnostic(
        id: "policy-path-unknown", file: "\(repository.name):\(path)",
        summary: "no commit of the first-parent line touches this path",
        nextStep: "Check the path with git log --first-parent -- PATH.")
    }
    let present = changes.filter { $0.path != nil }
    let contents = try await repository.contents(of: present.map { ($0.commit, $0.path ?? path) })
    var next = contents.makeIterator()
    for change in changes {
      let short = String(change.commit.prefix(12))
      let identity = Identity(
        id: short, committedAt: change.committedAt, author: change.author, subject: change.subject)
      let shown = "\(repository.name):\(change.path ?? path)@\(short)"
      guard change.path != nil else {
        reading.versions.append(
          PolicyVersion(
            id: short, effectiveFrom: change.committedAt, recordedAt: change.committedAt,
            author: change.author, note: SecretRedaction.redact(change.subject) + " (the policy's file was removed)",
            source: shown,
            digest: Digest(of: ""), rules: []))
        continue
      }
      guard let bytes = next.next() ?? nil else {
        reading.diagnostics.append(
          Diagnostic(
            id: "policy-version-missing", file: shown, summary: "the repository lacks this file's content",
            nextStep: "Fetch the repository whole; a shallow or partial clone has no history."))
        reading.versions.append(
          PolicyVersion(
            id: short, effectiveFrom: change.committedAt, recordedAt: change.committedAt,
            author: change.author, note: SecretRedaction.redact(change.subject), source: shown, digest: Digest(of: ""),
            isReadable: false, rules: []))
        continue
      }
      let file = WholeFile(name: shown, bytes: bytes)
      if let version = reading.version(of: file, format: format, identity: identity, fallback: nil) {
        reading.versions.append(version)
      }
    }
    let head = try await repository.head()
    var hasher = Hasher256()
    for version in reading.versions {
      var line = "\(version.id) \(version.digest)\n"
      line.withUTF8 { hasher.update(UnsafeRawBufferPointer($0)) }
    }
    reading.inputs.append(
      InputFile(
        kind: .policy, name: "\(repository.name):\(path)", format: "git", bytes: nil,
        digest: hasher.finish(), records: reading.versions.count,
        note:
          "\(reading.versions.count) versions up to commit \(head); the digest is of their ids and digests, one a line")
    )
    return (reading, changes)
  }

  static func table(rules: (name: String, path: String), versions: (name: String, path: String)) -> PolicyReading {
    var reading = PolicyReading()
    var files: [WholeFile] = []
    for (name, path) in [rules, versions] {
      do throws(Diagnostic) {
        files.append(try WholeFile(name: name, path: path))
      } catch {
        reading.diagnostics.append(error)
        reading.inputs.append(InputFile(kind: .policy, name: name, format: "csv", bytes: nil, digest: nil, records: 0))
      }
    }
    guard files.count == 2 else { return reading }
    do throws(Diagnostic) {
      let table = try RuleTable.read(rules: files[0], versions: files[1])
      reading.versions = table.versions
      reading.diagnostics += table.diagnostics
    } catch {
      reading.diagnostics.append(error)
    }
    for (file, records) in [
      (files[0], reading.versions.reduce(0) { $0 + $1.rules.count }), (files[1], reading.versions.count),
    ] {
      reading.inputs.append(
        InputFile(
          kind: .policy, name: file.name, format: "csv", bytes: file.bytes.count, digest: file.digest, records: records)
      )
    }
    return reading
  }
}
