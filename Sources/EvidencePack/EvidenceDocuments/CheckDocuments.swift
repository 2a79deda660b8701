internal import Assessment
internal import EvidenceModel
internal import EvidenceStore

extension DocumentContext {
  func checkDocuments(_ emit: (EvidenceDocument) throws -> Void) throws {
    let outcomes = pack.assessment.outcomes
    let orders = [
      ListOrder(name: "result", items: outcomes) { $0.check },
      ListOrder(name: "id", items: outcomes.sorted { $0.check.precedesBytewise($1.check) }) { $0.check },
    ]
    let list = ListKind(folder: "k", root: "checks-list", stylesheet: "checks", title: "Checks")
    try listDocuments(list, orders, emit: emit) { outcome, xml in
      guard let definition = definition(outcome.check) else { return }
      xml.element(
        "check-line",
        [
          "anchor": anchor("check", outcome.check), "id": outcome.check, "title": definition.title,
          "page": layout.check(outcome.check),
          "result": outcome.result.rawValue, "population": String(outcome.population),
          "population-text": definition.population,
          "exceptions": String(outcome.exceptions), "cannot-tell": String(outcome.cannotTell),
          "findings": String(outcome.findings.count),
        ])
    }
    for (index, outcome) in outcomes.enumerated() {
      guard let definition = definition(outcome.check) else { continue }
      let neighbour = { (other: Int) -> (String, String)? in
        outcomes.indices.contains(other) ? (layout.check(outcomes[other].check), outcomes[other].check) : nil
      }
      try emit(
        document(
          "check", page: layout.check(outcome.check), stylesheet: "check", id: outcome.check, title: definition.title,
          attributes: [
            [
              "result": outcome.result.rawValue, "why": FigureText.shortened(outcome.why, to: 600),
              "question": definition.question,
              "method": definition.method, "population-text": definition.population,
              "cannot-show": definition.cannotShow,
              "population": String(outcome.population), "passed": String(outcome.passed),
              "exceptions": String(outcome.exceptions),
              "accepted": String(outcome.accepted), "cannot-tell": String(outcome.cannotTell),
            ]
          ],
          crumbs: [("k/index.html", "Checks")], previous: neighbour(index - 1), next: neighbour(index + 1)
        ) { xml in
          for record in outcome.missingRecords { xml.element("missing", ["record": record]) }
          for (name, value) in (facts.parameters.values[outcome.check] ?? [:]).sorted(by: { $0.key < $1.key }) {
            xml.element("setting", ["name": name, "value": value.text, "origin": value.origin.rawValue])
          }
          if outcome.check == Self.concentrationCheck { concentration(in: &xml) }
          findings(outcome.findings, in: &xml)
          controls(ofChecks: [outcome.check], in: &xml)
          overrides(in: &xml) { $0.check == outcome.check }
        })
    }
  }

  func findingDocuments(_ emit: (EvidenceDocument) throws -> Void) throws {
    let all = pack.assessment.findings
    let results = Dictionary(uniqueKeysWithValues: CheckResult.allCases.enumerated().map { ($1, $0) })
    let orders = [
      ListOrder(name: "check", items: all) { $0.check },
      ListOrder(
        name: "result",
        items: all.sorted { (results[$0.result] ?? 0, -$0.count) < (results[$1.result] ?? 0, -$1.count) }
      ) { "\($0.result.rawValue) \(FigureText.grouped($0.count))" },
      ListOrder(name: "subject", items: all.sorted { $0.subject.precedesBytewise($1.subject) }) { $0.subject },
    ]
    let list = ListKind(folder: "f", root: "findings-list", stylesheet: "findings", title: "Findings")
    try listDocuments(list, orders, emit: emit) { finding, xml in self.findingRef(finding, in: &xml) }
    for (index, finding) in all.enumerated() {
      guard let definition = definition(finding.check) else { continue }
      let neighbour = { (other: Int) -> (String, String)? in
        all.indices.contains(other) ? (layout.finding(all[other].id), "\(all[other].check) \(all[other].subject)") : nil
      }
      let filter = finding.exceptionFilter
      let examples = try filter.map { try pack.evidence.exceptions($0, limit: 5) } ?? []
      let count = try filter.map { try pack.evidence.exceptionCount($0) } ?? 0
      try emit(
        document(
          "finding", page: layout.finding(finding.id), stylesheet: "finding", id: finding.id,
          title: "\(finding.check): \(finding.subject)",
          attributes: [
            [
              "result": finding.result.rawValue, "check": finding.check, "check-title": definition.title,
              "check-page": layout.check(finding.check), "question": definition.question,
              "subject-kind": finding.subjectKind.rawValue,
              "subject": FigureText.shortened(finding.subject), "subject-page": page(ofSubject: finding),
              "summary": FigureText.shortened(finding.summary, to: 600), "n": String(finding.count),
              "of": String(finding.population),
              "population-text": finding.populationText ?? definition.population, "cannot-show": definition.cannotShow,
            ]
          ],
          crumbs: [("f/index.html", "Findings"), (layout.check(finding.check), finding.check)],
          previous: neighbour(index - 1),
          next: neighbour(index + 1)
        ) { xml in
          if !finding.details.isEmpty {
            xml.element("details") { xml in
              for detail in finding.details.prefix(100) { xml.text("p", FigureText.shortened(detail, to: 4000)) }
            }
          }
          for stretch in finding.stretches.prefix(200) { self.stretch(stretch, of: finding.id, in: &xml) }
          for record in finding.missingRecords { xml.element("missing", ["record": record]) }
          xml.element("examples", ["of": String(count), "page": count > 0 ? examplesPage(filter) : nil]) { xml in
            for example in examples { decision(example, in: &xml) }
          }
          controls(ofChecks: [finding.check], in: &xml)
        })
    }
  }

  /// The exceptions' page nearest to a filter: by rule, else by owner, else by class.
  private func examplesPage(_ filter: DecisionFilter?) -> String {
    guard let filter else { return "d/index.html" }
    if let rule = filter.rule { return layout.decisions(.rule, rule, page: 1) }
    if let owner = filter.owner { return layout.decisions(.owner, owner, page: 1) }
    if let first = filter.classes.first { return layout.decisions(.decisionClass, first.name, page: 1) }
    return "d/index.html"
  }
}
