import EvidenceModel
import TestSupport
import Testing

/// What the look-ups find is what a naive scan over all records finds (SEMANTICS §3 and §6), over random histories.
@Suite struct LookUpPropertyTests {
  /// The same numbers for the same seed, on every machine.
  struct Dice {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func roll(_ sides: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(sides))
    }

    mutating func instant() -> Instant { Instant(microseconds: Int64(roll(12)) * 1_000_000) }
  }

  private static let rules = ["a", "ab", "b"]

  private func record(_ dice: inout Dice, line: Int) -> OwnershipRecord {
    let from = dice.instant()
    return OwnershipRecord(
      rulePattern: ["a", "ab", "b", "*", "a*"][dice.roll(5)], owner: ["dana", "sam", "alex"][dice.roll(3)],
      role: dice.roll(5) == 0 ? "consulted" : "accountable", from: from, to: dice.roll(3) == 0 ? nil : dice.instant(),
      sequence: dice.roll(4), recordedAt: dice.roll(3) == 0 ? nil : dice.instant(), source: "ownership.csv", line: line)
  }

  private func covers(_ pattern: String, _ rule: String) -> Bool {
    pattern == "*" || pattern == rule || pattern == "a*" && rule.hasPrefix("a")
  }

  /// The index of the record that decides.
  private func naive(_ records: [OwnershipRecord], _ rule: String, _ instant: Instant, _ knownAt: Instant?) -> Int? {
    var best: Int?
    for (index, record) in records.enumerated() {
      guard record.role == "accountable", covers(record.rulePattern, rule), record.from <= instant else { continue }
      if let to = record.to, to <= instant { continue }
      if let knownAt, (record.recordedAt ?? record.from) > knownAt { continue }
      if let known = best {
        let before = (records[known].from, records[known].sequence)
        if (record.from, record.sequence) < before { continue }
      }
      best = index
    }
    return best
  }

  @Test func theOwnerIsWhoANaiveScanFinds() {
    for seed in 0..<2_000 {
      var dice = Dice(seed: UInt64(seed))
      let records = (0..<dice.roll(9)).map { record(&dice, line: $0 + 1) }
      let history = OwnershipHistory(records: records, people: People([]), hasPeopleRegister: false)
      for rule in Self.rules {
        let tenures = history.tenures(of: rule)
        let steps = history.steps(of: rule)
        for second in -1...12 {
          let instant = Instant(microseconds: Int64(second) * 1_000_000)
          let now = naive(records, rule, instant, nil)
          let then = naive(records, rule, instant, instant)
          let step = steps.value(at: instant.microseconds)
          #expect(step?.tenure?.recordIndex == now, "seed \(seed), rule \(rule), second \(second)")
          #expect(
            (step?.changedAfterwards ?? false) == (now.map { records[$0].owner } != then.map { records[$0].owner }),
            "seed \(seed), rule \(rule), second \(second)")
          #expect(OwnershipHistory.deciding(among: tenures, at: instant)?.recordIndex == now)
          for known in [-1, 3, 6, 12] {
            let knownAt = Instant(microseconds: Int64(known) * 1_000_000)
            let found = OwnershipHistory.deciding(among: tenures, at: instant, knownAt: knownAt)
            #expect(found?.recordIndex == naive(records, rule, instant, knownAt))
          }
        }
      }
    }
  }

  @Test func theVersionInForceIsTheOneThatANaiveScanFinds() {
    for seed in 0..<2_000 {
      var dice = Dice(seed: UInt64(seed) &+ 1 << 32)
      let versions = (0..<dice.roll(9)).map { index in
        PolicyVersion(
          id: "v\(index)", effectiveFrom: dice.instant(), recordedAt: dice.roll(3) == 0 ? nil : dice.instant(),
          source: "policy", digest: Digest(of: "\(index)"), rules: [])
      }
      let history = PolicyHistory(versions)
      for second in -1...12 {
        let instant = Instant(microseconds: Int64(second) * 1_000_000)
        var best: PolicyVersion?
        for version in versions where version.effectiveFrom <= instant {
          let key = (version.effectiveFrom, version.recordedAt ?? version.effectiveFrom)
          if let best, key < (best.effectiveFrom, best.recordedAt ?? best.effectiveFrom) { continue }
          best = version
        }
        let found = history.inForce.value(at: instant.microseconds).map { history.versions[$0].id }
        #expect(found == best?.id, "seed \(seed), second \(second)")
      }
    }
  }

  @Test func aLongHistoryOfOneRuleIsWalkedOnce() {
    let records = (0..<60_000).map { index in
      OwnershipRecord(
        rulePattern: "a", owner: "owner-\(index % 7)", from: Instant(microseconds: Int64(index)),
        to: Instant(microseconds: Int64(index + 30_000)), sequence: index,
        recordedAt: Instant(microseconds: Int64(index + 1 + index * 31 % 20_000)), source: "ownership.csv", line: index)
    }
    let steps = OwnershipHistory(records: records, people: People([]), hasPeopleRegister: false).steps(of: "a")
    #expect(steps.value(at: 59_999)?.tenure?.recordIndex == 59_999)
    #expect(steps.value(at: 70_000)?.tenure?.recordIndex == 59_999)
    #expect(steps.value(at: 90_000)?.tenure == nil)
  }
}
