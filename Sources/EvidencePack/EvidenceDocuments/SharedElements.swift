internal import Assessment
internal import EvidenceModel
internal import EvidenceStore
internal import Foundation
internal import Replay

/// Elements that stand in several kinds of document; each is a type of `templates/evidence.xsd`.
extension DocumentContext {
  func span(_ from: Instant?, _ to: Instant?) -> XMLWriter.Attributes {
    [
      "from": from?.description, "from-text": from.map(time.text), "to": to?.description, "to-text": to.map(time.text),
    ]
  }

  func lineTotals(_ lines: Int, _ blank: Int, _ malformed: Int, _ outOfPeriod: Int, _ judged: Int)
    -> XMLWriter.Attributes
  {
    [
      "lines": String(lines), "blank": String(blank), "malformed": String(malformed),
      "out-of-period": String(outOfPeriod),
      "judged": String(judged),
    ]
  }

  /// Decisions by class; exceptions link to their page where `page` gives one.
  func classes(
    _ rows: [TallyRow], in xml: inout XMLWriter, element: String = "classes", page: (DecisionClass) -> String?
  ) {
    let total = rows.reduce(0) { $0 + $1.sums.n }
    xml.element(element) { xml in
      for decisionClass in DecisionClass.allCases {
        let ofClass = rows.filter { $0.decisionClass == decisionClass }
        let n = ofClass.reduce(0) { $0 + $1.sums.n }
        guard n > 0 else { continue }
        xml.element(
          "class-count",
          [
            "class": decisionClass.name, "n": String(n), "of": String(total),
            "share-text": FigureText.share(n, of: total),
            "exception": String(decisionClass.isException),
            "indeterminate": String(ofClass.reduce(0) { $0 + $1.sums.indeterminate }),
            "page": decisionClass.isException ? page(decisionClass) : nil,
          ])
      }
    }
  }

  func page(ofSubject finding: Finding) -> String? {
    switch finding.subjectKind {
    case .rule: layout.rule(finding.subject)
    case .version: layout.version(finding.subject)
    case .owner: layout.owner(finding.subject)
    case .source: layout.source(finding.subject)
    default: nil
    }
  }

  /// - Parameter inFull: with what was seen, for a dossier.
  func findingRef(_ finding: Finding, in xml: inout XMLWriter, anchored: Bool = true, inFull: Bool = false) {
    let attributes: [XMLWriter.Attributes] = [
      [
        "anchor": anchored ? "ref-" + finding.id : nil, "id": finding.id, "page": layout.finding(finding.id),
        "check": finding.check,
        "check-page": layout.check(finding.check), "check-title": definition(finding.check)?.title ?? finding.check,
        "result": finding.result.rawValue, "subject-kind": finding.subjectKind.rawValue,
        "subject": FigureText.shortened(finding.subject), "subject-page": page(ofSubject: finding),
        "summary": FigureText.shortened(finding.summary, to: 600), "n": String(finding.count),
        "of": String(finding.population),
      ]
    ]
    guard inFull else { return xml.element("finding-ref", attributes) }
    let counts: XMLWriter.Attributes = [
      "paragraphs": String(finding.details.count), "stretches": String(finding.stretches.count),
    ]
    xml.element("finding-ref", attributes + [counts]) { findingText(finding, in: &$0) }
  }

  /// - Parameters:
  ///   - count: how many there are in all; as many as are given unless said.
  ///   - inFull: those that carry what was seen, for a dossier.
  func findings(
    _ all: [Finding], of count: Int? = nil, in xml: inout XMLWriter, element: String = "findings", limit: Int = 100,
    page: String? = "f/index.html", inFull: [Finding] = []
  ) {
    let count = count ?? all.count
    xml.element(element, ["shown": String(min(limit, all.count)), "of": String(count), "page": page]) { xml in
      let full = Set(inFull.map(\.id))
      for finding in all.prefix(limit) { findingRef(finding, in: &xml, inFull: full.contains(finding.id)) }
    }
  }

  /// The controls that some checks speak about, each once, with the first mapping found.
  func controls(ofChecks checks: [String], in xml: inout XMLWriter) {
    xml.element("controls") { xml in
      var seen = Set<String>()
      for framework in pack.assessment.coverage.frameworks {
        for assessment in pack.assessment.coverage.assessments[framework.id] ?? [] {
          guard let mapping = assessment.checks.first(where: { checks.contains($0.mapping.check) })?.mapping,
            seen.insert(framework.id + "\u{0}" + assessment.control.id).inserted
          else { continue }
          xml.element(
            "control-ref",
            [
              "framework": framework.id, "framework-title": framework.shortTitle, "id": assessment.control.id,
              "display": assessment.control.display, "title": assessment.control.title,
              "page": layout.control(framework.id, assessment.control.id), "state": assessment.state.rawValue,
              "relation": mapping.relation,
              "effect": mapping.effects.isEmpty ? nil : mapping.effects.joined(separator: " "),
              "rationale": mapping.rationale, "condition": mapping.condition,
              "review": pack.library.review(of: framework.id).status.rawValue,
            ])
        }
      }
    }
  }

  func ruleDefinition(
    _ rule: Rule, version: PolicyVersion?, from: Instant?, to: Instant?, anchored: String?, in xml: inout XMLWriter
  ) {
    xml.element(
      "definition",
      [
        [
          "anchor": anchored, "rule": rule.id, "page": layout.rule(rule.id), "version": version?.id,
          "version-page": version.flatMap { layout.version($0.id) },
        ],
        span(from, to),
        [
          "priority": String(rule.priority), "agent": FigureText.shortened(rule.agent),
          "data-class": FigureText.shortened(rule.dataClass),
          "tool": FigureText.shortened(rule.tool), "min-tokens-in": String(rule.minTokensIn),
          "action": rule.action.rawValue,
          "escalate-to": FigureText.shortened(rule.escalateTo.joined(separator: "|")),
          "allowed-jurisdictions": FigureText.shortened(rule.allowedJurisdictions.joined(separator: "|")),
          "from-model": rule.action == .permit ? rule.fromModel : nil,
          "triggers": rule.action == .permit ? rule.triggers.joined(separator: "|") : nil,
          "how": rule.provenance.rawValue,
          "settings": rule.settings.isEmpty
            ? nil
            : FigureText.shortened(
              rule.settings.map { "\($0.name): \($0.value)" }.joined(separator: "; "), to: 2000),
        ],
      ])
  }

  func tenureAnchor(_ tenure: Tenure) -> String {
    let record = tenure.record
    return anchor(
      "tenure", tenure.rule, record.owner, record.from.description, record.source, String(record.line))
  }

  /// - Parameter bases: those of the tenure's rule; made once, since they read all records of the rule.
  func basis(of tenure: Tenure, among bases: inout TenureBases) -> OwnershipBasis {
    bases.basis(of: tenure, at: shownInstant(of: tenure.record))
  }

  func tenure(_ tenure: Tenure, basis: OwnershipBasis, in xml: inout XMLWriter) {
    let record = tenure.record
    let counts = tenureCounts[tenure.rule]?[tenure.recordIndex]
    let person = facts.records.ownership.people.person(for: record.owner)
    xml.element(
      "tenure",
      [
        [
          "anchor": tenureAnchor(tenure),
          "rule": tenure.rule, "rule-page": layout.rule(tenure.rule), "owner": FigureText.shortened(record.owner),
          "owner-page": layout.owner(record.owner), "team": person?.team, "role": record.role,
        ],
        span(record.from, record.to),
        [
          "recorded": record.recordedAt?.description, "recorded-text": record.recordedAt.map(time.text),
          "backdated": String(record.isBackdated), "how": record.provenance.rawValue,
          "basis": basis.rawValue,
          "source": record.source,
          "line": String(record.line), "left": person?.leftAt?.description, "left-text": person?.leftAt.map(time.text),
          "decisions": String(counts?.n ?? 0), "redecided": record.isBackdated ? String(counts?.redecided ?? 0) : nil,
        ],
      ])
  }

  /// The last instant of a tenure in the period, or its beginning where it lies outside: teams change their members.
  private func shownInstant(of record: OwnershipRecord) -> Instant {
    let end = [record.to, facts.window?.to].compactMap(\.self).min()
    return end.map { max(record.from, Instant(microseconds: $0.microseconds - 1)) } ?? record.from
  }

  func stretch(_ stretch: Stretch, of subject: String, in xml: inout XMLWriter) {
    xml.element(
      "stretch",
      [
        [
          "anchor": anchor("stretch", subject, stretch.kind.rawValue, stretch.from.description, stretch.to.description),
          "kind": stretch.kind.rawValue,
        ],
        span(stretch.from, stretch.to),
        [
          "length-text": time.length(from: stretch.from, to: stretch.to),
          "owners": FigureText.shortened(stretch.owners.joined(separator: ", ")),
        ],
      ])
  }

  /// A decision's id on pages: made of where its line stands.
  func decisionAnchor(_ located: LocatedDecision) -> String {
    decisionAnchor(located.source, byteOffset: located.decision.position.byteOffset)
  }

  func decisionAnchor(_ source: ScannedSourceRef, byteOffset: Int) -> String {
    anchor("decision", source.name, sourceDigests[source.name]?.description ?? "", String(byteOffset))
  }

  func decision(_ located: LocatedDecision, in xml: inout XMLWriter) {
    let decision = located.decision
    let text = { (value: String) in FigureText.shortened(value) }
    xml.element(
      "decision",
      [
        "anchor": decisionAnchor(located),
        "request-id": text(decision.requestID), "at": decision.at.description, "at-text": time.text(decision.at),
        "rule": decision.rule, "rule-page": layout.rule(decision.rule), "version": decision.version,
        "version-page": layout.version(decision.version), "owner": text(decision.owner),
        "owner-page": layout.owner(decision.owner),
        "owner-status": decision.ownerStatus.name, "class": decision.decisionClass.name,
        "indeterminate": decision.indeterminate ? "true" : nil, "agent": text(decision.agent),
        "data-class": text(decision.dataClass),
        "requested-model": text(decision.requestedModel), "served-model": text(decision.servedModel),
        "deployment": text(decision.deployment), "jurisdiction": text(decision.jurisdiction),
        "claimed-rule": text(decision.claimedRule), "outcome": decision.outcome.name, "source": located.source.name,
        "source-page": layout.source(located.source.name), "line": String(decision.position.line),
        "byte-offset": String(decision.position.byteOffset), "bytes": String(decision.position.bytes),
        "line-sha256": decision.lineDigest.description,
      ])
  }

  func diagnostics(_ all: [Diagnostic], limit: Int = 200, in xml: inout XMLWriter) {
    xml.element("diagnostics", ["shown": String(min(limit, all.count)), "of": String(all.count)]) { xml in
      for (index, diagnostic) in all.prefix(limit).enumerated() {
        xml.element(
          "diagnostic",
          [
            "anchor": anchor("diagnostic", String(index), diagnostic.id, diagnostic.file), "id": diagnostic.id,
            "severity": diagnostic.severity.rawValue, "file": FigureText.shortened(diagnostic.file),
            "line": diagnostic.line.map(String.init), "byte-offset": diagnostic.byteOffset.map(String.init),
            "summary": FigureText.shortened(diagnostic.summary, to: 600),
            "next-step": FigureText.shortened(diagnostic.nextStep, to: 600),
          ])
      }
    }
  }

  func sourceFacts(_ source: ScannedSource, element: String, in xml: inout XMLWriter) {
    xml.element(
      element,
      [
        [
          "anchor": element == "facts" ? nil : anchor("source", source.name), "name": source.name,
          "page": layout.source(source.name),
          "format": source.format, "compression": source.compression, "bytes": String(source.storedBytes),
          "sha256": source.digest.description, "gone": source.isPresent ? nil : "true",
        ],
        lineTotals(source.lines, source.blank, source.malformed, source.outOfPeriod, source.judged),
        [
          "folded": String(source.folded), "other": String(source.other),
          "exceptions": String(source.exceptions), "zone-assumed": String(source.zoneAssumed),
          "first": source.first?.description,
          "first-text": source.first.map(time.text), "last": source.last?.description,
          "last-text": source.last.map(time.text),
        ],
      ])
  }

}
