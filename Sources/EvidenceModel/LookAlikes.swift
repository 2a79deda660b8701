/// Names that a reader takes for one another: `admin` in Latin letters, and the same word with a Cyrillic `а`.
///
/// The letters are those of Unicode's list of confusables (UTS #39) that look like Latin ones in most typefaces.
package enum LookAlikes {
  private static let latin: [Unicode.Scalar: Character] = {
    var table: [Unicode.Scalar: Character] = [:]
    for (others, letters) in [
      ("аеорсухіјѕһԁԛԝӏ", "aeopcyxijshdqwl"), ("АВЕКМНОРСТУХІЈЅԌԚԜӀ", "ABEKMHOPCTYXIJSGQWl"),
      ("αινορυ", "aivopu"), ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"), ("ıɑɡօո", "iagon"), ("‐‑‒–−", "-----"),
    ] {
      for (other, letter) in zip(others.unicodeScalars, letters) { table[other] = letter }
    }
    return table
  }()

  /// How a name looks. Names of one look are hard to tell apart.
  static func look(of name: String) -> String {
    var look = ""
    for scalar in name.unicodeScalars where !scalar.properties.isDefaultIgnorableCodePoint {
      switch scalar.value {
      case 0xFF01...0xFF5E: look.unicodeScalars.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
      default:
        if scalar.properties.isWhitespace {
          look.append(" ")
        } else if let letter = latin[scalar] {
          look.append(letter)
        } else {
          look.unicodeScalars.append(scalar)
        }
      }
    }
    return look
  }

  /// Names with the first name before each, by bytes, that looks the same.
  package static func pairs(among names: some Sequence<String>) -> [(first: String, second: String)] {
    // A dictionary of texts takes a composed and a decomposed letter for one, as a reader does.
    var byLook: [String: String] = [:]
    var pairs: [(first: String, second: String)] = []
    for name in Array(names).sortedBytewise() {
      let look = look(of: name)
      if let first = byLook[look] {
        if !first.utf8.elementsEqual(name.utf8) { pairs.append((first, name)) }
      } else {
        byLook[look] = name
      }
    }
    return pairs
  }

  /// The code points of a name past ASCII, such as `U+0430`; at most three.
  package static func codePoints(of name: String) -> String {
    name.unicodeScalars.filter { !$0.isASCII }.prefix(3).map { scalar in
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }.joined(separator: ", ")
  }
}
