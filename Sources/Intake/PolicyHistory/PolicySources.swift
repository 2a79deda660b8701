internal import EvidenceModel

/// Where policy versions come from, as the configuration names it.
package enum PolicySource: Sendable, Hashable {
  /// With the name of OpenClaw's audit of its config, which says when each text was written.
  case folder(String, format: PolicyFormat?, audit: String? = nil, deployed: DeploymentRecords.Place? = nil)
  /// OpenRouter's presets and their versions: a file or a folder of its API's answers.
  case presets(String)
  case git(
    String, path: String, format: PolicyFormat?, pullRequests: String? = nil, deployed: DeploymentRecords.Place? = nil)
  case table(rules: String, versions: String, deployed: DeploymentRecords.Place? = nil)

  /// The register that says when the versions took effect.
  package var deployed: DeploymentRecords.Place? {
    switch self {
    case .folder(_, _, _, let deployed), .git(_, _, _, _, let deployed), .table(_, _, let deployed): deployed
    case .presets: nil
    }
  }
}

/// Versions of one source, and how it was named and hashed.
struct PolicyReading {
  var versions: [PolicyVersion] = []
  var inputs: [InputFile] = []
  var diagnostics: [Diagnostic] = []
}

/// A text read once, however many versions hold it.
struct ParsedPolicy: Sendable {
  var policy = PolicyText()
  /// Without its secrets, since it goes into the pack.
  var text = ""
  var isReadable = true
  var diagnostics: [Diagnostic] = []

  init(_ file: WholeFile, format: PolicyFormat?) {
    do throws(Diagnostic) {
      let text = try file.text()
      self.text = SecretRedaction.redact(text)
      policy = try PolicyFormat.read(text, name: file.name, stated: format).policy
      diagnostics = policy.diagnostics
    } catch {
      isReadable = false
      diagnostics.append(error)
    }
  }
}

extension PolicyReading {
  /// Reads one text as a version. When it cannot be read, the version still stands: it was in force, its rules are unknown.
  mutating func version(
    of file: WholeFile, parsed: ParsedPolicy, change: GitRepository.Change?, fallback: Instant?
  ) -> PolicyVersion? {
    let policy = parsed.policy
    diagnostics += parsed.diagnostics.map { diagnostic in
      var diagnostic = diagnostic
      diagnostic.file = file.name
      return diagnostic
    }
    guard let effective = policy.effectiveFrom ?? change?.committedAt ?? fallback else { return nil }
    return PolicyVersion(
      id: change?.shortID ?? policy.version ?? String(file.name.split(separator: "/").last ?? ""),
      effectiveFrom: effective, recordedAt: change?.committedAt ?? policy.recordedAt,
      author: policy.author ?? change?.author, approvedBy: policy.approvedBy,
      approvedAt: policy.approvedAt, ticket: policy.ticket,
      note: (policy.note ?? change?.subject).map(SecretRedaction.redact),
      source: file.name, text: parsed.text, digest: file.digest, isReadable: parsed.isReadable,
      rules: policy.rules, statesApprovals: policy.statesApprovals, schema: policy.schema,
      authoredAt: change?.authoredAt, committer: change?.committer)
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
