/// Finds names in bytes, where they stand as whole words, in one pass whatever their number.
///
/// A word is a run of letters, digits, `-` and `_`. A name is found where its first word stands, with all of its bytes
/// around it, and no word goes on at its end.
struct NameMatcher {
  private struct Name {
    var bytes: [UInt8]
    /// Where its first word begins.
    var offset: Int
    var original: Int
  }

  private var names: [Name] = []
  /// By the hash of the first word.
  private var byWord: [UInt64: [Int]] = [:]

  /// Whether the name was taken: one without a letter or a digit cannot be looked for.
  @discardableResult
  mutating func add(_ bytes: [UInt8], original: Int) -> Bool {
    let first = bytes.withUnsafeBufferPointer { Self.nextWord(in: $0, from: 0) }
    guard let first else { return false }
    byWord[first.hash, default: []].append(names.count)
    names.append(Name(bytes: bytes, offset: first.range.lowerBound, original: original))
    return true
  }

  /// Calls `body` with each name that stands in the text, from left to right; of several the longest. Stops on false.
  func forEachMatch(in text: UnsafeBufferPointer<UInt8>, _ body: (_ range: Range<Int>, _ original: Int) -> Bool) {
    guard !names.isEmpty else { return }
    var (place, floor) = (0, 0)
    while let word = Self.nextWord(in: text, from: place) {
      place = word.range.upperBound
      guard let candidates = byWord[word.hash] else { continue }
      var best: (range: Range<Int>, original: Int)?
      for index in candidates {
        let range = range(of: names[index], at: word.range.lowerBound, in: text, floor: floor)
        if let range, range.count > best?.range.count ?? 0 { best = (range, names[index].original) }
      }
      guard let best else { continue }
      if !body(best.range, best.original) { return }
      (place, floor) = (max(place, best.range.upperBound), best.range.upperBound)
    }
  }

  private func range(
    of name: Name, at word: Int, in text: UnsafeBufferPointer<UInt8>, floor: Int
  ) -> Range<Int>? {
    let start = word - name.offset
    let end = start + name.bytes.count
    guard start >= floor, end <= text.count else { return nil }
    for index in 0..<name.bytes.count where text[start + index] != name.bytes[index] { return nil }
    guard end < text.count, Self.endsInWord(name.bytes) else { return start..<end }
    return Self.letter(in: text, at: end).isWord ? nil : start..<end
  }

  private static func endsInWord(_ bytes: [UInt8]) -> Bool {
    var end = bytes.count - 1
    while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return bytes.withUnsafeBufferPointer { letter(in: $0, at: end).isWord }
  }

  private static func nextWord(
    in text: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (range: Range<Int>, hash: UInt64)? {
    var place = start
    while place < text.count {
      let first = letter(in: text, at: place)
      guard first.isWord else {
        place += first.width
        continue
      }
      let begin = place
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      while place < text.count {
        let next = letter(in: text, at: place)
        guard next.isWord else { break }
        for index in place..<min(place + next.width, text.count) {
          hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01b3
        }
        place += next.width
      }
      return (begin..<min(place, text.count), hash)
    }
    return nil
  }

  /// Whether the letter at a place belongs to a word, and its bytes. Beyond ASCII all do, but for the blocks of
  /// punctuation and symbols: U+0080 to U+00BF, U+2000 to U+2FFF, U+3000 to U+303F.
  private static func letter(in text: UnsafeBufferPointer<UInt8>, at place: Int) -> (isWord: Bool, width: Int) {
    let byte = text[place]
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: return (true, 1)
    case 0x00..<0x80: return (false, 1)
    case 0xC2: return (false, 2)
    case 0xE2: return (false, 3)
    case 0xE3 where place + 1 < text.count && text[place + 1] == 0x80: return (false, 3)
    default: return (true, 1)
    }
  }
}
