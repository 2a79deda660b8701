package import EvidenceModel
package import Intake

/// What replay says of one decision, in the integers of its names.
package struct Judgement: BitwiseCopyable {
  package var decisionClass = DecisionClass.compliant
  package var indeterminate = false
  /// Names; 0 is "none".
  var version = 0
  var rule = 0
  var owner = 0
  var ownerStatus = OwnerStatus.notAsked
  var tenure = -1
  var jurisdiction = 0
  /// Since when neither the version in force nor who is on record as the rule's owner has changed.
  var since = Int64.min
  /// Index of the version; -1 where none was in force.
  var versionIndex = -1
  var versionChangedAfterwards = false
  var ownerChangedAfterwards = false
  // Names of the record's own fields, so that nobody looks them up twice.
  var agent = 0
  var dataClass = 0
  var requestedModel = 0
  var servedModel = 0
  /// The model first tried.
  var triedModel = 0
  var provider = 0
  var deployment = 0
  /// The name under which the register of deployments knows it: its own, or that of the endpoint's host.
  var registeredDeployment = 0
  var credential = 0
  var placeIsUnlisted = false
  /// The place came by the endpoint's host, not by the deployment's own name.
  var placeIsInferred = false
  var hosting = HostingOrigin.unknown
  /// The `permit` rule that covers the decision, where the class says that one does; the first of several.
  var permit = 0
  var permitIsAmbiguous = false
  var modelIsListed = false
  var isSensitive = false
  /// What the version before would have said, and the one after, where that is something else.
  var before, after: Otherwise?
}

/// What another version says of a decision.
struct Otherwise: BitwiseCopyable {
  /// 0 is "none".
  var rule: Int
  var decisionClass: DecisionClass
}

/// Judges decisions against the version in force (SEMANTICS §3–5). One a thread.
package final class DecisionJudge {
  private let plan: ReplayPlan
  private var candidates: CandidateLists
  private var toolNames = UnsafeMutableBufferPointer<Int>.allocate(capacity: 16)
  private var toolCount = 0

  package init(_ plan: ReplayPlan) {
    self.plan = plan
    candidates = CandidateLists(plan)
  }

  deinit { toolNames.deallocate() }

  /// Names of the tools of the decision at hand, each once.
  var tools: UnsafeBufferPointer<Int> { UnsafeBufferPointer(start: toolNames.baseAddress, count: toolCount) }

  /// Past this many tools of one decision, only those count that the records know: a hostile line may name millions.
  private static let listedTools = 1000

  private func nameTools(_ record: RoutingRecord, _ names: NameTable) {
    toolCount = 0
    for (index, tool) in record.tools.enumerated() {
      var name: Int
      if index < Self.listedTools {
        name = names.id(tool)
      } else {
        name = plan.names.known(tool)
        if name == 0 || tools.contains(name) { continue }
      }
      if toolCount == toolNames.count { growTools() }
      toolNames[toolCount] = name
      toolCount += 1
    }
    dropRepeatedTools()
  }

  /// A decision that names a tool twice holds it once. A hostile one may name many.
  private func dropRepeatedTools() {
    guard toolCount > 1 else { return }
    var known = toolCount > 16 ? Set<Int>(minimumCapacity: toolCount) : []
    var kept = 0
    for index in 0..<toolCount {
      let tool = toolNames[index]
      let isNew = toolCount > 16 ? known.insert(tool).inserted : !toolNames[..<kept].contains(tool)
      guard isNew else { continue }
      toolNames[kept] = tool
      kept += 1
    }
    toolCount = kept
  }

  private func growTools() {
    let larger = UnsafeMutableBufferPointer<Int>.allocate(capacity: toolNames.count * 2)
    _ = larger.update(fromContentsOf: toolNames)
    toolNames.deallocate()
    toolNames = larger
  }

  /// - Parameter version: index of the version to judge by; nil is the one in force.
  package func judge(_ record: RoutingRecord, names: NameTable, under stated: Int? = nil) -> Judgement {
    var judgement = Judgement()
    let at = record.at.microseconds
    judgement.agent = names.id(record.agent)
    judgement.dataClass = names.id(record.dataClass)
    judgement.isSensitive = plan.facts(judgement.dataClass).isSensitiveClass
    judgement.provider = names.id(record.provider)
    judgement.deployment = names.id(record.deployment)
    judgement.registeredDeployment = judgement.deployment
    judgement.credential = names.id(record.credential)
    let requested = model(record.requestedModel, names)
    let served = record.servedModel.equals(record.requestedModel) ? requested : model(record.servedModel, names)
    judgement.requestedModel = requested
    judgement.servedModel = served
    judgement.triedModel = model(record.escalatedFrom, names)
    judgement.modelIsListed = plan.facts(served).isListedModel
    nameTools(record, names)
    findPlace(record, at, &judgement)

    let inForce = stated == nil ? plan.versionInForce.step(at: at) : nil
    guard let step = stated.map({ VersionStep(version: $0, changedAfterwards: false) }) ?? inForce?.value else {
      judgement.decisionClass = .noPolicy
      return judgement
    }
    let version = plan.versions[step.version]
    judgement.since = inForce?.start ?? .min
    judgement.versionIndex = step.version
    judgement.version = version.name
    judgement.versionChangedAfterwards = step.changedAfterwards

    candidates.makeRoom()
    let entry = candidates.entry(of: step.version, judgement)
    let place = firstMatch(entry.rules, of: version, record.tokensIn)
    let applicable = place < entry.rules.count ? Int(entry.rules[place]) : nil
    if judgement.agent == 0 || judgement.dataClass == 0 {
      let possible = candidates.rules(of: step.version, judgement, emptyMatchesAll: true)
      let first = firstMatch(possible, of: version, record.tokensIn)
      if first < possible.count {
        judgement.indeterminate =
          applicable.map { version.deciding[Int(possible[first])].priority < version.deciding[$0].priority } ?? true
      }
    }
    if let applicable {
      let rule = version.deciding[applicable]
      judgement.rule = rule.name
      findOwner(rule, at, &judgement)
      judgement.decisionClass = classify(record, rule, version, &judgement, names)
    } else {
      judgement.decisionClass = .noRule
    }
    if stated == nil {
      judgement.before = otherwise(record, judgement, version.before, place: place, shared: entry.sameBefore, names)
      judgement.after = otherwise(record, judgement, version.after, place: place, shared: entry.sameAfter, names)
    }
    return judgement
  }

  /// Where the deployment stood (SEMANTICS §3): by its name, else by the host of the endpoint that the log gives instead.
  private func findPlace(_ record: RoutingRecord, _ at: Int64, _ judgement: inout Judgement) {
    let listed = plan.facts(judgement.deployment)
    if let place = listed.places.value(at: at) {
      judgement.jurisdiction = place
      judgement.hosting = listed.hosting == nil ? .unknown : .matched
      return
    }
    judgement.jurisdiction = plan.unknownJurisdiction
    judgement.placeIsUnlisted = true
    guard let host = Endpoint.host(of: record.deployment) else { return }
    let name = plan.names.known(host)
    let endpoint = plan.facts(name)
    if let place = endpoint.places.value(at: at) {
      judgement.jurisdiction = place
      judgement.registeredDeployment = name
      judgement.placeIsUnlisted = false
      judgement.placeIsInferred = true
    }
    if endpoint.hosting != nil || Endpoint.hosting(ofHost: host) != nil { judgement.hosting = .inferred }
  }

  @inline(__always)
  private func model(_ text: BorrowedText, _ names: NameTable) -> Int {
    plan.facts(names.id(text)).canonicalModel
  }

  /// The place in a list of candidates of the first rule that matches (SEMANTICS §3); the list's length where none does.
  ///
  /// - Parameter start: rules before this place are known not to match.
  private func firstMatch(
    _ list: CandidateLists.List, of version: CompiledVersion, _ tokensIn: Int64, from start: Int = 0
  ) -> Int {
    for place in start..<max(start, list.count) where list[place] >= 0 {
      let rule = version.deciding.baseAddress.unsafelyUnwrapped + Int(list[place])
      if tokensIn >= rule.pointee.minTokensIn, rule.pointee.tool == 0 || tools.contains(rule.pointee.tool) {
        return place
      }
    }
    return list.count
  }

  /// What a neighbouring version would have said of a decision; nil where it would have said the same, or is none.
  ///
  /// - Parameters:
  ///   - place: of the applicable rule among the candidates.
  ///   - shared: how many of these the neighbour has too, from the beginning.
  private func otherwise(
    _ record: RoutingRecord, _ judgement: Judgement, _ neighbour: CompiledVersion.Neighbour?, place: Int,
    shared: Int32, _ names: NameTable
  ) -> Otherwise? {
    guard let neighbour else { return nil }
    let isSameRule = place < Int(shared)
    if isSameRule, neighbour.hasSamePermits || !judgement.decisionClass.dependsOnPermits(record) { return nil }
    let version = plan.versions[neighbour.version]
    let list = candidates.rules(of: neighbour.version, judgement, emptyMatchesAll: false)
    let place = firstMatch(list, of: version, record.tokensIn, from: isSameRule ? place : Int(shared))
    var other = Otherwise(rule: 0, decisionClass: .noRule)
    if place < list.count {
      let rule = version.deciding[Int(list[place])]
      var scratch = judgement
      scratch.permit = 0
      other = Otherwise(
        rule: rule.name, decisionClass: classify(record, rule, version, &scratch, names))
    }
    return other.rule == judgement.rule && other.decisionClass == judgement.decisionClass ? nil : other
  }

  private func findOwner(_ rule: CompiledVersion.DecidingRule, _ at: Int64, _ judgement: inout Judgement) {
    judgement.ownerStatus = .none
    guard let (start, step) = rule.owners.step(at: at) else { return }
    judgement.since = max(judgement.since, start)
    judgement.ownerChangedAfterwards = step.changedAfterwards
    guard step.owner != 0 else { return }
    judgement.owner = step.owner
    judgement.tenure = step.tenure
    judgement.ownerStatus = step.leftAt <= at ? .departed : .owned
  }

  /// SEMANTICS §5 from number 4 on: the first that holds.
  private func classify(
    _ record: RoutingRecord, _ rule: CompiledVersion.DecidingRule, _ version: CompiledVersion,
    _ judgement: inout Judgement, _ names: NameTable
  ) -> DecisionClass {
    let (requested, served) = (judgement.requestedModel, judgement.servedModel)
    if record.outcome == .error { return .notServed }
    let isSuccess = record.outcome == .success
    if rule.action == .block, isSuccess { return .blockedButServed }
    if rule.action != .block, record.outcome == .blocked { return .overBlocked }
    if isSuccess, let allowed = rule.jurisdictions, !allowed.contains(judgement.jurisdiction) {
      return .jurisdictionViolation
    }
    if isSuccess, rule.action != .block {
      let from = judgement.triedModel
      let escalated = (from != 0 && from != served) || plan.facts(served).tier > plan.facts(requested).tier
      func permittedOr(_ otherwise: DecisionClass) -> DecisionClass {
        findPermit(record, version, &judgement, names)
        return judgement.permit != 0 ? .permittedFallback : otherwise
      }
      if rule.action == .escalate {
        if served != rule.target { return escalated ? permittedOr(.wrongTarget) : .driftNotEscalated }
        if escalated, record.claimedRule.isEmpty { return .unattributedEscalation }
      } else if escalated {
        return permittedOr(.implicitEscalation)
      } else if served != requested {
        return permittedOr(.silentSubstitution)
      }
    }
    if !record.claimedRule.isEmpty {
      let claimed = version.rule(claimedAs: names.id(record.claimedRule))
      if claimed != rule.name, !version.permits.contains(where: { $0.name == claimed }) { return .ruleMismatch }
    }
    return .compliant
  }

  /// SEMANTICS §4, `permitted`. Of several rules that cover the decision, the one that the log names counts, else the first.
  private func findPermit(
    _ record: RoutingRecord, _ version: CompiledVersion, _ judgement: inout Judgement, _ names: NameTable
  ) {
    let trigger = names.id(record.trigger)
    var claimed = 0
    for permit in version.permits
    where (permit.agent == 0 || permit.agent == judgement.agent)
      && (permit.dataClass == 0 || permit.dataClass == judgement.dataClass)
      && (permit.tool == 0 || tools.contains(permit.tool)) && record.tokensIn >= permit.minTokensIn
      && (permit.from == 0 || permit.from == judgement.requestedModel)
      && permit.targets.contains(judgement.servedModel)
      && (permit.triggers?.contains(trigger) ?? true)
    {
      if judgement.permit == 0 {
        judgement.permit = permit.name
        if record.claimedRule.isEmpty { continue }
        claimed = version.rule(claimedAs: names.id(record.claimedRule))
      } else {
        judgement.permitIsAmbiguous = true
      }
      if permit.name == claimed {
        judgement.permit = claimed
        judgement.permitIsAmbiguous = false
        return
      }
    }
  }
}

extension DecisionClass {
  /// Whether a judgement under the same rule may still turn on what else its version permits, or on the names of its rules.
  fileprivate func dependsOnPermits(_ record: RoutingRecord) -> Bool {
    switch self {
    case .permittedFallback, .wrongTarget, .implicitEscalation, .silentSubstitution: true
    case .compliant, .ruleMismatch: !record.claimedRule.isEmpty
    default: false
    }
  }
}

extension Judgement {
  /// What became of each field of a decision: the reader's account of its own, and what replay adds.
  @inline(__always)
  func fields(
    of record: RoutingRecord
  ) -> (empty: RoutingFields, inferred: RoutingFields, matched: RoutingFields) {
    var (empty, inferred, matched) = (record.empty, record.inferred, record.matched)
    if placeIsUnlisted {
      empty.insert(.jurisdiction)
    } else if placeIsInferred {
      inferred.insert(.jurisdiction)
    } else {
      matched.insert(.jurisdiction)
    }
    switch hosting {
    case .unknown: empty.insert(.hosting)
    case .inferred: inferred.insert(.hosting)
    case .matched: matched.insert(.hosting)
    }
    return (empty, inferred, matched)
  }
}

/// How a deployment's hosting class is known.
enum HostingOrigin: BitwiseCopyable { case unknown, inferred, matched }

extension JudgedDecision {
  /// A copy of a decision that outlives the line it was read from.
  package init(
    _ record: RoutingRecord, _ judgement: Judgement, names: NameTable, position: SourcePosition, lineDigest: Digest
  ) {
    func shown(_ text: BorrowedText) -> String { SecretRedaction.shown(text.string) }
    func nameOrDash(_ id: Int) -> String { id == 0 ? "-" : names.name(id) }
    self.init(
      position: position, lineDigest: lineDigest, at: record.at, requestID: shown(record.requestID),
      agent: shown(record.agent), dataClass: shown(record.dataClass),
      requestedModel: shown(record.requestedModel), servedModel: shown(record.servedModel),
      provider: shown(record.provider), deployment: shown(record.deployment),
      claimedRule: shown(record.claimedRule), escalatedFrom: shown(record.escalatedFrom),
      trigger: shown(record.trigger), tools: record.tools.map(shown), outcome: record.outcome,
      tokensIn: record.tokensIn, tokensOut: record.tokensOut, costMicros: record.costMicros,
      version: nameOrDash(judgement.version), rule: nameOrDash(judgement.rule),
      owner: nameOrDash(judgement.owner), ownerStatus: judgement.ownerStatus,
      jurisdiction: names.name(judgement.jurisdiction), decisionClass: judgement.decisionClass,
      indeterminate: judgement.indeterminate)
  }
}
