/// A credential for a model endpoint: what is known of it, never the secret itself.
package struct Credential: Sendable, Hashable {
  /// As the logs name it (`api_key_alias`).
  package var name: String
  package var owner: String?
  package var environment: String?
  /// Deployments it is meant for; empty: not stated.
  package var deployments: [NamePattern]
  /// Models it may reach; empty: not stated.
  package var models: [NamePattern]
  /// Agents it was given to; empty: not stated.
  package var agents: [NamePattern]
  package var createdAt: Instant?
  package var rotatedAt: Instant?
  package var revokedAt: Instant?
  /// It was found in clear text somewhere; nil: nobody looked.
  package var isInClear: Bool?
  package var place: RegisterPlace

  package init(
    name: String, owner: String? = nil, environment: String? = nil, deployments: [NamePattern] = [],
    models: [NamePattern] = [], agents: [NamePattern] = [], createdAt: Instant? = nil, rotatedAt: Instant? = nil,
    revokedAt: Instant? = nil, isInClear: Bool? = nil, place: RegisterPlace
  ) {
    self.name = name
    self.owner = owner
    self.environment = environment
    self.deployments = deployments
    self.models = models
    self.agents = agents
    self.createdAt = createdAt
    self.rotatedAt = rotatedAt
    self.revokedAt = revokedAt
    self.isInClear = isInClear
    self.place = place
  }
}

/// Terms with a provider, on file.
package struct ProviderTerms: Sendable, Hashable {
  package var provider: String
  package var from: Instant
  /// The first instant at which they no longer hold; nil: open.
  package var until: Instant?
  /// Where data may be processed; empty: not stated.
  package var jurisdictions: [String]
  /// Data classes that the terms cover; empty: not stated.
  package var dataClasses: [String]
  /// What the terms say of use of the data, of retention, and of notice of incidents; empty: not stated.
  package var dataUse: String
  package var retention: String
  package var incidentNotice: String
  /// Name of the document on file.
  package var document: String
  package var place: RegisterPlace

  package init(
    provider: String, from: Instant, until: Instant? = nil, jurisdictions: [String] = [], dataClasses: [String] = [],
    dataUse: String = "", retention: String = "", incidentNotice: String = "", document: String = "",
    place: RegisterPlace
  ) {
    self.provider = provider
    self.from = from
    self.until = until
    self.jurisdictions = jurisdictions
    self.dataClasses = dataClasses
    self.dataUse = dataUse
    self.retention = retention
    self.incidentNotice = incidentNotice
    self.document = document
    self.place = place
  }
}
