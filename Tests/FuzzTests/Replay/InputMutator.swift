/// Changes inputs in the ways that find most: bytes that mean something to readers, numbers at the edges, pieces repeated,
/// taken out or brought in from another input. The same seed gives the same inputs.
struct InputMutator {
  private var state: UInt64
  private let inputs: [[UInt8]]

  private static let words: [[UInt8]] =
    [
      "\"", "{", "}", "[", "]", ",", ":", "\n", "\r\n", "\u{0}", "-1", "9223372036854775807", "-9223372036854775808",
      "1e999", "0.1", "null", "&a", "*a", "<", ">", "&", "]]>", "\\u0000", "\\ud800", "\u{FEFF}", "\u{202E}",
      "9999-12-31",
      "0000-01-01T00:00:00Z",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80]]

  init(seed: UInt64, inputs: [[UInt8]]) {
    state = seed
    self.inputs = inputs.isEmpty ? [[]] : inputs
  }

  mutating func next() -> [UInt8] {
    var bytes = inputs[random(inputs.count)]
    for _ in 0...random(4) { change(&bytes) }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    let place = random(bytes.count + 1)
    let end = min(bytes.count, place + random(16))
    switch random(5) {
    case 0: bytes.replaceSubrange(place..<place, with: Self.words[random(Self.words.count)])
    case 1: bytes.replaceSubrange(place..<end, with: Self.words[random(Self.words.count)])
    case 2: bytes.removeSubrange(place..<end)
    case 3: bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
    default:
      let other = inputs[random(inputs.count)]
      bytes = Array(bytes[..<place] + other[min(place, other.count)...])
    }
    if !bytes.isEmpty, random(2) == 0 { bytes[random(bytes.count)] ^= 1 << UInt8(random(8)) }
  }

  /// SplitMix64 (Steele, Lea and Flood, 2014).
  private mutating func random(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(max(1, bound)))
  }
}
