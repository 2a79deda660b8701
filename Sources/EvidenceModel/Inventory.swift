/// A model of the inventory.
package struct Model: Sendable, Hashable {
  package var name: String
  /// Higher is more trusted or more capable; a model that the inventory lacks has tier 0.
  package var tier: Int
  package var owner: String?
  /// From when on it may be used, and from when on no longer; nil: not bounded.
  package var approvedFrom: Instant?
  package var retiredAt: Instant?

  package init(
    name: String, tier: Int, owner: String? = nil, approvedFrom: Instant? = nil, retiredAt: Instant? = nil
  ) {
    self.name = name
    self.tier = tier
    self.owner = owner
    self.approvedFrom = approvedFrom
    self.retiredAt = retiredAt
  }
}

/// An agent or a tool of the inventory.
package struct InventoryEntry: Sendable, Hashable {
  package var name: String
  package var owner: String?
  package var from: Instant?
  package var retiredAt: Instant?

  package init(name: String, owner: String? = nil, from: Instant? = nil, retiredAt: Instant? = nil) {
    self.name = name
    self.owner = owner
    self.from = from
    self.retiredAt = retiredAt
  }
}

/// Who runs a deployment.
package enum Hosting: UInt8, Sendable, CaseIterable, BitwiseCopyable {
  case managed, selfHosted

  package var name: String {
    switch self {
    case .managed: "managed"
    case .selfHosted: "self-hosted"
    }
  }

  package init?(name: String) {
    guard let match = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }
}

/// From an instant on, a deployment stands in a jurisdiction.
package struct Deployment: Sendable, Hashable {
  package var name: String
  package var provider: String
  package var jurisdiction: String
  package var effectiveFrom: Instant
  /// The endpoint by which a log may name it instead: a URL or a host.
  package var endpoint: String?
  package var hosting: Hosting?
  package var owner: String?
  package var environment: String?
  /// From when on it may not be used any more; nil: not retired.
  package var retiredAt: Instant?

  package init(
    name: String, provider: String, jurisdiction: String, effectiveFrom: Instant, endpoint: String? = nil,
    hosting: Hosting? = nil, owner: String? = nil, environment: String? = nil, retiredAt: Instant? = nil
  ) {
    self.name = name
    self.provider = provider
    self.jurisdiction = jurisdiction
    self.effectiveFrom = effectiveFrom
    self.endpoint = endpoint
    self.hosting = hosting
    self.owner = owner
    self.environment = environment
    self.retiredAt = retiredAt
  }
}

/// Models, deployments, agents and tools that are on record.
package struct Inventory: Sendable {
  package var models: ByName<Model>
  /// Alias to model name.
  package var aliases: ByName<String>
  package var deployments: ByName<Timeline<Deployment>>
  package var hasModels: Bool
  package var hasDeployments: Bool
  /// Nil where no register of them was given.
  package var agents: ByName<InventoryEntry>?
  package var tools: ByName<InventoryEntry>?

  /// - Parameter deployments: in the order of their source; of rows with one instant the last counts.
  package init(
    models: [Model] = [], aliases: ByName<String> = [:], deployments: [Deployment] = [],
    hasModels: Bool = false, hasDeployments: Bool = false, agents: [InventoryEntry]? = nil,
    tools: [InventoryEntry]? = nil
  ) {
    self.models = [:]
    for model in models { self.models[model.name] = model }
    self.aliases = aliases
    self.hasModels = hasModels
    self.hasDeployments = hasDeployments
    func byName(_ entries: [InventoryEntry]) -> ByName<InventoryEntry> {
      var table: ByName<InventoryEntry> = [:]
      for entry in entries { table[entry.name] = entry }
      return table
    }
    self.agents = agents.map(byName)
    self.tools = tools.map(byName)
    self.deployments = [:]
    let sorted = deployments.enumerated().sorted {
      ($0.element.effectiveFrom, $0.offset) < ($1.element.effectiveFrom, $1.offset)
    }
    for (_, deployment) in sorted {
      self.deployments[deployment.name, default: Timeline()]
        .append(from: deployment.effectiveFrom, deployment)
      if let endpoint = deployment.endpoint, !endpoint.utf8.elementsEqual(deployment.name.utf8) {
        self.deployments[endpoint, default: Timeline()].append(from: deployment.effectiveFrom, deployment)
      }
    }
  }

  package static let unknownJurisdiction = "unknown"
}
