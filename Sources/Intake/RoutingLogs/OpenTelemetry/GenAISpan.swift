internal import EvidenceModel
internal import Foundation

/// A span, as far as routing goes.
struct GenAISpan {
  enum Role {
    case call(ModelCall)
    case tool(String)
    /// The work of an agent: what it encloses are calls of their own.
    case agent
    /// A call to a model whose time is missing or is none.
    case undated
    case other
  }

  var id: [UInt8]
  var parent: [UInt8]
  /// As the span itself names it.
  var agent: String
  var role: Role

  /// Roughly the memory that it holds.
  var size: Int {
    var size = 256 + id.count + parent.count + agent.utf8.count
    switch role {
    case .call(let call): size += call.size
    case .tool(let name): size += name.utf8.count
    case .agent, .undated, .other: break
    }
    return size
  }
}

/// A span that calls a model.
struct ModelCall {
  var decision: GatheredDecision
  var responseID: String
  var isEmbedding: Bool
  var end: Instant
  /// Why it failed, in the words of SEMANTICS §1; empty where it did not.
  var failure: String
  /// Whether the span names the answer or the model that gave it.
  var hasAnswer: Bool
  var service: String

  fileprivate var size: Int {
    let texts = [
      decision.requestID, decision.agent, decision.dataClass, decision.requestedModel, decision.servedModel,
      decision.provider, decision.deployment, responseID, service,
    ]
    return 512 + (texts + decision.tools).reduce(0) { $0 + 16 + $1.utf8.count }
  }
}

/// Reads spans by the attributes of all generations. Not thread-safe.
final class GenAISpanReader {
  private let texts = JSONTextParser()

  func read(_ part: SpanPart) -> (span: GenAISpan, trace: [UInt8]) {
    let node = part.node
    let tags = node["attributes"]
    let attributes = SpanAttributes(tags.isMissing ? node["tags"] : tags, texts: texts)
    let trace = firstText(node["traceId"], node["trace_id"], node["traceID"], node["context"]["trace_id"])
    let id = firstText(node["spanId"], node["span_id"], node["spanID"], node["context"]["span_id"])
    var span = GenAISpan(
      id: Array(id.utf8), parent: Array(parent(of: node).utf8),
      agent: attributes.text(
        "gen_ai.agent.name", "gen_ai.agent.id", "agent.name", "trace.metadata.agent", "trace.metadata.agent_id") ?? "",
      role: .other)
    switch SpanKind(attributes) {
    case .tool: span.role = .tool(attributes.text("gen_ai.tool.name", "tool.name", "traceloop.entity.name") ?? "")
    case .agent:
      span.role = .agent
      if span.agent.isEmpty { span.agent = attributes.text("traceloop.entity.name") ?? "" }
    case .call: span.role = call(part, attributes, id: id, agent: span.agent).map { .call($0) } ?? .undated
    case .other: break
    }
    return (span, HeldKey.of(trace))
  }

  private func firstText(_ nodes: JSONNode...) -> String { nodes.lazy.compactMap(\.string).first ?? "" }

  private func parent(of node: JSONNode) -> String {
    let direct = firstText(node["parentSpanId"], node["parent_span_id"], node["parentSpanID"], node["parent_id"])
    guard direct.isEmpty else { return direct }
    let references = node["references"].elements
    let child = references.first { $0["refType"].text.equals("CHILD_OF") } ?? references.first
    return child?["spanID"].string ?? ""
  }

  // MARK: A call

  private func call(_ part: SpanPart, _ attributes: SpanAttributes, id: String, agent: String) -> ModelCall? {
    var decision = GatheredDecision(at: part.position, of: part.bytes)
    decision.matched = .outcome
    // OpenInference keeps the provider's answer, which knows its time, its id and its model.
    let answer = Answer(attributes)
    guard let start = SpanTime.start(of: part.node) ?? answer.created.map({ ($0, false) }) else { return nil }
    (decision.at, decision.zoneAssumed) = start
    let responseID = attributes.text("gen_ai.response.id") ?? answer.id
    decision.requestID = responseID.isEmpty ? id : responseID
    decision.agent = agent
    if agent.isEmpty, part.service == "openrouter", let user = attributes.text("user.id") {
      decision.agent = user
      decision.inferred.insert(.agent)
    }
    let failure = SpanFailure.word(of: part.node, attributes, texts)
    decision.outcome = failure.isEmpty ? .success : failure == "content-policy" ? .blocked : .error
    attributes.readModels(answer, into: &decision)
    attributes.readPlace(into: &decision)
    attributes.readDataClass(into: &decision)
    attributes.readUsage(into: &decision)
    decision.tools = attributes.tools(texts)
    return ModelCall(
      decision: decision, responseID: responseID, isEmbedding: SpanKind.isEmbedding(attributes),
      end: SpanTime.end(of: part.node) ?? decision.at, failure: failure,
      hasAnswer: !responseID.isEmpty || !decision.servedModel.isEmpty && !decision.inferred.contains(.servedModel),
      service: part.service)
  }
}

/// What kind of work a span is.
enum SpanKind {
  case call, tool, agent, other

  init(_ attributes: SpanAttributes) {
    let operation = attributes.text("gen_ai.operation.name") ?? ""
    let kind = (attributes.text("openinference.span.kind", "traceloop.span.kind") ?? "").lowercased()
    switch (operation, kind) {
    case ("execute_tool", _), ("", "tool"): self = .tool
    case ("invoke_agent", _), ("create_agent", _), ("invoke_workflow", _), ("", "agent"), ("", "workflow"):
      self = .agent
    case ("chat", _), ("generate_content", _), ("text_completion", _), ("embeddings", _), ("", "llm"),
      ("", "embedding"):
      self = .call
    case ("retrieval", _), ("", "chain"), ("", "task"), ("", "retriever"), ("", "reranker"), ("", "guardrail"),
      ("", "evaluator"), ("", "prompt"):
      self = .other
    default:
      let model = attributes.text(
        "gen_ai.request.model", "gen_ai.response.model", "gen_ai.original.model", "llm.request.type",
        "llm.request.model_name", "llm.model_name")
      self = model == nil ? .other : .call
    }
  }

  static func isEmbedding(_ attributes: SpanAttributes) -> Bool {
    attributes.text("gen_ai.operation.name") == "embeddings"
      || attributes.text("openinference.span.kind")?.lowercased() == "embedding"
  }
}

/// When a span began and ended.
enum SpanTime {
  /// Microseconds of the year 10000: no span is later.
  private static let latest: Int64 = 253_402_300_800_000_000

  static func start(of node: JSONNode) -> (Instant, zoneAssumed: Bool)? {
    if let instant = nanoseconds(node["startTimeUnixNano"]) ?? nanoseconds(node["start_time_unix_nano"])
      ?? microseconds(node["startTime"])
    {
      return (instant, false)
    }
    return written(node["start_time"]) ?? written(node["startTime"])
  }

  static func end(of node: JSONNode) -> Instant? {
    if let instant = nanoseconds(node["endTimeUnixNano"]) ?? nanoseconds(node["end_time_unix_nano"]) { return instant }
    if let start = microseconds(node["startTime"]), let duration = whole(node["duration"]),
      (0...latest).contains(duration)
    {
      return Instant(microseconds: start.microseconds + duration)
    }
    return (written(node["end_time"]) ?? written(node["endTime"]))?.0
  }

  private static func nanoseconds(_ node: JSONNode) -> Instant? { whole(node).flatMap { instant($0 / 1000) } }

  private static func microseconds(_ node: JSONNode) -> Instant? { whole(node).flatMap { instant($0) } }

  /// Never by way of a double, which cannot hold nanoseconds.
  private static func whole(_ node: JSONNode) -> Int64? { node.real == nil || node.isWhole ? node.integer : nil }

  private static func instant(_ microseconds: Int64) -> Instant? {
    microseconds > 0 && microseconds < latest ? Instant(microseconds: microseconds) : nil
  }

  private static func written(_ node: JSONNode) -> (Instant, zoneAssumed: Bool)? {
    Instant.parseLenient(node.text.raw)
  }
}
