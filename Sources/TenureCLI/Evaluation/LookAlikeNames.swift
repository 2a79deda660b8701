internal import EvidenceModel
internal import EvidencePack

/// Rules and owners whose names a reader of the pack could take for one another.
enum LookAlikeNames {
  private static let mostNamed = 20

  static func diagnostics(of records: Records) -> [Diagnostic] {
    var sources: ByName<String> = [:]
    for version in records.history.versions {
      for rule in version.rules where sources[rule.id] == nil { sources[rule.id] = version.source }
    }
    let rules = diagnostics(of: "rules", among: sources)
    sources = [:]
    for record in records.ownership.records where sources[record.owner] == nil { sources[record.owner] = record.source }
    return rules + diagnostics(of: "owners", among: sources)
  }

  private static func diagnostics(of kind: String, among sources: ByName<String>) -> [Diagnostic] {
    let pairs = LookAlikes.pairs(among: sources.keys)
    var diagnostics = pairs.prefix(mostNamed).map { pair in
      diagnostic(
        kind, file: sources[pair.second] ?? "",
        summary: "two names of \(kind) look alike: \(words(pair.first)) and \(words(pair.second))")
    }
    if let last = pairs.last, pairs.count > mostNamed {
      diagnostics.append(
        diagnostic(
          kind, file: sources[last.second] ?? "",
          summary: "\(pairs.count - mostNamed) more pairs of \(kind) have names that look alike"))
    }
    return diagnostics
  }

  private static func diagnostic(_ kind: String, file: String, summary: String) -> Diagnostic {
    Diagnostic(
      id: "names-look-alike", severity: .warning, file: file, summary: summary,
      nextStep: "They are judged and listed as two. Rename one of them, if they are meant to be two.")
  }

  private static func words(_ name: String) -> String {
    let codePoints = LookAlikes.codePoints(of: name)
    return FigureText.shortened(name) + (codePoints.isEmpty ? "" : " (with \(codePoints))")
  }
}
