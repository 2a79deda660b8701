/// Something that a retention rule may be about: a pack, a log, a store.
package struct RetainedItem: Sendable {
  package var kind: RetentionRule.Kind
  package var name: String
  /// The periods that its records are of; empty where they cannot be told.
  package var periods: [Period]
  /// Why more cannot be told of it, where that is so: its records may be of other times than `periods`.
  package var doubt: String?

  package init(kind: RetentionRule.Kind, name: String, periods: [Period], doubt: String? = nil) {
    self.kind = kind
    self.name = name
    self.periods = periods
    self.doubt = doubt
  }
}

/// What rules and holds say of one thing on one day.
package struct RetentionVerdict: Sendable {
  package enum State: String, Sendable, CaseIterable {
    case held, keep
    case cannotTell = "cannot-tell"
    case mayBeDeleted = "may-be-deleted"
  }

  package var state: State
  /// The end of what the rule asks for, where it can be told.
  package var until: Instant?
  /// The holds that stand against it.
  package var holds: [LegalHold]
  package var why: String
}

/// Rules, and what stands against them.
package struct RetentionSchedule: Sendable {
  package var rules: [RetentionRule.Kind: RetentionRule]
  /// Nil where a register of holds could not be read whole: then nothing may be deleted.
  package var holds: [LegalHold]?

  package init(rules: [RetentionRule.Kind: RetentionRule], holds: [LegalHold]?) {
    self.rules = rules
    self.holds = holds
  }

  /// - Parameters:
  ///   - today: the day that is asked about.
  ///   - matches: whether a log is one of those that a pattern of a hold names.
  package func verdict(
    on item: RetainedItem, at today: Instant, matches: (_ log: String, _ pattern: NamePattern) -> Bool
  ) -> RetentionVerdict {
    let ends = item.periods.map(\.to)
    let last = ends.contains(nil) ? nil : ends.compactMap(\.self).max()
    let until = last.flatMap { end in rules[item.kind]?.end(ofRecordsTo: end) }
    func told(_ state: RetentionVerdict.State, _ why: String, _ holds: [LegalHold] = []) -> RetentionVerdict {
      RetentionVerdict(state: state, until: until, holds: holds, why: why)
    }
    let against = (holds ?? []).filter { hold in
      guard hold.holds(at: today) else { return false }
      // Of what cannot be told, a hold may be about all of it.
      guard item.doubt == nil, !item.periods.isEmpty else { return true }
      let isNamed = item.kind != .logs || hold.logs.isEmpty || hold.logs.contains { matches(item.name, $0) }
      return isNamed && item.periods.contains { hold.concerns($0) }
    }
    guard against.isEmpty else {
      return told(.held, "held by \(against.map(\.id).joined(separator: ", "))", against)
    }
    guard holds != nil else { return told(.cannotTell, "the register of legal holds could not be read whole") }
    if let until, today < until { return told(.keep, "kept until \(until)") }
    if let doubt = item.doubt { return told(.cannotTell, doubt) }
    guard let rule = rules[item.kind] else {
      return told(.cannotTell, "no rule says how long \(item.kind.rawValue) are kept")
    }
    guard let until else { return told(.cannotTell, "its records have no end that the time could count from") }
    return told(.mayBeDeleted, "kept for \(rule.words), which ended at \(until)")
  }
}
