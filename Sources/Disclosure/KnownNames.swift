internal import EvidenceModel

/// The values that a level hides, to be found in sentences and in the bytes of the finished pack.
struct KnownNames {
  /// Shorter ones are replaced in sentences, and not looked for: they stand in too many words of the pack.
  static let shortestSought = 3

  private var inSentences = NameMatcher()
  private var inFiles = NameMatcher()
  private let originals: [String]
  private let replacements: [String]
  private var indices: ByName<Int> = [:]
  /// Values that neither sentences nor files can be searched for.
  private(set) var unsearchable = 0
  /// Values that stand in the pack for another reason as well: an id that is kept, a word of the pages.
  private(set) var conflicts = Set<Int>()

  init(_ book: PseudonymBook) {
    let sorted = book.pseudonyms.sorted { $0.key.precedesBytewise($1.key) }
    originals = sorted.map(\.key)
    replacements = sorted.map(\.value)
    for (index, original) in originals.enumerated() {
      let bytes = Array(original.utf8)
      indices[original] = index
      guard bytes.count > 1, inSentences.add(bytes, original: index) else {
        unsearchable += 1
        continue
      }
      guard bytes.count >= Self.shortestSought else {
        unsearchable += 1
        continue
      }
      for form in Self.written(original) { inFiles.add(form, original: index) }
    }
  }

  /// Replaces every name that stands in the text, and says how many there were.
  func replacing(_ text: String) -> (text: String, n: Int) {
    var copy = text
    return copy.withUTF8 { bytes in
      var result: [UInt8] = []
      var (place, n) = (0, 0)
      inSentences.forEachMatch(in: bytes) { range, original in
        result.append(contentsOf: bytes[place..<range.lowerBound])
        result.append(contentsOf: replacements[original].utf8)
        place = range.upperBound
        n += 1
        return true
      }
      guard n > 0 else { return (text, 0) }
      result.append(contentsOf: bytes[place...])
      return (String(decoding: result, as: UTF8.self), n)
    }
  }

  /// Notes names that stand in what is kept.
  mutating func noteConflicts(in bytes: [UInt8]) {
    var found: [Int] = []
    bytes.withUnsafeBufferPointer {
      inFiles.forEachMatch(in: $0) {
        found.append($1); return true
      }
    }
    conflicts.formUnion(found)
  }

  /// Notes names that are, or are part of, an id that is kept. Prose is no id: a name in it is a leak.
  mutating func noteConflicts(inID text: String) {
    // Numbers and days hold no name.
    guard text.utf8.contains(where: { $0 >= 0x41 }) else { return }
    if text.utf8.contains(0x20) {
      if let index = indices[text] { conflicts.insert(index) }
    } else {
      noteConflicts(in: Array(text.utf8))
    }
  }

  /// Whether a name stands in the bytes that has no reason to.
  func leaks(into bytes: [UInt8]) -> Bool {
    var leaks = false
    bytes.withUnsafeBufferPointer { buffer in
      inFiles.forEachMatch(in: buffer) { _, original in
        leaks = !conflicts.contains(original)
        return !leaks
      }
    }
    return leaks
  }

  /// Of each prefix of a pseudonym, how many of its values are in conflict.
  var conflictKinds: [(kind: String, n: Int)] {
    let kinds = conflicts.map { String(replacements[$0].prefix { $0 != "-" }) }
    return Dictionary(grouping: kinds) { $0 }.map { ($0.key, $0.value.count) }.sorted { $0.0 < $1.0 }
  }

  /// How a value may be written in XML, HTML, CSV and JSON.
  private static func written(_ value: String) -> [[UInt8]] {
    var forms = [Array(value.utf8)]
    guard value.utf8.contains(where: { $0 < 0x20 || [0x22, 0x26, 0x27, 0x3C, 0x3E, 0x5C].contains($0) }) else {
      return forms
    }
    for inAttribute in [true, false] {
      var bytes: [UInt8] = []
      DocumentElement.escape(value, inAttribute: inAttribute, to: &bytes)
      forms.append(bytes)
    }
    forms.append(Array(value.replacing("&", with: "&amp;").replacing("\"", with: "&quot;").utf8))
    forms.append(Array(value.replacing("\"", with: "\"\"").utf8))
    forms.append(Array(value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").utf8))
    return forms
  }
}
