import Testing

@testable import EvidencePack

@Suite struct SequenceDifferenceTests {
  private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  /// Puts what the runs add in place of what they remove.
  private func applied(_ runs: [SequenceDifference.Run], to old: [Int], from new: [Int]) -> [Int] {
    runs.flatMap { $0.isSame ? Array(old[$0.old]) : Array(new[$0.new]) }
  }

  private func holds(_ old: [Int], _ new: [Int]) -> Bool {
    let runs = SequenceDifference(old: old, new: new).runs
    let cover =
      runs.flatMap { Array($0.old) } == Array(old.indices) && runs.flatMap { Array($0.new) } == Array(new.indices)
    return cover && applied(runs, to: old, from: new) == new
      && runs.allSatisfy { !$0.isSame || old[$0.old].elementsEqual(new[$0.new]) }
      && zip(runs, runs.dropFirst()).allSatisfy { $0.isSame != $1.isSame }
  }

  @Test(arguments: 1...8) func applyingTheDifferenceGivesTheNewText(seed: Int) {
    var dice = Dice(state: UInt64(seed) &* 7919)
    for _ in 0..<300 {
      let kinds = Int.random(in: 1...30, using: &dice)
      let old = (0..<Int.random(in: 0...60, using: &dice)).map { _ in Int.random(in: 0..<kinds, using: &dice) }
      var new = old
      for _ in 0..<Int.random(in: 0...8, using: &dice) {
        let place = Int.random(in: 0...new.count, using: &dice)
        if Bool.random(using: &dice) || place == new.count {
          new.insert(Int.random(in: 0..<kinds, using: &dice), at: place)
        } else {
          new.remove(at: place)
        }
      }
      #expect(holds(old, new), "\(old) to \(new)")
      let other = (0..<Int.random(in: 0...60, using: &dice)).map { _ in Int.random(in: 0..<kinds, using: &dice) }
      #expect(holds(old, other), "\(old) to \(other)")
    }
  }

  @Test func oneElementPutInIsOneRun() {
    #expect(
      SequenceDifference(old: [1, 1, 1, 1], new: [1, 1, 1, 1, 1]).runs.filter { !$0.isSame }.map(\.new.count) == [1])
    #expect(SequenceDifference(old: [1, 2, 3], new: [1, 9, 2, 3]).runs.count == 3)
  }

  @Test func theFewestEditsAreFoundWhereNothingStandsOnce() {
    let runs = SequenceDifference(old: [1, 2, 1, 2, 1, 2], new: [2, 1, 2, 1, 2, 1]).runs
    #expect(runs.filter { !$0.isSame }.reduce(0) { $0 + $1.old.count + $1.new.count } == 2)
  }

  /// Two elements only, in no order: the worst there is for a search of the fewest edits.
  @Test func longSequencesWithNothingThatStandsOnceEndSoon() {
    var dice = Dice(state: 1)
    let old = (0..<60_000).map { _ in Int.random(in: 0...1, using: &dice) }
    let new = (0..<60_000).map { _ in Int.random(in: 0...1, using: &dice) }
    #expect(holds(old, new))
  }
}
