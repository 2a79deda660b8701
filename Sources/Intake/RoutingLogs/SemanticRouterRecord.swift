internal import CSimdJSON
internal import EvidenceModel

/// One record of the vLLM Semantic Router: what its members say.
enum SemanticRouterRecord {
  enum Kind {
    /// The line `routing_decision`, which only says what was chosen.
    case routing
    /// A replay record, alone or as the lines `router_replay_start` and `router_replay_complete`.
    case replay
    /// The line `llm_usage`.
    case usage
    case other

    init(_ record: JSONNode) {
      let event = record["event"].text.isEmpty ? record["msg"].text : record["event"].text
      if event.equals("routing_decision") {
        self = .routing
      } else if event.equals("router_replay_start") || event.equals("router_replay_complete") {
        self = .replay
      } else if event.equals("llm_usage") {
        self = .usage
      } else if event.isEmpty, record["selected_model"].isPresent || record["original_model"].isPresent {
        self = .replay
      } else {
        self = .other
      }
    }
  }

  /// Parsers for members that arrive as JSON text, one a member, since their values must live side by side.
  final class Texts {
    fileprivate let signals = JSONParser()
    fileprivate let diagnostics = JSONParser()
    fileprivate let toolTrace = JSONParser()
  }

  static let origins = [
    FieldOrigin(
      field: .agent, provenance: .logged, from: "agent, else user_id; inferred from the first of signals.authz"),
    FieldOrigin(
      field: .dataClass, provenance: .logged,
      from:
        "data_class, else route_diagnostics.annotations.data_class; inferred as pii from signals.pii and pii_detected"),
    FieldOrigin(field: .requestedModel, provenance: .logged, from: "original_model"),
    FieldOrigin(field: .servedModel, provenance: .logged, from: "selected_model, the router's own name of it"),
    FieldOrigin(field: .provider, provenance: .logged, from: "provider"),
    FieldOrigin(
      field: .deployment, provenance: .logged, from: "endpoint, else selected_endpoint; inferred from selected_model"),
    FieldOrigin(field: .claimedRule, provenance: .logged, from: "decision"),
    FieldOrigin(field: .escalatedFrom, provenance: .unknown, from: "not in this format"),
    FieldOrigin(
      field: .trigger, provenance: .inferred,
      from: "classifier where selected_model is not original_model; affinity where the session held the model"),
    FieldOrigin(field: .tools, provenance: .logged, from: "tool_trace.tool_names"),
    FieldOrigin(
      field: .outcome, provenance: .matched,
      from:
        "lifecycle_state, response_status, pii_blocked and jailbreak_detected by a table; inferred where no lifecycle_state stands"
    ),
  ]

  /// Whether nothing more will come of this replay.
  static func isFinal(_ record: JSONNode) -> Bool {
    let event = record["event"].text.isEmpty ? record["msg"].text : record["event"].text
    let state = record["lifecycle_state"].text
    return !event.equals("router_replay_start") && !state.equals("in_progress") && !state.equals("unknown")
  }

  /// Everything but place, time and id.
  static func fill(_ decision: inout GatheredDecision, from record: JSONNode, _ texts: Texts) {
    let signals = object(record["signals"], texts.signals)
    let diagnostics = object(record["route_diagnostics"], texts.diagnostics)
    decision.requestedModel = record["original_model"].logged
    decision.servedModel = record["selected_model"].logged
    decision.claimedRule = record["decision"].logged
    decision.provider = record["provider"].logged
    decision.deployment = record.logged("endpoint", "selected_endpoint")
    if decision.deployment.isEmpty {
      decision.deployment = decision.servedModel
      decision.inferred.insert(.deployment)
    }
    decision.agent = record.logged("agent", "user_id")
    if decision.agent.isEmpty {
      decision.agent = signals["authz"].loggedElements.first ?? ""
      decision.inferred.insert(.agent)
    }
    fillDataClass(&decision, record, signals, diagnostics["annotations"])
    decision.tools = object(record["tool_trace"], texts.toolTrace)["tool_names"].loggedElements
    decision.trigger = trigger(decision, diagnostics)
    decision.inferred.insert(.trigger)
    decision.tokensIn = record["prompt_tokens"].tokens
    decision.tokensOut = record["completion_tokens"].tokens
    let currency = record["currency"].text
    if currency.isEmpty || currency.equals("USD") { decision.costMicros = record["actual_cost"].value.microUnits }
    fillOutcome(&decision, record)
  }

  private static func object(_ node: JSONNode, _ parser: JSONParser) -> JSONNode {
    guard !node.text.isEmpty else { return node }
    var inner: json_value?
    parser.parse(copying: node.text.raw) { inner = $0 }
    return inner.map(JSONNode.init) ?? JSONNode(json_value())
  }

  private static func fillDataClass(
    _ decision: inout GatheredDecision, _ record: JSONNode, _ signals: JSONNode, _ annotations: JSONNode
  ) {
    decision.dataClass = record["data_class"].logged
    if decision.dataClass.isEmpty { decision.dataClass = annotations.logged("data_class", "data-class") }
    guard decision.dataClass.isEmpty else { return }
    if !signals["pii"].loggedElements.isEmpty || record["pii_detected"].boolean == true {
      decision.dataClass = "pii"
      decision.inferred.insert(.dataClass)
    }
  }

  private static func trigger(_ decision: GatheredDecision, _ diagnostics: JSONNode) -> String {
    if !diagnostics["hard_lock_reason"].logged.isEmpty { return "affinity" }
    let action = diagnostics["session_action"].text
    if action.equals("stay") || action.equals("hold") || action.equals("retain") { return "affinity" }
    return decision.servedModel.utf8.elementsEqual(decision.requestedModel.utf8) ? "" : "classifier"
  }

  private static func fillOutcome(_ decision: inout GatheredDecision, _ record: JSONNode) {
    decision.matched = [.outcome]
    let status = record["response_status"].integer ?? 0
    let answered = (200..<300).contains(status)
    let state = record["lifecycle_state"].text
    let isStart = record["event"].text.equals("router_replay_start") || record["msg"].text.equals("router_replay_start")
    if record["pii_blocked"].boolean == true {
      decision.outcome = .blocked
    } else if record["jailbreak_detected"].boolean == true, !(answered && decision.tokensOut > 0) {
      // Detection may only steer; an answer with tokens was not refused.
      decision.outcome = .blocked
    } else if state.equals("completed") {
      decision.outcome = answered || status == 0 ? .success : status == 403 || status == 451 ? .blocked : .error
    } else if !state.isEmpty || isStart {
      decision.outcome = .error
    } else {
      // Routers before the lifecycle, and the line routing_decision, which knows no status.
      decision.outcome = answered ? .success : status == 403 || status == 451 ? .blocked : .error
      decision.inferred.insert(.outcome)
    }
  }
}
