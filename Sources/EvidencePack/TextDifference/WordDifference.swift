/// What differs inside a line that took another's place, word by word.
enum WordDifference {
  struct Part: Hashable {
    var text: String
    var isChanged: Bool
  }

  /// Longer lines are not looked into.
  static let longest = 400

  /// - Returns: nil where the two lines have too little in common for one to be the other changed, or one is too long.
  static func parts(_ old: String, _ new: String) -> (old: [Part], new: [Part])? {
    guard old.utf8.count <= longest, new.utf8.count <= longest else { return nil }
    let (oldWords, newWords) = (words(old), words(new))
    var numbers: [[UInt8]: Int] = [:]
    func number(_ word: String) -> Int {
      let bytes = Array(word.utf8)
      let next = numbers.count
      return numbers[bytes]
        ?? {
          numbers[bytes] = next; return next
        }()
    }
    let runs = SequenceDifference(old: oldWords.map(number), new: newWords.map(number)).runs
    func weight(_ words: some Sequence<String>) -> Int {
      words.reduce(0) { $0 + $1.unicodeScalars.count { isLetter($0) } }
    }
    let same = weight(runs.filter(\.isSame).flatMap { oldWords[$0.old] })
    guard same > 0, same * 4 >= max(weight(oldWords), weight(newWords)) else { return nil }
    return (
      joined(runs.map { ($0.isSame, oldWords[$0.old].joined()) }),
      joined(runs.map { ($0.isSame, newWords[$0.new].joined()) })
    )
  }

  /// Words, stretches of blanks, and signs one by one. Signs between letters belong to their word, as in a date or a
  /// model's name.
  static func words(_ line: String) -> [String] {
    let scalars = Array(line.unicodeScalars)
    var words: [String] = []
    var kind: Int?
    for (index, scalar) in scalars.enumerated() {
      var next = isLetter(scalar) ? 0 : scalar == " " || scalar == "\t" ? 1 : 2
      if next == 2, "-:./".unicodeScalars.contains(scalar), kind == 0, index + 1 < scalars.count,
        isLetter(scalars[index + 1])
      {
        next = 0
      }
      if next == kind, next != 2 {
        words[words.count - 1].unicodeScalars.append(scalar)
      } else {
        words.append(String(scalar))
      }
      kind = next
    }
    return words
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_"
      || scalar.properties.generalCategory == .nonspacingMark
  }

  /// Parts with changes in a row as one, and blanks between two changes as changed: a mark a word would be confetti.
  private static func joined(_ pieces: [(isSame: Bool, text: String)]) -> [Part] {
    var parts: [Part] = []
    let shown = pieces.filter { !$0.text.isEmpty }
    for (index, piece) in shown.enumerated() {
      let isBetween =
        index > 0 && index + 1 < shown.count && piece.text.utf8.allSatisfy { $0 == 0x20 }
        && !shown[index - 1].isSame && !shown[index + 1].isSame
      let isChanged = !piece.isSame || isBetween
      if parts.last?.isChanged == isChanged {
        parts[parts.count - 1].text += piece.text
      } else {
        parts.append(Part(text: piece.text, isChanged: isChanged))
      }
    }
    return parts
  }
}
