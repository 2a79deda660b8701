package import EvidenceModel
internal import Intake

/// Everything that decides how a line is judged, besides the line and the records.
package struct ReplaySettings: Sendable, Hashable {
  package var period: Period
  package var sampleSeed: String
  package var sampleSize: Int
  /// Decisions drawn from all that are judged.
  package var attributeSampleSize: Int
  /// Data classes whose traffic counts as sensitive.
  package var sensitiveClasses: [String]
  /// A decision that cost more is counted apart; nil: none is.
  package var maximumCostMicros: Int64?
  /// How long a switched-off route may still answer, in seconds.
  package var secondsToSwitchOff: Int

  package init(
    period: Period, sampleSeed: String, sampleSize: Int, sensitiveClasses: [String], maximumCostMicros: Int64? = nil,
    secondsToSwitchOff: Int = 60, attributeSampleSize: Int = SamplePlan.standard.size
  ) {
    self.period = period
    self.sampleSeed = sampleSeed
    self.sampleSize = sampleSize
    self.attributeSampleSize = attributeSampleSize
    self.sensitiveClasses = sensitiveClasses
    self.maximumCostMicros = maximumCostMicros
    self.secondsToSwitchOff = secondsToSwitchOff
  }
}

/// The records made ready for replay: built once, then only read, by all scanners of a run.
package final class ReplayPlan: @unchecked Sendable {
  package let settings: ReplaySettings
  /// What results are bound to.
  package let binding: PlanBinding
  /// Who owned which rule, by index; for `OwnerStep.tenure`.
  package let tenures: [Tenure]

  let names: NameTable
  /// By name; of the names that the records know.
  let facts: UnsafeBufferPointer<NameFacts>
  let versions: UnsafeBufferPointer<CompiledVersion>
  let versionInForce: Steps<VersionStep>
  let unknownJurisdiction: Int
  private let standings: UnsafeBufferPointer<StandingSteps>
  /// How an agent or a tool stands that is on no register: unlisted, where a register of them was given.
  let unknownAgent, unknownTool: Standing
  private let arena: Arena

  package init(_ records: Records, settings: ReplaySettings) {
    let standings = Standings(records, settings)
    var builder = PlanBuilder(records, settings, standings)
    let versions = Self.linked(records.history.versions.map { builder.compile($0) }, records.history)
    let steps = records.history.forceSteps
    self.settings = settings
    binding = PlanBinding(records, settings, standings)
    unknownAgent = records.inventory.agents == nil ? [] : .unlisted
    unknownTool = records.inventory.tools == nil ? [] : .unlisted
    unknownJurisdiction = builder.unknownJurisdiction
    self.versions = builder.arena.keep(versions)
    versionInForce = builder.arena.keep(
      steps.starts,
      steps.values.map { VersionStep(version: $0.version, changedAfterwards: $0.changedAfterwards) })
    facts = builder.arena.keep(builder.finishedFacts())
    self.standings = builder.arena.keep(builder.standings)
    tenures = builder.tenures
    names = builder.names
    arena = builder.arena
  }

  /// The versions, each with its neighbours among those that were in force for some time.
  private static func linked(_ versions: [CompiledVersion], _ history: PolicyHistory) -> [CompiledVersion] {
    var versions = versions
    for (index, next) in zip(history.inForce.values, history.inForce.values.dropFirst())
    where history.versions[index].isReadable && history.versions[next].isReadable {
      let hasSamePermits = versions[index].hasSamePermits(as: versions[next])
      versions[index].after = .init(version: next, hasSamePermits: hasSamePermits)
      versions[next].before = .init(version: index, hasSamePermits: hasSamePermits)
    }
    return versions
  }

  /// What the records say of a name; nothing of one that they do not know.
  @inline(__always)
  func facts(_ name: Int) -> NameFacts {
    name < facts.count ? facts[name] : NameFacts(canonicalModel: name)
  }

  /// How a name stood on a register at an instant; nil where the register states no instant of it.
  @inline(__always)
  func standing(of name: Int, as kind: RegisteredKind, at instant: Int64) -> Standing? {
    guard name < facts.count, facts[name].standing >= 0 else { return nil }
    return standings[Int(facts[name].standing)][kind].value(at: instant)
  }
}

/// Turns records into the integers of a plan.
private struct PlanBuilder {
  let records: Records
  let arena = Arena()
  let names = NameTable()
  let unknownJurisdiction: Int
  private(set) var tenures: [Tenure] = []
  private(set) var standings: [StandingSteps] = []
  private var facts: [NameFacts] = []
  /// By the rule's name.
  private var ownerSteps: [Int: Steps<OwnerStep>] = [:]

  init(_ records: Records, _ settings: ReplaySettings, _ standings: Standings) {
    self.records = records
    unknownJurisdiction = names.id(Inventory.unknownJurisdiction)
    for name in settings.sensitiveClasses { change(name) { $0.isSensitiveClass = true } }
    let inventory = records.inventory
    for model in inventory.models.values {
      change(model.name) {
        $0.tier = model.tier
        $0.isListedModel = true
      }
    }
    for (alias, model) in inventory.aliases {
      let canonical = names.id(model)
      change(alias) { $0.canonicalModel = canonical }
    }
    for (name, steps) in inventory.deployments {
      let places = arena.keep(steps.starts, steps.values.map { names.id($0.jurisdiction) })
      let hosting = steps.values.last?.hosting
      change(name) {
        $0.places = places
        $0.hosting = hosting
      }
    }
    for rule in records.history.ruleIDs { ownerSteps[names.id(rule)] = owners(of: rule) }
    for kind in RegisteredKind.allCases { keep(standings[kind], as: kind) }
  }

  private mutating func keep(_ timelines: ByName<Timeline<Standing>>, as kind: RegisteredKind) {
    for (name, steps) in timelines {
      let kept = arena.keep(steps.starts, steps.values)
      var place = Int32(standings.count)
      change(name) { facts in
        if facts.standing < 0 { facts.standing = place } else { place = facts.standing }
      }
      if place == standings.count { standings.append(StandingSteps()) }
      standings[Int(place)][kind] = kept
    }
  }

  private mutating func change(_ name: String, _ body: (inout NameFacts) -> Void) {
    let id = names.id(name)
    while facts.count <= id { facts.append(NameFacts(canonicalModel: facts.count)) }
    body(&facts[id])
  }

  /// One entry for each name, also for those that nothing is said of.
  mutating func finishedFacts() -> [NameFacts] {
    while facts.count < names.count { facts.append(NameFacts(canonicalModel: facts.count)) }
    return facts
  }

  private func model(_ name: String) -> Int {
    let id = names.id(name)
    return id < facts.count ? facts[id].canonicalModel : id
  }

  mutating func compile(_ version: PolicyVersion) -> CompiledVersion {
    func list(_ values: [String]) -> UnsafeBufferPointer<Int>? {
      values.contains("*") ? nil : arena.keep(values.map { names.id($0) })
    }
    func pattern(_ text: String) -> Int {
      guard text != "*" else { return 0 }
      change(text) { $0.isAskedFor = true }
      return names.id(text)
    }
    var deciding: [CompiledVersion.DecidingRule] = []
    var permits: [CompiledVersion.PermitRule] = []
    let ordered = version.rules.enumerated().sorted {
      ($0.element.priority, $0.offset) < ($1.element.priority, $1.offset)
    }
    for (_, rule) in ordered {
      let name = names.id(rule.id)
      let (agent, dataClass, tool) = (pattern(rule.agent), pattern(rule.dataClass), pattern(rule.tool))
      if rule.action == .permit {
        permits.append(
          .init(
            name: name, agent: agent, dataClass: dataClass, tool: tool, minTokensIn: rule.minTokensIn,
            from: rule.fromModel == "*" ? 0 : model(rule.fromModel),
            targets: arena.keep(rule.escalateTo.map { model($0) }), triggers: list(rule.triggers)))
      } else {
        deciding.append(
          .init(
            name: name, priority: rule.priority, agent: agent, dataClass: dataClass, tool: tool,
            minTokensIn: rule.minTokensIn, action: rule.action, target: rule.escalateTo.first.map { model($0) } ?? 0,
            jurisdictions: list(rule.allowedJurisdictions), owners: ownerSteps[name] ?? .none))
      }
    }
    // A rule's own id always means that rule; of two rules that claim one name, the one asked first.
    var claims: [Int: Int] = [:]
    for (_, rule) in ordered { claims[names.id(rule.id)] = names.id(rule.id) }
    for (_, rule) in ordered {
      for claim in rule.claims where claims[names.id(claim)] == nil { claims[names.id(claim)] = names.id(rule.id) }
    }
    return CompiledVersion(
      name: names.id(version.id), deciding: arena.keep(deciding), permits: arena.keep(permits),
      claims: arena.keep(claims.sorted { $0.key < $1.key }.map { .init(name: $0.key, rule: $0.value) }))
  }

  private mutating func owners(of rule: String) -> Steps<OwnerStep> {
    let steps = records.ownership.steps(of: rule)
    var places: [Int: Int] = [:]
    var starts: [Int64] = []
    var compiled: [OwnerStep] = []
    for (index, step) in steps.values.enumerated() {
      var owner = OwnerStep(owner: 0, leftAt: .max, tenure: -1, changedAfterwards: step.changedAfterwards)
      if let tenure = step.tenure {
        owner.owner = names.id(tenure.record.owner)
        owner.tenure = places[tenure.recordIndex] ?? tenures.count
        places[tenure.recordIndex] = owner.tenure
        if owner.tenure == tenures.count { tenures.append(tenure) }
      }
      let start = steps.starts[index]
      let end = index + 1 < steps.starts.count ? steps.starts[index + 1] : .max
      let absences = step.tenure.map { records.ownership.people.absences(of: $0.record.owner) } ?? []
      // Whoever comes back begins a step of their own, since a step knows one leaving.
      let returns = absences.compactMap(\.to?.microseconds).filter { start < $0 && $0 < end }
      for from in [start] + returns {
        owner.leftAt = absences.first { $0.to.map { from < $0.microseconds } ?? true }?.from.microseconds ?? .max
        starts.append(from)
        compiled.append(owner)
      }
    }
    return arena.keep(starts, compiled)
  }
}

extension PolicyHistory {
  /// The version in force, by index, and whether it was recorded only later than it was in force.
  struct ForceStep: Sendable {
    var version: Int
    var changedAfterwards: Bool
  }

  /// Steps at every instant at which the version in force, or what was known of it, changed.
  var forceSteps: Timeline<ForceStep> {
    var instants = Set<Instant>()
    for version in versions {
      instants.insert(version.effectiveFrom)
      if let recorded = version.recordedAt, version.isBackdated { instants.insert(recorded) }
    }
    // The versions are in the order of look-up, so the latest known one is the greatest index that is known.
    let becomesKnown = versions.indices.sorted { Self.known(versions[$0]) < Self.known(versions[$1]) }
    var next = 0
    var latestKnown = -1
    var steps = Timeline<ForceStep>()
    for instant in instants.sorted() {
      while next < becomesKnown.count, Self.known(versions[becomesKnown[next]]) <= instant {
        latestKnown = max(latestKnown, becomesKnown[next])
        next += 1
      }
      guard let version = inForce.value(at: instant.microseconds) else { continue }
      steps.append(from: instant, ForceStep(version: version, changedAfterwards: version != latestKnown))
    }
    return steps
  }

  /// From when on a look-up "as recorded then" could find a version: in force and recorded.
  private static func known(_ version: PolicyVersion) -> Instant {
    max(version.effectiveFrom, version.recordedAt ?? version.effectiveFrom)
  }
}
