internal import EvidenceModel

/// OpenTelemetry's `gen_ai.*` spans in OTLP/JSON and its relatives. Described in `docs/formats/otlp-genai.md`.
///
/// A call to a model often shows as two or three spans, one inside the other, and its parts may stand in several records
/// of the log. So the spans of a trace are kept until the window is full or the log ends.
final class OTLPGatherer: RecordGatherer {
  /// Beyond either, the trace that was silent for the longest time is decided as far as it is known.
  static let mostSpans = 65_536
  static let mostBytes = 64 << 20

  static let origins = [
    FieldOrigin(
      field: .agent, provenance: .logged,
      from: "gen_ai.agent.name, gen_ai.agent.id, agent.name, trace.metadata.agent; inferred from an enclosing span's, "
        + "else service.name (of OpenRouter's broadcast: user.id)"),
    FieldOrigin(
      field: .dataClass, provenance: .logged,
      from: "data_class, data.class, data-class, also under trace.metadata and traceloop.association.properties, or in "
        + "metadata; inferred from a tag data:… or from an enclosing span of the same call"),
    FieldOrigin(
      field: .requestedModel, provenance: .logged,
      from: "gen_ai.original.model, gen_ai.request.model, llm.request.model_name, the invocation parameters' model; "
        + "inferred from the first attempt, else the served model"),
    FieldOrigin(
      field: .servedModel, provenance: .logged,
      from: "gen_ai.response.model, llm.model_name, embedding.model_name; inferred from the requested model"),
    FieldOrigin(
      field: .provider, provenance: .logged, from: "gen_ai.provider.name, gen_ai.system, llm.provider, llm.system"),
    FieldOrigin(
      field: .deployment, provenance: .logged,
      from: "server.address; inferred as the host of gen_ai.openai.api_base, else net.peer.name"),
    FieldOrigin(field: .claimedRule, provenance: .unknown, from: "not in this format"),
    FieldOrigin(
      field: .escalatedFrom, provenance: .inferred, from: "a failed span of another model just before, inside one call"),
    FieldOrigin(
      field: .trigger, provenance: .matched, from: "error.type of that failed span, put into words by a table"),
    FieldOrigin(
      field: .tools, provenance: .logged,
      from: "tool definitions and tool calls on the span; inferred from tool spans inside the call"),
    FieldOrigin(
      field: .outcome, provenance: .matched,
      from: "status, error.type, finish reasons and exceptions, put into words by a table"),
  ]

  static func recognises(_ record: JSONNode) -> String? { SpanContainers.recognises(record) }

  private struct OpenTrace {
    var spans: [GenAISpan] = []
    var bytes = 0
    /// Of the last span that it got.
    var stamp = 0
  }

  private let parser = JSONParser()
  private let containers = SpanContainers()
  private let reader = GenAISpanReader()
  private var open: [[UInt8]: OpenTrace] = [:]
  /// One entry a span that is kept, in their order; that of a trace's last span, by its stamp, stands for the trace.
  private var queue: [(trace: [UInt8], stamp: Int)] = []
  private var queueHead = 0
  private var stamp = 0
  private var spans = 0
  private var bytes = 0

  func take(_ record: UnsafeRawBufferPointer, at position: SourcePosition, into gathered: inout Gathered) {
    guard let root = parser.parse(record).map({ JSONNode($0) }) else {
      return gathered.reject(record, at: position, .notJSON)
    }
    guard root.isObject else { return gathered.reject(record, at: position, .notAnObject) }
    var found = false
    containers.forEachSpan(of: root, in: record, at: position) { part in
      found = true
      take(part, into: &gathered)
    }
    if !found { gathered.other += 1 }
  }

  func finish(into gathered: inout Gathered) {
    while decideSilentTrace(into: &gathered) {}
  }

  private func take(_ part: SpanPart, into gathered: inout Gathered) {
    let (span, trace) = reader.read(part)
    switch span.role {
    case .call: break
    case .undated: gathered.reject(part.bytes, at: part.position, .badInstant)
    case .tool, .agent, .other: gathered.other += 1
    }
    // Without ids nothing ties a span to another one.
    guard !trace.isEmpty, !span.id.isEmpty else { return TraceReading([span]).decide(into: &gathered) }
    keep(span, in: trace)
    while spans > Self.mostSpans || bytes > Self.mostBytes, decideSilentTrace(into: &gathered) {}
  }

  private func keep(_ span: GenAISpan, in trace: [UInt8]) {
    stamp += 1
    spans += 1
    bytes += span.size
    queue.append((trace, stamp))
    open[trace, default: OpenTrace()].spans.append(span)
    open[trace]?.bytes += span.size
    open[trace]?.stamp = stamp
  }

  /// Decides the trace that was silent for the longest time; false when none is open.
  private func decideSilentTrace(into gathered: inout Gathered) -> Bool {
    while queueHead < queue.count {
      let next = queue[queueHead]
      queueHead += 1
      if queueHead > 4096, queueHead * 2 > queue.count {
        queue.removeFirst(queueHead)
        queueHead = 0
      }
      guard let trace = open[next.trace], trace.stamp == next.stamp else { continue }
      open[next.trace] = nil
      spans -= trace.spans.count
      bytes -= trace.bytes
      TraceReading(trace.spans).decide(into: &gathered)
      return true
    }
    return false
  }
}
