internal import Comparison
internal import EvidenceModel

/// The lists of a delta.
extension DeltaDocument {
  /// Rows of a list; how many there are in all is said.
  private static let limit = 500

  /// A list with how many of it are shown.
  private func list<Row>(
    _ name: String, _ rows: [Row], in xml: inout XMLWriter, attributes: XMLWriter.Attributes = [:],
    row: (Row, inout XMLWriter) -> Void
  ) {
    xml.element(
      name, [attributes, ["shown": String(min(Self.limit, rows.count)), "of": String(rows.count)]]
    ) { xml in
      for item in rows.prefix(Self.limit) { row(item, &xml) }
    }
  }

  private func instant(_ name: String, _ instant: Instant?) -> XMLWriter.Attributes {
    [name: instant?.description, name + "-text": instant.flatMap { time?.text($0) }]
  }

  func checks(in xml: inout XMLWriter) {
    list("check-changes", delta.checks, in: &xml, attributes: ["unchanged": String(delta.unchangedChecks)]) {
      change, xml in
      xml.element(
        "check-change",
        [
          [
            "anchor": anchor("check", change.id), "kind": change.kind.rawValue, "id": FigureText.shortened(change.id),
            "title": FigureText.shortened(change.title), "page": change.page, "earlier-page": change.earlierPage,
          ],
          [
            "before": change.before?.result.rawValue,
            "before-exceptions": change.before.map { String($0.exceptions) },
            "before-population": change.before.map { String($0.population) }, "after": change.after?.result.rawValue,
            "after-exceptions": change.after.map { String($0.exceptions) },
            "after-population": change.after.map { String($0.population) },
          ],
        ])
    }
  }

  func controls(in xml: inout XMLWriter) {
    for framework in delta.controls {
      list(
        "control-changes", framework.changes, in: &xml,
        attributes: [
          "framework": FigureText.shortened(framework.id), "title": FigureText.shortened(framework.title),
          "page": framework.page, "compared": String(framework.compared),
          "lost": String(framework.changes.count { $0.kind == .lost || $0.kind == .contradicted }),
          "gained": String(framework.changes.count { $0.kind == .gained }),
        ]
      ) { change, xml in
        xml.element(
          "control-change",
          [
            "anchor": anchor("control", framework.id, change.id), "kind": change.kind.rawValue,
            "id": FigureText.shortened(change.id), "display": FigureText.shortened(change.display),
            "title": FigureText.shortened(change.title), "page": change.page, "earlier-page": change.earlierPage,
            "before": change.before?.rawValue, "after": change.after?.rawValue,
          ])
      }
    }
  }

  func versions(in xml: inout XMLWriter) {
    list("version-changes", delta.versions, in: &xml) { change, xml in
      let version = change.version
      let isGone = change.kind == .gone
      xml.element(
        "version-change",
        [
          [
            "anchor": anchor("version", change.kind.rawValue, version.id), "kind": change.kind.rawValue,
            "version": FigureText.shortened(version.id), "page": isGone ? nil : version.page,
            "earlier-page": isGone ? version.page : nil,
          ],
          [
            "author": version.author.map { FigureText.shortened($0) },
            "approvers": version.approvers.map { FigureText.shortened($0) },
            "ticket": version.ticket.map { FigureText.shortened($0) }, "rules": String(version.rules),
            "decisions": String(version.decisions),
          ], instant("effective", version.effective), instant("recorded", version.recorded),
          instant("effective-before", change.effectiveBefore),
        ])
    }
    list("rule-changes", delta.ruleChanges, in: &xml) { line, xml in
      let change = line.change
      xml.element(
        "rule-change",
        [
          [
            "anchor": anchor("change", change.version, line.rule, change.kind.rawValue),
            "rule": FigureText.shortened(line.rule), "page": line.page,
            "version": FigureText.shortened(change.version), "version-page": change.versionPage,
            "kind": change.kind.rawValue, "direction": change.direction.rawValue,
            "words": FigureText.shortened(change.words, to: 600),
          ],
          [
            "author": change.author.map { FigureText.shortened($0) },
            "approvers": change.approvers.map { FigureText.shortened($0) },
            "ticket": change.ticket.map { FigureText.shortened($0) },
          ], instant("effective", change.effective),
        ])
    }
  }

  func rules(in xml: inout XMLWriter) {
    list("rule-presences", delta.rules, in: &xml) { rule, xml in
      xml.element(
        "rule-presence",
        [
          "anchor": anchor("rule", rule.rule), "kind": rule.kind.rawValue, "rule": FigureText.shortened(rule.rule),
          "page": rule.page, "earlier-page": rule.earlierPage, "words": FigureText.shortened(rule.words, to: 600),
        ])
    }
    list("hand-overs", delta.handOvers, in: &xml) { handOver, xml in
      xml.element(
        "hand-over",
        [
          "anchor": anchor("hand-over", handOver.rule), "kind": handOver.kind.rawValue,
          "rule": FigureText.shortened(handOver.rule), "page": handOver.page,
          "before": FigureText.shortened(handOver.before), "after": FigureText.shortened(handOver.after),
        ])
    }
    list("gap-changes", delta.gaps, in: &xml) { gap, xml in
      xml.element(
        "gap-change",
        [
          [
            "anchor": anchor("gap", gap.rule, gap.what, gap.kind.rawValue, gap.from.description),
            "kind": gap.kind.rawValue, "rule": FigureText.shortened(gap.rule), "page": gap.page, "what": gap.what,
          ], instant("from", gap.from), instant("to", gap.to),
        ])
    }
  }

  func findings(in xml: inout XMLWriter) {
    let groups: [(name: String, kind: PackDelta.FindingChange.Kind)] = [
      ("findings-new", .new), ("findings-gone", .gone),
    ]
    for group in groups {
      list(
        group.name, delta.findings.filter { $0.kind == group.kind }, in: &xml,
        attributes: ["both": String(delta.findingsInBoth)]
      ) { change, xml in
        let finding = change.finding
        xml.element(
          "finding-change",
          [
            "anchor": anchor("finding", group.name, finding.id), "id": FigureText.shortened(finding.id),
            "page": change.kind == .new ? finding.page : nil,
            "earlier-page": change.kind == .gone ? finding.page : nil, "check": FigureText.shortened(finding.check),
            "result": finding.result.rawValue, "before": change.otherResult?.rawValue,
            "subject-kind": FigureText.shortened(finding.subjectKind),
            "subject": FigureText.shortened(finding.subject), "summary": FigureText.shortened(finding.summary, to: 600),
            "n": String(finding.count), "of": String(finding.population),
          ])
      }
    }
  }

  func sums(in xml: inout XMLWriter) {
    for figure in delta.figures {
      xml.element(
        "figure",
        [
          "name": figure.name,
          "page": isAlone ? nil : ["judged": "reconciliation.html", "exceptions": "d/index.html"][figure.name],
          "before": String(figure.before), "before-of": figure.beforeOf.map(String.init),
          "before-share": figure.beforeOf.map { FigureText.share(figure.before, of: $0) },
          "after": String(figure.after), "after-of": figure.afterOf.map(String.init),
          "after-share": figure.afterOf.map { FigureText.share(figure.after, of: $0) },
        ])
    }
    let before = delta.classes.reduce(0) { $0 + $1.before }
    let after = delta.classes.reduce(0) { $0 + $1.after }
    for change in delta.classes {
      xml.element(
        "class-change",
        [
          "class": change.decisionClass.name, "exception": String(change.decisionClass.isException),
          "page": change.page, "before": String(change.before), "before-of": String(before),
          "before-share": FigureText.share(change.before, of: before), "after": String(change.after),
          "after-of": String(after), "after-share": FigureText.share(change.after, of: after),
        ])
    }
  }

  func rulers(in xml: inout XMLWriter) {
    list("rulers", delta.rulers, in: &xml) { ruler, xml in
      xml.element(
        "ruler",
        [
          "kind": ruler.kind.rawValue, "name": FigureText.shortened(ruler.name),
          "before": ruler.before.map { FigureText.shortened($0) },
          "after": ruler.after.map { FigureText.shortened($0) },
        ])
    }
  }
}
