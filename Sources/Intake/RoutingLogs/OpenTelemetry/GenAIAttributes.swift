internal import CSimdJSON
internal import EvidenceModel
internal import Foundation

extension JSONNode {
  /// Whether it was written as a whole number.
  var isWhole: Bool { value.kind == JSON_INTEGER }
}

/// What OpenInference keeps of a provider's answer (`output.value`).
struct Answer {
  var id = ""
  var model = ""
  var created: Instant?

  init(_ attributes: SpanAttributes) {
    guard let answer = attributes.json("output.value"), answer.isObject else { return }
    id = answer["id"].string ?? ""
    model = answer["model"].string ?? ""
    if answer["created"].isWhole, let seconds = answer["created"].integer, (1...253_402_300_799).contains(seconds) {
      created = Instant(microseconds: seconds * Instant.microsecondsPerSecond)
    }
  }
}

/// Why a span failed.
enum SpanFailure {
  /// In the words of SEMANTICS §1; empty where it did not fail.
  static func word(of node: JSONNode, _ attributes: SpanAttributes, _ texts: JSONTextParser) -> String {
    let reasons = [
      attributes.strings("gen_ai.response.finish_reasons"), attributes.strings("gen_ai.response.finish_reason"),
      attributes.strings("gen_ai.completion.0.finish_reason"),
    ]
    if reasons.joined().contains(where: { ["content_filter", "CONTENT_FILTER", "SAFETY"].contains($0) }) {
      return "content-policy"
    }
    let type = attributes.text("error.type")
    guard
      type != nil || hasFailed(node["status"]) || attributes.text("otel.status_code") == "ERROR"
        || attributes.isTrue("error")
    else { return "" }
    var words = [type, node["status"]["message"].string, attributes.text("otel.status_description")]
    words.append(contentsOf: exceptions(of: node, texts))
    // The first that says more than that there was an error.
    let known = words.lazy.compactMap { $0 }.compactMap { FailureWord.named(in: $0)?.description }
    return known.first { $0 != "error" } ?? "error"
  }

  private static func hasFailed(_ status: JSONNode) -> Bool {
    let code = status["code"].isMissing ? status["status_code"] : status["code"]
    return code.integer == 2 || ["STATUS_CODE_ERROR", "ERROR", "Error"].contains(code.string ?? "")
  }

  private static func exceptions(of node: JSONNode, _ texts: JSONTextParser) -> [String?] {
    let events = node["events"].isMissing ? node["logs"] : node["events"]
    return events.elements.prefix(8).map {
      SpanAttributes($0["attributes"].isMissing ? $0["fields"] : $0["attributes"], texts: texts).text("exception.type")
    }
  }
}

extension SpanAttributes {
  func readModels(_ answer: Answer, into decision: inout GatheredDecision) {
    let served =
      text("gen_ai.response.model", "llm.response.model", "llm.model_name", "embedding.model_name")
      ?? (answer.model.isEmpty ? nil : answer.model)
    let requested =
      text("gen_ai.original.model", "gen_ai.request.model", "llm.request.model_name", "llm.request.model")
      ?? json("llm.invocation_parameters")?["model"].string ?? json("embedding.invocation_parameters")?["model"].string
      ?? json("input.value")?["model"].string
    decision.requestedModel = requested ?? served ?? ""
    if requested == nil, served != nil { decision.inferred.insert(.requestedModel) }
    // A call that failed was answered by no model, unless the span says so.
    decision.servedModel = served ?? (decision.outcome == .success ? requested ?? "" : "")
    if served == nil, !decision.servedModel.isEmpty { decision.inferred.insert(.servedModel) }
  }

  func readPlace(into decision: inout GatheredDecision) {
    decision.provider = text("gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system") ?? ""
    if let address = text("server.address") {
      decision.deployment = address
    } else if let host = text("gen_ai.openai.api_base").flatMap({ URLComponents(string: $0)?.host })
      ?? text("net.peer.name")
    {
      // The host alone: an address may carry credentials.
      decision.deployment = host
      decision.inferred.insert(.deployment)
    }
  }

  func readDataClass(into decision: inout GatheredDecision) {
    let stated =
      text(
        "data_class", "data.class", "data-class", "gen_ai.data_class", "trace.metadata.data_class",
        "trace.metadata.data-class", "traceloop.association.properties.data_class", "metadata.data_class")
      ?? json("metadata")?["data_class"].string
    if let stated {
      decision.dataClass = stated
      return
    }
    for tag in strings("tag.tags") {
      for prefix in ["data:", "data_class:", "data-class=", "data_class="]
      where tag.utf8.starts(with: prefix.utf8) && tag.utf8.count > prefix.utf8.count {
        decision.dataClass = String(tag.dropFirst(prefix.count))
        decision.inferred.insert(.dataClass)
        return
      }
    }
  }

  func readUsage(into decision: inout GatheredDecision) {
    decision.tokensIn = tokens("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "llm.token_count.prompt")
    decision.tokensOut = tokens(
      "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens", "llm.token_count.completion")
    decision.costMicros = microUnits("gen_ai.usage.total_cost", "gen_ai.usage.cost", "llm.cost.total")
  }

  /// Names of the tools that were offered or called, each once, in their order.
  func tools(_ texts: JSONTextParser) -> [String] {
    var names: [String] = []
    var seen = Set<[UInt8]>()
    func add(_ name: String?) {
      if let name, seen.insert(Array(name.utf8)).inserted { names.append(name) }
    }
    if let offered = json("gen_ai.tool.definitions") {
      for tool in Self.elements(offered) {
        add(Self.member(tool, "name").string ?? Self.member(tool, "function")["name"].string)
      }
    }
    for message in json("gen_ai.output.messages")?.elements ?? [] {
      for part in message["parts"].elements where part["type"].text.equals("tool_call") { add(part["name"].string) }
    }
    for (name, value) in all {
      // `llm.request.functions.0.name`, `llm.tools.0.tool.json_schema`, `gen_ai.completion.0.tool_calls.0.name`,
      // `llm.output_messages.0.message.tool_calls.0.tool_call.function.name`
      guard name.hasPrefix("llm.") || name.hasPrefix("gen_ai.completion.") else { continue }
      if name.hasPrefix("llm.request.functions.") && name.hasSuffix(".name")
        || name.hasPrefix("gen_ai.completion.") && name.hasSuffix(".name") && name.string.contains(".tool_calls.")
        || name.hasPrefix("llm.output_messages.") && name.hasSuffix(".tool_call.function.name")
      {
        add(Self.scalar(value).string)
      } else if name.hasPrefix("llm.tools."), name.hasSuffix(".tool.json_schema") {
        let schema = texts.parse(Self.scalar(value).text)
        add(schema?["function"]["name"].string ?? schema?["name"].string)
      }
    }
    return names
  }
}

extension BorrowedText {
  fileprivate func hasPrefix(_ text: StaticString) -> Bool {
    count >= text.utf8CodeUnitCount && BorrowedText(start: start, count: text.utf8CodeUnitCount).equals(text)
  }

  fileprivate func hasSuffix(_ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    return count >= length && BorrowedText(start: start.map { $0 + (count - length) }, count: length).equals(text)
  }
}
