/// Orders a change: does it narrow or widen what requests may do? Each answer follows from what becomes of the requests
/// that the change touches: which rule had them, and which has them now. Where two of them go opposite ways, or one cannot
/// be ordered, the answer is `unknown`.
struct ChangeDirection {
  let before: RuleOrder
  let after: RuleOrder

  func created(_ rule: Rule) -> Set<ChangeReason> {
    rule.action == .permit
      ? [.mayFallBack]
      : Self.orSame(treatments(of: rule, in: before, besides: after).map { Self.compare($0, .of(rule)) })
  }

  func removed(_ rule: Rule) -> Set<ChangeReason> {
    rule.action == .permit
      ? [.mayNotFallBack]
      : Self.orSame(treatments(of: rule, in: after, besides: before).map { Self.compare(.of(rule), $0) })
  }

  func changed(_ old: Rule, _ new: Rule) -> Set<ChangeReason> {
    if old.settings != new.settings { return [.settings] }
    switch (old.action == .permit, new.action == .permit) {
    case (true, true): return Self.orSame([Self.comparePermits(old, new)])
    case (true, false), (false, true): return [.otherRole]
    case (false, false): break
    }
    switch (isAsked(old, in: before), isAsked(new, in: after)) {
    case (false, false): return [.neverAsked]
    case (false, true): return created(new)
    case (true, false): return removed(old)
    case (true, true): break
    }
    var parts = [Self.compare(.of(old), .of(new))]
    if !old.covers(new) { parts.append(created(new)) }
    if !new.covers(old) { parts.append(removed(old)) }
    parts += reordering(old, new)
    return Self.orSame(parts)
  }

  /// Whether any request is left for a rule: no rule before it has them all.
  private func isAsked(_ rule: Rule, in order: RuleOrder) -> Bool {
    let first = order.deciding.first { $0.covers(rule) || $0.id == rule.id }
    return first?.id == rule.id
  }

  // MARK: What becomes of requests

  /// What a rule does with a request.
  private enum Treatment: Hashable {
    /// No rule has it: nothing says that it may be served.
    case none
    case decided(Action, target: [String], places: [String])

    static func of(_ rule: Rule) -> Treatment {
      .decided(rule.action, target: rule.action == .escalate ? rule.escalateTo : [], places: rule.allowedJurisdictions)
    }
  }

  private static func compare(_ old: Treatment, _ new: Treatment) -> Set<ChangeReason> {
    switch (old, new) {
    case (.none, .none): return []
    case (.none, .decided(let action, _, _)): return [action == .block ? .nowRefused : .nowCovered]
    case (.decided(let action, _, _), .none): return [action == .block ? .noLongerRefused : .noLongerCovered]
    case (.decided(let before, let oldTarget, let oldPlaces), .decided(let after, let newTarget, let newPlaces)):
      switch (before, after) {
      case (.block, .block): return []
      case (_, .block): return [.nowRefused]
      case (.block, _): return [.noLongerRefused]
      default: break
      }
      let places = reasons(compareLists(oldPlaces, newPlaces), .morePlaces, .fewerPlaces, .otherPlaces)
      switch (before, after) {
      case (.allow, .escalate): return places.union([.mustLeave])
      case (.escalate, .allow): return places.union([.mayStay])
      default: return oldTarget == newTarget ? places : places.union([.otherTarget])
      }
    }
  }

  private static func reasons(
    _ direction: RuleChange.Direction, _ looser: ChangeReason, _ stricter: ChangeReason, _ unknown: ChangeReason
  ) -> Set<ChangeReason> {
    switch direction {
    case .looser: [looser]
    case .stricter: [stricter]
    case .unknown: [unknown]
    case .neutral: []
    }
  }

  /// A shorter list of what is allowed is stricter; `*` is the longest.
  private static func compareLists(_ old: [String], _ new: [String]) -> RuleChange.Direction {
    let (before, after) = (Set(old.map { Array($0.utf8) }), Set(new.map { Array($0.utf8) }))
    switch (old.contains("*"), new.contains("*")) {
    case (true, true): return .neutral
    case (false, true): return .looser
    case (true, false): return .stricter
    case (false, false): break
    }
    if before == after { return .neutral }
    return before.isStrictSubset(of: after) ? .looser : after.isStrictSubset(of: before) ? .stricter : .unknown
  }

  private static func comparePermits(_ old: Rule, _ new: Rule) -> Set<ChangeReason> {
    var parts = [compareLists(old.escalateTo, new.escalateTo), compareLists(old.triggers, new.triggers)]
    if old.fromModel != new.fromModel {
      parts.append(old.fromModel == "*" ? .stricter : new.fromModel == "*" ? .looser : .unknown)
    }
    switch (old.covers(new), new.covers(old)) {
    case (true, true): break
    case (true, false): parts.append(.stricter)
    case (false, true): parts.append(.looser)
    case (false, false): parts.append(.unknown)
    }
    return parts.reduce(into: []) {
      $0.formUnion(reasons($1, .mayFallBack, .mayNotFallBack, .otherFallbacks))
    }
  }

  /// How requests that fall under `rule` are treated by the other rules of a version: by each that may have some of them,
  /// up to one that has all that are left. Where the rule stands, requests that a rule before it has never come to it.
  private func treatments(of rule: Rule, in order: RuleOrder, besides other: RuleOrder) -> Set<Treatment> {
    let place = other.place(rule.id) ?? .max
    var found = Set<Treatment>()
    for candidate in order.deciding where candidate.id != rule.id && candidate.overlaps(rule) {
      let isStillBefore = (other.place(candidate.id) ?? .max) < place
      if isStillBefore, let same = other[candidate.id], same.action != .permit, same.covers(candidate) {
        // Nothing is left for the rule itself.
        if candidate.covers(rule) { return found }
        continue
      }
      found.insert(.of(candidate))
      if candidate.covers(rule) { return found }
    }
    found.insert(.none)
    return found
  }

  /// For rules that this one now stands on the other side of: whose requests it takes, or loses.
  private func reordering(_ old: Rule, _ new: Rule) -> [Set<ChangeReason>] {
    guard let placeBefore = before.place(old.id), let placeAfter = after.place(new.id) else { return [] }
    return after.deciding.compactMap { other in
      guard other.id != new.id, other.overlaps(new), let otherBefore = before.place(other.id),
        let otherAfter = after.place(other.id), (otherBefore < placeBefore) != (otherAfter < placeAfter)
      else { return nil }
      return placeAfter < otherAfter
        ? Self.compare(.of(other), .of(new)) : Self.compare(.of(new), .of(other))
    }
  }

  private static func orSame(_ parts: [Set<ChangeReason>]) -> Set<ChangeReason> {
    var all = parts.reduce(into: Set<ChangeReason>()) { $0.formUnion($1) }
    // Beside a reason for one way or the other, "as before" would only be noise.
    if all.direction != .neutral { all.subtract([.neverAsked, .sameTreatment]) }
    return all.isEmpty ? [.sameTreatment] : all
  }
}

extension Rule {
  /// Whether every request that the other rule matches matches this one.
  fileprivate func covers(_ other: Rule) -> Bool {
    (agent == "*" || agent.isSameName(as: other.agent))
      && (dataClass == "*" || dataClass.isSameName(as: other.dataClass))
      && (tool == "*" || tool.isSameName(as: other.tool)) && minTokensIn <= other.minTokensIn
  }

  /// Whether some request may match both; two tools may stand in one request.
  fileprivate func overlaps(_ other: Rule) -> Bool {
    (agent == "*" || other.agent == "*" || agent.isSameName(as: other.agent))
      && (dataClass == "*" || other.dataClass == "*" || dataClass.isSameName(as: other.dataClass))
  }
}

extension String {
  /// Names are compared as bytes. Most differ, which `==` sees at once.
  fileprivate func isSameName(as other: String) -> Bool { self == other && utf8.elementsEqual(other.utf8) }
}
