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
      head: { xml in if !versions.isEmpty { timelineOfVersions(in: &xml) } }
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
          let changes = facts.changes.filter { $0.versionIndex == index }
          let most = 150
          xml.element(
            "changes",
            [
              "shown": String(min(most, changes.count)), "of": String(changes.count),
              "page": changes.count > most ? "r/by-change.html" : nil,
            ]
          ) { xml in for change in changes.prefix(most) { self.change(change, in: &xml) } }
          textDifference(index, in: &xml)
          classes(tally.filter { $0.version == version.id }, in: &xml) {
            layout.decisions(.decisionClass, $0.name, page: 1)
          }
          let limit = 500
          xml.element("rules", ["shown": String(min(limit, version.rules.count)), "of": String(version.rules.count)]) {
            xml in
            for rule in version.rules.prefix(limit) {
              ruleDefinition(
                rule, version: version, from: version.effectiveFrom, to: facts.records.history.until(index),
                anchored: anchor("definition", rule.id, version.id), in: &xml)
            }
          }
          diagnostics(facts.records.diagnostics.filter { $0.file == version.source }, in: &xml)
        })
    }
  }

  private func textDifference(_ index: Int, in xml: inout XMLWriter) {
    let versions = facts.records.history.versions
    let before = index > 0 ? versions[index - 1] : nil
    let difference = TextDifference(old: before.map(lines) ?? [], new: lines(of: versions[index]))
    xml.element(
      "text-difference",
      [
        "against": before?.id, "against-page": before.flatMap { layout.version($0.id) },
        "added": String(difference.added),
        "removed": String(difference.removed), "cut": String(difference.isCut),
      ]
    ) { xml in
      for line in difference.lines {
        xml.text(
          "line", FigureText.shortened(line.text, to: 400),
          ["op": line.operation.rawValue, "old": line.old.map(String.init), "new": line.new.map(String.init)])
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

/// The difference of two texts, line by line, with three lines of context.
struct TextDifference {
  enum Operation: String { case same, added, removed, skip }

  struct Line {
    var operation: Operation
    var text: String
    var old: Int?
    var new: Int?
  }

  private(set) var lines: [Line] = []
  private(set) var added = 0
  private(set) var removed = 0
  private(set) var isCut = false

  private static let context = 3
  private static let longestShown = 2000

  init(old: [String], new: [String]) {
    // Bytes decide, as everywhere; canonical equivalence would hide a change.
    let changes = new.map { Array($0.utf8) }.difference(from: old.map { Array($0.utf8) })
    let removedLines = Set(
      changes.removals.compactMap { if case .remove(let offset, _, _) = $0 { offset } else { nil } })
    let addedLines = Set(
      changes.insertions.compactMap { if case .insert(let offset, _, _) = $0 { offset } else { nil } })
    removed = removedLines.count
    added = addedLines.count

    var all: [Line] = []
    var (oldIndex, newIndex) = (0, 0)
    while oldIndex < old.count || newIndex < new.count {
      if oldIndex < old.count, removedLines.contains(oldIndex) {
        all.append(Line(operation: .removed, text: old[oldIndex], old: oldIndex + 1, new: nil))
        oldIndex += 1
      } else if newIndex < new.count, addedLines.contains(newIndex) {
        all.append(Line(operation: .added, text: new[newIndex], old: nil, new: newIndex + 1))
        newIndex += 1
      } else {
        all.append(Line(operation: .same, text: new[newIndex], old: oldIndex + 1, new: newIndex + 1))
        oldIndex += 1
        newIndex += 1
      }
    }
    var isNear = [Bool](repeating: false, count: all.count)
    for (index, line) in all.enumerated() where line.operation != .same {
      for near in max(0, index - Self.context)...min(all.count - 1, index + Self.context) { isNear[near] = true }
    }
    var skipped = 0
    func flush(_ lines: inout [Line]) {
      if skipped > 0 {
        lines.append(Line(operation: .skip, text: "\(skipped) unchanged \(skipped == 1 ? "line" : "lines")"))
      }
      skipped = 0
    }
    for (index, line) in all.enumerated() {
      guard isNear[index] else {
        skipped += 1
        continue
      }
      flush(&lines)
      if lines.count >= Self.longestShown {
        isCut = true
        break
      }
      lines.append(line)
    }
    if !isCut { flush(&lines) }
  }
}
