internal import EvidenceModel

/// How a name stood on the registers at an instant.
struct Standing: OptionSet, BitwiseCopyable, Sendable {
  var rawValue: UInt8

  static let unlisted = Standing(rawValue: 1)
  static let retired = Standing(rawValue: 2)
  /// Switched off, and the seconds that it may take are over.
  static let switchedOff = Standing(rawValue: 4)
}

/// What a name of a decision may stand on a register as.
enum RegisteredKind: String, CaseIterable {
  case model, deployment, provider, agent, tool
}

/// How names stood on the registers over time. Of agents and tools every name of a register is here, since any other is on
/// none; of the rest only names of which the registers state an instant, which are few. An endpoint of a deployment is
/// here under its own name too.
struct Standings: Sendable {
  private var timelines: [RegisteredKind: ByName<Timeline<Standing>>] = [:]

  subscript(kind: RegisteredKind) -> ByName<Timeline<Standing>> { timelines[kind] ?? [:] }

  private struct Stretch {
    var standing: Standing
    var from: Int64
    /// `.max`: open.
    var to: Int64
  }

  /// How a name stands, by its register, of which no instant is stated.
  static func unstated(_ name: String, as kind: RegisteredKind, in inventory: Inventory) -> Standing {
    switch kind {
    case .model: inventory.models[name] == nil ? .unlisted : []
    case .deployment, .provider: []
    case .agent, .tool: .unlisted
    }
  }

  init(_ records: Records, _ settings: ReplaySettings) {
    let inventory = records.inventory
    let off = Self.switchOffs(records, settings)
    var stretches = off
    for model in inventory.models.values {
      stretches[.model, default: [:]][model.name, default: []] += Self.lifetime(
        from: model.approvedFrom, retiredAt: model.retiredAt)
    }
    for name in off[.model]?.keys ?? [] where inventory.models[name] == nil {
      stretches[.model, default: [:]][name, default: []].append(Stretch(standing: .unlisted, from: .min, to: .max))
    }
    for (name, rows) in inventory.deployments {
      for (index, row) in rows.values.enumerated() {
        guard let retired = row.retiredAt?.microseconds else { continue }
        let end = index + 1 < rows.starts.count ? rows.starts[index + 1] : .max
        stretches[.deployment, default: [:]][name, default: []].append(
          Stretch(standing: .retired, from: max(retired, rows.starts[index]), to: end))
      }
    }
    for (kind, names) in stretches {
      for (name, stretches) in names where !stretches.isEmpty {
        timelines[kind, default: [:]][name] = Self.timeline(stretches)
      }
    }
    for (kind, register) in [(RegisteredKind.agent, inventory.agents), (.tool, inventory.tools)] {
      for entry in register?.values ?? [] {
        timelines[kind, default: [:]][entry.name] = Self.timeline(
          Self.lifetime(from: entry.from, retiredAt: entry.retiredAt))
      }
    }
  }

  /// When each subject was off, by the name that a decision has for it.
  private static func switchOffs(
    _ records: Records, _ settings: ReplaySettings
  ) -> [RegisteredKind: ByName<[Stretch]>] {
    var off: [RegisteredKind: ByName<[Stretch]>] = [:]
    let allowed = Int64(max(0, settings.secondsToSwitchOff)).multipliedReportingOverflow(by: 1_000_000)
    for entry in records.registers.switchOffs ?? [] {
      let start = entry.at.microseconds.addingReportingOverflow(allowed.partialValue)
      if allowed.overflow || start.overflow { continue }
      let stretch = Stretch(
        standing: .switchedOff, from: start.partialValue, to: entry.restoredAt?.microseconds ?? .max)
      switch entry.subjectKind {
      case .model:
        off[.model, default: [:]][records.inventory.aliases[entry.subject] ?? entry.subject, default: []].append(
          stretch)
      case .deployment: off[.deployment, default: [:]][entry.subject, default: []].append(stretch)
      case .provider: off[.provider, default: [:]][entry.subject, default: []].append(stretch)
      }
    }
    guard let deployments = off[.deployment] else { return off }
    // A log may name the endpoint instead; the register says whose it was.
    for (key, rows) in records.inventory.deployments {
      for (index, row) in rows.values.enumerated() where !row.name.utf8.elementsEqual(key.utf8) {
        let end = index + 1 < rows.starts.count ? rows.starts[index + 1] : .max
        for stretch in deployments[row.name] ?? [] {
          off[.deployment, default: [:]][key, default: []].append(
            Stretch(
              standing: .switchedOff, from: max(stretch.from, rows.starts[index]), to: min(stretch.to, end)))
        }
      }
    }
    return off
  }

  private static func lifetime(from: Instant?, retiredAt: Instant?) -> [Stretch] {
    var stretches: [Stretch] = []
    if let from { stretches.append(Stretch(standing: .unlisted, from: .min, to: from.microseconds)) }
    if let retiredAt { stretches.append(Stretch(standing: .retired, from: retiredAt.microseconds, to: .max)) }
    return stretches
  }

  /// Steps of what holds in any of these stretches.
  private static func timeline(_ stretches: [Stretch]) -> Timeline<Standing> {
    var events: [(at: Int64, standing: Standing, change: Int)] = []
    for stretch in stretches where stretch.from < stretch.to {
      events.append((stretch.from, stretch.standing, 1))
      if stretch.to < .max { events.append((stretch.to, stretch.standing, -1)) }
    }
    events.sort { $0.at < $1.at }
    var depths: [UInt8: Int] = [:]
    var now: Standing = []
    var steps = Timeline<Standing>()
    steps.append(from: Instant(microseconds: .min), now)
    for event in events {
      let depth = depths[event.standing.rawValue, default: 0] + event.change
      depths[event.standing.rawValue] = depth
      if depth > 0 { now.insert(event.standing) } else { now.remove(event.standing) }
      steps.append(from: Instant(microseconds: event.at), now)
    }
    return steps
  }
}

/// A name's standings, in a plan's arena.
struct StandingSteps: BitwiseCopyable {
  private var model = Steps<Standing>.none
  private var deployment = Steps<Standing>.none
  private var provider = Steps<Standing>.none
  private var agent = Steps<Standing>.none
  private var tool = Steps<Standing>.none

  init() {}

  @inline(__always)
  subscript(kind: RegisteredKind) -> Steps<Standing> {
    get {
      switch kind {
      case .model: model
      case .deployment: deployment
      case .provider: provider
      case .agent: agent
      case .tool: tool
      }
    }
    set {
      switch kind {
      case .model: model = newValue
      case .deployment: deployment = newValue
      case .provider: provider = newValue
      case .agent: agent = newValue
      case .tool: tool = newValue
      }
    }
  }
}
