package import EvidenceModel

/// OpenClaw's `config-audit.jsonl`: one line a write of its config, with the digests before and after. Described in
/// `docs/formats/openclaw-config.md`.
package enum OpenClawConfigAudit {
  package struct Change: Sendable, Hashable {
    package var instant: Instant
    /// Counted from 1.
    package var line: Int
    /// SHA-256 of the config's bytes, lower-case hexadecimal.
    package var previousHash: String?
    package var nextHash: String
    /// How the write ended, such as `rename`.
    package var result: String

    /// Whether the new text reached its place. Words that are not known count as a write, so that no change is lost.
    package var isApplied: Bool { !["failed", "rejected", "error", "aborted", "blocked"].contains(result) }
  }

  private static let mostDiagnostics = 100

  /// Reads every line; a bad one is reported and left out, and a break in the chain of digests is reported.
  package static func read(_ file: WholeFile) -> (changes: [Change], diagnostics: [Diagnostic]) {
    var changes: [Change] = []
    var diagnostics: [Diagnostic] = []
    var unseen = 0
    func report(_ diagnostic: Diagnostic) {
      if diagnostics.count < mostDiagnostics { diagnostics.append(diagnostic) } else { unseen += 1 }
    }
    // Each config has a chain of its own.
    var last: ByName<String> = [:]
    var offset = 0
    for (index, bytes) in file.bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      defer { offset += bytes.count + 1 }
      guard !bytes.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) else { continue }
      func diagnostic(_ id: String, _ severity: Diagnostic.Severity, _ summary: String, _ next: String) -> Diagnostic {
        Diagnostic(
          id: id, severity: severity, file: file.name, line: index + 1, byteOffset: offset, summary: summary,
          nextStep: next)
      }
      guard let text = String(validating: bytes, as: UTF8.self),
        let node = try? JSON5Text.read(text, name: file.name), node["event"]?.text == "config.write",
        let instant = node["ts"]?.text.flatMap({ Instant(dateOrInstant: $0) }),
        let nextHash = node["nextHash"]?.text?.lowercased(), Digest(hexadecimal: nextHash) != nil
      else {
        report(
          diagnostic(
            "config-audit-bad-line", .error,
            "the line is no config.write with ts and nextHash; it was left out", "Hand in the file as it was written."))
        continue
      }
      let change = Change(
        instant: instant, line: index + 1, previousHash: node["previousHash"]?.text?.lowercased(),
        nextHash: nextHash,
        result: node["result"]?.text ?? "")
      changes.append(change)
      let path = node["configPath"]?.text ?? ""
      if let before = last[path], let previous = change.previousHash, before != previous {
        report(
          diagnostic(
            "config-audit-break", .warning,
            "the config had the digest \(previous.prefix(12)) before this write, but the write before left "
              + "\(before.prefix(12)): it was changed in between, and the audit does not show how",
            "Find out who changed the config without OpenClaw, or whether lines of the audit are missing."))
      }
      if change.isApplied { last[path] = nextHash }
      let suspicious = (node["suspicious"]?.items ?? []).compactMap(\.text)
      if !suspicious.isEmpty {
        let words = suspicious.prefix(5).map { SecretRedaction.redact(String($0.prefix(60))) }
        report(
          diagnostic(
            "config-audit-suspicious", .warning,
            "OpenClaw itself found this write suspicious: \(words.joined(separator: ", "))",
            "Ask who made this change and why."))
      }
    }
    if unseen > 0 {
      diagnostics.append(
        Diagnostic(
          id: "config-audit-more", severity: .warning, file: file.name,
          summary: "\(unseen) more lines with trouble are not shown", nextStep: "Mend those above and run again."))
    }
    return (changes, diagnostics)
  }
}

extension PolicyReading {
  mutating func read(_ audit: (name: String, path: String), undated: [PolicyVersion]) {
    var input = InputFile(
      kind: .policy, name: audit.name, format: "openclaw-config-audit", bytes: nil, digest: nil, records: 0)
    var changes: [OpenClawConfigAudit.Change] = []
    do throws(Diagnostic) {
      let file = try WholeFile(name: audit.name, path: audit.path)
      let result = OpenClawConfigAudit.read(file)
      changes = result.changes
      diagnostics += result.diagnostics
      input.bytes = file.bytes.count
      input.digest = file.digest
      input.records = changes.count
    } catch {
      diagnostics.append(error)
    }
    inputs.append(input)
    apply(changes, of: audit.name, undated: undated)
  }

  /// Gives versions the times at which the audit saw their texts written. A text that was written again is a version again;
  /// one that no file holds is a version that cannot be read, so that the hole shows.
  mutating func apply(_ changes: [OpenClawConfigAudit.Change], of audit: String, undated: [PolicyVersion]) {
    var known: [Digest: PolicyVersion] = [:]
    for version in versions + undated where known[version.digest] == nil { known[version.digest] = version }
    var timed: [PolicyVersion] = []
    var count: [Digest: Int] = [:]
    var missing = 0
    for change in changes where change.isApplied && change.previousHash != change.nextHash {
      guard let digest = Digest(hexadecimal: change.nextHash) else { continue }
      var version =
        known[digest]
        ?? PolicyVersion(
          id: digest.prefix(12), effectiveFrom: change.instant, source: "\(audit):\(change.line)", digest: digest,
          isReadable: false, rules: [])
      count[digest, default: 0] += 1
      if let again = count[digest], again > 1 { version.id += "@\(again)" }
      version.effectiveFrom = change.instant
      version.recordedAt = change.instant
      version.effectiveSource = "\(audit):\(change.line)"
      timed.append(version)
      if known[digest] == nil, count[digest] == 1 { missing += 1 }
      if known[digest] == nil, count[digest] == 1, missing <= 100 {
        diagnostics.append(
          Diagnostic(
            id: "config-audit-text-missing", severity: .warning, file: audit, line: change.line,
            summary: "no file of the folder has the text with the digest \(digest.prefix(12)); its rules are unknown",
            nextStep: "Put that version of the config into the folder."))
      }
    }
    if missing > 100 {
      diagnostics.append(
        Diagnostic(
          id: "config-audit-text-missing", severity: .warning, file: audit,
          summary: "the texts of \(missing - 100) more writes are in no file of the folder",
          nextStep: "Put those versions of the config into the folder."))
    }
    let others = versions.filter { count[$0.digest] == nil }
    for version in others where !changes.isEmpty {
      diagnostics.append(
        Diagnostic(
          id: "config-audit-version-unknown", severity: .warning, file: version.source,
          summary: "\(audit) knows no write of this text; the date in its name was taken",
          nextStep: "Check that the file is the config as it was written, byte for byte."))
    }
    for version in undated where count[version.digest] == nil {
      let name = version.source.split(separator: "/").last.map(String.init) ?? version.source
      diagnostics.append(SnapshotDate(in: name).diagnostic(file: version.source))
    }
    versions = others + timed
  }
}
