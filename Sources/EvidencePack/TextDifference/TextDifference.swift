/// The difference of two texts, line by line, with three lines of context. Of a stretch that was replaced, what went stands
/// before what came.
struct TextDifference {
  enum Operation: String { case same, added, removed, skip }

  struct Line {
    var operation: Operation
    /// Of `skip` none.
    var parts: [WordDifference.Part]
    var old: Int?
    var new: Int?
    /// It says who made the version and when, not what the rules are.
    var isHeader = false
    /// Of `skip`: how many lines are left out.
    var count = 1

    var text: String { parts.map(\.text).joined() }
  }

  private(set) var lines: [Line] = []
  private(set) var added = 0
  private(set) var removed = 0
  /// Of these, lines that the version's own record takes.
  private(set) var headerAdded = 0
  private(set) var headerRemoved = 0
  /// The page holds no more; the sums still count all.
  private(set) var isCut = false
  /// One of the texts is longer than what is compared.
  private(set) var isTooLarge = false
  /// Outside of the header, lines went elsewhere and nothing else happened to them.
  private(set) var isOnlyMoved = false

  static let context = 3
  static let mostLines = 1000
  static let mostBytes = 120_000
  /// Lines of both texts together.
  static let mostCompared = 200_000

  init(old: [String], new: [String]) {
    guard old.count + new.count <= Self.mostCompared else {
      isTooLarge = true
      return
    }
    var numbers: [[UInt8]: Int] = [:]
    // Bytes decide, as everywhere; canonical equivalence would hide a change.
    func number(_ line: String) -> Int {
      let bytes = Array(line.utf8)
      if let known = numbers[bytes] { return known }
      numbers[bytes] = numbers.count
      return numbers.count - 1
    }
    let (oldNumbers, newNumbers) = (old.map(number), new.map(number))
    let runs = SequenceDifference(old: oldNumbers, new: newNumbers).runs
    let (oldHeader, newHeader) = (Self.headerLength(old), Self.headerLength(new))
    var moved: [Int: Int] = [:]
    for run in runs where !run.isSame {
      removed += run.old.count
      added += run.new.count
      headerRemoved += run.old.count { $0 < oldHeader }
      headerAdded += run.new.count { $0 < newHeader }
      for index in run.old where index >= oldHeader { moved[oldNumbers[index], default: 0] -= 1 }
      for index in run.new where index >= newHeader { moved[newNumbers[index], default: 0] += 1 }
    }
    isOnlyMoved = !moved.isEmpty && moved.values.allSatisfy { $0 == 0 }
    lay(runs, old, new, oldHeader: oldHeader, newHeader: newHeader)
  }

  /// Lines before the key under which a policy of ours lists its rules: its version, author, approval and times.
  static func headerLength(_ lines: [String]) -> Int {
    lines.prefix(60).firstIndex { $0.utf8.starts(with: "rules:".utf8) } ?? 0
  }

  // MARK: What is shown

  private mutating func lay(
    _ runs: [SequenceDifference.Run], _ old: [String], _ new: [String], oldHeader: Int, newHeader: Int
  ) {
    var bytes = 0
    for (place, run) in runs.enumerated() {
      var block: [Line] = []
      if run.isSame {
        let head = place == 0 ? 0 : Self.context
        let tail = place == runs.count - 1 ? 0 : Self.context
        for (offset, index) in run.new.enumerated() {
          if offset == head, run.new.count > head + tail {
            let left = run.new.count - head - tail
            block.append(Line(operation: .skip, parts: [], count: left))
          }
          guard offset < head || offset >= run.new.count - tail else { continue }
          block.append(
            Line(
              operation: .same, parts: Self.shown(new[index]), old: run.old.lowerBound + offset + 1, new: index + 1,
              isHeader: index < newHeader))
        }
      } else {
        block = Self.replaced(run, old, new, oldHeader: oldHeader, newHeader: newHeader)
      }
      for line in block {
        bytes += line.text.utf8.count
        guard lines.count < Self.mostLines, bytes <= Self.mostBytes else {
          isCut = true
          return
        }
        lines.append(line)
      }
    }
  }

  /// What went, then what came; a line that took another's place is marked word by word on both sides.
  private static func replaced(
    _ run: SequenceDifference.Run, _ old: [String], _ new: [String], oldHeader: Int, newHeader: Int
  ) -> [Line] {
    // Nobody reads so many lines in a row for their words.
    let pairs = run.old.count + run.new.count <= 400 ? pairs(Array(old[run.old]), Array(new[run.new])) : []
    var oldParts: [Int: [WordDifference.Part]] = [:]
    var newParts: [Int: [WordDifference.Part]] = [:]
    for pair in pairs {
      let (oldIndex, newIndex) = (run.old.lowerBound + pair.old, run.new.lowerBound + pair.new)
      guard let parts = WordDifference.parts(old[oldIndex], new[newIndex]) else { continue }
      oldParts[oldIndex] = parts.old
      newParts[newIndex] = parts.new
    }
    return run.old.map { index in
      Line(
        operation: .removed, parts: oldParts[index] ?? shown(old[index]), old: index + 1, isHeader: index < oldHeader)
    }
      + run.new.map { index in
        Line(
          operation: .added, parts: newParts[index] ?? shown(new[index]), new: index + 1, isHeader: index < newHeader)
      }
  }

  /// Lines that may be one another changed: in both texts in the same order, with the same first word.
  private static func pairs(_ old: [String], _ new: [String]) -> [(old: Int, new: Int)] {
    var numbers: [[UInt8]: Int] = [:]
    func key(_ line: String) -> Int {
      let first = line.utf8.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x2D }.prefix(80)
        .prefix { $0 != 0x3A && $0 != 0x3D && $0 != 0x2C }
      let bytes = Array(first)
      if let known = numbers[bytes] { return known }
      numbers[bytes] = numbers.count
      return numbers.count - 1
    }
    return SequenceDifference(old: old.map(key), new: new.map(key)).runs.filter(\.isSame).flatMap { run in
      zip(run.old, run.new).map { (old: $0, new: $1) }
    }
  }

  private static func shown(_ line: String) -> [WordDifference.Part] {
    [WordDifference.Part(text: FigureText.shortened(line, to: WordDifference.longest), isChanged: false)]
  }
}
