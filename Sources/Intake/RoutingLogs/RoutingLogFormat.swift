internal import EvidenceModel

/// The routing log formats that Tenure reads.
package enum RoutingLogFormat: Sendable, Hashable {
  case native, litellm, openrouter, otlp, openclaw, openclawSession, semanticRouter, envoy, bifrost
  /// Any other format, by way of a field map.
  case mapped(FieldMap)

  /// Those that need no field map, in the order in which a record is compared with them.
  package static let builtIn: [RoutingLogFormat] = [
    .native, .litellm, .openclaw, .openclawSession, .semanticRouter, .envoy, .openrouter, .otlp, .bifrost,
  ]

  package static var all: [RoutingLogFormat] { builtIn + FieldMap.presets.map { .mapped($0) } }

  /// As a configuration names it.
  package var name: String {
    switch self {
    case .native: "native"
    case .litellm: "litellm"
    case .openrouter: "openrouter"
    case .otlp: "otlp"
    case .openclaw: "openclaw"
    case .openclawSession: "openclaw-session"
    case .semanticRouter: "semantic-router"
    case .envoy: "envoy-ai-gateway"
    case .bifrost: "bifrost"
    case .mapped(let map): map.name
    }
  }

  /// The format of that name.
  package init?(name: String) {
    guard let found = Self.all.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  /// The shape of a log whose beginning shows none: the configuration says its format and no more.
  package var statedShape: LogShape {
    if case .mapped(let map) = self, map.isTable { return .rows }
    return .lines
  }

  /// What a store calls it: a field map that has changed is another format.
  package var identity: String {
    if case .mapped(let map) = self { return "\(map.name)+\(map.digest.prefix(12))" }
    return name
  }

  /// The format that a store calls so; nil where that was a field map that has changed since.
  ///
  /// - Parameter named: formats that the configuration names, such as a user's own field map.
  package init?(identity: String, named: [RoutingLogFormat] = []) {
    guard let found = (Self.all + named).first(where: { $0.identity == identity }) else { return nil }
    self = found
  }

  /// Whether its records need to be seen in their order: several make one decision, or one holds several.
  package var isGathered: Bool { makeGatherer() != nil }

  /// For formats in which every record is a decision of its own; nil for others.
  package func makeReader() -> (any RoutingLogReader)? {
    switch self {
    case .native: NativeLogReader()
    case .litellm: LiteLLMSpendLogReader()
    case .openrouter: OpenRouterReader()
    case .mapped(let map): map.makeReader()
    case .otlp, .openclaw, .openclawSession, .semanticRouter, .envoy, .bifrost: nil
    }
  }

  package func makeGatherer() -> (any RecordGatherer)? {
    switch self {
    case .otlp: OTLPGatherer()
    case .openclaw: OpenClawLogGatherer()
    case .openclawSession: OpenClawSessionGatherer()
    case .semanticRouter: SemanticRouterGatherer()
    case .envoy: EnvoyAccessLogGatherer()
    case .bifrost: BifrostGatherer()
    case .mapped(let map): map.makeGatherer()
    case .native, .litellm, .openrouter: nil
    }
  }

  package var origins: [FieldOrigin] {
    switch self {
    case .native: NativeLogReader.origins
    case .litellm: LiteLLMSpendLogReader.origins
    case .openrouter: OpenRouterReader.origins
    case .otlp: OTLPGatherer.origins
    case .openclaw: OpenClawLogGatherer.origins
    case .openclawSession: OpenClawSessionGatherer.origins
    case .semanticRouter: SemanticRouterGatherer.origins
    case .envoy: EnvoyAccessLogGatherer.origins
    case .bifrost: BifrostGatherer.origins
    case .mapped(let map): map.origins
    }
  }

  /// What shows that a record is of this format; nil when nothing does.
  func recognises(_ record: JSONNode) -> String? {
    switch self {
    case .native: NativeLogReader.recognises(record)
    case .litellm: LiteLLMSpendLogReader.recognises(record)
    case .openrouter: OpenRouterReader.recognises(record)
    case .otlp: OTLPGatherer.recognises(record)
    case .openclaw: OpenClawLogGatherer.recognises(record)
    case .openclawSession: OpenClawSessionGatherer.recognises(record)
    case .semanticRouter: SemanticRouterGatherer.recognises(record)
    case .envoy: EnvoyAccessLogGatherer.recognises(record)
    case .bifrost: BifrostGatherer.recognises(record)
    case .mapped(let map): map.recognises(record)
    }
  }
}
