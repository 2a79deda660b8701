internal import CSimdJSON
internal import EvidenceModel

/// The native routing log: JSON Lines with the fields of SEMANTICS §1 at the top level of each object. Described in `docs/formats/native-log.md`.
final class NativeLogReader: RoutingLogReader {
  private enum Key: Int, CaseIterable {
    case ts, requestID, agent, requestedModel, servedModel, provider, deployment, ruleID
    case escalatedFrom, trigger, dataClass, tools, outcome, tokensIn, tokensOut, cost, keyAlias

    var name: String {
      switch self {
      case .ts: "ts"
      case .requestID: "request_id"
      case .agent: "agent"
      case .requestedModel: "requested_model"
      case .servedModel: "served_model"
      case .provider: "provider"
      case .deployment: "deployment"
      case .ruleID: "rule_id"
      case .escalatedFrom: "escalated_from"
      case .trigger: "trigger"
      case .dataClass: "data_class"
      case .tools: "tools"
      case .outcome: "outcome"
      case .tokensIn: "tokens_in"
      case .tokensOut: "tokens_out"
      case .cost: "cost_usd"
      case .keyAlias: "api_key_alias"
      }
    }
  }

  static let origins = RoutingField.allCases.filter { $0 != .jurisdiction && $0 != .hosting }.map {
    FieldOrigin(field: $0, provenance: .logged, from: $0.rawValue)
  }

  static func recognises(_ record: JSONNode) -> String? {
    !record["ts"].isMissing && !record["outcome"].isMissing ? "has ts and outcome" : nil
  }

  private let parser = JSONParser()
  private let keys = JSONKeys(Key.allCases.map(\.name))
  private let values: UnsafeMutablePointer<json_value>
  private var tools = TextList()
  private let credentialName = CredentialName()

  init() { values = keys.makeValues() }
  deinit { values.deallocate() }

  func read(_ bytes: UnsafeRawBufferPointer, into record: inout RoutingRecord) -> RejectReason? {
    guard let root = parser.parse(bytes) else { return .notJSON }
    guard root.kind == JSON_OBJECT else { return .notAnObject }
    keys.select(from: root, into: values)

    guard let at = Instant.parse(values[Key.ts.rawValue].text.raw) else { return .badInstant }
    record.at = at
    record.zoneAssumed = false
    record.requestID = text(.requestID)
    if record.requestID.isEmpty { return .emptyRequestID }
    let outcome = text(.outcome)
    if outcome.equals("success") {
      record.outcome = .success
    } else if outcome.equals("blocked") {
      record.outcome = .blocked
    } else if outcome.equals("error") {
      record.outcome = .error
    } else {
      return .unknownOutcome
    }
    record.requestedModel = text(.requestedModel)
    record.servedModel = text(.servedModel)
    if record.outcome == .success, record.requestedModel.isEmpty || record.servedModel.isEmpty {
      return .emptyModel
    }
    record.agent = text(.agent)
    record.dataClass = text(.dataClass)
    record.provider = text(.provider)
    record.deployment = text(.deployment)
    record.credential = credentialName.shown(text(.keyAlias))
    record.claimedRule = text(.ruleID)
    record.escalatedFrom = text(.escalatedFrom)
    record.trigger = text(.trigger)
    record.tokensIn = values[Key.tokensIn.rawValue].tokenCount
    record.tokensOut = values[Key.tokensOut.rawValue].tokenCount
    record.costMicros = values[Key.cost.rawValue].microUnits
    readTools(into: &record)
    return nil
  }

  @inline(__always)
  private func text(_ key: Key) -> BorrowedText { values[key.rawValue].text }

  private func readTools(into record: inout RoutingRecord) {
    tools.fill(from: values + Key.tools.rawValue)
    record.tools = tools.all
  }
}
