internal import CSimdJSON
internal import EvidenceModel

/// OpenRouter's generation records, and its answers with `openrouter_metadata`. Described in `docs/formats/openrouter.md`.
final class OpenRouterReader: RoutingLogReader {
  static let origins = [
    FieldOrigin(
      field: .agent, provenance: .inferred, from: "external_user, else app_id, else workspace_id of a generation"),
    FieldOrigin(
      field: .dataClass, provenance: .inferred, from: "pii where a guardrail lists matched_entity_types, else nothing"),
    FieldOrigin(
      field: .requestedModel, provenance: .logged,
      from:
        "openrouter_metadata.requested, or router of a generation; inferred from preset_id, else the first attempt of "
        + "another model, else model"),
    FieldOrigin(
      field: .servedModel, provenance: .logged, from: "model, else the selected one of openrouter_metadata.endpoints"),
    FieldOrigin(
      field: .provider, provenance: .logged, from: "provider_name, or provider, or that of the selected endpoint"),
    FieldOrigin(
      field: .deployment, provenance: .logged,
      from: "endpoint_id of the last of provider_responses; inferred from the provider"),
    FieldOrigin(
      field: .claimedRule, provenance: .logged, from: "guardrail_id of the pipeline stage that blocked the request"),
    FieldOrigin(
      field: .escalatedFrom, provenance: .logged,
      from: "the model of the first attempt, where the last attempt is of another one"),
    FieldOrigin(
      field: .trigger, provenance: .matched,
      from: "status of the first failed attempt, else router or strategy, put into words by a table"),
    FieldOrigin(field: .tools, provenance: .logged, from: "choices[].message.tool_calls[].function.name"),
    FieldOrigin(
      field: .outcome, provenance: .matched,
      from: "finish_reason, error, status of the attempts and pipeline, put into words by a table"),
  ]

  static func recognises(_ record: JSONNode) -> String? {
    if record["openrouter_metadata"].isObject { return "has openrouter_metadata" }
    let generation = record["data"].isObject ? record["data"] : record
    guard generation["id"].text.string.hasPrefix("gen-"), !generation["created_at"].isMissing else { return nil }
    let marks: [StaticString] = ["native_tokens_prompt", "total_cost", "provider_responses"]
    return marks.contains { !generation[$0].isMissing } ? "has an id that begins with gen-, and created_at" : nil
  }

  private let parser = JSONParser()
  private let made = TextArena()
  private var tools = TextList()

  /// Names of the tools that the answer calls, each once.
  private static func tools(of body: JSONNode) -> [BorrowedText] {
    var found: [BorrowedText] = []
    var seen = Set<[UInt8]>()
    for choice in body["choices"].elements {
      let message = choice["message"].isObject ? choice["message"] : choice["delta"]
      for call in message["tool_calls"].elements {
        let name = call["function"]["name"].text
        if !name.isEmpty, seen.insert(Array(name.raw)).inserted { found.append(name) }
      }
    }
    return found
  }

  func read(_ bytes: UnsafeRawBufferPointer, into record: inout RoutingRecord) -> RejectReason? {
    guard let root = parser.parse(bytes).map({ JSONNode($0) }) else { return .notJSON }
    guard root.isObject else { return .notAnObject }
    let body = root["data"].isObject ? root["data"] : root
    guard readInstant(body, into: &record) else { return .badInstant }
    record.requestID = body["id"].text.isEmpty ? body["request_id"].text : body["id"].text
    if record.requestID.isEmpty { return .emptyRequestID }
    made.reset()
    record.inferred = []
    record.matched = .outcome
    record.dataClass = .empty
    record.claimedRule = .empty
    record.agent = .empty
    tools.fill(Self.tools(of: body))
    record.tools = tools.all
    let metadata = body["openrouter_metadata"]
    if metadata.isObject {
      readAnswer(body, metadata, into: &record)
    } else {
      readGeneration(body, into: &record)
    }
    if record.deployment.isEmpty, !record.provider.isEmpty {
      record.deployment = record.provider
      record.inferred.insert(.deployment)
    }
    if record.outcome == .success, record.requestedModel.isEmpty || record.servedModel.isEmpty { return .emptyModel }
    return nil
  }

  /// `created_at` in words, or `created` in seconds since 1970; an answer that refuses has neither, so a time that its
  /// keeper wrote beside it under `timestamp` counts too.
  private func readInstant(_ body: JSONNode, into record: inout RoutingRecord) -> Bool {
    for written in [body["created_at"], body["timestamp"]] {
      if let parsed = Instant.parseLenient(written.text.raw) {
        (record.at, record.zoneAssumed) = parsed
        return true
      }
    }
    guard body["created"].value.kind == JSON_INTEGER, let seconds = body["created"].integer,
      (1..<253_402_300_800).contains(seconds)
    else { return false }
    record.at = Instant(microseconds: seconds * Instant.microsecondsPerSecond)
    record.zoneAssumed = false
    return true
  }

  // MARK: A generation

  private func readGeneration(_ body: JSONNode, into record: inout RoutingRecord) {
    record.servedModel = body["model"].text
    record.provider = body["provider_name"].text
    let attempts = Attempts(body["provider_responses"].elements, model: "model_permaslug")
    record.deployment = attempts.last?["endpoint_id"].text ?? .empty
    readMove(attempts, chosen: !body["router"].text.isEmpty, into: &record)
    readOutcome(
      reason: body["finish_reason"].text, hasFailed: attempts.hasFailed || body["error"].isObject, into: &record)
    readRequested(body, attempts, into: &record)
    // What failed was answered by no model.
    if record.outcome == .error { record.servedModel = .empty }
    record.tokensIn = tokens(body["native_tokens_prompt"], body["tokens_prompt"])
    record.tokensOut = tokens(body["native_tokens_completion"], body["tokens_completion"])
    record.costMicros = (body["total_cost"].isMissing ? body["usage"] : body["total_cost"]).value.microUnits
    record.agent = body["external_user"].text
    if record.agent.isEmpty, let app = body["app_id"].integer { record.agent = made.text(String(app).utf8) }
    if record.agent.isEmpty { record.agent = body["workspace_id"].text }
    if !record.agent.isEmpty { record.inferred.insert(.agent) }
  }

  /// The list of models that the caller gave is not in the record.
  private func readRequested(_ body: JSONNode, _ attempts: Attempts, into record: inout RoutingRecord) {
    record.requestedModel = body["router"].text
    guard record.requestedModel.isEmpty else { return }
    record.inferred.insert(.requestedModel)
    if !body["preset_id"].text.isEmpty {
      record.requestedModel = made.text(Array("@preset/".utf8) + Array(body["preset_id"].text.raw))
    } else {
      record.requestedModel = record.escalatedFrom.isEmpty ? record.servedModel : record.escalatedFrom
    }
  }

  // MARK: An answer with metadata

  private func readAnswer(_ body: JSONNode, _ metadata: JSONNode, into record: inout RoutingRecord) {
    let selected = metadata["endpoints"]["available"].elements.first { $0["selected"].boolean == true }
    let attempts = Attempts(metadata["attempts"].elements, model: "model")
    readMove(attempts, chosen: metadata["strategy"].text.equals("auto"), into: &record)
    if record.trigger.isEmpty, metadata["strategy"].text.equals("fallback") {
      record.trigger = BorrowedText(static: "error")
      record.matched.insert(.trigger)
    }
    readOutcome(
      reason: finishReason(body), hasFailed: body["error"].isObject || attempts.hasFailed, into: &record)
    record.requestedModel = metadata["requested"].text
    record.servedModel = body["model"].text.isEmpty ? selected?["model"].text ?? .empty : body["model"].text
    record.provider = body["provider"].text.isEmpty ? selected?["provider"].text ?? .empty : body["provider"].text
    record.deployment = .empty
    readPipeline(body, metadata, into: &record)
    record.tokensIn = tokens(body["usage"]["prompt_tokens"])
    record.tokensOut = tokens(body["usage"]["completion_tokens"])
    record.costMicros = body["usage"]["cost"].value.microUnits
  }

  private func finishReason(_ body: JSONNode) -> BorrowedText {
    body["choices"].elements.prefix(8).lazy.map { $0["finish_reason"].text }.first { !$0.isEmpty } ?? .empty
  }

  private func readPipeline(_ body: JSONNode, _ metadata: JSONNode, into record: inout RoutingRecord) {
    for stage in metadata["pipeline"].elements where stage["type"].text.equals("guardrail") {
      if !stage["data"]["matched_entity_types"].elements.isEmpty {
        record.dataClass = BorrowedText(static: "pii")
        record.inferred.insert(.dataClass)
      }
      if stage["data"]["action"].text.equals("blocked") {
        record.outcome = .blocked
        record.claimedRule = stage["guardrail_id"].text
      }
    }
    // A provider's moderation refuses with the reasons.
    if body["error"].isObject, !body["error"]["metadata"]["reasons"].elements.isEmpty { record.outcome = .blocked }
    // An answer that failed or was refused may still name a model; it served nothing.
    if record.outcome == .error || body["error"].isObject { record.servedModel = .empty }
  }

  // MARK: Both

  private func readOutcome(reason: BorrowedText, hasFailed: Bool, into record: inout RoutingRecord) {
    record.outcome =
      if reason.equals("content_filter") { .blocked } else if hasFailed || reason.equals("error") { .error } else {
        .success
      }
  }

  /// Why the request moved, and from which model.
  private func readMove(_ attempts: Attempts, chosen: Bool, into record: inout RoutingRecord) {
    record.escalatedFrom = attempts.left
    record.trigger = .empty
    if let word = attempts.firstFailure {
      record.trigger = BorrowedText(static: word)
    } else if chosen {
      record.trigger = BorrowedText(static: "classifier")
    }
    if !record.trigger.isEmpty { record.matched.insert(.trigger) }
  }

  private func tokens(_ nodes: JSONNode...) -> Int64 {
    for node in nodes where !node.isMissing { return max(0, node.value.tokenCount) }
    return 0
  }
}

/// What was tried, in its order.
private struct Attempts {
  let all: [JSONNode]
  let model: StaticString

  init(_ all: [JSONNode], model: StaticString) {
    self.all = all
    self.model = model
  }

  var last: JSONNode? { all.last }

  private func failure(_ attempt: JSONNode) -> StaticString? {
    attempt["status"].integer.flatMap { FailureWord.of(status: $0) }
  }

  /// Whether the last one failed too.
  var hasFailed: Bool { all.last.map { failure($0) != nil } ?? false }

  /// Why the first one failed, where another one followed.
  var firstFailure: StaticString? { all.count > 1 ? all.first.flatMap { failure($0) } : nil }

  /// The model of the first one, where the last one is of another.
  var left: BorrowedText {
    guard let first = all.first?[model].text, let last = all.last?[model].text, !first.isEmpty, !last.isEmpty,
      !first.equals(last)
    else { return .empty }
    return first
  }
}
