internal import EvidenceModel

/// Which of a version's deciding rules are left to ask once a decision's agent and data class are known. That depends on
/// few values, so it is worked out once for each. Names that no rule asks for are all alike.
struct CandidateLists: ~Copyable {
  typealias List = UnsafeBufferPointer<Int32>

  struct Entry: BitwiseCopyable {
    /// Indexes of rules, rising. Where none is left it holds -1 alone, so that it is not worked out again.
    var rules = List(start: nil, count: 0)
    /// How many rules from the beginning are the same in the list of the version before, and after: `Int32.max` where
    /// the lists are the same, 0 where there is no such version, -1 until it is asked.
    var sameBefore: Int32 = -1
    var sameAfter: Int32 = -1
  }

  /// 16 MB of lists; then they are worked out anew.
  private static let roomyCandidates = 4 << 20

  private let plan: ReplayPlan
  private var keys = KeyedSums(zero: Entry())
  private var lists = Arena()
  private var count = 0

  init(_ plan: ReplayPlan) { self.plan = plan }

  /// Before each decision: lists that were handed out end here.
  mutating func makeRoom() {
    guard count > Self.roomyCandidates else { return }
    keys = KeyedSums(zero: Entry())
    lists = Arena()
    count = 0
  }

  /// The list, and how much of it the neighbouring versions share.
  mutating func entry(of version: Int, _ judgement: Judgement) -> Entry {
    let place = place(of: version, judgement, emptyMatchesAll: false)
    if place.pointee.sum.sameBefore >= 0 { return place.pointee.sum }
    // Another list moves the entries, so this one is written back when both are known.
    var entry = place.pointee.sum
    let compiled = plan.versions[version]
    entry.sameBefore = same(entry.rules, compiled, compiled.before, judgement)
    entry.sameAfter = same(entry.rules, compiled, compiled.after, judgement)
    self.place(of: version, judgement, emptyMatchesAll: false).pointee.sum = entry
    return entry
  }

  mutating func rules(of version: Int, _ judgement: Judgement, emptyMatchesAll: Bool) -> List {
    place(of: version, judgement, emptyMatchesAll: emptyMatchesAll).pointee.sum.rules
  }

  private mutating func place(
    of version: Int, _ judgement: Judgement, emptyMatchesAll: Bool
  ) -> UnsafeMutablePointer<KeyedSums<Entry>.Entry> {
    let agent = asked(judgement.agent)
    let dataClass = asked(judgement.dataClass)
    let place = keys.entry(
      UInt64(version) &<< 32 | UInt64(agent), UInt64(dataClass) &<< 1 | (emptyMatchesAll ? 1 : 0))
    if place.pointee.sum.rules.baseAddress == nil {
      place.pointee.sum.rules = list(
        plan.versions[version].deciding, agent: agent, dataClass: dataClass, emptyMatchesAll: emptyMatchesAll)
      count += place.pointee.sum.rules.count
    }
    return place
  }

  /// The name itself, or one that no rule asks for.
  @inline(__always)
  private func asked(_ name: Int) -> Int {
    name == 0 || plan.facts(name).isAskedFor ? name : Int(Int32.max)
  }

  private func list(
    _ rules: UnsafeBufferPointer<CompiledVersion.DecidingRule>, agent: Int, dataClass: Int, emptyMatchesAll: Bool
  ) -> List {
    var found: [Int32] = []
    for (index, rule) in rules.enumerated() {
      let agentMatches = rule.agent == 0 || rule.agent == agent || (emptyMatchesAll && agent == 0)
      let classMatches = rule.dataClass == 0 || rule.dataClass == dataClass || (emptyMatchesAll && dataClass == 0)
      if agentMatches && classMatches { found.append(Int32(index)) }
    }
    return lists.keep(found.isEmpty ? [-1] : found)
  }

  private mutating func same(
    _ mine: List, _ version: CompiledVersion, _ neighbour: CompiledVersion.Neighbour?, _ judgement: Judgement
  ) -> Int32 {
    guard let neighbour else { return 0 }
    let theirs = rules(of: neighbour.version, judgement, emptyMatchesAll: false)
    let other = plan.versions[neighbour.version]
    var place = 0
    while place < min(mine.count, theirs.count) {
      let (left, right) = (Int(mine[place]), Int(theirs[place]))
      guard left < 0 || right < 0 ? left == right : version.deciding[left].decides(as: other.deciding[right]) else {
        return Int32(place)
      }
      place += 1
    }
    return mine.count == theirs.count ? .max : Int32(place)
  }
}

extension CompiledVersion.DecidingRule {
  /// Whether another rule comes to the same for a decision whose agent and data class both match.
  fileprivate func decides(as other: Self) -> Bool {
    name == other.name && tool == other.tool && minTokensIn == other.minTokensIn && action == other.action
      && target == other.target && jurisdictions.equals(other.jurisdictions)
  }
}

extension CompiledVersion.PermitRule {
  func permits(as other: Self) -> Bool {
    name == other.name && agent == other.agent && dataClass == other.dataClass && tool == other.tool
      && minTokensIn == other.minTokensIn && from == other.from && targets.elementsEqual(other.targets)
      && triggers.equals(other.triggers)
  }
}

extension CompiledVersion {
  /// Whether both versions permit the same, and mean the same rules by the names that a log may claim.
  func hasSamePermits(as other: CompiledVersion) -> Bool {
    func otherNames(_ version: CompiledVersion) -> [Claim] { version.claims.filter { $0.name != $0.rule } }
    return permits.elementsEqual(other.permits) { $0.permits(as: $1) }
      && otherNames(self).elementsEqual(otherNames(other)) { $0.name == $1.name && $0.rule == $1.rule }
  }
}

extension UnsafeBufferPointer<Int>? {
  fileprivate func equals(_ other: Self) -> Bool {
    guard let self, let other else { return self == nil && other == nil }
    return self.elementsEqual(other)
  }
}
