internal import CSimdJSON
internal import EvidenceModel

/// Bifrost's request logs: the rows of one request, its first attempt and its fallbacks, make one decision. Described in
/// `docs/formats/bifrost-log.md`.
final class BifrostGatherer: RecordGatherer {
  static let origins = [
    FieldOrigin(
      field: .agent, provenance: .logged,
      from: "metadata.agent, else metadata.agent_id; inferred from virtual_key_name, else team_name, else user_id"),
    FieldOrigin(field: .dataClass, provenance: .logged, from: "metadata.data_class, else metadata.data-class"),
    FieldOrigin(
      field: .requestedModel, provenance: .logged,
      from: "alias; inferred from provider/model of the row with fallback_index 0"),
    FieldOrigin(field: .servedModel, provenance: .logged, from: "provider/model of the last successful row"),
    FieldOrigin(field: .provider, provenance: .logged, from: "provider"),
    FieldOrigin(field: .deployment, provenance: .inferred, from: "selected_key_name, else provider"),
    FieldOrigin(field: .claimedRule, provenance: .logged, from: "routing_rule_id, else routing_rule_name"),
    FieldOrigin(
      field: .escalatedFrom, provenance: .inferred,
      from: "provider/model of the row with fallback_index 0, where a fallback answered"),
    FieldOrigin(
      field: .trigger, provenance: .matched, from: "error_details of the first failed row, put into words by a table"),
    FieldOrigin(field: .tools, provenance: .logged, from: "function.name of tools[], else of tool_calls[]"),
    FieldOrigin(field: .outcome, provenance: .matched, from: "status and error_details, put into words by a table"),
  ]

  static func recognises(_ record: JSONNode) -> String? {
    record["fallback_index"].isPresent && record["provider"].isPresent
      && (record["routing_engines_used"].isPresent || record["parent_request_id"].isPresent
        || record["number_of_retries"].isPresent)
      ? "has fallback_index and a routing member of Bifrost" : nil
  }

  /// One row.
  private struct Attempt {
    var id: String
    /// 0 is the first attempt.
    var index: Int64
    var isFinished: Bool
    var model: String
    var alias: String
    /// Why it failed; empty where it did not.
    var trigger: String
    var decision: GatheredDecision
  }

  /// A chain is a few models long; a longer one is handed out as far as it is known.
  private static let mostAttempts = 64

  private let parser = JSONParser()
  private var requests = RecordWindow<[Attempt]>()

  func take(_ record: UnsafeRawBufferPointer, at position: SourcePosition, into gathered: inout Gathered) {
    guard let root = parser.parse(record) else { return gathered.reject(record, at: position, .notJSON) }
    guard root.kind == JSON_OBJECT else { return gathered.reject(record, at: position, .notAnObject) }
    let row = JSONNode(root)
    guard row["fallback_index"].isPresent || row["model"].isPresent, !row["object"].text.equals("list_models") else {
      gathered.other += 1
      return
    }
    guard let time = row["timestamp"].loggedInstant else { return gathered.reject(record, at: position, .badInstant) }
    let id = row["id"].logged
    guard !id.isEmpty else { return gathered.reject(record, at: position, .emptyRequestID) }
    guard let outcome = Self.outcome(of: row) else { return gathered.reject(record, at: position, .unknownOutcome) }
    let parent = row["parent_request_id"].logged
    let request = parent.isEmpty ? id : parent

    var attempt = Attempt(
      id: id, index: max(0, row["fallback_index"].integer ?? 0), isFinished: !row["status"].text.equals("processing"),
      model: QualifiedModel.name(provider: row["provider"].logged, model: row["model"].logged),
      alias: row["alias"].logged, trigger: outcome == .success ? "" : Self.trigger(of: row),
      decision: GatheredDecision(at: position, of: record))
    (attempt.decision.at, attempt.decision.zoneAssumed) = time
    attempt.decision.requestID = request
    attempt.decision.outcome = outcome
    fill(&attempt.decision, from: row)

    var attempts = requests.take(request) ?? []
    add(attempt, to: &attempts, into: &gathered)
    if attempts.count >= Self.mostAttempts {
      handOut(attempts, into: &gathered)
    } else {
      let size = attempts.reduce(0) { $0 + $1.decision.heldBytes + $1.model.utf8.count + $1.alias.utf8.count }
      requests.put(attempts, at: request, size: size).forEach { handOut($0, into: &gathered) }
    }
  }

  func finish(into gathered: inout Gathered) { requests.takeAll().forEach { handOut($0, into: &gathered) } }

  /// The same row comes twice where pages of an API overlap.
  private func add(_ attempt: Attempt, to attempts: inout [Attempt], into gathered: inout Gathered) {
    guard let known = attempts.firstIndex(where: { $0.id.utf8.elementsEqual(attempt.id.utf8) }) else {
      return attempts.append(attempt)
    }
    gathered.folded += 1
    if attempt.isFinished || !attempts[known].isFinished { attempts[known] = attempt }
  }

  private func handOut(_ attempts: [Attempt], into gathered: inout Gathered) {
    let chain = attempts.enumerated().sorted { ($0.element.index, $0.offset) < ($1.element.index, $1.offset) }.map(
      \.element)
    guard let first = chain.first, let last = chain.last else { return }
    let deciding = chain.last { $0.decision.outcome == .success } ?? last
    gathered.folded += chain.count - 1
    var decision = deciding.decision
    for other in chain where other.decision.position != decision.position {
      decision.addCost(other.decision.costMicros)
    }

    decision.requestedModel = chain.lazy.map(\.alias).first { !$0.isEmpty } ?? ""
    if decision.requestedModel.isEmpty {
      // Without its first row nothing says what was asked for.
      decision.requestedModel = first.index == 0 ? first.model : ""
      decision.inferred.insert(.requestedModel)
    }
    if decision.outcome == .success { decision.servedModel = deciding.model }
    if deciding.index > first.index || decision.outcome != .success {
      decision.trigger = chain.lazy.map(\.trigger).first { !$0.isEmpty } ?? ""
    }
    if decision.outcome == .success, deciding.index > 0, first.index == 0,
      !first.model.utf8.elementsEqual(deciding.model.utf8)
    {
      decision.escalatedFrom = first.model
      decision.inferred.insert(.escalatedFrom)
    }
    gathered.add(decision)
  }

  private func fill(_ decision: inout GatheredDecision, from row: JSONNode) {
    let metadata = row["metadata"]
    decision.agent = metadata.logged("agent", "agent_id")
    if decision.agent.isEmpty {
      decision.agent = row.logged("virtual_key_name", "team_name", "user_id")
      decision.inferred.insert(.agent)
    }
    decision.dataClass = metadata.logged("data_class", "data-class")
    decision.provider = row["provider"].logged
    decision.deployment = row.logged("selected_key_name", "provider")
    decision.inferred.insert(.deployment)
    decision.claimedRule = row.logged("routing_rule_id", "routing_rule_name")
    decision.tools = Self.names(row["tools"])
    if decision.tools.isEmpty { decision.tools = Self.names(row["tool_calls"]) }
    if decision.tools.isEmpty { decision.tools = Self.names(row["output_message"]["tool_calls"]) }
    decision.tokensIn = row["token_usage"]["prompt_tokens"].tokens
    decision.tokensOut = row["token_usage"]["completion_tokens"].tokens
    decision.costMicros = row["cost"].value.microUnits
    decision.matched = [.outcome, .trigger]
  }

  private static func names(_ tools: JSONNode) -> [String] {
    tools.elements.compactMap { $0["function"]["name"].string ?? $0["name"].string }
  }

  private static func errorType(of row: JSONNode) -> String { row["error_details"]["error"].logged("type", "code") }

  /// Nil for a status that is none of Bifrost's.
  private static func outcome(of row: JSONNode) -> Outcome? {
    let status = row["status"].text
    if status.equals("success") { return .success }
    guard status.equals("error") || status.equals("processing") || status.equals("cancelled") else { return nil }
    return refusals.contains(errorType(of: row)) ? .blocked : .error
  }

  /// What Bifrost's governance and guardrails answer themselves.
  private static let refusals: Set = [
    "virtual_key_required", "virtual_key_blocked", "model_blocked", "provider_blocked", "budget_exceeded",
    "rate_limited",
    "token_limited", "request_limited", "guardrail_intervened", "guardrail_violation",
  ]

  private static func trigger(of row: JSONNode) -> String {
    switch errorType(of: row) {
    case "budget_exceeded": "budget"
    case "rate_limited", "token_limited", "request_limited": "rate-limit"
    case "content_filter", "guardrail_intervened", "guardrail_violation": "content-policy"
    case "context_length_exceeded": "context-window"
    case "request_cancelled", "timeout", "request_timeout": "timeout"
    default: FailureWord.of(status: row["error_details"]["status_code"].integer ?? 0)?.description ?? "error"
    }
  }
}
