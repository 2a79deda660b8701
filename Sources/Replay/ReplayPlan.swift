package import EvidenceModel

/// Everything that decides how a line is judged, besides the line.
package struct ReplaySettings: Sendable, Hashable {
  package var period: Period
  package var sampleSeed: String
  package var sampleSize: Int
  /// Data classes whose traffic counts as sensitive.
  package var sensitiveClasses: [String]

  package init(period: Period, sampleSeed: String, sampleSize: Int, sensitiveClasses: [String]) {
    self.period = period
    self.sampleSeed = sampleSeed
    self.sampleSize = sampleSize
    self.sensitiveClasses = sensitiveClasses
  }
}

/// A version's rules with names as integers, in the order in which they are asked.
struct CompiledVersion: Sendable {
  struct DecidingRule: Sendable {
    var name: Int
    var priority: Int
    /// 0 matches anything, here and below.
    var agent: Int
    var dataClass: Int
    var tool: Int
    var minTokensIn: Int64
    var action: Action
    var target: Int
    /// Nil allows any place.
    var jurisdictions: [Int]?
  }

  struct PermitRule: Sendable {
    var name: Int
    var agent: Int
    var dataClass: Int
    var tool: Int
    var minTokensIn: Int64
    var from: Int
    var targets: [Int]
    /// Nil: any trigger.
    var triggers: [Int]?
  }

  var name: Int
  var deciding: [DecidingRule] = []
  var permits: [PermitRule] = []
}

/// The records made ready for replay: shared by all scanners of a run.
package struct ReplayPlan: Sendable {
  package let settings: ReplaySettings
  /// Digest of everything in this plan that can change a judgement. A partial is bound to it.
  package let digest: Digest

  var names = NameTable()
  var versions: [CompiledVersion] = []
  var versionInForce: Timeline<VersionStep>
  /// By rule name.
  var owners: [Int: Timeline<OwnerStep>] = [:]
  /// Who owned which rule, by index; for `OwnerStep.tenure`.
  package private(set) var tenures: [Tenure]
  var tiers: [Int: Int] = [:]
  var canonicalModels: [Int: Int] = [:]
  var listedModels: Set<Int> = []
  var jurisdictions: [Int: Timeline<Int>] = [:]
  let unknownJurisdiction: Int
  let sensitiveClasses: Set<Int>

  struct VersionStep: Sendable {
    var version: Int
    /// The version was recorded later than this stretch, and another one was in force by what was known then.
    var changedAfterwards: Bool
  }

  struct OwnerStep: Sendable {
    /// 0: nobody.
    var owner: Int
    var leftAt: Int64
    var tenure: Int
    var changedAfterwards: Bool
  }

  /// The revision of SEMANTICS that this code decides by.
  package static let semantics = "1"

  package init(_ records: Records, settings: ReplaySettings) {
    self.settings = settings
    digest = Self.digest(of: records, settings: settings)
    var names = NameTable()
    unknownJurisdiction = names.id(Inventory.unknownJurisdiction)
    sensitiveClasses = Set(settings.sensitiveClasses.map { names.id($0) })
    self.names = names
    versionInForce = Timeline()
    var tenures: [Tenure] = []
    self.tenures = []

    let inventory = records.inventory
    for model in inventory.models.values {
      let id = self.names.id(model.name)
      tiers[id] = model.tier
      listedModels.insert(id)
    }
    for (alias, model) in inventory.aliases { canonicalModels[self.names.id(alias)] = self.names.id(model) }
    for (name, steps) in inventory.deployments {
      var timeline = Timeline<Int>()
      for (start, deployment) in zip(steps.starts, steps.values) {
        timeline.append(from: Instant(microseconds: start), self.names.id(deployment.jurisdiction))
      }
      jurisdictions[self.names.id(name)] = timeline
    }
    for version in records.history.versions { versions.append(compile(version)) }
    versionInForce = Self.versionSteps(records.history)
    for rule in records.history.ruleIDs {
      var timeline = Timeline<OwnerStep>()
      let steps = records.ownership.steps(of: rule)
      var places: [Int: Int] = [:]
      for (start, step) in zip(steps.starts, steps.values) {
        var compiled = OwnerStep(owner: 0, leftAt: .max, tenure: -1, changedAfterwards: step.changedAfterwards)
        if let tenure = step.tenure {
          compiled.owner = self.names.id(tenure.record.owner)
          compiled.leftAt = records.ownership.people[tenure.record.owner]?.leftAt?.microseconds ?? .max
          compiled.tenure = places[tenure.recordIndex] ?? tenures.count
          places[tenure.recordIndex] = compiled.tenure
          if compiled.tenure == tenures.count { tenures.append(tenure) }
        }
        timeline.append(from: Instant(microseconds: start), compiled)
      }
      owners[self.names.id(rule)] = timeline
    }
    self.tenures = tenures
  }

  private mutating func model(_ name: String) -> Int {
    let id = names.id(name)
    return canonicalModels[id] ?? id
  }

  private mutating func compile(_ version: PolicyVersion) -> CompiledVersion {
    var compiled = CompiledVersion(name: names.id(version.id))
    func id(_ pattern: String) -> Int { pattern == "*" ? 0 : names.id(pattern) }
    func list(_ values: [String]) -> [Int]? { values.contains("*") ? nil : values.map { names.id($0) } }
    let ordered = version.rules.enumerated().sorted {
      ($0.element.priority, $0.offset) < ($1.element.priority, $1.offset)
    }
    for (_, rule) in ordered {
      if rule.action == .permit {
        compiled.permits.append(
          .init(
            name: names.id(rule.id), agent: id(rule.agent), dataClass: id(rule.dataClass), tool: id(rule.tool),
            minTokensIn: rule.minTokensIn, from: rule.fromModel == "*" ? 0 : model(rule.fromModel),
            targets: rule.escalateTo.map { model($0) }, triggers: list(rule.triggers)))
      } else {
        compiled.deciding.append(
          .init(
            name: names.id(rule.id), priority: rule.priority, agent: id(rule.agent), dataClass: id(rule.dataClass),
            tool: id(rule.tool), minTokensIn: rule.minTokensIn, action: rule.action,
            target: rule.escalateTo.first.map { model($0) } ?? 0, jurisdictions: list(rule.allowedJurisdictions)))
      }
    }
    return compiled
  }

  /// Steps at every instant at which the version in force, or what was known of it, changed.
  private static func versionSteps(_ history: PolicyHistory) -> Timeline<VersionStep> {
    let versions = history.versions
    var instants = Set<Instant>()
    for version in versions {
      instants.insert(version.effectiveFrom)
      if let recorded = version.recordedAt, version.isBackdated { instants.insert(recorded) }
    }
    // The versions are in the order of look-up, so the latest known one is the greatest index that is known.
    let becomesKnown = versions.indices.sorted {
      known(versions[$0]) < known(versions[$1])
    }
    var next = 0
    var latestKnown = -1
    var steps = Timeline<VersionStep>()
    for instant in instants.sorted() {
      while next < becomesKnown.count, known(versions[becomesKnown[next]]) <= instant {
        latestKnown = max(latestKnown, becomesKnown[next])
        next += 1
      }
      guard let inForce = history.inForce.value(at: instant.microseconds) else { continue }
      steps.append(from: instant, VersionStep(version: inForce, changedAfterwards: inForce != latestKnown))
    }
    return steps
  }

  /// From when on a look-up "as recorded then" could find a version: in force and recorded.
  private static func known(_ version: PolicyVersion) -> Instant {
    max(version.effectiveFrom, version.recordedAt ?? version.effectiveFrom)
  }

  private static func digest(of records: Records, settings: ReplaySettings) -> Digest {
    var hasher = Hasher256()
    func add(_ parts: String...) {
      for part in parts {
        var text = "\(part.utf8.count):\(part)"
        text.withUTF8 { hasher.update(UnsafeRawBufferPointer($0)) }
      }
    }
    func text(_ instant: Instant?) -> String { instant.map { String($0.microseconds) } ?? "" }
    add(
      "semantics", semantics, text(settings.period.from), text(settings.period.to), settings.sampleSeed,
      String(settings.sampleSize))
    add("sensitive", settings.sensitiveClasses.sortedBytewise().joined(separator: "\u{1F}"))
    for version in records.history.versions {
      add("version", version.id, text(version.effectiveFrom), text(version.recordedAt), String(version.isReadable))
      for rule in version.rules {
        add(
          "rule", rule.id, String(rule.priority), rule.agent, rule.dataClass, rule.tool, String(rule.minTokensIn),
          rule.action.rawValue, rule.escalateTo.joined(separator: "\u{1F}"),
          rule.allowedJurisdictions.joined(separator: "\u{1F}"),
          rule.fromModel, rule.triggers.joined(separator: "\u{1F}"))
      }
    }
    for record in records.ownership.records {
      add(
        "ownership", record.rulePattern, record.owner, record.role, text(record.from), text(record.to),
        String(record.sequence), text(record.recordedAt))
    }
    for person in records.ownership.people.values.sorted(by: { $0.owner.precedesBytewise($1.owner) }) {
      add("person", person.owner, text(person.leftAt))
    }
    let inventory = records.inventory
    for model in inventory.models.values.sorted(by: { $0.name.precedesBytewise($1.name) }) {
      add("model", model.name, String(model.tier))
    }
    for alias in inventory.aliases.keys.sortedBytewise() { add("alias", alias, inventory.aliases[alias] ?? "") }
    for name in inventory.deployments.keys.sortedBytewise() {
      for (start, step) in zip(inventory.deployments[name]?.starts ?? [], inventory.deployments[name]?.values ?? []) {
        add("deployment", name, String(start), step.jurisdiction, step.provider)
      }
    }
    return hasher.finish()
  }
}
