internal import CSimdJSON
internal import EvidenceModel

/// LiteLLM's spend rows and StandardLoggingPayload. Described in `docs/formats/litellm-spend-log.md`.
///
/// Both the requested and the served model are group names, the words in which the config speaks; the provider's own
/// model name stands in only where no group was logged. The log names no rule.
final class LiteLLMSpendLogReader: RoutingLogReader {
  private enum Key: Int, CaseIterable {
    case requestID = 0, id, startTime, model, modelID, modelGroup, provider, apiBase, user, status
    case promptTokens, completionTokens, spend, responseCost, metadata, requestTags, agentID, tool

    var name: String {
      switch self {
      case .requestID: "request_id"
      case .id: "id"
      case .startTime: "startTime"
      case .model: "model"
      case .modelID: "model_id"
      case .modelGroup: "model_group"
      case .provider: "custom_llm_provider"
      case .apiBase: "api_base"
      case .user: "user"
      case .status: "status"
      case .promptTokens: "prompt_tokens"
      case .completionTokens: "completion_tokens"
      case .spend: "spend"
      case .responseCost: "response_cost"
      case .metadata: "metadata"
      case .requestTags: "request_tags"
      case .agentID: "agent_id"
      case .tool: "mcp_namespaced_tool_name"
      }
    }
  }

  private enum Detail: Int, CaseIterable {
    case keyAlias, attemptedFallbacks, originalGroup, routingDecision, spendMetadata, requesterMetadata, error

    var name: String {
      switch self {
      case .keyAlias: "user_api_key_alias"
      case .attemptedFallbacks: "attempted_fallbacks"
      case .originalGroup: "original_model_group"
      case .routingDecision: "routing_decision"
      case .spendMetadata: "spend_logs_metadata"
      case .requesterMetadata: "requester_metadata"
      case .error: "error_information"
      }
    }
  }

  static let origins = [
    FieldOrigin(
      field: .agent, provenance: .logged,
      from: "agent_id; inferred from metadata.user_api_key_alias, else user"),
    FieldOrigin(
      field: .dataClass, provenance: .logged,
      from:
        "metadata.spend_logs_metadata.data_class, else requester_metadata.data_class; inferred from a request tag that begins with data:"
    ),
    FieldOrigin(
      field: .requestedModel, provenance: .logged,
      from:
        "metadata.original_model_group, else routing_decision.router_model_name; inferred from model_group, else model"),
    FieldOrigin(field: .servedModel, provenance: .logged, from: "model_group, else model"),
    FieldOrigin(field: .provider, provenance: .logged, from: "custom_llm_provider"),
    FieldOrigin(field: .deployment, provenance: .logged, from: "model_id, else api_base"),
    FieldOrigin(field: .claimedRule, provenance: .unknown, from: "not in this format"),
    FieldOrigin(
      field: .escalatedFrom, provenance: .logged,
      from: "metadata.original_model_group, where attempted_fallbacks is above 0"),
    FieldOrigin(field: .trigger, provenance: .matched, from: "routing_decision.cause, put into words by a table"),
    FieldOrigin(field: .tools, provenance: .logged, from: "mcp_namespaced_tool_name"),
    FieldOrigin(
      field: .outcome, provenance: .matched, from: "status and error_information.error_class, put into words by a table"
    ),
  ]

  static func recognises(_ record: JSONNode) -> String? {
    guard !record["startTime"].isMissing else { return nil }
    if !record["request_id"].isMissing, !record["spend"].isMissing { return "has request_id, startTime and spend" }
    if !record["id"].isMissing, !record["response_cost"].isMissing { return "has id, startTime and response_cost" }
    return nil
  }

  private let parser = JSONParser()
  /// For metadata that arrives as JSON text; its values must outlive the row's own.
  private let textParser = JSONParser()
  private let tagParser = JSONParser()
  private var textCopy: [UInt8] = []
  private var tagCopy: [UInt8] = []
  private let keys = JSONKeys(Key.allCases.map(\.name))
  private let detailKeys = JSONKeys(Detail.allCases.map(\.name))
  private let routingKeys = JSONKeys(["router_model_name", "cause"])
  private let errorKeys = JSONKeys(["error_class"])
  private let classKeys = JSONKeys(["data_class"])
  private let values, details, routing, errors, classes: UnsafeMutablePointer<json_value>
  private var tools = TextList()
  private var tags = TextList()
  private let credentialName = CredentialName()

  init() {
    values = keys.makeValues()
    details = detailKeys.makeValues()
    routing = routingKeys.makeValues()
    errors = errorKeys.makeValues()
    classes = classKeys.makeValues()
  }

  deinit { [values, details, routing, errors, classes].forEach { $0.deallocate() } }

  func read(_ bytes: UnsafeRawBufferPointer, into record: inout RoutingRecord) -> RejectReason? {
    guard let root = parser.parse(bytes) else { return .notJSON }
    guard root.kind == JSON_OBJECT else { return .notAnObject }
    keys.select(from: root, into: values)
    selectDetails()

    guard readInstant(into: &record) else { return .badInstant }
    record.requestID = firstText([.requestID, .id])
    if record.requestID.isEmpty { return .emptyRequestID }
    record.inferred = []
    guard readOutcome(into: &record) else { return .unknownOutcome }
    readModels(into: &record)
    if record.outcome == .success, record.requestedModel.isEmpty || record.servedModel.isEmpty {
      return .emptyModel
    }
    record.agent = firstText([.agentID])
    record.credential = credentialName.shown(details[Detail.keyAlias.rawValue].text)
    if record.agent.isEmpty {
      record.agent = record.credential
      if record.agent.isEmpty { record.agent = firstText([.user]) }
      record.inferred.insert(.agent)
    }
    readDataClass(into: &record)
    record.provider = firstText([.provider])
    record.deployment = firstText([.modelID, .apiBase])
    record.claimedRule = .empty
    tools.fill(firstText([.tool]))
    record.tools = tools.all
    record.tokensIn = value(.promptTokens).tokenCount
    record.tokensOut = value(.completionTokens).tokenCount
    record.costMicros = value(value(.spend).isMissing ? .responseCost : .spend).microUnits
    return nil
  }

  private func value(_ key: Key) -> json_value { values[key.rawValue] }

  private func firstText(_ candidates: [Key]) -> BorrowedText {
    for key in candidates where !values[key.rawValue].text.isEmpty { return values[key.rawValue].text }
    return .empty
  }

  /// `metadata` is an object, or that object as JSON text.
  private func selectDetails() {
    let metadata = unfold(value(.metadata), with: textParser, copy: &textCopy)
    detailKeys.select(from: metadata, into: details)
    routingKeys.select(from: details[Detail.routingDecision.rawValue], into: routing)
    errorKeys.select(from: details[Detail.error.rawValue], into: errors)
    classKeys.select(from: details[Detail.spendMetadata.rawValue], into: classes)
    // The payload gives what the caller wrote under another name than the row.
    if classes[0].text.isEmpty { classKeys.select(from: details[Detail.requesterMetadata.rawValue], into: classes) }
  }

  /// A value that may arrive as JSON text inside a string; one level, never more.
  private func unfold(_ value: json_value, with parser: JSONParser, copy: inout [UInt8]) -> json_value {
    guard value.kind == JSON_STRING else { return value }
    copy.removeAll(keepingCapacity: true)
    copy.append(contentsOf: value.text.raw)
    let count = copy.count
    copy.append(contentsOf: repeatElement(0, count: JSONParser.padding))
    return copy.withUnsafeBytes { parser.parse(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      ?? json_value()
  }

  private func readInstant(into record: inout RoutingRecord) -> Bool {
    let start = value(.startTime)
    if start.kind == JSON_REAL || start.kind == JSON_INTEGER {
      guard start.real > 0, start.real < 1e11 else { return false }
      record.at = Instant(microseconds: Int64((start.real * 1e6).rounded(.down)))
      record.zoneAssumed = false
      return true
    }
    guard let parsed = Instant.parseLenient(start.text.raw) else { return false }
    record.at = parsed.instant
    record.zoneAssumed = parsed.zoneAssumed
    return true
  }

  /// Rows older than the status column were only written for successes.
  private func readOutcome(into record: inout RoutingRecord) -> Bool {
    let status = value(.status)
    if status.isMissing || status.text.isEmpty || status.text.equals("success") {
      record.outcome = .success
    } else if status.text.equals("failure") {
      let errorClass = errors[0].text
      let refused =
        errorClass.equals("ContentPolicyViolationError")
        || errorClass.equals("GuardrailRaisedException") || errorClass.equals("BlockedPiiEntityError")
      record.outcome = refused ? .blocked : .error
    } else {
      return false
    }
    return true
  }

  private func readModels(into record: inout RoutingRecord) {
    record.servedModel = firstText([.modelGroup, .model])
    let original = details[Detail.originalGroup.rawValue].text
    let router = routing[0].text
    record.requestedModel = !original.isEmpty ? original : !router.isEmpty ? router : record.servedModel
    if original.isEmpty, router.isEmpty { record.inferred.insert(.requestedModel) }
    record.matched = [.outcome, .trigger]
    let fellBack = details[Detail.attemptedFallbacks.rawValue].wholeNumber > 0
    record.escalatedFrom = fellBack ? original : .empty
    // The row of a fallback does not say what had gone wrong; the failed attempt has a row of its own.
    record.trigger = fellBack ? .empty : Self.trigger(routing[1].text)
  }

  /// A router's cause (formats: LiteLLM, `routing_decision.cause`) in the words of SEMANTICS §1.
  private static func trigger(_ cause: BorrowedText) -> BorrowedText {
    guard !cause.isEmpty else { return .empty }
    let text = cause.string
    if text.hasPrefix("session_affinity") || text == "modality_pin_override" { return BorrowedText(static: "affinity") }
    if text.contains("fallback") || text.contains("failover") { return BorrowedText(static: "error") }
    return BorrowedText(static: "classifier")
  }

  private func readDataClass(into record: inout RoutingRecord) {
    record.dataClass = classes[0].text
    guard record.dataClass.isEmpty else { return }
    withUnsafePointer(to: unfold(value(.requestTags), with: tagParser, copy: &tagCopy)) { tags.fill(from: $0) }
    for tag in tags.all {
      guard tag.count > 5, let start = tag.start, BorrowedText(start: start, count: 5).equals("data:") else { continue }
      record.dataClass = BorrowedText(start: start + 5, count: tag.count - 5)
      record.inferred.insert(.dataClass)
      return
    }
  }
}
