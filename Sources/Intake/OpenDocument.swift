/// What is known of a document whose end was not reached.
struct OpenDocument {
  var depth = 0
  var inString = false
  var escaped = false

  /// Whether the document ends with this byte: where its brackets close, or, when it never opened any, with its line.
  mutating func closes(with byte: UInt8) -> Bool {
    if inString {
      if escaped {
        escaped = false
      } else if byte == 0x5C {
        escaped = true
      } else if byte == 0x22 {
        inString = false
      }
      return depth == 0 && byte == 0x0A
    }
    switch byte {
    case 0x22: inString = true
    case 0x7B, 0x5B: depth += 1
    case 0x7D, 0x5D:
      depth -= 1
      return depth <= 0
    case 0x0A: return depth == 0
    default: break
    }
    return false
  }
}
