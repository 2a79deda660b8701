/// Why a change is looser, stricter or neither: what becomes of some of the requests, or fallbacks, that it touches.
package enum ChangeReason: String, Sendable, CaseIterable {
  /// Requests that were refused are refused no longer.
  case noLongerRefused = "no-longer-refused"
  /// Requests that had to leave the model they asked for may stay on it.
  case mayStay = "may-stay"
  /// Requests that no rule spoke about may be served.
  case nowCovered = "now-covered"
  case morePlaces = "more-places"
  /// Fallbacks that nothing permitted are permitted.
  case mayFallBack = "may-fall-back"
  case nowRefused = "now-refused"
  case mustLeave = "must-leave"
  case noLongerCovered = "no-longer-covered"
  case fewerPlaces = "fewer-places"
  case mayNotFallBack = "may-not-fall-back"
  /// Requests go to another model; which of the two is the more trusted one, a policy does not say.
  case otherTarget = "other-target"
  case otherPlaces = "other-places"
  /// Some fallbacks are permitted that were not, others no longer.
  case otherFallbacks = "other-fallbacks"
  /// It permitted fallbacks and now decides, or the other way round.
  case otherRole = "other-role"
  /// A setting that no log lets replay test.
  case settings
  case schema
  /// The first version that can be read: what was in force before it, nobody knows.
  case firstVersion = "first-version"
  /// No request is left for the rule: others have them all.
  case neverAsked = "never-asked"
  /// Every request is treated as it was.
  case sameTreatment = "same-treatment"

  package var direction: RuleChange.Direction {
    switch self {
    case .noLongerRefused, .mayStay, .nowCovered, .morePlaces, .mayFallBack: .looser
    case .nowRefused, .mustLeave, .noLongerCovered, .fewerPlaces, .mayNotFallBack: .stricter
    case .otherTarget, .otherPlaces, .otherFallbacks, .otherRole, .settings, .schema, .firstVersion: .unknown
    case .neverAsked, .sameTreatment: .neutral
    }
  }
}

extension Set<ChangeReason> {
  /// One way where all go that way or neither; else unknown.
  var direction: RuleChange.Direction {
    let decided = Set<RuleChange.Direction>(map(\.direction)).subtracting([.neutral])
    guard let only = decided.first else { return .neutral }
    return decided.count == 1 ? only : .unknown
  }

  /// In the order of the cases.
  var ordered: [ChangeReason] { ChangeReason.allCases.filter(contains) }
}
