package import EvidenceModel

/// Puts the records of one format, each a decision of its own, into SEMANTICS' terms. Not thread-safe: one a thread.
package protocol RoutingLogReader: AnyObject {
  /// Reads one record; a reason means that it is malformed (SEMANTICS §2).
  ///
  /// - Parameters:
  ///   - bytes: readable for some bytes past their end.
  ///   - record: as the last record left it; the reader sets every field.
  func read(_ bytes: UnsafeRawBufferPointer, into record: inout RoutingRecord) -> RejectReason?
}

/// Puts decisions together from the records of a log, where several records make one decision or one record holds
/// several. One a log; its records come in their order, so its memory must be bounded whatever the log holds.
package protocol RecordGatherer: AnyObject {
  /// Takes the log's next record. Decisions that are complete by then go into `gathered`, in any order.
  ///
  /// - Parameter record: readable for some bytes past its end.
  func take(_ record: UnsafeRawBufferPointer, at position: SourcePosition, into gathered: inout Gathered)

  /// The log has ended: what is still open is a decision as far as it is known.
  func finish(into gathered: inout Gathered)
}

/// What a gatherer made of some records.
package struct Gathered: Sendable {
  package var decisions: [GatheredDecision] = []
  package var rejects: [Reject] = []
  package var blank = 0
  /// Records without a decision of their own: they are part of one that stands elsewhere in the log.
  package var folded = 0
  /// Records of another kind, such as a metric or a start-up message.
  package var other = 0

  package init() {}

  /// Counts a record as malformed.
  package mutating func reject(_ record: UnsafeRawBufferPointer, at position: SourcePosition, _ reason: RejectReason) {
    rejects.append(Reject(position: position, lineDigest: Digest(of: record), reason: reason))
  }

  /// Adds a decision, or rejects it where it is none by SEMANTICS §2.
  package mutating func add(_ decision: GatheredDecision) {
    let reason: RejectReason? =
      if decision.requestID.isEmpty {
        .emptyRequestID
      } else if decision.outcome == .success, decision.requestedModel.isEmpty || decision.servedModel.isEmpty {
        .emptyModel
      } else {
        nil
      }
    if let reason {
      rejects.append(Reject(position: decision.position, lineDigest: decision.recordDigest, reason: reason))
    } else {
      decisions.append(decision)
    }
  }
}

/// A decision that owns its texts. Its fields are those of `RoutingRecord`.
package struct GatheredDecision: Sendable {
  /// Of the record that decided, or of the part of it that is this decision: no two decisions of a log stand at one byte.
  package var position: SourcePosition
  /// SHA-256 of the bytes at `position`.
  package var recordDigest: Digest
  package var at = Instant(microseconds: 0)
  package var zoneAssumed = false
  package var requestID = ""
  package var agent = ""
  package var dataClass = ""
  package var requestedModel = ""
  package var servedModel = ""
  package var provider = ""
  package var deployment = ""
  package var credential = ""
  package var claimedRule = ""
  package var escalatedFrom = ""
  package var trigger = ""
  package var tools: [String] = []
  package var outcome = Outcome.success
  package var tokensIn: Int64 = 0
  package var tokensOut: Int64 = 0
  package var costMicros: Int64 = 0
  package var inferred = RoutingFields()
  package var matched = RoutingFields()

  /// - Parameter record: the bytes at `position`.
  package init(at position: SourcePosition, of record: UnsafeRawBufferPointer) {
    self.init(at: position, recordDigest: Digest(of: record))
  }

  package init(at position: SourcePosition, recordDigest: Digest) {
    self.position = position
    self.recordDigest = recordDigest
  }
}

/// Lends the texts of gathered decisions to records, one decision at a time.
package final class DecisionLender {
  private var bytes: [UInt8] = []
  private var tools: [BorrowedText] = []

  package init() {}

  /// Calls `body` with the decision as a record, whose texts live until it returns.
  package func lend<Result>(_ decision: GatheredDecision, _ body: (RoutingRecord) throws -> Result) rethrows -> Result {
    let texts = [
      decision.requestID, decision.agent, decision.dataClass, decision.requestedModel, decision.servedModel,
      decision.provider, decision.deployment, decision.claimedRule, decision.escalatedFrom, decision.trigger,
      decision.credential,
    ]
    bytes.removeAll(keepingCapacity: true)
    for text in texts { bytes.append(contentsOf: text.utf8) }
    for tool in decision.tools { bytes.append(contentsOf: tool.utf8) }
    return try bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      func next(_ text: String) -> BorrowedText {
        defer { start += text.utf8.count }
        return BorrowedText(start: bytes.baseAddress.map { $0 + start }, count: text.utf8.count)
      }
      var record = RoutingRecord()
      record.at = decision.at
      record.zoneAssumed = decision.zoneAssumed
      record.requestID = next(decision.requestID)
      record.agent = next(decision.agent)
      record.dataClass = next(decision.dataClass)
      record.requestedModel = next(decision.requestedModel)
      record.servedModel = next(decision.servedModel)
      record.provider = next(decision.provider)
      record.deployment = next(decision.deployment)
      record.claimedRule = next(decision.claimedRule)
      record.escalatedFrom = next(decision.escalatedFrom)
      record.trigger = next(decision.trigger)
      record.credential = next(decision.credential)
      record.outcome = decision.outcome
      // As for records that are read one by one: above these no such figure is one, and sums of them would not fit.
      record.tokensIn = decision.tokensIn.magnitude <= 1 << 40 ? decision.tokensIn : 0
      record.tokensOut = decision.tokensOut.magnitude <= 1 << 40 ? decision.tokensOut : 0
      record.costMicros = decision.costMicros.magnitude <= 1_000_000_000_000_000 ? decision.costMicros : 0
      record.inferred = decision.inferred
      record.matched = decision.matched
      tools = decision.tools.map { next($0) }
      return try tools.withUnsafeBufferPointer { tools in
        record.tools = tools
        return try body(record)
      }
    }
  }
}
