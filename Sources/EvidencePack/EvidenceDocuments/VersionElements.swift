internal import Assessment
internal import EvidenceModel
internal import EvidenceStore
internal import Replay

/// One version as its record has it.
extension DocumentContext {
  func versionFacts(_ index: Int, element: String, in xml: inout XMLWriter) {
    let history = facts.records.history
    let version = history.versions[index]
    let rows = tally(ofVersion: version.id)
    let until = history.until(index)
    let changes = changesByVersion[index] ?? []
    func count(_ direction: RuleChange.Direction) -> String { String(changes.count { $0.direction == direction }) }
    let record: XMLWriter.Attributes = [
      "anchor": element == "facts" ? nil : anchor("version", version.id), "version": version.id,
      "page": layout.version(version.id) ?? "v/index.html", "effective": version.effectiveFrom.description,
      "effective-text": time.text(version.effectiveFrom), "until": until?.description,
      "until-text": until.map(time.text),
      "recorded": version.recordedAt?.description, "recorded-text": version.recordedAt.map(time.text),
      "backdated": String(version.isBackdated), "author": version.author.map { FigureText.shortened($0) },
      "approvers": approvers(of: version),
      "approved": version.approvedAt?.description, "approved-text": version.approvedAt.map(time.text),
      "ticket": version.ticket.map { FigureText.shortened($0) },
      "source": version.source, "sha256": version.digest.description, "readable": String(version.isReadable),
      "subject": version.note.map { FigureText.shortened($0) },
      "authored": version.authoredAt?.description, "authored-text": version.authoredAt.map(time.text),
      "committer": version.committer.map { FigureText.shortened($0) }, "effective-source": version.effectiveSource,
      "signed": version.isSigned.map { String($0) }, "schema": version.schema,
      "schema-before": schemasBefore[index], "rules": String(version.rules.count),
      "changes": String(changes.count),
      "in-period": String(versionsInWindow.contains(index)),
      "decisions": String(rows.reduce(0) { $0 + $1.sums.n }),
      "exceptions": String(rows.filter(\.decisionClass.isException).reduce(0) { $0 + $1.sums.n }),
      "redecided": version.isBackdated ? String(redecidedVersions[version.id] ?? 0) : nil,
      "otherwise-under-before": facts.versionInForce(before: index).flatMap { facts.comparison(index, under: $0) }
        .map { String($0.n) },
      "otherwise-under-after": facts.versionInForce(after: index).flatMap { facts.comparison(index, under: $0) }
        .map { String($0.n) },
    ]
    let directions: XMLWriter.Attributes = [
      "looser": count(.looser), "stricter": count(.stricter), "neutral": count(.neutral), "unknown": count(.unknown),
      "first": changes.first?.reasons == [.firstVersion] ? "true" : nil, "moved-from": movedFrom(index),
    ]
    xml.element(element, [record, story(index), directions])
  }

  /// Where the policy's file was before, in the repository that both versions come from.
  private func movedFrom(_ index: Int) -> String? {
    let versions = facts.records.history.versions
    guard index > 0, let now = Self.repositoryPath(versions[index].source),
      let before = Self.repositoryPath(versions[index - 1].source), !now.utf8.elementsEqual(before.utf8)
    else { return nil }
    return FigureText.shortened(before)
  }

  /// `repository:path` of a source that is a commit, `repository:path@1a2b3c4`.
  private static func repositoryPath(_ source: String) -> String? {
    guard let sign = source.lastIndex(of: "@"), source[..<sign].contains(":"),
      case let commit = source[sign...].dropFirst().utf8, commit.count >= 7,
      commit.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    return String(source[..<sign])
  }
}
