internal import Assessment
internal import EvidenceModel
internal import EvidenceStore
internal import Replay

/// Changes of rules: what a sentence says of each, why it is looser or stricter, and what it meant for decisions.
extension DocumentContext {
  /// Changes that a page tells in full, and those of which it has a line more. A version tells more of them: the lines of a
  /// rule lead there.
  private static let toldInFull = (onRule: 12, onVersion: 30)
  private static let listed = (onRule: 150, onVersion: 300)

  /// The changes of one page. The first version of all has lines only: it changed nothing that is known.
  ///
  /// - Parameter isStory: in the order of time, of which the last ones are told in full; else the first ones are.
  func changes(_ all: [RuleChange], isStory: Bool, in xml: inout XMLWriter) {
    let isTold = { (change: RuleChange) in isStory || change.reasons != [.firstVersion] }
    let candidates = all.filter(isTold)
    let told = isStory ? candidates.suffix(Self.toldInFull.onRule) : candidates.prefix(Self.toldInFull.onVersion)
    let rest =
      all.filter { !isTold($0) } + (isStory ? candidates.dropLast(told.count) : candidates.dropFirst(told.count))
    let lines = isStory ? rest.suffix(Self.listed.onRule) : rest.prefix(Self.listed.onVersion)
    func count(_ direction: RuleChange.Direction) -> String { String(all.count { $0.direction == direction }) }
    xml.element(
      "changes",
      [
        "shown": String(told.count + lines.count), "of": String(all.count), "looser": count(.looser),
        "stricter": count(.stricter), "neutral": count(.neutral), "unknown": count(.unknown),
      ]
    ) { xml in
      for change in told { self.change(change, outcomes: told.count > 8 ? 3 : 12, in: &xml) }
      for change in lines { line(of: change, in: &xml) }
    }
  }

  private func change(_ change: RuleChange, outcomes: Int, in xml: inout XMLWriter) {
    let version = facts.records.history.versions[change.versionIndex]
    let impact = facts.impact(of: change)
    xml.element(
      "change",
      [
        about(change),
        [
          "words": words(change), "effective": version.effectiveFrom.description,
          "effective-text": time.text(version.effectiveFrom), "recorded": version.recordedAt?.description,
          "recorded-text": version.recordedAt.map(time.text), "author": version.author.map { FigureText.shortened($0) },
          "approvers": approvers(of: version), "approved": version.approvedAt?.description,
          "approved-text": version.approvedAt.map(time.text), "ticket": version.ticket.map { FigureText.shortened($0) },
        ],
        story(change.versionIndex),
        [
          "in-period": String(facts.period.contains(version.effectiveFrom)), "decisions": String(impact.decisions),
          "decisions-page": decisionsPage(of: change),
          "counted": change.rule == RuleChange.noRule
            ? "version" : change.action == .permit ? "fallbacks" : "decisions",
          "otherwise-under-before": impact.underBefore.map { String($0.n) },
          "before-otherwise-under-this": impact.beforeUnderThis.map { String($0.n) },
          "impact-unknown": impact.obstacle?.rawValue,
          "forgotten": facts.forgottenParts > 0 && impact.obstacle == nil ? String(facts.forgottenParts) : nil,
        ],
      ]
    ) { xml in
      for reason in change.reasons {
        xml.element("reason", ["kind": reason.rawValue, "direction": reason.direction.rawValue])
      }
      if [.changed, .renamed, .reordered, .schemaMigrated].contains(change.kind) {
        for field in change.fields {
          xml.element(
            "field",
            [
              "name": field.name, "before": field.before.map { FigureText.shortened($0) },
              "after": field.after.map { FigureText.shortened($0) },
            ])
        }
      }
      let anchors = [change.version, change.rule, change.kind.rawValue]
      if let comparison = impact.underBefore {
        self.impact(comparison, judgedBy: "before", of: anchors, most: outcomes, in: &xml)
      }
      if let comparison = impact.beforeUnderThis {
        self.impact(comparison, judgedBy: "this", of: anchors, most: outcomes, in: &xml)
      }
    }
  }

  private func line(of change: RuleChange, in xml: inout XMLWriter) {
    let version = facts.records.history.versions[change.versionIndex]
    xml.element(
      "change-line",
      [
        about(change),
        [
          "words": words(change).map { FigureText.shortened($0) }, "effective": version.effectiveFrom.description,
          "effective-text": time.text(version.effectiveFrom), "decisions": String(facts.impact(of: change).decisions),
          "decisions-page": decisionsPage(of: change),
        ],
      ])
  }

  private func about(_ change: RuleChange) -> XMLWriter.Attributes {
    [
      "anchor": anchor("change", change.version, change.rule, change.kind.rawValue), "rule": change.rule,
      "rule-page": layout.rule(change.rule) ?? "r/index.html", "former-rule": change.formerRule,
      "version": change.version, "version-page": layout.version(change.version) ?? "v/index.html",
      "kind": change.kind.rawValue, "direction": change.direction.rawValue,
    ]
  }

  /// What the rule says since; where it was removed, what it said.
  func words(_ change: RuleChange) -> String? {
    guard change.rule != RuleChange.noRule else { return nil }
    let versions = facts.records.history.versions
    var rule = facts.rule(change.rule, in: change.version)
    if change.kind == .removed {
      let before = versions[..<change.versionIndex].last { $0.isReadable }
      rule = before.flatMap { facts.rule(change.rule, in: $0.id) }
    }
    return rule.map { FigureText.shortened($0.words, to: 600) }
  }

  /// The rows that make up the decisions of a change.
  private func decisionsPage(of change: RuleChange) -> String? {
    guard change.rule != RuleChange.noRule else { return layout.version(change.version).map { $0 + "#classes" } }
    return layout.rule(change.rule).map { $0 + (change.action == .permit ? "#permitted" : "#tally") }
  }

  func approvers(of version: PolicyVersion) -> String? {
    version.approvedBy.isEmpty ? nil : FigureText.shortened(version.approvedBy.joined(separator: ", "))
  }

  /// What sentences say of a version's approval and of its two clocks.
  func story(_ index: Int) -> XMLWriter.Attributes {
    let version = facts.records.history.versions[index]
    let story = RecordStory(version, people: facts.records.ownership.people, time: time)
    return [
      "approval": story.approval.rawValue, "approved-order": story.approved.rawValue,
      "approved-apart": story.approvedApart.map { String($0.n) }, "approved-unit": story.approvedApart?.unit.rawValue,
      "approved-date": version.approvedAt.map(time.date), "effect-order": story.effect.rawValue,
      "effect-apart": story.effectApart.map { String($0.n) }, "effect-unit": story.effectApart?.unit.rawValue,
      "effective-date": time.date(version.effectiveFrom),
      "never-in-force": facts.inForcePlaces[index] == nil ? "true" : nil,
    ]
  }

  /// Decisions that another version would have classed otherwise, by both classes and rules.
  ///
  /// - Parameter judgedBy: `before`, `this` or `after`: which version classes them otherwise, seen from the page's own.
  func impact(
    _ comparison: ChangeImpact.Comparison, judgedBy: String, of subject: [String], most: Int, in xml: inout XMLWriter
  ) {
    let versions = facts.records.history.versions
    let (version, other) = (versions[comparison.version].id, versions[comparison.other].id)
    let shown = comparison.rows.prefix(comparison.rows.count <= most + 1 ? most + 1 : most)
    let rest = comparison.rows.dropFirst(shown.count)
    xml.element(
      "impact",
      [
        "anchor": anchor("impact", (subject + [judgedBy]).joined(separator: "\u{0}")), "judged-by": judgedBy,
        "version": version, "version-page": layout.version(version), "other": other,
        "other-page": layout.version(other),
        "n": String(comparison.n), "of": String(comparison.of),
        "rest": rest.isEmpty ? nil : String(rest.reduce(0) { $0 + $1.n }),
        "rest-kinds": rest.isEmpty ? nil : String(rest.count),
      ]
    ) { xml in
      for row in shown {
        xml.element(
          "outcome",
          [
            "class": row.decisionClass.name, "rule": row.rule, "rule-page": layout.rule(row.rule),
            "other-class": row.neighbourClass.name, "other-rule": row.neighbourRule,
            "other-rule-page": layout.rule(row.neighbourRule), "n": String(row.n),
          ])
      }
    }
  }
}
