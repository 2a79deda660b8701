internal import Assessment
internal import EvidenceModel
internal import EvidenceStore
internal import Replay

extension DocumentContext {
  func versionDocuments(_ emit: (EvidenceDocument) throws -> Void) throws {
    let versions = facts.records.history.versions
    let indices = Array(versions.indices)
    let list = ListKind(folder: "v", root: "versions", stylesheet: "versions", title: "Policy versions")
    try listDocuments(
      list, [ListOrder(name: "effect", items: indices) { versions[$0].id }], emit: emit,
      head: { xml in if !versions.isEmpty { versionTimeline(in: &xml) } }
    ) { index, xml in self.versionFacts(index, element: "version-facts", in: &xml) }
    for index in indices {
      let version = versions[index]
      guard let page = layout.version(version.id) else { continue }
      let neighbour = { (other: Int) -> (String, String)? in
        guard indices.contains(other), let page = layout.version(versions[other].id) else { return nil }
        return (page, versions[other].id)
      }
      try emit(
        document(
          "version", page: page, stylesheet: "version", id: version.id, title: "Policy version \(version.id)",
          crumbs: [("v/index.html", "Policy versions")], previous: neighbour(index - 1), next: neighbour(index + 1)
        ) { xml in
          versionFacts(index, element: "facts", in: &xml)
          versionTimeline(of: index, in: &xml)
          changes(inReadingOrder(changesByVersion[index] ?? []), isStory: false, in: &xml)
          impacts(of: index, in: &xml)
          textDifference(index, in: &xml)
          classes(tally(ofVersion: version.id), in: &xml) { layout.decisions(.decisionClass, $0.name, page: 1) }
          let limit = 300
          xml.element("rules", ["shown": String(min(limit, version.rules.count)), "of": String(version.rules.count)]) {
            xml in
            for rule in version.rules.prefix(limit) {
              ruleDefinition(
                rule, version: version, from: version.effectiveFrom, to: facts.records.history.until(index),
                anchored: anchor("definition", rule.id, version.id), in: &xml)
            }
          }
          diagnostics(diagnostics(ofFile: version.source), in: &xml)
        })
    }
  }

  /// What gives requests more room comes first.
  private func inReadingOrder(_ changes: [RuleChange]) -> [RuleChange] {
    [RuleChange.Direction.looser, .unknown, .stricter, .neutral].flatMap { direction in
      changes.filter { $0.direction == direction }
    }
  }

  /// Decisions under this version by the versions next to it, and of the one before by this one.
  private func impacts(of index: Int, in xml: inout XMLWriter) {
    func add(_ index: Int, under other: Int, _ judgedBy: String) {
      guard let comparison = facts.comparison(index, under: other) else { return }
      impact(
        comparison, judgedBy: judgedBy, of: [facts.records.history.versions[index].id, "version"], most: 40, in: &xml)
    }
    if let before = facts.versionInForce(before: index) {
      add(index, under: before, "before")
      add(before, under: index, "this")
    }
    if let after = facts.versionInForce(after: index) { add(index, under: after, "after") }
  }

  private func textDifference(_ index: Int, in xml: inout XMLWriter) {
    let versions = facts.records.history.versions
    let before = index > 0 ? versions[index - 1] : nil
    let difference = before.map { TextDifference(old: lines(of: $0), new: lines(of: versions[index])) }
    xml.element(
      "text-difference",
      [
        "against": before?.id, "against-page": before.flatMap { layout.version($0.id) },
        "added": String(difference?.added ?? 0), "removed": String(difference?.removed ?? 0),
        "header-added": String(difference?.headerAdded ?? 0),
        "header-removed": String(difference?.headerRemoved ?? 0), "cut": String(difference?.isCut ?? false),
        "too-large": difference?.isTooLarge == true ? "true" : nil,
        "only-moved": difference?.isOnlyMoved == true ? "true" : nil,
        "against-unread": before?.isReadable == false ? "true" : nil,
        "written-out": versions[index].text.isEmpty ? "true" : nil,
      ]
    ) { xml in
      for line in difference?.lines ?? [] {
        if line.operation == .skip {
          xml.element("line", ["op": line.operation.rawValue, "n": String(line.count)])
          continue
        }
        xml.pieces(
          "line", line.parts.map { (text: $0.text, mark: $0.isChanged ? "word" : nil) },
          [
            "op": line.operation.rawValue, "old": line.old.map(String.init), "new": line.new.map(String.init),
            "header": line.isHeader ? "true" : nil,
          ])
      }
    }
  }

  /// The source's own lines; a version that is a part of a table is written out rule by rule.
  private func lines(of version: PolicyVersion) -> [String] {
    if !version.text.isEmpty {
      // CR LF is one Character, so the text is split by scalars.
      return version.text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map {
        String($0.last == "\r" ? $0.dropLast() : $0)
      }
    }
    return version.rules.sorted { $0.id.precedesBytewise($1.id) }.flatMap { rule in
      [rule.id + ":"] + rule.fieldTexts.map { "  \($0.name): \($0.value)" }
    }
  }
}
