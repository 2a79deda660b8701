/// A model of the inventory.
package struct Model: Sendable, Hashable {
  package var name: String
  /// Higher is more trusted or more capable; a model that the inventory lacks has tier 0.
  package var tier: Int

  package init(name: String, tier: Int) {
    self.name = name
    self.tier = tier
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

  package init(
    name: String, provider: String, jurisdiction: String, effectiveFrom: Instant, endpoint: String? = nil,
    hosting: Hosting? = nil
  ) {
    self.name = name
    self.provider = provider
    self.jurisdiction = jurisdiction
    self.effectiveFrom = effectiveFrom
    self.endpoint = endpoint
    self.hosting = hosting
  }
}

/// Models and deployments that are on record.
package struct Inventory: Sendable {
  package var models: ByName<Model>
  /// Alias to model name.
  package var aliases: ByName<String>
  package var deployments: ByName<Timeline<Deployment>>
  package var hasModels: Bool
  package var hasDeployments: Bool

  /// - Parameter deployments: in the order of their source; of rows with one instant the last counts.
  package init(
    models: [Model] = [], aliases: ByName<String> = [:], deployments: [Deployment] = [],
    hasModels: Bool = false, hasDeployments: Bool = false
  ) {
    self.models = [:]
    for model in models { self.models[model.name] = model }
    self.aliases = aliases
    self.hasModels = hasModels
    self.hasDeployments = hasDeployments
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
