/// Writes JSON in the order in which it is told, indented by a blank a level.
struct JSONText {
  private(set) var bytes: [UInt8] = []
  /// Of each open object or array: whether something stands in it.
  private var isFilled: [Bool] = []
  private var isAfterKey = false

  mutating func open(_ bracket: Character) {
    begin()
    bytes.append(contentsOf: String(bracket).utf8)
    isFilled.append(false)
  }

  mutating func close(_ bracket: Character) {
    if isFilled.removeLast() { newLine() }
    bytes.append(contentsOf: String(bracket).utf8)
    if isFilled.isEmpty { bytes.append(0x0A) }
  }

  mutating func key(_ name: String) {
    begin()
    quote(name)
    bytes.append(contentsOf: ": ".utf8)
    isAfterKey = true
  }

  mutating func string(_ text: String) {
    begin()
    quote(text)
  }

  /// Ends what stands before, if anything does.
  private mutating func begin() {
    defer { isAfterKey = false }
    guard !isAfterKey, let last = isFilled.indices.last else { return }
    if isFilled[last] { bytes.append(0x2C) }
    isFilled[last] = true
    newLine()
  }

  private mutating func newLine() {
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: isFilled.count))
  }

  private mutating func quote(_ text: String) {
    bytes.append(0x22)
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5C: bytes += [0x5C, byte]
      case 0x0A: bytes += [0x5C, 0x6E]
      case 0x00..<0x20, 0x7F:
        let digits = Array("0123456789abcdef".utf8)
        bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
  }
}
