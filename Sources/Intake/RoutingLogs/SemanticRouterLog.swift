internal import CSimdJSON
internal import EvidenceModel

/// The vLLM Semantic Router's replay records and log lines: all records of one request that tell of one routing make one
/// decision. Described in `docs/formats/semantic-router-log.md`.
final class SemanticRouterGatherer: RecordGatherer {
  static let origins = SemanticRouterRecord.origins

  static func recognises(_ record: JSONNode) -> String? {
    if SemanticRouterRecord.Kind(record) == .routing || SemanticRouterRecord.Kind(record) == .replay,
      record["msg"].isPresent || record["event"].isPresent
    {
      return "has a router's event, \(record["event"].string ?? record["msg"].string ?? "")"
    }
    if record["component"].text.equals("extproc"), record["msg"].isPresent {
      return "has lines of the component extproc"
    }
    if !record["original_model"].isMissing, !record["selected_model"].isMissing, record["decision"].isPresent {
      return "has decision, original_model and selected_model"
    }
    return nil
  }

  /// What is known of one request.
  private struct Request {
    /// By the router's log line alone.
    var routing: GatheredDecision?
    /// By replay records, oldest first.
    var replays: [(id: String, isFinal: Bool, decision: GatheredDecision)] = []
    var usage: (tokensIn: Int64, tokensOut: Int64)?

    var size: Int { replays.reduce(routing?.heldBytes ?? 0) { $0 + $1.decision.heldBytes + $1.id.utf8.count } }
  }

  /// A request is routed once or a few times; more under one id are handed out before the rest.
  private static let mostReplays = 8

  private let parser = JSONParser()
  /// For members that a database writes as JSON text.
  private let texts = SemanticRouterRecord.Texts()
  private var requests = RecordWindow<Request>()

  func take(_ record: UnsafeRawBufferPointer, at position: SourcePosition, into gathered: inout Gathered) {
    guard let root = parser.parse(record) else { return gathered.reject(record, at: position, .notJSON) }
    guard root.kind == JSON_OBJECT else { return gathered.reject(record, at: position, .notAnObject) }
    let node = JSONNode(root)
    let kind = SemanticRouterRecord.Kind(node)
    if kind == .usage { return takeUsage(node, into: &gathered) }
    guard kind == .routing || kind == .replay else {
      gathered.other += 1
      return
    }
    guard let time = node["timestamp"].loggedInstant ?? node["ts"].loggedInstant else {
      return gathered.reject(record, at: position, .badInstant)
    }
    let replay = kind == .replay ? node.logged("replay_id", "id") : ""
    let id = node.logged("request_id")
    var decision = GatheredDecision(at: position, of: record)
    (decision.at, decision.zoneAssumed) = time
    decision.requestID = id.isEmpty ? replay : id
    guard !decision.requestID.isEmpty else { return gathered.reject(record, at: position, .emptyRequestID) }
    SemanticRouterRecord.fill(&decision, from: node, texts)

    var request = requests.take(decision.requestID) ?? Request()
    if kind == .routing {
      // Routed again under the same id: the earlier line is a decision of its own, unless a replay tells of it.
      if let earlier = request.routing, request.replays.isEmpty {
        hand(out: earlier, request.usage, into: &gathered)
        request.usage = nil
      } else if request.routing != nil {
        gathered.folded += 1
      }
      request.routing = decision
    } else {
      add(decision, id: replay, isFinal: SemanticRouterRecord.isFinal(node), to: &request, into: &gathered)
    }
    let key = decision.requestID
    requests.put(request, at: key, size: request.size).forEach { handOut($0, into: &gathered) }
  }

  func finish(into gathered: inout Gathered) { requests.takeAll().forEach { handOut($0, into: &gathered) } }

  private func add(
    _ decision: GatheredDecision, id: String, isFinal: Bool, to request: inout Request, into gathered: inout Gathered
  ) {
    if let index = request.replays.firstIndex(where: { $0.id.utf8.elementsEqual(id.utf8) }) {
      gathered.folded += 1
      // Of one replay the later record counts, but never an unfinished one over a finished one.
      if isFinal || !request.replays[index].isFinal { request.replays[index] = (id, isFinal, decision) }
      return
    }
    request.replays.append((id, isFinal, decision))
    if request.replays.count > Self.mostReplays {
      hand(out: request.replays.removeFirst().decision, nil, into: &gathered)
    }
  }

  private func takeUsage(_ node: JSONNode, into gathered: inout Gathered) {
    let id = node["request_id"].logged
    guard !id.isEmpty, var request = requests.take(id) else {
      gathered.other += 1
      return
    }
    gathered.folded += 1
    request.usage = (node["prompt_tokens"].tokens, node["completion_tokens"].tokens)
    requests.put(request, at: id, size: request.size).forEach { handOut($0, into: &gathered) }
  }

  private func handOut(_ request: Request, into gathered: inout Gathered) {
    if let routing = request.routing {
      if request.replays.isEmpty {
        hand(out: routing, request.usage, into: &gathered)
      } else {
        gathered.folded += 1
      }
    }
    for replay in request.replays {
      // Usage is the request's; with several replays nothing says whose it was.
      hand(out: replay.decision, request.replays.count == 1 ? request.usage : nil, into: &gathered)
    }
  }

  /// A decision known by the log line alone was answered when its usage was logged.
  private func hand(
    out decision: GatheredDecision, _ usage: (tokensIn: Int64, tokensOut: Int64)?, into gathered: inout Gathered
  ) {
    var decision = decision
    if let usage {
      if decision.tokensIn == 0, decision.tokensOut == 0 {
        (decision.tokensIn, decision.tokensOut) = (usage.tokensIn, usage.tokensOut)
      }
      if decision.outcome == .error, decision.inferred.contains(.outcome) { decision.outcome = .success }
    }
    gathered.add(decision)
  }
}
