package import EvidenceModel
package import Intake

/// What replay says of one decision, in the integers of its judge.
package struct Judgement {
  package var decisionClass = DecisionClass.compliant
  package var indeterminate = false
  /// Names; 0 is "none".
  var version = 0
  var rule = 0
  var owner = 0
  var ownerStatus = OwnerStatus.notAsked
  var tenure = -1
  var jurisdiction = 0
  /// Index of the version; -1 where none was in force.
  var versionIndex = -1
  var versionChangedAfterwards = false
  var ownerChangedAfterwards = false
  // Names of the record's own fields, so that nobody looks them up twice.
  var agent = 0
  var dataClass = 0
  var servedModel = 0
  var provider = 0
  var deployment = 0
  var placeIsUnlisted = false
}

/// Judges decisions against the version in force (SEMANTICS §3–5). One a thread.
package struct DecisionJudge {
  let plan: ReplayPlan
  var names: NameTable
  private var candidateKeys = KeyTable()
  private var candidateLists: [[Int32]] = []
  private var tools: [Int] = []

  package init(_ plan: ReplayPlan) {
    self.plan = plan
    names = plan.names
  }

  package mutating func judge(_ record: RoutingRecord) -> Judgement {
    var judgement = Judgement()
    let at = record.at.microseconds
    judgement.agent = names.id(record.agent)
    judgement.dataClass = names.id(record.dataClass)
    judgement.provider = names.id(record.provider)
    judgement.deployment = names.id(record.deployment)
    let requested = model(record.requestedModel)
    let served = model(record.servedModel)
    judgement.servedModel = served
    tools.removeAll(keepingCapacity: true)
    for tool in record.tools { tools.append(names.id(tool)) }
    if let place = plan.jurisdictions[judgement.deployment]?.value(at: at) {
      judgement.jurisdiction = place
    } else {
      judgement.jurisdiction = plan.unknownJurisdiction
      judgement.placeIsUnlisted = true
    }

    guard let step = plan.versionInForce.value(at: at) else {
      judgement.decisionClass = .noPolicy
      return judgement
    }
    let version = plan.versions[step.version]
    judgement.versionIndex = step.version
    judgement.version = version.name
    judgement.versionChangedAfterwards = step.changedAfterwards

    let applicable = firstMatch(in: step.version, judgement, record.tokensIn, emptyMatchesAll: false)
    if judgement.agent == 0 || judgement.dataClass == 0 {
      let possible = firstMatch(in: step.version, judgement, record.tokensIn, emptyMatchesAll: true)
      if let possible {
        judgement.indeterminate =
          applicable.map { version.deciding[possible].priority < version.deciding[$0].priority } ?? true
      }
    }
    guard let applicable else {
      judgement.decisionClass = .noRule
      return judgement
    }
    let rule = version.deciding[applicable]
    judgement.rule = rule.name
    findOwner(at, &judgement)
    judgement.decisionClass = classify(record, rule, version, judgement, requested: requested, served: served)
    return judgement
  }

  private mutating func model(_ text: BorrowedText) -> Int {
    let id = names.id(text)
    return plan.canonicalModels[id] ?? id
  }

  /// The index of the applicable rule among the version's deciding rules (SEMANTICS §3).
  private mutating func firstMatch(
    in version: Int, _ judgement: Judgement, _ tokensIn: Int64, emptyMatchesAll: Bool
  ) -> Int? {
    // What is left after agent and data class depends on few values, so it is worked out once for each.
    let key = candidateKeys.index(
      UInt64(version) << 32 | UInt64(judgement.agent), UInt64(judgement.dataClass) << 1 | (emptyMatchesAll ? 1 : 0))
    let rules = plan.versions[version].deciding
    if key.isNew {
      candidateLists.append(
        rules.indices.filter { index in
          let rule = rules[index]
          let agentMatches =
            rule.agent == 0 || rule.agent == judgement.agent || (emptyMatchesAll && judgement.agent == 0)
          let classMatches =
            rule.dataClass == 0 || rule.dataClass == judgement.dataClass
            || (emptyMatchesAll && judgement.dataClass == 0)
          return agentMatches && classMatches
        }.map { Int32($0) })
    }
    for candidate in candidateLists[key.index] {
      let rule = rules[Int(candidate)]
      if tokensIn >= rule.minTokensIn, rule.tool == 0 || tools.contains(rule.tool) { return Int(candidate) }
    }
    return nil
  }

  private func findOwner(_ at: Int64, _ judgement: inout Judgement) {
    judgement.ownerStatus = .none
    guard let step = plan.owners[judgement.rule]?.value(at: at) else { return }
    judgement.ownerChangedAfterwards = step.changedAfterwards
    guard step.owner != 0 else { return }
    judgement.owner = step.owner
    judgement.tenure = step.tenure
    judgement.ownerStatus = step.leftAt <= at ? .departed : .owned
  }

  /// SEMANTICS §5 from number 4 on: the first that holds.
  private mutating func classify(
    _ record: RoutingRecord, _ rule: CompiledVersion.DecidingRule, _ version: CompiledVersion,
    _ judgement: Judgement, requested: Int, served: Int
  ) -> DecisionClass {
    if record.outcome == .error { return .notServed }
    let isSuccess = record.outcome == .success
    if rule.action == .block, isSuccess { return .blockedButServed }
    if rule.action != .block, record.outcome == .blocked { return .overBlocked }
    if isSuccess, let allowed = rule.jurisdictions, !allowed.contains(judgement.jurisdiction) {
      return .jurisdictionViolation
    }
    if isSuccess, rule.action != .block {
      let from = model(record.escalatedFrom)
      let escalated = (from != 0 && from != served) || tier(served) > tier(requested)
      if rule.action == .escalate {
        if served != rule.target {
          if !escalated { return .driftNotEscalated }
          return isPermitted(record, version, judgement, requested: requested, served: served)
            ? .permittedFallback : .wrongTarget
        }
        if escalated, record.claimedRule.isEmpty { return .unattributedEscalation }
      } else if escalated {
        return isPermitted(record, version, judgement, requested: requested, served: served)
          ? .permittedFallback : .implicitEscalation
      } else if served != requested {
        return isPermitted(record, version, judgement, requested: requested, served: served)
          ? .permittedFallback : .silentSubstitution
      }
    }
    if !record.claimedRule.isEmpty {
      let claimed = names.id(record.claimedRule)
      if claimed != rule.name, !version.permits.contains(where: { $0.name == claimed }) { return .ruleMismatch }
    }
    return .compliant
  }

  private func tier(_ model: Int) -> Int { plan.tiers[model] ?? 0 }

  /// SEMANTICS §4, `permitted`.
  private mutating func isPermitted(
    _ record: RoutingRecord, _ version: CompiledVersion, _ judgement: Judgement, requested: Int, served: Int
  ) -> Bool {
    let trigger = names.id(record.trigger)
    return version.permits.contains { permit in
      (permit.agent == 0 || permit.agent == judgement.agent)
        && (permit.dataClass == 0 || permit.dataClass == judgement.dataClass)
        && (permit.tool == 0 || tools.contains(permit.tool)) && record.tokensIn >= permit.minTokensIn
        && (permit.from == 0 || permit.from == requested) && permit.targets.contains(served)
        && (permit.triggers?.contains(trigger) ?? true)
    }
  }

  /// A copy of the decision that outlives the line it was read from.
  package func materialise(
    _ record: RoutingRecord, _ judgement: Judgement, position: SourcePosition, lineDigest: Digest
  ) -> JudgedDecision {
    JudgedDecision(
      position: position, lineDigest: lineDigest, at: record.at, requestID: record.requestID.string,
      agent: record.agent.string, dataClass: record.dataClass.string,
      requestedModel: record.requestedModel.string, servedModel: record.servedModel.string,
      provider: record.provider.string, deployment: record.deployment.string,
      claimedRule: record.claimedRule.string, escalatedFrom: record.escalatedFrom.string,
      trigger: record.trigger.string, tools: record.tools.map(\.string), outcome: record.outcome,
      tokensIn: record.tokensIn, tokensOut: record.tokensOut, costMicros: record.costMicros,
      version: nameOrDash(judgement.version), rule: nameOrDash(judgement.rule),
      owner: nameOrDash(judgement.owner), ownerStatus: judgement.ownerStatus,
      jurisdiction: names.name(judgement.jurisdiction), decisionClass: judgement.decisionClass,
      indeterminate: judgement.indeterminate)
  }

  func nameOrDash(_ id: Int) -> String { id == 0 ? "-" : names.name(id) }
}
