internal import EvidenceModel

/// The difference of two sequences of numbers, in time that grows with their length. It is exact where that is cheap, and
/// elsewhere still true: what it calls the same is the same, and both sequences can be read back from it.
struct SequenceDifference {
  /// A stretch that both sequences have, or one that stands in place of another.
  struct Run: Hashable {
    var isSame: Bool
    var old: Range<Int>
    var new: Range<Int>
  }

  /// In order; two that differ never meet.
  private(set) var runs: [Run] = []

  private let old: [Int]
  private let new: [Int]

  init(old: [Int], new: [Int]) {
    self.old = old
    self.new = new
    compare(0..<old.count, 0..<new.count, depth: 0)
  }

  /// Each level splits at elements that stand once on both sides; sixteen levels are more than texts of people need.
  private static let deepest = 16

  private mutating func compare(_ oldRange: Range<Int>, _ newRange: Range<Int>, depth: Int) {
    var (a, b) = (oldRange.lowerBound, newRange.lowerBound)
    var (endA, endB) = (oldRange.upperBound, newRange.upperBound)
    while a < endA, b < endB, old[a] == new[b] { (a, b) = (a + 1, b + 1) }
    while a < endA, b < endB, old[endA - 1] == new[endB - 1] { (endA, endB) = (endA - 1, endB - 1) }
    append(isSame: true, oldRange.lowerBound..<a, newRange.lowerBound..<b)
    if a == endA || b == endB {
      append(isSame: false, a..<endA, b..<endB)
    } else {
      let anchors = depth < Self.deepest ? anchors(a..<endA, b..<endB) : []
      if anchors.isEmpty {
        compareByEdits(a..<endA, b..<endB)
      } else {
        for anchor in anchors {
          compare(a..<anchor.old, b..<anchor.new, depth: depth + 1)
          append(isSame: true, anchor.old..<anchor.old + 1, anchor.new..<anchor.new + 1)
          (a, b) = (anchor.old + 1, anchor.new + 1)
        }
        compare(a..<endA, b..<endB, depth: depth + 1)
      }
    }
    append(isSame: true, endA..<oldRange.upperBound, endB..<newRange.upperBound)
  }

  private mutating func append(isSame: Bool, _ old: Range<Int>, _ new: Range<Int>) {
    guard !old.isEmpty || !new.isEmpty else { return }
    if let last = runs.last, last.isSame == isSame {
      runs[runs.count - 1].old = last.old.lowerBound..<old.upperBound
      runs[runs.count - 1].new = last.new.lowerBound..<new.upperBound
    } else {
      runs.append(Run(isSame: isSame, old: old, new: new))
    }
  }

  // MARK: Elements that stand once on both sides

  /// The longest list of them that rises on both sides.
  private func anchors(_ oldRange: Range<Int>, _ newRange: Range<Int>) -> [(old: Int, new: Int)] {
    var places: [Int: (old: Int, countOld: Int, new: Int, countNew: Int)] = [:]
    for index in oldRange {
      places[old[index], default: (0, 0, 0, 0)].old = index
      places[old[index], default: (0, 0, 0, 0)].countOld += 1
    }
    for index in newRange where places[new[index]] != nil {
      places[new[index], default: (0, 0, 0, 0)].new = index
      places[new[index], default: (0, 0, 0, 0)].countNew += 1
    }
    let common = oldRange.compactMap { index -> (old: Int, new: Int)? in
      guard let place = places[old[index]], place.countOld == 1, place.countNew == 1 else { return nil }
      return (index, place.new)
    }
    return common.map(\.new).longestRisingPlaces.map { common[$0] }
  }

  // MARK: The fewest edits

  /// The fewest elements taken out and put in, where a few hundred do; else all are replaced.
  private mutating func compareByEdits(_ oldRange: Range<Int>, _ newRange: Range<Int>) {
    let (countA, countB) = (oldRange.count, newRange.count)
    let most = min(countA + countB, 300, 8_000_000 / max(1, countA + countB))
    // Of each diagonal the furthest place in the old sequence, after each number of edits.
    var furthest = [Int](repeating: 0, count: 2 * most + 3)
    let middle = most + 1
    var trace: [[Int]] = []
    for edits in 0...most {
      trace.append(Array(furthest[(middle - edits - 1)...(middle + edits + 1)]))
      for diagonal in stride(from: -edits, through: edits, by: 2) {
        let isDown =
          diagonal == -edits
          || (diagonal != edits && furthest[middle + diagonal - 1] < furthest[middle + diagonal + 1])
        var x = isDown ? furthest[middle + diagonal + 1] : furthest[middle + diagonal - 1] + 1
        while x < countA, x - diagonal < countB, x - diagonal >= 0,
          old[oldRange.lowerBound + x] == new[newRange.lowerBound + x - diagonal]
        {
          x += 1
        }
        furthest[middle + diagonal] = x
        if x >= countA, x - diagonal >= countB {
          follow(trace, oldRange, newRange)
          return
        }
      }
    }
    append(isSame: false, oldRange, newRange)
  }

  /// Reads the way back from the end of both sequences, then appends it forwards.
  private mutating func follow(_ trace: [[Int]], _ oldRange: Range<Int>, _ newRange: Range<Int>) {
    var same: [(old: Int, new: Int, count: Int)] = []
    var (x, y) = (oldRange.count, newRange.count)
    for (edits, reached) in trace.enumerated().reversed() {
      func place(_ diagonal: Int) -> Int { reached[diagonal + edits + 1] }
      let diagonal = x - y
      let isDown =
        diagonal == -edits || (diagonal != edits && place(diagonal - 1) < place(diagonal + 1))
      let from = edits == 0 ? 0 : isDown ? place(diagonal + 1) : place(diagonal - 1)
      let start = edits == 0 ? 0 : isDown ? from : from + 1
      if x > start { same.append((start, start - diagonal, x - start)) }
      (x, y) = edits == 0 ? (0, 0) : (from, isDown ? from - diagonal - 1 : from - diagonal + 1)
    }
    var (a, b) = (oldRange.lowerBound, newRange.lowerBound)
    for run in same.reversed() {
      let (runA, runB) = (oldRange.lowerBound + run.old, newRange.lowerBound + run.new)
      append(isSame: false, a..<runA, b..<runB)
      append(isSame: true, runA..<runA + run.count, runB..<runB + run.count)
      (a, b) = (runA + run.count, runB + run.count)
    }
    append(isSame: false, a..<oldRange.upperBound, b..<newRange.upperBound)
  }
}
