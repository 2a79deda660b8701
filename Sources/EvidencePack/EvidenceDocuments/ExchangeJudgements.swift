internal import Assessment
internal import EvidenceModel
internal import EvidenceStore
internal import Replay

/// What was found, and what it says of controls.
extension ExchangeBody {
  mutating func changes() {
    let (context, facts, names) = (context, facts, names)
    let versions = facts.records.history.versions
    let all = facts.changes.filter { facts.period.contains(versions[$0.versionIndex].effectiveFrom) }
    counted("changes", all, ExchangeCaps.changes) { change, xml in
      let version = versions[change.versionIndex]
      let id = anchor("change", change.version, change.rule, change.kind.rawValue)
      xml.element(
        "exchange-change",
        [
          "id": id, "rule": FigureText.shortened(change.rule), "version": FigureText.shortened(change.version),
          "kind": change.kind.rawValue, "direction": change.direction.rawValue,
          "words": context.words(change).map { FigureText.shortened($0) },
          "effective": version.effectiveFrom.description, "recorded": version.recordedAt?.description,
          "approved": version.approvedAt?.description, "author": version.author.map { FigureText.shortened($0) },
          "approvers": context.approvers(of: version), "ticket": version.ticket.map { FigureText.shortened($0) },
          "decisions": String(facts.impact(of: change).decisions), "page": context.layout.version(change.version),
          "uuid": names.lasting("change", "\(change.versionIndex)\u{0}\(id)"),
        ])
    }
  }

  mutating func checks() {
    for outcome in context.pack.assessment.outcomes {
      guard let definition = context.definition(outcome.check) else { continue }
      xml.element(
        "exchange-check",
        [
          ["id": outcome.check, "title": definition.title], context.words(of: definition),
          [
            "result": outcome.result.rawValue, "why": FigureText.shortened(outcome.why, to: 600),
            "population": String(outcome.population), "passed": String(outcome.passed),
            "exceptions": String(outcome.exceptions), "accepted": String(outcome.accepted),
            "cannot-tell": String(outcome.cannotTell), "findings": String(outcome.findings.count),
            "page": layout.check(outcome.check), "uuid": NameBasedUUID.text("check", outcome.check),
            "observation-uuid": names.seen("check-observation", outcome.check),
          ],
        ]
      ) { xml in
        for record in outcome.missingRecords { xml.element("missing", ["record": record]) }
      }
    }
    observations()
  }

  /// One sum of decisions of the classes of a check.
  private struct Observation {
    var check: String
    /// Nil where it stands for several.
    var place: (rule: String, version: String)?
    var rest: Int?
    var n = 0
    var of: Int
    var indeterminate = 0
  }

  /// By check, then rule and version; only classes that always depart count, as other checks ask for more than a class.
  private func allObservations() -> [Observation] {
    var rows: ByName<(rule: String, version: String, all: Int, byClass: [DecisionClass: TallySums])> = [:]
    for row in context.tally where row.decisionClass != .malformed {
      let key = row.rule + "\u{0}" + row.version
      rows[key, default: (row.rule, row.version, 0, [:])].all += row.sums.n
      rows[key]?.byClass[row.decisionClass, default: TallySums()].add(row.sums)
    }
    let sorted = rows.keys.sortedBytewise().compactMap { rows[$0] }
    return Checks.all.map { type(of: $0) }.flatMap { check in
      sorted.compactMap { row in
        var observation = Observation(check: check.definition.id, place: (row.rule, row.version), of: row.all)
        for decisionClass in check.classes {
          observation.n += row.byClass[decisionClass]?.n ?? 0
          observation.indeterminate += row.byClass[decisionClass]?.indeterminate ?? 0
        }
        return observation.n > 0 ? observation : nil
      }
    }
  }

  /// What is past the cap stays as one sum a check.
  private mutating func observations() {
    let all = allObservations()
    var (shown, bytes) = (0, 0)
    for observation in all.prefix(ExchangeCaps.observations.entries) {
      bytes += 250 + (observation.place.map { $0.rule.utf8.count + $0.version.utf8.count } ?? 0)
      guard bytes < ExchangeCaps.observations.bytes else { break }
      shown += 1
    }
    var rests: [Observation] = []
    for observation in all.dropFirst(shown) {
      if rests.last?.check != observation.check { rests.append(Observation(check: observation.check, rest: 0, of: 0)) }
      rests[rests.count - 1].rest? += 1
      rests[rests.count - 1].n += observation.n
      rests[rests.count - 1].of += observation.of
      rests[rests.count - 1].indeterminate += observation.indeterminate
    }
    let entries = Array(all.prefix(shown)) + rests
    let lines = entries.map { line($0) }
    xml.element("exchange-observations", ["shown": String(shown), "of": String(all.count)]) { xml in
      for line in lines { xml.element("exchange-observation", line) }
    }
  }

  private func line(_ observation: Observation) -> XMLWriter.Attributes {
    let (rule, version) = observation.place ?? ("", "")
    let id =
      observation.place == nil
      ? anchor("observations", observation.check) : anchor("observation", observation.check, rule, version)
    let page = layout.rule(rule).map { $0 + "#tally" }
    return [
      "id": id, "check": observation.check, "rule": observation.place.map { FigureText.shortened($0.rule) },
      "version": observation.place.map { FigureText.shortened($0.version) }, "rest": observation.rest.map(String.init),
      "n": String(observation.n), "of": String(observation.of), "indeterminate": String(observation.indeterminate),
      "page": observation.place == nil ? nil : page ?? layout.check(observation.check),
      "uuid": names.seen("observation", id),
    ]
  }

  mutating func findings() throws {
    let (context, names) = (context, names)
    try list("findings", context.pack.assessment.findings, ExchangeCaps.findings) { finding, xml in
      let places = try finding.exceptionFilter.map {
        try context.pack.evidence.exceptions($0, limit: ExchangeCaps.places)
      }
      let stretches = finding.stretches
      let from = (stretches.map(\.from) + (places ?? []).prefix(1).map(\.decision.at)).min()
      xml.element(
        "exchange-finding",
        [
          [
            "id": finding.id, "check": finding.check, "result": finding.result.rawValue,
            "subject-kind": finding.subjectKind.rawValue, "subject": FigureText.shortened(finding.subject),
            "summary": FigureText.shortened(finding.summary, to: 600), "n": String(finding.count),
            "of": String(finding.population), "population-text": finding.populationText, "first": from?.description,
            "last": stretches.map(\.to).max()?.description, "page": context.layout.finding(finding.id),
          ],
          [
            "uuid": names.seen("finding", finding.id),
            "observation-uuid": names.seen("finding-observation", finding.id),
            "risk-uuid": names.seen("risk", finding.id), "item-uuid": names.seen("item", finding.id),
          ],
        ]
      ) { xml in
        for detail in finding.details.prefix(ExchangeCaps.paragraphs) {
          xml.text("p", FigureText.shortened(detail, to: 600))
        }
        for stretch in stretches.prefix(ExchangeCaps.stretches) {
          xml.element(
            "exchange-stretch",
            ["kind": stretch.kind.rawValue, "from": stretch.from.description, "to": stretch.to.description])
        }
        for record in finding.missingRecords { xml.element("missing", ["record": record]) }
        for place in places ?? [] {
          let position = place.decision.position
          xml.element(
            "exchange-place",
            [
              "source": place.source.name, "line": String(position.line), "byte-offset": String(position.byteOffset),
              "bytes": String(position.bytes), "sha256": place.decision.lineDigest.description,
            ])
        }
      }
    }
  }

  mutating func frameworks() {
    let (context, names) = (context, names)
    for framework in context.pack.assessment.coverage.frameworks {
      let review = context.pack.library.review(of: framework.id)
      xml.element(
        "exchange-framework",
        [
          ["id": framework.id, "title": framework.title],
          [
            "version": framework.version, "publisher": framework.publisher, "licence": framework.licence,
            "mapping-version": review.version, "review": review.status.rawValue,
            "page": layout.framework(framework.id), "catalog": "exchange/oscal/\(layout.catalog(framework.id)).xml",
          ],
          [
            "uuid": NameBasedUUID.text("catalog", framework.id, framework.version),
            "mapping-uuid": NameBasedUUID.text("mapping", framework.id, framework.version, review.version),
            "gap-uuid": names.seen("gap", framework.id),
            "resource-uuid": NameBasedUUID.text("catalog-resource", framework.id, framework.version),
          ],
        ]
      ) { xml in
        let assessments = context.pack.assessment.coverage.assessments[framework.id] ?? []
        var listed: ByName<String> = [:]
        for control in framework.controls.filter(\.isGroup) + assessments.map(\.control) {
          listed[control.id] = context.layout.token(framework.id, control.id)
        }
        for control in framework.controls where control.isGroup {
          xml.element(
            "exchange-group",
            [
              "id": control.id, "title": control.title, "parent": control.parent, "token": listed[control.id],
              "above": control.parent.flatMap { listed[$0] },
            ])
        }
        for assessment in assessments {
          let token: XMLWriter.Attributes = [
            "token": listed[assessment.control.id], "above": assessment.control.parent.flatMap { listed[$0] },
          ]
          Self.control(assessment, framework, token, context.layout, names, in: &xml)
        }
      }
    }
  }

  private static func control(
    _ assessment: ControlAssessment, _ framework: Framework, _ token: XMLWriter.Attributes, _ layout: PackLayout,
    _ names: ExchangeNames, in xml: inout XMLWriter
  ) {
    let control = assessment.control
    xml.element(
      "exchange-control",
      [
        [
          "id": control.id, "display": control.display, "title": control.title, "title-origin": control.titleOrigin,
          "summary": control.summary, "group": control.parent, "state": assessment.state.rawValue,
          "why": FigureText.shortened(assessment.why, to: 600), "gap": FigureText.shortened(assessment.gap, to: 600),
          "page": layout.control(framework.id, control.id),
          "uuid": names.seen("control", framework.id + "\u{0}" + control.id),
        ], token,
      ]
    ) { xml in
      for (mapping, _) in assessment.checks {
        xml.element(
          "exchange-mapped",
          [
            "check": mapping.check, "relation": mapping.relation,
            "effect": mapping.effects.isEmpty ? nil : mapping.effects.joined(separator: " "),
            "rationale": mapping.rationale, "condition": mapping.condition,
            "uuid": NameBasedUUID.text("map", framework.id, framework.version, control.id, mapping.check),
          ])
      }
    }
  }

  mutating func accepted() {
    let names = names
    let entries = Array(facts.records.acceptedExceptions.enumerated())
    list("accepted", entries, ExchangeCaps.accepted) { entry, xml in
      let accepted = entry.element
      let id = anchor("accepted", accepted.check, accepted.subject, accepted.place.description, String(entry.offset))
      xml.element(
        "exchange-accepted",
        [
          "id": id, "check": FigureText.shortened(accepted.check), "subject": FigureText.shortened(accepted.subject),
          "accepted-by": accepted.approver.isEmpty ? nil : FigureText.shortened(accepted.approver),
          "reason": accepted.reason.isEmpty ? nil : FigureText.shortened(accepted.reason, to: 600),
          "from": accepted.from.description, "to": accepted.until?.description,
          "source": FigureText.shortened(accepted.place.source), "line": String(accepted.place.line),
          "uuid": names.seen("accepted", id),
        ])
    }
  }
}

extension Finding {
  /// Picks those of its decisions that stand in the list of exceptions; nothing where it is about no decisions.
  var exceptionFilter: DecisionFilter? {
    guard var filter = decisions else { return nil }
    filter.classes = filter.classes.filter(\.isException)
    return filter
  }
}
