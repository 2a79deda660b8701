package import EvidenceModel
internal import Intake

/// Decisions that no rule of the version in force explains, but a version explains that was not in force, or that is not
/// on file at all: a sign that what ran was changed without a record, or at another time than recorded.
package struct UnrecordedChange: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    /// The log names a rule that no version on file holds.
    case notOnFile = "not-on-file"
    /// The version that explains them came into force only later.
    case notYet = "not-yet-in-force"
    /// The version that explains them was in force earlier, and no longer.
    case noLonger = "no-longer-in-force"
  }

  package var kind: Kind
  /// The version that explains the decisions; of `notOnFile`, the rule that the log names, shortened.
  package var explainedBy: String
  /// The version that was in force by the records.
  package var inForce: String
  package var n: Int
  package var first: Instant
  package var last: Instant
  /// Shortened, as the one below.
  package var firstRequest: String
  package var lastRequest: String

  package init(
    kind: Kind, explainedBy: String, inForce: String, n: Int, first: Instant, last: Instant, firstRequest: String,
    lastRequest: String
  ) {
    self.kind = kind
    self.explainedBy = explainedBy
    self.inForce = inForce
    self.n = n
    self.first = first
    self.last = last
    self.firstRequest = firstRequest
    self.lastRequest = lastRequest
  }
}

/// Looks for unrecorded changes among the exceptions of a run.
///
/// An exception counts when some version other than the one in force would make it no exception; of several the nearest
/// in time. It is no proof: a decision may agree with another version by chance.
package struct UnrecordedChangeSearch {
  /// Versions further from the one in force than this are not asked: one out of a long history explains anything.
  package static let reach = 12
  private static let mostKinds = 100_000
  /// Changes that are told apart; what goes beyond them counts together. A hostile log may name a rule of its own in every line.
  package static let mostChanges = 1000
  /// Of a text from a log, in Unicode scalars.
  private static let longestText = 80

  private let plan: ReplayPlan
  private let history: PolicyHistory
  private let judge: DecisionJudge
  private let names: NameTable
  private let lender = DecisionLender()
  private let isKnownRule: ByName<Bool>
  private let thresholds: [Int64]
  private let places: ByName<Int>
  /// Index of the version that explains decisions of one kind, by what decides it; nil where none does.
  private var known: [Digest: Int?] = [:]
  private var found: [Digest: UnrecordedChange] = [:]

  package init(_ plan: ReplayPlan, _ history: PolicyHistory) {
    self.plan = plan
    self.history = history
    judge = DecisionJudge(plan)
    names = NameTable(of: plan)
    var isKnownRule: ByName<Bool> = [:]
    var thresholds = Set<Int64>()
    var places: ByName<Int> = [:]
    for (index, version) in history.versions.enumerated() {
      places[version.id] = index
      for rule in version.rules {
        isKnownRule[rule.id] = true
        for claim in rule.claims { isKnownRule[claim] = true }
        thresholds.insert(rule.minTokensIn)
      }
    }
    self.isKnownRule = isKnownRule
    self.thresholds = thresholds.sorted()
    self.places = places
  }

  /// Takes an exception of the run.
  package mutating func add(_ decision: JudgedDecision) {
    guard decision.decisionClass != .noPolicy, let inForce = places[decision.version],
      history.versions[inForce].isReadable
    else { return }
    if !decision.claimedRule.isEmpty, isKnownRule[decision.claimedRule] == nil {
      // A history with a hole may hold the rule in the very version that cannot be read.
      if history.versions.allSatisfy(\.isReadable) { count(decision, .notOnFile, decision.claimedRule) }
      return
    }
    guard let version = versionExplaining(decision, inForce) else { return }
    count(
      decision, history.versions[version].effectiveFrom > decision.at ? .notYet : .noLonger,
      history.versions[version].id)
  }

  /// In the order of kind and of the first instant.
  package var changes: [UnrecordedChange] {
    found.values.sorted { left, right in
      (left.kind.rawValue, left.first, left.n) != (right.kind.rawValue, right.first, right.n)
        ? (left.kind.rawValue, left.first, left.n) < (right.kind.rawValue, right.first, right.n)
        : (left.explainedBy + left.inForce).precedesBytewise(right.explainedBy + right.inForce)
    }
  }

  private mutating func count(_ decision: JudgedDecision, _ kind: UnrecordedChange.Kind, _ explainedBy: String) {
    var (key, shown) = (Self.key([kind.rawValue, explainedBy, decision.version]), Self.short(explainedBy))
    if found[key] == nil, found.count >= Self.mostChanges {
      (key, shown) = (Self.key([kind.rawValue, decision.version]), "… (one of many)")
    }
    let request = Self.short(decision.requestID)
    guard var change = found[key] else {
      found[key] = UnrecordedChange(
        kind: kind, explainedBy: shown, inForce: decision.version, n: 1, first: decision.at, last: decision.at,
        firstRequest: request, lastRequest: request)
      return
    }
    change.n += 1
    if decision.at < change.first { (change.first, change.firstRequest) = (decision.at, request) }
    if decision.at > change.last { (change.last, change.lastRequest) = (decision.at, request) }
    found[key] = change
  }

  /// The nearest version under which the decision would be no exception.
  private mutating func versionExplaining(_ decision: JudgedDecision, _ inForce: Int) -> Int? {
    let key = Self.key(
      [
        String(inForce), decision.agent, decision.dataClass, decision.requestedModel, decision.servedModel,
        decision.claimedRule, decision.escalatedFrom, decision.trigger, decision.outcome.name, decision.jurisdiction,
        decision.deployment, String(thresholds.count { $0 <= decision.tokensIn }),
      ] + decision.tools)
    if let answer = known[key] { return answer }
    var gathered = GatheredDecision(decision)
    gathered.at = decision.at
    let answer = lender.lend(gathered) { record in
      (1...Self.reach).lazy.flatMap { [inForce - $0, inForce + $0] }.first { index in
        guard history.versions.indices.contains(index), history.versions[index].isReadable else { return false }
        return !judge.judge(record, names: names, under: index).decisionClass.isException
      }
    }
    // Past so many kinds of decision the answers are found anew: a hostile log may hold millions.
    if known.count < Self.mostKinds { known[key] = answer }
    return answer
  }

  private static func key(_ parts: [String]) -> Digest {
    var hasher = Hasher256()
    for part in parts {
      var framed = "\(part.utf8.count):\(part)"
      framed.withUTF8 { hasher.update(UnsafeRawBufferPointer($0)) }
    }
    return hasher.finish()
  }

  private static func short(_ text: String) -> String {
    let start = text.unicodeScalars.prefix(longestText)
    return start.endIndex < text.unicodeScalars.endIndex ? String(start) + "…" : text
  }
}

extension GatheredDecision {
  /// A decision as its log gave it, without what replay found.
  fileprivate init(_ decision: JudgedDecision) {
    self.init(at: decision.position, recordDigest: decision.lineDigest)
    requestID = decision.requestID
    agent = decision.agent
    dataClass = decision.dataClass
    requestedModel = decision.requestedModel
    servedModel = decision.servedModel
    provider = decision.provider
    deployment = decision.deployment
    claimedRule = decision.claimedRule
    escalatedFrom = decision.escalatedFrom
    trigger = decision.trigger
    tools = decision.tools
    outcome = decision.outcome
    tokensIn = decision.tokensIn
    tokensOut = decision.tokensOut
    costMicros = decision.costMicros
  }
}
