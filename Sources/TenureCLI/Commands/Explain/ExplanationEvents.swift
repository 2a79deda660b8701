internal import Assessment
internal import EvidenceModel
internal import Replay

// What `tenure explain` says, as events. Their form is described in `docs/events.md`.

extension CheckExplanation {
  func printEvent(_ check: any Check.Type) {
    let definition = check.definition
    let mappings = library.mappings.filter { $0.check == definition.id }
    let parameters = (parameters.values[definition.id] ?? [:]).sorted { $0.key.precedesBytewise($1.key) }
    Terminal.event(
      "check-explained",
      [
        "id": .text(definition.id), "title": .text(definition.title), "question": .text(definition.question),
        "method": .text(definition.method), "population": .text(definition.population),
        "cannot_show": .text(definition.cannotShow), "reads": .texts(Checks.inputs[definition.id] ?? []),
        "parameters": .list(
          parameters.map { name, value in
            .object(["name": .text(name), "value": .text(value.text), "origin": .text(value.origin.rawValue)])
          }),
        "classes": .texts(check.classes.map(\.name)), "classes_in_part": .texts(check.classesInPart.map(\.name)),
        "mappings": .list(mappings.compactMap(controlMembers)),
      ])
  }

  func printEvent(_ control: Control, of framework: Framework) {
    let mappings = library.mappings.filter { $0.framework == framework.id && $0.control == control.id }
    Terminal.event(
      "control-explained",
      [
        "framework": .text(framework.id), "framework_title": .text(framework.title),
        "framework_version": .text(framework.version), "control": .text(control.id),
        "display": .text(control.display), "title": .text(control.title), "summary": .stated(control.summary),
        "heading": .flag(control.isGroup), "no_check": control.noCheckReason.map { .text($0) },
        "review": .text(library.review(of: framework.id).status.rawValue),
        "mappings": .list(
          mappings.map { mapping in
            let title = Checks.definitions.first { $0.id == mapping.check }?.title
            return .object(
              mapping.members.merging(["check": .text(mapping.check), "title": title.map { .text($0) }]) { $1 })
          }),
      ])
  }

  func printEvent(_ decisionClass: DecisionClass) {
    let checks = Checks.all.map { type(of: $0) }.filter {
      $0.classes.contains(decisionClass) || $0.classesInPart.contains(decisionClass)
    }
    Terminal.event(
      "class-explained",
      [
        "class": .text(decisionClass.name), "words": .text(decisionClass.words),
        "exception": .flag(decisionClass.isException),
        "counted_in": .list(
          checks.map {
            .object([
              "check": .text($0.definition.id), "title": .text($0.definition.title),
              "in_part": .flag($0.classesInPart.contains(decisionClass)),
            ])
          }),
      ])
  }

  private func controlMembers(_ mapping: Mapping) -> EventValue? {
    guard let (framework, control) = find(mapping.control, in: mapping.framework) else { return nil }
    return .object(
      mapping.members.merging([
        "framework": .text(framework.id), "control": .text(control.id), "display": .text(control.display),
        "title": .text(control.title), "review": .text(library.review(of: framework.id).status.rawValue),
      ]) { $1 })
  }
}

extension Mapping {
  fileprivate var members: [String: EventValue?] {
    [
      "relation": .text(relation), "effects": .texts(effects), "rationale": .text(rationale),
      "condition": condition.map { .text($0) },
    ]
  }
}

extension RuleExplanation {
  func printEvent(_ rule: String, _ changes: [RuleChange]) {
    let history = records.history
    let ownership = records.ownership
    var bases = TenureBases(ownership, rule: rule)
    let owners = ownership.tenures(of: rule).map { tenure -> EventValue in
      let record = tenure.record
      return .object([
        "owner": .text(record.owner), "role": .text(record.role),
        "basis": record.isAccountable ? .text(bases.basis(of: tenure, at: record.from).rawValue) : nil,
        "from": .text("\(record.from)"), "to": record.to.map { .text("\($0)") },
        "left_at": ownership.people.leftAt(of: record.owner).map { .text("\($0)") }, "source": .text(record.source),
        "line": record.line > 0 ? .whole(record.line) : nil,
      ])
    }
    Terminal.event(
      "rule-explained",
      [
        "rule": .text(rule), "changes": .list(changes.map(change)),
        "unreadable_versions": .whole(history.versions.count { !$0.isReadable }), "owners": .list(owners),
      ])
  }

  private func change(_ change: RuleChange) -> EventValue {
    let version = records.history.versions[change.versionIndex]
    let wasInForce = records.history.inForce.values.contains(change.versionIndex)
    let stated = version.rules.first { $0.id.utf8.elementsEqual(change.rule.utf8) }
    return .object([
      "effective": .text("\(version.effectiveFrom)"), "kind": .text(change.kind.rawValue),
      "version_id": .text(version.id), "source": .text(version.source), "in_force": .flag(wasInForce),
      "direction": .text(change.direction.rawValue),
      "story": .text(sentences.story(change, version, wasInForce: wasInForce)), "why": .text(sentences.why(change)),
      "rule_words": stated.map { .text($0.words) },
    ])
  }
}

extension RequestExplanation {
  func printEvent(_ decision: JudgedDecision, in log: LogFinder.Log) {
    var members = request(decision, in: log)
    members.merge(judgement(decision)) { $1 }
    Terminal.event("request-explained", members)
  }

  /// What the log says.
  private func request(_ decision: JudgedDecision, in log: LogFinder.Log) -> [String: EventValue?] {
    [
      "request_id": .text(decision.requestID), "log": .text(log.name), "line": .whole(decision.position.line),
      "byte_offset": .whole(decision.position.byteOffset), "line_sha256": .text(decision.lineDigest.description),
      "at": .text("\(decision.at)"), "in_period": .flag(plan.period.contains(decision.at)),
      "agent": .stated(decision.agent), "data_class": .stated(decision.dataClass),
      "requested_model": .stated(decision.requestedModel), "served_model": .stated(decision.servedModel),
      "claimed_rule": .stated(decision.claimedRule), "tools": .texts(decision.tools),
      "tokens_in": .whole(Int(decision.tokensIn)), "outcome": .text(decision.outcome.name),
    ]
  }

  /// What is found of it.
  private func judgement(_ decision: JudgedDecision) -> [String: EventValue?] {
    let version = records.history.versions.first { $0.id.utf8.elementsEqual(decision.version.utf8) }
    let rule = version?.rules.first { $0.id.utf8.elementsEqual(decision.rule.utf8) }
    let record = OwnershipHistory.deciding(among: records.ownership.tenures(of: decision.rule), at: decision.at)?.record
    let isOwned = decision.ownerStatus == .owned || decision.ownerStatus == .departed
    let checks = decision.checks
    let mappings = plan.library.mappings.filter { checks.contains($0.check) && plan.frameworks.contains($0.framework) }
    return [
      "version_id": version.map { .text($0.id) }, "version_from": version.map { .text("\($0.effectiveFrom)") },
      "version_source": version.map { .text($0.source) }, "rule": rule.map { .text($0.id) },
      "rule_words": rule.map { .text($0.words) }, "owner_status": .text(decision.ownerStatus.name),
      "owner": isOwned ? .text(decision.owner) : nil, "owner_source": isOwned ? record.map { .text($0.source) } : nil,
      "owner_line": isOwned ? record.flatMap { $0.line > 0 ? .whole($0.line) : nil } : nil,
      "owner_from": isOwned ? record.map { .text("\($0.from)") } : nil,
      "class": .text(decision.decisionClass.name), "class_words": .text(decision.decisionClass.words),
      "indeterminate": .flag(decision.indeterminate), "checks": .texts(checks),
      "controls": .list(
        mappings.map {
          .object([
            "framework": .text($0.framework), "control": .text($0.control), "check": .text($0.check),
            "relation": .text($0.relation), "effects": .texts($0.effects),
            "condition": $0.condition.map { .text($0) },
          ])
        }),
    ]
  }
}
