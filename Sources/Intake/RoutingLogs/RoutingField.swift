package import EvidenceModel

/// The fields of a decision that may be empty, or whose value may be derived. What became of each is counted.
package enum RoutingField: String, Sendable, CaseIterable {
  case agent
  case dataClass = "data_class"
  case requestedModel = "requested_model"
  case servedModel = "served_model"
  case provider, deployment
  case claimedRule = "rule_id"
  case escalatedFrom = "escalated_from"
  case trigger, tools, outcome
  // What replay finds by the deployment.
  case jurisdiction, hosting
}

/// A set of fields.
package struct RoutingFields: OptionSet, Sendable, Hashable, BitwiseCopyable {
  package var rawValue: UInt16

  @inline(__always) package init(rawValue: UInt16) { self.rawValue = rawValue }

  package static let agent = RoutingFields(rawValue: 1 << 0)
  package static let dataClass = RoutingFields(rawValue: 1 << 1)
  package static let requestedModel = RoutingFields(rawValue: 1 << 2)
  package static let servedModel = RoutingFields(rawValue: 1 << 3)
  package static let provider = RoutingFields(rawValue: 1 << 4)
  package static let deployment = RoutingFields(rawValue: 1 << 5)
  package static let claimedRule = RoutingFields(rawValue: 1 << 6)
  package static let escalatedFrom = RoutingFields(rawValue: 1 << 7)
  package static let trigger = RoutingFields(rawValue: 1 << 8)
  package static let tools = RoutingFields(rawValue: 1 << 9)
  package static let outcome = RoutingFields(rawValue: 1 << 10)
  package static let jurisdiction = RoutingFields(rawValue: 1 << 11)
  package static let hosting = RoutingFields(rawValue: 1 << 12)

  package init(_ field: RoutingField) {
    self =
      switch field {
      case .agent: .agent
      case .dataClass: .dataClass
      case .requestedModel: .requestedModel
      case .servedModel: .servedModel
      case .provider: .provider
      case .deployment: .deployment
      case .claimedRule: .claimedRule
      case .escalatedFrom: .escalatedFrom
      case .trigger: .trigger
      case .tools: .tools
      case .outcome: .outcome
      case .jurisdiction: .jurisdiction
      case .hosting: .hosting
      }
  }
}

/// How a format fills one field, for the source's page. Which of several ways was taken is counted record by record.
package struct FieldOrigin: Sendable, Hashable {
  package var field: RoutingField
  package var provenance: Provenance
  /// Where the value stands in the log, in the format's own words.
  package var from: String

  package init(field: RoutingField, provenance: Provenance, from: String) {
    self.field = field
    self.provenance = provenance
    self.from = from
  }
}
