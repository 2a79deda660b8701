internal import CSimdJSON
internal import EvidenceModel

/// Envoy AI Gateway's access log, in the keys that its documentation uses. Every record is one decision, but for traffic
/// that asks no model, such as MCP calls. Described in `docs/formats/envoy-access-log.md`.
final class EnvoyAccessLogGatherer: RecordGatherer {
  static let origins = [
    FieldOrigin(
      field: .agent, provenance: .logged,
      from: "gen_ai.agent.name, gen_ai.agent.id, agent.name, agent.id or x-agent-id; inferred from user.id or x-user-id"
    ),
    FieldOrigin(field: .dataClass, provenance: .logged, from: "data_class, data.class or x-data-class"),
    FieldOrigin(
      field: .requestedModel, provenance: .logged,
      from: "gen_ai.original.model, else gen_ai.request.model, else x-ai-eg-model"),
    FieldOrigin(
      field: .servedModel, provenance: .logged,
      from: "gen_ai.response.model, else gen_ai.request.model_override; inferred from gen_ai.request.model"),
    FieldOrigin(
      field: .provider, provenance: .inferred,
      from: "the backend of gen_ai.provider.name; logged where that is no route"),
    FieldOrigin(
      field: .deployment, provenance: .logged, from: "the backend of gen_ai.provider.name, else upstream_host"),
    FieldOrigin(
      field: .claimedRule, provenance: .logged,
      from: "gen_ai.provider.name, else upstream_cluster, else route_name: route and place of the rule"),
    FieldOrigin(
      field: .escalatedFrom, provenance: .inferred,
      from: "the requested model, where a later backend of the rule (ref above 0) answered with another model"),
    FieldOrigin(
      field: .trigger, provenance: .inferred,
      from: "error, where the model changed and upstream_request_attempt_count is above 1"),
    FieldOrigin(field: .tools, provenance: .logged, from: "mcp.tool.name"),
    FieldOrigin(
      field: .outcome, provenance: .matched,
      from: "response_code, response_flags and response_code_details, put into words by a table"),
  ]

  static func recognises(_ record: JSONNode) -> String? {
    if EnvoyRouteText.rule(of: record["upstream_cluster"].logged) != nil {
      return "upstream_cluster names an HTTPRoute"
    }
    if EnvoyRouteText.backend(of: record["gen_ai.provider.name"].logged) != nil {
      return "gen_ai.provider.name names a route's rule"
    }
    guard record["response_code"].isPresent, record["start_time"].isPresent else { return nil }
    if record["gen_ai.request.model"].isPresent { return "has response_code, start_time and gen_ai.request.model" }
    return record["mcp.method.name"].isPresent ? "has response_code, start_time and mcp.method.name" : nil
  }

  private let parser = JSONParser()

  func take(_ record: UnsafeRawBufferPointer, at position: SourcePosition, into gathered: inout Gathered) {
    guard let root = parser.parse(record) else { return gathered.reject(record, at: position, .notJSON) }
    guard root.kind == JSON_OBJECT else { return gathered.reject(record, at: position, .notAnObject) }
    let node = JSONNode(root)
    var decision = GatheredDecision(at: position, of: record)
    fillModels(&decision, node)
    if decision.requestedModel.isEmpty, decision.servedModel.isEmpty, Self.asksNoModel(node) {
      gathered.other += 1
      return
    }
    guard let time = Self.time(of: node) else { return gathered.reject(record, at: position, .badInstant) }
    (decision.at, decision.zoneAssumed) = time
    decision.requestID = node.logged("x-request-id", "request_id", "request.id")
    guard let outcome = Self.outcome(of: node) else { return gathered.reject(record, at: position, .unknownOutcome) }
    decision.outcome = outcome
    decision.matched = [.outcome]
    fillRoute(&decision, node)
    fillCaller(&decision, node)
    gathered.add(decision)
  }

  func finish(into gathered: inout Gathered) {}

  private static func time(of node: JSONNode) -> (at: Instant, zoneAssumed: Bool)? {
    node["start_time"].loggedInstant ?? node["timestamp"].loggedInstant ?? node["@timestamp"].loggedInstant
      ?? node["time"].loggedInstant
  }

  /// Whether the request was none for a model: a call of MCP, or a path under which no model answers.
  private static func asksNoModel(_ node: JSONNode) -> Bool {
    let isMCP =
      !node.logged("mcp.method.name", "mcp.provider.name", "mcp.tool.name", "mcp.session.id", "jsonrpc.request.id")
      .isEmpty
    if isMCP || ["GET", "HEAD", "OPTIONS"].contains(node.logged("method", ":method")) { return true }
    let path = node.logged("x-envoy-origin-path", "request.path", ":path", "path")
    if path.isEmpty { return false }
    let bare = path.prefix { $0 != "?" }
    return !modelPaths.contains { bare.utf8.count >= $0.utf8.count && bare.hasSuffix($0) }
      && !bare.contains("/models/") && !bare.contains("/model/")
  }

  private static let modelPaths = [
    "/chat/completions", "/completions", "/messages", "/responses", "/embeddings", "/images/generations", "/rerank",
    "/audio/speech", "/audio/transcriptions", "/tokenize",
  ]

  private func fillModels(_ decision: inout GatheredDecision, _ node: JSONNode) {
    let routed = node.logged("gen_ai.request.model", "x-ai-eg-model")
    decision.requestedModel = node["gen_ai.original.model"].logged
    if decision.requestedModel.isEmpty { decision.requestedModel = routed }
    decision.servedModel = node.logged("gen_ai.response.model", "gen_ai.request.model_override")
    if decision.servedModel.isEmpty {
      decision.servedModel = routed
      decision.inferred.insert(.servedModel)
    }
  }

  private func fillRoute(_ decision: inout GatheredDecision, _ node: JSONNode) {
    let provider = node["gen_ai.provider.name"].logged
    let backend = EnvoyRouteText.backend(of: provider)
    if let backend {
      decision.claimedRule = provider
      decision.provider = backend.name
      decision.deployment = backend.name
      decision.inferred.insert(.provider)
    } else {
      decision.claimedRule =
        EnvoyRouteText.rule(of: node["upstream_cluster"].logged) ?? EnvoyRouteText.rule(of: node["route_name"].logged)
        ?? ""
      decision.provider = provider
      decision.deployment = node["upstream_host"].logged
    }
    let moved = !decision.servedModel.utf8.elementsEqual(decision.requestedModel.utf8)
    guard moved, decision.outcome == .success else { return }
    if let backend, backend.place > 0 {
      decision.escalatedFrom = decision.requestedModel
      decision.inferred.insert(.escalatedFrom)
    }
    if node["upstream_request_attempt_count"].integer ?? 0 > 1 {
      decision.trigger = "error"
      decision.inferred.insert(.trigger)
    }
  }

  private func fillCaller(_ decision: inout GatheredDecision, _ node: JSONNode) {
    decision.agent = node.logged("gen_ai.agent.name", "gen_ai.agent.id", "agent.name", "agent.id", "x-agent-id")
    if decision.agent.isEmpty {
      decision.agent = node.logged("user.id", "x-user-id")
      decision.inferred.insert(.agent)
    }
    decision.dataClass = node.logged("data_class", "data.class", "x-data-class")
    let tool = node["mcp.tool.name"].logged
    decision.tools = tool.isEmpty ? [] : [tool]
    decision.tokensIn = node["gen_ai.usage.input_tokens"].tokens
    decision.tokensOut = node["gen_ai.usage.output_tokens"].tokens
  }

  /// Nil where no status was logged.
  private static func outcome(of node: JSONNode) -> Outcome? {
    guard let code = node["response_code"].integer ?? node["response.code"].integer, (0...999).contains(code) else {
      return nil
    }
    if (200..<300).contains(code) { return .success }
    let flags = node["response_flags"].logged.split(separator: ",")
    // Envoy's own limits and its external authorisation, not those of a provider.
    let isOwn = flags.contains { ["RL", "UAEX", "RLSE"].contains($0) }
    let details = node["response_code_details"].logged
    switch code {
    // A provider that refuses is no policy of this gateway.
    case 403: return details == "via_upstream" && !isOwn ? .error : .blocked
    case 401: return isOwn || !["", "via_upstream"].contains(details) ? .blocked : .error
    case 429: return isOwn || details.contains("rate_limited") ? .blocked : .error
    default: return .error
    }
  }
}

/// Texts by which Envoy AI Gateway names the rule of a route.
enum EnvoyRouteText {
  /// Backend and its place among the rule's backends, of `<ns>/<backend>/route/<route>/rule/<i>/ref/<j>`.
  static func backend(of text: String) -> (name: String, place: Int)? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 8, parts[2] == "route", parts[4] == "rule", Int(parts[5]) != nil, parts[6] == "ref",
      let place = Int(parts[7]), !parts[1].isEmpty
    else { return nil }
    return (String(parts[1]), place)
  }

  /// `httproute/<ns>/<route>/rule/<i>` at the beginning of a text; what follows it is left out.
  static func rule(of text: String) -> String? {
    let parts = text.split(separator: "/", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count >= 5, parts[0] == "httproute", parts[3] == "rule", Int(parts[4]) != nil else { return nil }
    return parts[..<5].joined(separator: "/")
  }
}
