internal import Assessment
internal import EvidenceModel
internal import EvidenceStore

/// What stands beside the controls of a framework: who read its mapping, sums, and earlier periods.
extension DocumentContext {
  func stateCounts(_ counts: [(state: ControlState, n: Int)], in xml: inout XMLWriter) {
    let all = counts.reduce(0) { $0 + $1.n }
    for (state, n) in counts {
      xml.element("state-count", ["state": state.rawValue, "n": String(n), "of": String(all)])
    }
  }

  func review(_ framework: Framework, in xml: inout XMLWriter) {
    let review = pack.library.review(of: framework.id)
    xml.element(
      "review",
      [
        "framework": framework.id, "title": framework.shortTitle, "version": review.version,
        "status": review.status.rawValue, "page": layout.framework(framework.id),
      ]
    ) { xml in
      for reviewer in review.reviewers {
        xml.element(
          "reviewer",
          [
            "name": FigureText.shortened(reviewer.name), "role": FigureText.shortened(reviewer.role),
            "date": reviewer.date,
          ])
      }
      conditions(framework, in: &xml)
    }
  }

  /// For whom the controls of a framework hold at all, where its mapping says so.
  func conditions(_ framework: Framework, in xml: inout XMLWriter) {
    let coverage = pack.assessment.coverage
    for condition in coverage.conditions(framework.id) {
      xml.element(
        "condition",
        [
          "text": FigureText.shortened(condition.text, to: 600), "n": String(condition.n),
          "of": String(coverage.assessments[framework.id]?.count ?? 0),
        ])
    }
  }

  /// Decisions to map otherwise than the mapping's file does, of the frameworks of this pack.
  func overrides(in xml: inout XMLWriter, where isWanted: (MappingOverride) -> Bool) {
    for override in pack.library.overrides where isWanted(override) {
      guard let framework = pack.assessment.coverage.frameworks.first(where: { $0.id == override.framework }) else {
        continue
      }
      let control = framework.controls.first { $0.id == override.control }
      xml.element(
        "override",
        [
          "check": override.check, "check-page": layout.check(override.check), "framework-title": framework.shortTitle,
          "control": override.control, "display": control?.display ?? override.control,
          "page": layout.control(framework.id, override.control), "change": override.change.rawValue,
          "relation": override.relation, "before": override.before,
          "reason": FigureText.shortened(override.reason, to: 600),
          "decided-by": FigureText.shortened(override.decidedBy), "date": override.date,
        ])
    }
  }

  /// Headings with the states below them, what more records would do, and what earlier runs found.
  func coverageSums(_ framework: Framework, in xml: inout XMLWriter) {
    let coverage = pack.assessment.coverage
    for category in coverage.categories(framework) {
      xml.element(
        "category",
        [
          "id": category.group.id, "display": category.group.display, "title": category.group.title,
          "depth": String(category.depth),
          "page": layout.framework(framework.id) + "#" + anchor("control", framework.id, category.group.id),
        ]
      ) { xml in stateCounts(category.counts, in: &xml) }
    }
    for unlock in coverage.unlocks(framework.id).prefix(50) {
      xml.element(
        "unlock",
        [
          "record": FigureText.shortened(unlock.record, to: 600), "settles": String(unlock.settles),
          "helps": String(unlock.helps),
        ])
    }
    for run in pack.history {
      let counts = run.counts(framework.id)
      guard !counts.isEmpty else { continue }
      xml.element("earlier", ["period": run.period]) { xml in stateCounts(counts, in: &xml) }
    }
    let own = coverage.counts(framework.id)
    if own.contains(where: { $0.n > 0 }), pack.history.contains(where: { !$0.counts(framework.id).isEmpty }) {
      xml.element("this-period", ["period": facts.period.name]) { xml in stateCounts(own, in: &xml) }
    }
  }
}
