internal import EvidenceModel

/// Where an attempt stands among those of its group: numbers before texts, equal ones as the log has them.
struct AttemptOrder: Comparable {
  var number: Double?
  var text: [UInt8]

  static func < (left: AttemptOrder, right: AttemptOrder) -> Bool {
    switch (left.number, right.number) {
    case (let left?, let right?): left < right
    case (nil, nil): left.text.lexicographicallyPrecedes(right.text)
    default: left.number != nil
    }
  }
}

/// Attempts that make one decision. A log does not say when a group is complete, so groups stay open until its end; of too
/// many, or of those with too much text, the oldest are closed first.
struct AttemptGroups {
  static let mostGroups = 1 << 16
  static let mostText = 64 << 20

  /// What is kept of a group, however many attempts it has.
  private struct Group {
    private typealias Attempt = (decision: GatheredDecision, order: AttemptOrder)

    private var first: Attempt
    /// The attempt that decides: the last that was served, else the last one.
    private var deciding: Attempt
    private var firstFailure: Attempt?
    private var costMicros: Int64

    init(_ decision: GatheredDecision, _ order: AttemptOrder) {
      first = (decision, order)
      deciding = first
      firstFailure = decision.outcome == .success ? nil : first
      costMicros = decision.costMicros
    }

    mutating func add(_ decision: GatheredDecision, _ order: AttemptOrder) {
      let attempt = (decision, order)
      let (sum, overflow) = costMicros.addingReportingOverflow(decision.costMicros)
      costMicros = overflow ? .max : sum
      if order < first.order { first = attempt }
      let (isServed, wasServed) = (decision.outcome == .success, deciding.decision.outcome == .success)
      if isServed == wasServed ? order >= deciding.order : isServed { deciding = attempt }
      if !isServed, firstFailure.map({ order < $0.order }) ?? true { firstFailure = attempt }
    }

    /// Bytes of text that it keeps.
    var weight: Int {
      [first, deciding, firstFailure ?? first].reduce(0) { $0 + $1.decision.weight + $1.order.text.count }
    }

    /// All attempts as one decision. When it was made, and what was asked for, stands in the first attempt.
    var decision: GatheredDecision {
      var decision = deciding.decision
      let first = first.decision
      (decision.at, decision.zoneAssumed) = (first.at, first.zoneAssumed)
      if !first.requestID.isEmpty { decision.requestID = first.requestID }
      decision.requestedModel = first.requestedModel
      decision.take(.requestedModel, from: first)
      decision.costMicros = costMicros
      let hasMoved = !first.servedModel.utf8.elementsEqual(decision.servedModel.utf8)
      if decision.escalatedFrom.isEmpty, !first.servedModel.isEmpty, hasMoved {
        decision.escalatedFrom = first.servedModel
        decision.inferred.insert(.escalatedFrom)
      }
      if let failed = firstFailure?.decision, !failed.trigger.isEmpty {
        decision.trigger = failed.trigger
        decision.take(.trigger, from: failed)
      }
      return decision
    }
  }

  private var groups: [[UInt8]: Group] = [:]
  /// Keys of open groups in the order in which they were opened; those before `closed` are closed.
  private var queue: [[UInt8]] = []
  private var closed = 0
  /// Bytes of text that all groups keep.
  private var weight = 0

  mutating func add(
    _ decision: GatheredDecision, to key: [UInt8], order: AttemptOrder, into gathered: inout Gathered
  ) {
    if let before = groups[key]?.weight {
      gathered.folded += 1
      groups[key]?.add(decision, order)
      weight += (groups[key]?.weight ?? 0) - before
    } else {
      let group = Group(decision, order)
      groups[key] = group
      queue.append(key)
      weight += group.weight + key.count
    }
    while queue.count - closed > Self.mostGroups || weight > Self.mostText { closeOldest(into: &gathered) }
  }

  mutating func closeAll(into gathered: inout Gathered) {
    while closed < queue.count { closeOldest(into: &gathered) }
  }

  private mutating func closeOldest(into gathered: inout Gathered) {
    let key = queue[closed]
    queue[closed] = []
    closed += 1
    if closed > 1024, closed * 2 > queue.count {
      queue.removeFirst(closed)
      closed = 0
    }
    guard let group = groups.removeValue(forKey: key) else { return }
    weight -= group.weight + key.count
    gathered.add(group.decision)
  }
}

extension GatheredDecision {
  /// Bytes of text that it keeps.
  fileprivate var weight: Int {
    [
      requestID, agent, dataClass, requestedModel, servedModel, provider, deployment, claimedRule, escalatedFrom,
      trigger, credential,
    ].reduce(tools.reduce(0) { $0 + $1.utf8.count }) { $0 + $1.utf8.count }
  }

  /// Says of a field what another decision says of it.
  fileprivate mutating func take(_ field: RoutingFields, from other: GatheredDecision) {
    inferred.subtract(field)
    matched.subtract(field)
    inferred.formUnion(other.inferred.intersection(field))
    matched.formUnion(other.matched.intersection(field))
  }
}
