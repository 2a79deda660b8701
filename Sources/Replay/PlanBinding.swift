package import EvidenceModel
internal import Intake

/// What the results of replay are bound to, as digests: they hold for these records and settings and no others.
package struct PlanBinding: Sendable {
  /// The revision of SEMANTICS that this code decides by.
  package static let semantics = "1"

  /// Of the period, the samples' seed and sizes, the sensitive classes, and the bound on cost.
  package let settings: Digest
  /// Of all policy versions with their rules.
  package let policy: Digest
  /// Of the registers, as far as replay asks them: owners, people, models, aliases, deployments, agents, tools, switch-offs.
  package let registers: Digest

  /// Of everything.
  package var digest: Digest {
    Digest(of: "tenure plan \(Self.semantics) \(settings) \(policy) \(registers)")
  }

  private let models: Digest
  private var timelines: [TimelineBinding] = []
  private let absences: ByName<[People.Absence]>

  /// One timeline's steps, each as the text of what replay reads from it.
  private struct TimelineBinding: Sendable {
    var name: String
    var starts: [Int64]
    var texts: [String]
    /// Whose leaving matters while a step holds; empty where nobody's does.
    var owners: [String] = []
    /// For a step of the version in force: the rules that it has. For an owner's timeline: the rule.
    var rules: [[String]] = []
    /// For a step of the version in force: its neighbours, which are asked what they would have said.
    var neighbours: [(before: String, after: String)] = []
    var rule: String?
    /// What holds of a name without a timeline: a step that says the same says nothing.
    var unstated: String?
  }

  init(_ records: Records, _ settings: ReplaySettings, _ standings: Standings) {
    var hasher = TextHasher()
    hasher.add("settings", text(settings.period.from), text(settings.period.to), settings.sampleSeed)
    hasher.add(String(settings.sampleSize), String(settings.attributeSampleSize))
    for name in settings.sensitiveClasses.sortedBytewise() { hasher.add("sensitive", name) }
    hasher.add("maximum cost", settings.maximumCostMicros.map { String($0) } ?? "")
    self.settings = hasher.finish()

    let inventory = records.inventory
    hasher = TextHasher()
    for model in inventory.models.values.sorted(by: { $0.name.precedesBytewise($1.name) }) {
      hasher.add("model", model.name, String(model.tier))
    }
    for alias in inventory.aliases.keys.sortedBytewise() { hasher.add("alias", alias, inventory.aliases[alias] ?? "") }
    hasher.add("agents", String(inventory.agents != nil), "tools", String(inventory.tools != nil))
    models = hasher.finish()

    let versions = records.history.versions
    let steps = records.history.forceSteps
    let rules = versions.map { Self.digest(of: $0.rules) }
    timelines.append(
      .init(
        name: "version", starts: steps.starts,
        texts: steps.values.map { "\(Self.words(versions[$0.version], rules[$0.version])) \($0.changedAfterwards)" },
        rules: steps.values.map { versions[$0.version].rules.map(\.id) },
        neighbours: Self.neighbours(of: steps.values.map(\.version), records.history, rules)))
    hasher = TextHasher()
    for (version, rules) in zip(versions, rules) {
      hasher.add("version", Self.words(version, rules), text(version.effectiveFrom), text(version.recordedAt))
    }
    policy = hasher.finish()

    let owners = Self.owners(in: records)
    timelines += owners.timelines
    absences = owners.absences
    for name in inventory.deployments.keys.sortedBytewise() {
      guard let steps = inventory.deployments[name] else { continue }
      timelines.append(
        .init(
          name: "place of \(name)", starts: steps.starts,
          texts: steps.values.map { "\($0.jurisdiction) \($0.hosting?.name ?? "-")" }))
    }
    for kind in RegisteredKind.allCases {
      for (name, steps) in standings[kind].sorted(by: { $0.key.precedesBytewise($1.key) }) {
        timelines.append(
          .init(
            name: "\(kind.rawValue) \(name)", starts: steps.starts, texts: steps.values.map { String($0.rawValue) },
            unstated: String(Standings.unstated(name, as: kind, in: inventory).rawValue)))
      }
    }

    hasher = TextHasher()
    hasher.add(models.description)
    for timeline in timelines.dropFirst() {
      for (start, step) in zip(timeline.starts, timeline.texts) { hasher.add(timeline.name, String(start), step) }
    }
    for owner in absences.keys.sortedBytewise() {
      for absence in absences[owner] ?? [] { hasher.add("left", owner, text(absence.from), text(absence.to)) }
    }
    registers = hasher.finish()
  }

  private static func owners(
    in records: Records
  ) -> (timelines: [TimelineBinding], absences: ByName<[People.Absence]>) {
    var timelines: [TimelineBinding] = []
    var absences: ByName<[People.Absence]> = [:]
    for rule in records.history.ruleIDs {
      let steps = records.ownership.steps(of: rule)
      var binding = TimelineBinding(name: "owner of \(rule)", starts: steps.starts, texts: [], rule: rule)
      for step in steps.values {
        let owner = step.tenure?.record.owner ?? ""
        binding.texts.append("\(step.tenure?.recordIndex ?? -1) \(owner) \(step.changedAfterwards)")
        binding.owners.append(owner)
        if !owner.isEmpty { absences[owner] = records.ownership.people.absences(of: owner) }
      }
      timelines.append(binding)
    }
    return (timelines, absences)
  }

  /// What replay reads from a version, as text.
  private static func words(_ version: PolicyVersion, _ rules: Digest) -> String {
    "\(version.id) \(rules)" + (version.isReadable ? "" : " unreadable")
  }

  /// The text of each version's neighbours among those that were in force; empty where there is none that could be asked.
  private static func neighbours(
    of steps: [Int], _ history: PolicyHistory, _ rules: [Digest]
  ) -> [(before: String, after: String)] {
    var before: [Int: String] = [:]
    var after: [Int: String] = [:]
    for (index, next) in zip(history.inForce.values, history.inForce.values.dropFirst())
    where history.versions[index].isReadable && history.versions[next].isReadable {
      after[index] = words(history.versions[next], rules[next])
      before[next] = words(history.versions[index], rules[index])
    }
    return steps.map { (before[$0] ?? "", after[$0] ?? "") }
  }

  /// Of the versions on either side of those that were in force between two instants: what they would have said is counted
  /// too. No version further away is asked.
  package func neighboursDigest(from first: Instant?, to last: Instant?) -> Digest {
    var hasher = TextHasher()
    hasher.add("neighbours")
    guard let first, let last, let versions = timelines.first else { return hasher.finish() }
    let inForce = versions.starts.indices.filter { index in
      versions.starts[index] <= last.microseconds
        && (index + 1 == versions.starts.count || versions.starts[index + 1] > first.microseconds)
    }
    // Versions between them have each other as neighbours.
    if let before = inForce.first, let after = inForce.last {
      hasher.add(versions.neighbours[before].before, versions.neighbours[after].after)
    }
    return hasher.finish()
  }

  /// Of what replay asks for decisions between two instants, both included: records about other times may change
  /// without touching what these decisions came to, but for what versions next to theirs would have said. Without a decision, nothing but the settings is asked.
  package func digest(from first: Instant?, to last: Instant?) -> Digest {
    var hasher = TextHasher()
    hasher.add("tenure", Self.semantics, settings.description)
    guard let first, let last else { return hasher.finish() }
    hasher.add(models.description)
    // Nobody asks who owns a rule that no version of that time has. The versions' timeline is the first.
    var rulesInForce = Set<[UInt8]>()
    for timeline in timelines {
      if let rule = timeline.rule, !rulesInForce.contains(Array(rule.utf8)) { continue }
      for (index, start) in timeline.starts.enumerated() where start <= last.microseconds {
        let next = index + 1 < timeline.starts.count ? timeline.starts[index + 1] : .max
        guard next > first.microseconds, timeline.texts[index] != timeline.unstated else { continue }
        if index < timeline.rules.count { rulesInForce.formUnion(timeline.rules[index].map { Array($0.utf8) }) }
        // A step that held before the first decision began when it began; only that it held matters.
        hasher.add(timeline.name, String(max(start, first.microseconds)), timeline.texts[index])
        guard index < timeline.owners.count else { continue }
        for absence in absences[timeline.owners[index]] ?? []
        where absence.from <= last && (absence.to.map { first < $0 } ?? true) {
          hasher.add("left", text(max(absence.from, first)), text(absence.to.flatMap { $0 <= last ? $0 : nil }))
        }
      }
    }
    return hasher.finish()
  }

  private static func digest(of rules: [Rule]) -> Digest {
    var hasher = TextHasher()
    for rule in rules {
      hasher.add("rule", rule.id, String(rule.priority), rule.agent, rule.dataClass, rule.tool)
      hasher.add(String(rule.minTokensIn), rule.action.rawValue, rule.fromModel)
      hasher.add("escalate to")
      for model in rule.escalateTo { hasher.add(model) }
      hasher.add("allowed jurisdictions")
      for place in rule.allowedJurisdictions { hasher.add(place) }
      hasher.add("triggers")
      for trigger in rule.triggers { hasher.add(trigger) }
      hasher.add("claims")
      for claim in rule.claims { hasher.add(claim) }
    }
    return hasher.finish()
  }
}

private func text(_ instant: Instant?) -> String { instant.map { String($0.microseconds) } ?? "" }

/// Hashes texts so that no two lists of texts are alike.
private struct TextHasher {
  private var hasher = Hasher256()

  mutating func add(_ texts: String...) {
    for text in texts {
      var framed = "\(text.utf8.count):\(text)"
      framed.withUTF8 { hasher.update(UnsafeRawBufferPointer($0)) }
    }
  }

  func finish() -> Digest { hasher.finish() }
}
