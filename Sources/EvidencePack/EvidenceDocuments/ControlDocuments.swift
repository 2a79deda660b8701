internal import Assessment
internal import EvidenceModel
internal import EvidenceStore

extension DocumentContext {
  func stateCounts(_ framework: Framework, in xml: inout XMLWriter) {
    stateCounts(pack.assessment.coverage.counts(framework.id), in: &xml)
  }

  func frameworkSummary(_ framework: Framework, in xml: inout XMLWriter) {
    xml.element(
      "framework",
      [
        "id": framework.id, "title": framework.title, "version": framework.version,
        "controls": String(pack.assessment.coverage.assessments[framework.id]?.count ?? 0),
        "page": layout.framework(framework.id),
        "matrix-page": layout.matrix(framework.id), "review": pack.library.review(of: framework.id).status.rawValue,
      ]
    ) { xml in
      conditions(framework, in: &xml)
      stateCounts(framework, in: &xml)
    }
  }

  func controlDocuments(_ emit: (EvidenceDocument) throws -> Void) throws {
    let coverage = pack.assessment.coverage
    try emit(
      document(
        "frameworks-list", page: "c/index.html", stylesheet: "frameworks", id: "controls",
        title: "Controls and coverage"
      ) { xml in
        for framework in coverage.frameworks { frameworkSummary(framework, in: &xml) }
      })
    for framework in coverage.frameworks {
      let assessments = coverage.assessments[framework.id] ?? []
      let ancestors = framework.ancestors
      var byID: ByName<ControlAssessment> = [:]
      for assessment in assessments { byID[assessment.control.id] = assessment }
      try emit(
        document(
          "framework", page: layout.framework(framework.id), stylesheet: "framework", id: framework.id,
          title: framework.title,
          attributes: [
            [
              "version": framework.version, "publisher": framework.publisher, "licence": framework.licence,
              "controls": String(assessments.count), "withdrawn": String(framework.withdrawn),
              "matrix-page": layout.matrix(framework.id),
            ]
          ], crumbs: [("c/index.html", "Controls")], framework: framework
        ) { xml in
          review(framework, in: &xml)
          stateCounts(framework, in: &xml)
          for (place, control) in framework.controls.enumerated() {
            let assessment = byID[control.id]
            xml.element(
              "control-line",
              [
                "anchor": anchor("control", framework.id, control.id), "group": String(control.isGroup),
                "depth": String(ancestors[place].count), "id": control.id, "display": control.display,
                "title": control.title,
                "page": assessment.map { _ in layout.control(framework.id, control.id) },
                "state": assessment?.state.rawValue,
                "checks": assessment.map { String($0.checks.count) },
                "gap": assessment.map { FigureText.shortened($0.gap, to: 600) },
              ])
          }
        })
      let earlier = pack.history.map { (period: $0.period, states: $0.states(framework.id)) }
      for (index, assessment) in assessments.enumerated() {
        let neighbour = { (other: Int) -> (String, String)? in
          assessments.indices.contains(other)
            ? (layout.control(framework.id, assessments[other].control.id), assessments[other].control.display) : nil
        }
        try emit(
          controlDocument(
            assessment, framework, earlier, previous: neighbour(index - 1), next: neighbour(index + 1)))
      }
      try emit(coverageDocument(framework, assessments))
    }
  }

  private func controlDocument(
    _ assessment: ControlAssessment, _ framework: Framework,
    _ earlier: [(period: String, states: ByName<ControlState>)],
    previous: (String, String)?, next: (String, String)?
  ) -> EvidenceDocument {
    let control = assessment.control
    let checks = Set(assessment.checks.map(\.mapping.check))
    return document(
      "control", page: layout.control(framework.id, control.id), stylesheet: "control", id: control.id,
      title: control.title,
      attributes: [
        [
          "framework": framework.id, "framework-title": framework.shortTitle, "framework-version": framework.version,
          "publisher": framework.publisher, "licence": framework.licence, "display": control.display,
          "summary": control.summary,
          "title-origin": control.titleOrigin, "state": assessment.state.rawValue,
          "why": FigureText.shortened(assessment.why, to: 600),
          "gap": FigureText.shortened(assessment.gap, to: 4000),
        ]
      ],
      crumbs: [("c/index.html", "Controls"), (layout.framework(framework.id), framework.shortTitle)],
      previous: previous, next: next, framework: framework
    ) { xml in
      review(framework, in: &xml)
      for record in assessment.records { xml.element("missing", ["record": record]) }
      for (mapping, outcome) in assessment.checks {
        guard let definition = definition(outcome.check) else { continue }
        xml.element(
          "check-ref",
          [
            [
              "anchor": anchor("check", outcome.check), "id": outcome.check, "title": definition.title,
              "page": layout.check(outcome.check),
              "result": outcome.result.rawValue, "why": FigureText.shortened(outcome.why, to: 600),
              "population": String(outcome.population), "passed": String(outcome.passed),
              "exceptions": String(outcome.exceptions), "accepted": String(outcome.accepted),
              "cannot-tell": String(outcome.cannotTell), "findings": String(outcome.findings.count),
              "relation": mapping.relation,
              "effect": mapping.effects.isEmpty ? nil : mapping.effects.joined(separator: " "),
              "rationale": mapping.rationale, "condition": mapping.condition,
            ],
            words(of: definition),
          ])
      }
      overrides(in: &xml) { $0.framework == framework.id && $0.control == control.id }
      for (period, states) in earlier {
        guard let state = states[control.id] else { continue }
        xml.element("earlier", ["period": period, "state": state.rawValue])
      }
      let found = pack.assessment.findings.filter { checks.contains($0.check) }
      findings(
        DossierCaps.fairShare(found, limit: 100), of: found.count, in: &xml,
        inFull: DossierCaps.fairShare(found, limit: DossierCaps.findings))
    }
  }

  /// The matrix: every control a row, every check that maps to the framework a column; a cell for each column, in order.
  private func coverageDocument(_ framework: Framework, _ assessments: [ControlAssessment]) -> EvidenceDocument {
    let headings = pack.assessment.coverage.headings(framework)
    let used = Set(assessments.flatMap { $0.checks.map(\.mapping.check) })
    let columns = pack.assessment.outcomes.filter { used.contains($0.check) }
    return document(
      "coverage-matrix", page: layout.matrix(framework.id), stylesheet: "coverage", id: framework.id,
      title: "Coverage: \(framework.shortTitle)",
      attributes: [["framework": framework.id, "framework-page": layout.framework(framework.id)]],
      crumbs: [("c/index.html", "Controls"), (layout.framework(framework.id), framework.shortTitle)],
      framework: framework
    ) { xml in
      review(framework, in: &xml)
      coverageSums(framework, in: &xml)
      for outcome in columns {
        xml.element(
          "column",
          [
            "check": outcome.check, "title": definition(outcome.check)?.title, "page": layout.check(outcome.check),
            "result": outcome.result.rawValue,
          ])
      }
      for assessment in assessments {
        let byCheck = Dictionary(
          assessment.checks.map { ($0.mapping.check, $0) }, uniquingKeysWith: { first, _ in first })
        xml.element(
          "row",
          [
            "anchor": anchor("row", framework.id, assessment.control.id), "id": assessment.control.id,
            "display": assessment.control.display,
            "title": assessment.control.title, "page": layout.control(framework.id, assessment.control.id),
            "state": assessment.state.rawValue, "gap": FigureText.shortened(assessment.gap, to: 4000),
            "record": assessment.records.isEmpty
              ? "–" : FigureText.shortened(assessment.records.joined(separator: "; "), to: 4000),
            "category": headings[assessment.control.id]?.id,
            "condition": assessment.conditions.isEmpty
              ? nil : FigureText.shortened(assessment.conditions.joined(separator: " "), to: 600),
          ]
        ) { xml in
          for column in columns {
            guard let entry = byCheck[column.check] else {
              xml.element("cell")
              continue
            }
            xml.element(
              "cell",
              [
                "result": entry.outcome.result.rawValue, "exceptions": String(entry.outcome.exceptions),
                "population": String(entry.outcome.population), "relation": entry.mapping.relation,
                "page": layout.control(framework.id, assessment.control.id) + "#" + anchor("check", column.check),
              ])
          }
        }
      }
    }
  }
}
