internal import EvidenceModel

extension FieldMapEvaluator {
  /// Fills a decision from the record looked at; a reason where its time or its outcome cannot be read.
  ///
  /// - Parameter tools: the decision's tools are put there, and must live as long as it is used.
  func fill(_ record: inout RoutingRecord, tools list: inout [BorrowedText]) -> RejectReason? {
    func ways(_ field: MappedField) -> [MappedValue] { map.rules.fields[field] ?? [] }
    record = RoutingRecord()
    guard let time = instant(ways(.at)) else { return .badInstant }
    (record.at, record.zoneAssumed) = (time.at, time.zoneAssumed)
    record.requestID = found(ways(.requestID), nil, &record)
    let outcome = found(ways(.outcome), .outcome, &record)
    if outcome.equals("success") {
      record.outcome = .success
    } else if outcome.equals("blocked") {
      record.outcome = .blocked
    } else if outcome.equals("error") {
      record.outcome = .error
    } else {
      return record.requestID.isEmpty && !map.groups ? .emptyRequestID : .unknownOutcome
    }
    record.agent = found(ways(.agent), .agent, &record)
    record.dataClass = found(ways(.dataClass), .dataClass, &record)
    record.requestedModel = found(ways(.requestedModel), .requestedModel, &record)
    record.servedModel = found(ways(.servedModel), .servedModel, &record)
    record.provider = found(ways(.provider), .provider, &record)
    record.deployment = found(ways(.deployment), .deployment, &record)
    let credential = found(ways(.credential), nil, &record)
    record.credential = credentialName.shown(credential)
    // The agent may have been concluded from it.
    if !credential.isEmpty, record.agent.equals(credential) { record.agent = record.credential }
    record.claimedRule = found(ways(.claimedRule), .claimedRule, &record)
    record.escalatedFrom = found(ways(.escalatedFrom), .escalatedFrom, &record)
    record.trigger = found(ways(.trigger), .trigger, &record)
    record.tokensIn = tokenCount(ways(.tokensIn))
    record.tokensOut = tokenCount(ways(.tokensOut))
    record.costMicros = costMicros(ways(.cost))
    list = tools(ways(.tools))
    if let way = ways(.tools).first, !list.isEmpty { note(way, .tools, &record) }
    return nil
  }

  /// The value of the first way that finds one.
  private func found(_ ways: [MappedValue], _ field: RoutingFields?, _ record: inout RoutingRecord) -> BorrowedText {
    for way in ways {
      let text = text(way)
      guard !text.isEmpty else { continue }
      if let field { note(way, field, &record) }
      return text
    }
    return .empty
  }

  private func note(_ way: MappedValue, _ field: RoutingFields, _ record: inout RoutingRecord) {
    switch way.provenance {
    case .inferred: record.inferred.insert(field)
    case .matched: record.matched.insert(field)
    default: break
    }
  }
}

/// Reads JSON records that are each a decision of their own.
final class MappedLogReader: RoutingLogReader {
  private let evaluator: FieldMapEvaluator
  private var tools = TextList()

  init(_ map: FieldMap) { evaluator = FieldMapEvaluator(map) }

  func read(_ bytes: UnsafeRawBufferPointer, into record: inout RoutingRecord) -> RejectReason? {
    if let reason = evaluator.look(at: bytes) { return reason }
    var list: [BorrowedText] = []
    if let reason = evaluator.fill(&record, tools: &list) { return reason }
    if record.requestID.isEmpty { return .emptyRequestID }
    if record.outcome == .success, record.requestedModel.isEmpty || record.servedModel.isEmpty { return .emptyModel }
    tools.fill(list)
    record.tools = tools.all
    return nil
  }
}
