internal import Comparison
internal import EvidenceModel

/// The difference of two packs as JSON lines. Their form is described in `docs/events.md`.
enum DeltaEvents {
  /// - Parameter page: where the page was written; nil where none was asked for.
  static func print(_ delta: PackDelta, page: String?, status: ExitStatus) {
    for remark in delta.remarks {
      event("delta-remark", ["kind": remark.kind.rawValue, "before": remark.before, "after": remark.after])
    }
    for entry in delta.chain.entries {
      event(
        "earlier-pack",
        [
          "period": entry.pack.period.name, "manifest_sha256": entry.pack.manifest.description,
          "link": entry.link.name, "missing": entry.link.missing, "tool_version": entry.pack.toolVersion,
        ])
    }
    checks(delta)
    policy(delta)
    ownership(delta)
    for change in delta.findings {
      let finding = change.finding
      event(
        "finding-changed",
        [
          "kind": change.kind.rawValue, "id": finding.id, "check": finding.check, "result": finding.result.rawValue,
          "before": change.otherResult?.rawValue, "subject_kind": finding.subjectKind, "subject": finding.subject,
          "summary": finding.summary,
        ], ["n": finding.count, "of": finding.population])
    }
    for figure in delta.figures {
      event(
        "figure-changed", ["name": figure.name],
        ["before": figure.before, "before_of": figure.beforeOf, "after": figure.after, "after_of": figure.afterOf])
    }
    for change in delta.classes {
      event(
        "class-changed", ["class": change.decisionClass.name], ["before": change.before, "after": change.after])
    }
    for ruler in delta.rulers {
      event(
        "ruler-changed",
        ["kind": ruler.kind.rawValue, "name": ruler.name, "before": ruler.before, "after": ruler.after])
    }
    compared(delta, page, status)
  }

  private static func checks(_ delta: PackDelta) {
    for change in delta.checks {
      event(
        "check-changed",
        [
          "kind": change.kind.rawValue, "id": change.id, "before": change.before?.result.rawValue,
          "after": change.after?.result.rawValue,
        ],
        [
          "before_exceptions": change.before?.exceptions, "before_population": change.before?.population,
          "after_exceptions": change.after?.exceptions, "after_population": change.after?.population,
        ])
    }
    for framework in delta.controls {
      for change in framework.changes {
        event(
          "control-changed",
          [
            "kind": change.kind.rawValue, "framework": framework.id, "control": change.id,
            "before": change.before?.rawValue, "after": change.after?.rawValue,
          ])
      }
    }
  }

  private static func policy(_ delta: PackDelta) {
    for change in delta.versions {
      event(
        "version-changed",
        [
          "kind": change.kind.rawValue, "version_id": change.version.id,
          "effective": change.version.effective.description, "recorded": change.version.recorded?.description,
          "effective_before": change.effectiveBefore?.description, "author": change.version.author,
        ])
    }
    for line in delta.ruleChanges {
      event(
        "rule-changed",
        [
          "rule": line.rule, "version_id": line.change.version, "kind": line.change.kind.rawValue,
          "direction": line.change.direction.rawValue, "words": line.change.words,
          "effective": line.change.effective.description,
        ])
    }
    for rule in delta.rules { event("rule-" + rule.kind.rawValue, ["rule": rule.rule]) }
  }

  private static func ownership(_ delta: PackDelta) {
    for handOver in delta.handOvers {
      event(
        "owner-changed",
        [
          "kind": handOver.kind.rawValue, "rule": handOver.rule, "before": handOver.before, "after": handOver.after,
        ])
    }
    for gap in delta.gaps {
      event(
        "gap-changed",
        [
          "kind": gap.kind.rawValue, "rule": gap.rule, "what": gap.what, "from": gap.from.description,
          "to": gap.to?.description,
        ])
    }
  }

  private static func compared(_ delta: PackDelta, _ page: String?, _ status: ExitStatus) {
    event(
      "compared",
      [
        "before_period": delta.before.period.name, "before_manifest_sha256": delta.before.manifest?.description,
        "after_period": delta.after.period.name, "after_manifest_sha256": delta.after.manifest?.description,
        "page": page,
      ],
      [
        "checks": delta.checksAsked, "newly_failing": delta.count(.newlyFailing),
        "newly_passing": delta.count(.newlyPassing), "newly_cannot_tell": delta.count(.newlyCannotTell),
        "still_failing": delta.count(.stillFailing), "controls": delta.controlsCompared,
        "controls_lost": delta.count(.lost), "controls_contradicted": delta.count(.contradicted),
        "controls_gained": delta.count(.gained), "versions": delta.versionsNew, "looser": delta.count(.looser),
        "stricter": delta.count(.stricter), "hand_overs": delta.handOvers.count,
        "rules_added": delta.rulesAdded, "rules_removed": delta.rulesRemoved,
        "findings_new": delta.count(.new), "findings_gone": delta.count(.gone), "rulers": delta.rulers.count,
        "exit_status": Int(status.rawValue),
      ])
  }

  /// Members that are nil are left out.
  private static func event(_ name: String, _ texts: [String: String?], _ numbers: [String: Int?] = [:]) {
    var fields: [String: EventValue] = [:]
    for case let (key, value?) in texts { fields[key] = .text(value) }
    for case let (key, value?) in numbers { fields[key] = .whole(value) }
    Terminal.event(name, fields)
  }
}
