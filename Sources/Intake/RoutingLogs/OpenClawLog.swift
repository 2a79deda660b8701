internal import CSimdJSON
internal import EvidenceModel

/// OpenClaw's gateway log: the `model_fallback_decision` records of one run make one decision. Described in
/// `docs/formats/openclaw-log.md`.
final class OpenClawLogGatherer: RecordGatherer {
  static let origins = [
    FieldOrigin(field: .agent, provenance: .logged, from: "agentId; inferred from sessionKey, agent:<id>:…"),
    FieldOrigin(field: .dataClass, provenance: .unknown, from: "not in this format"),
    FieldOrigin(field: .requestedModel, provenance: .logged, from: "requestedProvider/requestedModel"),
    FieldOrigin(
      field: .servedModel, provenance: .logged, from: "candidateProvider/candidateModel of candidate_succeeded"),
    FieldOrigin(field: .provider, provenance: .logged, from: "candidateProvider of candidate_succeeded"),
    FieldOrigin(
      field: .deployment, provenance: .inferred,
      from: "candidateProvider: a provider of the config is one endpoint"),
    FieldOrigin(field: .claimedRule, provenance: .unknown, from: "not in this format"),
    FieldOrigin(
      field: .escalatedFrom, provenance: .inferred,
      from: "requestedProvider/requestedModel, where another candidate succeeded"),
    FieldOrigin(
      field: .trigger, provenance: .matched,
      from: "reason of the first failure, else its status, put into words by a table"),
    FieldOrigin(field: .tools, provenance: .unknown, from: "not in this format"),
    FieldOrigin(
      field: .outcome, provenance: .matched,
      from: "candidate_succeeded is success; inferred as error where no candidate succeeded"),
  ]

  static func recognises(_ record: JSONNode) -> String? {
    record["0"].isPresent && record["_meta"].isObject && record["time"].isPresent
      ? "has the numbered keys of a log line, _meta and time" : nil
  }

  /// A run of which no end was seen yet.
  private struct Run {
    /// At the run's latest record.
    var decision: GatheredDecision
    var reason: String
    var attempt: Int64
  }

  private let parser = JSONParser()
  /// For records that arrive as JSON text inside the line.
  private let textParser = JSONParser()
  private var runs = RecordWindow<Run>()

  func take(_ record: UnsafeRawBufferPointer, at position: SourcePosition, into gathered: inout Gathered) {
    guard let root = parser.parse(record) else { return gathered.reject(record, at: position, .notJSON) }
    guard root.kind == JSON_OBJECT else { return gathered.reject(record, at: position, .notAnObject) }
    let line = JSONNode(root)
    guard let event = event(of: line) else {
      gathered.other += 1
      return
    }
    let step = event["decision"].text
    let succeeded = step.equals("candidate_succeeded")
    let failed = step.equals("candidate_failed") || step.equals("skip_candidate")
    guard succeeded || failed || step.equals("probe_cooldown_candidate") else {
      gathered.other += 1
      return
    }
    guard let time = line["time"].loggedInstant ?? line["_meta"]["date"].loggedInstant else {
      return gathered.reject(record, at: position, .badInstant)
    }
    let id = event["runId"].logged
    guard !id.isEmpty else { return gathered.reject(record, at: position, .emptyRequestID) }

    let attempt = failed ? max(0, event["attempt"].integer ?? 0) : 0
    var before = runs.take(id)
    if let open = before, attempt > 0, attempt <= open.attempt {
      // The chain began anew: the run asked for a model again.
      gathered.add(open.decision)
      before = nil
    }
    if before != nil { gathered.folded += 1 }

    var run = Run(
      decision: GatheredDecision(at: position, of: record), reason: before?.reason ?? "",
      attempt: max(attempt, before?.attempt ?? 0))
    (run.decision.at, run.decision.zoneAssumed) = time
    run.decision.requestID = id
    if run.reason.isEmpty { run.reason = reason(of: event, failed: failed) }
    fill(&run, from: event, succeeded: succeeded)
    if succeeded || (failed && isLast(event)) {
      gathered.add(run.decision)
    } else {
      runs.put(run, at: id, size: run.decision.heldBytes).forEach { gathered.add($0.decision) }
    }
  }

  func finish(into gathered: inout Gathered) { runs.takeAll().forEach { gathered.add($0.decision) } }

  private func fill(_ run: inout Run, from event: JSONNode, succeeded: Bool) {
    run.decision.requestedModel = QualifiedModel.name(
      provider: event["requestedProvider"].logged, model: event["requestedModel"].logged)
    run.decision.agent = event["agentId"].logged
    if run.decision.agent.isEmpty {
      run.decision.agent = OpenClawSessionKey.agent(of: event["sessionKey"].logged)
      run.decision.inferred.insert(.agent)
    }
    run.decision.matched = [.trigger, .outcome]
    guard succeeded else {
      run.decision.outcome = .error
      run.decision.inferred.insert(.outcome)
      run.decision.trigger = run.reason
      return
    }
    run.decision.provider = event["candidateProvider"].logged
    run.decision.deployment = run.decision.provider
    run.decision.servedModel = QualifiedModel.name(
      provider: run.decision.provider, model: event["candidateModel"].logged)
    run.decision.inferred.insert(.deployment)
    if !run.decision.servedModel.utf8.elementsEqual(run.decision.requestedModel.utf8) {
      run.decision.escalatedFrom = run.decision.requestedModel
      run.decision.inferred.insert(.escalatedFrom)
      run.decision.trigger = run.reason
    }
  }

  /// The record may sit under any numbered key, as an object or as its JSON text.
  private func event(of line: JSONNode) -> JSONNode? {
    for (name, value) in line.members where name.raw.allSatisfy({ (0x30...0x39).contains($0) }) {
      if value.isObject {
        if value["event"].text.equals("model_fallback_decision") { return value }
      } else if value.text.count > 2, value.text.raw.first == 0x7B {
        var inner: json_value?
        textParser.parse(copying: value.text.raw) { inner = $0 }
        guard let inner, inner.kind == JSON_OBJECT else { continue }
        let node = JSONNode(inner)
        if node["event"].text.equals("model_fallback_decision") { return node }
      }
    }
    return nil
  }

  private func isLast(_ event: JSONNode) -> Bool {
    let outcome = event["fallbackStepFinalOutcome"].text
    if !outcome.isEmpty { return outcome.equals("chain_exhausted") }
    guard event["nextCandidateModel"].logged.isEmpty, let attempt = event["attempt"].integer else { return false }
    return attempt >= (event["total"].integer ?? .max)
  }

  /// Of the first attempt that failed, as far as this record knows.
  private func reason(of event: JSONNode, failed: Bool) -> String {
    let earliest = event["previousAttempts"].elements.first
    guard let attempt = earliest ?? (failed ? event : nil) else { return "" }
    let reason = attempt["reason"].logged
    if let trigger = Self.triggers[reason] { return trigger }
    return attempt["status"].integer.flatMap { FailureWord.of(status: $0)?.description } ?? "error"
  }

  private static let triggers = [
    "rate_limit": "rate-limit", "overloaded": "rate-limit", "timeout": "timeout", "auth": "auth",
    "auth_permanent": "auth", "billing": "budget", "context_overflow": "context-window", "server_error": "error",
    "model_not_found": "error", "format": "error", "empty_response": "error",
  ]
}

/// The keys under which OpenClaw keeps its sessions.
enum OpenClawSessionKey {
  /// The agent of a session key, `agent:<id>:…`; empty for keys of another kind.
  static func agent(of key: String) -> String {
    let parts = key.utf8.split(separator: 0x3A, omittingEmptySubsequences: false)
    guard parts.count > 2, parts[0].elementsEqual("agent".utf8) else { return "" }
    return String(Substring(parts[1]))
  }
}
