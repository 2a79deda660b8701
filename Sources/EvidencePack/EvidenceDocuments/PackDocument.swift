internal import Assessment
internal import Comparison
internal import EvidenceModel
internal import EvidenceStore
internal import Replay

/// A document that the index names.
struct IndexedDocument {
  var path: String
  var kind: String
  var digest: Digest
}

extension DocumentContext {
  /// `evidence/pack.xml`: the index. Made last, since it carries the digest of every other document.
  ///
  /// - Parameter delta: what changed since an earlier pack, where one was given.
  func packDocument(
    documents: [IndexedDocument], duplicates: Int, samples: Samples, delta: PackDelta? = nil
  ) throws -> EvidenceDocument {
    try document(
      "pack", page: "index.html", stylesheet: "index", id: facts.period.folderName,
      title: "\(pack.organisation), \(facts.period.name)",
      attributes: [span(facts.period.from, facts.period.to), ["semantics": PlanBinding.semantics]]
    ) { xml in
      parameters(in: &xml)
      inputs(in: &xml)
      totals(duplicates: duplicates, in: &xml)
      classes(tally, in: &xml) { layout.decisions(.decisionClass, $0.name, page: 1) }
      results(in: &xml)
      xml.element("coverage") { xml in
        for framework in pack.assessment.coverage.frameworks { frameworkSummary(framework, in: &xml) }
      }
      topFindings(in: &xml)
      sources(in: &xml)
      try logStrips(in: &xml)
      days(in: &xml)
      holes(in: &xml)
      controlTotals(in: &xml)
      dormantRules(in: &xml)
      sampling(samples, in: &xml)
      mapping(in: &xml)
      citations(in: &xml)
      diagnostics(facts.records.diagnostics, in: &xml)
      xml.element("limits") { xml in for limit in limits { xml.text("p", limit) } }
      doors(in: &xml)
      if let delta { previous(DeltaDocument(delta, isAlone: false), in: &xml) }
      xml.element("documents") { xml in
        for document in documents.sorted(by: { $0.path.precedesBytewise($1.path) }) {
          xml.element(
            "document", ["path": document.path, "kind": document.kind, "sha256": document.digest.description])
        }
      }
    }
  }

  private func parameters(in xml: inout XMLWriter) {
    xml.element("parameters") { xml in
      for parameter in pack.parameters {
        let value = FigureText.shortened(parameter.value, to: 1000)
        xml.element("parameter", ["name": parameter.name, "value": value, "origin": parameter.origin])
      }
    }
  }

  private func results(in xml: inout XMLWriter) {
    let outcomes = pack.assessment.outcomes
    xml.element("checks") { xml in
      for result in CheckResult.allCases {
        let n = outcomes.count { $0.result == result }
        xml.element("result-count", ["result": result.rawValue, "n": String(n), "of": String(outcomes.count)])
      }
    }
  }

  private func topFindings(in xml: inout XMLWriter) {
    let findings = pack.assessment.findings
    let top = findings.filter { $0.result == .fail }.sorted { ($1.count, $0.id) < ($0.count, $1.id) }.prefix(10)
    xml.element(
      "top-findings", ["shown": String(top.count), "of": String(findings.count), "page": "f/index.html"]
    ) { xml in
      for finding in top { findingRef(finding, in: &xml) }
    }
  }

  private func sources(in xml: inout XMLWriter) {
    let shown = facts.sources.prefix(200)
    xml.element("sources", ["shown": String(shown.count), "of": String(facts.sources.count)]) { xml in
      for source in shown { sourceFacts(source, element: "source-facts", in: &xml) }
    }
  }

  private func holes(in xml: inout XMLWriter) {
    let shown = facts.holes.prefix(500)
    xml.element(
      "holes",
      [
        "hours-tolerated": String(max(0, facts.holeHours - 1)), "shown": String(shown.count),
        "of": String(facts.holes.count),
      ]
    ) { xml in
      for hole in shown {
        xml.element(
          "hole",
          [["anchor": anchor("hole", hole.from.description)], span(hole.from, hole.to), ["hours": String(hole.hours)]])
      }
    }
  }

  private func sampling(_ samples: Samples, in xml: inout XMLWriter) {
    let strata = Set(samples.stratified.map { [$0.decision.rule, $0.decision.decisionClass.name] })
    xml.element(
      "sampling",
      [
        "seed": pack.settings.sampleSeed, "per-stratum": String(pack.settings.sampleSize),
        "strata": String(strata.count), "rows": String(samples.stratified.count),
        "attribute-rows": String(samples.attribute.count), "boundary-rows": String(samples.boundary.items.count),
        "page": Self.samplePage,
      ])
  }

  private func mapping(in xml: inout XMLWriter) {
    xml.element(
      "mapping",
      ["id": pack.library.id, "version": pack.library.version, "review": pack.review, "note": pack.library.note]
    ) { xml in
      for framework in pack.assessment.coverage.frameworks { review(framework, in: &xml) }
      overrides(in: &xml) { _ in true }
    }
  }

  /// The pack before this one, named by its digest, what changed since it, and the packs before that.
  private func previous(_ document: DeltaDocument, in xml: inout XMLWriter) {
    xml.element("previous", [["page": DeltaDocument.page], document.counts]) { xml in document.chain(in: &xml) }
  }

  private func inputs(in xml: inout XMLWriter) {
    xml.element("inputs") { xml in
      for source in facts.sources {
        xml.element(
          "input",
          [
            "anchor": anchor("input", "routing-log", source.name), "kind": InputFile.Kind.routingLog.rawValue,
            "name": source.name,
            "format": source.format, "bytes": String(source.storedBytes), "sha256": source.digest.description,
            "records": String(source.lines - source.blank),
            "note": source.damage ?? (source.isPresent ? nil : "source no longer present"),
          ])
      }
      for (index, input) in facts.records.inputs.enumerated() {
        xml.element(
          "input",
          [
            "anchor": anchor("input", input.kind.rawValue, input.name, String(index)), "kind": input.kind.rawValue,
            "name": input.name,
            "format": input.format, "bytes": input.bytes.map(String.init), "sha256": input.digest?.description,
            "records": String(input.records), "note": input.digest == nil ? "could not be read" : input.note,
          ])
      }
    }
  }

  /// Independent totals beside the log, model by model, and the days on which the two differ.
  private func controlTotals(in xml: inout XMLWriter) {
    let limit = 200
    for total in facts.controlTotals {
      let differing = total.differing
      xml.element(
        "control-total",
        [
          "name": total.name, "covers": total.covers, "stated": String(total.stated),
          "days": String(Set(total.days.map(\.day)).count), "outside": String(total.outside),
          "differing": String(differing.count),
        ]
      ) { xml in
        var models: ByName<[ControlTotalComparison.Day]> = [:]
        for day in total.days { models[day.model, default: []].append(day) }
        for model in models.keys.sortedBytewise().prefix(limit) {
          let days = models[model] ?? []
          xml.element(
            "control-model",
            [
              "model": FigureText.shortened(model), "days": String(days.count),
              "stated": String(days.reduce(0) { $0 + $1.stated }), "logged": String(days.reduce(0) { $0 + $1.logged }),
              "differing": String(days.count { $0.stated != $0.logged }),
            ])
        }
        for day in differing.prefix(limit) {
          xml.element(
            "control-day",
            [
              "date": CivilDay.text(day.day), "model": FigureText.shortened(day.model), "stated": String(day.stated),
              "logged": String(day.logged), "difference": String(day.logged - day.stated),
            ])
        }
      }
    }
  }

  /// Rules that were in force and under which nothing was decided.
  private func dormantRules(in xml: inout XMLWriter) {
    let limit = 200
    let rows = dormantRules.keys.sortedBytewise().flatMap { rule in
      (dormantRules[rule] ?? []).map { (rule: rule, from: $0.from, to: $0.to) }
    }
    guard !rows.isEmpty else { return }
    xml.element("dormant-rules", ["shown": String(min(limit, rows.count)), "of": String(rows.count)]) { xml in
      for row in rows.prefix(limit) {
        xml.element(
          "dormant-rule",
          [
            ["rule": row.rule, "page": layout.rule(row.rule)],
            span(row.from, row.to),
          ])
      }
    }
  }

  private func totals(duplicates: Int, in xml: inout XMLWriter) {
    func sum(_ value: (ScannedSource) -> Int) -> Int { facts.sources.reduce(0) { $0 + value($1) } }
    var sums = TallySums()
    for row in tally { sums.add(row.sums) }
    let steps = ruleIDs.map { facts.records.ownership.steps(of: $0) }
    let handOvers = steps.reduce(0) { total, timeline in
      total
        + timeline.starts.indices.dropFirst().count { index in
          let (before, after) = (
            timeline.values[index - 1].tenure?.record.owner, timeline.values[index].tenure?.record.owner
          )
          return before != after && before != nil && after != nil
            && facts.period.contains(Instant(microseconds: timeline.starts[index]))
        }
    }
    let versions = facts.records.history.versions
    xml.element(
      "totals",
      [
        lineTotals(sum(\.lines), sum(\.blank), sum(\.malformed), sum(\.outOfPeriod), sum(\.judged)),
        [
          "exceptions": String(sum(\.exceptions)), "duplicate-request-ids": String(duplicates),
          "indeterminate": String(sums.indeterminate),
          "tokens-in": String(sums.tokensIn), "tokens-out": String(sums.tokensOut),
          "cost-micros": String(sums.costMicros),
          "cost-text": FigureText.dollars(sums.costMicros), "first": facts.first?.description,
          "first-text": facts.first.map(time.text),
          "last": facts.last?.description, "last-text": facts.last.map(time.text), "rules": String(ruleIDs.count),
          "versions": String(versions.count), "owners": String(owners.count),
          "findings": String(pack.assessment.findings.count),
          "sources": String(facts.sources.count),
          "changes-in-period": String(
            facts.changes.count { facts.period.contains(versions[$0.versionIndex].effectiveFrom) }),
          "versions-in-period": String(versions.count { facts.period.contains($0.effectiveFrom) }),
          "hand-overs-in-period": String(handOvers),
        ],
      ])
  }

  private func citations(in xml: inout XMLWriter) {
    xml.element("citations") { xml in
      for citation in pack.library.citations {
        let target = citation.readsAs.first
        let assessed =
          target.flatMap { target in
            pack.assessment.coverage.assessments[target.framework]?.contains { $0.control.id == target.control }
          } ?? false
        xml.element(
          "citation",
          [
            "written": citation.written, "ruling": citation.ruling + ": " + citation.why,
            "reads-as": citation.readsAs.isEmpty ? nil : citation.readsAs.map(\.control).joined(separator: ", "),
            "page": assessed ? target.map { layout.control($0.framework, $0.control) } : nil,
          ])
      }
    }
  }

  private func doors(in xml: inout XMLWriter) {
    let coverage = pack.assessment.coverage
    xml.element("doors") { xml in
      xml.element("door", ["kind": "rules", "page": "r/index.html", "n": String(ruleIDs.count)])
      xml.element("door", ["kind": "owners", "page": "o/index.html", "n": String(owners.count)])
      xml.element(
        "door",
        [
          "kind": "controls", "page": "c/index.html",
          "n": String(coverage.assessments.values.reduce(0) { $0 + $1.count }),
        ])
      xml.element("door", ["kind": "findings", "page": "f/index.html", "n": String(pack.assessment.findings.count)])
      xml.element(
        "door",
        ["kind": "exceptions", "page": "d/index.html", "n": String(facts.sources.reduce(0) { $0 + $1.exceptions })])
    }
  }

  /// What these very inputs do not show.
  private var limits: [String] {
    var limits = [
      "The pack shows what the records say. Whether the records are true, and whether traffic went round the gateway, they cannot show.",
      "The mapping of checks to controls has the review state \(pack.review). \(pack.library.note)",
      "A decision is judged by the rules as written. Whether a rule was wise, and whether its owner acted, is not judged.",
    ]
    let records = facts.records
    if !facts.hasInput(.ownership) {
      limits.append("No ownership record was given, so no rule can be shown to have had an owner.")
    }
    if !records.ownership.hasPeopleRegister {
      limits.append("No people register was given, so leavers and owners who are no persons cannot be told.")
    }
    if !records.inventory.hasModels {
      limits.append(
        "No model inventory was given: every model has tier 0, so an escalation shows only where the log names the model first tried."
      )
    }
    if !records.inventory.hasDeployments { limits.append("No deployment register was given: every place is unknown.") }
    if records.history.versions.contains(where: { $0.rules.contains { $0.provenance == .inferred } }) {
      limits.append(
        "Rules were derived from a gateway's configuration, which has no conditions on agent, data class or tool: one rule decides for every request, and permits say where it may go instead."
      )
    }
    if records.history.versions.contains(where: { !$0.isReadable }) {
      limits.append(
        "A policy version could not be read. It was in force, so decisions under it match no rule; see the diagnostics."
      )
    }
    let assumed = facts.sources.reduce(0) { $0 + $1.zoneAssumed }
    if assumed > 0 { limits.append("\(assumed) decisions carry a time without a zone; it was taken as UTC.") }
    if facts.sources.contains(where: { $0.damage != nil }) {
      limits.append("A routing log could not be read to its end; what follows the damage is missing from every figure.")
    }
    if facts.sources.contains(where: { !$0.isPresent }) {
      limits.append(
        "A routing log is no longer present. What it came to when it was scanned is kept, but nobody can replay its decisions."
      )
    }
    return limits
  }
}
