internal import CSimdJSON
internal import EvidenceModel

/// OpenClaw's session transcripts: every answer of a model is a decision, the failed attempts before it are part of it.
/// Described in `docs/formats/openclaw-session.md`.
final class OpenClawSessionGatherer: RecordGatherer {
  static let origins = [
    FieldOrigin(
      field: .agent, provenance: .logged,
      from: "agentId of the session line; inferred from its sessionKey, agent:<id>:…"),
    FieldOrigin(field: .dataClass, provenance: .unknown, from: "not in this format"),
    FieldOrigin(
      field: .requestedModel, provenance: .inferred,
      from: "provider/model of the first attempt after the user's message"),
    FieldOrigin(field: .servedModel, provenance: .logged, from: "message.provider/message.model of the answer"),
    FieldOrigin(field: .provider, provenance: .logged, from: "message.provider"),
    FieldOrigin(
      field: .deployment, provenance: .inferred, from: "message.provider: a provider of the config is one endpoint"),
    FieldOrigin(field: .claimedRule, provenance: .unknown, from: "not in this format"),
    FieldOrigin(
      field: .escalatedFrom, provenance: .inferred, from: "the model that was tried first, where another answered"),
    FieldOrigin(
      field: .trigger, provenance: .matched,
      from: "errorMessage of the turn's first failure, put into words by a table; inferred as error where none is known"
    ),
    FieldOrigin(field: .tools, provenance: .logged, from: "name of message.content[] of type toolCall or tool_use"),
    FieldOrigin(
      field: .outcome, provenance: .matched,
      from: "message.stopReason: error and aborted are error, others success; inferred where there is none"),
  ]

  static func recognises(_ record: JSONNode) -> String? {
    let type = record["type"].text
    if type.equals("session"), !record["id"].text.isEmpty, record["version"].isPresent || record["cwd"].isPresent {
      return "its first line is of type session"
    }
    if type.equals("message"), record["parentId"].isPresent, !record["message"]["role"].text.isEmpty {
      return "has lines of type message with parentId and a role"
    }
    return nil
  }

  /// What one message of the user set going.
  private struct Turn {
    /// The model that was tried first.
    var requested: String?
    /// Why the first failed attempt failed; empty while none has.
    var trigger = ""
    var isTriggerInferred = false
    /// The latest attempt without an answer since the last answer. Its cost is that of all such attempts.
    var failed: GatheredDecision?
  }

  private let parser = JSONParser()
  private var session = ""
  private var agent = ""
  private var isAgentInferred = false
  private var turn = Turn()

  func take(_ record: UnsafeRawBufferPointer, at position: SourcePosition, into gathered: inout Gathered) {
    guard let root = parser.parse(record) else { return gathered.reject(record, at: position, .notJSON) }
    guard root.kind == JSON_OBJECT else { return gathered.reject(record, at: position, .notAnObject) }
    let line = JSONNode(root)
    let type = line["type"].text
    if type.equals("message"), line["message"]["role"].text.equals("assistant"), !Self.isByGateway(line["message"]) {
      return takeAttempt(line, of: record, at: position, into: &gathered)
    }
    gathered.other += 1
    if type.equals("session") {
      endTurn(into: &gathered)
      session = Self.carried(line["id"].logged)
      agent = Self.carried(line["agentId"].logged)
      isAgentInferred = agent.isEmpty
      if agent.isEmpty { agent = Self.carried(OpenClawSessionKey.agent(of: line["sessionKey"].logged)) }
    } else if type.equals("message"), line["message"]["role"].text.equals("user") {
      endTurn(into: &gathered)
    } else if type.equals("model_change"), turn.failed == nil, turn.trigger.isEmpty {
      // Nothing has failed, so somebody chose this model: it is what is asked for from now on.
      turn.requested = nil
    }
  }

  func finish(into gathered: inout Gathered) { endTurn(into: &gathered) }

  /// A text that would be copied into every later decision must be short; empty where it is not.
  private static func carried(_ text: String) -> String { text.utf8.count <= longestCarried ? text : "" }
  private static let longestCarried = 1024

  /// Messages that the gateway wrote itself under the role of an assistant; no model was asked.
  private static func isByGateway(_ message: JSONNode) -> Bool {
    message["provider"].text.equals("openclaw")
      && (message["model"].text.equals("delivery-mirror") || message["model"].text.equals("gateway-injected"))
  }

  private func takeAttempt(
    _ line: JSONNode, of record: UnsafeRawBufferPointer, at position: SourcePosition, into gathered: inout Gathered
  ) {
    guard let time = line["timestamp"].loggedInstant ?? Self.epoch(line["message"]["timestamp"]) else {
      return gathered.reject(record, at: position, .badInstant)
    }
    let id = line["id"].logged
    guard !id.isEmpty else { return gathered.reject(record, at: position, .emptyRequestID) }
    let message = line["message"]
    let model = QualifiedModel.name(provider: message["provider"].logged, model: message["model"].logged)
    let stop = message["stopReason"].logged
    let failed = stop.isEmpty ? message["content"].elements.isEmpty : stop == "error" || stop == "aborted"

    if turn.requested == nil, model.utf8.count <= Self.longestCarried { turn.requested = model }
    if failed, turn.trigger.isEmpty {
      let named = FailureWord.named(in: message["errorMessage"].text.string)?.description
      (turn.trigger, turn.isTriggerInferred) = (named ?? "error", named == nil)
    }
    var decision = GatheredDecision(at: position, of: record)
    (decision.at, decision.zoneAssumed) = time
    decision.requestID = session.isEmpty ? id : session + "/" + id
    decision.agent = agent
    decision.requestedModel = turn.requested ?? model
    decision.tokensIn =
      message["usage"]["input"].tokens + message["usage"]["cacheRead"].tokens + message["usage"]["cacheWrite"].tokens
    decision.tokensOut = message["usage"]["output"].tokens
    decision.costMicros = message["usage"]["cost"]["total"].value.microUnits
    decision.matched = [.outcome, .trigger]
    decision.inferred = [.requestedModel, .deployment, .escalatedFrom]
    if isAgentInferred { decision.inferred.insert(.agent) }
    if stop.isEmpty { decision.inferred.insert(.outcome) }
    if let before = turn.failed {
      gathered.folded += 1
      decision.addCost(before.costMicros)
    }
    if failed {
      decision.outcome = .error
      note(turn.trigger, in: &decision)
      turn.failed = decision
    } else {
      turn.failed = nil
      finish(&decision, by: model, message)
      gathered.add(decision)
    }
  }

  private func finish(_ decision: inout GatheredDecision, by model: String, _ message: JSONNode) {
    decision.servedModel = model
    decision.provider = message["provider"].logged
    decision.deployment = decision.provider
    decision.tools = message["content"].elements.compactMap { block in
      let type = block["type"].text
      return type.equals("toolCall") || type.equals("tool_use") || type.equals("toolUse") ? block["name"].string : nil
    }
    if !decision.requestedModel.utf8.elementsEqual(model.utf8) {
      decision.escalatedFrom = decision.requestedModel
      note(turn.trigger, in: &decision)
    }
  }

  private func note(_ trigger: String, in decision: inout GatheredDecision) {
    decision.trigger = trigger
    if turn.isTriggerInferred { decision.inferred.insert(.trigger) }
  }

  private func endTurn(into gathered: inout Gathered) {
    if let failed = turn.failed { gathered.add(failed) }
    turn = Turn()
  }

  /// Milliseconds since 1970, between the years 2001 and 2286.
  private static func epoch(_ node: JSONNode) -> (at: Instant, zoneAssumed: Bool)? {
    guard let milliseconds = node.integer, (1_000_000_000_000..<10_000_000_000_000).contains(milliseconds) else {
      return nil
    }
    return (Instant(microseconds: milliseconds * 1000), false)
  }
}
