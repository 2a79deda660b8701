/// A name, or a pattern in which `*` stands for any run of characters. Compared as UTF-8 bytes; nothing is folded.
package struct NamePattern: Sendable, Hashable, CustomStringConvertible {
  package let text: String

  package init(_ text: String) { self.text = text }

  package var description: String { text }
  package var isPattern: Bool { text.utf8.contains(UInt8(ascii: "*")) }

  package func matches(_ name: String) -> Bool {
    text.utf8.elementsEqual(name.utf8) || (isPattern && Self.matches(Array(text.utf8)[...], Array(name.utf8)[...]))
  }

  /// In time proportional to the product of the lengths.
  private static func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    var patternIndex = pattern.startIndex
    var textIndex = text.startIndex
    var lastStar: Int?
    var resume = textIndex
    while textIndex < text.endIndex {
      if patternIndex < pattern.endIndex, pattern[patternIndex] == UInt8(ascii: "*") {
        lastStar = patternIndex
        patternIndex += 1
        resume = textIndex
      } else if patternIndex < pattern.endIndex, pattern[patternIndex] == text[textIndex] {
        patternIndex += 1
        textIndex += 1
      } else if let lastStar {
        patternIndex = lastStar + 1
        resume += 1
        textIndex = resume
      } else {
        return false
      }
    }
    return pattern[patternIndex...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
