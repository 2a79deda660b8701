internal import EvidenceModel

/// Reads rows of a table, records of which only some are decisions, and records that make a decision together.
final class MappedLogGatherer: RecordGatherer {
  private let map: FieldMap
  private let evaluator: FieldMapEvaluator
  private var groups = AttemptGroups()
  /// A table's first row, and what its fields are separated by.
  private var header: (texts: [UInt8], count: Int, separator: UInt8)?

  init(_ map: FieldMap) {
    self.map = map
    evaluator = FieldMapEvaluator(map)
  }

  func take(_ record: UnsafeRawBufferPointer, at position: SourcePosition, into gathered: inout Gathered) {
    guard map.isTable else {
      if let reason = evaluator.look(at: record) { return gathered.reject(record, at: position, reason) }
      return decide(record, at: position, into: &gathered)
    }
    // A quotation mark inside an unquoted field makes several rows look like one; here they are told apart again.
    var rows = TableRows(record, separator: header?.separator)
    while let row = rows.next() {
      var place = position
      place.line += row.line
      place.byteOffset += row.range.lowerBound
      place.bytes = row.range.count
      take(row, of: UnsafeRawBufferPointer(rebasing: record[row.range]), rows.separator, at: place, into: &gathered)
    }
  }

  private func take(
    _ row: TableRows<UnsafeRawBufferPointer>.Row, of bytes: UnsafeRawBufferPointer, _ separator: UInt8,
    at position: SourcePosition, into gathered: inout Gathered
  ) {
    guard let header else {
      guard row.count <= TableRows<UnsafeRawBufferPointer>.mostColumns else {
        // No row fits a first row that is none.
        header = ([], 0, separator)
        return gathered.reject(bytes, at: position, .wrongColumns)
      }
      header = (row.texts, row.count, separator)
      evaluator.name(columns: row.fields.map(\.trimmed))
      gathered.other += 1
      return
    }
    if row.isBlank {
      gathered.blank += 1
    } else if row.isUnclosed || row.count != header.count {
      gathered.reject(bytes, at: position, .wrongColumns)
    } else if row.texts == header.texts {
      // Files that were put together bring their first rows along.
      gathered.other += 1
    } else {
      evaluator.look(at: row)
      decide(bytes, at: position, into: &gathered)
    }
  }

  func finish(into gathered: inout Gathered) { groups.closeAll(into: &gathered) }

  private func decide(_ bytes: UnsafeRawBufferPointer, at position: SourcePosition, into gathered: inout Gathered) {
    guard evaluator.meets(map.rules.only) else {
      gathered.other += 1
      return
    }
    var record = RoutingRecord()
    var tools: [BorrowedText] = []
    if let reason = evaluator.fill(&record, tools: &tools) { return gathered.reject(bytes, at: position, reason) }
    let decision = GatheredDecision(record, tools: tools, at: position, of: bytes)
    guard let group = key(map.rules.groupBy) else { return gathered.add(decision) }
    groups.add(decision, to: group, order: order, into: &gathered)
  }

  private func key(_ paths: [FieldPath]) -> [UInt8]? {
    for path in paths {
      let text = evaluator.text(MappedValue(.path(path)))
      if !text.isEmpty { return Array(text.raw) }
    }
    return nil
  }

  private var order: AttemptOrder {
    for path in map.rules.orderBy {
      var order: AttemptOrder?
      evaluator.visit(path) { value in
        let text = evaluator.text(of: value)
        if !text.isEmpty { order = AttemptOrder(number: evaluator.real(value), text: Array(text.raw)) }
        return order != nil
      }
      if let order { return order }
    }
    return AttemptOrder(number: nil, text: [])
  }
}

extension GatheredDecision {
  /// A copy of a record that may be kept.
  fileprivate init(
    _ record: RoutingRecord, tools: [BorrowedText], at position: SourcePosition, of bytes: UnsafeRawBufferPointer
  ) {
    self.init(at: position, of: bytes)
    at = record.at
    zoneAssumed = record.zoneAssumed
    requestID = record.requestID.string
    agent = record.agent.string
    dataClass = record.dataClass.string
    requestedModel = record.requestedModel.string
    servedModel = record.servedModel.string
    provider = record.provider.string
    deployment = record.deployment.string
    credential = record.credential.string
    claimedRule = record.claimedRule.string
    escalatedFrom = record.escalatedFrom.string
    trigger = record.trigger.string
    self.tools = tools.map(\.string)
    outcome = record.outcome
    tokensIn = record.tokensIn
    tokensOut = record.tokensOut
    costMicros = record.costMicros
    inferred = record.inferred
    matched = record.matched
  }
}
